"""Asks are counted by expert and day: no budget is overdrawn by two at once, and no count strays from the asks."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from twelp.adapters.store import SqlStore, SqlTx
from twelp.adapters.store.queries.counts import UPGRADED
from twelp.model import Asked, AskRole, AskState
from twelp.ports import Conflict, Place

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = NOW.replace(hour=0)
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def store(database_url: str):
    made = SqlStore(database_url)
    yield made
    made.close()


def ask(
    tx: SqlTx, question: str, expert: str = "ann", *, most: int | None = 2, at: datetime = NOW, counted=True
) -> int:
    made = tx.add_ask(question, expert, role=AskRole.ANSWER, wave=1, reasons=[], at=at)
    day = DAY if at < NEXT else NEXT
    if counted:
        tx.count_ask(expert, day=day, until=day + timedelta(days=1), at=at, most=most)
    return made.id


def known(store: SqlStore, expert: str = "ann") -> Asked | None:
    with store.read() as tx:
        return tx.asked([expert, "nobody"], NOW).get(expert)


def test_what_is_asked_is_counted_and_no_more_than_the_budget(store: SqlStore):
    for number in range(2):
        with store.transaction() as tx:
            ask(tx, f"x:{number}")
    assert known(store) == Asked(DAY, 2, NOW)
    with pytest.raises(Conflict), store.transaction() as tx:
        ask(tx, "x:3")
    with store.read() as tx:
        assert tx.asks("x:3") == []
    with store.transaction() as tx:
        ask(tx, "x:4", most=None)
    assert known(store) == Asked(DAY, 3, NOW)


def test_two_at_once_do_not_overdraw_a_budget_nor_wait_for_each_other_for_ever(store: SqlStore):
    """Each asks the same two people, in another order, of whom each has one ask left."""
    meet = threading.Barrier(2) if not store.sqlite else threading.Barrier(1)
    ended: list[str] = []

    def work(number: int) -> None:
        people = ["ann", "bob"] if number else ["bob", "ann"]
        try:
            with store.transaction() as tx:
                for person in people:
                    ask(tx, f"x:{number}", person, most=1)
                meet.wait(10)
            ended.append("asked")
        except Conflict:
            ended.append("overtaken")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(ended) == ["asked", "overtaken"]
    assert (known(store, "ann"), known(store, "bob")) == (Asked(DAY, 1, NOW), Asked(DAY, 1, NOW))


def test_an_ask_that_never_reached_anybody_is_taken_off_once_and_one_that_did_is_not(store: SqlStore):
    with store.transaction() as tx:
        unsent, sent = ask(tx, "x:1"), ask(tx, "x:2")
        tx.set_ask(sent, place=Place("D1", "1.2"))
    for _ in range(2):
        with store.transaction() as tx:
            tx.set_ask(unsent, state=AskState.CLOSED)
            tx.set_ask(sent, state=AskState.CLOSED)
    assert known(store) == Asked(DAY, 1, NOW)
    with store.read() as tx:
        assert tx.asks_of_day("ann", DAY, NEXT) == Asked(DAY, 1, NOW)
        assert tx.asks_since(DAY) == {"ann": [NOW]}
        assert tx.asked_hours("ann", DAY) == [NOW]


def test_a_new_day_begins_with_no_asks(store: SqlStore):
    with store.transaction() as tx:
        ask(tx, "x:1")
        ask(tx, "x:2")
    with store.transaction() as tx:
        ask(tx, "x:3", at=NEXT + timedelta(hours=1))
    assert known(store) == Asked(NEXT, 1, NEXT + timedelta(hours=1))


def test_asks_that_nobody_counted_count_when_the_next_is_asked(store: SqlStore):
    with store.transaction() as tx:
        ask(tx, "x:1", counted=False)
        ask(tx, "x:2", counted=False)
    with pytest.raises(Conflict), store.transaction() as tx:
        ask(tx, "x:3")
    with store.transaction() as tx:
        tx.keep_counts({"ann": Asked(DAY, 2, NOW)})
    assert known(store) == Asked(DAY, 2, NOW)


def test_for_two_days_after_an_upgrade_the_asks_of_an_older_process_count(store: SqlStore):
    with store.transaction() as tx:
        until = (NOW + timedelta(days=2)).isoformat()
        tx.connection.execute(
            sa.text("INSERT INTO twelp_house (name, value) VALUES (:n, :v)"), {"n": UPGRADED, "v": until}
        )
        ask(tx, "x:1")
    with store.transaction() as tx:
        ask(tx, "x:2", counted=False)  # as the older one does
    with pytest.raises(Conflict), store.transaction() as tx:
        assert tx.asked(["ann"], NOW)["ann"].count == 0  # nothing sure is known
        ask(tx, "x:3")
    with store.transaction() as tx:
        tx.asked(["ann"], NOW + timedelta(days=2))
        ask(tx, "x:4", at=NEXT + timedelta(hours=1))
