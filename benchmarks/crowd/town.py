"""Who there is and what would happen: volunteers with their days, customers with their questions, all from one seed.

What a person would do about a question depends on the seed, the person and the question alone, never on the policy:
each policy meets the same people on the same days.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from math import ceil
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.crowd.people import People
from twelp.model import Brand, Expert, Level, QuietHours, Roster, Topic, TopicScore

START = datetime(2026, 6, 1, tzinfo=UTC)
"""A Monday without a change of clocks near it."""

DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Volunteer:
    """A person: what the roster says of them, and what it does not say.

    `desk` are spells, in seconds from the start, in which messages are seen at once; `work` are working days' spells.
    """

    index: int
    expert: Expert
    willing: float
    skill: float
    slowness: float
    desk_from: Sequence[float]
    desk_until: Sequence[float]
    work_from: Sequence[float]
    work_until: Sequence[float]
    offset_s: float


@dataclass(frozen=True, slots=True)
class Case:
    """A customer's question: when, what it is truly about, and what the matcher takes it for."""

    number: int
    at: float
    true: tuple[str, ...]
    topics: tuple[TopicScore, ...]
    urgent: bool
    storm: bool = False


_STORM_AT: Final = 10 * 3600.0


class Town:
    """Everybody and everything for one run.

    Args:
        people: how they behave.
        experts: how many volunteers.
        rate: questions an hour, over the whole day.
        days: how many days questions come in.
        seed: the same seed, the same town.
        storm: so many ask the same within ten minutes of the first day, at ten in the morning.
    """

    def __init__(self, people: People, *, experts: int, rate: float, days: int, seed: int, storm: int = 0) -> None:
        self.people = people
        self.seed = seed
        self.days = days
        topics = [f"t{i:02}" for i in range(people.topics)]
        self._popular = _normal([1.0 / (i + 1) ** people.topic_skew for i in range(people.topics)])
        self._topics = topics
        dice = np.random.default_rng([seed, 1])
        self.volunteers = [self._volunteer(i, dice) for i in range(experts)]
        if not any(v.expert.level is Level.MODERATOR for v in self.volunteers):
            raise ValueError(f"{experts} experts have no moderator among them: take more")
        named = {t: Topic(t, f"Topic {t[1:]}") for t in topics}
        roster = {v.expert.id: v.expert for v in self.volunteers}
        self.roster = Roster(Brand("Volt", {"x": "VoltHelp"}), named, roster)
        self.of = {v.expert.id: v for v in self.volunteers}
        self.standing_for = {t: [v.expert.id for v in self.volunteers if t in v.expert.topics] for t in topics}
        self.cases = self._cases(rate, np.random.default_rng([seed, 2]))
        if storm:
            self._add_storm(storm, np.random.default_rng([seed, 9]))

    def dice(self, case: Case) -> Any:
        """Standard normal numbers, one row a volunteer: what this question meets, whoever is asked when."""
        return np.random.Generator(np.random.Philox(key=[self.seed, case.number])).standard_normal(
            (len(self.volunteers), 6)
        )

    # ------------------------------------------------------------ people

    def _volunteer(self, index: int, dice: np.random.Generator) -> Volunteer:
        p = self.people
        zone = ZoneInfo(_one_of(p.zones, dice))
        each = min(int(_one_of(p.topics_each, dice)), p.topics)
        mine = dice.choice(p.topics, size=each, replace=False, p=self._popular)
        quiet = QuietHours(_clock(dice.uniform(*p.quiet_from_h)), _clock(dice.uniform(*p.quiet_until_h)))
        moderates = dice.random() < p.moderator_share or index == 0
        expert = Expert(
            f"p{index:04}", f"Person {index}", "P", tuple(self._topics[i] for i in sorted(mine)), zone, quiet,
            int(_one_of(p.daily_asks, dice)), Level.MODERATOR if moderates else Level.EXPERT,
        )  # fmt: skip
        offset_s = (START.astimezone(zone).utcoffset() or timedelta()).total_seconds()
        work = self._work(offset_s, dice)
        desk = self._desk(work, dice)
        return Volunteer(
            index, expert, dice.beta(*p.willing.ab), dice.beta(*p.skill.ab), float(np.exp(p.quickness * dice.normal())),
            [a for a, _ in desk], [b for _, b in desk], [a for a, _ in work], [b for _, b in work], offset_s,
        )  # fmt: skip

    def _work(self, offset_s: float, dice: np.random.Generator) -> list[tuple[float, float]]:
        p = self.people
        start_h = dice.normal(p.shift_start_h["mean"], p.shift_start_h["sd"])
        off = set(dice.choice(7, size=7 - int(p.days_a_week), replace=False).tolist())
        first = [day * DAY_S + start_h * 3600 - offset_s for day in range(-1, self.days + 2) if day % 7 not in off]
        return [(at, at + p.shift_hours * 3600) for at in first]

    def _desk(self, work: Sequence[tuple[float, float]], dice: np.random.Generator) -> list[tuple[float, float]]:
        spells = []
        for start, end in work:
            at = start + dice.exponential(self.people.off_desk_min * 60) * (dice.random() < 0.5)
            while at < end:
                until = min(end, at + dice.exponential(self.people.at_desk_min * 60))
                spells.append((at, until))
                at = until + dice.exponential(self.people.off_desk_min * 60)
        return spells

    def at_work(self, who: Volunteer, at: float) -> bool:
        """True within one of their shifts."""
        i = bisect_right(who.work_from, at) - 1
        return i >= 0 and at < who.work_until[i]

    def notices(self, who: Volunteer, at: float, quick: float, slow: float) -> float:
        """When they see what arrives at `at`: at their desk soon, else on the phone or when they are back."""
        p = self.people
        at_once = p.notice_at_desk_s.at(quick) * who.slowness
        i = bisect_right(who.desk_from, at) - 1
        if i >= 0 and at + at_once < who.desk_until[i]:
            return at + at_once
        awake = self._awake(who, at)
        seen = awake + p.notice_by_phone_s.at(slow) * who.slowness
        i = bisect_right(who.desk_from, at)
        back = who.desk_from[i] + at_once if i < len(who.desk_from) else seen
        return min(seen, back)

    def _awake(self, who: Volunteer, at: float) -> float:
        start, end = self.people.asleep_h
        hour = (at + who.offset_s) / 3600 % 24
        asleep = start <= hour < end if start < end else hour >= start or hour < end
        return at + (end - hour) % 24 * 3600 if asleep else at

    # ------------------------------------------------------------ questions

    def _cases(self, rate: float, dice: np.random.Generator) -> list[Case]:
        p = self.people
        shape = np.zeros(24)
        for zone, share in p.customer_zones.items():
            offset = (START.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()).total_seconds() / 3600
            shape += share * np.roll(_normal(p.by_hour), -round(offset))
        hourly = shape / shape.sum() * 24 * rate
        times: list[float] = []
        for hour in range(24 * self.days):
            times += (3600 * (hour + dice.random(dice.poisson(hourly[hour % 24])))).tolist()
        return [self._case(number, at, dice) for number, at in enumerate(sorted(times))]

    def _add_storm(self, count: int, dice: np.random.Generator) -> None:
        at = _STORM_AT + 600.0 * np.sort(dice.random(count))
        topic = self._topics[0]
        found, numbers = (TopicScore(topic, 0.7),), len(self.cases)
        more = [Case(numbers + n, float(one), (topic,), found, urgent=False, storm=True) for n, one in enumerate(at)]
        self.cases = sorted([*self.cases, *more], key=lambda case: case.at)

    def _case(self, number: int, at: float, dice: np.random.Generator) -> Case:
        p = self.people
        count = 2 if dice.random() < p.two_topics else 1
        picked = [self._topics[i] for i in dice.choice(p.topics, size=count + 1, replace=False, p=self._popular)]
        true, other = picked[:count], picked[count]
        found = [TopicScore(t, 0.7 / (i + 1)) for i, t in enumerate(true)]
        luck = dice.random()
        if luck < p.topic_none:
            found = []
        elif luck < p.topic_none + p.topic_second:
            found = [TopicScore(other, 0.5), TopicScore(true[0], 0.4)]
        elif luck > p.topic_none + p.topic_second + p.topic_right:
            found = [TopicScore(other, 0.6)]
        return Case(number, at, tuple(true), tuple(found), bool(dice.random() < p.urgent))


def _one_of(shares: Any, dice: np.random.Generator) -> str:
    return str(list(shares)[dice.choice(len(shares), p=_normal(list(shares.values())))])


def _normal(weights: Sequence[float]) -> Any:
    found = np.asarray(weights, dtype=float)
    return found / found.sum()


def _clock(hour: float) -> time:
    quarter = ceil(hour * 4)
    return time(quarter // 4 % 24, quarter % 4 * 15)
