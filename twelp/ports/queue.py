"""The rows of the durable queue, as the engine asks for them: jobs, and the leases of the processes that run them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from typing import Any, Protocol

from twelp.model import Backlog, Delivery

QUEUES = ("house", "network", "workspace")
"""house: timers, decisions. network: the end of a hold, calls to X. workspace: calls to Slack, one at a time a person.

Each has hands of its own: however much one has to do, the others go on.
"""

PARKED_DUE = 1e12
"""The hour of a job that is parked: so far away that no process takes it, a former version's neither."""


PAUSED_KEY = "paused:"
"""How the keys of jobs begin that wait until a moderator resumes what they paused."""

OWNER_PREFIX = "2/"
"""How the names of processes begin that take jobs in one statement; those of the version before begin with a host."""


@dataclass(frozen=True, slots=True)
class Job:
    """One row of the queue. `due` is seconds since 1970 by the bot's clock; of a lane, one runs at a time.

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


@dataclass(frozen=True, slots=True)
class CardShown:
    """A call has sent a card, or made one say what is true: what is to be written down of it.

    Attributes:
        delivery: the ledger's row as the call left it.
        ask: whose card it is.
        version: of the question, which the card shows now.
        ts: its message.
        at: when.
        channel: where it is now; empty: where it was.
    """

    delivery: Delivery
    ask: int
    version: int
    ts: str
    at: datetime
    channel: str = ""


@dataclass(slots=True)
class Ends:
    """Jobs in hand that are over.

    Attributes:
        done: their rows go.
        shown: by job, what is to be written down, and its row goes.
        left: those of `shown`, once the others are written down, of which it was not: somebody else is at that row, or
            the card must be drawn again, as its question has moved.
    """

    done: Collection[int] = ()
    shown: Mapping[int, CardShown] = field(default_factory=dict)
    left: Collection[int] = ()

    def __bool__(self) -> bool:
        return bool(self.done or self.shown)


@dataclass(frozen=True, slots=True)
class Ending:
    """What a job that is done leaves to be written down with its end, together with that of others.

    `otherwise`: what is done where more follows from it than `shown` says; what that leaves in its turn, or nothing.
    """

    shown: CardShown
    otherwise: Callable[[], Ending | None]


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job whose row is not written yet; `set_at`: the hour at which it was made; `subject`: what it is about."""

    job: Job
    set_at: float
    subject: str = ""


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as people are told of it. `attempt` counts from 1; `error` is that of its latest try."""

    id: int
    queue: str
    job: str
    key: str
    due: float
    attempt: int
    error: str
    parked: bool
    subject: str


class JobsTx(Protocol):
    """The part of a transaction in which jobs are enqueued, changed and listed."""

    def add_job(self, job: NewJob) -> None:
        """Writes the job's row right before the commit. Its id 0: the database chooses one."""

    def call_on_commit(self) -> None:
        """Workers elsewhere hear of the jobs that this transaction adds."""

    def drop_new_jobs(self, key: str) -> Sequence[NewJob]:
        """Takes back what this transaction itself added with this key; those jobs."""

    def jobs_of(self, key: str) -> Sequence[int]:
        """Ids of the jobs of this key that no process owns and that are not parked; they stay so until this ends."""

    def cancel_jobs(self, keys: Collection[str], *, but: Collection[int], at_last: bool = False) -> int:
        """The jobs of these keys that no process owns are forgotten, parked ones, too, but for some; how many.

        `at_last`: only right before the commit, and 0; those that this transaction adds from here on stay.
        """

    def reschedule_jobs(self, ids: Collection[int], due: float, set_at: float) -> None:
        """These are due at that hour instead."""

    def has_queue(self) -> bool:
        """Whether the queue's tables are as this version makes them: an engine of it has run here."""

    def list_jobs(self, *, subject: str = "", failed: bool = False, limit: int = 100) -> Sequence[JobRow]:
        """The jobs that come next, parked ones first; only about this subject; only those of which a try has failed."""

    def backlog(self, now: float) -> Mapping[str, Backlog]:
        """What each queue has to do; also of a database in which no engine ever ran."""

    def retry_jobs(self, ids: Collection[int], now: float) -> Collection[int]:
        """Lets these run at once, as if they had never failed; which of them had failed and are in nobody's hands."""

    def discard_jobs(self, ids: Collection[int]) -> Collection[int]:
        """Forgets those of these that are parked; which those were."""

    def after(self, act: Callable[[], None]) -> None:
        """Does this once the transaction has committed, on the same thread; not when it does not."""


