"""Words and shapes for the console's templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from twelp.model import Figure, Question, Roster
from twelp.reading.figures import Row

_HEIGHT: Final = 120
_WIDTH: Final = 700
_DEEPEST: Final = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of a chart: where its bars stand and how high they are, and the numbers they stand for."""

    day: str
    x: float
    width: float
    asked: int
    answered: int
    asked_height: float
    answered_height: float
    labelled: bool


def words(roster: Callable[[], Roster]) -> Mapping[str, Callable[..., Any]]:
    """What templates call."""

    def person(key: str | None) -> str:
        found = roster().experts.get(key or "")
        return found.name if found else key or "nobody"

    def topic(question: Question) -> str:
        likeliest = question.topics[0].topic if question.topics else ""
        known = roster().topics.get(likeliest)
        return known.name if known else likeliest or "no topic"

    def topic_name(key: str) -> str:
        known = roster().topics.get(key)
        return known.name if known else key or "no topic"

    return {
        "person": person,
        "topic": topic,
        "topic_name": topic_name,
        "ago": ago,
        "stamp": stamp,
        "runs": runs,
        "shade": shade,
        "span": span,
    }


def stamp(at: datetime) -> str:
    """A moment, in UTC as everywhere in twelp."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def ago(at: datetime, now: datetime) -> str:
    """How long since, or until, that moment.

    >>> ago(datetime(2026, 11, 30, 9, 30, tzinfo=UTC), datetime(2026, 11, 30, 9, 28, tzinfo=UTC))
    'in 2 min'
    """
    seconds = (now - at).total_seconds()
    told = span(abs(seconds))
    return f"{told} ago" if seconds >= 0 else f"in {told}"


def span(seconds: float | None) -> str:
    """Seconds as people say them.

    >>> span(300), span(7200), span(None)
    ('5 min', '2 h', '–')
    """
    if seconds is None:
        return "–"
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= length:
            return f"{int(seconds // length)} {unit}"
    return f"{int(seconds)} s"


def shade(count: int) -> str:
    """The class of a field of the heat map: 0 is a hole, 4 and more is well covered."""
    return f"heat-{min(count, _DEEPEST)}"


@dataclass(frozen=True, slots=True)
class Run:
    """Hours in a row in which the same number of people may be asked."""

    first: int
    hours: int
    count: int

    @property
    def told(self) -> str:
        return f"{self.first:02}:00 to {self.first + self.hours:02}:00 {self.count}"


def runs(hours: Sequence[int]) -> Sequence[Run]:
    """The hours of a day with those alike in a row drawn as one.

    >>> [run.told for run in runs([2, 2, 0])]
    ['00:00 to 02:00 2', '02:00 to 03:00 0']
    """
    found: list[Run] = []
    for hour, count in enumerate(hours):
        if found and found[-1].count == count:
            found[-1] = Run(found[-1].first, found[-1].hours + 1, count)
        else:
            found.append(Run(hour, 1, count))
    return found


def bars(rows: Sequence[Row]) -> Sequence[Bar]:
    """A chart of questions and first answers, day by day."""
    counts = [(row.value, row.counts.get(Figure.QUESTIONS, 0), row.counts.get(Figure.ANSWERED, 0)) for row in rows]
    highest = max((max(asked, answered) for _, asked, answered in counts), default=0) or 1
    step = _WIDTH / max(len(counts), 1)
    every = max(1, len(counts) // 7)
    return [
        Bar(
            day,
            round(number * step, 1),
            round(min(step * 0.38, 40), 1),
            asked,
            answered,
            round(asked / highest * _HEIGHT, 1),
            round(answered / highest * _HEIGHT, 1),
            number % every == 0,
        )
        for number, (day, asked, answered) in enumerate(counts)
    ]
