"""A report as the rows of a spreadsheet: numbers as they are, nothing rounded for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from twelp.model import Figure
from twelp.reading.figures import By
from twelp.reading.report import Period, Report
from twelp.reading.shapes import as_json

_OF_QUESTIONS: Final = (
    *(Figure.QUESTIONS, Figure.ASKED, Figure.ANSWERED, Figure.UNANSWERED, Figure.CORRECTED, Figure.THANKED),
)


def columns(by: By) -> tuple[Figure, ...]:
    """What rows are told with: posts have an hour and a week, questions a language; the rest is told by topic."""
    if by is By.LANGUAGE:
        return (Figure.QUESTIONS,)
    return _OF_QUESTIONS if by is By.TOPIC else (Figure.POSTS, *_OF_QUESTIONS)


def sheet(found: Report) -> Iterator[Sequence[Any]]:
    """The rows with their heading: what the report is told by, or else its figures; each beside the period before."""
    if found.by is None:
        yield ("figure", "value", "before")
        now, before = _flat(found.period), _flat(found.before)
        yield from ((name, now.get(name, 0), before.get(name, 0)) for name in dict.fromkeys((*now, *before)))
        return
    shown = columns(found.by)
    yield (found.by.value, *(f"{figure.value}{when}" for figure in shown for when in ("", " before")))
    for row in found.rows:
        counts = (side.get(figure, 0) for figure in shown for side in (row.counts, row.before))
        yield (_cell(row.value), *counts)


def _flat(period: Period) -> dict[str, Any]:
    told = as_json(period)
    flat = {name: value for name, value in told.items() if not isinstance(value, dict)}
    for name in ("kinds", "waits", "why"):
        flat |= {f"{name}: {key}": value for key, value in told[name].items()}
    return {name: "" if value is None else value for name, value in flat.items()}


def _cell(text: str) -> str:
    """What a spreadsheet would take for a formula is text.

    >>> _cell("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
