"""Calls that are held back while they fail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import DrivenClock
from twelp.errors import Locked, RemoteError, TryAgain
from twelp.wiring.circuit import Circuit


class Away:
    """Carries out everything but what is asked for under these names."""

    def __init__(self, error: RemoteError, *names: str) -> None:
        self.error = error
        self.names = set(names)
        self.tried: list[str] = []
        self.done: list[str] = []

    def send(self, name: str) -> None:
        self.tried.append(name)
        if name in self.names:
            raise self.error
        self.done.append(name)


@pytest.mark.parametrize("error", [TryAgain("answered 500"), Locked("no_permission")])
def test_calls_that_always_fail_keep_no_other_from_its_turn(clock: DrivenClock, error: RemoteError) -> None:
    """Two that nothing helps come right when the pause ends, each time; the good one a little later."""
    away = Away(error, "bad", "worse")
    line = Circuit(away, ("send",), clock)
    due = {"bad": clock.at, "worse": clock.at, "good": clock.at + timedelta(minutes=10, seconds=29)}
    for _ in range(200):
        name = min(due, key=lambda one: due[one])
        clock.at = max(clock.at, due[name])
        try:
            line.send(name)
        except TryAgain as told:
            wait_s = told.after_s or 60.0
            due[name] = clock.at + timedelta(seconds=wait_s * (1.2 if name == "good" else 1))
        except Locked:
            due[name] = clock.at + timedelta(minutes=1)
        else:
            break
    assert away.done == ["good"]


def test_while_everything_fails_one_at_a_time_is_tried(clock: DrivenClock) -> None:
    away = Away(TryAgain("answered 500"), *map(str, range(20)))
    line = Circuit(away, ("send",), clock)
    for second in range(600):
        clock.advance(seconds=1)
        with pytest.raises(TryAgain):
            line.send(str(second % 20))
    assert len(away.tried) <= 4 + 4 + 600 // 60 + 1
    assert len(set(away.tried)) > 10
