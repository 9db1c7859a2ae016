"""Counts that many add to at once lose nothing and hold nobody up, on each database."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from twelp.adapters.store import SqlStore
from twelp.model import Count, Dimension, Figure

DAY = "2026-11-30"
HOURS = [Count(DAY, Dimension.HOUR, f"{hour:02}", Figure.POSTS) for hour in range(10)]


def test_transactions_at_once_add_up_whatever_their_order(database_url: str) -> None:
    store = SqlStore(database_url)

    def add(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(20):
            with store.transaction(durable=False) as tx:
                tx.count(dice.sample(HOURS, 6))
                tx.count(HOURS[:1])

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(add, range(6)))
    with store.read() as tx:
        found = tx.counted(Dimension.HOUR, DAY, "2026-12-01")
    store.close()
    assert sum(counts[Figure.POSTS] for counts in found.values()) == 6 * 20 * 7


def test_only_the_days_and_the_value_that_were_asked_for_are_told(database_url: str) -> None:
    store = SqlStore(database_url)
    with store.transaction() as tx:
        for day in ("2026-11-28", "2026-11-29", DAY):
            tx.count([Count(day, Dimension.PERSON, who, Figure.ASKED) for who in ("ann", "bob")])
    with store.read() as tx:
        assert tx.counted(Dimension.PERSON, "2026-11-29", "2026-12-01", "ann") == {"ann": {Figure.ASKED: 2}}
        assert tx.counted(Dimension.TOPIC, "2026-11-29", "2026-12-01") == {}
        each_day = tx.counted_each_day(Dimension.PERSON, "2026-11-28", "2026-11-29")
    store.close()
    assert each_day == {("2026-11-28", who): {Figure.ASKED: 1} for who in ("ann", "bob")}


def test_a_transaction_that_fails_counts_nothing(database_url: str) -> None:
    store = SqlStore(database_url)
    with pytest.raises(ZeroDivisionError), store.transaction() as tx:
        tx.count(HOURS)
        raise ZeroDivisionError
    with store.read() as tx:
        assert tx.counted(Dimension.HOUR, DAY, "2026-12-01") == {}
    store.close()


def test_a_figure_of_a_newer_version_is_left_out(database_url: str) -> None:
    store = SqlStore(database_url)
    with store.transaction() as tx:
        tx.count(HOURS[:1])
        tx.connection.exec_driver_sql(
            "INSERT INTO twelp_count (dimension, day, value, figure, part, times)"
            f" VALUES ('hour', '{DAY}', '00', 'applauded', 3, 9)"
        )
    with store.read() as tx:
        assert tx.counted(Dimension.HOUR, DAY, "2026-12-01") == {"00": {Figure.POSTS: 1}}
    store.close()
