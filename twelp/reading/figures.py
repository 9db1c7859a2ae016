"""Figures of some days, from what was counted as it happened: they cost the same however much there is behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from twelp.model import LONGER, WITHIN_S, Dimension, Figure
from twelp.ports.counts import CountsTx


class By(StrEnum):
    """By what figures are told. HOUR: of the day, `00` to `23`; HOUR_OF_WEEK: `1 00` (Monday) to `7 23`; WEEK: as ISO
    8601 counts them, `2026-W49`; all in UTC."""

    DAY = "day"
    WEEK = "week"
    HOUR = "hour"
    HOUR_OF_WEEK = "hour of the week"
    KIND = "kind"
    TOPIC = "topic"
    LANGUAGE = "language"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Row:
    """One value of what figures are told by, and how often what happened there; what never did is left out."""

    value: str
    counts: Mapping[Figure, int]


@dataclass(frozen=True, slots=True)
class Waits:
    """How soon first public answers came, from the customer's post on.

    Attributes:
        answers: how many there were.
        p50_s: half of them came within so many seconds, rounded up to a span of `WITHIN_S`; None where there was none,
            or it took longer than the longest.
        p90_s: nine of ten, likewise.
    """

    answers: int
    p50_s: int | None
    p90_s: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures from `since` on and before `until`, days in UTC: `rows` in the order of their values."""

    by: By
    since: date
    until: date
    rows: tuple[Row, ...]
    total: Mapping[Figure, int]
    waits: Waits


def read_figures(tx: CountsTx, by: By, since: date, until: date, person: str | None = None) -> Figures:
    """What was counted in those days.

    A person's own figures are for themselves: ask for one `person` (with `By.PERSON`) where others look.
    """
    days = since.isoformat(), until.isoformat()
    match by:
        case By.DAY | By.WEEK | By.HOUR_OF_WEEK:
            each_day = tx.counted_each_day(Dimension.HOUR, *days)
            rows = _summed((_span(by, day, hour), found) for (day, hour), found in each_day.items())
        case By.PERSON:
            rows = _summed(tx.counted(Dimension.PERSON, *days, person).items())
        case _:
            rows = _summed(tx.counted(Dimension(by.value), *days).items())
    hours = tx.counted(Dimension.HOUR, *days)
    total = _summed(("", found) for found in hours.values())
    return Figures(by, since, until, rows, total[0].counts if total else {}, _waits(tx, *days))


def today(tx: CountsTx, now: datetime) -> Mapping[Figure, int]:
    """What was counted since midnight, UTC."""
    day = now.date()
    found = tx.counted(Dimension.HOUR, day.isoformat(), (day + timedelta(days=1)).isoformat())
    rows = _summed(("", hour) for hour in found.values())
    return rows[0].counts if rows else {}


def _span(by: By, day: str, hour: str) -> str:
    if by is By.DAY:
        return day
    return f"{date.fromisoformat(day).isoweekday()} {hour}" if by is By.HOUR_OF_WEEK else iso_week(day)


def iso_week(day: str) -> str:
    """The week of a day.

    >>> iso_week("2027-01-01")
    '2026-W53'
    """
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02}"


def _summed(found: Iterable[tuple[str, Mapping[Figure, int]]]) -> tuple[Row, ...]:
    by_value: dict[str, Counter[Figure]] = {}
    for value, counts in found:
        by_value.setdefault(value, Counter()).update(counts)
    return tuple(
        Row(value, {figure: counts[figure] for figure in Figure if counts[figure]})
        for value, counts in sorted(by_value.items())
    )


def _waits(tx: CountsTx, since: str, until: str) -> Waits:
    found = tx.counted(Dimension.WITHIN, since, until)
    spans = [(span, found.get(str(span), {}).get(Figure.ANSWERED, 0)) for span in WITHIN_S]
    answers = sum(count for _, count in spans) + found.get(LONGER, {}).get(Figure.ANSWERED, 0)
    return Waits(answers, _within(spans, answers, 0.5), _within(spans, answers, 0.9))


def _within(spans: Iterable[tuple[int, int]], answers: int, share: float) -> int | None:
    """The span that this share of the answers kept to.

    >>> _within([(60, 4), (120, 5)], 10, 0.5), _within([(60, 4), (120, 5)], 10, 0.95)
    (120, None)
    """
    kept = 0
    for span, count in spans:
        kept += count
        if answers and kept >= share * answers:
            return span
    return None
