"""The queue by itself, on each database; what it promises as part of a house is held by the stories."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from tests.conftest import DrivenClock
from twelp.adapters.store import SqlStore, job_tables
from twelp.adapters.store.queries import jobs as queries
from twelp.adapters.store.queries import shared_jobs
from twelp.adapters.store.ready import ready
from twelp.engine import Engine
from twelp.engine.board import Board
from twelp.errors import StoreError
from twelp.ports.queue import Ends, Job


def until(true: Callable[[], Any]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.005)


class Stage:
    """A store, and engines on it that run the test's jobs."""

    def __init__(self, url: str, clock: DrivenClock, leaving: ExitStack) -> None:
        self.store = SqlStore(url)
        self.clock = clock
        self._leaving = leaving
        leaving.callback(self.store.close)
        self.ran: list[Any] = []

    def engine(self, **jobs: Callable[..., None]) -> Engine:
        made = Engine(self.store, self.clock, poll_s=0.02)
        made.start({"note": self.ran.append, **jobs})
        self._leaving.callback(made.stop)
        return made

    def rows(self) -> int:
        with self.store.read() as tx:
            return int(tx.connection.execute(sa.select(sa.func.count()).select_from(job_tables.jobs)).scalar_one())


@pytest.fixture
def stage(database_url: str, clock: DrivenClock) -> Iterator[Stage]:
    with ExitStack() as leaving:
        yield Stage(database_url, clock, leaving)


def test_postgres_driver_is_loaded_on_postgres_only() -> None:
    """On SQLite the bot saves its 9 MB."""
    script = 'import sys, twelp.wiring; assert "psycopg" not in sys.modules'
    assert subprocess.run([sys.executable, "-W", "error", "-c", script], check=False, timeout=60).returncode == 0


def test_a_job_runs_once_its_transaction_has_committed_and_then_leaves_no_row(stage: Stage) -> None:
    engine = stage.engine()
    with stage.store.transaction() as tx:
        for n in range(30):
            engine.jobs.enqueue(tx, "note", f"n{n}", n)
        assert stage.ran == []
    until(lambda: stage.rows() == 0)
    assert sorted(stage.ran) == list(range(30))


def test_what_was_rolled_back_never_runs(stage: Stage) -> None:
    engine = stage.engine()
    with suppress(ZeroDivisionError), stage.store.transaction() as tx:
        engine.jobs.enqueue(tx, "note", "never", "never")
        raise ZeroDivisionError
    with stage.store.transaction() as tx:
        engine.jobs.enqueue(tx, "note", "once", "once")
    until(lambda: stage.rows() == 0)
    assert stage.ran == ["once"]


def test_one_persons_messages_go_one_at_a_time_in_order_while_others_do_not_wait(stage: Stage) -> None:
    gate, others = threading.Event(), threading.Event()

    def held(who: str, n: int) -> None:
        if who == "ann":
            gate.wait(20)
        stage.ran.append((who, n))
        if (who, n) == ("bob", 0):
            others.set()

    engine = stage.engine(held=held)
    with stage.store.transaction() as tx:
        for n in range(4):
            engine.jobs.enqueue(tx, "held", f"a{n}", "ann", n, queue="workspace", partition="ann")
        engine.jobs.enqueue(tx, "held", "b", "bob", 0, queue="workspace", partition="bob")
    assert others.wait(20)
    assert engine._running.under_way() <= 2
    gate.set()
    until(lambda: len(stage.ran) == 5)
    assert [n for who, n in stage.ran if who == "ann"] == [0, 1, 2, 3]


def test_more_than_fits_in_hand_waits_in_the_rows_and_all_of_it_runs_once(stage: Stage) -> None:
    gate = threading.Event()

    def held(n: int) -> None:
        gate.wait(20)
        stage.ran.append(n)

    former = Engine(stage.store, stage.clock)
    former.prepare()  # enqueues, and ends before anything runs
    with stage.store.transaction() as tx:
        for n in range(50):
            former.jobs.enqueue(tx, "held", f"h{n}", n, queue="network")
    engine = stage.engine(held=held)
    for start in (50, 450):
        with stage.store.transaction() as tx:
            for n in range(start, start + 400):
                engine.jobs.enqueue(tx, "held", f"h{n}", n, queue="network")
    gate.set()
    until(lambda: len(stage.ran) >= 850 and stage.rows() == 0)
    assert sorted(stage.ran) == list(range(850))


