"""Ways of choosing whom to ask. `Twelp` is the bot's own decision with the bot's own inputs, nothing more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from benchmarks.crowd.records import Records
from benchmarks.crowd.town import Case, Town
from twelp.config.pace import PACES
from twelp.flow.dispatch import Need, plan, refusal
from twelp.model import Policy, TopicScore


@dataclass(frozen=True, slots=True)
class Wave:
    """Who is asked now, and after how long (seconds) to look again; None: not again."""

    asks: tuple[tuple[str, str], ...]
    again_s: float | None


@dataclass(frozen=True, slots=True)
class Situation:
    """A question when somebody is to be asked: `instead` of one who passed, or as the next wave."""

    case: Case
    topics: tuple[TopicScore, ...]
    already: Mapping[str, object]
    wave: int
    now: datetime
    waiting: int
    dice: float
    instead: bool = False


class Choice(Protocol):
    """A policy; `learns` when it looks at how soon people react, `groups` when it asks about one matter once."""

    learns: bool
    groups: bool

    def wave(self, situation: Situation, records: Records) -> Wave:
        """Whom to ask."""


class Broadcast:
    """Everybody who stands for the topic, at once, whatever the hour: how Twelpforce did it."""

    learns = False
    groups = False

    def __init__(self, town: Town) -> None:
        self._town = town

    def wave(self, situation: Situation, records: Records) -> Wave:
        """All of them, once."""
        if situation.instead:
            return Wave((), None)
        people = _standing(self._town, situation)
        return Wave(tuple(found for found in people if found[0] not in situation.already), None)


class RoundRobin:
    """Three at a time in the order of a list, going on where the last question left off; limits are kept."""

    learns = False
    groups = False

    def __init__(self, town: Town) -> None:
        self._town = town
        self._next: dict[str, int] = {}

    def wave(self, situation: Situation, records: Records) -> Wave:
        """The next three."""
        policy = Policy()
        people = _standing(self._town, situation)
        topic = people[0][1] if people else ""
        start = self._next.get(topic, 0)
        found: list[tuple[str, str]] = []
        for step in range(len(people)):
            i = (start + step) % len(people)
            who, _ = people[i]
            if who not in situation.already and not refusal(
                self._town.roster.experts[who], records.asked, situation.now
            ):
                found.append(people[i])
                self._next[topic] = i + 1
            if len(found) == (1 if situation.instead else policy.wave_size):
                break
        return Wave(tuple(found), policy.wave_after.total_seconds())


class Twelp:
    """`twelp.flow.dispatch.plan`, given what the desk gives it."""

    learns = True
    groups = True

    def __init__(self, town: Town, pace: str = "balanced") -> None:
        self._town = town
        found = PACES[pace]
        self._policy = Policy(surely=found.surely, wave_after=timedelta(minutes=found.wave_minutes))

    def wave(self, situation: Situation, records: Records) -> Wave:
        """Its wave."""
        found = plan(
            situation.topics,
            self._town.roster,
            past=records.past(situation.topics, situation.now),
            already=situation.already.keys(),
            now=situation.now,
            policy=self._policy,
            need=Need(situation.case.urgent, situation.waiting),
            dice=1.0 if situation.instead else situation.dice,
            instead=situation.instead,
        )
        again = found.look_again_at
        asks = tuple((c.expert, c.topic) for c in found.asks)
        return Wave(asks, None if again is None else (again - situation.now) / timedelta(seconds=1))


POLICIES = {"broadcast": Broadcast, "round_robin": RoundRobin, "twelp": Twelp}
PACED = {name: partial(Twelp, pace=name) for name in PACES}
"""The same by each pace that an operator may choose."""


def _standing(town: Town, situation: Situation) -> list[tuple[str, str]]:
    """Everybody (with the topic) whom the question may concern; moderators where nothing was found."""
    counts = [t.topic for t in situation.topics if t.score >= situation.topics[0].score * 0.5]
    if not counts:
        return [(m.id, "") for m in town.roster.moderators()]
    found: dict[str, str] = {}
    for topic in counts:
        for who in town.standing_for[topic]:
            found.setdefault(who, topic)
    return list(found.items())
