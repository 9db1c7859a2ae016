"""What the queues have to do, as any process that can read the database sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from twelp.engine.rows import PARKED_DUE, QUEUES, jobs
from twelp.ports import Tx


@dataclass(frozen=True, slots=True)
class Backlog:
    """What one queue has to do: jobs that are due, wait for their hour, or are parked; the oldest due one's age."""

    due: int = 0
    waiting: int = 0
    lag_s: float = 0.0
    parked: int = 0


def backlog(tx: Tx, now: datetime) -> Mapping[str, Backlog]:
    """Each queue's backlog, from any process that can read the database; of one in which no engine ever ran, too."""
    if not sa.inspect(tx.connection).has_table(jobs.name):
        return {queue: Backlog() for queue in QUEUES}
    hour = now.timestamp()
    is_due = sa.case((jobs.c.due <= hour, 1), else_=0)
    is_parked = sa.case((jobs.c.due >= PARKED_DUE, 1), else_=0)
    counted = sa.select(
        jobs.c.queue, sa.func.sum(is_due), sa.func.sum(is_parked), sa.func.count(), sa.func.min(jobs.c.due)
    )
    found = {queue: Backlog() for queue in QUEUES}
    for queue, due, parked, count, oldest in tx.connection.execute(counted.group_by(jobs.c.queue)):
        found[queue] = Backlog(int(due), int(count - due - parked), max(0.0, hour - float(oldest)), int(parked))
    return found
