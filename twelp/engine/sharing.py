"""What processes that share a queue owe each other, on Postgres: names on the jobs in hand, a beat, and taking over.

A process is believed to live for 30 s after its last beat. Whoever was still for longer begins nothing of what it had
taken, for others may have it by then; what nobody took over still bears its name, and is let go before it takes more.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection
from datetime import timedelta

from twelp.engine import rows
from twelp.engine.board import Board, fitting
from twelp.engine.complaints import Complaints
from twelp.errors import StoreError
from twelp.ports import Store, Tx

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
        board: those jobs.
        guard: the lock that the board is used under.
        woken: called once jobs have become anybody's again.
        complaints: told when a beat fails.
    """

    def __init__(
        self,
        store: Store,
        name: str,
        board: Board,
        *,
        guard: threading.Lock,
        woken: Callable[[], None],
        complaints: Complaints,
    ) -> None:
        self.name = name
        self._store = store
        self._board = board
        self._guard = guard
        self._complaints = complaints
        self._woken = woken
        self._sure_until, self._astray = 0.0, False

    def prepare(self) -> None:
        """Makes what only a shared queue needs; where others are too busy for it just now, at the next start."""
        for left in reversed(range(_TRIES)):
            try:
                with self._store.begin() as tx:
                    rows.make_shared(tx.connection)
                return
            except StoreError as error:
                if not left:
                    log.warning("the queue's indexes are not made yet: the next start tries again (%s)", error)

    # ------------------------------------------------------------ names on jobs

    def own(self, tx: Tx, now: float, rooms: dict[str, int]) -> list[int]:
        """What becomes ours now. The lock is only waited for where there seems to be something."""
        most = {queue: room + MOST if room > 0 else 0 for queue, room in rooms.items()} | {"now": now}
        if not tx.rows(rows.FREE_DUE, most):
            return []
        others = self._others(tx)
        due = tx.rows(rows.FREE_DUE, most)
        new = fitting(((job_id, queue) for job_id, lane, queue in due if lane not in others), rooms)
        tx.do(rows.OWN, *({"its_id": job_id, "me": self.name} for job_id in new))
        return new

    def _others(self, tx: Tx) -> set[str]:
        """The lanes in which another process is at work. From here on, until the transaction ends, only we take."""
        me = {"me": self.name}
        tx.rows(rows.LOCK, {})
        if not tx.rows(rows.KNOWN, me):
            tx.do(rows.ENTER, me)  # still for so long that others took over what had not begun
            with self._guard:
                self._drop_waiting()
        return {lane for (lane,) in tx.rows(rows.THEIR_LANES, me)}

    def strayed(self) -> bool:
        """Whether jobs may bear our name that we have not in hand; once. Call with the guard that tells those."""
        strayed, self._astray = self._astray, False
        return strayed

    def let_go(self, tx: Tx, held: Collection[int]) -> None:
        """Takes our name off all but these, behind the lock: a taking whose end we did not hear of is over by then."""
        tx.rows(rows.LOCK, {})
        tx.connection.execute(rows.LET_GO, {"me": self.name, "held": list(held)})

    def doubt(self) -> None:
        """A taking broke off: whether some bear our name now is not known."""
        self._astray = True

    def check(self) -> None:
        """To be called with the guard, before anything begins."""
        if time.monotonic() > self._sure_until:
            self._drop_waiting()  # stopped and woken up again: they may be another's by now

    def _drop_waiting(self) -> None:
        """Call with the guard. Those that nobody took over still bear our name: the next round takes it off them."""
        self._board.drop_waiting()
        self._astray = True

    def leave(self, tx: Tx) -> None:
        """Nothing of ours runs any more: whoever comes next need not wait for us."""
        tx.connection.execute(rows.FREE, {"executor": self.name})
        tx.connection.execute(rows.LEAVE, {"me": self.name})

    # ------------------------------------------------------------ beats

    def beats(self, stop: threading.Event) -> None:
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
        at, me = time.monotonic(), {"me": self.name}
        with self._store.begin(durable=False) as tx:
            if not tx.connection.execute(rows.BEAT, me).rowcount:
                tx.connection.execute(rows.ENTER, me)
        with self._guard:
            if at > self._sure_until > 0:
                self._drop_waiting()
            self._sure_until = at + DEAD_AFTER.total_seconds()

    def take_over(self) -> None:
        """Makes the jobs of those that are dead anybody's again."""
        dead_after = {"dead_after": DEAD_AFTER.total_seconds()}
        with self._store.begin() as tx:  # which holds the row: one of us takes over, not several
            for executor in tx.connection.execute(rows.GONE, dead_after).scalars().all():
                unfinished = tx.connection.execute(rows.FREE, {"executor": executor}).rowcount
                tx.connection.execute(rows.LEAVE, {"me": executor})
                if unfinished:
                    log.warning("worker %s is gone; took over its %d unfinished jobs", executor, unfinished)
                    tx.after(self._woken)
