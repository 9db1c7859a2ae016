"""What came of a run, counted from what happened and from the roster, without asking the decisions under test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from benchmarks.crowd.days import Told
from benchmarks.crowd.town import START, Town

Figures = dict[str, float]


def figures(town: Town, told: Told) -> Figures:
    """The nine figures of a policy. A question that nobody answered counts as answered when it was given up."""
    give_up = town.people.give_up_min
    waits = sorted(give_up if q.answered_at is None else (q.answered_at - q.case.at) / 60 for q in told.questions) or [
        0.0
    ]
    answered = sum(q.answered_at is not None for q in told.questions)
    acted = sum(ask.acted_at is not None for q in told.questions for ask in q.asked.values())
    each = Counter(who for who, _ in told.asks)
    night, over = _breaches(town, told.asks)
    return {
        "p50_minutes": round(_quantile(waits, 0.5), 2),
        "p90_minutes": round(_quantile(waits, 0.9), 2),
        "asks_per_answer": round(len(told.asks) / max(1, answered), 2),
        "ignored_share": round(1 - acted / max(1, len(told.asks)), 4),
        "quiet_hour_asks": night,
        "budget_breaches": over,
        "gini": round(gini([each.get(v.expert.id, 0) for v in town.volunteers]), 3),
        "answered_15m": round(sum(w <= 15 for w in waits) / len(waits), 4),
        "answered_60m": round(sum(w <= 60 for w in waits) / len(waits), 4),
    }


def gini(counts: Sequence[int]) -> float:
    """0: everybody was asked alike; 1: one person got everything."""
    ordered, whole = sorted(counts), sum(counts)
    n = len(ordered)
    return sum((2 * i - n + 1) * count for i, count in enumerate(ordered)) / (n * whole) if whole else 0.0


def _breaches(town: Town, asks: Sequence[tuple[str, float]]) -> tuple[int, int]:
    """Asks in quiet hours; asks above the budget of the person's own calendar day."""
    night = 0
    days: Counter[tuple[str, int]] = Counter()
    for who, at in asks:
        expert = town.of[who].expert
        local = (START + timedelta(seconds=at)).astimezone(expert.zone)
        days[who, local.toordinal()] += 1
        if expert.quiet is not None:
            minute = local.hour * 60 + local.minute
            start, end = (t.hour * 60 + t.minute for t in (expert.quiet.start, expert.quiet.end))
            night += start <= minute < end if start < end else minute >= start or minute < end
    over = sum(max(0, count - town.of[who].expert.daily_asks) for (who, _), count in days.items())
    return night, over


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
