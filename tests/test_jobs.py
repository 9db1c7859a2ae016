"""A job that keeps failing is parked where an operator finds it, and nobody else waits for it; on each database."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest

from tests.conftest import DrivenClock
from tests.test_engine import Stage, until
from twelp.adapters.store import SqlStore
from twelp.engine import MOST_TRIES, Engine, backlog, listing
from twelp.engine.listing import JobState, Listed
from twelp.errors import StoreError, TryAgain


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


def listed(stage: Stage, *, failed: bool = True) -> list[Listed]:
    with stage.store.look() as tx:
        return list(listing.listed(tx, stage.clock.now(), failed=failed))


def wear_out(stage: Stage, engine: Engine, broken: Broken, tries: int = MOST_TRIES) -> None:
    """Lets it fail so often, each time at its hour."""
    for number in range(1, tries + 1):
        until(lambda number=number: broken.tries >= number)  # type: ignore[misc]
        until(lambda number=number: bool(listed(stage)) and listed(stage)[0].failures >= number)  # type: ignore[misc]
        if number < tries:
            stage.clock.advance(seconds=301)
            engine.hurry()


def test_after_twenty_failures_it_is_parked_told_and_listed(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    broken = Broken(ValueError("a customer's words"))
    engine = stage.engine(broken=broken)
    with caplog.at_level(logging.ERROR), stage.store.begin() as tx:
        engine.later(tx, "broken", "broken:x:1", "x:1")
    wear_out(stage, engine, broken)
    (job,) = listed(stage)
    assert (job.job, job.key, job.state, job.failures) == ("broken", "broken:x:1", JobState.PARKED, MOST_TRIES)
    assert job.run_at is None
    assert job.error.startswith("ValueError in ")
    assert "customer" not in job.error
    assert "failed 20 times and is parked: see `twelp jobs`" in caplog.text
    stage.clock.advance(days=400)
    engine.hurry()
    with stage.store.begin() as tx:
        engine.later(tx, "note", "after", "after")
    until(lambda: stage.ran == ["after"])
    assert broken.tries == MOST_TRIES, "it runs no more by itself"
    until(lambda: stage.rows() == 1)
    with stage.store.look() as tx:
        house = backlog(tx, stage.clock.now())["house"]
    assert (house.due, house.waiting, house.parked) == (0, 0, 1)


def test_an_operator_lets_it_run_again_beside_the_running_bot(stage: Stage, database_url: str) -> None:
    broken = Broken(TryAgain("X is busy"))
    engine = stage.engine(broken=broken)
    with stage.store.begin() as tx:
        engine.later(tx, "broken", "broken:x:1", "x:1")
    wear_out(stage, engine, broken)
    assert listed(stage)[0].error == "TryAgain: X is busy", "what we wrote ourselves is told whole"
    broken.error = None
    beside = SqlStore(database_url, reading=True)
    with beside.begin() as tx:
        (job,) = listing.listed(tx, stage.clock.now(), failed=True)
        assert listing.retry(tx, [job.id, 4711], stage.clock.now()) == [job.id]
    beside.close()
    until(lambda: broken.tries == MOST_TRIES + 1)
    until(lambda: stage.rows() == 0)


def test_only_what_is_parked_can_be_discarded(stage: Stage) -> None:
    broken = Broken(ValueError())
    engine = stage.engine(broken=broken)
    with stage.store.begin() as tx:
        engine.later(tx, "note", "tomorrow", "tomorrow", delay=timedelta(days=1))
        engine.later(tx, "broken", "broken", "x:1")
    wear_out(stage, engine, broken)
    parked, waiting = listed(stage, failed=False)
    assert (parked.state, waiting.state) == (JobState.PARKED, JobState.WAITING)
    with stage.store.begin() as tx:
        assert listing.discard(tx, [parked.id, waiting.id]) == [parked.id]
    assert [job.key for job in listed(stage, failed=False)] == ["tomorrow"]


def test_a_database_that_is_away_parks_nothing(stage: Stage) -> None:
    broken = Broken(StoreError("the database is away", away=True))
    engine = stage.engine(broken=broken)
    with stage.store.begin() as tx:
        engine.later(tx, "broken", "broken", "x:1")
    wear_out(stage, engine, broken, MOST_TRIES + 2)
    assert listed(stage)[0].state is JobState.RETRYING


def test_a_parked_job_outlives_a_restart_and_waits_for_the_operator(stage: Stage) -> None:
    broken = Broken(ValueError())
    engine = stage.engine(broken=broken)
    with stage.store.begin() as tx:
        engine.later(tx, "broken", "broken", "x:1")
    wear_out(stage, engine, broken)
    engine.stop()
    again = stage.engine(broken=broken)
    with stage.store.begin() as tx:
        again.later(tx, "note", "n", "n")
    until(lambda: stage.ran == ["n"])
    assert broken.tries == MOST_TRIES
    assert listed(stage)[0].state is JobState.PARKED
