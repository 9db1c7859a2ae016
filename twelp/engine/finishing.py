"""Writing down what came of jobs, and putting right the hours that a wrong clock set."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import replace

from twelp.engine.board import Board
from twelp.engine.running import WORST_BACKOFF_S
from twelp.engine.waking import Waking
from twelp.ports import Clock
from twelp.ports.queue import Ends, Failed, QueueStore, QueueTx

log = logging.getLogger("twelp.engine")

_AHEAD_S = 5.0
"""How far the clocks of two machines may lie apart without either being taken for wrong."""

_CHECK_HOURS_S = 60.0


class Finishing:
    """What the rows are told of jobs in hand.

    Args:
        clock: the bot's clock.
        board: the jobs in hand.
        owner: whose name they bear.
    """

    def __init__(self, clock: Clock, board: Board, owner: str) -> None:
        self._clock = clock
        self._board = board
        self._owner = owner

    def unwritten(self) -> tuple[Ends, dict[int, Failed]]:
        """Jobs that are over, and that failed, of which the rows do not know yet."""
        with self._board.guard:
            shown = {job_id: ending.shown for job_id, ending in self._board.endings.items()}
            return Ends(list(self._board.done), shown), dict(self._board.put_off)

    def put_off(self, tx: QueueTx, put_off: Mapping[int, Failed]) -> None:
        """Tells the rows of those that failed; long ago, while nothing could be written down: they come again soon."""
        if put_off:
            now = self._clock.now().timestamp()
            latest = now + WORST_BACKOFF_S
            again = {i: one if one.parked else replace(one, due=min(one.due, latest)) for i, one in put_off.items()}
            tx.put_off_jobs(again, self._owner, now)


class Hours:
    """Jobs that were set by a clock that was ahead would wait for its hour: they wait from now on.

    Looked for at the start, when the clock was seen to go back, and once a minute, as another machine's may have.
    """

    def __init__(self, store: QueueStore, clock: Clock, waking: Waking) -> None:
        self._store = store
        self._clock = clock
        self._waking = waking
        self._seen_s, self._check_at = 0.0, 0.0

    def put_right(self) -> None:
        """Looks, where it is time to."""
        now = self._clock.now().timestamp()
        back, self._seen_s = now < self._seen_s - _AHEAD_S, now
        if not back and time.monotonic() < self._check_at:
            return
        latest = now + _AHEAD_S
        with self._store.read() as tx:
            ahead = tx.set_ahead(latest)
        if ahead:
            with self._store.at_once() as tx:
                moved = tx.wait_from_now(latest, now)
            log.warning("the clock was put back: %d jobs that were set before wait from now on", moved)
        if back or ahead:
            self._waking.doubt()
        self._check_at = time.monotonic() + _CHECK_HOURS_S
