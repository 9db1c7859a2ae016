"""Running jobs: each in a thread, so many of a queue side by side, one at a time of a lane."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor

from twelp.engine.board import Board
from twelp.engine.complaints import Complaints, in_short
from twelp.engine.waking import Waking
from twelp.errors import StoreError
from twelp.ports import Clock
from twelp.ports.queue import PARKED_DUE, Ending, Failed, Job

log = logging.getLogger("twelp.engine")

WORST_BACKOFF_S = 300.0
MOST_TRIES = 20
"""Failures after which a job is parked."""

_AWAY_BACKOFF_S = 30.0
"""For a database that is away: it is none of the job's fault, and everything waits for its return."""


class Running:
    """The hands that run jobs.

    Args:
        clock: the bot's clock.
        board: the jobs in hand.
        waking: told when a hand is free.
        complaints: told of jobs that fail.
        stop: set once nothing new is to begin.

    Attributes:
        jobs: what may be run, by name.
        check: called with the board's guard before anything begins.
    """

    check: Callable[[], None]

    def __init__(
        self, clock: Clock, board: Board, waking: Waking, complaints: Complaints, stop: threading.Event
    ) -> None:
        self.jobs: Mapping[str, Callable[..., Ending | None]] = {}
        self._clock = clock
        self._board = board
        self._waking = waking
        self._complaints = complaints
        self._stop = stop
        self._pool = ThreadPoolExecutor(sum(board.sizes.values()), thread_name_prefix="engine")

    def start(self, *queues: str) -> None:
        """Starts what may start now."""
        with self._board.guard:
            started = [job for queue in queues for job in self._startable(queue)]
        for job in started:
            self._pool.submit(self._work, job)

    def write_down(self, job_ids: Collection[int]) -> None:
        """Lets these jobs write down by themselves what they left."""
        with self._board.guard:
            found = [self._board.runs_again(job_id) for job_id in job_ids]
        for job, ending in found:
            try:
                self._pool.submit(self._work, job, ending.otherwise)
            except RuntimeError:  # the end: nothing runs beside us any more
                self._work(job, ending.otherwise)

    def under_way(self) -> int:
        """How many jobs run."""
        with self._board.guard:
            return self._board.running

    def close(self) -> None:
        """What has not begun never does."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _startable(self, queue: str) -> list[Job]:
        """Call with the guard."""
        self.check()
        return [] if self._stop.is_set() else self._board.start(queue)

    def _work(self, job: Job | None, act: Callable[..., Ending | None] | None = None) -> None:
        """Runs a job, or what it left, and then others of its queue as long as there are any."""
        while job is not None:
            came_of_it, act = self._carry_out(job, act), None
            with self._board.guard:
                self._board.end(job, came_of_it)
                more = self._startable(job.queue)
            self._waking.a_hand_is_free()
            for other in more[1:]:
                self._pool.submit(self._work, other)
            job = more[0] if more else None

    def _carry_out(self, job: Job, act: Callable[..., Ending | None] | None = None) -> Failed | Ending | None:
        """None: done."""
        try:
            return self.jobs[job.job](*job.args) if act is None else act()
        except Exception as error:
            if self._stop.is_set():
                log.warning("job %s (%s) broke off at the stop (%s)", job.job, job.key, type(error).__name__)
                return Failed(0.0)
            return self._failed(job, error)

    def _failed(self, job: Job, error: Exception) -> Failed:
        away = isinstance(error, StoreError)
        if job.attempt >= MOST_TRIES and not away:
            self._complaints.tell(job.job, f"{job.key}, try {job.attempt}", error)
            log.error("job %s (%s) failed %d times and is parked: see `twelp jobs`", job.job, job.key, job.attempt)
            return Failed(PARKED_DUE, in_short(error), parked=True)
        wait_s = min(_AWAY_BACKOFF_S if away else WORST_BACKOFF_S, 2.0 ** min(job.attempt, 9))
        self._complaints.tell(job.job, f"{job.key}, try {job.attempt}, next in {wait_s:.0f} s", error)
        return Failed(self._clock.now().timestamp() + wait_s, in_short(error))
