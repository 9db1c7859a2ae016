"""What a press depends on, act by act."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from twelp.flow import seen
from twelp.flow.seen import RULES, Act, Part, Seen
from twelp.model import Account, Answer, AnswerState, Finding, FindingLevel, Post, Preview, Question, Stage

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
POST = Post("x", "1", Account("7", "mia"), "No picture, why?", NOON, "1")
QUESTION = Question("x:1", POST, Stage.HELD, 7, (), 1, NOON, "ann", NOON)
ANSWER = Answer(3, "x:1", "ann", "Hold it.", ("Hold it. ^AL",), AnswerState.HELD, (), NOON, (), NOON)
SHOWN = seen.mark(QUESTION, ANSWER)

OTHERS = {
    "question": seen.mark(replace(QUESTION, post=replace(POST, text="No sound, why?")), ANSWER),
    "holder": seen.mark(replace(QUESTION, claimed_at=NOON + timedelta(microseconds=1)), ANSWER),
    "who": seen.mark(replace(QUESTION, claimed_by="bob"), ANSWER),
    "freed": seen.mark(replace(QUESTION, claimed_by=None, claimed_at=None), ANSWER),
    "words": seen.mark(QUESTION, replace(ANSWER, posts=("Drop it. ^AL",))),
    "anew": seen.mark(QUESTION, replace(ANSWER, written_at=NOON + timedelta(seconds=1))),
    "whose": seen.mark(QUESTION, replace(ANSWER, id=4)),
    "parted": seen.mark(QUESTION, replace(ANSWER, posts=("Hold", " it. ^AL"))),
    "gone": seen.mark(QUESTION, None),
}


def test_every_act_has_a_rule() -> None:
    assert set(RULES) == set(Act)
    whatever_was_seen = (Act.ALARM, Act.UNTELL)  # raised, or taken back: nothing becomes public by it
    assert all(rule.same for act, rule in RULES.items() if act not in whatever_was_seen)
    assert all(rule.known in (None, *rule.same) for rule in RULES.values())


@pytest.mark.parametrize("act", Act)
def test_what_is_as_it_was_shown_may_be_acted_on(act: Act) -> None:
    words = replace(SHOWN, words="w")
    for mine in (True, False):
        assert seen.unlike(act, seen.read(str(words)), words, mine=mine) is None


@pytest.mark.parametrize("act", [Act.APPROVE, Act.SEND_BACK, Act.RETRACT, Act.CORRECT, Act.UNDO])
@pytest.mark.parametrize("other", ["words", "anew", "whose", "parted", "gone"])
def test_another_answer_is_not_decided_on(act: Act, other: str) -> None:
    assert seen.unlike(act, SHOWN, OTHERS[other], mine=False) is Part.ANSWER


@pytest.mark.parametrize("act", [a for a in Act if Part.QUESTION in RULES[a].same])
def test_another_question_is_not_acted_on(act: Act) -> None:
    shown, now = (replace(found, words="w") for found in (SHOWN, OTHERS["question"]))
    assert seen.unlike(act, shown, now, mine=False) is Part.QUESTION


@pytest.mark.parametrize("act", [a for a in Act if Part.MINE in RULES[a].same])
def test_only_a_lease_of_ones_own_has_to_be_the_same(act: Act) -> None:
    shown, now = (replace(found, words="w") for found in (SHOWN, OTHERS["holder"]))
    assert seen.unlike(act, shown, now, mine=True) is Part.MINE
    assert seen.unlike(act, shown, now, mine=False) is None


def test_what_becomes_of_an_answer_later_makes_it_no_other() -> None:
    """Being published, or having its deletion refused: the same answer stands."""
    later = replace(ANSWER, state=AnswerState.PUBLISHED, updated_at=NOON + timedelta(hours=1), post_ids=("9",))
    assert seen.mark(replace(QUESTION, version=12, stage=Stage.PUBLISHED), later) == SHOWN


NEVER = {
    *(Act.APPROVE, Act.SEND_BACK, Act.RETRACT, Act.CORRECT, Act.CONFIRM, Act.SAY_POSTED, Act.DROP),
    *(Act.TAKE, Act.HANDLE, Act.NO_CRISIS, Act.TELL),
}
"""What a button without marks cannot do."""


@pytest.mark.parametrize(
    ("act", "may"),
    [(act, act not in NEVER) for act in Act],
)
def test_a_button_without_marks_makes_nothing_public_and_takes_nothing_public_down(act: Act, *, may: bool) -> None:
    assert seen.known(act, Seen()) is may
    assert (seen.unlike(act, Seen(), replace(SHOWN, words="w"), mine=True) is None) is may


def test_a_confirmation_is_of_the_words_and_of_whether_somebody_reads_them_first() -> None:
    shown = Preview(("Hold it. ^AL",), 200)
    same = (Preview(("Hold it. ^AL",), 100), Preview(("Hold it. ^AL",), 200, (), 2))
    assert all(seen.words(other) == seen.words(shown) for other in same)
    others = (
        Preview(("Hold it. ^AX",), 200),
        Preview(("Hold", "it. ^AL"), 200),
        Preview(("Hold it. ^AL",), 200, (Finding("trainee", "new", FindingLevel.SECOND_PAIR),)),
    )
    assert all(seen.words(other) != seen.words(shown) for other in others)


def test_marks_travel_in_a_menu_beside_the_longest_id() -> None:
    longest = str(replace(SHOWN, words=seen.words(Preview(("a",), 1))))
    assert len(f"wrong_topic mastodon:{'9' * 20} {SHOWN}") <= 150
    assert len(longest) <= 60
    assert " " not in longest
    assert seen.read(longest) == replace(SHOWN, words=seen.words(Preview(("a",), 1)))


@pytest.mark.parametrize("odd", ["", ".", "....", "a.b.c.d.e", "\0", "x:1"])
def test_odd_marks_approve_nothing(odd: str) -> None:
    assert seen.unlike(Act.APPROVE, seen.read(odd), SHOWN, mine=False) is not None
