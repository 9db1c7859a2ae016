"""What X and Slack allow is one budget, however many processes spend it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import DrivenClock
from twelp.adapters.slack.pace import IN_A_CHANNEL, RATES, Pace, Rate
from twelp.adapters.store import SharedBudgets, SqlStore

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.fixture
def budgets(database_url: str) -> Iterator[SharedBudgets]:
    store = SqlStore(database_url)
    yield SharedBudgets(store)
    store.close()


def test_a_rate_gives_its_burst_once_and_then_one_at_a_time(budgets: SharedBudgets, clock: DrivenClock):
    rate: dict[str, Any] = {"every_s": 2.0, "burst": 5}
    assert budgets.turns("r", **rate, most=3, now=clock.at) == (3, 0.0)
    assert budgets.turns("r", **rate, most=3, now=clock.at) == (2, 0.0)
    assert budgets.turns("r", **rate, most=3, now=clock.at) == (0, pytest.approx(2.0))
    assert budgets.turns("another", **rate, most=1, now=clock.at) == (1, 0.0)
    clock.advance(seconds=1.5)
    assert budgets.turns("r", **rate, most=3, now=clock.at) == (0, pytest.approx(0.5))
    clock.advance(seconds=0.5)
    assert budgets.turns("r", **rate, most=3, now=clock.at) == (1, 0.0)
    clock.advance(hours=1)
    assert budgets.turns("r", **rate, most=9, now=clock.at) == (5, 0.0)


def test_a_clock_that_is_hours_ahead_takes_nothing_from_the_others(budgets: SharedBudgets, clock: DrivenClock):
    rate: dict[str, Any] = {"every_s": 2.0, "burst": 5, "most": 5}
    assert budgets.turns("r", **rate, now=clock.at + timedelta(hours=3)) == (5, 0.0)
    assert budgets.turns("r", **rate, now=clock.at) == (5, 0.0)
    assert budgets.spend("w", clock.at + timedelta(days=2)) is None
    budgets.told("w", 0, clock.at + timedelta(days=2))
    assert budgets.spend("w", clock.at) is None


def test_many_at_once_get_no_more_than_there_is(budgets: SharedBudgets, clock: DrivenClock):
    budgets.spend("w", clock.at)
    budgets.told("w", 7, clock.at + timedelta(minutes=15))
    with ThreadPoolExecutor(12) as threads:
        taken = threads.map(lambda _: budgets.turns("r", every_s=9, burst=20, most=3, now=clock.at)[0], range(24))
        spent = threads.map(lambda _: budgets.spend("w", clock.at), range(24))
        assert (sum(taken), list(spent).count(None)) == (20, 7)


def test_a_window_counts_down_and_is_put_right_downwards_until_the_next(budgets: SharedBudgets, clock: DrivenClock):
    ends = clock.at + timedelta(minutes=15)
    assert [budgets.spend("w", clock.at) for _ in range(3)] == [None] * 3, "nothing is known of it"
    budgets.told("w", 4, ends)  # as the first of the three left it
    assert [budgets.spend("w", clock.at) for _ in range(3)] == [None, None, ends]
    budgets.told("w", 3, ends + timedelta(seconds=1))
    budgets.untold("w")
    assert budgets.spend("w", clock.at) == ends
    clock.at = ends + timedelta(seconds=1)
    assert budgets.spend("w", clock.at) is None, "nothing is known of the next one"
    budgets.told("w", 299, ends + timedelta(minutes=15))
    budgets.told("w", 0, ends)  # comes late
    assert budgets.spend("w", clock.at) is None


def test_two_processes_together_keep_slacks_rates(budgets: SharedBudgets, clock: DrivenClock):
    """By an account of every call that any of them was let through."""
    both = [Pace(clock, budgets=budgets) for _ in range(2)]
    made: dict[str, list[datetime]] = {}
    dice, waiting = random.Random(3), [(n, f"D{n % 4}") for n in range(90)]
    due = {n: clock.at for n, _ in waiting}
    for _ in range(2_000):
        for n, channel in [one for one in waiting if due[one[0]] <= clock.at]:
            method = "chat.postMessage" if n % 2 else "chat.update"
            at = both[dice.randrange(2)].turn(method, channel, str(n))
            if at is None:
                waiting.remove((n, channel))
                made.setdefault(method, []).append(clock.at)
                if method in IN_A_CHANNEL:
                    made.setdefault(f"{method} {channel}", []).append(clock.at)
            else:
                due[n] = at
        if not waiting:
            break
        clock.advance(seconds=0.1)
    assert not waiting, "everybody has their turn"
    for name, hours in made.items():
        rate = RATES[name] if name in RATES else IN_A_CHANNEL[name.partition(" ")[0]]
        assert _kept(sorted(hours), rate), name


def _kept(hours: list[datetime], rate: Rate) -> bool:
    """Whether no span of time saw more than its burst and what came meanwhile; turns are kept for two seconds."""
    every, spare = 60 / rate.per_minute, 2 + rate.per_minute // 30
    return all(
        later - earlier + 1 <= rate.burst + (hours[later] - hours[earlier]).total_seconds() / every + spare
        for earlier in range(len(hours))
        for later in range(earlier, len(hours))
    )
