"""Who could be asked: people who stand for a topic of the question, and moderators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from twelp.model import Expert, Level, Roster, Topic, TopicScore

_SECOND_TOPIC = 0.5
"""A further topic counts when its score is at least this share of the best one's."""


@dataclass(frozen=True, slots=True)
class Eligible:
    """An expert who stands for at least one topic that counts: those, best first, and what they score together."""

    expert: Expert
    topics: tuple[tuple[Topic, TopicScore], ...]
    score: float

    @property
    def topic(self) -> Topic:
        """The one they are asked for."""
        return self.topics[0][0]


def counting(topics: Sequence[TopicScore]) -> tuple[TopicScore, ...]:
    """Those of a question's topics, best first, whose people may be asked."""
    return tuple(t for t in topics if t.score >= topics[0].score * _SECOND_TOPIC)


def pool(topics: Sequence[TopicScore], roster: Roster, now: datetime) -> list[Eligible]:
    """Everybody who stands, with the certifications it takes, for one of the topics that count; in the file's order."""
    known = [(roster.topics[t.topic], t) for t in counting(topics) if t.topic in roster.topics]
    named = {topic.id for topic, _ in known}
    found = []
    for expert in roster.experts.values():
        if named.isdisjoint(expert.topics):
            continue
        mine = tuple([k for k in known if k[0].id in expert.topics and _certified(expert, k[0], now)])
        if mine:
            found.append(Eligible(expert, mine, min(1.0, sum([t.score for _, t in mine]))))
    return found


def who_may_know(topics: Sequence[TopicScore], roster: Roster) -> list[str]:
    """The ids of all who stand for one of these topics, whatever certifications it takes, and of the moderators."""
    named = {found.topic for found in topics}
    people = roster.experts.values()
    return [e.id for e in people if e.level is Level.MODERATOR or not named.isdisjoint(e.topics)]


def _certified(expert: Expert, topic: Topic, now: datetime) -> bool:
    if not topic.requires:
        return True
    today = now.astimezone(expert.zone).date()
    held = {c.name for c in expert.certifications if c.expires_on is None or c.expires_on >= today}
    return held.issuperset(topic.requires)
