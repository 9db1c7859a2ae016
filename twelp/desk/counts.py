"""Counts: what of each line of the journal is counted, and by what. Pure: the line and its question in, counts out."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from twelp.flow.triage.signs import language
from twelp.model import LONGER, WITHIN_S, Count, Dimension, Entry, Figure, JournalStep, Kind, Question

_FIGURES: Final = MappingProxyType(
    {
        JournalStep.TOPICS: Figure.QUESTIONS,
        JournalStep.ASK: Figure.ASKED,
        JournalStep.CLAIM: Figure.CLAIMED,
        JournalStep.NOT_ME: Figure.PASSED,
        JournalStep.PASS_TO: Figure.PASSED,
        JournalStep.CONFIRM: Figure.CONFIRMED,
        JournalStep.PUBLISHED: Figure.ANSWERED,
        JournalStep.ANSWERED: Figure.ANSWERED,
        JournalStep.GAVE_UP: Figure.UNANSWERED,
        JournalStep.NOT_A_QUESTION: Figure.SET_ASIDE,
        JournalStep.NOT_OUR_TOPIC: Figure.SET_ASIDE,
        JournalStep.REFUSED: Figure.REFUSED,
        JournalStep.WITHDRAWN: Figure.WITHDRAWN,
        JournalStep.RETRACT: Figure.RETRACTED,
        JournalStep.CORRECT: Figure.CORRECTED,
        JournalStep.THANKS: Figure.THANKED,
    }
)

_BY_WHO_DID_IT: Final = frozenset({Figure.CLAIMED, Figure.PASSED, Figure.CONFIRMED})
_BY_WHO_HOLDS_IT: Final = frozenset({Figure.ANSWERED, Figure.THANKED})
_KINDS: Final = frozenset(JournalStep(kind.value) for kind in Kind)


def figure(entry: Entry) -> Figure | None:
    """What this line counts as; None: nothing."""
    if entry.actor == "triage":
        return Figure.POSTS if entry.step in _KINDS else None
    return _FIGURES.get(entry.step)


def counts(entry: Entry, question: Question | None) -> Iterator[Count]:
    """All that one more of the line's figure is counted under.

    Args:
        entry: the line.
        question: the one it is about; None: about a post that asks nothing.
    """
    what = figure(entry)
    if what is None:
        return
    day = f"{entry.at:%Y-%m-%d}"
    yield Count(day, Dimension.HOUR, f"{entry.at:%H}", what)
    if what is Figure.POSTS:
        yield Count(day, Dimension.KIND, entry.step.value, what)
    elif question is not None:
        yield Count(day, Dimension.TOPIC, question.topics[0].topic if question.topics else "", what)
        if person := _person(entry, what, question):
            yield Count(day, Dimension.PERSON, person, what)
        if what is Figure.QUESTIONS:
            yield Count(day, Dimension.LANGUAGE, language(question.post.text), what)
        if what is Figure.ANSWERED:
            waited_s = (entry.at - question.post.created_at).total_seconds()
            yield Count(day, Dimension.WITHIN, within(waited_s), what)


def _person(entry: Entry, what: Figure, question: Question) -> str:
    if what in _BY_WHO_DID_IT:
        return entry.actor
    if what in _BY_WHO_HOLDS_IT:
        return question.claimed_by or ""
    return str(entry.detail.get("expert", "")) if what is Figure.ASKED else ""


def within(waited_s: float) -> str:
    """The least of the spans that waits are told by which this one kept to.

    >>> within(60.0), within(61.0), within(1e9)
    ('60', '120', 'longer')
    """
    return next((str(span) for span in WITHIN_S if waited_s <= span), LONGER)
