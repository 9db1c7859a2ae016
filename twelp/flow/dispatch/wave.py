"""How many are asked now, whose turn it is, and when to look again.

How many: the fewest of whom, going by what is known of them, somebody takes it within a minute as surely as the policy
wants it; but at least `Policy.wave_size`, and no more than a tenth of those who could be asked, less as their asks of
today are used up: attention is there to be spent, not to be gone by noon. While many questions wait, twice as many, if
people have asks left for it.

When: `Policy.wave_after`, half of it when the matter is urgent or many questions wait, half of it again while many
further people are awake.

One place of a wave is a *turn*, drawn by `dice`: it goes to whoever is least known on the topic, or, where all are
known, has waited longest, whatever their score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from twelp.flow.dispatch.limits import Moment
from twelp.flow.dispatch.past import Past
from twelp.flow.dispatch.ranking import Ranked
from twelp.model import Policy

_FIRST_MINUTE = 0.45
"""Share of the reactions within five minutes that come within the first: √(1 / 5), as `Rhythm` counts."""

_FORESEEN = 5
"""Minutes within which reactions are foreseen."""

_PART = 10
"""A wave above the least size leaves nine times as many for later waves and other questions."""

_MOST = 40
"""No wave is larger, whatever the size of the roster."""

_ROOM = 0.5
"""Share of today's asks that must be left for a surge to double its waves."""

_MANY_WAVES = 30
"""Further waves of the least size that could be asked now, from which there is no need to wait long."""

_KNOWN_FROM = 3
"""Settled asks on a topic from which a person counts as known there."""

_NEW_UNTIL = 10
"""Asks on a topic after which nobody is new to it, though others were always quicker."""

_NEWCOMER_SHARE = 0.5
"""Share of waves with a place for somebody not yet known. Costs little: there are others in the wave."""

_WAITING_SHARE = 0.2
"""Share of waves with a place for whoever has waited longest, where all are known: a bad record starves nobody."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a question is asked under: `urgent`, and how many questions wait for somebody (it among them)."""

    urgent: bool = False
    waiting: int = 0

    def surges(self, policy: Policy) -> bool:
        """True while the queue is long."""
        return self.waiting >= policy.surge_from


@dataclass(frozen=True, slots=True)
class Wave:
    """Who is asked now, best first, but `turn` last: whose turn it is, if anybody's; `new` says why."""

    people: tuple[Ranked, ...]
    turn: Ranked | None = None
    new: bool = False


def size(
    ready: Sequence[Ranked], past: Past, moment: Moment, need: Need, policy: Policy
) -> tuple[int, tuple[str, ...]]:
    """How many of these, best first, to ask now, and why so many."""
    room = _room(ready, past, moment)
    surge = need.surges(policy)
    stretch = 2 if surge and room >= _ROOM else 1
    least = policy.wave_size * stretch
    most = max(least, min(_MOST, int(len(ready) * room / _PART) * stretch))
    chances: list[float] = []  # of each: that they react within five minutes
    for person in ready[:most]:
        if len(chances) >= least and _nobody(chances, 1) <= 1.0 - policy.surely:
            break
        chances.append(person.parts["willing"] * person.parts["there"])
    count = len(chances)
    expected = _expected(chances)
    said = [f"{count} at once: {expected}" if expected else f"{count} at once"]
    if surge:
        said.append(f"surge: {need.waiting} questions wait{', a larger wave' if stretch > 1 else ''}")
    return count, tuple(said)


def _nobody(chances: Sequence[float], minutes: int) -> float:
    """The chance that none of these people reacts within so many minutes, five at most: √(minutes / 5) as `Rhythm`."""
    nobody = 1.0
    for chance in chances:
        nobody *= 1.0 - chance * _FIRST_MINUTE * minutes**0.5
    return nobody


def _expected(chances: Sequence[float]) -> str:
    """When somebody takes it, in words: the first minute by which it is likelier than not; empty: none."""
    for minutes in range(1, _FORESEEN + 1):
        if _nobody(chances, minutes) <= 0.5:
            return f"most likely somebody takes it within {f'{minutes} minutes' if minutes > 1 else 'a minute'}"
    return ""


def pause(left: int, need: Need, policy: Policy) -> tuple[timedelta, tuple[str, ...]]:
    """How long to wait for this wave while `left` others could be asked, and why not the usual time."""
    after, why = policy.wave_after, []
    if need.urgent or need.surges(policy):
        after /= 2
        why.append("it is urgent" if need.urgent else "many questions wait")
    if left >= _MANY_WAVES * policy.wave_size:
        after /= 2
        why.append(f"{left} others are awake")
    return after, (f"the next wave comes sooner: {' and '.join(why)}",) if why else ()


def choose(ready: Sequence[Ranked], past: Past, *, size: int, dice: float) -> Wave:
    """The best `size`, in which both topics a question needs have somebody, and perhaps one place is a turn."""
    needed = _needed(ready)
    best = [next(r for r in ready if topic in _topics([r])) for topic in needed]
    first = set(list(dict.fromkeys(r.id for r in [*best, *ready[: size + len(best)]]))[:size])
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


def _room(ready: Sequence[Ranked], past: Past, moment: Moment) -> float:
    """What share of these people's asks of today is left."""
    used = sum(moment.asked_today(r.stands.expert, past.asked.get(r.id)) for r in ready)
    return max(0.0, 1.0 - used / max(1, sum(r.stands.expert.daily_asks for r in ready)))


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
