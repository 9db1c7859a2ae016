"""The store: one SQLAlchemy engine shared with the durable queue, so that rows and jobs commit together.

SQLite: WAL, foreign keys, IMMEDIATE transactions so that readers never upgrade into a deadlock, and exactly one process
(a lock file beside the database). What people were told is done is synced to disk at each commit; the queue's
bookkeeping, which can be done again, is synced with the next of those. Postgres: READ COMMITTED with compare-and-set
updates. The same statements serve both.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from twelp.adapters.store import files, indexes, schema
from twelp.adapters.store.engines import begin_at_once, make_engine, wait_for_as_long_as_it_takes, watched
from twelp.adapters.store.queries.shared_jobs import CHANNEL
from twelp.adapters.store.tx import SqlTx
from twelp.errors import StoreError

log = logging.getLogger("twelp.store")

_ENDED_BY_SERVER = ("25P03", "25P04")
"""States of SQL: a transaction stood idle for too long, or lasted too long. Other ends are operational errors."""

_OVERTAKEN = ("40001", "40P01")
"""States of SQL: this transaction and another waited for each other, and this one was ended."""

_HEAR_S = 0.5

_KEPT = 10
"""Connections to SQLite that wait for their next turn."""


class SqlStore:
    """A database and its transactions.

    Args:
        url: `sqlite:///path` or `postgresql+psycopg://…`.
        reading: only reads, beside a process that may be using it; takes no lock and makes nothing.
        fresh: a SQLite file begins anew, once no other process holds it.
        any_version: with `reading`, takes tables of any version.

    Raises:
        StoreError: another process holds the SQLite file or it is somebody else's, the database cannot be reached or is
            of a newer version; with `reading`, there is none (`absent`) or it is of an older one.

    Attributes:
        found: the version its tables had; None where there were none. An older one was upgraded.
        sqlite: whether it is SQLite, which one process has to itself.
        shared: whether several processes may share it.
    """

    found: int | None = None

    def __init__(self, url: str, *, reading: bool = False, fresh: bool = False, any_version: bool = False) -> None:
        self.url = url
        self._lock_file: int | None = None
        self._idle: list[sa.Connection] = []
        self._closed = False
        self.sqlite = url.startswith("sqlite")
        self.shared = not self.sqlite
        self._writing: AbstractContextManager[Any] = threading.Lock() if self.sqlite else nullcontext()
        self.path = Path(sa.make_url(url).database or "")
        if reading and self.sqlite and not self.path.exists():
            raise StoreError(f"there is no database at {self.path} yet: run twelp first", absent=True)
        try:
            if self.sqlite:
                files.be_ours(self.path)
            if self.sqlite and not reading:
                self._lock_file = files.hold(self.path)
                if fresh:
                    files.remove(self.path)
                files.make_private(self.path)
                files.be_whole(self.path)
            self.engine = make_engine(url, sqlite=self.sqlite, reading=reading)
            self._check(make=not reading, any_version=any_version)
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            self.close()
            reason = _reason(error)
            remedy = files.remedy(reason) if self.sqlite else "Is DATABASE_URL right and the server up?"
            message = f"database {_shown(url)} cannot be used: {reason}. {remedy}"
            raise StoreError(message, away=not self.sqlite) from error
        except BaseException:
            self.close()
            raise

    def size(self) -> tuple[int, int]:
        """Bytes on disk, and how many of them are free (SQLite; 0 on Postgres). Raises as `transaction` does."""
        with self._told_apart(), self.engine.connect() as connection:
            if not self.sqlite:
                whole = sa.select(sa.func.pg_database_size(sa.func.current_database()))
                return int(connection.execute(whole).scalar_one()), 0
            words = ("page_size", "page_count", "freelist_count")
            page, pages, free = (int(connection.exec_driver_sql(f"PRAGMA {word}").scalar_one()) for word in words)
            return page * pages, page * free

    def log_size(self) -> int | None:
        """Bytes of SQLite's write-ahead log on disk; None on Postgres."""
        return files.log_size(self.path) if self.sqlite else None

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[SqlTx]:
        """A transaction: commits at the end of the block, rolls back on any exception; see the port.

        Raises:
            StoreError: the database is away, its disk is full, or it ended this transaction in favour of another.
        """
        with self._writing, self._told_apart(), self._lent() as connection:
            if self.sqlite:
                begin_at_once(connection, "FULL" if durable else "NORMAL")
            tx = SqlTx(connection)
            yield tx
            tx.write_last()
            connection.commit()
        for act in tx.afterwards:
            try:
                act()
            except Exception as error:  # what is committed stands, and whoever asked for it must not hear otherwise
                log.error("something that follows a commit failed: %s", type(error).__name__, exc_info=error)

    @contextmanager
    def at_once(self) -> Iterator[SqlTx]:
        """On Postgres each statement is a transaction of its own; see the port. Raises as `transaction` does."""
        if self.sqlite:
            with self.transaction(durable=False) as tx:
                yield tx
            return
        with self._told_apart(), self._lent(reading=True) as connection:
            yield SqlTx(connection)

    def hear(self, stop: threading.Event, heard: Callable[[], None], *, but: str) -> None:
        """Listens on a connection of its own; see `twelp.ports.queue`. Raises as `transaction` does."""
        with self._told_apart(), self.engine.connect() as connection:
            connection.detach()
            driver: Any = connection.connection.dbapi_connection
            try:
                driver.autocommit = True
                driver.execute(f"LISTEN {CHANNEL}")
                heard()  # of what was said before
                while not stop.is_set() and not self._closed:
                    if any(call.payload != but for call in driver.notifies(timeout=_HEAR_S, stop_after=1)):
                        heard()
            finally:
                driver.close()
                connection.invalidate()  # it is of no use to anybody else

    @contextmanager
    def read(self) -> Iterator[SqlTx]:
        """A transaction that only reads and never stands in a writer's way. Raises as `transaction` does."""
        with self._told_apart(), self._lent(reading=True) as connection:
            yield SqlTx(connection)

    @contextmanager
    def _lent(self, *, reading: bool = False) -> Iterator[sa.Connection]:
        """A connection in a transaction of its own, which is rolled back unless it was committed.

        Who is only `reading` begins none on Postgres: its beginning and end would be a way there and back each.

        Those of SQLite are handed on as they are: there is no server that could have gone, and looking for that, as the
        pool does at each turn, takes longer than most of what is read.
        """
        if not self.sqlite:
            with self.engine.connect() as connection, watched(connection, self.engine):
                driver: Any = connection.connection.dbapi_connection
                driver.autocommit = reading
                connection.begin()
                try:
                    yield connection
                finally:
                    connection.rollback()
                    if not driver.closed:
                        driver.autocommit = False
            return
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self.engine.connect()
        kept = False
        try:
            connection.begin()
            yield connection
            connection.rollback()
            kept = len(self._idle) < _KEPT
        finally:
            if kept or self._closed:
                self._idle.append(connection)
            else:
                connection.close()
            if self._closed:  # meanwhile; SQLite folds its log in once the last connection ends
                self._give_back()

    @contextmanager
    def _told_apart(self) -> Iterator[None]:
        """What is the database's trouble, and no mistake of ours, becomes a StoreError."""
        driver: Any = self.engine.dialect.dbapi
        troubles = (OperationalError, InterfaceError, PoolTimeout, driver.OperationalError, driver.InterfaceError)
        try:
            yield
        except troubles as error:
            overtaken = _state(error) in _OVERTAKEN
            message = f"the database does not answer as it should: {_reason(error)}"
            raise StoreError(message, away=True, overtaken=overtaken) from error
        except (DatabaseError, driver.DatabaseError) as error:
            reason = _reason(error)
            if _state(error) in _ENDED_BY_SERVER:
                raise StoreError(f"the database ended this session: {reason}", away=True) from error
            if type(error) not in (DatabaseError, driver.DatabaseError):  # a statement of ours that was wrong
                raise
            raise StoreError(f"the database does not answer as it should: {reason}. {files.remedy(reason)}") from error

    def close(self) -> None:
        """Gives connections and the lock back; those at work are closed when they are done."""
        self._closed = True
        self._give_back()
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None

    def _give_back(self) -> None:
        with suppress(IndexError):  # others may still take some
            while True:
                connection = self._idle.pop()
                connection.invalidate()  # ends it, whichever pool it came from
                connection.close()
        if hasattr(self, "engine"):
            self.engine.dispose()

    def _check(self, *, make: bool, any_version: bool) -> None:
        """Makes or upgrades the tables, all or nothing; `make=False`: only looks whether they are of this version."""
        with self.engine.connect() as connection:
            wait_for_as_long_as_it_takes(connection)
            if not make:
                self.found = schema.version(connection, _shown(self.url))
                if not any_version:
                    schema.check(self.found, _shown(self.url))
                return
            if self.sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            self.found = schema.bring_up(connection, _shown(self.url))
            connection.commit()
        indexes.build(self.engine)


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", error)).strip().partition("\n")[0]


def _state(error: Exception) -> str | None:
    """The state of SQL that the server gave with it."""
    state: str | None = getattr(getattr(error, "orig", error), "sqlstate", None)
    return state


def _shown(url: str) -> str:
    return sa.make_url(url).render_as_string(hide_password=True)
