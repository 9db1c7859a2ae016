"""What the house remembers of people, counted as the store counts it, event by event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from twelp.flow.dispatch import Moment, Past
from twelp.flow.dispatch.rhythm import counted, together
from twelp.model import Asked, Expert, Reaction, Rhythm, Standing, TopicScore

_RHYTHM_AGE = timedelta(minutes=10)
"""How old the desk lets rhythms become."""

_NOTHING_YET = Rhythm()


class Records:
    """Asks, standings, claims and hours, kept up to date."""

    def __init__(self, experts: Mapping[str, Expert]) -> None:
        self._experts = experts
        self.asked: dict[str, Asked] = {}
        self.standings: dict[str, dict[str, Standing]] = defaultdict(dict)
        self.holding: dict[str, int] = {}
        self.writing: dict[str, datetime] = {}
        self._rhythms: dict[str, Rhythm] = {}
        self._shown: tuple[datetime, dict[str, Rhythm], Rhythm] | None = None

    def past(self, topics: Sequence[TopicScore], now: datetime) -> Past:
        """What a plan is given; rhythms are as old as the desk lets them become."""
        if self._shown is None or now - self._shown[0] >= _RHYTHM_AGE:
            self._shown = now, dict(self._rhythms), together(self._rhythms.values())
        return Past(self.asked, self.standings, self.holding, self.writing, *self._shown[1:])

    def ask(self, who: str, topic: str, now: datetime) -> None:
        """Somebody was asked."""
        day, had_today = Moment(now).day(self._experts[who].zone), self.asked.get(who)
        count = had_today.count if had_today is not None and had_today.day == day else 0
        self.asked[who] = Asked(day, count + 1, now)
        if topic:
            had = self._standing(topic, who)
            self.standings[topic][who] = replace(had, asked=had.asked + 1, last_asked_at=now)

    def count(self, who: str, topic: str, **more: int) -> None:
        """One more of these of this person's."""
        if topic:
            had = self._standing(topic, who)
            self.standings[topic][who] = replace(had, **{name: getattr(had, name) + n for name, n in more.items()})

    def answered(self, who: str, topic: str, now: datetime) -> None:
        """A confirmed answer."""
        self.count(who, topic, answered=1)
        if topic:
            self.standings[topic][who] = replace(self.standings[topic][who], last_answered_at=now)

    def reacted(self, who: Expert, reaction: Reaction) -> None:
        """It is known what became of an ask."""
        assert reaction.until is not None
        had = self._rhythms.get(who.id, _NOTHING_YET)
        self._rhythms[who.id] = counted(had, reaction, who.zone, reaction.until)

    def ended(self, who: str, *, answered: int = 0, passed: int = 0) -> None:
        """An ask ended with an answer or a pass."""
        had = self._rhythms.get(who, _NOTHING_YET)
        self._rhythms[who] = replace(had, answered=had.answered + answered, passed=had.passed + passed)

    def _standing(self, topic: str, who: str) -> Standing:
        return self.standings[topic].get(who) or Standing()
