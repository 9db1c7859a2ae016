"""What the gate stops, what it puts before a second person, and what it lets through."""

from __future__ import annotations

import time
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twelp.adapters.x.rules import RULES
from twelp.flow.gate import check, setting_of
from twelp.model import Brand, Expert, Finding, FindingLevel, Roster, Topic

JO = Expert("u1", "Jo Doe", "JD", ("tv",), ZoneInfo("UTC"))
TV = Topic("tv", "Televisions", keywords=("tv", "error 100200300"), aliases=("4006381333931",), examples=())


ROSTER = Roster(Brand("Acme", {"x": "acme"}), {"tv": TV}, {"u1": JO})


def look(text: str, *, left: int = 100, roster: Roster = ROSTER) -> tuple[Finding, ...]:
    return check(text, f"{text} ^JD", left=left, setting=setting_of(roster), rules=RULES)


def rules(text: str, *, blocks: bool) -> list[str]:
    level = FindingLevel.REFUSE if blocks else FindingLevel.SECOND_PAIR
    return [finding.rule for finding in look(text) if finding.level is level]


FINE = [
    "Hold the power button for ten seconds, then let go.",
    "It costs $1,299.99 (€1.199,00), model UE65AU7175, firmware 1452.3, error 0x80070057.",
    "Error 100200300 means that the cable is loose.",
    "Its bar code is 4006381333931.",
    "Open from 10:30:45 to 18:00, 24/7, since 2009-07-21; ratio 16:9:1.",
    "Call us on 1-800-237-8289 or 0800 1111: free of charge.",
    "Write to support@acme.example or returns+uk@acme.example.",
    "See https://www.acme.example/help?id=1234567890123456#reset and http://192.168.1.1.",
    "See https://acme.com/@bob/a.",
    "See acme.example/help, AT&T, R&B, 5 * 3 * 2, a*b*c, *#06# and *21*5550100#.",
    "Try C:\\Users\\me, /etc/hosts, HDMI 1/2, @ 5 pm: 2 @ $3.",
    "2 < 3 > 1, <b>, <3",
    "$AAPL is our ticker; it costs $5 or $20.",
    "長押ししてください。",
    "חזיק את הכפתור עשר שניות.",
    "Press 1 2 3 4 5 6 7 8 9 in this order.",
    "Order by 5 pm; the case is closed; your account settings; order 123.",
    "The part number is XJ-4410-B2.",
    "Version 1.0.65.320.gac7a8e02 fixes it; before: 10.13.6.",
    "The colours: red :) blue :-( :D :P 12:30:pm",
    "Bitly.company is no bit.ly-like service; t.co. is what X makes of it.",
]


@pytest.mark.parametrize("text", FINE)
def test_a_plain_answer_passes(text: str) -> None:
    assert look(text) == ()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("👍 !!! …", "empty"),
        ("Ask <@U0123ABC> about it", "slack markup"),
        ("Ask <@U0123ABC|jo> about it", "slack markup"),
        ("See <#C0123ABC|help>", "slack markup"),
        ("<!channel> look", "slack markup"),
        ("<!subteam^S123|@team> look", "slack markup"),
        ("See <https://acme.example/a|our page>", "slack markup"),
        ("See <https://acme.example/a>", "slack markup"),
        ("Write <mailto:help@acme.example|us>", "slack markup"),
        ("Great :thumbsup:", "slack markup"),
        (":man-shrugging::skin-tone-2: no", "slack markup"),
        ("Press the *red* button", "slack markup"),
        ("Press the *red button now.*", "slack markup"),
        ("```reset```", "slack markup"),
        ("Ask @bob", "mention"),
        ("(＠bob)", "mention"),
        (".@bob knows", "mention"),
        ("$AAPL or $MSFT.X", "cashtags"),
        ("See https://bit.ly/3xYz", "short link"),
        ("See bit.ly/3xYz", "short link"),
        ("See HTTPS://WWW.TinyURL.com/abc", "short link"),
        ("See slack://channel?id=C1", "link"),
        ("See ftp://acme.example/file", "link"),
        ("See file:///home/me", "link"),
        ("javascript:alert(1)", "link"),
        ("data:text/html;base64,AAAA", "link"),
        ("https://acme.example@evil.example/", "inside link"),
        ("https://acme.slack.com/archives/C1/p1", "inside link"),
        ("http://wiki.corp/reset", "inside link"),
        ("https://[bad/", "inside link"),
        ("Your card 4111 1111 1111 1111 was charged", "card number"),
        ("card 5555-5555-5555-4444.", "card number"),
        ("378282246310005", "card number"),
        ("3782 822463 10005", "card number"),
        ("3056 930902 5904", "card number"),
        ("Pay to DE89 3704 0044 0532 0130 00 today", "bank account"),
        ("GB82WEST12345698765432", "bank account"),
        ("SSN 536-90-4399", "national id"),
        ("I am at jo.doe@gmail.com", "e-mail"),
        ("a\u202eb", "unseen"),
        ("a\x00b", "unseen"),
    ],
)
def test_what_the_author_can_put_right_is_stopped(text: str, rule: str) -> None:
    assert rule in rules(text, blocks=True)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Call me at (415) 555-2671", "phone"),
        ("Call +44 7911 123456", "phone"),
        ("Write to jane.roe@acme.example", "e-mail"),
        ("Your order #12345678 is on its way", "reference"),
        ("Tracking number 1Z999AA10123456784", "reference"),
        ("I looked at 998877665544", "long number"),
    ],
)
def test_what_is_doubtful_is_put_before_a_second_person(text: str, rule: str) -> None:
    assert rules(text, blocks=True) == []
    assert rules(text, blocks=False) == [rule]


