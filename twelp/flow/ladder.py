"""The ladder: who is told of a crisis at each step until somebody takes it. Pure: who is awake is an argument.

Step 0 comes at once: every moderator who can be reached now, the list's first person who can, and its channels. Each
further step tells the next person of the list who can be reached, with moderators who woke up meanwhile; when the list
is used up, all moderators hear of it again, and again after twice the time. Where nobody can be reached at all, all
moderators are told whatever the hour: a danger is never silent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from twelp.model import Expert, Kind

VITAL = frozenset({Kind.DANGER, Kind.SELF_HARM, Kind.THREAT, Kind.CRISIS})
"""A life may depend on it: once the list is used up, all moderators are told whatever the hour."""

_LONGEST = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told at one step.

    Attributes:
        people: roster ids, in order.
        again: the list is used up: who has a card already is told once more, channels, too.
    """

    people: tuple[str, ...]
    again: bool = False


def step(
    *,
    first: bool,
    kind: Kind,
    listed: Sequence[str],
    moderators: Sequence[str],
    reachable: Collection[str],
    on_call: Sequence[str],
    told: Collection[str],
) -> Told:
    """Who is told now.

    Args:
        first: it is step 0.
        kind: what it is about.
        listed: the people of the kind's list who take part, in order.
        moderators: the moderators who take part.
        reachable: everybody who may be reached now: awake, or on call.
        on_call: people on call who may be reached now.
        told: who has a card of it already.
    """
    awake = [one for one in moderators if one in reachable]
    there = [one for one in listed if one in reachable and one not in told]
    if first or there:
        found = _each_once(there[:1], (one for one in awake if one not in told))
        return Told(found or tuple(on_call) or tuple(moderators) or tuple(listed))
    everybody = kind in VITAL or not (awake or on_call)
    return Told(_each_once(moderators if everybody else awake, on_call) or tuple(listed), again=True)


def on_holiday(expert: Expert, now: datetime) -> bool:
    """Whether somebody on call is away for the day: only then they are not reached."""
    return replace(expert, breaks=()).away_until(now) is not None


def wait(after: timedelta, rounds: int) -> timedelta:
    """How long it is until the next step, after so many rounds in which all moderators were told again.

    >>> [str(wait(timedelta(minutes=10), rounds)) for rounds in (0, 1, 2, 9)]
    ['0:10:00', '0:20:00', '0:40:00', '8:00:00']
    """
    doubled: timedelta = after * 2 ** min(rounds, 12)
    return max(after, min(doubled, _LONGEST))


def _each_once(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for group in groups for one in group))
