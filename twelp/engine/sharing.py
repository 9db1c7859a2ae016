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

from twelp.engine.board import Board
from twelp.engine.complaints import Complaints
from twelp.engine.living import Living
from twelp.engine.waking import Waking
from twelp.errors import StoreError
from twelp.ports import Clock
from twelp.ports.queue import Ends, Job, QueueStore, SharedQueueTx

log = logging.getLogger("twelp.engine")

_TRIES = 4
MOST = 16
"""Jobs of a queue in hand at once: those that run, and a few that follow. The others are for other processes."""

_STRAY_S = 60.0
"""For so long after a taking broke off, jobs may still come to bear our name."""

_LET_GO_EVERY_S = 5.0
_CALL_EVERY_S = 0.2
_NEXT_OF_LANE_S = 0.05
"""How soon a lane is looked at again that becomes free with the statement that takes."""


class Sharing:
    """One process's part.

    Args:
        store: where the queue is.
        name: this process's, which stands on the jobs it has in hand.
        clock: the bot's clock.
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
        self._life = Living(store, name, complaints, news=waking.wake, lost=self._lost)
        self._stray_until, self._let_go_at, self._call_at = 0.0, 0.0, 0.0
        board.most = MOST

    def prepare(self) -> None:
        """Makes the queue's tables; and its indexes, where others are not too busy for that, else at the next start."""
        with self._store.transaction() as tx:
            tx.prepare_queue()
        for left in reversed(range(_TRIES)):
            try:
                with self._store.transaction() as tx:
                    tx.prepare_sharing()
                return
            except StoreError as error:
                if not left:
                    log.warning("the queue's indexes are not made yet: the next start tries again (%s)", error)

    def start(self, stop: threading.Event) -> list[threading.Thread]:
        """Tells the others that we live, from now on, and listens to them."""
        return self._life.start(stop)

    def leave(self, tx: SharedQueueTx) -> None:
        """Nothing of ours runs any more: whoever comes next need not wait for us."""
        tx.leave(self.name)
        tx.call_workers("")

    def end(self) -> None:
        """Listens no more; called last."""
        self._life.end()

    # ------------------------------------------------------------ names on jobs

    def next_id(self) -> int:
        """The database chooses."""
        return 0

    @property
    def calls(self) -> bool:
        """Whether others must be told of what is enqueued here, as this process runs nothing."""
        return not self._life.begun

    def committed(self, job: Job) -> None:
        """The next round takes it, if no other process does."""
        self._waking.wake()

    def in_hand(self) -> Collection[int]:
        """The rows say so."""
        return ()

    def looks(self, over: set[int]) -> bool:
        """Always: others may have left something."""
        return True

    def take(self, tx: SharedQueueTx, over: set[int], ends: Ends) -> list[Job]:
        """What is due and becomes ours now, earliest first."""
        now = self._clock.now().timestamp()
        self._waking.begin_look(now)
        with self._board.guard:
            self.check()
            sure = self._life.sure
            held = set(self._board.held) - over.difference(ends.done, ends.shown)  # those end only below
            rooms = self._board.rooms(over)
            waited_for = any(self._board.held[job_id].lane for job_id in ends.shown if job_id in self._board.held)
        if not sure:  # the next beat comes first
            if ends:
                tx.finish_jobs(self.name, ends)
            return []
        self._let_go(tx, held)
        most = {queue: max(0, room) for queue, room in rooms.items()}
        taken = list(tx.claim_jobs(self.name, now, most, ends)) if ends or any(most.values()) else []
        if waited_for:
            self._waking.expect(now + _NEXT_OF_LANE_S)
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

    def check(self) -> None:
        """To be called with the board's guard, before anything begins."""
        if not self._life.sure:
            self._drop_waiting()  # stopped and woken up again: they may be another's by now

    def _lost(self) -> None:
        """Others may have taken over what we had."""
        with self._board.guard:
            self._drop_waiting()

    def _drop_waiting(self) -> None:
        """Call with the guard. Those that nobody took over still bear our name: the next round takes it off them."""
        self._board.drop_waiting()
        self.doubt()
