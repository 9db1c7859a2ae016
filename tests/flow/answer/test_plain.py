"""What people type in Slack, and what the public reads: signs go, words stay, and nothing else is taken for a sign."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twelp.flow.answer import clean, from_message, plain, shortcodes

EMPHASIS = [
    ("Press *Input 2* now", "Press Input 2 now"),
    ("*Press it.*", "Press it."),
    ("Press *Input* and *Wait*!", "Press Input and Wait!"),
    ("and _wait_.", "and wait."),
    ("~old~ new", "old new"),
    ("step **two**", "step two"),
    ("step __two__", "step two"),
    ("step ~~two~~", "step two"),
    ("step ***two***", "step two"),
    ("Open `Settings`, then", "Open Settings, then"),
    ("Open ``Settings``", "Open Settings"),
    ("```reset```", "reset"),
    ("Do ```reset``` now", "Do reset now"),
    ("Do:```reset```now", "Do: reset now"),
    ("Do:\n```\none\ntwo\n```\nthen", "Do:\none\ntwo\nthen"),
    ("```one\ntwo```", "one\ntwo"),
    ("> quoted", "quoted"),
    (">quoted", "quoted"),
    (">>> all of\nit", "all of\nit"),
    ("first\n> second\nthird", "first\nsecond\nthird"),
    ("*_both_*", "both"),
    ("_*both*_", "both"),
    ("*a _b_ c*", "a b c"),
    ("_a *b* c_", "a b c"),
    ("~*_all_*~", "all"),
    ("`*code*`", "code"),
    ("> *quoted* _twice_", "quoted twice"),
    ("*bold _mixed* up_", "bold mixed up"),
    ("*don't*", "don't"),
    ("*TV*'s menu", "TV's menu"),
    ("*TV*’s menu", "TV’s menu"),
    ("“*x*” and ‘_y_’", "“x” and ‘y’"),
    ("(*see there*)", "(see there)"),
    ("*“quoted”*", "“quoted”"),
    ("*(2)* then *[3]*", "(2) then [3]"),
    ("*$5 off* and *5 %*", "$5 off and 5 %"),
    ("*-5 °C*", "-5 °C"),
    ("*10* seconds", "10 seconds"),
    ("*Settings*-Taste", "Settings-Taste"),
    ("„*Einstellungen*“ öffnen", "„Einstellungen“ öffnen"),
    ("*Größe*, *Ärger*", "Größe, Ärger"),
    ("*настройки* и _звук_", "настройки и звук"),
    ("按*设置*键", "按设置键"),
    ("「*太字*」です", "「太字」です"),
    ("*設定*を押す。", "設定を押す。"),
    ("*설정*을 누르세요", "설정을 누르세요"),
    ("לחץ *הגדרות* עכשיו", "לחץ הגדרות עכשיו"),
    ("ב_הגדרות_", "בהגדרות"),
    ("اضغط *الإعدادات* الآن", "اضغط الإعدادات الآن"),
    ("กด*ตั้งค่า*แล้วรอ", "กดตั้งค่าแล้วรอ"),
    ("_snake_case is here_", "snake_case is here"),
    ("*5*3 is 15*", "5*3 is 15"),
    ("*👍 yes* and *yes 👍🏽*", "👍 yes and yes 👍🏽"),
    ("* item *one*\n* item _two_", "* item one\n* item two"),
    ("- *one*\n• _two_\n1. ~three~", "- one\n• two\n1. three"),
    ("*https://a.example/x_y_z*", "https://a.example/x_y_z"),
    ("_https://a.example/x*y*z_.", "https://a.example/x*y*z."),
    ("*jo_a_b@volt.com*", "jo_a_b@volt.com"),
    ("*Note:* wait", "Note: wait"),
    ("*Really?!* yes", "Really?! yes"),
]

LINKS = [
    ("See [our guide](https://example.com/hdmi), step 2", "See our guide https://example.com/hdmi, step 2"),
    ("[our guide](example.com/hdmi)", "our guide example.com/hdmi"),
    ('[our guide](https://example.com/a "title")', "our guide https://example.com/a"),
    ("[a](https://en.example.com/b_(c))", "a https://en.example.com/b_(c)"),
    ("[https://example.com](https://example.com)", "https://example.com"),
    ("[example.com](https://www.example.com/)", "example.com"),
    ("[mail us](mailto:help@volt.com)", "mail us help@volt.com"),
    ("![picture](https://example.com/a.png)", "picture https://example.com/a.png"),
    ("**[guide](https://example.com/a_b)**", "guide https://example.com/a_b"),
    ("<https://example.com/a|our guide>", "our guide https://example.com/a"),
    ("<https://example.com/a_b_c>", "https://example.com/a_b_c"),
    ("<http://example.com|example.com>", "example.com"),
    ("<http://off.It|off.It>", "off.It"),
    ("*<https://example.com/a|here>*", "here https://example.com/a"),
    ("<mailto:help@volt.com|help@volt.com>", "help@volt.com"),
    ("<mailto:help@volt.com|mail us>", "mail us help@volt.com"),
    ("<tel:+18005550199|+1 (800) 555-0199>", "+1 (800) 555-0199"),
    ("<tel:+18005550199>", "+18005550199"),
    ("<!date^1392734382^{date} at {time}|Feb 18, 2014>", "Feb 18, 2014"),
]

EMOJI = [
    (":smile:", "😄"),
    ("Hold it :+1:", "Hold it 👍"),
    ("Hold it:+1:", "Hold it👍"),
    (":+1::skin-tone-4:", "👍🏽"),
    (":thumbsup: :-1: :100:", "👍 👎 💯"),
    (":tada::tada:", "🎉🎉"),
    ("Note::tada::ok: yes", "Note:🎉🆗 yes"),
    (":tada::ok::tada:", "🎉🆗🎉"),
    (":heart: :white_check_mark:", "❤️ ✅"),
    (":flag-de: :de: :flag-england:", "🇩🇪 🇩🇪 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"),
    (":man-shrugging::skin-tone-2:", "🤷🏻‍♂️"),
    (":male-technologist::skin-tone-6:", "👨🏿‍💻"),
    (":tada::skin-tone-3:", "🎉"),
    (":simple_smile: :slightly_smiling_face:", "🙂 🙂"),
    (":face_with_bags_under_eyes:", "🫩"),
    ("Great:smile:", "Great😄"),
    ("ありがとう:smile:です", "ありがとう😄です"),
    ("תודה:heart:", "תודה❤️"),
    ("*:tada: done*", "🎉 done"),
    ("`:bulb:`", "💡"),
    ("(:wink:)", "(😉)"),
    (":Smile: it works", "😄 it works"),
]

STAYS = [
    *("5*3", "5*3*2", "5 * 3 * 2", "a*b*c", "*a*b and c*d*", "2*(3+4)*5", "4* 5*"),
    *("snake_case", "a_snake_case_name", "_id and _name", "my_file_v2.pdf", "__init__.py", "NAME_ and _NAME"),
    "https://example.com/a_b_c/_d_/*e*?f=~g~",
    "example.com/_a_/*b*",
    "jo_a_b@volt.com and _x@volt.com",
    "http://example.com/a:smile:b",
    "C:\\dir_x_\\*y*\\:a:",
    "/usr/_lib_/x and ~/_x_/y",
    *("~20 minutes", "~20 or ~30 minutes", "~$20, ~$30", "5~10~15", "10時~12時~14時", "월~금, 9시~18시"),
    *("10:30:45", "10:100:20", "1:1234:5", "16:9:1", "12:30:pm", "menu:sound:on", "a:b:c", "std::vector::size"),
    *("a::b::c", "std::x::y", "x::o::m::v", "1:a::b::c", ">:( no", ">:) yes"),
    *("*#06#", "*21*5550100#", "*#*#4636#*#*", "*#06# and *#07#", "**21*555#", "*72 and *73"),
    *("* item", "* one\n* two", "- item", "• item", "1. item", "-- item"),
    *(
        "Free* delivery*",
        "*Terms apply. *Ends soon.",
        "****1234",
        "**** **** **** 1234",
        "Name: ____",
        "____ word ____",
    ),
    *("> 5 V", ">= 5", ">5 minutes", "5 > 3", "Settings > Sound > TV", "-> here", ">_<", "<3", "2 < 3 > 1"),
    *("^_^ hm ^_^", "(*_*) ok (*_*)", "¯\\_(ツ)_/¯", "-_- ok -_-", ":) :-( :D :P ;)", "(*^_^*)"),
    *("it`s and don`t", "`", "``", "* *", "_ _", "~", "*", "***", "``` ```"),
    *("*one\ntwo*", "_one\n\ntwo_", "* a*", "*a *"),
    *("*.volt.com and *.acme.com", "SELECT * FROM a", "**/*.py", "f(*a, **b)"),
    *("press [Menu](top left)", "a[0](see)", "[1] and [2](x)", "[ ](https://example.com)"),
    *("Ask <@U0123ABC>", "See <#C0123ABC|help>", "<!here> look", "<!subteam^S1|@team>", "<b>x</b>"),
    *("AT&T", "&amp;lt;", "R&amp;B", "&lt;b&gt;", "&quot;"),
    *(":acme-logo:", "10 : 30 : 45", "note: this", "::", ":::", ":not_an_emoji:", "Maße: 3 x 4", "re:sale"),
    *("$5", "€1.199,00", "$1,299.99", "#1 and #tag", "50 %", "\U00100000x_y_", "\U0010fffd *"),
]


@pytest.mark.parametrize(("typed", "public"), [*EMPHASIS, *LINKS, *EMOJI])
def test_the_public_reads_the_words_without_slacks_ways_of_writing(typed: str, public: str) -> None:
    assert plain(typed).text == public
    assert plain(f"So: {typed}").text == f"So: {public}" or typed.startswith((">", "```"))


@pytest.mark.parametrize("text", STAYS)
def test_what_is_no_sign_stays_and_nothing_is_said_to_be_changed(text: str) -> None:
    made = plain(text)
    assert made.text == text
    assert made.changes == ()


def test_what_was_changed_is_said_once_each_in_words() -> None:
    made = plain("*a* *b* :tada: `c` [d](https://example.com/d)\n> e")
    assert [str(change) for change in made.changes] == [
        "“[d](https://example.com/d)” → “d https://example.com/d”",
        "“:tada:” → “🎉”",
        "“>” taken off",
        "“`…`” taken off",
        "“*…*” taken off",
    ]


def test_every_standard_name_of_slacks_is_known_with_and_without_a_skin_tone() -> None:
    names = shortcodes._names()
    assert len(names) > 1_950
    for name, (emoji, toned) in names.items():
        assert plain(f"See :{name}: there").text == f"See {emoji} there"
        with_tone = plain(f":{name}::skin-tone-5:").text
        assert ("\U0001f3fe" in with_tone) is (toned or name == "skin-tone-5")
        assert ":" not in with_tone


@pytest.mark.parametrize(
    ("message", "typed"),
    [
        ("&lt;HDMI&gt; &amp;lt;", "<HDMI> &lt;"),
        ("see <https://example.com/?a=1&amp;b=2>", "see <https://example.com/?a=1&b=2>"),
        ("<https://example.com|a &lt; b &gt; c> x", "a < b > c https://example.com x"),
        ("<http://off.It|off.It>", "off.It"),
        ("<@U1> look", "<@U1> look"),
    ],
)
def test_a_message_reads_as_its_author_typed_it(message: str, typed: str) -> None:
    assert from_message(message) == typed


PIECES = [
    "*",
    "_",
    "~",
    "`",
    "```",
    ">",
    "\n",
    " ",
    "a",
    "Б",
    "设",
    "5",
    ":",
    ":tada:",
    "[",
    "](",
    ")",
    "<",
    "|",
    "https://a.b/c",
    ".",
]


@given(st.lists(st.sampled_from(PIECES) | st.characters(), max_size=40).map("".join))
def test_a_plain_text_made_plain_again_stays(text: str) -> None:
    once = plain(text).text
    assert plain(once).text == once
    assert clean(once, escaped=False) == once


@given(st.text(alphabet=st.characters(exclude_characters="*_~`>[]<:()|", exclude_categories=("Cs",))))
def test_a_text_without_signs_is_only_cleaned(text: str) -> None:
    assert plain(text).text == clean(text, escaped=False)


@pytest.mark.parametrize(
    "piece", ["*", "_a", "*a ", "`", "> ", ":a", "[a](", "<https://", "_a_", "*a*", "~a", "a.", "/a/", "a@", "```a"]
)
def test_a_huge_text_is_made_plain_in_no_time(piece: str) -> None:
    began = time.process_time()
    plain(piece * (20_000 // len(piece)) + "x")
    assert time.process_time() - began < 2
