"""`twelp roster coverage`: topics by hour of the week, as a heat map in the terminal, as a picture, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from rich.console import Console
from rich.table import Table
from rich.text import Text

from twelp.config import Settings
from twelp.errors import TwelpError
from twelp.flow import volunteers
from twelp.model import Volunteer
from twelp.reading.coverage import TopicCoverage, cover
from twelp.roster import load
from twelp.wiring import RealClock, reading, rules

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_BLOCK: Final = 3
"""Hours that one character stands for: the fewest people in any of them."""

_SHADES: Final = ("bold white on red", "black on yellow", "black on bright_green", "white on green")
_FILLS: Final = ("#c62828", "#ffb74d", "#aed581", "#558b2f")
_CELL, _ROW, _LEFT, _TOP = 4, 22, 220, 40


def coverage(file: Path | None, picture: Path | None, *, as_json: bool) -> int:
    """Prints how many people may be asked about each topic in each hour of the week; writes it as SVG where wanted.

    Raises:
        RosterError: the roster has errors.
        TwelpError: the picture cannot be written.
    """
    settings, now = Settings.read(), RealClock().now()
    path = file or settings.experts
    topics = cover(volunteers.in_effect(load(path, networks=rules().values()), _own(settings)), now)
    if picture is not None:
        try:
            picture.write_text(svg(topics), encoding="utf-8")
        except OSError as error:
            raise TwelpError(f"{picture} cannot be written ({error.strerror or error})") from error
    if as_json:
        shown = [{**asdict(topic), "holes": topic.holes} for topic in topics]
        print(json.dumps({"file": str(path), "topics": shown}, ensure_ascii=False, indent=2))
        return 0
    _print(path, topics, picture)
    return 0


def _own(settings: Settings) -> Mapping[str, Volunteer]:
    """What people said for themselves; nothing where there is no database yet."""
    store = reading(settings)
    if store is None:
        return {}
    try:
        with store.read() as tx:
            return tx.volunteers()
    finally:
        store.close()


def _print(path: Path, topics: Sequence[TopicCoverage], picture: Path | None) -> None:
    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True, overflow="ellipsis", max_width=console.width - 72)
    for day in DAYS:
        table.add_column(day, no_wrap=True)
    table.add_column("holes", justify="right")
    for topic in sorted(topics, key=lambda one: -one.holes):
        table.add_row(topic.name, *_days(topic), Text(str(topic.holes), style="bold red" if topic.holes else ""))
    console.print(table)
    console.print(
        f"How many people may be asked, the fewest in each {_BLOCK} hours from midnight UTC; + is ten or more. "
        "Daily budgets are not counted. A hole is an hour without anybody: a question waits until it is over.",
        style="dim",
    )
    for topic in topics:
        if topic.holes:
            console.print(f"{topic.name}: nobody {'; '.join(_holes(topic))}", style="yellow", soft_wrap=True)
    if picture is not None:
        console.print(f"{picture}: the same as a picture.")
    console.print(
        f"{path}: {sum(1 for one in topics if not one.holes)} of {len(topics)} topics have no hole.", soft_wrap=True
    )


def _days(topic: TopicCoverage) -> Iterator[Text]:
    for day in range(7):
        cell = Text()
        for first in range(day * 24, day * 24 + 24, _BLOCK):
            least = min(topic.hours[first : first + _BLOCK])
            cell.append(str(least) if least < 10 else "+", style=_SHADES[min(least, 3)])
        yield cell


def _holes(topic: TopicCoverage) -> Iterator[str]:
    """Spans without anybody: those that are the same on several days together."""
    spans: dict[str, list[str]] = {}
    for number, day in enumerate(DAYS):
        hours = topic.hours[number * 24 : number * 24 + 24]
        for span in _spans(hours):
            spans.setdefault(span, []).append(day)
    for span, days in spans.items():
        yield f"{span} ({'every day' if len(days) == 7 else ', '.join(days)})"


def _spans(hours: Sequence[int]) -> Iterator[str]:
    began: int | None = None
    for hour, count in enumerate([*hours, 1]):
        if count == 0 and began is None:
            began = hour
        elif count and began is not None:
            yield f"{began:02}:00–{hour % 24:02}:00"
            began = None


def svg(topics: Sequence[TopicCoverage]) -> str:
    """The heat map as a picture that stands alone: a row a topic, a cell an hour."""
    width, height = _LEFT + 168 * _CELL + 20, _TOP + len(topics) * _ROW + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif"'
        ' font-size="12" role="img" aria-label="People who may be asked, by topic and hour of the week (UTC)">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for number, day in enumerate(DAYS):
        parts.append(f'<text x="{_LEFT + number * 24 * _CELL + 4}" y="24" fill="#333">{day}</text>')
    for row, topic in enumerate(topics):
        y = _TOP + row * _ROW
        parts.append(f'<text x="8" y="{y + 15}" fill="#111">{escape(topic.name[:32])}</text>')
        for hour, count in enumerate(topic.hours):
            told = f"{topic.name}, {DAYS[hour // 24]} {hour % 24:02}:00 UTC: {count}"
            parts.append(
                f'<rect x="{_LEFT + hour * _CELL}" y="{y}" width="{_CELL}" height="{_ROW - 3}"'
                f' fill="{_FILLS[min(count, 3)]}"><title>{escape(told)}</title></rect>'
            )
    return "\n".join([*parts, "</svg>", ""])
