"""In which order people are asked. Text picks the topic; *within* a topic the order is the product of

    topic       how likely the question is about their topics (the matcher's score, summed over theirs)
    willing     (answered + 3 · usual) / (answered + passed + 3); `usual` is the same share of everybody together
    there       how likely they react within minutes at this hour (`presence`)
    reception   (published + 2) / (published + returned + 2)
    free        1 - ½ · asks today / daily budget, divided by 1 + questions they hold now
    turn        ½ for whoever was asked last of all, up to 1 for whoever has waited longest

so that nobody is forgotten and the same three are not asked for ever. Answers and passes on other topics count a
quarter; asks that others were quicker at count for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import prod

from twelp.flow.dispatch.limits import Moment
from twelp.flow.dispatch.past import Past
from twelp.flow.dispatch.pool import Eligible
from twelp.flow.dispatch.presence import Presence
from twelp.model import Expert, Rhythm, Standing

_LOAD_WEIGHT = 0.5
"""How much of a person's place a day of asks up to the budget takes away; not all: somebody must answer."""

_ELSEWHERE = 0.25
"""How much an answer or a pass on another topic says about this one."""

_WILLING_PRIOR = 3.0
"""Reactions that everybody starts with, of the usual kind. With less, those who were quicker a few times stay ahead for
good of others who would answer, too."""

_USUAL = 0.75
"""Share of reactions that are answers, before the company has its own: they volunteered."""

_RECEPTION_PRIOR = 2.0
"""Good answers everybody starts with, so that one that came back does not end a volunteer's career."""

_TURN_WEIGHT = 0.5
"""How much of a person's place having just been asked takes away: among equals the order becomes a round."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A person with their place: `score` is the product of `parts`; `waited` is when they were last asked."""

    id: str
    stands: Eligible
    parts: Mapping[str, float]
    score: float
    waited: datetime


def ranked(free: Sequence[Eligible], past: Past, moment: Moment) -> list[Ranked]:
    """These people, best first; of equals whoever was not asked for longest, then by id."""
    waited = [past.last_asked(s.topic.id, s.expert.id) for s in free]
    hours = sorted(set(waited), reverse=True)
    most = max(1, len(hours) - 1)
    turn = {hour: rank / most if len(hours) > 1 else 1.0 for rank, hour in enumerate(hours)}
    presence = Presence(past, moment)
    usual = _usual(past.everyone)
    found = []
    for stands, last in zip(free, waited, strict=True):
        who = stands.expert
        willing, reception = _record(past.standing(stands.topic.id, who.id), past.rhythms.get(who.id), usual)
        parts = {
            "topic": stands.score,
            "willing": willing,
            "reception": reception,
            "free": _free(who, past, moment),
            "turn": 1.0 - _TURN_WEIGHT * (1.0 - turn[last]),
            "there": presence.chance(who),
        }
        found.append(Ranked(who.id, stands, parts, prod(parts.values()), last))
    found.sort(key=lambda r: (-r.score, r.waited, r.id))
    return found


def _record(standing: Standing, rhythm: Rhythm | None, usual: float) -> tuple[float, float]:
    """What they did with earlier asks on the topic and on others, and how their answers were received."""
    answered, passed = float(standing.answered), float(standing.passed)
    if rhythm is not None:
        answered += _ELSEWHERE * (rhythm.answered - answered)
        passed += _ELSEWHERE * (rhythm.passed - passed)
    good = standing.published + _RECEPTION_PRIOR
    return (
        (answered + _WILLING_PRIOR * usual) / (answered + passed + _WILLING_PRIOR),
        good / (good + standing.returned),
    )


def _usual(everyone: Rhythm) -> float:
    """What share of everybody's reactions are answers; four of them are assumed."""
    return (everyone.answered + 4 * _USUAL) / (everyone.answered + everyone.passed + 4)


def _free(who: Expert, past: Past, moment: Moment) -> float:
    today = moment.asked_today(who, past.asked.get(who.id))
    load = min(1.0, today / max(1, who.daily_asks))
    return (1.0 - _LOAD_WEIGHT * load) / (1 + past.holding.get(who.id, 0))
