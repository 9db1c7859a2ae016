"""Cases for people."""

from __future__ import annotations

import sqlalchemy as sa

from twelp.adapters.store.queries.pieces import among, once, table
from twelp.adapters.store.tables import CrisisRow
from twelp.model import CrisisState

_crisis = table(CrisisRow)

_NOT_OVER = among(_crisis.c.state, (CrisisState.OPEN.value, CrisisState.TAKEN.value))

ADD = once(CrisisRow)
"""A new case, unless its question has one."""

ONE = sa.select(_crisis).where(_crisis.c.question == sa.bindparam("its_question"))
"""The case of a question."""

MOVE = sa.update(_crisis).where(
    _crisis.c.question == sa.bindparam("its_question"), _crisis.c.version == sa.bindparam("its_version")
)
"""Changes a case that is still of the version that was read."""

NOT_OVER = (
    sa.select(_crisis)
    .where(_NOT_OVER)
    .order_by(_crisis.c.opened_at, _crisis.c.question)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
"""Cases that are not handled, oldest first."""

COUNTS = sa.select(_crisis.c.state, sa.func.count().label("times")).where(_NOT_OVER).group_by(_crisis.c.state)
"""How many cases are not handled, by their state."""

BLANK = sa.update(_crisis).where(_crisis.c.question == sa.bindparam("its_question")).values(reasons=[])
"""A case gives no reasons any more, as they may quote what is gone."""
