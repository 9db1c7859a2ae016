"""The durable queue and its timers: the only module that knows DBOS.

A job is a name, a key and a few plain arguments. It is enqueued inside the caller's transaction, so that a row and the
job that serves it stand or fall together; it runs at least once, survives restarts, and a job whose process died is
taken over. Jobs are short, look at their rows again when they run, and may come twice: nothing may rely on "exactly
once" here. A job that raises is logged and comes again, later each time, up to five minutes apart, for as long as it
takes.

SQLite means one process, which the store's lock guarantees: its executor is always called `sqlite`, and its own
unfinished jobs come back at start. On Postgres each process is an executor of its own with a lease row that it renews;
the work of an executor whose beat is older than 30 s is taken over by the others.
"""

from __future__ import annotations

import importlib
import logging
import os
import socket
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any, cast

import sqlalchemy as sa

from twelp.ports import Clock, Tx


class _Later(ModuleType):
    """A module that is loaded when something in it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def _without_postgres() -> Iterator[None]:
    """DBOS imports Postgres's driver whatever the database, for its errors' names: 9 MB that SQLite never needs."""
    if "psycopg" in sys.modules:
        yield
        return
    driver, errors = _Later("psycopg"), _Later("psycopg.errors")
    vars(driver)["errors"] = errors
    sys.modules["psycopg"] = driver
    try:
        yield
    finally:
        del sys.modules["psycopg"]


with _without_postgres():
    from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions

log = logging.getLogger("twelp.engine")

QUEUES = ("house", "network", "workspace")
"""house: timers and decisions. network: calls to X. workspace: calls to Slack, one at a time a person."""

_BEAT = timedelta(seconds=5)
_DEAD_AFTER = timedelta(seconds=30)
_WORST_BACKOFF_S = 300.0
_WRITE_AGAIN_S = 1.0
_JOB = "twelp.job"

_metadata = sa.MetaData()
_executors = sa.Table(
    "twelp_executor",
    _metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("beat", sa.Float, nullable=False),
)

_running: Engine | None = None


class _Unfinished(BaseException):
    """Leaves a job as it is, to be run again: whatever `Exception` a job raises, the queue takes for its end."""


@DBOS.workflow(name=_JOB, max_recovery_attempts=None)
def _run(job: str, key: str, due: float, attempt: int, args: list[Any]) -> None:
    if _running is None:
        raise _Unfinished(key)
    _running.run(job, key, due, attempt, args)


class Engine:
    """The queue on a database shared with the store.

    Args:
        database: the store's own engine.
        clock: the house's clock; delays count from it.
        poll_s: how often the queues of outside calls are looked at, seconds; timers half as often. Less is quicker
            and costs more.
        workers: how many calls to Slack may run side by side.
    """

    def __init__(self, database: sa.Engine, clock: Clock, *, poll_s: float = 0.25, workers: int = 8) -> None:
        self._database = database
        self._clock = clock
        self._poll_s = poll_s
        self._workers = workers
        self._jobs: Mapping[str, Callable[..., None]] = {}
        self._stop = threading.Event()
        self._left: list[str] = []
        self._beat_thread: threading.Thread | None = None
        self._client: DBOSClient | None = None
        self.sqlite = database.dialect.name == "sqlite"
        self.executor = "sqlite" if self.sqlite else f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"

    # ------------------------------------------------------------ enqueueing

    def later(
        self,
        tx: Tx,
        job: str,
        key: str,
        *args: Any,
        queue: str = "house",
        delay: timedelta | None = None,
        partition: str | None = None,
    ) -> None:
        """Enqueues `job(*args)` inside `tx`; see `twelp.ports.Later`."""
        wait_s = max(0.0, delay.total_seconds()) if delay is not None else 0.0
        due = self._clock.now().timestamp() + wait_s
        # The queue passes over an id it has ever seen, silently: a timer that is set again must not go by its old name.
        own = f"{key}:{uuid.uuid4().hex[:12]}"
        self._enqueue(tx.session, (job, own, due, 1, list(args)), own, queue=queue, wait_s=wait_s, partition=partition)

    def _enqueue(
        self, session: Any, call: tuple[Any, ...], key: str, *, queue: str, wait_s: float, partition: str | None
    ) -> None:
        if self._client is None:
            raise RuntimeError("the engine was not started")
        options: dict[str, Any] = {
            "workflow_name": _JOB,
            "queue_name": queue,
            "workflow_id": key,
            "app_version": _VERSION,
        }
        if wait_s > 0:
            options["delay_seconds"] = wait_s
        if queue == "workspace":
            options["queue_partition_key"] = partition or "-"
        self._client.enqueue_in_transaction(session, cast(EnqueueOptions, options), *call)

    def run(self, job: str, key: str, due: float, attempt: int, args: list[Any]) -> None:
        """Runs one job; called by the queue. What fails comes again."""
        try:
            if self._stop.is_set():
                raise _Unfinished(key)
            self._jobs[job](*args)
        except _Unfinished:
            self._left.append(key)
            raise
        except Exception as error:
            if self._stop.is_set():
                self._left.append(key)
                raise _Unfinished(key) from error  # is run again at the next start
            wait_s = min(_WORST_BACKOFF_S, 2.0 ** min(attempt, 9))
            log.exception("job %s (%s) failed at try %d; next try in %.0f s", job, key, attempt, wait_s)
            self._again((job, key, due + wait_s, attempt + 1, args), wait_s)

    def _again(self, call: tuple[Any, ...], wait_s: float) -> None:
        """Enqueues the next try, however long the database is away: a job that ended without one is lost for good."""
        key = call[1]
        while True:
            try:
                with self._database.begin() as connection:
                    self._enqueue(connection, call, f"{key}#{call[3]}", queue="house", wait_s=wait_s, partition=None)
            except Exception as error:
                log.warning("the next try of %s cannot be written down yet (%s)", key, type(error).__name__)
                if self._stop.wait(_WRITE_AGAIN_S):
                    self._left.append(key)
                    raise _Unfinished(key) from error
            else:
                return

    # ------------------------------------------------------------ life

    def prepare(self) -> None:
        """Makes the queue's tables and lets jobs be enqueued; nothing runs yet."""
        global _running
        config: DBOSConfig = {
            "name": "twelp",
            "system_database_engine": self._database,
            "executor_id": self.executor,
            "application_version": _VERSION,
            "max_executor_threads": self._workers + 8,
            "log_level": "WARNING",
            "console_log_level": "WARNING",
            "use_listen_notify": False,
            "notification_listener_polling_interval_sec": 0.5,
        }
        DBOS(config=config)
        theirs = logging.getLogger("dbos")  # says what it has to say where and how we do
        theirs.handlers.clear()
        theirs.propagate = True
        theirs.setLevel(logging.NOTSET if logging.getLogger().level >= logging.WARNING else logging.WARNING)
        _running = self

    def start(self, jobs: Mapping[str, Callable[..., None]]) -> None:
        """Begins to run jobs; takes up what a former process left unfinished."""
        self._jobs = jobs
        self.prepare()
        _metadata.create_all(self._database)
        if not self.sqlite:
            self._beat()
        self._client = DBOSClient(system_database_engine=self._database, application_name="twelp", lazy=True)
        DBOS.launch()  # what was left unfinished may run from here on
        poll = self._poll_s
        DBOS.register_queue("house", worker_concurrency=4, polling_interval_sec=2 * poll)
        DBOS.register_queue("network", worker_concurrency=2, polling_interval_sec=poll)
        DBOS.register_queue(
            "workspace", worker_concurrency=self._workers, partition_concurrency=1, polling_interval_sec=poll
        )
        if not self.sqlite:
            self._beat_thread = threading.Thread(target=self._beats, name="engine-beat", daemon=True)
            self._beat_thread.start()

    def stop(self, *, patience_s: int = 5) -> None:
        """Finishes the jobs under way (waiting at most `patience_s`) and stops."""
        global _running
        self._stop.set()
        until = time.monotonic() + patience_s
        while self._under_way() > len(self._left) and time.monotonic() < until:
            time.sleep(0.01)
        finished = self._under_way() == len(self._left)
        logging.getLogger("dbos").setLevel(logging.CRITICAL)  # a last look may fetch what only the next start will run
        DBOS.destroy()
        if self._client is not None:
            self._client.destroy()
            self._client = None
        if self._beat_thread is not None:
            self._beat_thread.join(timeout=5)
            if finished:  # nothing of ours runs any more: whoever comes next need not wait for us
                with self._database.begin() as connection:
                    connection.execute(sa.update(_executors).where(_executors.c.id == self.executor).values(beat=0))
        _running = None

    def _under_way(self) -> int:
        mine = DBOS.list_workflows(status="PENDING", executor_id=self.executor, load_input=False, load_output=False)
        return len(mine)

    # ------------------------------------------------------------ the dead

    def _beats(self) -> None:
        sure_at = 0.0
        while not self._stop.is_set():
            try:
                self._beat()
                if time.monotonic() >= sure_at:
                    self._take_over()
            except Exception:
                sure_at = time.monotonic() + 3 * _BEAT.total_seconds()  # the others could not beat either
                log.exception("the engine's beat failed; trying again in %.0f s", _BEAT.total_seconds())
            self._stop.wait(_BEAT.total_seconds())

    def _beat(self) -> None:
        beat = sa.func.extract("epoch", sa.func.clock_timestamp())
        with self._database.begin() as connection:
            updated = connection.execute(
                sa.update(_executors).where(_executors.c.id == self.executor).values(beat=beat)
            ).rowcount
            if not updated:
                connection.execute(sa.insert(_executors).values(id=self.executor, beat=beat))

    def _take_over(self) -> None:
        oldest = sa.func.extract("epoch", sa.func.clock_timestamp()) - _DEAD_AFTER.total_seconds()
        gone = sa.select(_executors.c.id).where(_executors.c.beat < oldest).with_for_update(skip_locked=True)
        with self._database.begin() as connection:  # which holds the row: one of us takes over, not several
            for executor in connection.execute(gone).scalars().all():
                unfinished = DBOS.list_workflows(status="PENDING", executor_id=executor, load_output=False)
                for status in unfinished:
                    DBOS.resume_workflow(status.workflow_id, queue_name=status.queue_name or "house")
                connection.execute(sa.delete(_executors).where(_executors.c.id == executor))
                if unfinished:
                    log.warning("worker %s is gone; took over its %d unfinished jobs", executor, len(unfinished))

    # ------------------------------------------------------------ looking

    def busy(self) -> int:
        """How many jobs are ready or under way (delayed ones not counted)."""
        return len(DBOS.list_workflows(status=["ENQUEUED", "PENDING"], load_input=False, load_output=False))

    def hurry(self, now: datetime | None = None) -> int:
        """Lets every delayed job run at once whose hour by the house's clock is not after `now`; how many those were.

        For houses whose clock is driven by hand: tests, simulations, replays.
        """
        hour = (now or self._clock.now()).timestamp()
        due = [workflow_id for workflow_id, at in self._delayed() if at <= hour]
        for workflow_id in due:
            DBOS.set_workflow_delay(workflow_id, delay_seconds=0)
        if due and self._client is not None:
            self._client._sys_db.transition_delayed_workflows()  # the queue's own look comes once a second
        return len(due)

    def next_due(self) -> datetime | None:
        """When the earliest delayed job is due by the house's clock; None when none waits."""
        hours = [at for _, at in self._delayed()]
        return datetime.fromtimestamp(min(hours), UTC) if hours else None

    def _delayed(self) -> Iterator[tuple[str, float]]:
        for status in DBOS.list_workflows(status="DELAYED", load_output=False):
            arguments: Any = status.input["args"] if status.input else ()
            if len(arguments) > 2:
                yield status.workflow_id, float(arguments[2])


_VERSION = "1"
