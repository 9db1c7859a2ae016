"""`twelp jobs`: what the queue has to do, what fails in it, and what an operator lets run again or discards.

Works beside a running twelp, which takes up what was let run within a few seconds.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from twelp.adapters.store import SqlStore
from twelp.cli.plain import plain
from twelp.config import Settings
from twelp.engine import MOST_TRIES, JobQueue
from twelp.errors import StoreError, TwelpError
from twelp.model import JobState, QueuedJob
from twelp.reading import shapes
from twelp.wiring import RealClock, reading

_STYLES = {JobState.PARKED: "bold red", JobState.RETRYING: "yellow"}


def show(*, failed: bool, limit: int, as_json: bool) -> None:
    """Prints the jobs that come next, parked ones first."""
    now = RealClock().now()
    store = _store()
    with store.read() as tx:
        found = JobQueue(RealClock()).list(tx, failed=failed, limit=limit)
    store.close()
    if as_json:
        print(json.dumps(shapes.as_json(found), ensure_ascii=False, indent=2))
    elif not found:
        print("No job has failed." if failed else "No job waits.")
    else:
        _print(found, now)


def _print(found: Sequence[QueuedJob], now: datetime) -> None:
    console = Console(highlight=False)
    table = Table("id", "job", "state", "failures", "next", "last error", box=None, pad_edge=False)
    for job in found:
        when = "" if job.run_at is None else _when(job.run_at, now)
        state = Text(job.state.value, style=_STYLES.get(job.state, ""))
        table.add_row(str(job.id), Text(plain(job.key)), state, str(job.failures), when, Text(plain(job.error)))
    console.print(table)
    if any(job.state is JobState.PARKED for job in found):
        console.print(
            f"Parked: failed {MOST_TRIES} times, and runs no more by itself. Once the cause is mended: "
            "twelp jobs retry ID. To give it up: twelp jobs discard ID."
        )


def _when(at: datetime, now: datetime) -> str:
    wait_s = (at - now).total_seconds()
    if wait_s <= 0:
        return "now"
    return f"in {wait_s:.0f} s" if wait_s < 120 else f"{at:%Y-%m-%d %H:%M} UTC"


def retry(ids: Collection[int]) -> None:
    """Lets failed jobs run at once.

    Raises:
        TwelpError: none of these is a job that failed.
    """
    store = _store()
    with store.transaction() as tx:
        done = JobQueue(RealClock()).retry(tx, ids)
    store.close()
    _tell(ids, done, "runs again within a few seconds", "is no job that failed (twelp jobs --failed lists those)")


def discard(ids: Collection[int]) -> None:
    """Forgets parked jobs.

    Raises:
        TwelpError: none of these is a parked job.
    """
    store = _store()
    with store.transaction() as tx:
        done = JobQueue(RealClock()).discard(tx, ids)
    store.close()
    _tell(ids, done, "discarded", "is not parked (twelp jobs --failed lists those that are)")


def _tell(ids: Collection[int], done: Collection[int], good: str, bad: str) -> None:
    for job_id in ids:
        if job_id in done:
            print(f"{job_id}: {good}")
    if left := [job_id for job_id in ids if job_id not in done]:
        raise TwelpError("; ".join(f"{job_id} {bad}" for job_id in left))


def _store() -> SqlStore:
    store = reading(Settings.read())
    if store is None:
        raise StoreError("there is no database yet, so there are no jobs: run twelp first", absent=True)
    return store
