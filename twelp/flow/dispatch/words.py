"""The reasons, in words a person would accept: what was counted, said to whom it is about."""

from __future__ import annotations

from datetime import datetime

from twelp.flow.dispatch.limits import Moment
from twelp.flow.dispatch.past import Past
from twelp.flow.dispatch.pool import Eligible
from twelp.flow.dispatch.ranking import Ranked
from twelp.flow.dispatch.wave import Wave
from twelp.model import Candidate, Expert, Standing, Topic
from twelp.texts import reasons
from twelp.texts.phrase import listed

_TELLING = 3
"""Asks from which a person's share of quick reactions is worth a word."""


def candidate(person: Ranked, past: Past, moment: Moment, wave: Wave | None = None) -> Candidate:
    """The person as others see them: topic, score, parts and reasons; `wave` is the one they are in."""
    stands = person.stands
    who, topic = stands.expert, stands.topic
    record = _record(past.standing(topic.id, who.id), topic, moment.now)
    why = (*_stood(stands), *record, *availability(who, past, moment))
    if wave is not None and person is wave.turn:
        turn = reasons.YOU_ARE_NEW if wave.new else reasons.YOUR_TURN
        why = (why[0], turn, *why[1:])
    return Candidate(who.id, topic.id, person.score, why, person.parts)


def unworded(person: Ranked) -> Candidate:
    """The same without the reasons: finding words takes longer than all the numbers."""
    return Candidate(person.id, person.stands.topic.id, person.score, (), person.parts)


def availability(expert: Expert, past: Past, moment: Moment) -> tuple[str, ...]:
    """What is known of their day, as it was counted."""
    today = moment.asked_today(expert, past.asked.get(expert.id))
    local = moment.local(expert.zone)
    said: list[str] = [
        reasons.IT_IS(hour=f"{local:%H:%M}"),
        reasons.ASK_OF_TODAY(number=today + 1, asks=expert.daily_asks),
    ]
    wrote_at = past.writing.get(expert.id)
    if wrote_at is not None and (minutes := int((moment.now - wrote_at).total_seconds() // 60)) < 120:
        said.append(reasons.YOU_WROTE(count=minutes) if minutes > 0 else reasons.YOU_WRITE)
    rhythm = past.rhythms.get(expert.id)
    if rhythm is not None and (lay := round(sum(rhythm.lay.values()))) >= _TELLING:
        said.append(reasons.YOU_REACTED(prompt=round(sum(rhythm.prompt.values())), asks=lay))
    if held := past.holding.get(expert.id, 0):
        said.append(reasons.YOU_HOLD(count=held))
    return tuple(said)


def _stood(stands: Eligible) -> tuple[str, ...]:
    topics = listed([topic.name for topic, _ in stands.topics])
    needed = sorted({name for topic, _ in stands.topics for name in topic.requires})
    held = (reasons.YOU_ARE_CERTIFIED(names=tuple(needed)),) if needed else ()
    return (reasons.YOU_STAND_FOR(topics=topics), *stands.topics[0][1].reasons, *held)


def _record(standing: Standing, topic: Topic, now: datetime) -> tuple[str, ...]:
    """What their own past with the topic says, as it was counted."""
    said = []
    if standing.settled:
        answered, asks = standing.answered, standing.settled
        said.append(reasons.YOU_ANSWERED(answered=answered, asks=asks, topic=topic.name))
    if standing.returned:
        said.append(reasons.YOURS_CAME_BACK(count=standing.returned, topic=topic.name))
    if standing.last_asked_at is not None and (days := (now - standing.last_asked_at).days) > 0:
        said.append(reasons.NOT_ASKED_FOR(count=days, topic=topic.name))
    return tuple(said)
