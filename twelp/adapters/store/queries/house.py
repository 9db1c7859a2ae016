"""Facts of the bot: one row each, by name. Leases and signs of life stand there too, by the database's clock."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from twelp.adapters.store.queries.pieces import table
from twelp.adapters.store.tables import HouseRow

_house = table(HouseRow)
RESTORED: Final = "restored"
"""The fact that tells when this database was put back the last time."""

_CLOCK_S: Final = "extract(epoch FROM clock_timestamp())"

FACT = sa.select(_house.c.value).where(_house.c.name == sa.bindparam("fact"))
"""One fact."""

SET = sa.text(
    "INSERT INTO twelp_house (name, value) VALUES (:name, :value)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
"""A fact is this now."""

FORGET = sa.delete(_house).where(_house.c.name == sa.bindparam("fact"))
"""A fact is none any more."""

ACCOUNTS = sa.select(_house.c.name, _house.c.value).where(_house.c.name >= "account:", _house.c.name < "account;")
"""Which Slack account each person was proven to have."""

TAKE_LEASE = sa.text(
    "INSERT INTO twelp_house AS mine (name, value)"  # noqa: S608 - of our own words
    f" VALUES (:name, :owner || ' ' || ({_CLOCK_S} + :lasts))"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    " WHERE split_part(mine.value, ' ', 1) = :owner"
    f" OR split_part(mine.value, ' ', 2)::float < {_CLOCK_S}"
)
"""A lease is this owner's, for so many seconds from now, unless it is another's that has not run out. Postgres."""

LET_LEASE_GO = sa.text("DELETE FROM twelp_house WHERE name = :name AND split_part(value, ' ', 1) = :owner")
"""A lease of this owner ends. Postgres."""

TELL_PART = sa.text(
    f"INSERT INTO twelp_house (name, value) VALUES (:name, {_CLOCK_S} || ' ' || :told)"  # noqa: S608 - of our own words
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
"""A process gives word of itself. Postgres."""

FORGET_PARTS = sa.text(
    "DELETE FROM twelp_house WHERE name LIKE 'part:%'"  # noqa: S608 - of our own words
    f" AND split_part(value, ' ', 1)::float < {_CLOCK_S} - 3600"
)
"""What processes said of themselves that have been silent for an hour. Postgres."""

PARTS = sa.text(
    "SELECT substr(name, 6), substr(value, strpos(value, ' ') + 1) FROM twelp_house"  # noqa: S608 - of our own words
    f" WHERE name LIKE 'part:%' AND split_part(value, ' ', 1)::float > {_CLOCK_S} - :silent ORDER BY name"
)
"""What each process says of itself that was heard within so many seconds. Postgres."""

_FULL: Final = (
    "CASE WHEN split_part(mine.value, ' ', 1)::float8 > :now + :burst * :every + 5 THEN :now"
    " ELSE greatest(split_part(mine.value, ' ', 1)::float8, :now) END"
)
"""Up to when a rate's turns are taken; what a clock set that was ahead is not believed."""

_TURNS: Final = f"least(:most, floor((:now + :burst * :every - ({_FULL})) / :every + 0.000001))"

TAKE_TURNS = (
    sa.text(
        "INSERT INTO twelp_house AS mine (name, value)"  # noqa: S608 - of our own words
        " VALUES (:name, (:now + least(:most, :burst) * :every) || ' ' || least(:most, :burst))"
        f" ON CONFLICT (name) DO UPDATE SET value = (({_FULL}) + :every * {_TURNS}) || ' ' || {_TURNS}"
        f" WHERE {_TURNS} >= 1 RETURNING split_part(value, ' ', 2)::float8"
    )
    .bindparams(*(sa.bindparam(name, type_=sa.Float) for name in ("now", "every", "burst", "most")))
    .columns(sa.column("taken", sa.Float))
)
"""Turns of a rate are taken, as many as there are and at most so many; how many. No row: there is none. Postgres."""

TURNS_UNTIL = sa.text("SELECT split_part(value, ' ', 1)::float8 FROM twelp_house WHERE name = :name").columns(
    sa.column("until", sa.Float)
)
"""Up to when a rate's turns are taken. Postgres."""

_ENDS: Final = "split_part(mine.value, ' ', 1)::float8"
_LEFT: Final = "split_part(mine.value, ' ', 2)::int"
_TAKEN: Final = "split_part(mine.value, ' ', 3)::int"
_MOST_S: Final = 86_400
"""No window is longer: what ends later was told by a clock that was ahead."""

_OVER: Final = f"({_ENDS} <= :now OR {_ENDS} > :now + {_MOST_S})"
_UNTOLD: Final = 1_000_000
"""Calls that are left as long as nobody told how many."""

_FIRST: Final = f"(:now + 60) || ' {_UNTOLD} 1'"
_BACK: Final = f"greatest({_TAKEN} - 1, 0)"

SPEND = sa.text(
    f"INSERT INTO twelp_house AS mine (name, value) VALUES (:name, {_FIRST})"  # noqa: S608 - of our own words
    f" ON CONFLICT (name) DO UPDATE SET value = CASE WHEN {_OVER} THEN {_FIRST}"
    f" ELSE {_ENDS} || ' ' || ({_LEFT} - 1) || ' ' || ({_TAKEN} + 1) END WHERE {_LEFT} > 0 OR {_OVER}"
).bindparams(sa.bindparam("now", type_=sa.Float))
"""One call of a window is taken, where any is left: it is under way. Postgres."""

WINDOW = (
    sa.text(f"SELECT {_ENDS} FROM twelp_house AS mine WHERE name = :name AND NOT {_OVER}")  # noqa: S608 - our own words
    .bindparams(sa.bindparam("now", type_=sa.Float))
    .columns(sa.column("ends", sa.Float))
)
"""When a window ends that has not ended. Postgres."""

TOLD = sa.text(
    "UPDATE twelp_house AS mine SET value = CASE"  # noqa: S608 - of our own words
    f" WHEN {_LEFT} > {_UNTOLD // 2} OR :until > {_ENDS} + 60"
    f" THEN :until || ' ' || (:left - {_BACK}) || ' ' || {_BACK}"
    f" WHEN :until < {_ENDS} - 60 THEN {_ENDS} || ' ' || {_LEFT} || ' ' || {_BACK}"
    f" ELSE {_ENDS} || ' ' || least({_LEFT}, :left - {_BACK}) || ' ' || {_BACK} END WHERE name = :name"
).bindparams(sa.bindparam("until", type_=sa.Float), sa.bindparam("left", type_=sa.Integer))
"""A call's answer says what is left of its window; those that are under way are taken off that. Postgres."""

UNTOLD = sa.text(
    f"UPDATE twelp_house AS mine SET value = {_ENDS} || ' ' || {_LEFT} || ' ' || {_BACK} WHERE name = :name"  # noqa: S608
)
"""A call is over, and no answer said what is left. Postgres."""
