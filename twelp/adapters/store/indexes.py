"""Indexes that a newer version brings to a large Postgres database, made beside the processes that work on it.

`CREATE INDEX` lets nobody write until it is done; `CREATE INDEX CONCURRENTLY` lets everybody, but cannot be part of the
upgrade's transaction, and waits for all transactions that began before it. So the tables' indexes are compared with
those that are there at each start, and what is missing is made after the upgrade was committed. One process makes them;
the others go on without. Nothing depends on them but speed: whoever would have to wait for long leaves them to the next
start. What a broken attempt left behind is made anew.
"""

from __future__ import annotations

import logging
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateIndex
from sqlmodel import SQLModel

log = logging.getLogger("twelp.store")

_PATIENCE: Final = "5s"
"""How long one index waits for other transactions: a backup may take hours."""

_MAKING: Final = 0x7765_6C72
"""Postgres' advisory lock under which indexes are made. Nobody waits for it: who waits would itself be waited for."""

_THERE = sa.text(
    "SELECT made.relname, about.indisvalid FROM pg_index AS about JOIN pg_class AS made ON made.oid = about.indexrelid"
    " WHERE pg_table_is_visible(made.oid)"
)


def build(engine: sa.Engine) -> list[str]:
    """Makes what is missing; the names of what was made. On SQLite nothing: the upgrade itself makes them."""
    if engine.dialect.name != "postgresql":
        return []
    with engine.connect() as connection:
        wanted = _missing(connection)
    if not wanted:
        return []
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.execute(sa.select(sa.func.pg_try_advisory_lock(_MAKING))).scalar():
            return []
        connection.exec_driver_sql(f"SET lock_timeout = '{_PATIENCE}'")
        driver: Any = connection.connection.dbapi_connection
        driver.patience_s = None  # a large table takes minutes
        try:
            return [index.name or "" for index, broken in wanted if _make(connection, index, broken=broken)]
        finally:
            connection.invalidate()  # its patience and its lock end with it


def _missing(connection: sa.Connection) -> list[tuple[sa.Index, bool]]:
    """Each index that is not there or cannot be used, and whether it is there at all."""
    there = {row.relname: row.indisvalid for row in connection.execute(_THERE)}
    indexes = (index for table in SQLModel.metadata.sorted_tables for index in table.indexes)
    return [(index, index.name in there) for index in indexes if not there.get(index.name or "", False)]


def _make(connection: sa.Connection, index: sa.Index, *, broken: bool) -> bool:
    try:
        if broken:
            connection.exec_driver_sql(f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}")
        text = str(CreateIndex(index, if_not_exists=True).compile(dialect=connection.dialect))
        connection.exec_driver_sql(text.replace("CREATE INDEX ", "CREATE INDEX CONCURRENTLY ", 1))
    except SQLAlchemyError as error:
        why = str(getattr(error, "orig", error)).strip().partition("\n")[0]
        log.warning("index %s is not made yet (%s): the next start tries again", index.name, why)
        return False
    return True
