"""Dispatch: whom to ask now, and when to look again. Few at a time, never at night, never over anybody's budget.

An expert may be asked when they stand for one of the question's topics, hold the certifications the topic requires, are
outside their quiet hours, have asks left for their own day, and were not asked about this question before. Of those,
the best few are asked; where a question needs two topics, people of both. Text picks the topic; *within* a topic the
order is the product of

    topic       how likely the question is about their topics (the matcher's score, summed over theirs)
    willing     (answered + 3) / (answered + passed + ½ let by + 4); asks others were quicker at count for nothing
    reception   (published + 2) / (published + returned + 2)
    free        1 - ½ · asks today / daily budget, divided by 1 + questions they hold now
    turn        ½ for whoever was asked last of all, up to 1 for whoever has waited longest
    awake       1¼ while they are writing, fading back to 1 within hours

so that nobody is forgotten and the same three are not asked for ever. One place of a wave is a *turn*, drawn by `dice`:
it goes to whoever is least known on the topic, or, where all are known, has waited longest, whatever their score. Where
nobody of the topic is left awake, or no topic matches at all, moderators are asked last, so that a question ends with a
person and not in silence.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from math import prod

from twelp.model import Candidate, Expert, Policy, Roster, Standing, Topic, TopicScore

_SECOND_TOPIC = 0.5
"""A further topic counts when its score is at least this share of the best one's."""

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

_KNOWN_FROM = 3
"""Settled asks on a topic from which a person counts as known there."""

_NEW_UNTIL = 10
"""Asks on a topic after which nobody is new to it, though others were always quicker."""

_NEWCOMER_SHARE = 0.5
"""Share of waves with a place for somebody not yet known. Costs little: there are others in the wave."""

_WAITING_SHARE = 0.2
"""Share of waves with a place for whoever has waited longest, where all are known: a bad record starves nobody."""

_CONSIDERED = 10
"""How many of those who were not asked the plan names, for the journal."""

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of people when a wave is planned.

    Attributes:
        asked: when each expert was asked about anything, at least since yesterday.
        standings: how each fared, by topic, then expert; empty for who was never asked on it.
        holding: questions each has claimed and not yet answered.
        writing: when each last wrote an answer or a draft, lately.
    """

    asked: Mapping[str, Sequence[datetime]] = field(default_factory=dict)
    standings: Mapping[str, Mapping[str, Standing]] = field(default_factory=dict)
    holding: Mapping[str, int] = field(default_factory=dict)
    writing: Mapping[str, datetime] = field(default_factory=dict)

    def standing(self, topic: str, expert: str) -> Standing:
        """How the expert fared with the topic."""
        return self.standings.get(topic, {}).get(expert, Standing())

    def last_asked(self, topic: str, expert: str) -> datetime:
        """When the expert was last asked, about anything lately or about the topic; long ago when never."""
        hours = self.asked.get(expert, ())
        return max([*hours, self.standing(topic, expert).last_asked_at or _LONG_AGO])


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


@dataclass(frozen=True, slots=True)
class _Stands:
    """An expert who stands for at least one topic that counts: those, best first, and what they score together."""

    expert: Expert
    topics: tuple[tuple[Topic, float], ...]
    score: float
    why: tuple[str, ...]


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
    pool = _pool(topics, roster, now)
    fresh = {stands.expert.id: stands for stands in pool if stands.expert.id not in already}
    free = [s for s in fresh.values() if policy.unlimited or not refusal(s.expert, past.asked, now)]
    if free:
        ready = _ranked(free, past, now)
        wave = _wave(ready, fresh, past, size=policy.wave_size, dice=dice)
    else:
        ready = _moderators(roster, past, already, now, policy)
        wave = tuple(ready[: policy.wave_size])
    if wave:
        taken = {candidate.expert for candidate in wave}
        left = tuple(c for c in ready if c.expert not in taken)[:_CONSIDERED]
        return Plan(wave, now + policy.wave_after, considered=left, dice=dice)
    waiting = [roster.experts[e] for e in fresh] + [m for m in roster.moderators() if m.id not in already]
    if not waiting:
        return Plan((), None, ("everybody who could know was asked",))
    hour = min(_free_at(e, past.asked.get(e.id, ()), now) for e in waiting)
    soonest = max(hour, now + timedelta(minutes=1))
    return Plan((), soonest, (f"nobody who could know can be asked before {soonest:%H:%M} UTC",))


def counting(topics: Sequence[TopicScore]) -> tuple[TopicScore, ...]:
    """Those of a question's topics, best first, whose people may be asked."""
    return tuple(t for t in topics if t.score >= topics[0].score * _SECOND_TOPIC)


