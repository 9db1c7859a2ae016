"""The queue's rows: jobs, and the leases of the processes that run them where several do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

QUEUES = ("house", "network", "workspace")
"""house: timers, decisions. network: the end of a hold, calls to X. workspace: calls to Slack, one at a time a person.

Each has hands of its own: however much one has to do, the others go on.
"""

TAKING = 0x7765_6C71
"""Postgres' advisory lock under which jobs are taken: a person's messages stay one at a time among all processes."""

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

PARKED_DUE = 1e12
"""The hour of a job that is parked: so far away that no process takes it, a former version's neither."""

_by_queue = sa.Index("ix_twelp_job_queue", jobs.c.queue, jobs.c.due, jobs.c.id)
_by_key = sa.Index("ix_twelp_job_key", jobs.c.key)
_by_subject = sa.Index("ix_twelp_job_subject", jobs.c.subject)
_SHARED = {
    "ix_twelp_job_owner": "(owner, lane) WHERE owner IS NOT NULL",
    "ix_twelp_job_set_at": "(set_at)",
}
"""On Postgres: who is at what, and what a wrong clock set, are found among however many jobs that wait."""


def make(connection: sa.Connection) -> None:
    """Makes the tables, and adds to older ones what they lack; a former version works on beside it."""
    metadata.create_all(connection)
    there = {column["name"] for column in sa.inspect(connection).get_columns(jobs.name)}
    for name, kind in (("set_at", "FLOAT"), ("error", "VARCHAR"), ("parked_at", "FLOAT"), ("subject", "VARCHAR")):
        if name not in there:
            connection.exec_driver_sql(f"ALTER TABLE twelp_job ADD COLUMN {name} {kind}")
    if "subject" not in there:
        connection.execute(_TELL_SUBJECTS)
    for index in (_by_queue, _by_key, _by_subject):
        index.create(connection, checkfirst=True)


def there(connection: sa.Connection) -> bool:
    """Whether the tables are as this version makes them: an engine of it has run here."""
    inspector = sa.inspect(connection)
    return inspector.has_table(jobs.name) and any(c["name"] == "subject" for c in inspector.get_columns(jobs.name))


def make_shared(connection: sa.Connection) -> None:
    """Adds what only Postgres has, in a transaction of its own. It gives up before anybody else has to for it: nothing
    of it is needed, and processes of a former version may be at work."""
    connection.exec_driver_sql("SET LOCAL lock_timeout = '500ms'")
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(TAKING + 1)))
    there = {index["name"] for index in sa.inspect(connection).get_indexes(jobs.name)}
    for name, what in _SHARED.items():
        if name not in there:
            connection.exec_driver_sql(f"CREATE INDEX {name} ON {jobs.name} {what}")


@dataclass(frozen=True, slots=True)
class Job:
    """One row of the queue. `due` is seconds since 1970 by the house's clock; of a lane, one runs at a time.

    The row also holds `set_at`, the hour at which `due` was written: where that is yet to come, the clock was ahead.
    """

    id: int
    job: str
    key: str
    queue: str
    lane: str | None
    due: float
    attempt: int
    args: list[Any]


@dataclass(frozen=True, slots=True)
class Failed:
    """A try that failed: when the job comes again (0: at the next start), and why, without anybody's words.

    `parked`: it has failed too often and comes again only when an operator says so.
    """

    due: float
    error: str = ""
    parked: bool = False


def row(job: Job, set_at: float, subject: str = "") -> dict[str, Any]:
    """The row of a new job; without an id of its own, the database gives it one."""
    made = {name: getattr(job, name) for name in ("job", "key", "queue", "lane", "due", "attempt", "args")}
    return made | {"set_at": set_at, "subject": subject or None} | ({"id": job.id} if job.id else {})


now_s = sa.func.extract("epoch", sa.func.clock_timestamp())
_mine = sa.or_(jobs.c.owner.is_(None), jobs.c.owner == sa.bindparam("me"))

LOCK = sa.select(sa.func.pg_advisory_xact_lock(TAKING))
ADD = jobs.insert().inline()


