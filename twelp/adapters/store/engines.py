"""Connections: what is asked of SQLite and of Postgres for each, and which are not handed out any more."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.exc import DisconnectionError

from twelp.adapters.store import files

_PATIENCE = {
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "application_name": "twelp",
}
"""Postgres: a server that is gone without a word is noticed within half a minute. The address may say otherwise."""

SERVER_PATIENCE = {
    "idle_in_transaction_session_timeout": "10s",
    "lock_timeout": "20s",
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "30s",
}
"""What we ask of the server for each of our sessions: one of ours that is frozen or cut off in the middle of a
transaction loses it, and with it the rows that others wait for; nobody waits for a row for longer than twice that. An
address with `options` of its own says this itself."""

_BROKE_AT: WeakKeyDictionary[sa.Engine, float] = WeakKeyDictionary()
"""When a connection of this engine was last found broken, by the steady clock."""

_CONNECTIONS = 40
"""As many as there are threads that may want one: a session that is made anew costs the server as much as a question's
statements."""

_QUIET_S = 5.0
"""A connection to Postgres that was not spoken over for longer is tried before it is handed out."""


def make_engine(url: str, *, sqlite: bool, reading: bool) -> sa.Engine:
    """The engine of this address, which prepares each connection that it makes; `reading`: it is only read from."""
    if not sqlite:
        given = sa.make_url(url).query
        options = " ".join(f"-c {name}={value}" for name, value in SERVER_PATIENCE.items())
        asked = {**_PATIENCE, "options": options}
        patience = {name: value for name, value in asked.items() if name not in given}
        engine = sa.create_engine(
            url, pool_size=_CONNECTIONS, max_overflow=0, pool_use_lifo=True, connect_args=patience
        )
        driver: Any = engine.dialect.dbapi
        from twelp.adapters.store.patient import ANSWERS_WITHIN_S, PatientConnection

        @sa.event.listens_for(engine, "do_connect")
        def _connect(_dialect: object, _record: object, args: Any, more: Any) -> PatientConnection:
            return PatientConnection.connect(*args, **more)

        @sa.event.listens_for(engine, "checkout")
        def _still_there(connection: Any, record: Any, _proxy: object) -> None:
            now = time.monotonic()
            connection.patience_s = ANSWERS_WITHIN_S
            if record.info.get("spoke_at", now) < _BROKE_AT.get(engine, 0.0):
                raise DisconnectionError
            if now - record.info.get("spoke_at", now) > _QUIET_S:
                try:
                    connection.execute(";")
                    connection.rollback()
                except driver.Error as error:
                    raise DisconnectionError from error
            record.info["spoke_at"] = now

        return engine
    engine = sa.create_engine(url, pool_size=10, max_overflow=20, connect_args={"check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = "IMMEDIATE"
        if not reading and not connection.execute("PRAGMA page_count").fetchone()[0]:
            connection.execute(f"PRAGMA {files.AT_FIRST}")
        for pragma in (files.PATIENT,) if reading else files.PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if sqlite3.sqlite_version_info < (3, 42):  # the queue asks for sub-second time, which came with 3.42
            connection.create_function("unixepoch", -1, _unixepoch)

    return engine


def _unixepoch(*arguments: object) -> float | int:
    return time.time() if "subsec" in arguments or "subsecond" in arguments else int(time.time())


def wait_for_as_long_as_it_takes(connection: sa.Connection) -> None:
    """What is done with this connection may well take long."""
    driver: Any = connection.connection.dbapi_connection
    if hasattr(driver, "patience_s"):
        driver.patience_s = None


@contextmanager
def watched(connection: sa.Connection, engine: sa.Engine) -> Iterator[None]:
    """When this connection breaks, the others that were made before are not handed out any more, either."""
    driver: Any = connection.connection.dbapi_connection
    try:
        yield
    finally:
        if driver.closed:
            connection.invalidate()
            _BROKE_AT[engine] = time.monotonic()


def begin_at_once(connection: sa.Connection, synchronous: str) -> None:
    """Begins as a writer on SQLite; `synchronous` tells whether the commit waits for the disk."""
    driver: Any = connection.connection.dbapi_connection
    if connection.info.get("synchronous") != synchronous:
        driver.execute(f"PRAGMA synchronous={synchronous}")
        connection.info["synchronous"] = synchronous
    driver.execute("BEGIN IMMEDIATE")
