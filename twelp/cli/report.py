"""`twelp report`: what came of the last days, each figure beside the days before; as text, CSV or JSON."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from twelp.cli.names import names
from twelp.config import Settings
from twelp.errors import ConfigError, StoreError
from twelp.model import Figure, Roster
from twelp.reading import By, Period, Report, ReportRow, Why, read_report, shapes
from twelp.reading.sheet import columns, sheet
from twelp.wiring import RealClock, reading, rules

WAYS: Final = {"topic": By.TOPIC, "hour": By.HOUR, "language": By.LANGUAGE, "week": By.WEEK}
"""What may stand after `--by`."""

_SPAN: Final = re.compile(r"([1-9]\d{0,3})\s*([dw])", re.IGNORECASE)
_LONGEST: Final = 3_660

Line = tuple[str, str, str]
"""A figure's name, its value, and that of the period before."""


def report(since: str, by: str | None, *, as_csv: bool, as_json: bool) -> None:
    """Prints the report.

    Raises:
        ConfigError: `since`, `by` or the format cannot be understood.
        StoreError: there is no database yet.
    """
    if as_csv and as_json:
        raise ConfigError("--csv and --json: choose one of them")
    way = _way(by)
    settings, today = Settings.read(), RealClock().now().date()
    first, until = days(since, today), today + timedelta(days=1)
    store = reading(settings)
    if store is None:
        raise StoreError("there is no database yet, so there is nothing to report: run twelp first", absent=True)
    roster = names(settings)
    prices = [one.prices for name, one in rules().items() if roster is None or name in roster.brand.handles]
    with store.read() as tx:
        found = read_report(tx, first, until, by=way, prices=prices)
    store.close()
    if as_json:
        print(json.dumps(shapes.as_json(found), ensure_ascii=False, indent=2))
    elif as_csv:
        write_csv(found)
    else:
        _print(found, roster)


def days(since: str, today: date) -> date:
    """The first day that is meant: `7d` and `4w` end with today, a date is that day.

    >>> days("7d", date(2026, 11, 30)), days("2026-11-02", date(2026, 11, 30))
    (datetime.date(2026, 11, 24), datetime.date(2026, 11, 2))

    Raises:
        ConfigError: it is none of these, in the future, or more than ten years ago.
    """
    wanted = "expected days or weeks such as 7d or 4w, or a day such as 2026-11-02, not in the future"
    span = _SPAN.fullmatch(since.strip())
    if span is not None:
        number = int(span[1]) * (7 if span[2] in "wW" else 1)
        if number <= _LONGEST:
            return today - timedelta(days=number - 1)
        raise ConfigError(f"--since is {since!r}; at most ten years are told")
    try:
        day = date.fromisoformat(since.strip())
    except ValueError:
        raise ConfigError(f"--since is {since!r}; {wanted}") from None
    if day > today or (today - day).days > _LONGEST:
        raise ConfigError(f"--since is {since!r}; {wanted}, at most ten years ago")
    return day


def _way(by: str | None) -> By | None:
    if by is None:
        return None
    if by not in WAYS:
        raise ConfigError(f"--by is {by!r}; expected one of {', '.join(WAYS)}")
    return WAYS[by]


def lines(found: Report) -> Iterator[Line]:
    """Every figure of both periods, as people read it."""
    now, before = found.period, found.before
    for kind in sorted({*now.kinds, *before.kinds}, key=lambda kind: (-now.kinds.get(kind, 0), kind)):
        yield f"posts: {kind}", str(now.kinds.get(kind, 0)), str(before.kinds.get(kind, 0))
    for name in ("questions", "answered"):
        yield name, str(getattr(now, name)), str(getattr(before, name))
    yield "answered, of the questions", _share(now), _share(before)
    yield "half of the answers came within", _within(now, half=True), _within(before, half=True)
    yield "nine of ten came within", _within(now, half=False), _within(before, half=False)
    yield "unanswered in time", str(now.unanswered), str(before.unanswered)
    for why in Why:
        if why in now.why or why in before.why:
            yield f"still unanswered: {why.value}", str(now.why.get(why, 0)), str(before.why.get(why, 0))
    for name in ("corrected", "retracted"):
        yield name, str(getattr(now, name)), str(getattr(before, name))
    yield "thanks", str(now.thanked), str(before.thanked)
    yield "asks an answer", _number(now.asks_an_answer, ".1f"), _number(before.asks_an_answer, ".1f")
    if now.dollars is not None:
        cost = "dollars an answer (list prices)"
        yield cost, _number(now.dollars_an_answer, ".3f"), _number(before.dollars_an_answer, ".3f")


def _share(period: Period) -> str:
    return _number(period.answered_share, ".0%")


def _number(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)


def _within(period: Period, *, half: bool) -> str:
    seconds = period.waits.p50_s if half else period.waits.p90_s
    if seconds is None:
        return "more than a day" if period.waits.answers else "–"
    return f"{seconds // 60} min" if seconds < 3_600 else f"{seconds // 3_600} h"


def named(by: By, value: str, roster: Roster | None) -> str:
    """A row's value as people read it."""
    if by is By.TOPIC:
        topic = roster.topics.get(value) if roster else None
        return topic.name if topic else value or "no topic"
    if by is By.HOUR:
        return f"{value}:00 UTC"
    return value or "not sure"


def _print(found: Report, roster: Roster | None) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    table = Table("", _days(found.period), f"before: {_days(found.before)}", box=None, pad_edge=False)
    table.columns[1].justify = table.columns[2].justify = "right"
    for name, value, before in lines(found):
        table.add_row(name, value, Text(before, style="dim"))
    console.print(table)
    if found.by is not None:
        console.print()
        shown = columns(found.by)
        told = Table(found.by.value, *(figure.value for figure in shown), box=None, pad_edge=False)
        for row in found.rows:
            told.add_row(named(found.by, row.value, roster), *(_beside(row, figure) for figure in shown))
        console.print(told)
    console.print("Days in UTC; in brackets and on the right: the period before.", style="dim")


def _beside(row: ReportRow, figure: Figure) -> str:
    return f"{row.counts.get(figure, 0)} ({row.before.get(figure, 0)})"


def _days(period: Period) -> str:
    last = period.until - timedelta(days=1)
    return f"{period.since}" if last == period.since else f"{period.since} to {last}"


def write_csv(found: Report) -> None:
    """With `--by` the rows, else the figures; numbers as they are, nothing rounded for people."""
    out: Any = csv.writer(sys.stdout, lineterminator="\n")
    out.writerows(sheet(found))
