"""What the rows tell of people and of what was said: how they fared, what they hold, what was answered."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from twelp.adapters.store.columns import Utc
from twelp.adapters.store.queries.pieces import among, table
from twelp.adapters.store.queries.stages import NO_CRISIS
from twelp.adapters.store.tables import AnswerRow, AskRow, LessonRow, PostRow, QuestionRow
from twelp.model import (
    AnswerState,
    AskRole,
    AskState,
    Kind,
    Stage,
)

_SINCE = sa.bindparam("since", type_=Utc())

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


def _standings() -> sa.Select[Any]:
    latest = (
        sa.select(col(AskRow.question), col(AskRow.expert), col(AskRow.state), col(AskRow.wave), col(AskRow.created_at))
        .where(
            col(AskRow.topic) == sa.bindparam("topic"),
            col(AskRow.created_at) >= _SINCE,
            col(AskRow.role) == AskRole.ANSWER.value,
            col(AskRow.state) != AskState.CLOSED.value,
        )
        .order_by(col(AskRow.created_at).desc())
        .limit(_LATEST)
        .subquery()
    )
    ask, question = latest.c, QuestionRow
    answered = among(col(AnswerRow.state), _CONFIRMED)
    passed = ask.state == AskState.PASSED.value
    left_lying = sa.or_(col(question.wave) > ask.wave, col(question.stage) == Stage.UNANSWERED.value)
    let_by = sa.and_(sa.not_(passed), sa.func.coalesce(answered, sa.false()).is_(sa.false()), left_lying)
    return (
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


def _reactions() -> sa.Select[Any]:
    question = QuestionRow
    latest = (
        sa.select(col(AskRow.question), col(AskRow.expert), col(AskRow.state), col(AskRow.created_at), col(AskRow.id))
        .where(
            col(AskRow.created_at) >= _SINCE,
            col(AskRow.role) == AskRole.ANSWER.value,
            col(AskRow.state) != AskState.CLOSED.value,
        )
        .order_by(col(AskRow.created_at).desc())
        .limit(_LATEST_REACTIONS)
        .subquery()
    )
    ask = latest.c
    return (
        sa.select(
            ask.expert,
            ask.created_at,
            ask.state,
            col(question.claimed_by),
            sa.func.coalesce(col(question.claimed_at), col(question.closed_at)),
            among(col(AnswerRow.state), _CONFIRMED),
            col(AnswerRow.written_at),
        )
        .select_from(latest)
        .join(question, col(question.id) == ask.question)
        .outerjoin(AnswerRow, sa.and_(col(AnswerRow.question) == ask.question, col(AnswerRow.expert) == ask.expert))
        .order_by(ask.created_at, ask.id)
    )


def _times(true: Any) -> Any:
    return sa.func.sum(sa.case((true, 1), else_=0))


STANDINGS = _standings()
"""How each expert fared with a topic's latest asks."""

REACTIONS = _reactions()
"""What became of the latest asks, oldest first."""

UNCLAIMED = (
    sa.select(sa.func.count())
    .select_from(QuestionRow)
    .where(among(col(QuestionRow.stage), (Stage.OPEN.value, Stage.ASKED.value)), NO_CRISIS)
)
"""How many questions wait for somebody to take them."""

HOLDING = (
    sa.select(col(QuestionRow.claimed_by), sa.func.count())
    .where(col(QuestionRow.stage) == Stage.CLAIMED.value)
    .group_by(col(QuestionRow.claimed_by))
)
"""How many questions each expert has claimed."""

_writer = sa.func.coalesce(col(AnswerRow.expert), "")
"""Grouped by it, what somebody wrote lately is found by its hour, and not all that each ever wrote read in order."""

WRITING = (
    sa.select(_writer, sa.func.max(col(AnswerRow.written_at)))
    .where(col(AnswerRow.written_at) >= _SINCE)
    .group_by(_writer)
)
"""Who wrote answers or drafts from an hour on, and when last."""

AUTHORS = sa.select(col(AnswerRow.question), col(AnswerRow.expert)).where(
    col(AnswerRow.state) == AnswerState.PUBLISHED.value
)
"""Who wrote each published answer."""

_answer, _post, _lesson = table(AnswerRow), table(PostRow), table(LessonRow)

_HERE = (_post.c.network == sa.bindparam("network"), _post.c.conversation == sa.bindparam("conversation"))

_MOST = sa.bindparam("most", type_=sa.Integer)

_SAID = (
    sa.select(_post.c.handle, _post.c.text, _post.c.created_at)
    .where(*_HERE, _post.c.kind != Kind.EDITED.value, _post.c.gone_at.is_(None))
    .order_by(_post.c.created_at.desc())
    .limit(_MOST)
)

_BY_ASKER = _SAID.where(_post.c.author_id == sa.bindparam("author"), _post.c.key != sa.bindparam("but"))

_BY_OTHERS = _SAID.where(_post.c.author_id != sa.bindparam("author"))

_BY_US = (
    sa.select(sa.literal("").label("handle"), _answer.c.public, _answer.c.updated_at)
    .join(_post, _post.c.key == _answer.c.question)
    .where(*_HERE, _answer.c.state == AnswerState.PUBLISHED.value)
    .order_by(_answer.c.updated_at.desc())
    .limit(_MOST)
)


def _each_side() -> sa.CompoundSelect[Any]:
    sides = (side.subquery() for side in (_BY_ASKER, _BY_OTHERS, _BY_US))
    said = (
        sa.select(handle, text, at, sa.literal_column(str(number)).label("side"))
        for number, (handle, text, at) in enumerate(side.c for side in sides)
    )
    return sa.union_all(*said)


SAID = _each_side()
"""What was said in a question's conversation, the latest of each side: by its author (0), by others (1), by us (2)."""


def _answered() -> sa.Select[Any]:
    """The latest lessons of one topic first: however rare it is, not all that was ever learned is looked through."""
    latest = (
        sa.select(_lesson.c.id, _lesson.c.question)
        .where(_lesson.c.topic == sa.bindparam("topic"))
        .order_by(_lesson.c.id.desc())
        .limit(sa.literal_column(str(_LATEST)))
        .subquery()
    )
    return (
        sa.select(
            _answer.c.id, _post.c.text, _answer.c.text, _answer.c.expert, _answer.c.updated_at, latest.c.id.label("at")
        )
        .select_from(latest)
        .join(_answer, _answer.c.question == latest.c.question)
        .join(_post, _post.c.key == latest.c.question)
        .where(sa.func.coalesce(_answer.c.state, "") == AnswerState.PUBLISHED.value)
        .order_by(latest.c.id.desc())
        .limit(sa.bindparam("most", type_=sa.Integer))
    )


ANSWERED = _answered()
"""Published answers to questions that turned out to be about a topic, newest first."""
