"""The journal, events, and what was learned."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from twelp.adapters.store.queries.pieces import among, once, table
from twelp.adapters.store.queries.stages import EXACT, NO_CRISIS, UNDER_WAY
from twelp.adapters.store.tables import (
    AnswerRow,
    AskRow,
    DeliveryRow,
    EventRow,
    JournalRow,
    LessonRow,
    PostRow,
    QuestionRow,
)

_journal, _lesson, _question, _post = table(JournalRow), table(LessonRow), table(QuestionRow), table(PostRow)

NOTE = sa.insert(_journal).inline()
"""A line of the journal."""

TRAIL = sa.select(_journal).where(_journal.c.subject == sa.bindparam("subject")).order_by(_journal.c.id)
"""The journal of one post or question, oldest first."""

NOTED = sa.select(_journal).where(_journal.c.step.in_(sa.bindparam("steps", expanding=True))).order_by(_journal.c.id)
"""The journal's lines with one of these steps, oldest first."""

AFTER = (
    sa.select(*(column for column in _journal.c if column.name != "detail"))
    .where(_journal.c.id > sa.bindparam("after"))
    .order_by(_journal.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
"""The journal's lines above a number, oldest first, without their detail."""

_each = (_question.c.stage == sa.literal_column(f"'{word}'") for word in UNDER_WAY)  # one list of all: a full scan

_under_way = sa.union_all(*(sa.select(EXACT.label("stage")).where(stands) for stands in _each)).subquery()

STAGES = sa.select(_under_way.c.stage, sa.func.count()).group_by(_under_way.c.stage)
"""How many questions are under way, by stage."""

PROGRESS = sa.select(
    sa.select(sa.func.count()).select_from(_post).scalar_subquery(),
    sa.select(sa.func.count())
    .select_from(_question)
    .where(among(_question.c.stage, UNDER_WAY), NO_CRISIS)
    .scalar_subquery(),
    sa.select(sa.func.coalesce(sa.func.max(_journal.c.id), 0)).scalar_subquery(),
)
"""Posts heard, questions under way that are no cases for people, and the journal's last number."""

LAST_LINE = sa.select(sa.func.max(_journal.c.id))
"""The number of the journal's latest line."""

EVENT = once(EventRow)
"""An event's id, or nothing where it came before. By dialect."""

LESSONS = (
    sa.select(_lesson.c.id, _lesson.c.question, _lesson.c.text, _lesson.c.topic, _lesson.c.forgotten)
    .where(_lesson.c.id > sa.bindparam("number"))
    .order_by(_lesson.c.id)
)
"""What was learned and forgotten after a change, oldest first."""

NEWEST_BUT = (
    sa.select(_lesson.c.id).order_by(_lesson.c.id.desc()).offset(sa.bindparam("most", type_=sa.Integer)).limit(1)
)
"""The change before which so many newest ones come."""

LAST_LESSON = sa.select(sa.func.max(_lesson.c.id))
"""The number of the latest change of what is learned."""

LESSON = sa.select(_lesson.c.text, _lesson.c.topic).where(
    _lesson.c.question == sa.bindparam("question"), _lesson.c.forgotten.is_(False)
)
"""What was learned from a question."""

LEARN = sa.insert(_lesson).inline()
"""What a question turned out to be about."""

FORGET = sa.delete(_lesson).where(_lesson.c.question == sa.bindparam("of"))
"""What it was taken for before."""


def _count(*by: Any) -> sa.Select[Any]:
    return sa.select(*by, sa.func.count()).group_by(*by)


_stage = sa.select(EXACT.label("stage")).subquery().c.stage

COUNTED = {
    "posts": _count(_post.c.kind),
    "questions": _count(_stage),
    "answers": _count(table(AnswerRow).c.state),
    "asks": _count(table(AskRow).c.role),
    "journal": _count(_journal.c.step),
    "deliveries": _count(table(DeliveryRow).c.errand, table(DeliveryRow).c.state),
}
"""How many rows stand where."""
