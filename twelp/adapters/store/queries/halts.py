"""What moderators paused, and the jobs that wait for its end."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from twelp.adapters.store.columns import Utc
from twelp.adapters.store.job_tables import jobs
from twelp.adapters.store.queries.pieces import once, table
from twelp.adapters.store.tables import HaltRow, QuestionRow
from twelp.ports.queue import PAUSED_KEY

_halt, _question = table(HaltRow), table(QuestionRow)

NOW = sa.select(_halt).order_by(_halt.c.since, _halt.c.scope)
"""What is paused, oldest first."""

HELD = NOW.with_for_update(read=True)
"""The same; none of it is resumed before the transaction ends."""

ADD = once(HaltRow)
"""A pause begins, unless its scope is paused already. By dialect."""

_this = (
    _halt.c.scope == sa.bindparam("its_scope", type_=sa.String),
    _halt.c.since == sa.bindparam("its_since", type_=Utc()),
)

AGREE = sa.update(_halt).where(*_this, _halt.c.resuming.is_(None)).values(resuming=sa.bindparam("who", type_=sa.String))
"""The first of two people wants to resume."""

RESUME = sa.delete(_halt).where(*_this)
"""A pause is over."""

_FROM: Final = sa.literal_column(f"'{PAUSED_KEY}'", sa.String)
_TO: Final = sa.literal_column(f"'{PAUSED_KEY[:-1]};'", sa.String)


@cache
def waiting() -> sa.Select[Any]:
    return (
        sa.select(jobs.c.key)
        .select_from(jobs.outerjoin(_question, _question.c.id == jobs.c.subject))
        .where(jobs.c.key >= _FROM, jobs.c.key < _TO)
        .order_by(_question.c.opened_at, jobs.c.id)
    )