def refusal(expert: Expert, asked: Mapping[str, Sequence[datetime]], now: datetime) -> str:
    """Why this person must not be asked anything now; empty when they may."""
    if quiet(expert, now):
        return f"has quiet hours ({now.astimezone(expert.zone):%H:%M} there)"
    if asked_today(expert, asked.get(expert.id, ()), now) >= expert.daily_asks:
        return f"was asked {expert.daily_asks} times today, which is enough"
    return ""


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


# ---------------------------------------------------------------- who could


def _pool(topics: Sequence[TopicScore], roster: Roster, now: datetime) -> list[_Stands]:
    """Everybody who stands, with the certifications it takes, for one of the topics that count."""
    known = [(t, roster.topics[t.topic]) for t in counting(topics) if t.topic in roster.topics]
    pool = []
    for expert in roster.experts.values():
        mine = [(t, topic) for t, topic in known if topic.id in expert.topics and _certified(expert, topic, now)]
        if mine:
            stood = tuple((topic, t.score) for t, topic in mine)
            names = " and ".join(topic.name for topic, _ in stood)
            needed = sorted({name for topic, _ in stood for name in topic.requires})
            held = (f"you are certified for it: {', '.join(needed)}",) if needed else ()
            why = (f"you stand for {names}", *mine[0][0].reasons, *held)
            pool.append(_Stands(expert, stood, min(1.0, sum(t.score for t, _ in mine)), why))
    return pool


def _certified(expert: Expert, topic: Topic, now: datetime) -> bool:
    today = now.astimezone(expert.zone).date()
    held = {c.name for c in expert.certifications if c.expires_on is None or c.expires_on >= today}
    return held.issuperset(topic.requires)


def _moderators(roster: Roster, past: Past, already: Collection[str], now: datetime, policy: Policy) -> list[Candidate]:
    """Moderators who may be asked, whoever has waited longest first."""
    free = [
        m for m in roster.moderators() if m.id not in already and (policy.unlimited or not refusal(m, past.asked, now))
    ]
    why = ("nobody else who could know can be asked now", "you are a moderator")
    found = [Candidate(m.id, "", 0.0, (*why, *_availability(m, past, now))) for m in free]
    return sorted(found, key=lambda c: (past.last_asked("", c.expert), c.expert))


# ---------------------------------------------------------------- in which order


def _ranked(free: Sequence[_Stands], past: Past, now: datetime) -> list[Candidate]:
    """Candidates, best first; of equals whoever was not asked for longest, then by id."""
    waited = {s.expert.id: past.last_asked(s.topics[0][0].id, s.expert.id) for s in free}
    hours = sorted(set(waited.values()), reverse=True)
    turn = {hour: rank / (len(hours) - 1) if len(hours) > 1 else 1.0 for rank, hour in enumerate(hours)}
    found = []
    for stands in free:
        who, topic = stands.expert, stands.topics[0][0]
        standing = past.standing(topic.id, who.id)
        parts = {
            "topic": stands.score,
            **_record(standing),
            "free": _free(who, past, now),
            "turn": 1.0 - _TURN_WEIGHT * (1.0 - turn[waited[who.id]]),
            "awake": _awake(past.writing.get(who.id), now),
        }
        why = (*stands.why, *_spoken(standing, topic, now), *_availability(who, past, now))
        found.append(Candidate(who.id, topic.id, prod(parts.values()), why, parts))
    return sorted(found, key=lambda c: (-c.score, waited[c.expert], c.expert))


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


