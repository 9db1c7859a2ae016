"""What waits for people, what nobody answered, and what came to an end lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from twelp.model import Question, Stage
from twelp.ports import OutboxTx, QuestionsTx, WaitingTx

WAITING: Final = (Stage.OPEN, Stage.ASKED, Stage.CLAIMED, Stage.HELD, Stage.REVIEW)
"""Stages in which a question waits for a person."""

_BY_HAND: Final = (Stage.LANE, Stage.SOUGHT)

_UNANSWERED_FOR: Final = timedelta(days=7)
"""Older ones are only counted: their customers expect nothing any more."""

_COUNTED: Final = 1_000
"""How far what is left out is counted."""


class QueueRows(OutboxTx, QuestionsTx, WaitingTx, Protocol):
    """Rows that tell which questions stand where."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some questions of a list, and how many it has besides."""

    questions: tuple[Question, ...]
    left_out: int = 0


def waiting(tx: QueueRows, limit: int = 10) -> Page:
    """What waits for a person: all, oldest first, or half the oldest and half the newest: neither hides the other."""
    half = limit // 2
    oldest = tx.waiting(WAITING, limit)
    if len(oldest) == limit:
        oldest = [*oldest[:half], *reversed(tx.waiting(WAITING, half, newest=True))]
    found = tuple({question.id: question for question in oldest}.values())
    stages = tx.under_way()
    return Page(found, sum(stages.get(stage.value, 0) for stage in WAITING) - len(found))


def unanswered(tx: QueueRows, now: datetime, limit: int = 5) -> Page:
    """The latest of a week that nobody answered in time, newest first; what is left out is counted up to a thousand."""
    stages = (Stage.UNANSWERED,)
    latest = tx.waiting(stages, limit, newest=True, since=now - _UNANSWERED_FOR)
    return Page(tuple(latest), tx.how_many(stages, now, _COUNTED + len(latest)) - len(latest))


def to_post(tx: QueueRows, now: datetime, limit: int = 5) -> Page:
    """Answers that a moderator is to post by hand, oldest first; what is left out is counted up to a thousand."""
    oldest = tx.waiting(_BY_HAND, limit)
    return Page(tuple(oldest), tx.how_many(_BY_HAND, now, _COUNTED + len(oldest)) - len(oldest))


def set_aside_lately(tx: QueueRows, limit: int = 5) -> Page:
    """The latest that are no questions for us, as somebody said, or whose answer was taken back, newest first; what is
    left out is not counted."""
    return Page(tuple(tx.waiting((Stage.DISMISSED, Stage.RETRACTED), limit, newest=True)))


def answered_lately(tx: QueueRows, limit: int = 10) -> Page:
    """The latest whose public answer stands, newest first; what is left out is not counted."""
    found = map(tx.question, dict.fromkeys(tx.answered_lately(limit)))
    return Page(tuple(question for question in found if question is not None and question.stage is Stage.PUBLISHED))
