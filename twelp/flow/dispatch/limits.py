"""What must never be overstepped: a person's absence, their quiet hours and their own day's budget.

`free` tells when none of the three bars any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from twelp.model import Asked, Expert, QuietHours
from twelp.texts import acts


class Unavailable(Enum):
    """What forbids asking somebody."""

    AWAY = auto()
    QUIET = auto()
    USED_UP = auto()


class Moment:
    """One moment on everybody's own clock; each zone is looked up once, however many people live there."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._zones: dict[ZoneInfo, tuple[datetime, time, datetime]] = {}

    def local(self, zone: ZoneInfo) -> datetime:
        """The hour there."""
        return self._there(zone)[0]

    def day(self, zone: ZoneInfo) -> datetime:
        """When the present calendar day began there, aware UTC."""
        return self._there(zone)[2]

    def unavailable(self, expert: Expert, asked: Mapping[str, Asked]) -> Unavailable | None:
        """What forbids asking this person anything now; None when nothing does."""
        resting = self.rests(expert)
        if resting is not None:
            return resting
        return Unavailable.USED_UP if self.asked_today(expert, asked.get(expert.id)) >= expert.daily_asks else None

    def rests(self, expert: Expert) -> Unavailable | None:
        """What forbids writing to this person now, whatever was asked of them; None when nothing does."""
        if expert.away_until(self.now) is not None:
            return Unavailable.AWAY
        return Unavailable.QUIET if self.quiet(expert) else None

    def quiet(self, expert: Expert) -> bool:
        """True when it is the expert's quiet hours, in their own zone."""
        return expert.quiet is not None and within(expert.quiet, self._there(expert.zone)[1])

    def asked_today(self, expert: Expert, asked: Asked | None) -> int:
        """How many of these asks fell on the expert's own calendar day."""
        return asked.count if asked is not None and asked.day == self._there(expert.zone)[2] else 0

    def _there(self, zone: ZoneInfo) -> tuple[datetime, time, datetime]:
        found = self._zones.get(zone)
        if found is None:
            local = self.now.astimezone(zone)
            midnight = datetime.combine(local.date(), time(), tzinfo=zone).astimezone(UTC)
            found = self._zones[zone] = (local, local.time(), midnight)
        return found


def within(quiet: QuietHours, hour: time) -> bool:
    """Whether that hour of a person's own clock is one of their quiet hours; none is when they end as they begin.

    >>> within(QuietHours(time(22), time(7)), time(6, 59)), within(QuietHours(time(22), time(7)), time(7))
    (True, False)
    """
    if quiet.start <= quiet.end:
        return quiet.start <= hour < quiet.end
    return hour >= quiet.start or hour < quiet.end


def asks_of_day(zone: ZoneInfo, hours: Iterable[datetime], now: datetime) -> Asked:
    """What these asks, oldest first, come to on the calendar day that it is there.

    An hour that is yet to come counts: a clock that was ahead for a while leaves such.
    """
    day, last = Moment(now).day(zone), None
    count, over = 0, day_after(zone, now)
    for last in hours:
        count += day <= last < over
    return Asked(day, count, last)


def day_after(zone: ZoneInfo, now: datetime) -> datetime:
    """When the next calendar day begins there, aware UTC."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=zone).astimezone(UTC)


def refusal(expert: Expert, asked: Mapping[str, Asked], now: datetime) -> str | None:
    """Why this person must not be asked anything now, in words for a colleague; None when they may."""
    bar = Moment(now).unavailable(expert, asked)
    return None if bar is None else worded(bar, expert, now)


def worded(bar: Unavailable, expert: Expert, now: datetime) -> str:
    """What forbids asking this person, in words for a colleague."""
    who = expert.name
    match bar:
        case Unavailable.AWAY:
            back = (expert.away_until(now) or now).astimezone(expert.zone)
            until = acts.WEEKDAY_AND_HOUR(weekday=acts.WEEKDAYS[back.weekday()], hour=f"{back:%H:%M}")
            return acts.IS_AWAY(who=who, until=until)
        case Unavailable.QUIET:
            return acts.IS_QUIET(who=who, hour=f"{now.astimezone(expert.zone):%H:%M}")
        case Unavailable.USED_UP:
            return acts.IS_USED_UP(who=who, asks=expert.daily_asks)


def quiet(expert: Expert, now: datetime) -> bool:
    """True when it is the expert's quiet hours, in their own zone."""
    return Moment(now).quiet(expert)
