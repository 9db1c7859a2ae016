"""Housekeeping: what is old and over goes, a bite at a time; what is open, proof or lesson stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.store.test_store import NOW, opened
from tests.conftest import DrivenClock
from twelp.adapters.store import Keep, Keeper, SqlStore, keeping
from twelp.model import DeliveryKind, DeliveryState, Entry, JournalStep, Stage

DAY = timedelta(days=1)


class Enqueued:
    """What was enqueued: the arguments, and after how long."""

    def __init__(self) -> None:
        self.set: list[tuple[tuple[Any, ...], timedelta]] = []

    def enqueue(self, _tx: Any, job: str, _key: str, *args: Any, delay: timedelta, **_: Any) -> None:
        assert job == "sweep"
        self.set.append((args, delay))


@pytest.fixture
def store(database_url: str) -> Iterator[SqlStore]:
    made = SqlStore(database_url)
    yield made
    made.close()


def keeper(store: SqlStore, clock: DrivenClock) -> tuple[Keeper, Enqueued]:
    jobs = Enqueued()
    return Keeper(store, jobs, clock, Keep(journal=30 * DAY, deliveries=10 * DAY, events=DAY)), jobs


def lived_through(store: SqlStore) -> None:
    """x:1 is over, x:2 is open; both with a line, a card, a reply and a lesson; and an event."""
    for number in (1, 2):
        question = opened(store, number)
        with store.transaction() as tx:
            if number == 1:
                tx.move(question, Stage.PUBLISHED)
            tx.add_entry(Entry(NOW, question.id, "triage", JournalStep.QUESTION))
            tx.learn(question.id, "no sound", "tv", NOW)
            for errand in (DeliveryKind.CARD, DeliveryKind.REPLY, DeliveryKind.REFRESH):
                key = f"{errand.value}:{number}"
                row = tx.add_delivery(key, errand, question=question.id, subject="1", pieces=(), at=NOW)
                sent = tx.delivery(row) if row and errand is not DeliveryKind.REFRESH else None
                if sent is not None:
                    tx.set_delivery(sent, DeliveryState.SENT, NOW)
            tx.first_time(f"event {number}", NOW)


def test_what_is_old_and_over_goes_and_nothing_else(store: SqlStore):
    lived_through(store)
    clock = DrivenClock(NOW + 31 * DAY)
    swept, jobs = keeper(store, clock)
    swept.begin()
    swept.sweep(*jobs.set[-1][0])
    with store.read() as tx:
        assert [len(tx.trail(f"x:{n}")) for n in (1, 2)] == [0, 1]
        assert tx.counts()["deliveries"] == {"card sent": 1, "reply sent": 2, "refresh ready": 2}
        assert [tx.lesson(f"x:{n}") for n in (1, 2)] == [("no sound", "tv")] * 2
        assert tx.post("x:1") is not None
    with store.transaction() as tx:
        assert tx.first_time("event 1", clock.at), "its id was forgotten"


def test_what_is_young_stays(store: SqlStore):
    lived_through(store)
    swept, jobs = keeper(store, DrivenClock(NOW + timedelta(hours=2)))
    swept.begin()
    swept.sweep(*jobs.set[-1][0])
    with store.read() as tx:
        assert [len(tx.trail(f"x:{n}")) for n in (1, 2)] == [1, 1]
        assert sum(tx.counts()["deliveries"].values()) == 6


def test_much_is_done_in_bites_with_a_breath_between(store: SqlStore, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeping, "BITE", 10)
    with store.transaction() as tx:
        for number in range(25):
            tx.add_entry(Entry(NOW, f"x:{number}", "triage", JournalStep.CHATTER))
    clock = DrivenClock(NOW + 31 * DAY)
    swept, jobs = keeper(store, clock)
    swept.begin()
    left = []
    for _ in range(3):
        clock.advance(seconds=1)
        swept.sweep(*jobs.set[-1][0])
        with store.read() as tx:
            left.append(sum(tx.counts()["journal"].values()))
    assert left == [15, 5, 0]
    assert [delay for _, delay in jobs.set][1:] == [timedelta(seconds=1), timedelta(seconds=1), DAY]


def test_there_is_one_sweep_however_many_houses_start(store: SqlStore):
    clock = DrivenClock(NOW)
    swept, jobs = keeper(store, clock)
    for _ in range(3):
        swept.begin()
    assert len(jobs.set) == 1
    clock.advance(days=3)  # nobody ran it for days: it was lost
    swept.begin()
    assert len(jobs.set) == 2
    swept.sweep(*jobs.set[0][0])
    assert len(jobs.set) == 2, "the former one does nothing"


def test_room_that_became_free_goes_back_to_the_disk(tmp_path: Path):
    store = SqlStore(f"sqlite:///{tmp_path / 'a.db'}")
    with store.transaction() as tx:
        for number in range(900):
            tx.add_entry(Entry(NOW, f"x:{number}", "triage", JournalStep.CHATTER, ("a word" * 100,)))
    before, _ = store.size()
    clock = DrivenClock(NOW + 31 * DAY)
    swept, jobs = keeper(store, clock)
    swept.begin()
    swept.sweep(*jobs.set[-1][0])
    after, free = store.size()
    store.close()
    assert after < before / 2
    assert free == 0
