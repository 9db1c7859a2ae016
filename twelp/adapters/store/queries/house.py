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
