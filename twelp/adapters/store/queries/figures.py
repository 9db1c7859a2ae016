"""Figures by day, kept as counts."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from twelp.adapters.store.queries.pieces import table
from twelp.adapters.store.tables import CountRow

_count = table(CountRow)
_KEY = ("dimension", "day", "value", "figure", "part")

ADD = {
    name: made.on_conflict_do_update(index_elements=list(_KEY), set_={"times": _count.c.times + made.excluded["times"]})
    for name, made in (("sqlite", sqlite.insert(_count)), ("postgresql", postgresql.insert(_count)))
}
"""Adds to a count, which begins with it. By dialect."""

_DAYS = (
    _count.c.dimension == sa.bindparam("dimension", type_=sa.String),
    _count.c.day >= sa.bindparam("since", type_=sa.String),
    _count.c.day < sa.bindparam("until", type_=sa.String),
)

BY_VALUE = (
    sa.select(_count.c.value, _count.c.figure, sa.func.sum(_count.c.times))
    .where(*_DAYS)
    .group_by(_count.c.value, _count.c.figure)
)
"""What was counted in some days, by value and figure."""

OF_VALUE = BY_VALUE.where(_count.c.value == sa.bindparam("value", type_=sa.String))
"""The same of one value."""

BY_DAY = (
    sa.select(_count.c.day, _count.c.value, _count.c.figure, sa.func.sum(_count.c.times))
    .where(*_DAYS)
    .group_by(_count.c.day, _count.c.value, _count.c.figure)
)
"""What was counted in some days, by day, value and figure."""