def _wave(
    ready: Sequence[Candidate], fresh: Mapping[str, _Stands], past: Past, *, size: int, dice: float
) -> tuple[Candidate, ...]:
    """The best `size`, in which both topics a question needs have somebody, and perhaps one place is a turn."""

    def covered(people: Sequence[Candidate]) -> set[str]:
        return {topic.id for c in people for topic, _ in fresh[c.expert].topics}

    best = [next(c for c in ready if topic in covered([c])) for topic in _needed(ready, fresh)]
    chosen = dict.fromkeys(c.expert for c in [*best, *ready])
    first = set(list(chosen)[:size])
    wave = [c for c in ready if c.expert in first]
    due = _due(ready, past)
    if due.expert in first or dice >= (_NEWCOMER_SHARE if _new(due, past) else _WAITING_SHARE):
        return tuple(wave)
    for i in reversed(range(len(wave))):  # the last one whose topics others of the wave stand for, too
        turned = [*wave[:i], *wave[i + 1 :], due]
        if covered(turned) >= covered(wave) & set(_needed(ready, fresh)):
            return (*turned[:-1], replace(due, reasons=_with_turn(due, past)))
    return tuple(wave)


def _needed(ready: Sequence[Candidate], fresh: Mapping[str, _Stands]) -> list[str]:
    """The two best topics somebody can be asked about: a question may need both, hardly ever three."""
    scores: dict[str, float] = {}
    for candidate in ready:
        for topic, score in fresh[candidate.expert].topics:
            scores[topic.id] = score
    return sorted(scores, key=lambda topic: (-scores[topic], topic))[:2]


def _due(ready: Sequence[Candidate], past: Past) -> Candidate:
    """Who needs a turn most: the least known on their topic; where all are known, whoever has waited longest."""
    new = [c for c in ready if _new(c, past)]
    if new:
        return min(new, key=lambda c: (past.standing(c.topic, c.expert).asked, -c.score, c.expert))
    return min(ready, key=lambda c: (past.last_asked(c.topic, c.expert), c.expert))


def _new(candidate: Candidate, past: Past) -> bool:
    standing = past.standing(candidate.topic, candidate.expert)
    return standing.settled < _KNOWN_FROM and standing.asked < _NEW_UNTIL


# ---------------------------------------------------------------- in words


def _with_turn(due: Candidate, past: Past) -> tuple[str, ...]:
    why = "you are new to this: a turn for you" if _new(due, past) else "nobody has waited longer: a turn for you"
    return (due.reasons[0], why, *due.reasons[1:])


def _spoken(standing: Standing, topic: Topic, now: datetime) -> tuple[str, ...]:
    """What their own past with the topic says, as it was counted."""
    said = []
    if standing.settled:
        said.append(f"you answered {standing.answered} of {standing.settled} asks on {topic.name}")
    if standing.returned:
        said.append(f"{standing.returned} of your answers on {topic.name} came back")
    if standing.last_asked_at is not None and (days := (now - standing.last_asked_at).days) > 0:
        said.append(f"not asked on {topic.name} for {days} day{'s' if days > 1 else ''}")
    return tuple(said)


def _availability(expert: Expert, past: Past, now: datetime) -> tuple[str, ...]:
    """What is known of their day, as it was counted."""
    today = asked_today(expert, past.asked.get(expert.id, ()), now)
    local = now.astimezone(expert.zone)
    said = [f"it is {local:%H:%M} where you are", f"ask {today + 1} of {expert.daily_asks} today"]
    wrote_at = past.writing.get(expert.id)
    if wrote_at is not None and (minutes := int((now - wrote_at).total_seconds() // 60)) < 120:
        said.append(f"you wrote here {minutes} min ago" if minutes > 0 else "you are writing here now")
    if held := past.holding.get(expert.id, 0):
        said.append(f"you hold {held} other question{'s' if held > 1 else ''}")
    return tuple(said)