def _earliest(*whose: Any) -> Any:
    """Of each queue the earliest that are due, as many as the parameter of its name says: one does not hold up others.

    A queue whose parameter is 0 is left out.
    """
    each = [
        sa.select(jobs.c.id, jobs.c.lane, jobs.c.queue)
        .where(jobs.c.queue == sa.literal_column(f"'{queue}'"), jobs.c.due <= sa.bindparam("now"), *whose)
        .order_by(jobs.c.due, jobs.c.id)
        .limit(sa.bindparam(queue, type_=sa.Integer))
        .subquery()
        for queue in QUEUES
    ]
    return sa.union_all(*(sa.select(some.c.id, some.c.lane, some.c.queue) for some in each))


DUE = _earliest()
LAST = sa.select(sa.func.max(jobs.c.id))
THESE = (
    sa.select(*(jobs.c[name] for name in ("id", "job", "key", "queue", "lane", "due", "attempt", "args")))
    .where(jobs.c.id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(jobs.c.due, jobs.c.id)
)
OWN = sa.update(jobs).where(jobs.c.id == sa.bindparam("its_id")).values(owner=sa.bindparam("me"))
FREE_DUE = _earliest(jobs.c.owner.is_(None))
OF_KEY = (
    sa.select(jobs.c.id)
    .where(jobs.c.key == sa.bindparam("key", type_=sa.String), jobs.c.owner.is_(None))
    .with_for_update(skip_locked=True)
)
"""The jobs of a key that nobody has in hand: one that is just being taken is somebody's, and is not waited for."""

NOT_PARKED_OF_KEY = OF_KEY.where(jobs.c.parked_at.is_(None))
CANCEL = sa.delete(jobs).where(jobs.c.id == sa.bindparam("its_id"))
RESCHEDULE = (
    sa.update(jobs)
    .where(jobs.c.id == sa.bindparam("its_id"))
    .values(due=sa.bindparam("due"), set_at=sa.bindparam("set_at"))
)
DONE = sa.delete(jobs).where(jobs.c.id == sa.bindparam("its_id"), _mine)
AGAIN = (
    sa.update(jobs)
    .where(jobs.c.id == sa.bindparam("its_id"), _mine)
    .values(
        due=sa.bindparam("due"),
        set_at=sa.bindparam("set_at"),
        attempt=jobs.c.attempt + 1,
        error=sa.bindparam("error"),
        parked_at=sa.bindparam("parked_at"),
        owner=None,
    )
)
AHEAD = sa.select(jobs.c.id).where(jobs.c.set_at > sa.bindparam("latest"), jobs.c.parked_at.is_(None)).limit(1)
FROM_NOW = (
    sa.update(jobs)
    .where(jobs.c.set_at > sa.bindparam("latest"), jobs.c.parked_at.is_(None))
    .values(due=jobs.c.due - jobs.c.set_at + sa.bindparam("now", type_=sa.Float), set_at=sa.bindparam("now"))
)
NEXT = sa.select(sa.func.min(jobs.c.due)).where(jobs.c.due > sa.bindparam("now"), jobs.c.due < PARKED_DUE)
READY = sa.select(jobs.c.id).where(jobs.c.due <= sa.bindparam("now"))
FREE = sa.update(jobs).where(jobs.c.owner == sa.bindparam("executor")).values(owner=None)
LET_GO = (
    sa.update(jobs)
    .where(jobs.c.owner == sa.bindparam("me"), jobs.c.id.not_in(sa.bindparam("held", expanding=True)))
    .values(owner=None)
)
THEIR_LANES = sa.select(jobs.c.lane).where(jobs.c.owner != sa.bindparam("me"), jobs.c.lane.is_not(None)).distinct()

KNOWN = sa.select(executors.c.id).where(executors.c.id == sa.bindparam("me"))
BEAT = sa.update(executors).where(executors.c.id == sa.bindparam("me")).values(beat=now_s)
ENTER = sa.insert(executors).values(id=sa.bindparam("me"), beat=now_s)
LEAVE = sa.delete(executors).where(executors.c.id == sa.bindparam("me"))
GONE = (
    sa.select(executors.c.id)
    .where(executors.c.beat < now_s - sa.bindparam("dead_after", type_=sa.Float))
    .with_for_update(skip_locked=True)
)
