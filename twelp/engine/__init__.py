"""The durable queue and its timers.

A job is a name, a key and a few plain arguments. Its row is written inside the caller's transaction, so that a row and
the job that serves it stand or fall together, and goes once the job is done. It runs at least once, survives restarts,
and a job whose process died is taken over. Jobs are short, look at their rows again when they run, and may come twice:
nothing may rely on "exactly once" here. A job that raises is logged and comes again, later each time, up to five
minutes apart. After `MOST_TRIES` of them (more than an hour) it is parked: told, counted, and listed by `twelp jobs`
until an operator lets it run again or discards it. A database that is away parks nothing: the job is not at fault.

Nothing is polled for where one process does everything: what is committed is in hand at once, its row read only by the
next process, and the earliest timer is known. SQLite means one process, which the store's lock guarantees. On
Postgres each process writes its name on the jobs it takes, keeps a lease row that it renews, and looks a few times a
second for what others left; the jobs of a process whose beat is older than 30 s are anybody's again.

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
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from math import inf

import sqlalchemy as sa

from twelp.engine import rows, sharing
from twelp.engine.backlog import Backlog, backlog
from twelp.engine.board import Board, fitting
from twelp.engine.complaints import Complaints, in_short
from twelp.engine.queue import JobQueue
from twelp.engine.rows import PARKED_DUE, QUEUES, Failed, Job
from twelp.engine.sharing import Sharing
from twelp.errors import StoreError
from twelp.ports import Clock, Store, Tx

__all__ = ["MOST_TRIES", "QUEUES", "Backlog", "Engine", "JobQueue", "backlog"]

log = logging.getLogger("twelp.engine")

_WORST_BACKOFF_S = 300.0
MOST_TRIES = 20
"""Failures after which a job is parked."""

_AWAY_BACKOFF_S = 30.0
"""For a database that is away: it is none of the job's fault, and everything waits for its return."""

_WRITE_AGAIN_S = 1.0
_DONE_WITHIN_S = 0.05
"""How long the row of a job that is done may stay; a job that runs again because of it finds nothing to do."""

_LOOK_S = 5.0
"""How often one process looks at the clock, which may have been moved."""

_AHEAD_S = 5.0
"""How far the clocks of two machines may lie apart without either being taken for wrong."""

_CHECK_HOURS_S = 60.0

_MOST = 400
"""Jobs of a queue in memory: those that run, and those that are due and wait for a free hand or for their turn."""


