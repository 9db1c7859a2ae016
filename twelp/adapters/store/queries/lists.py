"""What lies before people and waits for them: found by indexes however long the history is."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from twelp.adapters.store.columns import Utc
from twelp.adapters.store.queries.pieces import among, columns, table
from twelp.adapters.store.queries.stages import EXACT, NO_CRISIS, QUESTION_COLUMNS, UNDER_WAY, all_stored
from twelp.adapters.store.tables import AskRow, PostRow, QuestionRow
from twelp.flow import lifecycle
from twelp.model import AskRole, AskState, Stage

_ask, _question, _post = table(AskRow), table(QuestionRow), table(PostRow)

_MOST = sa.bindparam("most", type_=sa.Integer)

_SINCE, _BEFORE = sa.bindparam("since", type_=Utc()), sa.bindparam("before", type_=Utc())

_STORED, _STAGE = sa.bindparam("stored", type_=sa.String), sa.bindparam("stage", type_=sa.String)

_IN_STAGE = (_question.c.stage == _STORED, _STAGE == EXACT)

_LATEST_ASKS: Final = 500
"""Of one person, among which `over` looks for cards on which something may be taken back."""

_LATEST_UNANSWERED: Final = 1_000
"""Questions nobody answered in time whose asks still count as undecided, newest first. An older card stays as it is."""

_BEFORE_PEOPLE = lifecycle.UNCLAIMED | {Stage.CLAIMED, Stage.HELD, Stage.REVIEW}


def _of(words: Collection[str]) -> list[sa.Select[Any]]:
    """The questions with each of these in `stage`; one list of all of them would be taken for most of the table."""
    return [sa.select(_question.c.id).where(_question.c.stage == sa.literal_column(f"'{word}'")) for word in words]


def _not_over() -> Any:
    unanswered = (
        sa.select(_question.c.id, _question.c.opened_at)
        .where(_question.c.stage == sa.literal_column(f"'{Stage.UNANSWERED.value}'"))
        .order_by(_question.c.opened_at.desc())
        .limit(sa.literal_column(str(_LATEST_UNANSWERED)))
        .subquery()
    )
    return sa.union_all(*_of(UNDER_WAY), sa.select(unanswered.c.id)).subquery("not_over")


def _person(column: Any) -> Any:
    return sa.func.coalesce(column, "") == sa.bindparam("expert", type_=sa.String)


def _before() -> sa.Select[Any]:
    asked = sa.union_all(*_of(all_stored(_BEFORE_PEOPLE))).subquery("asked")
    mine = _question.c.claimed_by == sa.bindparam("expert", type_=sa.String)
    open_now = sa.and_(among(_question.c.stage, all_stored(lifecycle.UNCLAIMED)), NO_CRISIS)
    held = sa.and_(mine, among(_question.c.stage, all_stored(_BEFORE_PEOPLE - lifecycle.UNCLAIMED)))
    to_answer = _ask.c.role == AskRole.ANSWER.value
    to_review = Stage.REVIEW.value == EXACT
    return (
        sa.select(*QUESTION_COLUMNS, *columns(PostRow, "post_"), _ask.c.id.label("ask_id"))
        .select_from(asked)
        .join(_ask, _ask.c.question == asked.c.id)
        .join(_question, _question.c.id == asked.c.id)
        .join(_post, _post.c.key == _question.c.id)
        .where(_person(_ask.c.expert), _ask.c.state == AskState.OPEN.value)
        .where(sa.or_(sa.and_(to_answer, sa.or_(open_now, held)), sa.and_(~to_answer, to_review)))
        .order_by(held.desc(), _ask.c.created_at.desc())
        .limit(_MOST)
    )


def _undecided(*what: Any) -> sa.Select[Any]:
    not_over = _not_over()
    found = sa.select(*what).select_from(not_over).join(_ask, _ask.c.question == not_over.c.id)
    return found.where(sa.func.coalesce(_ask.c.state, "") == AskState.OPEN.value)


def _over() -> sa.Select[Any]:
    latest = (
        sa.select(_ask)
        .where(_ask.c.expert == sa.bindparam("expert", type_=sa.String))
        .order_by(_ask.c.created_at.desc())
        .limit(sa.literal_column(str(_LATEST_ASKS)))
        .subquery("latest")
    )
    stages = (Stage.PUBLISHED.value, Stage.DISMISSED.value)
    return (
        sa.select(latest)
        .join(_question, _question.c.id == latest.c.question)
        .where(latest.c.ts != "", among(sa.func.coalesce(_question.c.stage, ""), stages))
        .order_by(latest.c.created_at.desc())
        .limit(_MOST)
    )


@cache
def in_stage(*, newest: bool) -> sa.Select[Any]:
    hour, number = _question.c.opened_at, _question.c.id
    return (
        sa.select(*QUESTION_COLUMNS, *columns(PostRow, "post_"))
        .join(_post, _post.c.key == _question.c.id)
        .where(*_IN_STAGE, hour >= _SINCE)
        .order_by(*((hour.desc(), number.desc()) if newest else (hour, number)))
        .limit(_MOST)
    )


PUT_BEFORE = _before()
"""Open questions and held answers put before a person, newest first; what they hold comes first."""

UNDECIDED = _undecided(_ask).where(_person(_ask.c.expert))
"""A person's asks that they have not decided, of questions that are not over."""

UNDECIDED_PEOPLE = (
    _undecided(_ask.c.expert).where(~among(_ask.c.role, (AskRole.CHANNEL.value, AskRole.CRISIS.value))).distinct()
)
"""Everybody, but no channel, with such an ask."""

OVER = _over()
"""A person's newest asks of questions that were answered or set aside."""

DIGEST = (
    sa.select(_ask)
    .where(_ask.c.digest == sa.bindparam("key", type_=sa.String), sa.text("digest <> ''"))  # as its index says
    .order_by(_ask.c.id)
)
"""The asks that a message shows, oldest first."""

ASK_AT = sa.select(_ask).where(
    _ask.c.ts == sa.bindparam("ts", type_=sa.String), _ask.c.channel == sa.bindparam("channel", type_=sa.String)
)
"""The ask whose card is that message."""

TOPICS = sa.select(_question.c.topics).where(*_IN_STAGE)
"""The topics of each question in a stage."""

_some = sa.select(_question.c.id).where(*_IN_STAGE, _question.c.opened_at < _BEFORE).limit(_MOST).subquery()

HOW_MANY = sa.select(sa.func.count()).select_from(_some)
"""How many questions in a stage were opened before that hour, counted so far."""
