"""Slack's documented rates, kept before Slack has to remind us: who is early is told at which hour it is their turn.

Each call that must wait is promised an hour of its own, so that a hundred which wait do not all come back at once. The
rates are for a workspace and its app: where several processes share a database, they share them there, too, and take
what goes quickly several turns at a time. Source: docs.slack.dev/apis/web-api/rate-limits (tiers a minute; messages:
one a second in a channel, several hundred a minute in all; short bursts are let through).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final

from twelp.errors import StoreError, TryAgain
from twelp.ports import Clock
from twelp.ports.budgets import Budgets


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

_KEPT_FOR: Final = timedelta(seconds=2)
"""For so long a process keeps turns that it took; those it does not need by then are lost to all."""


class Pace:
    """Whose turn it is. Methods may be called from any thread.

    Args:
        clock: the hour.
        kept: False where Slack's limits are lifted.
        budgets: what all processes share; None: there is one.
    """

    def __init__(self, clock: Clock, *, kept: bool = True, budgets: Budgets | None = None) -> None:
        self.kept = kept
        self._budgets = budgets
        self._stock: dict[str, tuple[int, datetime]] = {}
        self._refused: dict[str, datetime] = {}
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

        Raises:
            TryAgain: what all processes share cannot be asked.
        """
        if not self.kept or method not in RATES:
            return None
        now = self._clock.now()
        with self._lock:
            self._look_at_the_clock(now)
            at = self._promised.pop((method, what), None) or self._next(method, channel, now)
            if at <= now + _EARLY:
                at = self._made(method, channel, now)  # those who were held up all come at once
            if at > now:
                self._promised[method, what] = at
                return at
        shared_at = self._shared(method, channel, now)
        if shared_at is not None:
            with self._lock:
                self._promised[method, what] = shared_at
        return shared_at

    def _shared(self, method: str, channel: str, now: datetime) -> datetime | None:
        """None: it is our turn among all processes, too. Else when it may be."""
        if self._budgets is None:
            return None
        taken: list[str] = []
        try:
            for name, rate in _rates(method, channel):
                at = self._take(self._budgets, name, rate, now, several=name == method)
                if at is not None:
                    self._put_back(taken, now)
                    return at
                taken.append(name)
        except StoreError as error:
            raise TryAgain(f"{method}: the rates that all processes share cannot be asked ({error})") from error
        return None

    def _take(self, budgets: Budgets, name: str, rate: Rate, now: datetime, *, several: bool) -> datetime | None:
        """Takes one turn, of those in stock if there is one; else the hour at which to come again."""
        with self._lock:
            left, until = self._stock.get(name, (0, now))
            if left and now < until <= now + _KEPT_FOR:
                self._stock[name] = (left - 1, until)
                return None
        every, most = _every(rate), max(1, rate.per_minute // 30) if several else 1
        count, wait_s = budgets.turns(
            f"slack:{name}", every_s=every.total_seconds(), burst=rate.burst, most=most, now=now
        )
        with self._lock:
            if count:
                self._stock[name] = (count - 1, now + _KEPT_FOR)
                return None
            at = max(now + timedelta(seconds=wait_s), self._refused.get(name, now)) + _EARLY
            self._refused[name] = min(at + every, now + timedelta(minutes=1))  # who comes next is told a later hour
            return at

    def _put_back(self, names: Sequence[str], now: datetime) -> None:
        """Turns that were taken in vain, as another rate had none."""
        with self._lock:
            for name in names:
                left, until = self._stock.get(name, (0, now))
                self._stock[name] = (left + 1, max(until, now + _EARLY))

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
            self._stock.clear()
            self._refused.clear()
        self._seen = now
        if len(self._promised) > _MOST:
            self._promised = {call: at for call, at in self._promised.items() if at > now}
        if len(self._full) > _MOST:
            self._full = {name: at for name, at in self._full.items() if at > now}
            self._real = {name: at for name, at in self._real.items() if at > now}
            self._stock = {name: kept for name, kept in self._stock.items() if kept[1] > now}
            self._refused = {name: at for name, at in self._refused.items() if at > now}


def _rates(method: str, channel: str) -> Iterator[tuple[str, Rate]]:
    yield method, RATES[method]
    if method in IN_A_CHANNEL:
        yield f"{method} {channel}", IN_A_CHANNEL[method]


def _every(rate: Rate) -> timedelta:
    return timedelta(minutes=1) / rate.per_minute
