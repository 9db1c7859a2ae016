"""The durable queue: jobs.

Statements that are the same on both databases, and those of SQLite; those of Postgres, where several processes share
the queue, are in `shared_jobs`.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from twelp.adapters.store.job_tables import jobs
from twelp.ports.queue import PARKED_DUE, QUEUES

_job = jobs.c
_its_id = _job.id == sa.bindparam("its_id")
_now = sa.bindparam("now", type_=sa.Float)
_ahead = (_job.set_at > sa.bindparam("latest"), _job.parked_at.is_(None))


def _earliest() -> Any:
    """Of each queue the earliest that are due, as many as the parameter of its name says: one does not hold up others.

    A queue whose parameter is 0 is left out.
    """
    each = [
        sa.select(_job.id, _job.queue)
        .where(_job.queue == sa.literal_column(f"'{queue}'"), _job.due <= sa.bindparam("now"))
        .order_by(_job.due, _job.id)
        .limit(sa.bindparam(queue, type_=sa.Integer))
        .subquery()
        for queue in QUEUES
    ]
    return sa.union_all(*(sa.select(some.c.id, some.c.queue) for some in each))


ADD = jobs.insert().inline()
"""A new job. SQLite."""

LAST = sa.select(sa.func.max(_job.id))
"""The id of the job that was added last."""

DUE = _earliest()
"""What is due, where one process does everything."""

THESE = (
    sa.select(*(_job[name] for name in ("id", "job", "key", "queue", "lane", "due", "attempt", "args")))
    .where(_job.id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(_job.due, _job.id)
)
"""Jobs by their ids, earliest first."""

OF_KEY = (
    sa.select(_job.id)
    .where(_job.key == sa.bindparam("key", type_=sa.String), _job.owner.is_(None))
    .with_for_update(skip_locked=True)
)
"""The jobs of a key that nobody has in hand: one that is just being taken is somebody's, and is not waited for. On
Postgres only for those below."""

NOT_PARKED_OF_KEY = OF_KEY.where(_job.parked_at.is_(None))
"""Those of them that are not parked."""

CANCEL = sa.delete(jobs).where(_its_id)
"""A job is not wanted any more. SQLite."""

RESCHEDULE = sa.update(jobs).where(_its_id).values(due=sa.bindparam("due"), set_at=sa.bindparam("set_at"))
"""A job is due at that hour instead."""

DONE = sa.delete(jobs).where(_its_id)
"""A job is done: its row goes. SQLite."""

AGAIN = (
    sa.update(jobs)
    .where(_its_id)
    .values(
        due=sa.bindparam("due"),
        set_at=sa.bindparam("set_at"),
        attempt=_job.attempt + 1,
        error=sa.bindparam("error"),
        parked_at=sa.bindparam("parked_at"),
    )
)
"""A job failed and comes again at that hour. SQLite."""

NEXT = sa.select(sa.func.min(_job.due)).where(_job.due > sa.bindparam("now"), _job.due < PARKED_DUE)
"""The earliest hour to come at which a job is due."""

READY = sa.select(_job.id).where(_job.due <= sa.bindparam("now"))
"""All jobs that are due."""

AHEAD = sa.select(_job.id).where(*_ahead).limit(1)
"""A job that was set by a clock that was ahead."""

FROM_NOW = sa.update(jobs).where(*_ahead).values(due=_job.due - _job.set_at + _now, set_at=sa.bindparam("now"))
"""Jobs that were set by a clock that was ahead wait their whole delay from now on."""

HURRY = (
    sa.update(jobs)
    .where(_job.due <= sa.bindparam("until"), _job.id.not_in(sa.bindparam("but", expanding=True)))
    .values(due=sa.case((_job.due > _now, _now), else_=_job.due))
)
"""Jobs that are due by that hour are due now, except these."""

BACKLOG = sa.select(
    _job.queue,
    sa.func.sum(sa.case((_job.due <= sa.bindparam("now"), 1), else_=0)),
    sa.func.sum(sa.case((_job.due >= PARKED_DUE, 1), else_=0)),
    sa.func.count(),
    sa.func.min(_job.due),
).group_by(_job.queue)
"""How much each queue has to do: what is due, what is parked, all of it, and the earliest hour."""

FAILED = sa.or_(_job.parked_at.is_not(None), _job.attempt > 1)
"""Whether a try of the job has failed."""

ABOUT = _job.subject == sa.bindparam("subject")
"""Whether the job is about that."""

LISTED = (
    sa.select(jobs).order_by(_job.parked_at.is_(None), _job.due, _job.id).limit(sa.bindparam("most", type_=sa.Integer))
)
"""The jobs that come next, parked ones first."""

_among = _job.id.in_(sa.bindparam("ids", expanding=True))

FAILED_AMONG = sa.select(_job.id).where(_among, FAILED, _job.owner.is_(None)).with_for_update()
"""Which of these have failed and are in nobody's hands."""

PARKED_AMONG = sa.select(_job.id).where(_among, _job.parked_at.is_not(None)).with_for_update()
"""Which of these are parked."""

ANEW = sa.update(jobs).where(_among).values(due=_now, set_at=_now, attempt=1, error=None, parked_at=None)
"""These run at once, as if they had never failed."""

DISCARD = sa.delete(jobs).where(_among)
"""These are forgotten."""
