"""Jobs as an operator sees them, from any process that can reach the database: listed, tried again, discarded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa

from twelp.engine.rows import jobs
from twelp.ports import Tx


class JobState(StrEnum):
    """WAITING: for its hour. DUE: it runs, or will in a moment. RETRYING: it failed and comes again. PARKED: it failed
    too often and comes again only when an operator says so."""

    WAITING = "waiting"
    DUE = "due"
    RETRYING = "retrying"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Listed:
    """One job. `failures`: tries that failed; `run_at`: when it comes next, None while it is parked."""

    id: int
    queue: str
    job: str
    key: str
    state: JobState
    failures: int
    error: str
    run_at: datetime | None


_FAILED = sa.or_(jobs.c.parked_at.is_not(None), jobs.c.attempt > 1)


def listed(tx: Tx, now: datetime, *, failed: bool = False, limit: int = 100) -> Sequence[Listed]:
    """The jobs that come next, parked ones first; `failed`: only those of which a try has failed."""
    if not sa.inspect(tx.connection).has_table(jobs.name):
        return ()
    found = sa.select(jobs).order_by(jobs.c.parked_at.is_(None), jobs.c.due, jobs.c.id).limit(limit)
    return [_listed(row, now) for row in tx.connection.execute(found.where(_FAILED) if failed else found)]


def _listed(row: sa.Row[tuple[object, ...]], now: datetime) -> Listed:
    at = row._mapping
    parked, failures = at["parked_at"] is not None, int(at["attempt"]) - 1
    run_at = None if parked else datetime.fromtimestamp(at["due"], UTC)
    if parked:
        state = JobState.PARKED
    elif failures:
        state = JobState.RETRYING
    else:
        state = JobState.DUE if run_at is not None and run_at <= now else JobState.WAITING
    return Listed(at["id"], at["queue"], at["job"], at["key"], state, failures, at["error"] or "", run_at)


def retry(tx: Tx, ids: Collection[int], now: datetime) -> Collection[int]:
    """Lets these run at once, as if they had never failed; which of them had failed. Others are left as they are."""
    chosen = _chosen(tx, jobs.c.id.in_(ids), _FAILED, jobs.c.owner.is_(None))
    hour = now.timestamp()
    anew = sa.update(jobs).where(jobs.c.id.in_(chosen))
    tx.connection.execute(anew.values(due=hour, set_at=hour, attempt=1, error=None, parked_at=None))
    return chosen


def discard(tx: Tx, ids: Collection[int]) -> Collection[int]:
    """Forgets these; which of them were parked. A job that may still run is left as it is."""
    chosen = _chosen(tx, jobs.c.id.in_(ids), jobs.c.parked_at.is_not(None))
    tx.connection.execute(sa.delete(jobs).where(jobs.c.id.in_(chosen)))
    return chosen


def _chosen(tx: Tx, *which: sa.ColumnElement[bool]) -> list[int]:
    return list(tx.connection.execute(sa.select(jobs.c.id).where(*which).with_for_update()).scalars())
