"""How often each expert was asked on their present day."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from twelp.adapters.store.columns import Utc
from twelp.adapters.store.queries.pieces import one_of, table
from twelp.adapters.store.tables import AskedRow, AskRow, HouseRow
from twelp.model import AskRole, AskState

UPGRADED = "asks counted from"
"""The fact of the database that tells from which hour on every process counts."""

_asked, _ask, _house = table(AskedRow), table(AskRow), table(HouseRow)

_AT = Utc()

COUNTED_FROM = sa.select(_house.c.value).where(_house.c.name == UPGRADED)
"""From which hour on every process counts."""

_COLUMNS = (_asked.c.expert, _asked.c.day, _asked.c.asks, _asked.c.last_at)

THESE = {
    name: sa.select(*_COLUMNS).where(one_of(_asked.c.expert, name, "experts")) for name in ("sqlite", "postgresql")
}
"""What is counted for these experts. By dialect."""

_COUNTS = (_ask.c.role == AskRole.ANSWER.value, sa.or_(_ask.c.state != AskState.CLOSED.value, _ask.c.ts != ""))
"""An ask that was closed counts only where its card was sent: that person was asked."""

OF_DAY = (
    sa.select(sa.func.count(), sa.func.max(_ask.c.created_at))
    .where(_ask.c.expert == sa.bindparam("expert"), *_COUNTS)
    .where(_ask.c.created_at >= sa.bindparam("day", type_=_AT), _ask.c.created_at < sa.bindparam("until", type_=_AT))
)
"""How often an expert was asked in a day, and when last, counted from the asks."""

SINCE = (
    sa.select(_ask.c.expert, _ask.c.created_at)
    .where(_ask.c.created_at >= sa.bindparam("since", type_=_AT), *_COUNTS)
    .order_by(_ask.c.created_at)
)
"""Who was asked when, from an hour on, oldest first."""

ADD = (
    sa.update(_asked)
    .where(_asked.c.expert == sa.bindparam("who"), _asked.c.day == sa.bindparam("its_day", type_=_AT))
    .where(_asked.c.asks + sa.bindparam("more", type_=sa.Integer) <= sa.bindparam("most", type_=sa.Integer))
    .values(asks=_asked.c.asks + sa.bindparam("more", type_=sa.Integer), last_at=sa.bindparam("at", type_=_AT))
)
"""Adds to an expert's day, unless it would be more than they want."""

ADD_SEVERAL = sa.text("""
    WITH given AS (
        SELECT * FROM unnest(CAST(:whos AS text[]), CAST(:days AS timestamptz[]), CAST(:more AS int[]),
                             CAST(:most AS int[]), CAST(:ats AS timestamptz[])) AS given (who, day, more, most, at)
    ), held AS MATERIALIZED (
        SELECT a.expert FROM twelp_asked AS a JOIN given ON a.expert = given.who AND a.day = given.day
        ORDER BY a.expert FOR UPDATE OF a
    )
    UPDATE twelp_asked AS a SET asks = a.asks + given.more, last_at = given.at
    FROM given JOIN held ON held.expert = given.who
    WHERE a.expert = held.expert AND a.day = given.day AND a.asks + given.more <= given.most
    RETURNING a.expert
""").columns(sa.column("expert", sa.String))
"""The same for several experts, in the order of their ids, on Postgres; who those were."""

TAKE_OFF = (
    sa.update(_asked)
    .where(_asked.c.expert == sa.bindparam("who"), _asked.c.asks > 0)
    .where(_asked.c.day <= sa.bindparam("at", type_=_AT))
    .values(asks=_asked.c.asks - 1, last_at=sa.bindparam("last", type_=_AT))
)
"""Takes an ask off an expert's day: it asked nobody after all."""

LATEST = (
    sa.select(_ask.c.created_at)
    .where(_ask.c.expert == sa.bindparam("expert"), *_COUNTS)
    .order_by(_ask.c.created_at.desc())
    .limit(1)
)
"""When an expert was asked last."""

HOLD = sa.select(_asked.c.day).where(_asked.c.expert == sa.bindparam("expert")).with_for_update()
"""An expert's row, held until the transaction ends."""

SET = (
    sa.update(_asked)
    .where(_asked.c.expert == sa.bindparam("who"))
    .values(
        day=sa.bindparam("its_day", type_=_AT),
        asks=sa.bindparam("count", type_=sa.Integer),
        last_at=sa.bindparam("at", type_=_AT),
    )
)
"""Sets what is counted for an expert to what was counted from the asks."""

NEW = {
    "sqlite": sqlite.insert(_asked).on_conflict_do_nothing().returning(_asked.c.expert),
    "postgresql": postgresql.insert(_asked).on_conflict_do_nothing().returning(_asked.c.expert),
}
"""An expert's first row, or nothing where there is one. By dialect."""

KEEP = {
    name: made.on_conflict_do_update(
        index_elements=["expert"],
        set_={column: made.excluded[column] for column in ("day", "asks", "last_at")},
        where=_asked.c.day < made.excluded.day,
    )
    for name, made in (("sqlite", sqlite.insert(_asked)), ("postgresql", postgresql.insert(_asked)))
}
"""Keeps what was counted from the asks, where nothing newer is kept. By dialect."""
