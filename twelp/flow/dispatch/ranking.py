"""In which order people are asked. Text picks the topic; *within* a topic the order is the product of

    topic       how likely the question is about their topics (the matcher's score, summed over theirs)
    willing     (answered + 3) / (answered + passed + ½ let by + 4); asks others were quicker at count for nothing
    reception   (published + 2) / (published + returned + 2)
    free        1 - ½ · asks today / daily budget, divided by 1 + questions they hold now
    turn        ½ for whoever was asked last of all, up to 1 for whoever has waited longest
    awake       1¼ while they are writing, fading back to 1 within hours

so that nobody is forgotten and the same three are not asked for ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import prod

from twelp.flow.dispatch.limits import asked_today
from twelp.flow.dispatch.past import Past
from twelp.flow.dispatch.pool import Stands
from twelp.model import Expert, Standing

_LOAD_WEIGHT = 0.5
"""How much of a person's place a day of asks up to the budget takes away; not all: somebody must answer."""

_LET_BY_WEIGHT = 0.5
"""A card left lying says half as much as "not me": the person may only have been at lunch."""

_WILLING_PRIOR = 3.0
"""Answers, against one refusal, that everybody starts with: they volunteered. With less, those who were quicker a few
times stay ahead for good of others who would answer, too."""

_RECEPTION_PRIOR = 2.0
"""Good answers everybody starts with, so that one that came back does not end a volunteer's career."""

_TURN_WEIGHT = 0.5
"""How much of a person's place having just been asked takes away: among equals the order becomes a round."""

_AWAKE_BONUS = 0.25
"""What writing here at this moment adds: they are at their desk, which beats any record."""

_AWAKE_HALF_LIFE_H = 1.0
"""Hours after which half of that bonus is gone."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A person with their place: `score` is the product of `parts`; `waited` is when they were last asked."""

    stands: Stands
    parts: Mapping[str, float]
    score: float
    waited: datetime

    @property
    def id(self) -> str:
        """The expert's."""
        return self.stands.expert.id


def ranked(free: Sequence[Stands], past: Past, now: datetime) -> list[Ranked]:
    """These people, best first; of equals whoever was not asked for longest, then by id."""
    waited = {s.expert.id: past.last_asked(s.topic.id, s.expert.id) for s in free}
    hours = sorted(set(waited.values()), reverse=True)
    turn = {hour: rank / (len(hours) - 1) if len(hours) > 1 else 1.0 for rank, hour in enumerate(hours)}
    found = []
    for stands in free:
        who = stands.expert
        parts = {
            "topic": stands.score,
            **_record(past.standing(stands.topic.id, who.id)),
            "free": _free(who, past, now),
            "turn": 1.0 - _TURN_WEIGHT * (1.0 - turn[waited[who.id]]),
            "awake": _awake(past.writing.get(who.id), now),
        }
        found.append(Ranked(stands, parts, prod(parts.values()), waited[who.id]))
    return sorted(found, key=lambda r: (-r.score, r.waited, r.id))


def _record(standing: Standing) -> dict[str, float]:
    """What they did with earlier asks on the topic, and how their answers were received."""
    declined = standing.passed + _LET_BY_WEIGHT * standing.let_by
    good = standing.published + _RECEPTION_PRIOR
    return {
        "willing": (standing.answered + _WILLING_PRIOR) / (standing.answered + declined + _WILLING_PRIOR + 1),
        "reception": good / (good + standing.returned),
    }


def _free(who: Expert, past: Past, now: datetime) -> float:
    today = asked_today(who, past.asked.get(who.id, ()), now)
    load = min(1.0, today / max(1, who.daily_asks))
    return (1.0 - _LOAD_WEIGHT * load) / (1 + past.holding.get(who.id, 0))


def _awake(wrote_at: datetime | None, now: datetime) -> float:
    if wrote_at is None:
        return 1.0
    hours = max(0.0, (now - wrote_at) / timedelta(hours=1))
    return float(1.0 + _AWAKE_BONUS * 0.5 ** (hours / _AWAKE_HALF_LIFE_H))
