"""Earlier answers to start from, and shorter texts: proposals for a person, never more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from twelp.flow.shorten import shorter
from twelp.flow.similar import nearest
from twelp.model import Earlier

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def earlier(number: int, question: str, text: str = "") -> Earlier:
    return Earlier(number, question, text or f"Answer {number}.", "ann", NOW + timedelta(minutes=number))


PAST = [
    earlier(1, "@VoltHelp my tv shows no picture since the update"),
    earlier(2, "@VoltHelp where is my parcel with the headphones"),
    earlier(3, "how do i pair the headphones with my laptop"),
    earlier(4, "テレビの画面が映りません"),
    earlier(5, "no picture on my tv, what can i do", "Answer 1."),
]


def test_the_most_alike_come_first_and_no_text_twice() -> None:
    found = nearest("@VoltHelp no picture on my tv since yesterday", PAST)
    assert [one.answer for one in found] == [1]  # the fifth is answered in the same words
    assert [one.answer for one in nearest("@VoltHelp pair headphones", PAST)] == [3, 2]
    assert [one.answer for one in nearest("画面が映りません", PAST)] == [4]
    assert nearest("@VoltHelp https://volt.example ok", PAST) == ()
    assert nearest("anything", []) == ()


def test_a_question_that_means_the_same_in_other_words_is_found_by_its_meaning() -> None:
    def alike(text: str, others: Sequence[str]) -> list[float]:
        return [0.9 if "telly stays dark" in text and "tv shows no picture" in other else 0.1 for other in others]

    assert nearest("our telly stays dark", PAST) == ()
    assert [one.answer for one in nearest("our telly stays dark", PAST, alike=alike)] == [1]
    assert [one.answer for one in nearest("@VoltHelp pair headphones", PAST, alike=alike)] == [3, 2]


@given(st.text(max_size=60))
def test_at_most_three_and_never_one_that_was_not_there(text: str) -> None:
    found = nearest(text, PAST)
    assert len(found) <= 3
    assert set(found) <= set(PAST)


def test_what_nobody_misses_goes_first() -> None:
    text = "Hi June! I'm sorry. Hold the power button (left side) for ten seconds. Then unplug it. Have a nice day!"
    bare = "Hold the power button for ten seconds. Then unplug it."
    assert shorter(text, lambda t: len(t) < 200) == text
    assert shorter(text, lambda t: len(t) < 70) == "Hold the power button (left side) for ten seconds. Then unplug it."
    assert shorter(text, lambda t: len(t) < 60) == bare
    assert shorter(text, lambda t: len(t) < 50) == "Hold the power button for ten seconds."
    assert shorter(text, lambda t: False) == "Hold the power button for ten seconds."
    assert shorter("Thanks!", lambda t: False) == "Thanks!"
    assert shorter("  ", lambda t: False) == ""


@given(st.text(max_size=200), st.integers(0, 60))
def test_a_shorter_text_says_nothing_that_was_not_said(text: str, most: int) -> None:
    made = shorter(text, lambda t: len(t) <= most)
    assert all(word.strip(".,;:!?") in text for word in made.split())
    assert len(made) <= len(text.strip())
