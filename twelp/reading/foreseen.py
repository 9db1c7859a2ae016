"""What another roster would have done with the questions there were: who would have been asked, about what, how soon.

Each question is matched and dispatched anew at its own hour by both rosters, with the same policy, as if nobody had a
record yet; only what each person was asked on the same day counts. So both sides are compared on equal terms, and
neither tells how it really was.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Protocol

from twelp.flow.dispatch import Moment, Past, counting, plan
from twelp.model import Asked, Expert, Level, Policy, Roster, TopicScore

_TURNS: Final = 2**32


class Ranks(Protocol):
    """What is needed of a matcher."""

    def rank(self, text: str, limit: int = 5, *, explain: bool = True) -> Any:
        """A ranking: `topics` best first, and `nobody`; without reasons where they are not wanted."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One question that there was: its post's `key`, its words, and when it was asked."""

    key: str
    text: str
    at: datetime


@dataclass(slots=True)
class Side:
    """What one roster does with all questions.

    Attributes:
        asked: how often each person would be asked first, by id.
        about: how many questions each topic would have, by id.
        at_once: of these, how many somebody of the topic could be asked about at once.
        in_goal: of these, how many somebody would probably take within five minutes: a sum of chances.
        first: who would be asked first, by question; None: nobody.
        topic: what each question would be about; None: nobody's.
    """

    asked: Counter[str] = field(default_factory=Counter)
    about: Counter[str] = field(default_factory=Counter)
    at_once: Counter[str] = field(default_factory=Counter)
    in_goal: dict[str, float] = field(default_factory=dict)
    first: dict[str, str | None] = field(default_factory=dict)
    topic: dict[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Both sides, and what differs between them.

    Attributes:
        questions: how many were played.
        losses: how often one person (or nobody) would have been asked first, and with the new roster another is.
        lost: keys of the questions that somebody would have got, and with the new roster nobody would.
        won: the other way round.
        moved: how often a question was one topic's (or nobody's), and would be another's.
    """

    questions: int
    before: Side
    after: Side
    losses: Mapping[tuple[str | None, str | None], int]
    lost: tuple[str, ...]
    won: tuple[str, ...]
    moved: Mapping[tuple[str | None, str | None], int]


def foresee(
    questions: Sequence[Asking],
    before: tuple[Roster, Ranks],
    after: tuple[Roster, Ranks],
    policy: Policy,
    step: Callable[[], None] = lambda: None,
) -> Foreseen:
    """Plays all questions through both rosters.

    Args:
        questions: oldest first.
        before: the roster that is in force, and a matcher that knows it.
        after: the one that would be; with the very same matcher, questions are matched once.
        policy: wave sizes and pauses.
        step: called after each question of each side.
    """
    subjects = _subjects(questions, before[1])
    old = _side(questions, subjects, before[0], policy, step)
    subjects = subjects if after[1] is before[1] else _subjects(questions, after[1])
    new = _side(questions, subjects, after[0], policy, step)
    keys = [question.key for question in questions]
    first = Counter((old.first[key], new.first[key]) for key in keys if old.first[key] != new.first[key])
    moved = Counter((old.topic[key], new.topic[key]) for key in keys if old.topic[key] != new.topic[key])
    return Foreseen(
        questions=len(questions),
        before=old,
        after=new,
        losses=dict(first.most_common()),
        lost=tuple(key for key in keys if old.first[key] is not None and new.first[key] is None),
        won=tuple(key for key in keys if old.first[key] is None and new.first[key] is not None),
        moved=dict(moved.most_common()),
    )


Subjects = Sequence[tuple[TopicScore, ...]]
"""What each question is about, best first; empty: nobody's."""


def _subjects(questions: Iterable[Asking], matcher: Ranks) -> Subjects:
    rankings = (matcher.rank(question.text, explain=False) for question in questions)
    return [
        () if found.nobody else tuple(TopicScore(t.topic, float(t.score), ()) for t in found.topics)
        for found in rankings
    ]


class _Concerned:
    """Of a roster, the part that a question concerns: who stands for its topics, and the moderators. Kept, as there are
    few such parts and many people."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._parts: dict[frozenset[str], Roster] = {}

    def by(self, topics: Sequence[TopicScore]) -> Roster:
        named = frozenset(found.topic for found in counting(topics))
        if named not in self._parts:
            people = {
                key: one
                for key, one in self._roster.experts.items()
                if one.level is Level.MODERATOR or not named.isdisjoint(one.topics)
            }
            self._parts[named] = replace(self._roster, experts=people)
        return self._parts[named]


def _side(
    questions: Sequence[Asking], subjects: Subjects, roster: Roster, policy: Policy, step: Callable[[], None]
) -> Side:
    side, asked, concerned = Side(), dict[str, Asked](), _Concerned(roster)
    for question, topics in zip(questions, subjects, strict=True):
        topic = topics[0].topic if topics else None
        dice = zlib.crc32(question.key.encode()) / _TURNS
        wave = plan(
            topics, concerned.by(topics), past=Past(asked=asked), already=(), now=question.at, policy=policy, dice=dice
        )
        side.topic[question.key] = topic
        side.first[question.key] = wave.asks[0].expert if wave.asks else None
        if topic is not None:
            side.about[topic] += 1
            knows = [one for one in wave.asks if one.topic is not None]
            side.at_once[topic] += bool(knows)
            side.in_goal[topic] = side.in_goal.get(topic, 0.0) + _chance(knows)
        moment = Moment(question.at)
        for one in wave.asks:
            side.asked[one.expert] += 1
            asked[one.expert] = _once_more(asked.get(one.expert), roster.experts[one.expert], moment)
        step()
    return side


def _chance(people: Iterable[Any]) -> float:
    """That somebody of them takes it within five minutes."""
    nobody = 1.0
    for person in people:
        nobody *= 1.0 - person.parts.get("willing", 0.0) * person.parts.get("there", 0.0)
    return 1.0 - nobody


def _once_more(asked: Asked | None, expert: Expert, moment: Moment) -> Asked:
    day = moment.day(expert.zone)
    return Asked(day, asked.count + 1 if asked is not None and asked.day == day else 1, moment.now)
