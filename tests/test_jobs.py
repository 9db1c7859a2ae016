"""A job that keeps failing is parked where an operator finds it, and nobody else waits for it; on each database."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest

from tests.conftest import DrivenClock
from tests.test_engine import Stage, until
from twelp.adapters.store import SqlStore
from twelp.engine import MOST_TRIES, Engine, JobQueue
from twelp.errors import StoreError, TryAgain
from twelp.model import JobState, QueuedJob


class Broken:
    """A job that fails until it is mended."""

    def __init__(self, error: Exception) -> None:
        self.error: Exception | None = error
        self.tries = 0

    def __call__(self, *_: object) -> None:
        self.tries += 1
        if self.error is not None:
            raise self.error


@pytest.fixture
def stage(database_url: str, clock: DrivenClock) -> Iterator[Stage]:
    with ExitStack() as leaving:
        yield Stage(database_url, clock, leaving)


def listed(stage: Stage, *, failed: bool = True) -> list[QueuedJob]:
    with stage.store.read() as tx:
        return list(JobQueue(stage.clock).list(tx, failed=failed))


def wear_out(stage: Stage, engine: Engine, broken: Broken, tries: int = MOST_TRIES) -> None:
    """Lets it fail so often, each time at its hour."""
    for number in range(1, tries + 1):
        until(lambda number=number: broken.tries >= number)  # type: ignore[misc]
        until(lambda number=number: bool(listed(stage)) and listed(stage)[0].failures >= number)  # type: ignore[misc]
        if number < tries:
            stage.clock.advance(seconds=301)
            engine.run_due()


def test_after_twenty_failures_it_is_parked_told_and_listed(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    broken = Broken(ValueError("a customer's words"))
    engine = stage.engine(broken=broken)
    with caplog.at_level(logging.ERROR), stage.store.transaction() as tx:
        engine.jobs.enqueue(tx, "broken", "broken:x:1", "x:1")
    wear_out(stage, engine, broken)
    (job,) = listed(stage)
    assert (job.job, job.key, job.state, job.failures) == ("broken", "broken:x:1", JobState.PARKED, MOST_TRIES)
    assert job.run_at is None
    assert job.error.startswith("ValueError in ")
    assert "customer" not in job.error
    assert "failed 20 times and is parked: see `twelp jobs`" in caplog.text
    stage.clock.advance(days=400)
    engine.run_due()
    with stage.store.transaction() as tx:
        engine.jobs.enqueue(tx, "note", "after", "after")
    until(lambda: stage.ran == ["after"])
    assert broken.tries == MOST_TRIES, "it runs no more by itself"
    until(lambda: stage.rows() == 1)
    with stage.store.read() as tx:
        house = tx.backlog(stage.clock.now().timestamp())["house"]
    assert (house.due, house.waiting, house.parked) == (0, 0, 1)


def test_an_operator_lets_it_run_again_beside_the_running_bot(stage: Stage, database_url: str) -> None:
    broken = Broken(TryAgain("X is busy"))
    engine = stage.engine(broken=broken)
    with stage.store.transaction() as tx:
        engine.jobs.enqueue(tx, "broken", "broken:x:1", "x:1")
    wear_out(stage, engine, broken)
    assert listed(stage)[0].error == "TryAgain: X is busy", "what we wrote ourselves is told whole"
    broken.error = None
    beside = SqlStore(database_url, reading=True)
    with beside.transaction() as tx:
        (job,) = JobQueue(stage.clock).list(tx, failed=True)
        assert JobQueue(stage.clock).retry(tx, [job.id, 4711]) == [job.id]
    beside.close()
    until(lambda: broken.tries == MOST_TRIES + 1)
    until(lambda: stage.rows() == 0)


def test_only_what_is_parked_can_be_discarded(stage: Stage) -> None:
    broken = Broken(ValueError())
    engine = stage.engine(broken=broken)
    with stage.store.transaction() as tx:
        engine.jobs.enqueue(tx, "note", "tomorrow", "tomorrow", delay=timedelta(days=1))
        engine.jobs.enqueue(tx, "broken", "broken", "x:1")
    wear_out(stage, engine, broken)
    parked, waiting = listed(stage, failed=False)
    assert (parked.state, waiting.state) == (JobState.PARKED, JobState.WAITING)
    with stage.store.transaction() as tx:
        assert JobQueue(stage.clock).discard(tx, [parked.id, waiting.id]) == [parked.id]
    assert [job.key for job in listed(stage, failed=False)] == ["tomorrow"]


def test_a_database_that_is_away_parks_nothing(stage: Stage) -> None:
    broken = Broken(StoreError("the database is away", away=True))
    engine = stage.engine(broken=broken)
    with stage.store.transaction() as tx:
        engine.jobs.enqueue(tx, "broken", "broken", "x:1")
    wear_out(stage, engine, broken, MOST_TRIES + 2)
    assert listed(stage)[0].state is JobState.RETRYING


def test_a_parked_job_outlives_a_restart_and_waits_for_the_operator(stage: Stage) -> None:
    broken = Broken(ValueError())
    engine = stage.engine(broken=broken)
    with stage.store.transaction() as tx:
        engine.jobs.enqueue(tx, "broken", "broken", "x:1")
    wear_out(stage, engine, broken)
    engine.stop()
    again = stage.engine(broken=broken)
    with stage.store.transaction() as tx:
        again.jobs.enqueue(tx, "note", "n", "n")
    until(lambda: stage.ran == ["n"])
    assert broken.tries == MOST_TRIES
    assert listed(stage)[0].state is JobState.PARKED


@pytest.fixture
def quiet(stage: Stage) -> Engine:
    """It runs nothing by itself before its hour."""
    return stage.engine()


def enqueue(stage: Stage, engine: Engine, key: str, *, minutes: float = 0, **how: object) -> None:
    with stage.store.transaction() as tx:
        engine.jobs.enqueue(tx, "note", key, key, delay=timedelta(minutes=minutes), **how)  # type: ignore[arg-type]


def pass_time(stage: Stage, engine: Engine, **by: float) -> None:
    stage.clock.advance(**by)
    engine.run_due()
    until(lambda: engine.busy() == 0)


def nothing_is_left(stage: Stage) -> None:
    until(lambda: stage.rows() == 0)


def test_a_cancelled_timer_never_fires_and_others_do(stage: Stage, quiet: Engine) -> None:
    for key in ("lapse:x:1", "lapse:x:1", "lapse:x:12"):
        enqueue(stage, quiet, key, minutes=5)
    with stage.store.transaction() as tx:
        assert quiet.jobs.cancel(tx, "lapse:x:1") == 2
        assert quiet.jobs.cancel(tx, "lapse:x:2") == 0
    pass_time(stage, quiet, minutes=6)
    assert stage.ran == ["lapse:x:12"]
    nothing_is_left(stage)


def test_a_cancelled_timer_fires_after_all_when_the_transaction_fails(stage: Stage, quiet: Engine) -> None:
    enqueue(stage, quiet, "lapse:x:1", minutes=5)
    with pytest.raises(ZeroDivisionError), stage.store.transaction() as tx:
        quiet.jobs.cancel(tx, "lapse:x:1")
        quiet.jobs.reschedule(tx, "lapse:x:1", stage.clock.now() + timedelta(days=1))
        raise ZeroDivisionError
    pass_time(stage, quiet, minutes=6)
    assert stage.ran == ["lapse:x:1"]


@pytest.mark.parametrize("minutes", [0, 5])
def test_what_was_enqueued_and_cancelled_in_one_transaction_never_was(
    stage: Stage, quiet: Engine, minutes: int
) -> None:
    with stage.store.transaction() as tx:
        for key in ("a", "b"):
            quiet.jobs.enqueue(tx, "note", key, key, delay=timedelta(minutes=minutes))
        assert quiet.jobs.cancel(tx, "a") == 1
        quiet.jobs.enqueue(tx, "note", "a", "anew", delay=timedelta(minutes=minutes))
    pass_time(stage, quiet, minutes=6)
    assert sorted(stage.ran) == ["anew", "b"]
    nothing_is_left(stage)


def test_a_rescheduled_job_runs_at_its_new_hour(stage: Stage, quiet: Engine) -> None:
    now = stage.clock.now()
    enqueue(stage, quiet, "sooner", minutes=60)
    enqueue(stage, quiet, "later", minutes=1)
    with stage.store.transaction() as tx:
        quiet.jobs.enqueue(tx, "note", "fresh", "fresh")
        assert quiet.jobs.reschedule(tx, "sooner", now + timedelta(minutes=2)) == 1
        assert quiet.jobs.reschedule(tx, "later", now + timedelta(minutes=90)) == 1
        assert quiet.jobs.reschedule(tx, "fresh", now + timedelta(minutes=80)) == 1
        assert quiet.jobs.reschedule(tx, "none", now) == 0
    pass_time(stage, quiet, minutes=3)
    assert stage.ran == ["sooner"]
    pass_time(stage, quiet, minutes=78)
    assert stage.ran == ["sooner", "fresh"]
    pass_time(stage, quiet, minutes=10)
    assert stage.ran == ["sooner", "fresh", "later"]


def test_a_job_rescheduled_to_an_hour_that_is_over_runs_at_once(stage: Stage, quiet: Engine) -> None:
    enqueue(stage, quiet, "late", minutes=60)
    with stage.store.transaction() as tx:
        assert quiet.jobs.reschedule(tx, "late", stage.clock.now() - timedelta(hours=1)) == 1
    until(lambda: stage.rows() == 0)
    assert stage.ran == ["late"]


def test_a_job_in_hand_is_not_pulled_from_under_its_worker(stage: Stage) -> None:
    """It ends, fails and comes again as if nobody had wanted it away."""
    begun, go_on = threading.Event(), threading.Event()
    tries: list[int] = []

    def slow(number: int) -> None:
        begun.set()
        assert go_on.wait(30)
        tries.append(number)
        if len(tries) == 1:
            raise TryAgain("not yet")

    engine = stage.engine(slow=slow)
    with stage.store.transaction() as tx:
        engine.jobs.enqueue(tx, "slow", "slow", 7)
    assert begun.wait(30)
    with stage.store.transaction() as tx:
        assert engine.jobs.cancel(tx, "slow") == 0
        assert engine.jobs.reschedule(tx, "slow", stage.clock.now() + timedelta(days=1)) == 0
    go_on.set()
    until(lambda: [job.failures for job in listed(stage)] == [1])
    pass_time(stage, engine, minutes=6)
    assert tries == [7, 7]
    nothing_is_left(stage)


def test_a_parked_job_can_be_cancelled_and_is_not_rescheduled(stage: Stage) -> None:
    broken = Broken(TryAgain("no"))
    engine = stage.engine(broken=broken)
    with stage.store.transaction() as tx:
        engine.jobs.enqueue(tx, "broken", "broken", "x:1")
    wear_out(stage, engine, broken)
    with stage.store.transaction() as tx:
        assert engine.jobs.reschedule(tx, "broken", stage.clock.now()) == 0
    assert [job.state for job in listed(stage)] == [JobState.PARKED]
    with stage.store.transaction() as tx:
        assert engine.jobs.cancel(tx, "broken") == 1
    assert listed(stage) == []


def test_jobs_are_listed_by_what_they_are_about(stage: Stage, quiet: Engine) -> None:
    at = stage.clock.now() + timedelta(minutes=3)
    with stage.store.transaction() as tx:
        quiet.jobs.enqueue(tx, "note", "lapse:x:1", "x:1", run_at=at)
        quiet.jobs.enqueue(tx, "note", "deliver:5", 5, "card", subject="x:1", delay=timedelta(minutes=9))
        quiet.jobs.enqueue(tx, "note", "lapse:x:12", "x:12", run_at=at)
        with pytest.raises(ValueError, match="not both"):
            quiet.jobs.enqueue(tx, "note", "n", delay=timedelta(1), run_at=at)
    with stage.store.read() as tx:
        found = quiet.jobs.list(tx, subject="x:1")
    assert [(job.key, job.state) for job in found] == [
        ("lapse:x:1", JobState.WAITING),
        ("deliver:5", JobState.WAITING),
    ]
    assert found[0].run_at == at


def test_two_that_cancel_at_once_do_not_wait_for_each_other(stage: Stage, quiet: Engine) -> None:
    """Nor for a process that takes jobs at that moment: who cancels leaves alone what another has."""
    for key in ("a", "b"):
        enqueue(stage, quiet, key, minutes=5)
    if stage.store.sqlite:
        pytest.skip("one writer at a time")
    with stage.store.transaction() as one, stage.store.transaction() as other:
        assert quiet.jobs.cancel(one, "a") == 1
        assert quiet.jobs.cancel(other, "b") == 1
        assert quiet.jobs.cancel(one, "b") == 0
        assert quiet.jobs.cancel(other, "a") == 0
    nothing_is_left(stage)


def test_a_queue_of_the_version_before_learns_what_its_timers_are_about(stage: Stage, quiet: Engine) -> None:
    with stage.store.transaction() as tx:
        quiet.jobs.enqueue(tx, "widen", "widen:x:1:1", "x:1", 1, delay=timedelta(hours=1))
        quiet.jobs.enqueue(tx, "deliver", "deliver:1", 1, "card", delay=timedelta(hours=1))
    quiet.stop()
    with stage.store.transaction() as tx:
        for index in ("ix_twelp_job_key", "ix_twelp_job_subject"):
            tx.connection.exec_driver_sql(f"DROP INDEX {index}")
        tx.connection.exec_driver_sql("ALTER TABLE twelp_job DROP COLUMN subject")
    with stage.store.read() as tx:
        assert JobQueue(stage.clock).list(tx) == [], "an older queue is not read, and is no mistake"
    engine = stage.engine()
    with stage.store.read() as tx:
        assert [job.key for job in engine.jobs.list(tx, subject="x:1")] == ["widen:x:1:1"]
        assert len(engine.jobs.list(tx)) == 2
