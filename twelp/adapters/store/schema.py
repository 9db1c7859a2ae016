"""Which version the tables are of, and how a database comes to the newest: made, upgraded, or refused.

The version stands in `twelp_house`, is read at every start and costs one look; Alembic is imported only when there is
something to upgrade, and keeps its own account in `twelp_schema`. Everything happens in one transaction, under SQLite's
process lock or under an advisory lock on Postgres, so that of several processes that start together one upgrades and
the others find it done. Upgrades only add (see `migrations`): processes of the version before go on working meanwhile.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from sqlmodel import SQLModel

from twelp.adapters.store.tables import SCHEMA_VERSION, HouseRow
from twelp.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

OLDEST: Final = 2
"""The first version that can be upgraded."""

REVISIONS: Final = "twelp_schema"
_MAKING: Final = 0x7765_6C70
"""Postgres' advisory lock: two processes that make tables at the same moment make one of them fail."""

_house: sa.Table = HouseRow.__table__  # type: ignore[attr-defined]


def version(connection: sa.Connection, shown: str) -> int | None:
    """The version of the tables; None where there are none. Raises as `number` does."""
    if not sa.inspect(connection).has_table(_house.name):
        return None
    found = connection.execute(sa.select(_house.c.value).where(_house.c.name == "schema")).scalar()
    return number(found, shown)


def number(found: str | None, shown: str) -> int | None:
    """The version that is written down.

    Raises:
        StoreError: what is written there is none.
    """
    if found is None or (found.isascii() and found.isdigit()):
        return None if found is None else int(found)
    raise StoreError(
        f"database {shown} has {found!r} for its schema, which should be a number: nothing was changed. "
        "It is damaged or was changed by hand: keep a copy of it, then put a backup in its place (docs/operations.md)."
    )


def disagreement(connection: sa.Connection, found: int) -> str | None:
    """What Alembic's account says, where it is another version than `found`; None where there is no account, too."""
    if not sa.inspect(connection).has_table(REVISIONS):
        return None
    told = connection.execute(sa.text(f"SELECT version_num FROM {REVISIONS}")).scalars().all()  # noqa: S608 - our name
    if told == [f"{found:04}"]:
        return None
    return f"{_house.name} says schema {found}, {REVISIONS} says {' and '.join(told) or 'nothing'}"


def check(found: int | None, shown: str) -> None:
    """Lets tables of this twelp's version pass.

    Raises:
        StoreError: it is empty (`absent`), older or newer.
    """
    if found is None:
        raise StoreError(f"database {shown} is empty: run twelp first", absent=True)
    _refuse_newer(found, shown)
    if found < SCHEMA_VERSION:
        raise StoreError(
            f"database {shown} has schema {found}, older than this twelp's {SCHEMA_VERSION}: "
            "run `twelp db upgrade`, or start twelp, which upgrades it."
        )


def bring_up(connection: sa.Connection, shown: str) -> int | None:
    """Makes or upgrades the tables, within the caller's transaction.

    Returns:
        The version that was found; None for an empty database.

    Raises:
        StoreError: the database is newer than this twelp, or too old to be upgraded.
    """
    found = version(connection, shown)
    if found == SCHEMA_VERSION:
        return found
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MAKING)))
        found = version(connection, shown)
    if found is None:
        SQLModel.metadata.create_all(connection)
        _stamp(connection, SCHEMA_VERSION)
    else:
        _refuse_newer(found, shown)
        if found < OLDEST:
            raise StoreError(
                f"database {shown} has schema {found}, which was never released and cannot be upgraded: "
                "move it aside, or point DATABASE_URL at another database."
            )
        if found < SCHEMA_VERSION:
            _upgrade(connection, found)
    _note(connection)
    return found


def _refuse_newer(found: int, shown: str) -> None:
    if found > SCHEMA_VERSION:
        raise StoreError(
            f"database {shown} has schema {found}, newer than this twelp's {SCHEMA_VERSION}: "
            "install the newer twelp, or point DATABASE_URL at another database."
        )


def revisions(connection: sa.Connection) -> Config:
    """Alembic's configuration for this connection."""
    from alembic.config import Config

    made = Config(attributes={"connection": connection, "version_table": REVISIONS})
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return made


def _upgrade(connection: sa.Connection, found: int) -> None:
    from alembic import command

    if not sa.inspect(connection).has_table(REVISIONS):
        _stamp(connection, found)
    command.upgrade(revisions(connection), "head")


def _stamp(connection: sa.Connection, number: int) -> None:
    """Alembic's account, as Alembic itself would keep it."""
    table = sa.Table(REVISIONS, sa.MetaData(), sa.Column("version_num", sa.String(32), primary_key=True))
    table.create(connection, checkfirst=True)
    connection.execute(sa.insert(table).values(version_num=f"{number:04}"))


def _note(connection: sa.Connection) -> None:
    said = {"value": str(SCHEMA_VERSION)}
    if not connection.execute(sa.update(_house).where(_house.c.name == "schema").values(said)).rowcount:
        connection.execute(sa.insert(_house).values(name="schema", **said))
