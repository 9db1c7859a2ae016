"""Jobs of the durable queue, as people see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class JobState(StrEnum):
    """WAITING: for its hour. DUE: it runs, or will in a moment. RETRYING: it failed and comes again. PARKED: it failed
    too often and comes again only when an operator says so."""

    WAITING = "waiting"
    DUE = "due"
    RETRYING = "retrying"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Backlog:
    """What one queue has to do: jobs that are due, wait for their hour, or are parked; the oldest due one's age."""

    due: int = 0
    waiting: int = 0
    lag_s: float = 0.0
    parked: int = 0


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """One job.

    Attributes:
        id: its number in the queue.
        queue: which hands run it.
        job: what it does.
        key: its name, by which it can be cancelled or rescheduled.
        state: where it stands.
        failures: tries that failed.
        error: why the latest of them did.
        run_at: when it comes next; None while it is parked.
        subject: what it is about: a question's id, a person's; empty where that is not known.
    """

    id: int
    queue: str
    job: str
    key: str
    state: JobState
    failures: int
    error: str
    run_at: datetime | None
    subject: str = ""