class Engine:
    """The queue, in the store's own database.

    Args:
        store: in whose transactions jobs are written.
        clock: the house's clock; delays count from it.
        poll_s: how often, in seconds, a process looks for jobs that others left, where several share the work.
        workers: how many calls to Slack may run side by side.

    Attributes:
        jobs: the queue, as the desk and delivery use it.
    """

    def __init__(self, store: Store, clock: Clock, *, poll_s: float = 0.25, workers: int = 8) -> None:
        self._store = store
        self._clock = clock
        self.jobs = JobQueue(clock, self)
        self._jobs: Mapping[str, Callable[..., None]] = {}
        self._started = False
        self._stop = threading.Event()
        self._woken = threading.Event()
        self._news = threading.Event()
        self._threads: list[threading.Thread] = []
        with store.look() as tx:
            self.sqlite = tx.connection.dialect.name == "sqlite"
        self._poll_s = _LOOK_S if self.sqlite else poll_s
        self.executor = "sqlite" if self.sqlite else f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        sizes = {"house": 4, "network": 4, "workspace": workers}
        self._pool = ThreadPoolExecutor(sum(sizes.values()), thread_name_prefix="engine")
        self._guard = threading.Lock()  # of the board and of what follows
        self._board = Board(sizes, _MOST if self.sqlite else sharing.MOST)
        self._next_due = 0.0
        self._last_id = 0
        self._more, self._look_at = set(QUEUES), 0.0
        self._seen_s, self._check_hours_at = 0.0, 0.0
        self._complaints = Complaints()
        self._sharing: Sharing | None = None
        if not self.sqlite:
            self._sharing = Sharing(
                store, self.executor, self._board, guard=self._guard, woken=self._wake, complaints=self._complaints
            )

    # ------------------------------------------------------------ what the queue of jobs must know

    def new_id(self) -> int:
        """The next job's id; 0 where several processes enqueue and the database must choose.

        Raises:
            RuntimeError: the engine was not started.
        """
        if not self._started:
            raise RuntimeError("the engine was not started")
        if not self.sqlite:
            return 0
        with self._guard:
            self._last_id += 1
            return self._last_id

    def committed(self, job: Job) -> None:
        """Takes in hand what was just committed, unless others wait in the rows: then it has its turn after them."""
        if not self.sqlite:
            self._wake()
            return
        with self._guard:
            if job.queue in self._more or self._board.rooms()[job.queue] <= 0:
                self._more.add(job.queue)
                return
            self._board.take([job])
            started = self._startable(job.queue)
        with suppress(RuntimeError):  # just stopped: it has its row
            for one in started:
                self._pool.submit(self._work, one)

    def _wake(self) -> None:
        self._news.set()
        self._woken.set()

    def expect(self, due: float) -> None:
        """Looks for jobs again at that hour."""
        with self._guard:
            if due >= self._next_due:
                return
            self._next_due = due
        self._woken.set()

    def in_hand(self) -> Collection[int]:
        """Ids of the jobs in this process's memory. Where several share the work, the rows say who has which."""
        with self._guard:
            return set(self._board.held) if self.sqlite else ()

    # ------------------------------------------------------------ life

    def prepare(self) -> None:
        """Makes the queue's tables and lets jobs be enqueued; nothing runs yet."""
        with self._store.begin() as tx:
            if not self.sqlite:
                tx.connection.execute(rows.LOCK)
            rows.make(tx.connection)
            self._last_id = max(self._last_id, tx.rows(rows.LAST, {})[0][0] or 0)
        if self._sharing is not None:
            self._sharing.prepare()
        self._started = True

    def start(self, jobs: Mapping[str, Callable[..., None]]) -> None:
        """Begins to run jobs; takes up what a former process left unfinished."""
        self._jobs = jobs
        self.prepare()
        if self._sharing is not None:
            self._sharing.beat()
            beats = threading.Thread(target=self._sharing.beats, args=(self._stop,), name="engine-beat", daemon=True)
            self._threads.append(beats)
        self._threads.append(threading.Thread(target=self._loop, name="engine", daemon=True))
        for thread in self._threads:
            thread.start()

    def stop(self, *, patience_s: int = 5) -> None:
        """Finishes the jobs under way (waiting at most `patience_s`) and stops."""
        self._stop.set()
        self._wake()
        until = time.monotonic() + patience_s
        while self._under_way() and time.monotonic() < until:
            time.sleep(0.005)
        for thread in self._threads:
            thread.join(timeout=5)
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self._threads:
            try:
                self._leave(finished=not self._under_way())
            except Exception as error:  # it can be done again
                log.warning("the last jobs' end could not be written down (%s)", type(error).__name__)
        self._started = False

    def _leave(self, *, finished: bool) -> None:
        with self._store.begin(durable=False) as tx:
            self._write_down(tx, *self._unwritten())
            if finished and self._sharing is not None:
                self._sharing.leave(tx)

    def _under_way(self) -> int:
        with self._guard:
            return self._board.running

    # ------------------------------------------------------------ taking jobs and writing down what came of them

    def _loop(self) -> None:
        while not self._stop.is_set():
            self._woken.clear()
            self._news.clear()
            try:
                self._round()
            except Exception as error:
                self._complaints.tell("queue", f"next in {_WRITE_AGAIN_S:.0f} s", error)
                self._next_due = 0.0
                if self._sharing is not None:
                    self._sharing.doubt()
                self._stop.wait(_WRITE_AGAIN_S)
                continue
            self._woken.wait(self._pause_s())
            if not self._news.is_set() and self._board.done:  # several at once
                self._news.wait(_DONE_WITHIN_S)

    def _pause_s(self) -> float:
        with self._guard:
            if all(room <= 0 for room in self._board.rooms().values()):
                return self._poll_s  # whoever is done wakes us
            return max(0.0, min(self._poll_s, self._next_due - self._clock.now().timestamp()))

    def _put_right(self) -> None:
        """Jobs that were set by a clock that was ahead would wait for its hour: they wait from now on.

        Looked for at the start, when the clock was seen to go back, and once a minute, as another machine's may have.
        """
        now = self._clock.now().timestamp()
        back, self._seen_s = now < self._seen_s - _AHEAD_S, now
        if not back and time.monotonic() < self._check_hours_at:
            return
        hours = {"latest": now + _AHEAD_S}
        with self._store.look() as tx:
            ahead = tx.connection.execute(rows.AHEAD, hours).first()
        if ahead is not None:
            with self._store.begin(durable=False) as tx:
                if not self.sqlite:
                    tx.connection.execute(rows.LOCK)
                moved = tx.connection.execute(rows.FROM_NOW, {**hours, "now": now}).rowcount
            log.warning("the clock was put back: %d jobs that were set before wait from now on", moved)
        if back or ahead is not None:
            with self._guard:
                self._next_due = 0.0
        self._check_hours_at = time.monotonic() + _CHECK_HOURS_S

    def _round(self) -> None:
        """Writes down what is done or put off, and takes what is due."""
        self._put_right()
        done, put_off = self._unwritten()
        over, taken = {*done, *put_off}, []
        looks = self._looks(over)
        if over or not self.sqlite:
            with self._store.begin(durable=False) as tx:
                self._write_down(tx, done, put_off)
                taken = self._take(tx, over) if looks else []
        elif looks:
            with self._store.look() as tx:
                taken = self._take(tx, over)
        for failed in put_off.values():
            self.expect(failed.due)
        with self._guard:
            self._board.written(done, put_off)
            self._board.take(taken)
            started = [job for queue in QUEUES for job in self._startable(queue)]
        for job in started:
            self._pool.submit(self._work, job)

    def _looks(self, over: set[int]) -> bool:
        """Whether to look for jobs in the rows. Where one process does everything, most are in hand once committed."""
        if not self.sqlite:
            return True
        with self._guard:
            rooms = self._board.rooms(over)
            due = self._next_due <= self._clock.now().timestamp() or time.monotonic() >= self._look_at
            many = any(rooms[queue] >= _MOST // 2 for queue in self._more)
            return many or (due and any(room > 0 for room in rooms.values()))

    def _unwritten(self) -> tuple[list[int], dict[int, Failed]]:
        with self._guard:
            return list(self._board.done), dict(self._board.put_off)

    def _write_down(self, tx: Tx, done: list[int], put_off: Mapping[int, Failed]) -> None:
        tx.do(rows.DONE, *({"its_id": job_id, "me": self.executor} for job_id in done))
        now = self._clock.now().timestamp()
        for job_id, failed in put_off.items():
            due = failed.due if failed.parked else min(failed.due, now + _WORST_BACKOFF_S)
            what = {"due": due, "set_at": now, "error": failed.error, "parked_at": now if failed.parked else None}
            tx.do(rows.AGAIN, {"its_id": job_id, "me": self.executor, **what})

    def _take(self, tx: Tx, over: set[int]) -> list[Job]:
        """What is due and not in our hands yet, earliest first; `over` is what leaves them now."""
        now = self._clock.now().timestamp()
        with self._guard:
            held, rooms = set(self._board.held) - over, self._board.rooms(over)
            self._more = {queue for queue in self._more if rooms[queue] <= 0}
            self._look_at = time.monotonic() + _LOOK_S
            stale = self._next_due <= now
            if stale:
                self._next_due = inf  # what is enqueued from here on counts, whether the look below sees it or not
            astray = self._sharing is not None and self._sharing.strayed()
        if self._sharing is not None and astray:
            self._sharing.let_go(tx, held)
        taken = self._chosen(tx, now, held, rooms) if any(room > 0 for room in rooms.values()) else []
        if stale and self.sqlite:
            next_due = tx.rows(rows.NEXT, {"now": now})[0][0]
            with self._guard:
                self._next_due = min(self._next_due, inf if next_due is None else next_due)
        return taken

    def _chosen(self, tx: Tx, now: float, held: set[int], rooms: dict[str, int]) -> list[Job]:
        if self._sharing is None:
            most = {queue: self._board.most if room > 0 else 0 for queue, room in rooms.items()}
            due = tx.rows(rows.DUE, {"now": now, **most})
            new = fitting(((job_id, queue) for job_id, _, queue in due if job_id not in held), rooms)
            found = Counter(queue for _, _, queue in due)
            with self._guard:
                self._more |= {queue for queue in QUEUES if 0 < most[queue] <= found[queue]}
        else:
            new = self._sharing.own(tx, now, rooms)
        return [Job(*row) for row in tx.rows(rows.THESE, {"ids": new})] if new else []

    # ------------------------------------------------------------ running

    def _startable(self, queue: str) -> list[Job]:
        """What may start now. Call with the guard."""
        if self._sharing is not None:
            self._sharing.check()
        return [] if self._stop.is_set() else self._board.start(queue)

    def _work(self, job: Job | None) -> None:
        """Runs a job, and then others of its queue as long as there are any."""
        while job is not None:
            failed = self._carry_out(job)
            with self._guard:
                self._board.end(job, failed)
                more = self._startable(job.queue)
            self._woken.set()
            for other in more[1:]:
                self._pool.submit(self._work, other)
            job = more[0] if more else None

    def _carry_out(self, job: Job) -> Failed | None:
        """None: done."""
        try:
            self._jobs[job.job](*job.args)
        except Exception as error:
            if self._stop.is_set():
                log.warning("job %s (%s) broke off at the stop (%s)", job.job, job.key, type(error).__name__)
                return Failed(0.0)
            return self._failed(job, error)
        return None

    def _failed(self, job: Job, error: Exception) -> Failed:
        away = isinstance(error, StoreError)
        if job.attempt >= MOST_TRIES and not away:
            self._complaints.tell(job.job, f"{job.key}, try {job.attempt}", error)
            log.error("job %s (%s) failed %d times and is parked: see `twelp jobs`", job.job, job.key, job.attempt)
            return Failed(PARKED_DUE, in_short(error), parked=True)
        wait_s = min(_AWAY_BACKOFF_S if away else _WORST_BACKOFF_S, 2.0 ** min(job.attempt, 9))
        self._complaints.tell(job.job, f"{job.key}, try {job.attempt}, next in {wait_s:.0f} s", error)
        return Failed(self._clock.now().timestamp() + wait_s, in_short(error))

    # ------------------------------------------------------------ looking

    @property
    def alive(self) -> bool:
        """True while jobs are being run."""
        return bool(self._threads) and all(thread.is_alive() for thread in self._threads)

    def busy(self) -> int:
        """How many jobs are ready or under way (delayed ones not counted)."""
        with self._guard:
            under_way, over = set(self._board.held), set(self._board.done)
        with self._store.look() as tx:
            ready = tx.connection.execute(rows.READY, {"now": self._clock.now().timestamp()}).scalars()
            return len((set(ready) | under_way) - over)

    def hurry(self, now: datetime | None = None) -> int:
        """Lets every delayed job run at once whose hour by the house's clock is not after `now`; how many those were.

        For houses whose clock is driven by hand: tests, simulations, replays.
        """
        present = self._clock.now().timestamp()
        hour = now.timestamp() if now is not None else present
        with self._guard:
            known = [*self._board.held, 0]
        due = rows.jobs.c.due
        sooner = sa.case((due > present, present), else_=due)
        with self._store.begin() as tx:
            wanted = sa.update(rows.jobs).where(due <= hour, rows.jobs.c.id.not_in(known)).values(due=sooner)
            hurried = tx.connection.execute(wanted).rowcount
            tx.after(self._look_again)
        return int(hurried)

    def _look_again(self) -> None:
        with self._guard:
            self._next_due = 0.0
        self._wake()

    def next_due(self) -> datetime | None:
        """When the earliest delayed job is due by the house's clock; None when none waits."""
        with self._store.look() as tx:
            due = tx.connection.execute(rows.NEXT, {"now": self._clock.now().timestamp()}).scalar()
        return datetime.fromtimestamp(due, UTC) if due is not None else None
