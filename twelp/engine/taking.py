"""Taking jobs in hand, where one process does everything: what was just committed at once, what others wait behind
from the rows."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Protocol

from twelp.engine.board import Board, fitting
from twelp.engine.waking import Waking
from twelp.ports import Clock
from twelp.ports.queue import QUEUES, Ends, Job, QueueStore, SharedQueueTx

_LOOK_S = 5.0
"""How often one process looks at the clock, which may have been moved."""

_MOST = 400
"""Jobs of a queue in memory: those that run, and those that are due and wait for a free hand or for their turn."""


class Taker(Protocol):
    """How this process takes jobs in hand: alone, or beside others.

    Attributes:
        name: that this process bears among all.
        writes: whether taking a job writes its row.
    """

    name: str
    writes: bool

    @property
    def calls(self) -> bool:
        """Whether others must be told of what is enqueued here."""

    def prepare(self) -> None:
        """Makes the queue's tables."""

    def start(self, stop: threading.Event) -> list[threading.Thread]:
        """Begins to take; threads to be started, which end once `stop` is set."""

    def leave(self, tx: SharedQueueTx) -> None:
        """Nothing of ours runs any more."""

    def end(self) -> None:
        """Ends what runs beside the queue's loop; called last."""

    def next_id(self) -> int:
        """The id of a new job; 0 where the database chooses it."""

    def committed(self, job: Job) -> None:
        """The job is due, and its row is certain."""

    def in_hand(self) -> Collection[int]:
        """Ids of the jobs in this process's memory, where their rows do not say so."""

    def looks(self, over: set[int]) -> bool:
        """Whether to look for jobs in the rows, once those that are `over` have left our hands."""

    def take(self, tx: SharedQueueTx, over: set[int], ends: Ends) -> list[Job]:
        """What is due and not in our hands yet, earliest first; `over` is what leaves them now. Writes what ends."""

    def check(self) -> None:
        """To be called with the board's guard, before anything begins."""

    def doubt(self) -> None:
        """A taking broke off: whether its jobs are ours is not known."""


class Alone:
    """One process, which knows all jobs that are due: most are in hand as soon as they are committed.

    Args:
        store: where the queue is.
        clock: the bot's clock.
        board: the jobs in hand.
        waking: told what is due next.
        start: starts what may start now of a queue; called without the board's guard.
    """

    name = "sqlite"
    writes = False
    calls = False

    def __init__(
        self, store: QueueStore, clock: Clock, board: Board, waking: Waking, start: Callable[[str], None]
    ) -> None:
        self._store = store
        self._clock = clock
        self._board = board
        self._waking = waking
        self._start = start
        self._last_id = 0
        self._more, self._look_at = set(QUEUES), 0.0
        board.most = _MOST

    def prepare(self) -> None:
        """Makes the queue's tables."""
        with self._store.transaction() as tx:
            self._last_id = max(self._last_id, tx.prepare_queue())

    def start(self, stop: threading.Event) -> list[threading.Thread]:
        """Nothing runs beside the queue's loop."""
        return []

    def leave(self, tx: SharedQueueTx) -> None:
        """Nobody waits for us."""

    def end(self) -> None:
        """Nothing runs beside it."""

    def next_id(self) -> int:
        """Ours to choose."""
        with self._board.guard:
            self._last_id += 1
            return self._last_id

    def committed(self, job: Job) -> None:
        """Takes it in hand, unless others wait in the rows: then it has its turn after them."""
        with self._board.guard:
            if job.queue in self._more or self._board.rooms()[job.queue] <= 0:
                self._more.add(job.queue)
                return
            self._board.take([job])
        with suppress(RuntimeError):  # just stopped: it has its row
            self._start(job.queue)

    def in_hand(self) -> Collection[int]:
        """All of them."""
        with self._board.guard:
            return set(self._board.held)

    def looks(self, over: set[int]) -> bool:
        """Only where something is due that was not in hand, or the clock may have been moved."""
        due = self._waking.is_due() or time.monotonic() >= self._look_at
        with self._board.guard:
            rooms = self._board.rooms(over)
            many = any(rooms[queue] >= _MOST // 2 for queue in self._more)
            return many or (due and any(room > 0 for room in rooms.values()))

    def take(self, tx: SharedQueueTx, over: set[int], ends: Ends) -> list[Job]:
        """What is due and not in our hands yet, earliest first."""
        if ends:
            tx.finish_jobs(self.name, ends)
            over = over.difference(ends.left)
        now = self._clock.now().timestamp()
        stale = self._waking.begin_look(now)
        with self._board.guard:
            held, rooms = set(self._board.held) - over, self._board.rooms(over)
            self._more = {queue for queue in self._more if rooms[queue] <= 0}
            self._look_at = time.monotonic() + _LOOK_S
        most = {queue: _MOST if room > 0 else 0 for queue, room in rooms.items()}
        due = tx.due_jobs(now, most) if any(most.values()) else ()
        new = fitting(((job_id, queue) for job_id, queue in due if job_id not in held), rooms)
        found = Counter(queue for _, queue in due)
        with self._board.guard:
            self._more |= {queue for queue in QUEUES if 0 < most[queue] <= found[queue]}
        taken = list(tx.these_jobs(new))
        if stale:
            self._waking.found(tx.next_due(now))
        return taken

    def check(self) -> None:
        """Nobody else could have what we have in hand."""

    def doubt(self) -> None:
        """Nobody else could have taken them."""
