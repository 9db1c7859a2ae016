"""The durable queue's tables. They are no part of the revisions: jobs pass, and an engine makes what is missing."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

TAKING: Final = 0x7765_6C71
"""Postgres' advisory lock under which the version before took jobs, and under which the tables are made."""

metadata = sa.MetaData()
executors = sa.Table(
    "twelp_executor",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("beat", sa.Float, nullable=False),
)
jobs = sa.Table(
    "twelp_job",
    metadata,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("job", sa.String, nullable=False),
    sa.Column("key", sa.String, nullable=False),
    sa.Column("queue", sa.String, nullable=False),
    sa.Column("lane", sa.String),
    sa.Column("due", sa.Float, nullable=False, index=True),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("args", sa.JSON, nullable=False),
    sa.Column("owner", sa.String),
    sa.Column("set_at", sa.Float),
    sa.Column("error", sa.String),
    sa.Column("parked_at", sa.Float),
    sa.Column("subject", sa.String),
    sqlite_autoincrement=True,
)

_TELL_SUBJECTS = (
    sa.update(jobs)
    .where(jobs.c.job.in_(["widen", "give_up", "lapse", "publish", "remind"]))
    .values(subject=jobs.c.args[0].as_string())
)
"""Jobs that a former version enqueued: those that are about a question name it first."""

_by_queue = sa.Index("ix_twelp_job_queue", jobs.c.queue, jobs.c.due, jobs.c.id)
_by_key = sa.Index("ix_twelp_job_key", jobs.c.key)
_by_subject = sa.Index("ix_twelp_job_subject", jobs.c.subject)
_INDEXES = (_by_queue, _by_key, _by_subject)
_LAST = _INDEXES[-1]
_SHARED: Final = {
    "ix_twelp_job_owner": "INDEX {name} ON {table} (owner, lane) WHERE owner IS NOT NULL",
    "ix_twelp_job_set_at": "INDEX {name} ON {table} (set_at)",
    "ix_twelp_job_first": "INDEX {name} ON {table} (lane, due, id) WHERE lane IS NOT NULL",
    "ix_twelp_job_lane": "UNIQUE INDEX {name} ON {table} (lane) WHERE lane IS NOT NULL AND left(owner, 2) = '2/'",
}
"""On Postgres: who is at what, what a wrong clock set, and what is next in a lane, are found among however many jobs
that wait; and no two jobs of a lane are in hand at once, whoever has them."""


def make(connection: sa.Connection) -> None:
    """Makes the tables, and adds to older ones what they lack; a former version works on beside it."""
    if _are_made(connection):
        return
    metadata.create_all(connection)
    there = {column["name"] for column in sa.inspect(connection).get_columns(jobs.name)}
    for name, kind in (("set_at", "FLOAT"), ("error", "VARCHAR"), ("parked_at", "FLOAT"), ("subject", "VARCHAR")):
        if name not in there:
            connection.exec_driver_sql(f"ALTER TABLE twelp_job ADD COLUMN {name} {kind}")
    if "subject" not in there:
        connection.execute(_TELL_SUBJECTS)
    for index in _INDEXES:
        index.create(connection, checkfirst=True)


def _are_made(connection: sa.Connection) -> bool:
    """Whether a start of this version made them: its index is the last that is made.

    Asked at every start, in the database's own words: to have SQLAlchemy look takes ten times as long.
    """
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql(f"PRAGMA index_info({_LAST.name})").all()
    else:
        found = connection.exec_driver_sql(f"SELECT 1 WHERE to_regclass('{_LAST.name}') IS NOT NULL").all()
    return bool(found)


def there(connection: sa.Connection) -> bool:
    """Whether the tables are as this version makes them: an engine of it has run here."""
    inspector = sa.inspect(connection)
    return inspector.has_table(jobs.name) and any(c["name"] == "subject" for c in inspector.get_columns(jobs.name))


def make_shared(connection: sa.Connection) -> None:
    """Adds what only Postgres has, in a transaction of its own. It gives up before anybody else has to for it: nothing
    of it is needed, and processes of a former version may be at work."""
    connection.exec_driver_sql("SET LOCAL lock_timeout = '500ms'")
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(TAKING + 1)))
    for name, what in _SHARED.items():
        if connection.exec_driver_sql(f"SELECT to_regclass('{name}')").scalar() is None:
            connection.exec_driver_sql("CREATE " + what.format(name=name, table=jobs.name))
