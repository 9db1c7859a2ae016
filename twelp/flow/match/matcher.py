"""The matcher: topics in, a question in, topics best first out; it learns from every answer at once.

Rules: pure, so no clock, no dice, no files, no locks. ``rank`` and ``why`` may run in any number of threads while
*one* thread learns or unlearns (the caller lets one in at a time): a learner writes numbers of arrays in place and
exchanges whole lists, so a reader sees each number before or after, at worst a score half a lesson old, never a torn
structure.

A topic's score is the linear half plus 0.6 x the BM25 half, each first brought to mean 0 and spread 1 over the
topics.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from .aliases import Aliases
from .clean import words
from .counts import Counts
from .features import GROUPS, PLACES, Bag, Floats, bag
from .linear import STRENGTH, Linear, Row
from .nobody import Curve, calibrate
from .reasons import Owners, owners, spoken
from .spelling import Speller
from .values import Cost, Ranking, Reason, TopicMatch, TopicText

_SECOND: Final = 0.6
"""Weight of the BM25 half. Source: docs/decisions/0004-matching.md, "Ablations"; flat between 0.3 and 1."""
_ALIAS: Final = 12.0
_SHARPNESS: Final = 1.0
_ROUNDS_AT_START: Final = 10
_STEPS_PER_LESSON: Final = 8
_FORMAT: Final = 1
_SAMPLE: Final = 400
_FULL: Final = sum(g * g for g in GROUPS)
_ALIKE: Final = 0.3


@dataclass(frozen=True, slots=True)
class _Reading:
    """One text, read and scored."""

    bag: Bag
    fixes: dict[str, str]
    vector: Floats  # (features,): lengths before worth
    worth: Floats  # (features,)
    aliases: dict[int, str]
    linear: Floats  # (features, columns): each feature's share of the linear half
    second: Floats  # (features, columns): each feature's share of the BM25 half
    top: float  # the best topic's linear score
    scores: Floats  # (columns,): fused


class Matcher:
    """Ranks topics for a text. Made by :func:`fit`."""

    def __init__(self, topics: Mapping[str, TopicText], cost: Cost) -> None:
        self._names = tuple(topics)
        self._at = {name: i for i, name in enumerate(self._names)}
        self._nobody = len(self._names)  # the column of dismissals
        self._cost = cost
        self._speller = Speller()
        self._counts = Counts(self._nobody + 1)
        self._linear = Linear(self._nobody + 1)
        self._lessons: dict[tuple[str, int], list[Row]] = {}
        self._dismissed = 0
        self._curve = Curve()
        self._curve_rows = 0
        named: dict[tuple[str, ...], set[int]] = {}
        for name, text in topics.items():
            for alias in text.aliases:
                named.setdefault(tuple(words(alias)), set()).add(self._at[name])
        self._aliases = Aliases(named)
        self._admit(topics)

    def rank(self, text: str, limit: int = 5, *, explain: bool = True) -> Ranking:
        """The topics for this text, best first, at most ``limit``, with reasons unless ``explain`` is off."""
        if not self._names:
            return Ranking(none_score=1.0, nobody=True, reasons=("there are no topics",))
        reading = self._read(text)
        chance = _chances(reading.scores if self._dismissed else reading.scores[: self._nobody])
        far = self._curve.chance(reading.top) if not reading.aliases else 0.0
        dismissed = float(chance[self._nobody]) if self._dismissed else 0.0
        none_score = 1.0 - (1.0 - far) * (1.0 - dismissed)
        topics = chance[: self._nobody] * ((1.0 - none_score) / max(1.0 - dismissed, 1e-9))
        found = []
        of = owners(reading.bag) if explain else None
        for i in np.argsort(-reading.scores[: self._nobody], kind="stable")[: max(limit, 0)]:
            reasons = self._spoken(reading, int(i), of) if of else ()
            found.append(TopicMatch(self._names[i], float(topics[i]), tuple(r.text for r in reasons)))
        nobody = none_score >= self._cost.nobody_from
        return Ranking(tuple(found), none_score, nobody, self._why_nobody(far, dismissed) if nobody else ())

    def why(self, text: str, topic: str | None) -> tuple[Reason, ...]:
        """Why this topic got its score for this text, strongest kind first; empty when nothing speaks for it.

        Raises:
            KeyError: The topic is not known.
        """
        column = self._column(topic)
        reading = self._read(text)
        reasons = self._spoken(reading, column, owners(reading.bag))
        similar = self._similar(reading, column)
        return (*reasons, similar) if similar else reasons

    def learn(self, text: str, topic: str | None, weight: float = 1.0, *, ref: str = "") -> None:
        """Take in an answered question at once; ``topic`` None means that nobody should have got it.

        ``weight`` says how much it counts beside others; ``ref`` comes back in the reasons it gives rise to.

        Raises:
            KeyError: The topic is not known.
            ValueError: The weight is not above 0.
        """
        column = self._column(topic)
        if not 0 < weight < float("inf"):
            raise ValueError(f"weight is {weight!r}; expected a number above 0")
        row = self._remember(text, column, weight, ref)
        self._linear.step(row, self._counts.worth)
        self._linear.sweep(_STEPS_PER_LESSON, self._counts.worth)
        if len(self._linear.rows) > 1.5 * self._curve_rows:
            self._recalibrate()

    def learn_all(self, lessons: Iterable[tuple[str, str | None, float, str]]) -> None:
        """Take in many (text, topic, weight, ref) at once, as at start; lessons of unknown topics are left out."""
        rows = [
            self._remember(text, self._column(topic), weight, ref)
            for text, topic, weight, ref in lessons
            if topic is None or topic in self._at
        ]
        for _ in range(2):
            for row in rows:
                self._linear.step(row, self._counts.worth)
        self._linear.sweep(len(self._linear.rows), self._counts.worth)
        self._recalibrate()

    def unlearn(self, text: str, topic: str | None) -> bool:
        """Undo the latest :meth:`learn` of this text and topic; whether there was one.

        All it put into counts and weights is taken out; what other texts took on in its presence eases out with the
        steps done here and after every later lesson.

        Raises:
            KeyError: The topic is not known.
        """
        column = self._column(topic)
        rows = self._lessons.get((text, column), [])
        if not rows:
            return False
        row = rows[-1]
        self._lessons[text, column] = rows[:-1]
        if not rows[:-1]:
            del self._lessons[text, column]
        self._count(text, column, -row.strength / STRENGTH)
        self._linear.remove(row)
        self._dismissed -= column == self._nobody
        self._linear.sweep(_STEPS_PER_LESSON, self._counts.worth)
        return True

    def lessons(self) -> list[tuple[str, str | None, float, str]]:
        """Everything learned and not undone, oldest first, as :meth:`learn_all` takes it."""
        return [
            (r.text, None if r.column == self._nobody else self._names[r.column], r.strength / STRENGTH, r.ref)
            for r in self._linear.rows
            if r.answered
        ]

    def snapshot(self) -> bytes:
        """Everything learned and not undone, versioned; see :meth:`restore`."""
        return json.dumps({"format": _FORMAT, "lessons": self.lessons()}, ensure_ascii=False).encode()

    def restore(self, snapshot: bytes) -> None:
        """Learn what a snapshot holds; lessons of topics that no longer exist are left out.

        Raises:
            ValueError: The snapshot is of another format.
        """
        held = json.loads(snapshot)
        if held.get("format") != _FORMAT:
            raise ValueError(
                f"snapshot has format {held.get('format')!r}; expected {_FORMAT}; rebuild it from the rows"
            )
        self.learn_all(tuple(lesson) for lesson in held["lessons"])

    def _column(self, topic: str | None) -> int:
        return self._nobody if topic is None else self._at[topic]

    def _admit(self, topics: Mapping[str, TopicText]) -> None:
        texts = [
            (part, self._at[name])
            for name, text in topics.items()
            for part in (text.name, *text.keywords, *text.examples, *text.aliases)
        ]
        bags = [self._count(part, column, 1.0) for part, column in texts]
        for (part, column), read in zip(texts, bags, strict=True):
            self._linear.add(self._row(part, column, read))
        self._linear.sweep(_ROUNDS_AT_START * len(texts), self._counts.worth)
        self._recalibrate()

    def _count(self, text: str, column: int, weight: float) -> Bag:
        found = words(text)
        for word in found:
            self._speller.see(word, weight)
        read = bag(found)
        self._counts.add(read, column, weight)
        return read

    def _row(self, text: str, column: int, read: Bag) -> Row:
        vector = self._counts.weigh(read, self._counts.worth(read.places))
        return Row.of(text, column, self._nobody + 1, read, vector)

    def _remember(self, text: str, column: int, weight: float, ref: str) -> Row:
        row = self._row(text, column, self._count(text, column, weight))
        row = replace(row, strength=STRENGTH * weight, ref=ref, answered=True)
        self._lessons.setdefault((text, column), []).append(row)
        self._linear.add(row)
        self._dismissed += column == self._nobody
        return row

    def _read(self, text: str) -> _Reading:
        found, fixes = [], {}
        for word in words(text):
            fixed = self._speller.fix(word)
            if fixed != word:
                fixes[fixed] = word
            found.append(fixed)
        read = bag(found)
        worth = self._counts.worth(read.places)
        vector = self._counts.weigh(read, worth)
        linear = self._linear.weights(read) * (vector * np.square(worth))[:, None]
        second = self._counts.shares(read) * (vector * worth)[:, None]
        whole = linear.sum(axis=0)
        n = self._nobody
        scores = np.zeros(n + 1, np.float32)
        for share, half in ((1.0, whole), (_SECOND, second.sum(axis=0))):
            scores += _levelled(half, n) * share
        aliases = self._aliases.find(found)
        for column in aliases:
            scores[column] += _ALIAS
        return _Reading(read, fixes, vector, worth, aliases, linear, second, float(whole[:n].max()), scores)

    def _spoken(self, reading: _Reading, column: int, of: Owners) -> tuple[Reason, ...]:
        shares = np.zeros(len(reading.bag.places), np.float32)
        for share, part in ((1.0, reading.linear), (_SECOND, reading.second)):
            topics = part[:, : self._nobody]
            shares += share / _spread(topics.sum(axis=0)) * (part[:, column] - topics.mean(axis=1))
        alias = reading.aliases.get(column)
        named = (Reason("alias", f"names “{alias}”", _ALIAS),) if alias else ()
        said = spoken(of, shares, reading.fixes)
        return (*named, said) if said else named

    def _similar(self, reading: _Reading, column: int) -> Reason | None:
        seen = np.zeros(PLACES, np.float32)
        seen[reading.bag.places] = reading.vector * np.square(reading.worth)
        best, best_likeness = None, _ALIKE
        for row in self._linear.rows:
            if row.column == column and row.answered:
                likeness = float(seen[row.places] @ row.vector) / _FULL
                if likeness > best_likeness:
                    best, best_likeness = row, likeness
        if best is None:
            return None
        whole = reading.linear[:, : self._nobody].sum(axis=0)
        weight = best_likeness * _FULL * float(best.pull()[column]) / _spread(whole)
        what = "a dismissed post" if column == self._nobody else "an answered question"
        return Reason("similar", f"like {what}: “{best.text}”", weight, best.ref)

    def _why_nobody(self, far: float, dismissed: float) -> tuple[str, ...]:
        return ("reads like posts that were dismissed",) if dismissed > far else ("far from every topic",)

    def _recalibrate(self) -> None:
        """Draw the curve of "nobody" anew from a sample of the texts."""
        rows = [r for r in self._linear.rows if r.column != self._nobody]
        self._curve_rows = len(self._linear.rows)
        long = [r for r in rows if len(words(r.text)) > 2]
        rows = long if len(long) >= _SAMPLE // 10 else rows
        rows = rows[:: max(len(rows) // _SAMPLE, 1)]
        with_topic, without = [], []
        for row in rows if self._nobody > 1 else ():
            scores = self._linear.without(row, self._counts.worth)[: self._nobody]
            with_topic.append(float(scores.max()))
            without.append(float(np.delete(scores, row.column).max()))
        self._curve = calibrate(with_topic, without)


def fit(topics: Mapping[str, TopicText], *, cost: Cost | None = None) -> Matcher:
    """A matcher for these topics, by id; their order breaks ties."""
    return Matcher(topics, cost or Cost())


def _levelled(scores: Floats, topics: int) -> Floats:
    return np.asarray((scores - scores[:topics].mean()) / _spread(scores[:topics]), np.float32)


def _spread(scores: Floats) -> float:
    return max(float(scores.std()), 1e-6)


def _chances(scores: Floats) -> Floats:
    grown = np.exp(_SHARPNESS * (scores - scores.max()))
    return np.asarray(grown / grown.sum(), np.float32)
