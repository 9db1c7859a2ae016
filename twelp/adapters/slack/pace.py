"""Slack's documented rates, kept before Slack has to remind us: who is early is told at which hour it is their turn.

Each call that must wait is promised an hour of its own, so that a hundred which wait do not all come back at once. The
rates are for a workspace and its app; several processes keep them each for themselves, and the refusals that may follow
are obeyed as ever. Source: docs.slack.dev/apis/web-api/rate-limits (tiers a minute; messages: one a second in a
channel, several hundred a minute in all; short bursts are let through).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final

from twelp.ports import Clock


@dataclass(frozen=True, slots=True)
class Rate:
    """`per_minute` calls a minute, `burst` of them at once after a rest."""

    per_minute: int
    burst: int


RATES: Final = {
    "chat.postMessage": Rate(300, 100),
    "chat.update": Rate(50, 50),
    "conversations.history": Rate(50, 50),
    "conversations.open": Rate(50, 50),
    "views.publish": Rate(100, 50),
}
IN_A_CHANNEL: Final = {"chat.postMessage": Rate(60, 2)}
_PUT_BACK: Final = timedelta(seconds=5)
_EARLY: Final = timedelta(milliseconds=50)
_MOST: Final = 20_000
"""Promises that are remembered."""


class Pace:
    """Whose turn it is. Methods may be called from any thread.

    Args:
        clock: the hour.
        kept: False where Slack's limits are lifted.
    """

    def __init__(self, clock: Clock, *, kept: bool = True) -> None:
        self.kept = kept
        self._clock = clock
        self._lock = Lock()
        self._full: dict[str, datetime] = {}
        self._real: dict[str, datetime] = {}
        self._promised: dict[tuple[str, str], datetime] = {}
        self._seen = datetime.min.replace(tzinfo=UTC)

    def turn(self, method: str, channel: str, what: str) -> datetime | None:
        """None: now. Else the hour at which to come again, which is this call's alone.

        Args:
            method: one without a rate is always let through.
            channel: where a message goes to.
            what: tells the call from others of the method.
        """
        if not self.kept or method not in RATES:
            return None
        now = self._clock.now()
        with self._lock:
            self._look_at_the_clock(now)
            at = self._promised.pop((method, what), None) or self._next(method, channel, now)
            if at <= now + _EARLY:
                at = self._made(method, channel, now)  # those who were held up all come at once
            if at <= now:
                return None
            self._promised[method, what] = at
            return at

    def _next(self, method: str, channel: str, now: datetime) -> datetime:
        """The first hour at which every rate has room, taken."""
        rates = list(_rates(method, channel))
        at = max(self._full.get(name, now) - (rate.burst - 1) * _every(rate) for name, rate in rates)
        at = max(now, at)
        for name, rate in rates:
            self._full[name] = max(self._full.get(name, now), at) + _every(rate)
        return at

    def _made(self, method: str, channel: str, now: datetime) -> datetime:
        """Not after `now`: the call is counted as made. Else when there is room after those that were really made."""
        rates = list(_rates(method, channel))
        at = max(self._real.get(name, now) - rate.burst * _every(rate) for name, rate in rates)
        if at <= now:
            for name, rate in rates:
                self._real[name] = max(self._real.get(name, now), now) + _every(rate)
        return at

    def _look_at_the_clock(self, now: datetime) -> None:
        """What was promised by a clock that has been put back is not kept; what nobody came for is forgotten."""
        if now + _PUT_BACK < self._seen:
            self._full.clear()
            self._real.clear()
            self._promised.clear()
        self._seen = now
        if len(self._promised) > _MOST:
            self._promised = {call: at for call, at in self._promised.items() if at > now}
        if len(self._full) > _MOST:
            self._full = {name: at for name, at in self._full.items() if at > now}
            self._real = {name: at for name, at in self._real.items() if at > now}


def _rates(method: str, channel: str) -> Iterator[tuple[str, Rate]]:
    yield method, RATES[method]
    if method in IN_A_CHANNEL:
        yield f"{method} {channel}", IN_A_CHANNEL[method]


def _every(rate: Rate) -> timedelta:
    return timedelta(minutes=1) / rate.per_minute
