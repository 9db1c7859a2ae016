"""Hours of the day at which nobody who is needed is awake, told in few lines and in one clock.

Quiet hours are the same every day of the week, so one day tells the week. Clocks change apart from one another, so a
day of winter and a day of summer are both looked at, and what is missing in either is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from twelp.model import Expert, QuietHours

_DAY: Final = 24 * 60
_ALL: Final = (1 << _DAY) - 1
_SEASONS: Final = (datetime(2026, 1, 15, 12, tzinfo=UTC), datetime(2026, 7, 15, 12, tzinfo=UTC))
_SHORTEST: Final = 15
"""Minutes; a shorter gap is not told of."""

_MOST_TOLD: Final = 4
"""Groups of topics with hours of their own that get a line each."""

_MOST_NAMED: Final = 4


def usual_zone(experts: Iterable[Expert]) -> ZoneInfo:
    """The zone most of them live in, in whose clock gaps are told; the first of the file where two are as common."""
    return Counter(expert.zone for expert in experts).most_common(1)[0][0]


def gaps(experts: Iterable[Expert], zone: ZoneInfo) -> str:
    """When none of these is awake, as hours on that zone's clock: `22:00-08:00`; empty when somebody always is."""
    awake = {(expert.zone, expert.quiet) for expert in experts}
    missing = 0
    for season in range(len(_SEASONS)):
        present = 0
        for there, quiet in awake:
            present |= _awake(there, quiet, season)
        missing |= _turned(~present & _ALL, _ahead(zone, season))
    return ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in _spans(missing))


def by_gap(topics: Mapping[str, Sequence[Expert]], zone: ZoneInfo) -> list[tuple[str, list[str]]]:
    """Topics by their gap, the most topics first; topics without anybody, or without a gap, are left out."""
    found: dict[str, list[str]] = {}
    for topic, experts in topics.items():
        hours = gaps(experts, zone) if experts else ""
        if hours:
            found.setdefault(hours, []).append(topic)
    return sorted(found.items(), key=lambda group: -len(group[1]))


def lines(groups: Sequence[tuple[str, list[str]]], zone: ZoneInfo) -> list[str]:
    """What is said of those groups, in a few lines."""
    told = [f"nobody can be asked about {_named(topics)} at {hours} ({zone})" for hours, topics in groups[:_MOST_TOLD]]
    rest = [topic for _, topics in groups[_MOST_TOLD:] for topic in topics]
    return [*told, f"nobody can be asked about {_named(rest)} at other hours of the day"] if rest else told


def _named(topics: Sequence[str]) -> str:
    more = len(topics) - _MOST_NAMED
    shown = ", ".join(f'"{topic}"' for topic in topics[:_MOST_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown


@lru_cache(4096)
def _awake(zone: ZoneInfo, quiet: QuietHours | None, season: int) -> int:
    """The minutes of a day in UTC at which somebody with these quiet hours is awake, a bit each."""
    if quiet is None or quiet.start == quiet.end:
        return _ALL
    start, end = (at.hour * 60 + at.minute for at in (quiet.start, quiet.end))
    asleep = _ones(start, end) if start < end else _ones(start, _DAY) | _ones(0, end)
    return _turned(~asleep & _ALL, -_ahead(zone, season))


def _ones(start: int, end: int) -> int:
    return (1 << end) - (1 << start)


def _turned(minutes: int, later: int) -> int:
    """The same minutes on a clock that is `later` by so many minutes."""
    by = later % _DAY
    return ((minutes << by) | (minutes >> (_DAY - by))) & _ALL


def _ahead(zone: ZoneInfo, season: int) -> int:
    offset = _SEASONS[season].astimezone(zone).utcoffset()
    return round(offset.total_seconds() / 60) if offset is not None else 0


def _spans(minutes: int) -> list[tuple[int, int]]:
    """Runs of minutes, from and to, over midnight as one."""
    if minutes in (0, _ALL):
        return [(0, _DAY)] if minutes else []
    first_awake = next(at for at in range(_DAY) if not minutes >> at & 1)
    spans, start = list[tuple[int, int]](), -1
    for at in range(first_awake, first_awake + _DAY + 1):
        asleep = bool(minutes >> (at % _DAY) & 1)
        if asleep and start < 0:
            start = at
        elif not asleep and start >= 0:
            if at - start >= _SHORTEST:
                spans.append((start, at))
            start = -1
    return sorted((start % _DAY, end % _DAY) for start, end in spans)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
