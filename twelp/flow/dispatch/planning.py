"""The next wave for a question: pool, limits, ranking and wave in one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from twelp.flow.dispatch.free import free_at
from twelp.flow.dispatch.limits import Moment, Unavailable
from twelp.flow.dispatch.past import Past
from twelp.flow.dispatch.pool import Eligible, pool
from twelp.flow.dispatch.ranking import ranked
from twelp.flow.dispatch.wave import Need, choose, pause, size
from twelp.flow.dispatch.words import availability, candidate, unworded
from twelp.model import Asked, Candidate, Expert, Policy, Roster, TopicScore
from twelp.texts import reasons

_CONSIDERED = 10
"""How many of those who were not asked the plan names, for the journal."""

_NEVER = timedelta(days=1)
"""When it is looked again where nobody who is left has any asks a day: they may change their minds."""

_ORDINARY = Need()


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom to ask now (best first, nobody twice) and when it is worth looking again; `reasons` say why so many or few.

    `considered` are the best of those who could have been asked instead, best first, with their reasons only where
    these were wanted; `dice` is what was thrown; `unavailable` are some of those who could know and
    must not be asked now, each with what forbids it.
    """

    asks: tuple[Candidate, ...]
    look_again_at: datetime | None
    reasons: tuple[str, ...] = ()
    considered: tuple[Candidate, ...] = ()
    dice: float = 1.0
    unavailable: tuple[tuple[str, Unavailable], ...] = ()


def plan(
    topics: Sequence[TopicScore],
    roster: Roster,
    *,
    past: Past,
    already: Collection[str],
    now: datetime,
    policy: Policy,
    need: Need = _ORDINARY,
    dice: float = 1.0,
    instead: bool = False,
    telling: bool = False,
) -> Plan:
    """The next wave for a question.

    Args:
        topics: what the question is about, best first; empty when nothing matches.
        roster: who there is.
        past: what is known of people.
        already: experts who were asked about this question, whatever they said.
        now: the hour, aware UTC.
        policy: wave size and pauses.
        need: how urgent it is, and how long the queue.
        dice: a number in 0..1 that is the same whenever this wave is planned; 1 gives nobody a turn.
        instead: only one person, in the place of one who passed.
        telling: also puts into words why those who were only considered could have been asked.

    Returns:
        A wave as `wave.size` has it. `look_again_at` is None only when nobody is left at all.
    """
    moment = Moment(now)
    fresh = [stands for stands in pool(topics, roster, now) if stands.expert.id not in already]
    barred = {} if policy.unlimited else _barred(fresh, past, moment)
    free = [s for s in fresh if s.expert.id not in barred]
    unavailable = tuple(barred.items())[:_CONSIDERED]
    if free:
        ready = ranked(free, past, moment)
        count, why = (1, ()) if instead else size(ready, past, moment, need, policy)
        wave = choose(ready, past, size=count, dice=dice)
        taken = {person.id for person in wave.people}
        left = [person for person in ready if person.id not in taken]
        after, sooner = pause(len(left), need, policy)
        return Plan(
            tuple(candidate(person, past, moment, wave) for person in wave.people),
            now + after,
            (*why, *sooner),
            tuple(candidate(person, past, moment) if telling else unworded(person) for person in left[:_CONSIDERED]),
            dice,
            unavailable,
        )
    last = _moderators(roster, past, already, moment, policy)
    if last:
        count = 1 if instead else policy.wave_size
        after, sooner = pause(0, need, policy)
        return Plan(last[:count], now + after, sooner, last[count:][:_CONSIDERED], dice, unavailable)
    waiting = [s.expert for s in fresh] + [m for m in roster.moderators() if m.id not in already]
    if not waiting:
        return Plan(
            (), None, ("everybody who could know was asked" if already else "nobody who could know takes part",)
        )
    return replace(_later(waiting, past, moment), unavailable=unavailable)


def _barred(people: Sequence[Eligible], past: Past, moment: Moment) -> dict[str, Unavailable]:
    """What forbids asking those of them who must not be asked now, by their ids."""
    found = ((one.expert.id, moment.unavailable(one.expert, past.asked)) for one in people)
    return {expert: bar for expert, bar in found if bar is not None}


def _later(waiting: Sequence[Expert], past: Past, moment: Moment) -> Plan:
    """Nobody can be asked now, but these can at some hour."""
    now = moment.now
    hours = [free_at(e, now, past.asked.get(e.id) or Asked(moment.day(e.zone))) for e in waiting]
    free = [hour for hour in hours if hour is not None]
    soonest = max(min(free, default=now + _NEVER), now + timedelta(minutes=1))
    return Plan((), soonest, (f"nobody who could know can be asked before {soonest:%H:%M} UTC",))


def _moderators(
    roster: Roster, past: Past, already: Collection[str], moment: Moment, policy: Policy
) -> tuple[Candidate, ...]:
    """Moderators who may be asked, whoever has waited longest first."""
    left = [m for m in roster.moderators() if m.id not in already]
    free = [m for m in left if policy.unlimited or moment.unavailable(m, past.asked) is None]
    why = (reasons.NOBODY_ELSE, reasons.YOU_MODERATE)
    found = [Candidate(m.id, None, 0.0, (*why, *availability(m, past, moment))) for m in free]
    return tuple(sorted(found, key=lambda c: (past.last_asked("", c.expert), c.expert)))
