"""How soon people react to asks, counted from what they did with the latest ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from twelp.model import Expert, Reaction, Rhythm

PROMPT = timedelta(minutes=5)
"""Within how long a reaction is prompt; who has not reacted by then has let the card lie."""

_NOTHING_YET = Rhythm()


def rhythms(
    reactions: Iterable[Reaction], experts: Mapping[str, Expert], now: datetime
) -> tuple[Mapping[str, Rhythm], Rhythm]:
    """Each expert's rhythm, and all of theirs together; who is not among `experts` any more counts for neither."""
    found: dict[str, Rhythm] = {}
    for reaction in reactions:
        expert = experts.get(reaction.expert)
        if expert is not None:
            found[expert.id] = counted(found.get(expert.id, _NOTHING_YET), reaction, expert.zone, now)
    return found, together(found.values())


def together(rhythms: Iterable[Rhythm]) -> Rhythm:
    """The rhythm of them all."""
    lay, prompt = dict.fromkeys(range(24), 0.0), dict.fromkeys(range(24), 0.0)
    answered = passed = 0
    for rhythm in rhythms:
        answered, passed = answered + rhythm.answered, passed + rhythm.passed
        for hour, part in rhythm.lay.items():
            lay[hour] += part
            prompt[hour] += rhythm.prompt[hour]
    return Rhythm(lay, prompt, answered, passed)


def counted(rhythm: Rhythm, reaction: Reaction, zone: ZoneInfo, now: datetime) -> Rhythm:
    """The rhythm with one more reaction in it. An ask that is still fresh tells nothing yet."""
    waited = (reaction.until or now) - reaction.asked_at
    prompt = reaction.acted and waited <= PROMPT
    if reaction.until is None and waited < PROMPT:
        return rhythm
    part = 1.0 if prompt else min(1.0, max(0.0, waited / PROMPT)) ** 0.5
    hour = reaction.asked_at.astimezone(zone).hour
    missed = None if waited < PROMPT else reaction.asked_at
    return replace(
        rhythm,
        lay={**rhythm.lay, hour: rhythm.lay.get(hour, 0.0) + part},
        prompt={**rhythm.prompt, hour: rhythm.prompt.get(hour, 0.0) + prompt},
        answered=rhythm.answered + reaction.answered,
        passed=rhythm.passed + reaction.passed,
        seen_at=_later(rhythm.seen_at, reaction.until if reaction.acted else None),
        missed_at=_later(rhythm.missed_at, missed),
    )


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at is not None), default=None)
