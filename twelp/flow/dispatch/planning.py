"""The next wave for a question: pool, limits, ranking and wave in one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from twelp.flow.dispatch.limits import free_at, refusal
from twelp.flow.dispatch.past import Past
from twelp.flow.dispatch.pool import pool
from twelp.flow.dispatch.ranking import ranked
from twelp.flow.dispatch.wave import choose
from twelp.flow.dispatch.words import availability, candidate
from twelp.model import Candidate, Policy, Roster, TopicScore

_CONSIDERED = 10
"""How many of those who were not asked the plan names, for the journal."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom to ask now (best first, nobody twice) and when it is worth looking again; `reasons` say why so few.

    `considered` are the best of those who could have been asked instead, best first; `dice` is what was thrown.
    """

    asks: tuple[Candidate, ...]
    look_again_at: datetime | None
    reasons: tuple[str, ...] = ()
    considered: tuple[Candidate, ...] = ()
    dice: float = 1.0


def plan(
    topics: Sequence[TopicScore],
    roster: Roster,
    *,
    past: Past,
    already: Collection[str],
    now: datetime,
    policy: Policy,
    dice: float = 1.0,
) -> Plan:
    """The next wave for a question.

    Args:
        topics: what the question is about, best first; empty when nothing matches.
        roster: who there is.
        past: what is known of people.
        already: experts who were asked about this question, whatever they said.
        now: the hour, aware UTC.
        policy: wave size and pauses.
        dice: a number in 0..1 that is the same whenever this wave is planned; 1 gives nobody a turn.

    Returns:
        At most `policy.wave_size` candidates. `look_again_at` is None only when nobody is left at all.
    """
    fresh = [stands for stands in pool(topics, roster, now) if stands.expert.id not in already]
    free = [s for s in fresh if policy.unlimited or not refusal(s.expert, past.asked, now)]
    if free:
        ready = ranked(free, past, now)
        wave = choose(ready, past, size=policy.wave_size, dice=dice)
        taken = {person.id for person in wave.people}
        left = [person for person in ready if person.id not in taken][:_CONSIDERED]
        return Plan(
            tuple(candidate(person, past, now, wave) for person in wave.people),
            now + policy.wave_after,
            considered=tuple(candidate(person, past, now) for person in left),
            dice=dice,
        )
    last = _moderators(roster, past, already, now, policy)
    if last:
        size = policy.wave_size
        return Plan(last[:size], now + policy.wave_after, considered=last[size:][:_CONSIDERED], dice=dice)
    waiting = [s.expert for s in fresh] + [m for m in roster.moderators() if m.id not in already]
    if not waiting:
        return Plan((), None, ("everybody who could know was asked",))
    hour = min(free_at(e, past.asked.get(e.id, ()), now) for e in waiting)
    soonest = max(hour, now + timedelta(minutes=1))
    return Plan((), soonest, (f"nobody who could know can be asked before {soonest:%H:%M} UTC",))


def _moderators(
    roster: Roster, past: Past, already: Collection[str], now: datetime, policy: Policy
) -> tuple[Candidate, ...]:
    """Moderators who may be asked, whoever has waited longest first."""
    free = [
        m for m in roster.moderators() if m.id not in already and (policy.unlimited or not refusal(m, past.asked, now))
    ]
    why = ("nobody else who could know can be asked now", "you are a moderator")
    found = [Candidate(m.id, "", 0.0, (*why, *availability(m, past, now))) for m in free]
    return tuple(sorted(found, key=lambda c: (past.last_asked("", c.expert), c.expert)))
