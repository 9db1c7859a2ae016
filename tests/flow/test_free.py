"""When a person is free: the first moment at which nothing bars, whatever the clocks do."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from twelp.flow.dispatch import Moment, Unavailable, free_at
from twelp.flow.dispatch.limits import day_after
from twelp.model import Asked, Break, Expert, Holiday, QuietHours

ANN = Expert("ann", "Ann Lee", "AL", ("tv",), ZoneInfo("UTC"), daily_asks=2)
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
_WEEK, _GRID = timedelta(days=7), timedelta(minutes=15)


def _changes(zone: ZoneInfo) -> Iterator[datetime]:
    """Every change of the clock there in ten years, found by halving weeks."""
    at = FIRST
    while at < LAST:
        low, high = at, at + _WEEK
        if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
            before = low.astimezone(zone).utcoffset()
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
                low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
            yield high
        at += _WEEK


def _zones() -> dict[tuple[timedelta | None, tuple[datetime, ...]], ZoneInfo]:
    """One zone for all that differ alike from UTC and change alike in these ten years."""
    found = {}
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        found.setdefault((FIRST.astimezone(zone).utcoffset(), tuple(_changes(zone))), zone)
    return found


def _wall(at: datetime, zone: ZoneInfo) -> time:
    return at.astimezone(zone).time().replace(microsecond=0)


def _people(zone: ZoneInfo, change: datetime, dice: random.Random) -> Iterator[Expert]:
    """People whose bars begin or end about the change, by the wall before it and by the wall after it."""
    walls = [_wall(change - timedelta(seconds=1) + timedelta(minutes=m), zone) for m in (-90, -30, 0)]
    walls += [_wall(change + timedelta(minutes=m), zone) for m in (0, 29, 61)]
    missing = (datetime.combine(date(2026, 1, 1), walls[2]) + timedelta(minutes=30)).time()
    for end in (*walls, missing):
        start = (datetime.combine(date(2026, 1, 2), end) - timedelta(minutes=dice.choice([20, 150, 510, 1439]))).time()
        local = change.astimezone(zone).date()
        away: dict[str, object] = dice.choice(
            [
                {},
                {},
                {"holidays": (Holiday(local - timedelta(days=1), local - timedelta(days=dice.randrange(2))),)},
                {"breaks": (Break(change - timedelta(hours=30), change + timedelta(minutes=dice.randrange(-90, 90))),)},
            ]
        )
        yield replace(ANN, zone=zone, quiet=QuietHours(start, end), **away)  # type: ignore[arg-type]


def _bar(person: Expert, at: datetime, asked: Asked | None) -> Unavailable | None:
    return Moment(at).unavailable(person, {} if asked is None else {"ann": asked})


def _check(person: Expert, now: datetime, asked: Asked | None) -> None:
    found = free_at(person, now, asked)
    told = f"{person.zone} {person.quiet} {person.holidays} {person.breaks} {asked} at {now}: {found}"
    assert found is not None, told
    assert found >= now, told
    assert _bar(person, found, asked) is None, told
    if found > now:
        assert _bar(person, found - timedelta(microseconds=1), asked) is not None, told
    at = now
    while at < found:
        assert _bar(person, at, asked) is not None, f"{told}, though free at {at}"
        at += _GRID


def test_at_every_change_of_every_zones_clock_nobody_is_free_too_early_or_too_late():
    """Ten years of all zones; hours before, in both halves of a repeated hour, and after."""
    seen = 0
    for (_, changes), zone in _zones().items():
        for change in changes or [FIRST + timedelta(days=100)]:
            seen += 1
            dice = random.Random(f"{zone} {change}")
            for person in dice.sample(list(_people(zone, change, dice)), 4):
                now = change + timedelta(minutes=dice.choice([-1500, -180, -61, -31, -1, 0, 10, 35, 59, 61]))
                today = Asked(Moment(now).day(zone), dice.choice([0, 2, 2]))
                _check(person, now, dice.choice([None, today]))
    assert seen > 500


@pytest.mark.parametrize(
    "name",
    [
        "Europe/London",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Nuuk",
        "Asia/Beirut",
        "America/Havana",
        "Africa/Casablanca",
        "America/St_Johns",
    ],
)
def test_about_the_changes_of_a_year_every_quarter_of_an_hour_is_right(name: str):
    zone = ZoneInfo(name)
    changes = list(_changes(zone))[:2]
    assert len(changes) == 2, "one forward and one back"
    for change in changes:
        dice = random.Random(name)
        for person in _people(zone, change, dice):
            for step in range(-20, 20):
                now = change + step * timedelta(minutes=15)
                _check(person, now, Asked(Moment(now).day(zone), dice.choice([0, 2])))


def test_quiet_hours_that_end_in_the_hour_that_comes_twice_end_twice():
    """London, the last Sunday of October: 01:10 and 01:30 by summer time, and again by winter time."""
    ann = replace(ANN, zone=ZoneInfo("Europe/London"), quiet=QuietHours(time(22), time(1, 30)))
    first, second = datetime(2027, 10, 31, 0, 10, tzinfo=UTC), datetime(2027, 10, 31, 1, 10, tzinfo=UTC)
    assert free_at(ann, first) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert free_at(ann, second) == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_quiet_hours_that_end_in_the_hour_that_is_left_out_end_with_the_change():
    ann = replace(ANN, zone=ZoneInfo("Europe/London"), quiet=QuietHours(time(22), time(1, 30)))
    assert free_at(ann, datetime(2027, 3, 28, 0, 10, tzinfo=UTC)) == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


def test_a_holiday_that_ends_at_midnight_in_quiet_hours_lasts_until_morning():
    away = (Holiday(date(2027, 6, 1), date(2027, 6, 3)),)
    ann = replace(ANN, zone=ZoneInfo("Asia/Kolkata"), quiet=QuietHours(time(22), time(7, 30)), holidays=away)
    now = datetime(2027, 6, 2, 6, tzinfo=UTC)
    assert free_at(ann, now) == datetime(2027, 6, 4, 2, 0, tzinfo=UTC)


def test_who_has_no_asks_a_day_is_never_free_for_one_but_is_for_a_note():
    ann, now = replace(ANN, daily_asks=0), datetime(2027, 6, 2, 6, tzinfo=UTC)
    assert free_at(ann, now, Asked(Moment(now).day(ann.zone))) is None
    assert free_at(ann, now) == now


def test_the_next_day_begins_after_this_moment():
    for name in ("America/Havana", "America/Nuuk", "Asia/Beirut", "Pacific/Apia"):
        zone = ZoneInfo(name)
        for hour in range(24 * 366):
            now = FIRST + timedelta(hours=hour)
            assert day_after(zone, now) > now
