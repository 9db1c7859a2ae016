"""Who takes part, and how many of them may be asked about each topic in each hour of a week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from twelp.flow import volunteers
from twelp.flow.dispatch import quiet
from twelp.model import Expert, Level, QuietHours, Roster
from twelp.ports import PeopleTx, WaitingTx

HOURS: Final = 168


class CoverageRows(PeopleTx, WaitingTx, Protocol):
    """Rows that tell who takes part, and who is busy."""


@dataclass(frozen=True, slots=True)
class TopicCoverage:
    """One topic: how many `people` stand for it, and how many of them may be asked in each hour of the week.

    `hours`: 168 numbers, from Monday 00:00 UTC on. `holes`: so many of them are 0.
    """

    topic: str
    name: str
    people: int
    hours: tuple[int, ...]

    @property
    def holes(self) -> int:
        return sum(1 for count in self.hours if count == 0)


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """Somebody on the roster, on the terms that hold for them.

    Attributes:
        clock: the hour where they are.
        asleep: whether these are their quiet hours, or a pause or holiday of theirs.
        holds: how many questions they have claimed and not answered yet.
    """

    id: str
    name: str
    level: Level
    topics: tuple[str, ...]
    zone: ZoneInfo
    clock: time
    quiet: str
    daily_asks: int
    takes_part: bool
    asleep: bool
    holds: int


@dataclass(frozen=True, slots=True)
class People:
    """Everybody on the roster, and how topics are covered through the week of `since` (a Monday)."""

    since: datetime
    people: tuple[RosterPerson, ...]
    topics: tuple[TopicCoverage, ...]


def read_people(tx: CoverageRows, roster: Roster, now: datetime) -> People:
    """Who takes part, and how topics are covered. Budgets are not looked at: they end where a day was busy."""
    own = tx.volunteers()
    active = volunteers.in_effect(roster, own)
    monday = _monday(now)
    holding = tx.holding()
    people = tuple(
        _person(volunteers.with_own_words(expert, own.get(expert.id)), expert.id in active.experts, holding, now)
        for expert in roster.experts.values()
    )
    return People(monday, people, cover(active, now))


def cover(active: Roster, now: datetime) -> tuple[TopicCoverage, ...]:
    """How these people cover each topic through the week that `now` is in."""
    awake = _awake(active.experts.values(), _monday(now))
    return tuple(_topic(topic, active, awake, now) for topic in active.topics)


def _monday(now: datetime) -> datetime:
    midnight = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    return midnight - timedelta(days=midnight.weekday())


def _person(expert: Expert, takes_part: bool, holding: Mapping[str, int], now: datetime) -> RosterPerson:
    return RosterPerson(
        expert.id,
        expert.name,
        expert.level,
        expert.topics,
        expert.zone,
        now.astimezone(expert.zone).time().replace(second=0, microsecond=0),
        volunteers.hours(expert.quiet),
        expert.daily_asks,
        takes_part,
        quiet(expert, now) or expert.away_until(now) is not None,
        holding.get(expert.id, 0),
    )


def _awake(experts: Iterable[Expert], monday: datetime) -> Mapping[str, tuple[bool, ...]]:
    """Each expert's hours of the week. Many share a zone and quiet hours: these are worked out once."""
    week = [monday + timedelta(hours=hour) for hour in range(HOURS)]
    shared: dict[tuple[ZoneInfo, QuietHours | None], tuple[bool, ...]] = {}
    found = {}
    for expert in experts:
        key = (expert.zone, expert.quiet)
        if key not in shared:
            shared[key] = tuple(not quiet(expert, at) for at in week)
        hours = shared[key]
        if expert.breaks or expert.holidays:
            hours = tuple(free and expert.away_until(at) is None for free, at in zip(hours, week, strict=True))
        found[expert.id] = hours
    return found


def _topic(topic_id: str, roster: Roster, awake: Mapping[str, tuple[bool, ...]], now: datetime) -> TopicCoverage:
    topic = roster.topics[topic_id]
    people = [e for e in roster.experts.values() if topic_id in e.topics and _may(e, topic.requires, now)]
    hours = tuple(sum(column) for column in zip(*(awake[e.id] for e in people), strict=True)) or (0,) * HOURS
    return TopicCoverage(topic_id, topic.name, len(people), hours)


def _may(expert: Expert, requires: Iterable[str], now: datetime) -> bool:
    today = now.astimezone(expert.zone).date()
    valid = {c.name for c in expert.certifications if c.expires_on is None or c.expires_on >= today}
    return all(name in valid for name in requires)
