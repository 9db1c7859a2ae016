"""Jobs in the caller's transaction: enqueued, cancelled, rescheduled, listed, retried, discarded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import sqlalchemy as sa

from twelp.engine import rows
from twelp.engine.rows import Job, jobs
from twelp.model import JobState, QueuedJob
from twelp.ports import Clock, Tx

_FAILED = sa.or_(jobs.c.parked_at.is_not(None), jobs.c.attempt > 1)


class Hands(Protocol):
    """The engine of this process, as far as its queue must know it."""

    def new_id(self) -> int:
        """The next job's id; 0 where the database chooses it.

        Raises:
            RuntimeError: the engine was not started.
        """

    def committed(self, job: Job) -> None:
        """A job that is due at once is certain."""

    def expect(self, due: float) -> None:
        """A job will be due at that hour, in seconds since 1970."""

    def in_hand(self) -> Collection[int]:
        """Ids of the jobs that run here or are about to, where their rows do not say so."""


class JobQueue:
    """The queue's rows, as `twelp.ports.Jobs`.

    Args:
        clock: the house's clock; delays count from it.
        hands: the engine of this process; None: it only looks, and lets others run what it changes.
    """

    def __init__(self, clock: Clock, hands: Hands | None = None) -> None:
        self._clock = clock
        self._hands = hands
        self._dropped: set[int] = set()

    def enqueue(
        self,
        tx: Tx,
        job: str,
        key: str,
        *args: Any,
        queue: str = "house",
        delay: timedelta | None = None,
        run_at: datetime | None = None,
        partition: str | None = None,
        subject: str = "",
    ) -> None:
        """Lets `job(*args)` run; see the port.

        Raises:
            ValueError: both a delay and an hour were given.
            RuntimeError: the engine was not started.
        """
        if delay is not None and run_at is not None:
            raise ValueError(f"job {key}: give a delay or an hour, not both")
        if self._hands is None:
            raise RuntimeError("no engine takes jobs from here")
        now = self._clock.now()
        due = max(now, run_at or now + (delay or timedelta(0))).timestamp()
        lane = (partition or "-") if queue == "workspace" else None
        about = subject or (args[0] if args and isinstance(args[0], str) else "")
        made = Job(self._hands.new_id(), job, key, queue, lane, due, 1, list(args))
        tx.gather(rows.ADD, rows.row(made, now.timestamp(), about))
        if due > now.timestamp():
            self._expect(tx, due)
        else:
            tx.after(lambda: self._begin(made))

    def _begin(self, job: Job) -> None:
        if job.id in self._dropped:
            self._dropped.discard(job.id)
        elif self._hands is not None:
            self._hands.committed(job)

    def _expect(self, tx: Tx, due: float) -> None:
        if (hands := self._hands) is not None:
            tx.after(lambda: hands.expect(due))

    def cancel(self, tx: Tx, key: str) -> int:
        """Drops the jobs of this key but for those in hand; see the port."""
        fresh, found = self._fresh(tx, key), self._free(tx, rows.OF_KEY, key)
        tx.do(rows.CANCEL, *({"its_id": job_id} for job_id in found))
        return len(fresh) + len(found)

    def reschedule(self, tx: Tx, key: str, run_at: datetime) -> int:
        """Lets the jobs of this key run at that hour instead; see the port."""
        now = self._clock.now()
        hour, due = now.timestamp(), max(now, run_at).timestamp()
        fresh, found = self._fresh(tx, key), self._free(tx, rows.NOT_PARKED_OF_KEY, key)
        for row in fresh:
            tx.gather(rows.ADD, {**row, "due": due})
        tx.do(rows.RESCHEDULE, *({"its_id": job_id, "due": due, "set_at": hour} for job_id in found))
        self._expect(tx, due)
        return len(fresh) + len(found)

    def _fresh(self, tx: Tx, key: str) -> Sequence[Mapping[str, Any]]:
        """What this transaction itself enqueued with this key, which will not be written as it is."""
        fresh = tx.drop_gathered(rows.ADD, lambda row: bool(row["key"] == key))
        self._dropped.update(row["id"] for row in fresh if "id" in row and row["due"] <= row["set_at"])
        return fresh

    def _free(self, tx: Tx, which: Any, key: str) -> Sequence[int]:
        """The jobs of this key that no worker has; they stay so until the transaction ends."""
        held = self._hands.in_hand() if self._hands is not None else ()
        return [job_id for (job_id,) in tx.rows(which, {"key": key}) if job_id not in held]

    # ------------------------------------------------------------ as an operator sees them

    def list(self, tx: Tx, *, subject: str = "", failed: bool = False, limit: int = 100) -> Sequence[QueuedJob]:
        """The jobs that come next, parked ones first; see the port. None in a database in which no engine ever ran."""
        if self._hands is None and not rows.there(tx.connection):
            return []
        found = sa.select(jobs).order_by(jobs.c.parked_at.is_(None), jobs.c.due, jobs.c.id).limit(limit)
        if subject:
            found = found.where(jobs.c.subject == subject)
        now = self._clock.now()
        return [_queued(row, now) for row in tx.connection.execute(found.where(_FAILED) if failed else found)]

    def retry(self, tx: Tx, ids: Collection[int]) -> Collection[int]:
        """Lets these run at once; see the port."""
        chosen = _chosen(tx, jobs.c.id.in_(ids), _FAILED, jobs.c.owner.is_(None))
        hour = self._clock.now().timestamp()
        anew = sa.update(jobs).where(jobs.c.id.in_(chosen))
        tx.connection.execute(anew.values(due=hour, set_at=hour, attempt=1, error=None, parked_at=None))
        self._expect(tx, hour)
        return chosen

    def discard(self, tx: Tx, ids: Collection[int]) -> Collection[int]:
        """Forgets parked jobs; see the port."""
        chosen = _chosen(tx, jobs.c.id.in_(ids), jobs.c.parked_at.is_not(None))
        tx.connection.execute(sa.delete(jobs).where(jobs.c.id.in_(chosen)))
        return chosen


def _queued(row: sa.Row[Any], now: datetime) -> QueuedJob:
    at = row._mapping
    parked, failures = at["parked_at"] is not None, int(at["attempt"]) - 1
    run_at = None if parked else datetime.fromtimestamp(at["due"], UTC)
    if parked:
        state = JobState.PARKED
    elif failures:
        state = JobState.RETRYING
    else:
        state = JobState.DUE if run_at is not None and run_at <= now else JobState.WAITING
    error, subject = at["error"] or "", at["subject"] or ""
    return QueuedJob(at["id"], at["queue"], at["job"], at["key"], state, failures, error, run_at, subject)


def _chosen(tx: Tx, *which: sa.ColumnElement[bool]) -> list[int]:
    return list(tx.connection.execute(sa.select(jobs.c.id).where(*which).with_for_update()).scalars())
