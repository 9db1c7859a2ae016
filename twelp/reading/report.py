"""The report: what came of some days, each figure beside the same number of days before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Protocol

from twelp.model import Ask, AskState, Figure, Stage
from twelp.networks import Prices
from twelp.ports import AsksTx, WaitingTx
from twelp.ports.counts import CountsTx
from twelp.reading.figures import By, Row, Waits, iso_week, read_figures

_LOOKED_AT: Final = 500
"""Of the questions that nobody answered, the latest so many are asked why."""

_A_WEEK: Final = timedelta(days=7)


class ReportRows(AsksTx, CountsTx, WaitingTx, Protocol):
    """Rows that a report is made of: counts, and the questions of those days that nobody answered."""


class Why(StrEnum):
    """Why a question has no answer, by what became of its asks."""

    NOBODY_ASKED = "nobody could be asked"
    NOT_REACHED = "no card reached anybody"
    ALL_PASSED = "all who were asked passed"
    SILENT = "who was asked did not answer"


@dataclass(frozen=True, slots=True)
class Period:
    """What came of some days, in UTC: from `since` on and before `until`.

    Attributes:
        kinds: posts, by what they were taken for; what never came is left out.
        questions: posts that ask something for us.
        answered: questions that got their first public answer.
        answered_share: of the questions; None where there was none. Above 1 where older ones were answered, too.
        waits: how soon first public answers came.
        unanswered: questions nobody answered in time.
        why: those that stand unanswered to this hour (the latest 500 of both periods), by why.
        asked: asks that were put before people.
        asks_an_answer: None where nothing was answered.
        dollars: about what the network charged, by its list prices; None where it is not known.
    """

    since: date
    until: date
    kinds: Mapping[str, int]
    questions: int
    answered: int
    answered_share: float | None
    waits: Waits
    unanswered: int
    why: Mapping[Why, int]
    corrected: int
    retracted: int
    thanked: int
    asked: int
    asks_an_answer: float | None
    dollars: float | None
    dollars_an_answer: float | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One topic, hour, language or week: what was counted there, and in the period before (of a week: the week
    before)."""

    value: str
    counts: Mapping[Figure, int] = field(default_factory=dict)
    before: Mapping[Figure, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """A period beside the one before it; `rows` are its figures told by `by`, where that was asked for."""

    period: Period
    before: Period
    by: By | None
    rows: tuple[ReportRow, ...]


def read_report(
    tx: ReportRows, since: date, until: date, *, by: By | None = None, prices: Collection[Prices] = ()
) -> Report:
    """What came of those days, beside as many days before.

    Args:
        tx: reads only.
        since: the first day.
        until: the day after the last.
        by: by what the rows are told; None: no rows. Never by person: those figures are for themselves.
        prices: of the networks that are connected. Where several charge, dollars are not told: they are not counted
            network by network.

    Raises:
        ValueError: `by` is a person, or the days are none.
    """
    if by is By.PERSON or since >= until:
        raise ValueError(f"a report by {by} from {since} to {until}: expected days, and no persons")
    earlier = since - (until - since)
    why = _reasons(tx, earlier, since, until)
    charged = [one for one in prices if one != Prices()]
    price = charged[0] if len(charged) == 1 else None
    now, before = (_period(tx, first, end, why[first], price) for first, end in ((since, until), (earlier, since)))
    return Report(now, before, by, () if by is None else _rows(tx, by, since, until))


def _period(tx: ReportRows, since: date, until: date, why: Mapping[Why, int], price: Prices | None) -> Period:
    figures = read_figures(tx, By.KIND, since, until)
    count = Counter(figures.total)
    questions, answered, asked = count[Figure.QUESTIONS], count[Figure.ANSWERED], count[Figure.ASKED]
    dollars = None
    if price is not None:
        replies = answered + count[Figure.CORRECTED]
        dollars = round(count[Figure.POSTS] * price.read + replies * price.reply, 3)
    return Period(
        since,
        until,
        kinds={row.value: row.counts[Figure.POSTS] for row in figures.rows if Figure.POSTS in row.counts},
        questions=questions,
        answered=answered,
        answered_share=_each(answered, questions),
        waits=figures.waits,
        unanswered=count[Figure.UNANSWERED],
        why=why,
        corrected=count[Figure.CORRECTED],
        retracted=count[Figure.RETRACTED],
        thanked=count[Figure.THANKED],
        asked=asked,
        asks_an_answer=_each(asked, answered),
        dollars=dollars,
        dollars_an_answer=None if dollars is None else _each(dollars, answered),
    )


def _each(many: float, of: int) -> float | None:
    return round(many / of, 3) if of else None


def _reasons(tx: ReportRows, earlier: date, since: date, until: date) -> Mapping[date, Mapping[Why, int]]:
    """Why what stands unanswered does, by the first day of the period in which it was opened."""
    found: dict[date, Counter[Why]] = {since: Counter(), earlier: Counter()}
    begins = datetime.combine(earlier, time(), UTC)
    for question in tx.waiting((Stage.UNANSWERED,), _LOOKED_AT, newest=True, since=begins):
        if question.opened_at.date() < until:
            period = since if question.opened_at.date() >= since else earlier
            found[period][_why(tx.asks(question.id))] += 1
    return {first: {why: counts[why] for why in Why if counts[why]} for first, counts in found.items()}


def _why(asks: Collection[Ask]) -> Why:
    if not asks:
        return Why.NOBODY_ASKED
    reached = [ask for ask in asks if ask.sent]
    if not reached:
        return Why.NOT_REACHED
    return Why.ALL_PASSED if all(ask.state is AskState.PASSED for ask in reached) else Why.SILENT


def _rows(tx: ReportRows, by: By, since: date, until: date) -> tuple[ReportRow, ...]:
    """The rows of both periods in the order of their values; weeks beside the week before each."""
    if by is By.WEEK:
        monday = since - timedelta(days=since.weekday())
        weeks = _by_value(read_figures(tx, by, monday - _A_WEEK, until).rows)
        shown = [monday + _A_WEEK * number for number in range(((until - monday).days + 6) // 7)]
        return tuple(
            ReportRow(name, weeks.get(name, {}), weeks.get(iso_week(str(day - _A_WEEK)), {}))
            for day, name in ((day, iso_week(str(day))) for day in shown)
        )
    now = _by_value(read_figures(tx, by, since, until).rows)
    before = _by_value(read_figures(tx, by, since - (until - since), since).rows)
    return tuple(ReportRow(value, now.get(value, {}), before.get(value, {})) for value in sorted({*now, *before}))


def _by_value(rows: Iterable[Row]) -> Mapping[str, Mapping[Figure, int]]:
    return {row.value: row.counts for row in rows}
