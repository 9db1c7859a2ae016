"""How many are asked now, and whose turn it is.

One place of a wave is a *turn*, drawn by `dice`: it goes to whoever is least known on the topic, or, where all are
known, has waited longest, whatever their score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twelp.flow.dispatch.past import Past
from twelp.flow.dispatch.ranking import Ranked

_KNOWN_FROM = 3
"""Settled asks on a topic from which a person counts as known there."""

_NEW_UNTIL = 10
"""Asks on a topic after which nobody is new to it, though others were always quicker."""

_NEWCOMER_SHARE = 0.5
"""Share of waves with a place for somebody not yet known. Costs little: there are others in the wave."""

_WAITING_SHARE = 0.2
"""Share of waves with a place for whoever has waited longest, where all are known: a bad record starves nobody."""


@dataclass(frozen=True, slots=True)
class Wave:
    """Who is asked now, best first, but `turn` last: whose turn it is, if anybody's; `new` says why."""

    people: tuple[Ranked, ...]
    turn: Ranked | None = None
    new: bool = False


def choose(ready: Sequence[Ranked], past: Past, *, size: int, dice: float) -> Wave:
    """The best `size`, in which both topics a question needs have somebody, and perhaps one place is a turn."""
    needed = _needed(ready)
    best = [next(r for r in ready if topic in _topics([r])) for topic in needed]
    first = set(list(dict.fromkeys(r.id for r in [*best, *ready]))[:size])
    wave = [r for r in ready if r.id in first]
    due = _due(ready, past)
    new = _new(due, past)
    if due.id in first or dice >= (_NEWCOMER_SHARE if new else _WAITING_SHARE):
        return Wave(tuple(wave))
    for i in reversed(range(len(wave))):  # the last one whose topics others of the wave stand for, too
        turned = [*wave[:i], *wave[i + 1 :], due]
        if _topics(turned) >= _topics(wave) & set(needed):
            return Wave(tuple(turned), due, new)
    return Wave(tuple(wave))


def _topics(people: Sequence[Ranked]) -> set[str]:
    return {topic.id for r in people for topic, _ in r.stands.topics}


def _needed(ready: Sequence[Ranked]) -> list[str]:
    """The two best topics somebody can be asked about: a question may need both, hardly ever three."""
    scores = {topic.id: found.score for r in ready for topic, found in r.stands.topics}
    return sorted(scores, key=lambda topic: (-scores[topic], topic))[:2]


def _due(ready: Sequence[Ranked], past: Past) -> Ranked:
    """Who needs a turn most: the least known on their topic; where all are known, whoever has waited longest."""
    new = [r for r in ready if _new(r, past)]
    if new:
        return min(new, key=lambda r: (past.standing(r.stands.topic.id, r.id).asked, -r.score, r.id))
    return min(ready, key=lambda r: (r.waited, r.id))


def _new(person: Ranked, past: Past) -> bool:
    standing = past.standing(person.stands.topic.id, person.id)
    return standing.settled < _KNOWN_FROM and standing.asked < _NEW_UNTIL