def test_a_timer_runs_at_its_hour_and_a_job_that_fails_comes_again_later(stage: Stage) -> None:
    tried: list[int] = []

    def fails_once(n: int) -> None:
        tried.append(n)
        if len(tried) == 1:
            raise RuntimeError("not yet")

    engine = stage.engine(fails_once=fails_once)
    with stage.store.transaction() as tx:
        engine.jobs.enqueue(tx, "fails_once", "timer", 7, delay=timedelta(minutes=5))
    assert engine.next_due() == stage.clock.at + timedelta(minutes=5)
    assert engine.run_due() == 0
    stage.clock.advance(minutes=5)
    engine.run_due()
    until(lambda: tried == [7] and engine.busy() == 0)
    until(lambda: engine.next_due() is not None)
    stage.clock.advance(seconds=3)
    engine.run_due()
    until(lambda: stage.rows() == 0)
    assert tried == [7, 7]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_what_a_worker_took_and_never_began_is_taken_over_once_its_beat_is_old(stage: Stage) -> None:
    """One that died for good; and one that only stood still, whose name was struck from the list meanwhile."""
    engine = stage.engine()
    with stage.store.transaction() as tx:
        tx.beat("dead")
        tx.connection.execute(sa.update(job_tables.executors).where(job_tables.executors.c.id == "dead").values(beat=0))
        row = {"job": "note", "key": "k", "queue": "house", "due": 0.0, "attempt": 1, "lane": None, "owner": "dead"}
        tx.connection.execute(job_tables.jobs.insert(), row | {"args": ["left"]})
        tx.leave(engine._taker.name)
    engine._taker._life.take_over()
    until(lambda: stage.rows() == 0)
    assert stage.ran == ["left"]
    with stage.store.read() as tx:
        known = set(tx.connection.execute(sa.select(job_tables.executors.c.id)).scalars())
    assert known == {engine._taker.name}


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_what_a_worker_dropped_and_nobody_took_over_it_takes_again(stage: Stage) -> None:
    """It stood still for longer than its beat lasts, or its database was away, and it was alone."""
    gate = threading.Event()

    def held(n: int) -> None:
        gate.wait(20)
        stage.ran.append(n)

    engine = stage.engine(held=held)
    with stage.store.transaction() as tx:
        for n in range(20):
            engine.jobs.enqueue(tx, "held", f"h{n}", n)
    until(lambda: len(engine._board.held) == 16)
    engine._taker._life._sure_until = 1.0
    engine._taker._life.beat()
    assert len(engine._board.held) < 16, "those that wait are dropped: they may be another's by now"
    gate.set()
    until(lambda: stage.rows() == 0)
    assert sorted(stage.ran) == list(range(20))


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_start_waits_for_no_lock_that_a_busy_worker_of_a_former_version_holds(stage: Stage) -> None:
    """Its indexes are made at the next start then; here they are, once the worker is done."""
    with stage.store.transaction() as tx:
        job_tables.make(tx.connection)
    with stage.store.transaction() as busy:
        busy.connection.execute(job_tables.jobs.delete())
        Engine(stage.store, stage.clock).prepare()
    Engine(stage.store, stage.clock).prepare()
    with stage.store.read() as tx:
        made = {index["name"] for index in sa.inspect(tx.connection).get_indexes(job_tables.jobs.name)}
    assert {"ix_twelp_job_owner", "ix_twelp_job_set_at", "ix_twelp_job_first", "ix_twelp_job_lane"} <= made


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_what_was_taken_without_hearing_of_it_is_taken_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = stage.engine()
    take, lost = Board.take, list[Job]()

    def unheard(board: Board, jobs: list[Job]) -> None:
        if jobs and not lost:
            lost.extend(jobs)
            raise StoreError("the answer to a commit was lost")
        take(board, jobs)

    monkeypatch.setattr(Board, "take", unheard)
    with stage.store.transaction() as tx:
        engine.jobs.enqueue(tx, "note", "once", "once")
    until(lambda: stage.rows() == 0)
    assert [job.key for job in lost] == stage.ran == ["once"]


def test_what_was_set_while_the_clock_was_far_ahead_runs_once_it_is_put_back(stage: Stage) -> None:
    """At once, or after its whole delay from then; also where the process that set it has ended meanwhile."""
    right, tried = stage.clock.at, list[str]()

    def fails_once() -> None:
        tried.append("once more")
        if len(tried) == 1:
            raise RuntimeError("not yet")

    engine = stage.engine(fails_once=fails_once)
    stage.clock.advance(hours=40)
    with stage.store.transaction() as tx:
        engine.jobs.enqueue(tx, "fails_once", "fails")
    until(lambda: engine.next_due() is not None)
    engine.stop()
    engine._hands.started = True  # another process, which enqueues and runs nothing
    with stage.store.transaction() as tx:
        engine.jobs.enqueue(tx, "note", "now", "now")
        engine.jobs.enqueue(tx, "note", "later", "later", delay=timedelta(minutes=5))
    stage.clock.at = right
    engine = stage.engine(fails_once=fails_once)
    until(lambda: stage.ran == ["now"])
    assert engine.next_due() == right + timedelta(seconds=2)
    stage.clock.advance(minutes=5)
    engine.run_due()
    until(lambda: stage.rows() == 0)
    assert stage.ran == ["now", "later"]
    assert tried == ["once more", "once more"]


