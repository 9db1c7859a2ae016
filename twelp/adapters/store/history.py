"""What the rows tell of people: how they fared with asks, what they hold, when they last wrote. Only reads.

Counted from asks, answers and questions each time, so that the counts are true after any crash, undo or erasure.
A topic's thousand latest asks took 10 ms on SQLite, among 300,000 (two shared cores).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from twelp.adapters.store.tables import AnswerRow, AskRow, QuestionRow
from twelp.model import AnswerState, AskRole, AskState, Reaction, Stage, Standing

_LATEST = 1_000
"""Asks of a topic that count. More say little about people as they are now."""

_LATEST_REACTIONS = 20_000
"""Asks of all topics that count for how soon people react: read every few minutes at most."""

_CONFIRMED = tuple(
    state.value
    for state in AnswerState
    if state
    in (AnswerState.HELD, AnswerState.ACCEPTED, AnswerState.PUBLISHED, AnswerState.ALTERNATIVE, AnswerState.RETRACTED)
)


def standings(connection: sa.Connection, topic: str, since: datetime) -> Mapping[str, Standing]:
    """How each expert fared with the topic's latest asks: expert id → counts."""
    latest = (
        sa.select(col(AskRow.question), col(AskRow.expert), col(AskRow.state), col(AskRow.wave), col(AskRow.created_at))
        .where(
            col(AskRow.topic) == topic,
            col(AskRow.created_at) >= since,
            col(AskRow.role) == AskRole.ANSWER.value,
            col(AskRow.state) != AskState.CLOSED.value,
        )
        .order_by(col(AskRow.created_at).desc())
        .limit(_LATEST)
        .subquery()
    )
    ask, question = latest.c, QuestionRow
    answered = col(AnswerRow.state).in_(_CONFIRMED)
    passed = ask.state == AskState.PASSED.value
    left_lying = sa.or_(col(question.wave) > ask.wave, col(question.stage) == Stage.UNANSWERED.value)
    let_by = sa.and_(sa.not_(passed), sa.func.coalesce(answered, sa.false()).is_(sa.false()), left_lying)
    statement = (
        sa.select(
            ask.expert,
            sa.func.count(),
            _times(answered),
            _times(sa.and_(passed, sa.func.coalesce(answered, sa.false()).is_(sa.false()))),
            _times(let_by),
            _times(col(AnswerRow.state) == AnswerState.PUBLISHED.value),
            sa.func.coalesce(sa.func.sum(col(AnswerRow.returned)), 0),
            sa.func.max(ask.created_at),
            sa.func.max(sa.case((answered, col(AnswerRow.written_at)))),
        )
        .select_from(latest)
        .join(question, col(question.id) == ask.question)
        .outerjoin(AnswerRow, sa.and_(col(AnswerRow.question) == ask.question, col(AnswerRow.expert) == ask.expert))
        .group_by(ask.expert)
    )
    return {row[0]: Standing(*row[1:7], *row[7:]) for row in connection.execute(statement)}


def reactions(connection: sa.Connection, since: datetime) -> Sequence[Reaction]:
    """What became of the latest asks, oldest first.

    A pass has no hour of its own; most come at once, and so it counts as if it had come with the ask. Who gave a claim
    back counts as somebody whom the next holder overtook.
    """
    question = QuestionRow
    latest = (
        sa.select(col(AskRow.question), col(AskRow.expert), col(AskRow.state), col(AskRow.created_at), col(AskRow.id))
        .where(
            col(AskRow.created_at) >= since,
            col(AskRow.role) == AskRole.ANSWER.value,
            col(AskRow.state) != AskState.CLOSED.value,
        )
        .order_by(col(AskRow.created_at).desc())
        .limit(_LATEST_REACTIONS)
        .subquery()
    )
    ask = latest.c
    statement = (
        sa.select(
            ask.expert,
            ask.created_at,
            ask.state,
            col(question.claimed_by),
            sa.func.coalesce(col(question.claimed_at), col(question.closed_at)),
            col(AnswerRow.state).in_(_CONFIRMED),
            col(AnswerRow.written_at),
        )
        .select_from(latest)
        .join(question, col(question.id) == ask.question)
        .outerjoin(AnswerRow, sa.and_(col(AnswerRow.question) == ask.question, col(AnswerRow.expert) == ask.expert))
        .order_by(ask.created_at, ask.id)
    )
    return [_reaction(*row) for row in connection.execute(statement)]


def _reaction(
    expert: str,
    asked_at: datetime,
    state: str,
    holder: str | None,
    taken_at: datetime | None,
    answered: bool | None,
    written_at: datetime | None,
) -> Reaction:
    passed = state == AskState.PASSED.value and not answered
    until = asked_at if passed else taken_at if holder == expert or not answered else written_at
    acted = passed or bool(answered) or holder == expert
    return Reaction(expert, asked_at, until, acted, bool(answered), passed)


def unclaimed(connection: sa.Connection) -> int:
    """How many questions wait for somebody to take them."""
    waiting = col(QuestionRow.stage).in_((Stage.OPEN.value, Stage.ASKED.value))
    return int(connection.execute(sa.select(sa.func.count()).select_from(QuestionRow).where(waiting)).scalar_one())


def holding(connection: sa.Connection) -> Mapping[str, int]:
    """How many questions each expert has claimed and not yet answered."""
    who = col(QuestionRow.claimed_by)
    found = connection.execute(
        sa.select(who, sa.func.count()).where(col(QuestionRow.stage) == Stage.CLAIMED.value).group_by(who)
    )
    return {person: int(n) for person, n in found if person}


def writing_since(connection: sa.Connection, since: datetime) -> Mapping[str, datetime]:
    """Who wrote answers or drafts from `since` on, and when last."""
    found = connection.execute(
        sa.select(col(AnswerRow.expert), sa.func.max(col(AnswerRow.written_at)))
        .where(col(AnswerRow.written_at) >= since)
        .group_by(col(AnswerRow.expert))
    )
    return {row[0]: row[1] for row in found}


def authors(connection: sa.Connection) -> Mapping[str, str]:
    """Who wrote the published answer: question id → expert id."""
    found = connection.execute(
        sa.select(col(AnswerRow.question), col(AnswerRow.expert)).where(
            col(AnswerRow.state) == AnswerState.PUBLISHED.value
        )
    )
    return {row[0]: row[1] for row in found}


def _times(true: Any) -> Any:
    return sa.func.sum(sa.case((true, 1), else_=0))
