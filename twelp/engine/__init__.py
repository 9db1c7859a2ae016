"""The durable queue and its timers.

A job is a name, a key and a few plain arguments. Its row is written inside the caller's transaction, so that a row and
the job that serves it stand or fall together, and goes once the job is done. It runs at least once, survives restarts,
and a job whose process died is taken over. Jobs are short, look at their rows again when they run, and may come twice:
nothing may rely on "exactly once" here. A job that raises is logged and comes again, later each time, up to five
minutes apart. After `MOST_TRIES` of them (more than an hour) it is parked: told, counted, and listed by `twelp jobs`
until an operator lets it run again or discards it. A database that is away parks nothing: the job is not at fault.

Nothing is polled for where one process does everything: what is committed is in hand at once, its row read only by the
next process, and the earliest timer is known. SQLite means one process, which the store's lock guarantees. On
Postgres each process writes its name on the jobs it takes, in one statement, and renews a lease row. It hears of what
others enqueue or cannot hold, and looks for it once a second in any case. The jobs of a process whose beat is older
than 30 s are anybody's again.

A delay counts from the hour at which it was asked for. Where that hour is yet to come, the clock was ahead and has been
put back, and the whole delay counts from now.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from twelp.engine.board import Board
from twelp.engine.complaints import Complaints
from twelp.engine.finishing import Finishing, Hours
from twelp.engine.queue import Hands, JobQueue
from twelp.engine.running import MOST_TRIES, Running
from twelp.engine.sharing import Sharing
from twelp.engine.taking import Alone, Taker
from twelp.engine.waking import Waking
from twelp.ports import Clock
from twelp.ports.queue import OWNER_PREFIX, QUEUES, Ending, Job, QueueStore

__all__ = ["MOST_TRIES", "QUEUES", "Engine", "JobQueue"]

log = logging.getLogger("twelp.engine")

_WRITE_AGAIN_S = 1.0
_DONE_WITHIN_S = 0.05
"""How long the row of a job that is done may stay; a job that runs again because of it finds nothing to do."""

_SHOWN_WITHIN_S = 0.02
"""How long what a call left may wait for that of others, while there are any."""

_LOOK_S = 5.0
"""How often one process looks at the clock, which may have been moved."""


class Engine:
    """The queue, in the store's own database.

    Args:
        store: in whose transactions jobs are written.
        clock: the bot's clock; delays count from it.
        poll_s: how often, in seconds, a process looks for jobs that others left, where several share the work.
        workers: how many calls to Slack may run side by side.

    Attributes:
        jobs: the queue, as the desk and delivery use it.
        executor: this process's name among all that run jobs.
    """

    def __init__(self, store: QueueStore, clock: Clock, *, poll_s: float = 1.0, workers: int = 8) -> None:
        self._store = store
        self._clock = clock
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._before: Callable[[Sequence[Job]], None] | None = None
        self._complaints = Complaints()
        self._waking = Waking(clock, poll_s if store.shared else _LOOK_S)
        self._board = Board({"house": 4, "network": 4, "workspace": workers})
        self._running = Running(clock, self._board, self._waking, self._complaints, self._stop)
        self._taker: Taker
        if store.shared:
            self.executor = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
            name = f"{OWNER_PREFIX}{self.executor}"
            self._taker = Sharing(store, name, clock, self._board, waking=self._waking, complaints=self._complaints)
        else:
            self.executor = "sqlite"
            self._taker = Alone(store, clock, self._board, self._waking, self._running.start)
        self._hands = Hands(self._taker, self._waking)
        self.jobs = JobQueue(clock, self._hands)
        self._running.check = self._taker.check
        self._finishing = Finishing(clock, self._board, self._taker.name)
        self._hours = Hours(store, clock, self._waking)

    # ------------------------------------------------------------ life

    def prepare(self) -> None:
        """Makes the queue's tables and lets jobs be enqueued; nothing runs yet."""
        self._taker.prepare()
        self._hands.started = True

    def start(
        self,
        jobs: Mapping[str, Callable[..., Ending | None]],
        *,
        before: Callable[[Sequence[Job]], None] | None = None,
    ) -> None:
        """Begins to run jobs; takes up what a former process left unfinished.

        Args:
            jobs: what may be run, by name. What a job gives back is written down together with what others did.
            before: told of jobs that were just taken and are about to run, where several processes share them; does at
                once what each would do by itself. If it fails, each does.
        """
        self._running.jobs = jobs
        self._before = before
        self.prepare()
        self._threads += self._taker.start(self._stop)
        self._threads.append(threading.Thread(target=self._loop, name="engine", daemon=True))
        for thread in self._threads:
            thread.start()

    def stop(self, *, patience_s: int = 5) -> None:
        """Finishes the jobs under way (waiting at most `patience_s`) and stops."""
        self._stop.set()
        self._waking.wake()
        until = time.monotonic() + patience_s
        while self._running.under_way() and time.monotonic() < until:
            time.sleep(0.005)
        for thread in self._threads:
            thread.join(timeout=5)
        self._running.close()
        if self._threads:
            try:
                self._leave(finished=not self._running.under_way())
            except Exception as error:  # it can be done again
                log.warning("the last jobs' end could not be written down (%s)", type(error).__name__)
        self._taker.end()
        self._hands.started = False

    def _leave(self, *, finished: bool) -> None:
        for _ in range(2):  # what could not be written down together is by then written down by itself
            ends, put_off = self._finishing.unwritten()
            with self._store.at_once() as tx:
                self._finishing.put_off(tx, put_off)
                if ends:
                    tx.finish_jobs(self._taker.name, ends)
            with self._board.guard:
                self._board.written(ends, put_off)
            self._running.write_down(ends.left)
        with self._store.at_once() as tx:
            if finished:
                self._taker.leave(tx)

    # ------------------------------------------------------------ rounds

    def _loop(self) -> None:
        while not self._stop.is_set():
            self._waking.begin_round()
            try:
                self._round()
            except Exception as error:
                self._complaints.tell("queue", f"next in {_WRITE_AGAIN_S:.0f} s", error)
                self._waking.doubt()
                self._taker.doubt()
                self._stop.wait(_WRITE_AGAIN_S)
                continue
            with self._board.guard:
                full = all(room <= 0 for room in self._board.rooms().values())
            self._waking.rest(full=full, lingers_s=self._lingers_s)

    def _lingers_s(self) -> float:
        with self._board.guard:
            if self._board.endings:
                return _SHOWN_WITHIN_S if self._board.running else 0.0
            return _DONE_WITHIN_S if self._board.done else 0.0

    def _round(self) -> None:
        """Writes down what is done or put off, takes what is due, and starts what may start."""
        self._hours.put_right()
        ends, put_off = self._finishing.unwritten()
        over, taken = {*ends.done, *ends.shown, *put_off}, list[Job]()
        looks = self._taker.looks(over)
        if over or (looks and self._taker.writes):
            with self._store.at_once() as tx:
                self._finishing.put_off(tx, put_off)
                if looks:
                    taken = self._taker.take(tx, over, ends)
                elif ends:
                    tx.finish_jobs(self._taker.name, ends)
        elif looks:
            with self._store.read() as tx:
                taken = self._taker.take(tx, over, ends)
        for failed in put_off.values():
            self._waking.expect(failed.due)
        self._prepare(taken)
        with self._board.guard:
            self._board.written(ends, put_off)
            self._board.take(taken)
        self._running.write_down(ends.left)
        self._running.start(*QUEUES)

    def _prepare(self, taken: Sequence[Job]) -> None:
        """What can be done at once for jobs that were just taken is done now."""
        if self._before is None or not taken or not self._taker.writes or self._stop.is_set():
            return
        try:
            self._before(taken)
        except Exception as error:
            self._complaints.tell("before jobs", "each does it by itself", error)

    # ------------------------------------------------------------ looking

    @property
    def alive(self) -> bool:
        """True while jobs are being run."""
        return bool(self._threads) and all(thread.is_alive() for thread in self._threads)

    def at_work(self) -> int:
        """How many jobs this process has in hand; the database is not asked."""
        with self._board.guard:
            return len(set(self._board.held) - set(self._board.done))

    def busy(self) -> int:
        """How many jobs are ready or under way (delayed ones not counted)."""
        with self._board.guard:
            under_way, over = set(self._board.held), set(self._board.done)
        with self._store.read() as tx:
            return len((set(tx.ready_jobs(self._clock.now().timestamp())) | under_way) - over)

    def run_due(self, now: datetime | None = None) -> int:
        """Lets every delayed job run at once whose hour by the bot's clock is not after `now`; how many those were.

        For bots whose clock is driven by hand: tests, simulations, replays.
        """
        present = self._clock.now().timestamp()
        until = now.timestamp() if now is not None else present
        with self._board.guard:
            held = list(self._board.held)
        with self._store.transaction() as tx:
            hurried = tx.hurry_jobs(until, present, held)
            tx.after(self._look_again)
        return hurried

    def _look_again(self) -> None:
        self._waking.doubt()
        self._waking.wake()

    def next_due(self) -> datetime | None:
        """When the earliest delayed job is due by the bot's clock; None when none waits."""
        with self._store.read() as tx:
            due = tx.next_due(self._clock.now().timestamp())
        return datetime.fromtimestamp(due, UTC) if due is not None else None