def test_a_database_that_is_away_fills_no_log(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """One line, however many jobs fail for it; what nobody expected comes with its traceback, once."""
    failed = threading.Semaphore(0)

    def away(n: int) -> None:
        failed.release()
        raise StoreError("the database does not answer as it should: the server closed the connection")

    def mistaken(n: int) -> None:
        failed.release()
        raise ValueError("somebody's private words")

    engine = stage.engine(away=away, mistaken=mistaken)
    with stage.store.transaction() as tx:
        for n in range(10):
            engine.jobs.enqueue(tx, "away", f"a{n}", n)
            engine.jobs.enqueue(tx, "mistaken", f"m{n}", n)
    for _ in range(20):
        assert failed.acquire(timeout=20)
    until(lambda: engine._running.under_way() == 0)
    lines = [record for record in caplog.records if record.name == "twelp.engine"]
    assert [bool(record.exc_info) for record in sorted(lines, key=lambda r: r.getMessage())] == [False, True]
    assert "closed the connection" in lines[0].getMessage() + lines[1].getMessage()


def test_a_queue_with_much_to_do_holds_up_no_other(stage: Stage):
    """A thousand timers that are overdue, each of which takes its time, and one card that is to be sent now."""
    over = threading.Event()
    engine = stage.engine(slow=lambda _: over.wait(30))
    with stage.store.transaction() as tx:
        for number in range(1000):
            engine.jobs.enqueue(tx, "slow", f"slow:{number}", number)
    until(lambda: engine._board.running)
    with stage.store.transaction() as tx:
        engine.jobs.enqueue(tx, "note", "note:1", "card", queue="workspace", partition="ann")
        engine.jobs.enqueue(tx, "note", "note:2", "reply", queue="network")
    until(lambda: sorted(stage.ran) == ["card", "reply"])
    assert stage.rows() >= 1000, "the timers still wait"
    over.set()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_taking_jobs_and_looking_at_the_clock_read_nothing_of_the_many_that_wait(stage: Stage) -> None:
    """On a table of the version before, too: the indexes come with the start."""
    many = (
        "INSERT INTO twelp_job (job, key, queue, lane, due, attempt, args, owner, set_at) SELECT 'widen', 'w',"
        " 'workspace', 'p' || mod(n, 30), 1e9 + 2 * n, 1, '[]', CASE WHEN mod(n, 2000) = 0 THEN 'w' || mod(n, 3) END,"
        " 1e9 + n FROM generate_series(1, 20000) n"
    )
    with stage.store.transaction() as tx:
        job_tables.metadata.create_all(tx.connection)
        tx.connection.exec_driver_sql("DROP INDEX ix_twelp_job_queue, ix_twelp_job_subject")
        for statement in (many, "ANALYZE twelp_job"):
            tx.connection.exec_driver_sql(statement)
    for _ in range(2):
        Engine(stage.store, stage.clock).prepare()
    claim = {"me": "2/w9", "now": 1e9 + 30_000, "house": 16, "network": 16, "workspace": 16}
    with stage.store.transaction() as tx:
        tx.beat("2/w9")
        taken = tx.claim_jobs("2/w9", 1e9 + 30_000, {"house": 16, "network": 16, "workspace": 16})
        assert len({job.lane for job in taken}) == len(taken) > 10
        for looked, given in ((shared_jobs.CLAIM, claim), (queries.AHEAD, {"latest": 2e9})):
            made = ready(looked, given, tx.connection.dialect)
            assert made is not None
            driver: Any = tx.connection.connection.dbapi_connection
            plan = "\n".join(row[0] for row in driver.execute(f"EXPLAIN {made.text}", made.filled(given)))
            assert "Seq Scan on twelp_job" not in plan


# ---------------------------------------------------------------- several processes: Postgres

EACH = {"house": 16, "network": 16, "workspace": 16}
shared = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.fixture
def queue(stage: Stage) -> Engine:
    """It enqueues and runs nothing."""
    made = Engine(stage.store, stage.clock)
    made.prepare()
    with stage.store.at_once() as tx:
        for name in ("2/one", "2/two"):
            tx.beat(name)
    return made


def enqueue_cards(stage: Stage, queue: Engine, *people: str) -> None:
    with stage.store.transaction() as tx:
        for n, person in enumerate(people):
            queue.jobs.enqueue(tx, "note", f"{person}:{n}", n, queue="workspace", partition=person)


def claim(stage: Stage, name: str, **most: int) -> list[Any]:
    with stage.store.at_once() as tx:
        return [job.args[0] for job in tx.claim_jobs(name, stage.clock.now().timestamp(), {**EACH, **most})]


@shared
def test_of_one_persons_messages_one_is_in_hand_among_all_workers_and_the_first_goes_first(stage, queue) -> None:
    enqueue_cards(stage, queue, "ann", "ann", "bob", "ann")
    assert claim(stage, "2/one") == [0, 2]
    assert claim(stage, "2/two") == claim(stage, "2/one") == []
    with stage.store.at_once() as tx:
        tx.finish_jobs("2/one", Ends([job.id for job in queue.jobs.list(tx) if job.key == "ann:0"]))
    assert claim(stage, "2/two") == [1]


@shared
def test_two_jobs_of_a_lane_are_never_in_hand_whatever_was_seen(stage, queue) -> None:
    enqueue_cards(stage, queue, "ann", "ann")
    assert claim(stage, "2/one") == [0]
    second = sa.update(job_tables.jobs).where(job_tables.jobs.c.key == "ann:1").values(owner="2/two")
    with pytest.raises(sa.exc.IntegrityError), stage.store.transaction() as tx:
        tx.connection.execute(second)


@shared
def test_what_others_just_take_is_passed_over_and_not_waited_for(stage, queue) -> None:
    enqueue_cards(stage, queue, "ann", "bob")
    with stage.store.transaction() as slow:
        assert [
            job.args[0] for job in slow.claim_jobs("2/one", stage.clock.now().timestamp(), {**EACH, "workspace": 1})
        ] == [0]
        assert claim(stage, "2/two") == [1]


@shared
def test_each_queue_gives_as_much_as_there_is_room_for(stage, queue) -> None:
    enqueue_cards(stage, queue, *(f"p{n}" for n in range(20)))
    assert claim(stage, "2/one", workspace=3) == [0, 1, 2]
    assert claim(stage, "2/one", workspace=0) == []
    assert claim(stage, "2/two") == list(range(3, 19))


@shared
def test_whom_nobody_believes_alive_gets_nothing(stage, queue) -> None:
    enqueue_cards(stage, queue, "ann")
    assert claim(stage, "2/gone") == []


@shared
def test_beside_a_worker_of_the_version_before_jobs_are_taken_under_its_lock_and_nobody_waits_for_it(
    stage, queue
) -> None:
    """It may be frozen with that lock: then nothing is taken, and once it is dead everything is."""
    enqueue_cards(stage, queue, "ann", "bob")
    with stage.store.at_once() as tx:
        tx.beat("host-4711-abcd")
    with stage.store.transaction() as former:
        former.connection.execute(shared_jobs.LOCK)
        taken = sa.update(job_tables.jobs).where(job_tables.jobs.c.key == "ann:0").values(owner="host-4711-abcd")
        assert claim(stage, "2/one") == []
        former.connection.execute(taken)
    assert claim(stage, "2/one") == [1]
    with stage.store.at_once() as tx:
        tx.leave("host-4711-abcd")
    assert claim(stage, "2/two") == [0]


@shared
def test_jobs_of_an_owner_that_nobody_knows_are_taken_over_too(stage, queue) -> None:
    """It was believed dead while it took them, and died."""
    enqueue_cards(stage, queue, "ann", "bob")
    assert claim(stage, "2/one") == [0, 1]
    with stage.store.transaction() as tx:
        tx.connection.execute(sa.delete(job_tables.executors).where(job_tables.executors.c.id == "2/one"))
    with stage.store.at_once() as tx:
        assert tx.take_over(30.0) == {"2/one": 2}
    assert claim(stage, "2/two") == [0, 1]


@shared
def test_a_worker_hears_of_what_a_process_enqueues_that_runs_nothing(stage, queue) -> None:
    worker = Engine(stage.store, stage.clock, poll_s=60.0)
    worker.start({"note": stage.ran.append})
    until(lambda: worker._taker._life._ears.is_alive() and worker.alive)
    time.sleep(0.3)
    enqueue_cards(stage, queue, "ann")
    until(lambda: stage.ran == [0])
    worker.stop()
