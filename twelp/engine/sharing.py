"""What processes that share a queue owe each other, on Postgres: names on the jobs in hand, a beat, and taking over.

A process is believed to live for 30 s after its last beat. Whoever was still for longer begins nothing of what it had
taken, for others may have it by then; what nobody took over still bears its name, and is let go before it takes more.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection
from datetime import timedelta

from twelp.engine.board import Board, fitting
from twelp.engine.complaints import Complaints
from twelp.engine.waking import Waking
from twelp.errors import StoreError
from twelp.ports import Clock
from twelp.ports.queue import Job, QueueStore, SharedQueueTx

log = logging.getLogger("twelp.engine")

BEAT = timedelta(seconds=5)
DEAD_AFTER = timedelta(seconds=30)

_TRIES = 4
MOST = 48
"""Jobs of a queue in hand at once, so that each process finds some."""


class Sharing:
    """One process's part.

    Args:
        store: where the queue is.
        name: this process's, which stands on the jobs it has in hand.
        clock: the house's clock.
        board: those jobs.
        waking: woken once jobs have become anybody's again.
        complaints: told when a beat fails.
    """

    writes = True

    def __init__(
        self, store: QueueStore, name: str, clock: Clock, board: Board, *, waking: Waking, complaints: Complaints
    ) -> None:
        self.name = name
        self._store = store
        self._clock = clock
        self._board = board
        self._waking = waking
        self._complaints = complaints
        self._sure_until, self._astray = 0.0, False
        board.most = MOST

    def prepare(self) -> None:
        """Makes the queue's tables; and its indexes, where others are not too busy for that, else at the next start."""
        with self._store.begin() as tx:
            tx.prepare_queue()
        for left in reversed(range(_TRIES)):
            try:
                with self._store.begin() as tx:
                    tx.prepare_sharing()
                return
            except StoreError as error:
                if not left:
                    log.warning("the queue's indexes are not made yet: the next start tries again (%s)", error)

    def start(self, stop: threading.Event) -> list[threading.Thread]:
        """Tells the others that we live, from now on."""
        self.beat()
        return [threading.Thread(target=self._beats, args=(stop,), name="engine-beat", daemon=True)]

    def leave(self, tx: SharedQueueTx) -> None:
        """Nothing of ours runs any more: whoever comes next need not wait for us."""
        tx.release(self.name)

    # ------------------------------------------------------------ names on jobs

    def next_id(self) -> int:
        """The database chooses."""
        return 0

    def committed(self, job: Job) -> None:
        """The next round takes it, if no other process does."""
        self._waking.wake()

    def in_hand(self) -> Collection[int]:
        """The rows say so."""
        return ()

    def looks(self, over: set[int]) -> bool:
        """Always: others may have left something."""
        return True

    def take(self, tx: SharedQueueTx, over: set[int]) -> list[Job]:
        """What is due and becomes ours now, earliest first."""
        now = self._clock.now().timestamp()
        self._waking.begin_look(now)
        with self._board.guard:
            held, rooms = set(self._board.held) - over, self._board.rooms(over)
            astray, self._astray = self._astray, False
        if astray:  # behind the lock: a taking whose end we did not hear of is over by then
            tx.lock_taking()
            tx.let_go(self.name, held)
        if not any(room > 0 for room in rooms.values()):
            return []
        return list(tx.these_jobs(self._own(tx, now, rooms)))

    def _own(self, tx: SharedQueueTx, now: float, rooms: dict[str, int]) -> list[int]:
        """What becomes ours now. The lock is only waited for where there seems to be something."""
        most = {queue: room + MOST if room > 0 else 0 for queue, room in rooms.items()}
        if not tx.free_jobs(now, most):
            return []
        tx.lock_taking()
        if not tx.is_known(self.name):
            tx.beat(self.name)  # still for so long that others took over what had not begun
            with self._board.guard:
                self._drop_waiting()
        others = tx.lanes_of_others(self.name)
        due = tx.free_jobs(now, most)
        new = fitting(((job_id, queue) for job_id, lane, queue in due if lane not in others), rooms)
        tx.own_jobs(new, self.name)
        return new

    def doubt(self) -> None:
        """A taking broke off: whether some bear our name now is not known."""
        self._astray = True

    def check(self) -> None:
        """To be called with the board's guard, before anything begins."""
        if time.monotonic() > self._sure_until:
            self._drop_waiting()  # stopped and woken up again: they may be another's by now

    def _drop_waiting(self) -> None:
        """Call with the guard. Those that nobody took over still bear our name: the next round takes it off them."""
        self._board.drop_waiting()
        self._astray = True

    # ------------------------------------------------------------ beats

    def _beats(self, stop: threading.Event) -> None:
        """Beats until stopped, and takes over what the dead left."""
        sure_at = 0.0
        while not stop.wait(BEAT.total_seconds()):
            try:
                self.beat()
                if time.monotonic() >= sure_at:
                    self.take_over()
            except Exception as error:
                sure_at = time.monotonic() + 3 * BEAT.total_seconds()  # the others could not beat either
                self._complaints.tell("beat", f"next in {BEAT.total_seconds():.0f} s", error)

    def beat(self) -> None:
        """Tells the others that we live."""
        at = time.monotonic()
        with self._store.begin(durable=False) as tx:
            tx.beat(self.name)
        with self._board.guard:
            if at > self._sure_until > 0:
                self._drop_waiting()
            self._sure_until = at + DEAD_AFTER.total_seconds()

    def take_over(self) -> None:
        """Makes the jobs of those that are dead anybody's again."""
        with self._store.begin() as tx:  # which holds the row: one of us takes over, not several
            for executor in tx.silent(DEAD_AFTER.total_seconds()):
                unfinished = tx.release(executor)
                if unfinished:
                    log.warning("worker %s is gone; took over its %d unfinished jobs", executor, unfinished)
                    tx.after(self._waking.wake)
