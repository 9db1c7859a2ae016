"""Slack's rates are kept by ourselves: who is early has an hour of their own, and nobody else takes it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import DrivenClock
from twelp.adapters.slack.pace import Pace
from twelp.errors import StoreError, TryAgain


@pytest.fixture
def pace(clock: DrivenClock) -> Pace:
    return Pace(clock)


def test_a_channel_has_a_message_a_second_after_a_short_burst(pace: Pace, clock: DrivenClock) -> None:
    hours = [pace.turn("chat.postMessage", "D1", f"card {n}") for n in range(5)]
    assert hours[:2] == [None] * 2
    assert [hour - clock.at for hour in hours[2:] if hour] == [timedelta(seconds=n) for n in (1, 2, 3)]
    assert pace.turn("chat.postMessage", "D2", "another's") is None


def test_who_was_promised_an_hour_has_it_whoever_else_comes(pace: Pace, clock: DrivenClock) -> None:
    for n in range(50):
        assert pace.turn("chat.update", "", f"card {n}") is None
    promised = pace.turn("chat.update", "", "mine")
    assert promised is not None
    assert pace.turn("chat.update", "", "mine") == promised
    clock.at = promised
    later = pace.turn("chat.update", "", "yours")
    assert pace.turn("chat.update", "", "mine") is None
    assert later is not None
    assert later > promised


def test_who_was_held_up_does_not_come_all_at_once(pace: Pace, clock: DrivenClock) -> None:
    for n in range(12):
        pace.turn("chat.postMessage", "D1", f"card {n}")
    clock.advance(seconds=30)
    again = [pace.turn("chat.postMessage", "D1", f"card {n}") for n in range(2, 12)]
    assert again.count(None) == 3
    clock.advance(seconds=1)
    assert [pace.turn("chat.postMessage", "D1", f"card {n}") for n in range(5, 12)].count(None) == 1


def test_a_clock_that_is_put_back_promises_anew(pace: Pace, clock: DrivenClock) -> None:
    right = clock.at
    clock.advance(hours=5)
    hours = [pace.turn("chat.update", "", f"card {n}") for n in range(60)]
    assert hours[-1] is not None
    clock.at = right
    assert pace.turn("chat.update", "", "card 59") is None


def test_where_limits_are_lifted_nobody_waits(clock: DrivenClock) -> None:
    pace = Pace(clock, kept=False)
    assert [pace.turn("chat.update", "", str(n)) for n in range(500)] == [None] * 500


def test_nothing_is_called_while_the_database_is_away(clock: DrivenClock):
    class Away:
        def turns(self, name: str, **_: Any) -> tuple[int, float]:
            raise StoreError("the connection is lost", away=True)

    with pytest.raises(TryAgain, match="cannot be asked"):
        Pace(clock, budgets=Away()).turn("chat.update", "", "a card")  # type: ignore[arg-type]
