"""What processes that share a queue owe each other, on Postgres: names on the jobs in hand, a beat, and taking over.

Each step is one statement, which the database carries out by itself: a process that is frozen or cut off in the middle
of whatever it does holds up nobody. It is believed to live for 30 s after its last beat; then others take over its
jobs. Whoever was still for longer begins nothing of what it had taken, for others may have it by then.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection
from datetime import timedelta

from twelp.engine.board import Board
from twelp.engine.complaints import Complaints
from twelp.engine.waking import Waking
from twelp.errors import StoreError
from twelp.ports import Clock
from twelp.ports.queue import OWNER_PREFIX, Job, QueueStore, SharedQueueTx

log = logging.getLogger("twelp.engine")

BEAT = timedelta(seconds=5)
DEAD_AFTER = timedelta(seconds=30)

_TRIES = 4
MOST = 16
"""Jobs of a queue in hand at once: those that run, and a few that follow. The others are for other processes."""

_STRAY_S = 60.0
"""For so long after a taking broke off, jobs may still come to bear our name."""

_LET_GO_EVERY_S = 5.0
_HEAR_AGAIN_S = 5.0
_CALL_EVERY_S = 0.2


class Sharing:
    """One process's part.

    Args:
        store: where the queue is.
        name: this process's, which stands on the jobs it has in hand.
        clock: the house's clock.
        board: those jobs.
        waking: woken once there is something to take.
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
        self._works = False
        self._ears: threading.Thread | None = None
        self._sure_until = 0.0
        self._stray_until, self._let_go_at, self._call_at = 0.0, 0.0, 0.0
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
        """Tells the others that we live, from now on, and listens to them."""
        self._works = True
        self.beat()
        self._ears = threading.Thread(target=self._listen, args=(stop,), name="engine-ears", daemon=True)
        self._ears.start()
        return [threading.Thread(target=self._beats, args=(stop,), name="engine-beat", daemon=True)]

    def leave(self, tx: SharedQueueTx) -> None:
        """Nothing of ours runs any more: whoever comes next need not wait for us."""
        tx.leave(self.name)
        tx.call_workers("")

    def end(self) -> None:
        """Listens no more; called last."""
        if self._ears is not None:
            self._ears.join(timeout=2)

    # ------------------------------------------------------------ names on jobs

    def next_id(self) -> int:
        """The database chooses."""
        return 0

    @property
    def calls(self) -> bool:
        """Whether others must be told of what is enqueued here, as this process runs nothing."""
        return not self._works

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
            self.check()
            sure = self._sure
            held, rooms = set(self._board.held) - over, self._board.rooms(over)
        if not sure:
            return []  # the next beat comes first
        self._let_go(tx, held)
        most = {queue: max(0, room) for queue, room in rooms.items()}
        taken = list(tx.claim_jobs(self.name, now, most)) if any(most.values()) else []
        if any(sum(job.queue == queue for job in taken) == room for queue, room in most.items()):
            self._call_others(tx)
        return taken

    def _call_others(self, tx: SharedQueueTx) -> None:
        """There may be more than we can hold."""
        if time.monotonic() >= self._call_at:
            self._call_at = time.monotonic() + _CALL_EVERY_S
            tx.call_workers(self.name)

    def _let_go(self, tx: SharedQueueTx, held: Collection[int]) -> None:
        """What bears our name without being in hand: of a taking whose end we did not hear of, or dropped."""
        now = time.monotonic()
        if self._let_go_at <= now < self._stray_until:
            tx.let_go(self.name, held)
            self._let_go_at = now + _LET_GO_EVERY_S

    def doubt(self) -> None:
        """A taking broke off: whether some bear our name now, or will in a moment, is not known."""
        self._stray_until, self._let_go_at = time.monotonic() + _STRAY_S, 0.0

    @property
    def _sure(self) -> bool:
        return time.monotonic() <= self._sure_until

    def check(self) -> None:
        """To be called with the board's guard, before anything begins."""
        if not self._sure:
            self._drop_waiting()  # stopped and woken up again: they may be another's by now

    def _drop_waiting(self) -> None:
        """Call with the guard. Those that nobody took over still bear our name: the next round takes it off them."""
        self._board.drop_waiting()
        self.doubt()

    # ------------------------------------------------------------ beats and calls

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
        with self._store.at_once() as tx:
            known = tx.beat(self.name)
        with self._board.guard:
            if self._sure_until and (not known or at > self._sure_until):
                self._drop_waiting()
            self._sure_until = at + DEAD_AFTER.total_seconds()

    def take_over(self) -> None:
        """Makes the jobs of those that are dead anybody's again."""
        with self._store.at_once() as tx:
            left = tx.take_over(DEAD_AFTER.total_seconds())
        for worker, unfinished in left.items():
            log.warning(
                "worker %s is gone; took over its %d unfinished jobs", worker.removeprefix(OWNER_PREFIX), unfinished
            )
        if left:
            self._waking.wake()

    def _listen(self, stop: threading.Event) -> None:
        """Hears of jobs until stopped. Whoever does not hear finds them a little later."""
        while not stop.is_set():
            try:
                self._store.hear(stop, self._waking.wake, but=self.name)
            except StoreError as error:
                log.debug("calls are not heard for a moment (%s)", error)
            stop.wait(_HEAR_AGAIN_S)
