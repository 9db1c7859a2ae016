"""Dispatch: whom to ask now, and when to look again. Few at a time, never at night, never over anybody's budget.

An expert may be asked when they stand for one of the question's topics, hold the certifications the topic requires, are
outside their quiet hours, have asks left for their own day, and were not asked about this question before. Where nobody
of the topic is left awake, or no topic matches at all, moderators are asked last, so that a question ends with a person
and not in silence.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from twelp.model import Candidate, Expert, Level, Policy, Roster, Topic, TopicScore

_SECOND_TOPIC = 0.5
"""A further topic counts when its score is at least this share of the best one's."""

_LOAD_WEIGHT = 0.5
"""How much of a person's standing a day of asks up to the budget takes away."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom to ask now (best first, nobody twice) and when it is worth looking again; `reasons` say why so few."""

    asks: tuple[Candidate, ...]
    look_again_at: datetime | None
    reasons: tuple[str, ...] = ()


def plan(
    topics: Sequence[TopicScore],
    roster: Roster,
    *,
    asked: Mapping[str, Sequence[datetime]],
    already: Collection[str],
    now: datetime,
    policy: Policy,
) -> Plan:
    """The next wave for a question.

    Args:
        topics: what the question is about, best first; empty when nothing matches.
        roster: who there is.
        asked: when each expert was asked about anything, at least since yesterday.
        already: experts who were asked about this question, whatever they said.
        now: the hour, aware UTC.
        policy: wave size and pauses.

    Returns:
        At most `policy.wave_size` candidates. `look_again_at` is None only when nobody is left at all.
    """
    pool = _pool(topics, roster)
    fresh = {expert: found for expert, found in pool.items() if expert not in already}
    ready = [c for c in (_candidate(roster, f, asked, now, policy) for f in fresh.values()) if c is not None]
    if not ready:
        ready = _moderators(roster, asked, already, now, policy)
    ready.sort(key=lambda c: (-c.score, _last(asked, c.expert), c.expert))
    wave = tuple(ready[: policy.wave_size])
    if wave:
        return Plan(wave, now + policy.wave_after)
    waiting = [roster.experts[e] for e in fresh] + [m for m in roster.moderators() if m.id not in already]
    if not waiting:
        return Plan((), None, ("everybody who could know was asked",))
    hour = min(_free_at(e, asked.get(e.id, ()), now) for e in waiting)
    soonest = max(hour, now + timedelta(minutes=1))
    return Plan((), soonest, (f"nobody who could know can be asked before {soonest:%H:%M} UTC",))


def quiet(expert: Expert, now: datetime) -> bool:
    """True when it is the expert's quiet hours, in their own zone."""
    if expert.quiet is None or expert.quiet.start == expert.quiet.end:
        return False
    local = now.astimezone(expert.zone).time()
    start, end = expert.quiet.start, expert.quiet.end
    return start <= local < end if start < end else local >= start or local < end


def asked_today(expert: Expert, hours: Sequence[datetime], now: datetime) -> int:
    """How many of these asks fell on the expert's own calendar day."""
    today = now.astimezone(expert.zone).date()
    return sum(1 for at in hours if at.astimezone(expert.zone).date() == today)


def _free_at(expert: Expert, hours: Sequence[datetime], now: datetime) -> datetime:
    """The next hour at which neither quiet hours nor the day's budget speak against asking."""
    hour = now
    if expert.daily_asks <= asked_today(expert, hours, now):
        tomorrow = now.astimezone(expert.zone).date() + timedelta(days=1)
        hour = datetime.combine(tomorrow, time(), tzinfo=expert.zone).astimezone(UTC)
    if expert.quiet is not None and quiet(expert, hour):
        local = hour.astimezone(expert.zone)
        end = datetime.combine(local.date(), expert.quiet.end, tzinfo=expert.zone)
        if end <= local:
            end = datetime.combine(local.date() + timedelta(days=1), expert.quiet.end, tzinfo=expert.zone)
        hour = end.astimezone(UTC)
    return hour


def _pool(topics: Sequence[TopicScore], roster: Roster) -> dict[str, tuple[Expert, Topic, TopicScore]]:
    """Everybody who stands for one of the topics that count, each with their best topic."""
    pool: dict[str, tuple[Expert, Topic, TopicScore]] = {}
    floor = topics[0].score * _SECOND_TOPIC if topics else 0.0
    for found in topics:
        topic = roster.topics.get(found.topic)
        if topic is None or found.score < floor:
            continue
        for expert in roster.experts.values():
            if topic.id in expert.topics and expert.id not in pool:
                pool[expert.id] = (expert, topic, found)
    return pool


def _candidate(
    roster: Roster,
    found: tuple[Expert, Topic, TopicScore],
    asked: Mapping[str, Sequence[datetime]],
    now: datetime,
    policy: Policy,
) -> Candidate | None:
    expert, topic, match = found
    if not _certified(expert, topic, now):
        return None
    why = (f"you stand for {topic.name}", *match.reasons)
    return _if_free(expert, topic.id, match.score, why, asked=asked, now=now, policy=policy)


def _if_free(
    expert: Expert,
    topic: str,
    score: float,
    why: Sequence[str],
    *,
    asked: Mapping[str, Sequence[datetime]],
    now: datetime,
    policy: Policy,
) -> Candidate | None:
    today = asked_today(expert, asked.get(expert.id, ()), now)
    if not policy.unlimited and (quiet(expert, now) or today >= expert.daily_asks):
        return None
    load = min(1.0, today / max(1, expert.daily_asks))
    local = now.astimezone(expert.zone)
    reasons = (*why, f"it is {local:%H:%M} where you are", f"ask {today + 1} of {expert.daily_asks} today")
    return Candidate(expert.id, topic, score * (1.0 - _LOAD_WEIGHT * load), reasons)


def _certified(expert: Expert, topic: Topic, now: datetime) -> bool:
    today = now.astimezone(expert.zone).date()
    held = {c.name for c in expert.certifications if c.expires_on is None or c.expires_on >= today}
    return held.issuperset(topic.requires)


def _moderators(
    roster: Roster, asked: Mapping[str, Sequence[datetime]], already: Collection[str], now: datetime, policy: Policy
) -> list[Candidate]:
    why = ("nobody else who could know can be asked now", "you are a moderator")
    found = (
        _if_free(expert, "", 0.0, why, asked=asked, now=now, policy=policy)
        for expert in roster.experts.values()
        if expert.level is Level.MODERATOR and expert.id not in already
    )
    return [candidate for candidate in found if candidate is not None]


def _last(asked: Mapping[str, Sequence[datetime]], expert: str) -> datetime:
    hours = asked.get(expert, ())
    return max(hours) if hours else datetime.min.replace(tzinfo=UTC)
