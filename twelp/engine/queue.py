"""Jobs in the caller's transaction: enqueued, cancelled, rescheduled, listed, retried, discarded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from twelp.engine.taking import Taker
from twelp.engine.waking import Waking
from twelp.model import JobState, QueuedJob
from twelp.ports import Clock
from twelp.ports.queue import Job, JobRow, JobsTx, NewJob


class Hands:
    """The engine of this process, as far as its queue must know it.

    Args:
        taker: how jobs come into its hands.
        waking: when it looks for them.

    Attributes:
        started: whether jobs may be enqueued.
    """

    def __init__(self, taker: Taker, waking: Waking) -> None:
        self.started = False
        self._taker = taker
        self._waking = waking

    @property
    def calls(self) -> bool:
        """Whether workers elsewhere must be told of what is enqueued here, as this process runs nothing."""
        return self._taker.calls

    def new_id(self) -> int:
        """The next job's id; 0 where several processes enqueue and the database must choose.

        Raises:
            RuntimeError: the engine was not started.
        """
        if not self.started:
            raise RuntimeError("the engine was not started")
        return self._taker.next_id()

    def committed(self, job: Job) -> None:
        """A job that is due at once is certain."""
        self._taker.committed(job)

    def expect(self, due: float) -> None:
        """A job will be due at that hour, in seconds since 1970."""
        self._waking.expect(due)

    def in_hand(self) -> Collection[int]:
        """Ids of the jobs that run here or are about to, where their rows do not say so."""
        return self._taker.in_hand()


class JobQueue:
    """The queue's rows, as `twelp.ports.Jobs`.

    Args:
        clock: the bot's clock; delays count from it.
        hands: the engine of this process; None: it only looks, and lets others run what it changes.
    """

    def __init__(self, clock: Clock, hands: Hands | None = None) -> None:
        self._clock = clock
        self._hands = hands
        self._dropped: set[int] = set()

    def enqueue(
        self,
        tx: JobsTx,
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
        tx.add_job(NewJob(made, now.timestamp(), about))
        if self._hands.calls and due <= now.timestamp():
            tx.call_on_commit()
        if due > now.timestamp():
            self._expect(tx, due)
        else:
            tx.after(lambda: self._begin(made))

    def _begin(self, job: Job) -> None:
        if job.id in self._dropped:
            self._dropped.discard(job.id)
        elif self._hands is not None:
            self._hands.committed(job)

    def _expect(self, tx: JobsTx, due: float) -> None:
        if (hands := self._hands) is not None:
            tx.after(lambda: hands.expect(due))

    def cancel(self, tx: JobsTx, *keys: str) -> int:
        """Drops the jobs of these keys but for those in hand; see the port."""
        fresh = sum(len(self._fresh(tx, key)) for key in keys)
        return fresh + (tx.cancel_jobs(keys, but=self._held()) if keys else 0)

    def drop(self, tx: JobsTx, *keys: str) -> None:
        """Drops the jobs of these keys but for those in hand, at the transaction's end; see the port."""
        for key in keys:
            self._fresh(tx, key)
        if keys:
            tx.cancel_jobs(keys, but=self._held(), at_last=True)

    def reschedule(self, tx: JobsTx, key: str, run_at: datetime) -> int:
        """Lets the jobs of this key run at that hour instead; see the port."""
        now = self._clock.now()
        hour, due = now.timestamp(), max(now, run_at).timestamp()
        fresh, found = self._fresh(tx, key), self._free(tx.jobs_of(key))
        for new in fresh:
            tx.add_job(replace(new, job=replace(new.job, due=due)))
        tx.reschedule_jobs(found, due, hour)
        self._expect(tx, due)
        return len(fresh) + len(found)

    def _fresh(self, tx: JobsTx, key: str) -> Sequence[NewJob]:
        """What this transaction itself enqueued with this key, which will not be written as it is."""
        fresh = tx.drop_new_jobs(key)
        self._dropped.update(new.job.id for new in fresh if new.job.id and new.job.due <= new.set_at)
        return fresh

    def _free(self, found: Sequence[int]) -> Sequence[int]:
        """Those of these jobs that no worker has."""
        held = self._held()
        return [job_id for job_id in found if job_id not in held]

    def _held(self) -> Collection[int]:
        return self._hands.in_hand() if self._hands is not None else ()

    # ------------------------------------------------------------ as an operator sees them

    def list(self, tx: JobsTx, *, subject: str = "", failed: bool = False, limit: int = 100) -> Sequence[QueuedJob]:
        """The jobs that come next, parked ones first; see the port. None in a database in which no engine ever ran."""
        if self._hands is None and not tx.has_queue():
            return []
        now = self._clock.now()
        return [_queued(row, now) for row in tx.list_jobs(subject=subject, failed=failed, limit=limit)]

    def retry(self, tx: JobsTx, ids: Collection[int]) -> Collection[int]:
        """Lets these run at once; see the port."""
        hour = self._clock.now().timestamp()
        chosen = tx.retry_jobs(ids, hour)
        self._expect(tx, hour)
        return chosen

    def discard(self, tx: JobsTx, ids: Collection[int]) -> Collection[int]:
        """Forgets parked jobs; see the port."""
        return tx.discard_jobs(ids)


def _queued(row: JobRow, now: datetime) -> QueuedJob:
    failures = row.attempt - 1
    run_at = None if row.parked else datetime.fromtimestamp(row.due, UTC)
    if row.parked:
        state = JobState.PARKED
    elif failures:
        state = JobState.RETRYING
    else:
        state = JobState.DUE if run_at is not None and run_at <= now else JobState.WAITING
    return QueuedJob(row.id, row.queue, row.job, row.key, state, failures, row.error, run_at, row.subject)
