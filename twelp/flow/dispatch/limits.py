"""What must never be overstepped: a person's absence, their quiet hours and their own day's budget."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from twelp.model import Expert
from twelp.texts import acts

_LONGEST_DAY = timedelta(hours=25)


class Bar(Enum):
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

    def bar(self, expert: Expert, asked: Mapping[str, Sequence[datetime]]) -> Bar | None:
        """What forbids asking this person anything now; None when nothing does."""
        if expert.away_until(self.now) is not None:
            return Bar.AWAY
        if self.quiet(expert):
            return Bar.QUIET
        used_up = self.asked_today(expert, asked.get(expert.id, ())) >= expert.daily_asks
        return Bar.USED_UP if used_up else None

    def quiet(self, expert: Expert) -> bool:
        """True when it is the expert's quiet hours, in their own zone."""
        if expert.quiet is None or expert.quiet.start == expert.quiet.end:
            return False
        local = self._there(expert.zone)[1]
        start, end = expert.quiet.start, expert.quiet.end
        return start <= local < end if start < end else local >= start or local < end

    def asked_today(self, expert: Expert, hours: Sequence[datetime]) -> int:
        """How many of these asks, oldest first, fell on the expert's own calendar day."""
        if not hours:
            return 0
        midnight = self._there(expert.zone)[2]
        over = midnight + _LONGEST_DAY  # a clock that was ahead for a while has left hours that are yet to come
        return bisect_left(hours, over) - bisect_left(hours, midnight)

    def free_at(self, expert: Expert, hours: Sequence[datetime]) -> datetime:
        """The next hour at which neither absence nor quiet hours nor the day's budget speak against asking."""
        hour = expert.away_until(self.now) or self.now
        if expert.daily_asks <= Moment(hour).asked_today(expert, hours):
            tomorrow = hour.astimezone(expert.zone).date() + timedelta(days=1)
            hour = datetime.combine(tomorrow, time(), tzinfo=expert.zone).astimezone(UTC)
        if expert.quiet is not None and Moment(hour).quiet(expert):
            local = hour.astimezone(expert.zone)
            end = datetime.combine(local.date(), expert.quiet.end, tzinfo=expert.zone)
            if end <= local:
                end = datetime.combine(local.date() + timedelta(days=1), expert.quiet.end, tzinfo=expert.zone)
            hour = end.astimezone(UTC)
        return expert.away_until(hour) or hour

    def _there(self, zone: ZoneInfo) -> tuple[datetime, time, datetime]:
        found = self._zones.get(zone)
        if found is None:
            local = self.now.astimezone(zone)
            midnight = datetime.combine(local.date(), time(), tzinfo=zone).astimezone(UTC)
            found = self._zones[zone] = (local, local.time(), midnight)
        return found


def refusal(expert: Expert, asked: Mapping[str, Sequence[datetime]], now: datetime) -> str:
    """Why this person must not be asked anything now, in words for a colleague; empty when they may."""
    moment, who = Moment(now), expert.name
    match moment.bar(expert, asked):
        case Bar.AWAY:
            back = (expert.away_until(now) or now).astimezone(expert.zone)
            until = acts.WEEKDAY_AND_HOUR(weekday=acts.WEEKDAYS[back.weekday()], hour=f"{back:%H:%M}")
            return acts.IS_AWAY(who=who, until=until)
        case Bar.QUIET:
            return acts.IS_QUIET(who=who, hour=f"{moment.local(expert.zone):%H:%M}")
        case Bar.USED_UP:
            return acts.IS_USED_UP(who=who, asks=expert.daily_asks)
        case None:
            return ""


def quiet(expert: Expert, now: datetime) -> bool:
    """True when it is the expert's quiet hours, in their own zone."""
    return Moment(now).quiet(expert)


def asked_today(expert: Expert, hours: Sequence[datetime], now: datetime) -> int:
    """How many of these asks fell on the expert's own calendar day."""
    return Moment(now).asked_today(expert, hours)


def free_at(expert: Expert, hours: Sequence[datetime], now: datetime) -> datetime:
    """The next hour at which neither absence nor quiet hours nor the day's budget speak against asking."""
    return Moment(now).free_at(expert, hours)
