"""Whose turn is it: where a post belongs, by author, parent, address and what we said last."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from twelp.flow import triage
from twelp.flow.conversation import Before, Standing, Us, asked_back, place
from twelp.model import Account, Brand, Context, Kind, Media, Post, Verdict, Way

US = Us(Account("1", "VoltHelp"), handles=("VoltNews",), others=("AcmeCares",))
MIA, LEO = Account("2", "mia"), Account("3", "leo")
BRAND = Brand(name="Volt", handles={"x": "VoltHelp"})
OPEN, NEW = Before(Standing.OPEN), Before()


def post(text: str, *, by: Account = MIA, to: Account | None = None, quoting: Account | None = None) -> Post:
    parent = Context("10", to, "why does my tv show no picture?") if to else None
    quoted = Context("11", quoting, "…") if quoting else None
    prefix = f"@VoltHelp @{to.handle} " if to else ""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Post(
        "x",
        "20",
        by,
        prefix + text,
        at,
        "10",
        "10" if to else None,
        prefix=len(prefix),
        parent=parent,
        quoted=quoted,
    )


def placed(made: Post, before: Before = NEW) -> Kind:
    read = triage.judge(replace(made, text=made.own_text, prefix=0), brand=BRAND, open_question=None)
    return place(made, read, us=US, before=before).kind


@pytest.mark.parametrize(
    "text",
    [
        "have you tried turning it off and on again?",
        "Hi Mia, sorry about that! Could you DM us the serial number so that we can help?",
        "@mia did you check the cable?",
        "same here, why?",
    ],
)
def test_what_others_say_to_the_customer_is_no_question_to_us(text: str):
    assert placed(post(text, by=LEO, to=MIA)) is Kind.ASIDE


@pytest.mark.parametrize("text", ["@VoltHelp mine too, why is that?", "same problem here @volthelp, any fix?"])
def test_who_names_us_in_their_own_words_asks_us(text: str):
    assert placed(post(text, by=LEO, to=MIA)) in (Kind.QUESTION, Kind.COMPLAINT)


def test_another_companys_helper_is_never_a_customer_of_ours():
    helper = Account("4", "AcmeCares")
    assert placed(post("@VoltHelp can you look at this one for mia?", by=helper, to=MIA)) is Kind.ASIDE


@pytest.mark.parametrize(
    "text",
    [
        "any questions? ask @VoltHelp",
        "Great deals today! Questions? Just message @VoltHelp",
        "fragt mal @VoltHelp, die sind nett",
        "contact @VoltNews for support?",
    ],
)
def test_who_sends_others_to_us_asks_nothing(text: str):
    assert placed(post(text, by=LEO)) is Kind.ASIDE


@pytest.mark.parametrize("text", ["I asked @VoltHelp and got no answer, why?", "whom do I ask? @VoltHelp my tv died"])
def test_who_speaks_of_their_own_trouble_asks_though_they_speak_of_asking(text: str):
    assert placed(post(text, by=LEO)) is not Kind.ASIDE


def test_who_quotes_our_post_speaks_to_us():
    assert placed(post("so how do i do that?", by=LEO, to=MIA, quoting=US.account)) is Kind.QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "never mind, sorted it myself",
        "nvm found it",
        "forget it, it works now",
        "don't need help anymore",
        "hat sich erledigt",
        "c'est réglé",
        "ya está, lo solucioné",
        "laat maar, opgelost",
        "risolto, lasciate perdere",
        "já consegui, obrigada",
        "הסתדרתי, עזבו",
        "تم الحل",
        "不用了，搞定",
        "自己解決しました",
        "all good now",
        "ignore this, false alarm",
    ],
)
def test_never_mind_settles_their_open_question(text: str):
    assert placed(post(text), OPEN) is Kind.SETTLED


@pytest.mark.parametrize(
    "text",
    [
        "it is the 55 inch one from 2019",
        "I tried HDMI 2 already, same there",
        "never mind the colour, why is there no picture?",
        "Kestrel 9, Android 14",
        "works now and then, but mostly not",
        "here is a photo of the back https://example.com/photo/9",
        "it is not sorted, still no picture",
    ],
)
@pytest.mark.parametrize("to", [None, US.account, MIA, LEO])
def test_whatever_else_the_customer_says_adds_to_their_open_question(text: str, to: Account | None):
    assert placed(post(text, to=to), OPEN) is Kind.FOLLOW_UP


def test_a_picture_alone_adds_to_an_open_question():
    made = replace(post("", to=US.account), media=(Media("photo", "https://pbs.twimg.com/1.jpg"),))
    assert placed(made, OPEN) is Kind.FOLLOW_UP


def test_a_long_row_of_handles_that_the_network_put_in_front_is_no_spam():
    handles = "@VoltHelp @a_one @b_two @c_three @d_four @e_five @f_six "
    made = post("here is a photo of the back https://example.com/photo/9", to=LEO)
    made = replace(made, text=handles + made.own_text, prefix=len(handles))
    assert placed(made, OPEN) is Kind.FOLLOW_UP


DOUBTED = Before(Standing.DOUBTED)


@pytest.mark.parametrize(
    "text", ["why is there no picture?", "still not there :(", "No luck with a fresh install", "geht immer noch nicht"]
)
def test_what_surely_asks_opens_what_nobody_was_sure_of(text: str):
    made = post(text, to=MIA)
    read = triage.judge(replace(made, text=made.own_text, prefix=0), brand=BRAND, open_question=None)
    found = place(made, read, us=US, before=DOUBTED)
    assert (found.kind, found.way) == (Kind.FOLLOW_UP, Way.ANSWER)


def test_a_second_post_of_which_nobody_is_sure_is_kept_with_the_first():
    made = post("https://example.com/photo/9", to=MIA)
    read = triage.judge(replace(made, text=made.own_text, prefix=0), brand=BRAND, open_question=None)
    found = place(made, read, us=US, before=DOUBTED)
    assert (found.kind, found.way) == (Kind.FOLLOW_UP, Way.ASK)


@pytest.mark.parametrize("text", ["thanks, that worked!", "stop replying to me", "lol ok"])
def test_what_asks_nothing_opens_nothing_that_was_doubted(text: str):
    assert placed(post(text, to=MIA), DOUBTED) is placed(post(text, to=MIA), NEW)


BACK = Before(Standing.ANSWERED, "Sorry about that! Which model is it, and which HDMI port do you use? ^BO")
TOLD = Before(Standing.ANSWERED, "Hold the power button for ten seconds. ^BO")


@pytest.mark.parametrize("text", ["It's the 55 inch one from 2019", "Kestrel 9, Android 14", "HDMI 2", "yes"])
def test_what_our_answer_asked_for_goes_on_with_the_question(text: str):
    assert placed(post(text, to=US.account), BACK) is Kind.REPLY


@pytest.mark.parametrize(
    "text",
    [
        "did not work",
        "tried that, still nothing",
        "no luck :(",
        "immer noch nichts",
        "sigue igual",
        "ça marche toujours pas",
        "não funcionou",
        "non funziona",
        "werkt nog steeds niet",
        "עדיין לא עובד",
        "ما زال لا يعمل",
        "还是不行",
        "まだ直りません",
    ],
)
@pytest.mark.parametrize("before", [BACK, TOLD])
def test_did_not_work_goes_on_with_the_question(text: str, before: Before):
    assert placed(post(text, to=US.account), before) is Kind.UNHELPED


@pytest.mark.parametrize("text", ["thanks, that worked!", "perfect, cheers", "thank you so much"])
@pytest.mark.parametrize("before", [BACK, TOLD])
def test_thanks_stay_thanks(text: str, before: Before):
    assert placed(post(text, to=US.account), before) is Kind.THANKS


def test_small_talk_after_an_answer_reopens_nothing():
    assert placed(post("lol ok", to=US.account), TOLD) is Kind.CHATTER
    assert placed(post("haha yes mate", to=LEO), BACK) is Kind.ASIDE


def test_a_new_question_after_an_answer_is_a_question():
    assert placed(post("and how do I pair the remote?", to=US.account), TOLD) is Kind.QUESTION


def test_a_crisis_goes_to_people_from_anywhere():
    read = Verdict(Kind.CRISIS, ("smoke",))
    for before in (NEW, OPEN, BACK):
        assert place(post("there is smoke", by=LEO, to=MIA), read, us=US, before=before) is read


@pytest.mark.parametrize(
    ("answer", "asks"),
    [
        ("Which phone and which version? ^AL", True),
        ("Press Input 2. Does that help? ^AL", True),
        ("Still stuck? Press Input 2. ^AL", False),
        ("どのモデルですか？ ^AL", True),
        ("أي طراز؟ ^AL", True),
        ("", False),
    ],
)
def test_an_answer_that_ends_in_a_question_asks_back(answer: str, asks: bool):
    assert asked_back(answer) is asks