class QueueTx(JobsTx, Protocol):
    """The part of a transaction in which jobs are run. Hours are seconds since 1970 by the bot's clock."""

    def prepare_queue(self) -> int:
        """Makes the tables where they are missing, adds to older ones what they lack; the last job's id, 0: none."""

    def due_jobs(self, now: float, most: Mapping[str, int]) -> Sequence[tuple[int, str]]:
        """Id and queue of the jobs that are due, of each queue the earliest, so many at most; 0 leaves a queue out."""

    def these_jobs(self, ids: Collection[int]) -> Sequence[Job]:
        """These jobs, earliest first."""

    def next_due(self, now: float) -> float | None:
        """The earliest hour after `now` at which a job is due."""

    def ready_jobs(self, now: float) -> Collection[int]:
        """Ids of all jobs that are due, in hand or not."""

    def finish_jobs(self, owner: str, ends: Ends) -> None:
        """These are over: their rows go, unless another process owns them by now; which are left, `ends` tells then."""

    def put_off_jobs(self, failed: Mapping[int, Failed], owner: str, now: float) -> None:
        """These failed and come again, unless another process owns them by now."""

    def set_ahead(self, latest: float) -> bool:
        """Whether a job was set after that hour: by a clock that was ahead."""

    def wait_from_now(self, latest: float, now: float) -> int:
        """Lets each job that was set after `latest` wait its whole delay from `now` on; how many those were."""

    def hurry_jobs(self, until: float, now: float, but: Collection[int]) -> int:
        """Makes all jobs due at `now` that would be due after it and by `until`; how many are due by then.

        `but`: these are left alone and not counted.
        """


class SharedQueueTx(QueueTx, Protocol):
    """What processes that share a queue also need. Each call is one statement, and beats are by the database's clock:
    a process that is frozen or cut off leaves nothing half done."""

    def prepare_sharing(self) -> None:
        """Makes the indexes that only a shared queue needs, unless somebody would have to wait for it."""

    def claim_jobs(self, owner: str, now: float, most: Mapping[str, int], ends: Ends | None = None) -> Sequence[Job]:
        """Jobs that are due and nobody's are the owner's from now on, earliest first: of each queue so many at most, of
        a lane one at a time among all processes. None where the owner is not believed to live.

        `ends`: these are over, as by `finish_jobs`; what waits behind them in their lanes is taken the next time.
        """

    def call_workers(self, caller: str) -> None:
        """Lets the workers that listen look for jobs, but for the caller."""

    def let_go(self, owner: str, but: Collection[int]) -> None:
        """All that bear that name, but for these, are anybody's again."""

    def beat(self, owner: str) -> bool:
        """The process lives. Whether it was known; it is from now on."""

    def take_over(self, dead_after_s: float) -> Mapping[str, int]:
        """Processes whose last beat is older are dead, and their jobs anybody's again: how many of whom."""

    def leave(self, owner: str) -> None:
        """The process shares the work no more, and its jobs are anybody's again."""


class QueueStore(Protocol):
    """Where the queue lives. `shared`: several processes may run its jobs, and each can be frozen or cut off."""

    shared: bool

    def transaction(self, *, durable: bool = True) -> AbstractContextManager[SharedQueueTx]:
        """A transaction; see `twelp.ports.Store`."""

    def read(self) -> AbstractContextManager[SharedQueueTx]:
        """A transaction that only reads."""

    def at_once(self) -> AbstractContextManager[SharedQueueTx]:
        """Each statement is a transaction of its own; see `twelp.ports.Store`."""

    def hear(self, stop: Event, heard: Callable[[], None], *, but: str) -> None:
        """Calls `heard` whenever workers are called, but for calls by `but`, until stopped. Raises as `transaction`."""
