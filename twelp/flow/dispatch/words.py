"""The reasons, in words a person would accept: what was counted, said to whom it is about."""

from __future__ import annotations

from datetime import datetime

from twelp.flow.dispatch.limits import Moment
from twelp.flow.dispatch.past import Past
from twelp.flow.dispatch.pool import Stands
from twelp.flow.dispatch.ranking import Ranked
from twelp.flow.dispatch.wave import Wave
from twelp.model import Candidate, Expert, Standing, Topic

_TELLING = 3
"""Asks from which a person's share of quick reactions is worth a word."""


def candidate(person: Ranked, past: Past, moment: Moment, wave: Wave | None = None) -> Candidate:
    """The person as others see them: topic, score, parts and reasons; `wave` is the one they are in."""
    stands = person.stands
    who, topic = stands.expert, stands.topic
    record = _record(past.standing(topic.id, who.id), topic, moment.now)
    why = (*_stood(stands), *record, *availability(who, past, moment))
    if wave is not None and person is wave.turn:
        turn = "you are new to this: a turn for you" if wave.new else "nobody has waited longer: a turn for you"
        why = (why[0], turn, *why[1:])
    return Candidate(who.id, topic.id, person.score, why, person.parts)


def availability(expert: Expert, past: Past, moment: Moment) -> tuple[str, ...]:
    """What is known of their day, as it was counted."""
    today = moment.asked_today(expert, past.asked.get(expert.id, ()))
    local = moment.local(expert.zone)
    said = [f"it is {local:%H:%M} where you are", f"ask {today + 1} of {expert.daily_asks} today"]
    wrote_at = past.writing.get(expert.id)
    if wrote_at is not None and (minutes := int((moment.now - wrote_at).total_seconds() // 60)) < 120:
        said.append(f"you wrote here {minutes} min ago" if minutes > 0 else "you are writing here now")
    rhythm = past.rhythms.get(expert.id)
    if rhythm is not None and (lay := round(sum(rhythm.lay.values()))) >= _TELLING:
        said.append(f"you reacted within minutes to {round(sum(rhythm.prompt.values()))} of {lay} lately")
    if held := past.holding.get(expert.id, 0):
        said.append(f"you hold {held} other question{'s' if held > 1 else ''}")
    return tuple(said)


def _stood(stands: Stands) -> tuple[str, ...]:
    names = " and ".join(topic.name for topic, _ in stands.topics)
    needed = sorted({name for topic, _ in stands.topics for name in topic.requires})
    held = (f"you are certified for it: {', '.join(needed)}",) if needed else ()
    return (f"you stand for {names}", *stands.topics[0][1].reasons, *held)


def _record(standing: Standing, topic: Topic, now: datetime) -> tuple[str, ...]:
    """What their own past with the topic says, as it was counted."""
    said = []
    if standing.settled:
        said.append(f"you answered {standing.answered} of {standing.settled} asks on {topic.name}")
    if standing.returned:
        said.append(f"{standing.returned} of your answers on {topic.name} came back")
    if standing.last_asked_at is not None and (days := (now - standing.last_asked_at).days) > 0:
        said.append(f"not asked on {topic.name} for {days} day{'s' if days > 1 else ''}")
    return tuple(said)
