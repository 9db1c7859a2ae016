"""Asks: who was asked what."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from twelp.adapters.store.queries.pieces import table
from twelp.adapters.store.tables import AskRow, QuestionRow, VolunteerRow
from twelp.model import AskState

_ask, _question, _volunteer = table(AskRow), table(QuestionRow), table(VolunteerRow)

_HOW_ASKED = ("wave", "state", "reasons", "topic", "created_at", "digest")

ADD = {
    name: (
        made.on_conflict_do_update(
            index_elements=["question", "expert", "role"],
            set_={column: made.excluded[column] for column in _HOW_ASKED},
            where=_ask.c.state == AskState.CLOSED.value,
        ).returning(_ask.c.id, _ask.c.expert, _ask.c.role, _ask.c.channel, _ask.c.ts, _ask.c.shown)
    )
    for name, made in (("sqlite", sqlite.insert(_ask)), ("postgresql", postgresql.insert(_ask)))
}
"""An ask of a person in a role: a new one, or a closed one opened again; nothing where one is open. By dialect."""

OF_QUESTION = (
    sa.select(_ask, _volunteer.c.home_at)
    .outerjoin(_volunteer, _volunteer.c.expert == _ask.c.expert)
    .where(_ask.c.question == sa.bindparam("question"))
    .order_by(_ask.c.id)
)
"""All asks of a question, oldest first, each with when its person last opened our tab."""

ONE = sa.select(_ask).where(_ask.c.id == sa.bindparam("ask"))
"""One ask."""

SET = sa.update(_ask).where(_ask.c.id == sa.bindparam("its_id"))
"""Changes an ask."""

SHOW = SET.returning(
    *_ask.c,
    sa.select(_question.c.version).where(_question.c.id == _ask.c.question).scalar_subquery().label("version"),
)
"""Changes an ask, and tells it with the version of its question."""

CLOSE = (
    sa.update(_ask)
    .where(_ask.c.id == sa.bindparam("its_id"), _ask.c.state != AskState.CLOSED.value)
    .values(state=AskState.CLOSED.value)
    .returning(_ask.c.expert, _ask.c.role, _ask.c.ts, _ask.c.created_at)
)
"""Closes an ask that is not closed yet, and tells whom it had asked."""
