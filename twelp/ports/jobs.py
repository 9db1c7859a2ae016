"""Jobs that run once a transaction has committed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from twelp.model import QueuedJob
from twelp.ports.queue import JobsTx


class Jobs(Protocol):
    """The durable queue. Everything happens in the caller's transaction and stands or falls with it.

    A job runs at least once after the commit and survives restarts. It looks at its rows again when it runs, as it may
    come twice, or come although it was cancelled a moment before.
    """

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
        """Lets `job(*args)` run: at once, after `delay`, or at `run_at`. Each call makes a job of its own.

        Args:
            tx: the transaction.
            job: what to run, by name.
            key: the job's name in logs, in `cancel` and in `reschedule`; several jobs may share it.
            *args: numbers, texts and the like.
            queue: which hands run it.
            delay: how long it waits; not together with `run_at`.
            run_at: when it runs; an hour that is over means at once.
            partition: jobs of one partition of the workspace queue run one after the other.
            subject: what it is about, by which `list` finds it; the first argument where that is a text.
        """

    def cancel(self, tx: JobsTx, *keys: str) -> int:
        """Drops the jobs of these keys, parked ones, too; how many.

        One that a worker has in hand is left to it: it runs, and finds that there is nothing to do.
        """

    def drop(self, tx: JobsTx, *keys: str) -> None:
        """The same, for who need not know how many: with what else this transaction writes at its end."""

    def reschedule(self, tx: JobsTx, key: str, run_at: datetime) -> int:
        """Lets the jobs of this key run at that hour instead; how many. Those parked or in hand are left alone."""

    def list(self, tx: JobsTx, *, subject: str = "", failed: bool = False, limit: int = 100) -> Sequence[QueuedJob]:
        """The jobs that come next, parked ones first.

        Args:
            tx: the transaction.
            subject: only those about this.
            failed: only those of which a try has failed.
            limit: so many at most.
        """

    def retry(self, tx: JobsTx, ids: Collection[int]) -> Collection[int]:
        """Lets these run at once, as if they had never failed; which of them had failed. Others are left alone."""

    def discard(self, tx: JobsTx, ids: Collection[int]) -> Collection[int]:
        """Forgets these; which of them were parked. A job that may still run is left alone."""