def test_a_number_is_reported_once_by_the_surest_rule() -> None:
    assert [finding.rule for finding in look("order 4111111111111111")] == ["card number"]


def test_invalid_look_alikes_of_private_numbers_do_not_block() -> None:
    for text in (
        "4111 1111 1111 1112",
        "DE89 3704 0044 0532 0130 01",
        "000-12-3456",
        "0000 0000 0000 0000",
        "490154203237518",
    ):
        assert rules(text, blocks=True) == [], text


def test_too_long_says_by_how_much() -> None:
    (finding,) = look("word", left=-7)
    assert finding.rule == "length"
    assert finding.blocks
    assert "7" in finding.message


def test_exactly_full_is_not_too_long() -> None:
    assert look("word", left=0) == ()


def test_what_blocks_comes_first_and_nothing_twice() -> None:
    found = look("@bob @bob jane@acme.example :a: :a:")
    assert [finding.blocks for finding in found] == sorted((f.blocks for f in found), reverse=True)
    assert len(set(found)) == len(found)


def test_a_number_the_topic_is_known_by_is_nobodys() -> None:
    assert look("It says 4006381333931.", roster=replace(ROSTER, topics={})) != ()
    assert look("It says 4006381333931.") == ()


def test_private_data_is_not_repeated_in_the_message() -> None:
    found = look("4111 1111 1111 1111, jo@gmail.com, +44 7911 123456, order 12345678, GB82WEST12345698765432")
    assert len(found) == 5
    for finding in found:
        assert not any(part in finding.message for part in ("4111", "jo@", "7911", "12345678", "WEST"))


def test_a_long_piece_of_markup_is_shown_shortened() -> None:
    (finding,) = look("<https://acme.example/" + "a" * 300 + "|x>")
    assert len(finding.message) < 120


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("<>@#!|:*`$.-/ 0123456789abcDE"))))
def test_any_text_is_judged(text: str) -> None:
    for finding in look(text):
        assert finding.rule
        assert finding.message


@given(st.integers(1, 10**15))
def test_a_card_number_is_stopped_however_it_is_grouped(number: int) -> None:
    body = f"4{number:014d}"[:15]
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(body))
    digits = body + str(-total % 10)
    for text in (digits, " ".join(digits[i : i + 4] for i in range(0, 16, 4)), f"my card {digits}, please"):
        assert rules(text, blocks=True) == ["card number"]


@pytest.mark.parametrize(
    "piece",
    ["a.", "@a", "1 ", "1-", ":a", "*a ", "<@", "https://", "a@b.", "DE89 ", "order ", "(415) 555-2671 ", "\x00"],
)
def test_a_huge_text_is_judged_in_no_time(piece: str) -> None:
    began = time.process_time()
    look(piece * (100_000 // len(piece)), left=-1)
    assert time.process_time() - began < 2


TOWN = replace(
    ROSTER,
    topics={
        "tv": Topic("tv", "Televisions", keywords=("tv", "picture", "screen"), aliases=(), examples=()),
        "games": Topic("games", "Consoles", keywords=("console", "joystick", "controller"), aliases=(), examples=()),
    },
)


def levels(text: str, question: str) -> list[tuple[str, FindingLevel]]:
    found = check(text, text, left=9, question=question, setting=setting_of(TOWN), rules=RULES)
    return [(finding.rule, finding.level) for finding in found]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("my tv shows no picture", "Hold the power button for ten seconds."),
        ("why did my card get declined", "Usually the bank blocks foreign purchases until you allow them there."),
        ("gym is packed, when is it quiet", "After nine in the evening, and Sundays before lunch."),
        ("puis-je venir avec mon chien", "Oui, les petits sont acceptés dans le jardin, en laisse."),
    ],
)
def test_an_honest_answer_in_other_words_than_the_question_is_not_held(question: str, text: str) -> None:
    assert all(level is FindingLevel.WARN for _, level in levels(text, question))


@pytest.mark.parametrize(
    "text",
    [
        "Lovely weather in Brighton today, isn't it",
        "The joystick is loose, so change the controller.",
        "My cat says hello",
    ],
)
def test_small_talk_and_words_of_another_topic_are_put_before_a_second_person(text: str) -> None:
    assert levels(text, "my tv shows no picture") == [("off topic", FindingLevel.SECOND_PAIR)]


def test_a_word_of_the_question_keeps_small_talk_from_being_held() -> None:
    assert levels("Sorry, my cat has no tv.", "my tv shows no picture") == []
