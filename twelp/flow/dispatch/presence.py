"""How likely somebody is to react within minutes, if they are asked now: their hour, their past, this last hour.

Everybody starts with the company's own curve over the day, which starts as an ordinary working day and is learned from
all asks together; a person's own asks at about this hour then count for themselves. Who did something here a
moment ago is there; who just let a card lie is probably not.
"""

from __future__ import annotations

from datetime import timedelta

from twelp.flow.dispatch.limits import Moment
from twelp.flow.dispatch.past import Past
from twelp.model import Expert, Rhythm

_WORKING_HOURS = range(9, 18)
_AT_WORK, _OFF_WORK = 0.2, 0.1
"""Chances of a reaction within minutes before anything was learned: low, so that a new company rather asks one more."""

_EVERYONE_PRIOR = 5.0
"""Expected reactions that the height of this assumption counts for; a day of asks overrules it."""

_HOUR_PRIOR = 20.0
"""Asks that its shape counts for, an hour of the day."""

_OWN_PRIOR = 1.0
"""Expected reactions that stand beside a person's own: with so little, one answer or silence is no habit."""

_OTHER_HOURS = 0.3
"""How much a person's asks at quite other hours say about this one."""

_NEAR = 2
"""Hours on either side of this one that count for it in full."""

_THERE = 0.85
"""Chance of who is doing something here at this moment."""

_SEEN_HALF_LIFE = timedelta(minutes=30)
_MISSED_HALF_LIFE = timedelta(minutes=60)
_MISSED_WEIGHT = 0.7
"""How much of the chance a card takes away that was left lying a moment ago."""


class Presence:
    """Everybody's chances at one moment."""

    def __init__(self, past: Past, moment: Moment) -> None:
        self._rhythms = past.rhythms
        self._writing = past.writing
        self._moment = moment
        self._everyone = _curve(past.everyone)

    def chance(self, expert: Expert) -> float:
        """That they do something about an ask within minutes."""
        hour, now = self._moment.local(expert.zone).hour, self._moment.now
        chance = self._everyone[hour]
        rhythm = self._rhythms.get(expert.id)
        seen = self._writing.get(expert.id)
        if rhythm is not None:
            chance = min(_THERE, chance * self._own(rhythm, hour))
            seen = max((at for at in (seen, rhythm.seen_at) if at is not None), default=None)
            missed = rhythm.missed_at
            if missed is not None and (seen is None or missed > seen):
                chance *= 1.0 - _MISSED_WEIGHT * _fading(now - missed, _MISSED_HALF_LIFE)
        if seen is not None:
            chance += (_THERE - chance) * _fading(now - seen, _SEEN_HALF_LIFE) if chance < _THERE else 0.0
        return chance

    def _own(self, rhythm: Rhythm, hour: int) -> float:
        """How much likelier than others at the same hours this person reacted, above all about this hour."""
        expected = reacted = _OWN_PRIOR
        for at, lay in rhythm.lay.items():
            weight = 1.0 if min((at - hour) % 24, (hour - at) % 24) <= _NEAR else _OTHER_HOURS
            expected += weight * lay * self._everyone[at]
            reacted += weight * rhythm.prompt.get(at, 0.0)
        return reacted / expected


def _curve(everyone: Rhythm) -> list[float]:
    """The chance by the hour, as everybody's asks together have it."""
    shape = [_AT_WORK if hour in _WORKING_HOURS else _OFF_WORK for hour in range(24)]
    expected = _EVERYONE_PRIOR + sum(lay * shape[hour] for hour, lay in everyone.lay.items())
    level = (_EVERYONE_PRIOR + sum(everyone.prompt.values())) / expected
    return [
        min(
            _THERE,
            (everyone.prompt.get(h, 0.0) + _HOUR_PRIOR * shape[h] * level) / (everyone.lay.get(h, 0.0) + _HOUR_PRIOR),
        )
        for h in range(24)
    ]


def _fading(age: timedelta, half_life: timedelta) -> float:
    return float(0.5 ** max(0.0, age / half_life))
