"""The matcher: topics in, a question in, topics best first out; it learns from every answer at once.

Rules: pure, so no clock, no dice, no files, no locks. ``rank`` and ``why`` may run in any number of threads while
*one* thread learns or unlearns (the caller lets one in at a time): a learner writes numbers of arrays in place and
exchanges whole lists, so a reader sees each number before or after, at worst a score half a lesson old, never a torn
structure.

A topic's score is the linear half plus 0.4 x the BM25 half, or, with embeddings, their score plus 0.3 x that sum.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from .aliases import Aliases
from .clean import joined, words
from .counts import Counts
from .features import Bag, Floats, bag
from .linear import STRENGTH, Linear, Row
from .meaning import Embed, Meaning
from .nobody import Curve, calibrate
from .reading import ALIAS, Reading, chances, near
from .reasons import Owners, owners, similar, spoken
from .spelling import Speller
from .values import Cost, Lesson, Ranking, Reason, TopicMatch, TopicText

_ROUNDS_AT_START: Final = 10
_STEPS_PER_LESSON: Final = 8
_FORMAT: Final = 1
_NOWHERE: Final = np.zeros(0, np.float16)
_SAMPLE: Final = 400
_NONE: Final[Floats] = np.zeros(1, np.float32)


class Matcher:
    """Ranks topics for a text. Made by :func:`fit`."""

    def __init__(self, topics: Mapping[str, TopicText], cost: Cost, embed: Embed | None = None) -> None:
        self._names = tuple(topics)
        self._at = {name: i for i, name in enumerate(self._names)}
        self._nobody = len(self._names)  # the column of dismissals
        self._cost = cost
        self._speller = Speller()
        self._counts = Counts(self._nobody + 1)
        self._linear = Linear(self._nobody + 1)
        self._meaning = Meaning(embed, self._nobody + 1) if embed else None
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
        scores, scale, distance = reading.scores()
        chance = chances(scores if self._dismissed else scores[: self._nobody])
        far = self._curve.chance(distance) if not reading.aliases else 0.0
        dismissed = float(chance[self._nobody]) if self._dismissed else 0.0
        none_score = 1.0 - (1.0 - far) * (1.0 - dismissed)
        topics = chance[: self._nobody] * ((1.0 - none_score) / max(1.0 - dismissed, 1e-9))
        best = [int(i) for i in np.argsort(-scores[: self._nobody], kind="stable")[: max(limit, 0)]]
        why = self._spoken(reading, best, scale) if explain else [()] * len(best)
        found = tuple(
            TopicMatch(self._names[i], float(topics[i]), tuple(r.text for r in reasons))
            for i, reasons in zip(best, why, strict=True)
        )
        nobody = none_score >= self._cost.nobody_from
        reason = "reads like posts that were dismissed" if dismissed > far else "far from every topic"
        return Ranking(found, none_score, nobody, (reason,) if nobody else ())

    def why(self, text: str, topic: str | None) -> tuple[Reason, ...]:
        """Why this topic got its score for this text; empty when nothing speaks for it.

        An alias first, then words, then the answered question that lifted it most.

        Raises:
            KeyError: The topic is not known.
        """
        column = self._column(topic)
        reading = self._read(text)
        _, scale, _ = reading.scores()
        reasons = self._spoken(reading, [column], scale)[0]
        what = "a dismissed post" if column == self._nobody else "an answered question"
        rows = [row for row in self._linear.rows if row.column == column and row.answered]
        alike = similar(reading, rows, scale, self._meaning)
        return (*reasons, replace(alike, text=f"like {what}: “{alike.text}”")) if alike else reasons

    def learn(self, text: str, topic: str | None, weight: float = 1.0, *, ref: str = "") -> None:
        """Take in an answered question at once; ``topic`` None means that nobody should have got it.

        ``weight`` says how much it counts beside others; ``ref`` comes back in the reasons it gives rise to.

        Raises:
            KeyError: The topic is not known.
            ValueError: The weight is not above 0.
        """
        self._column(topic)
        (row,) = self._remember([Lesson(text, topic, weight, ref)])
        self._linear.step([row], self._counts.worth)
        if self._meaning:
            self._meaning.step(row)
        self._sweep()
        if len(self._linear.rows) > 1.5 * self._curve_rows:
            self._recalibrate()

    def learn_all(self, lessons: Iterable[Lesson]) -> None:
        """Take in many lessons, as at start: quicker than one by one; those of unknown topics are left out."""
        rows = self._remember([lesson for lesson in lessons if lesson.topic is None or lesson.topic in self._at])
        if not rows:
            return
        self._linear.settle(2, self._counts.worth)
        if self._meaning:
            self._meaning.settle(2)
        self._recalibrate()

    def unlearn(self, text: str, topic: str | None) -> bool:
        """Undo the latest :meth:`learn` of this text and topic; whether there was one.

        All it put into counts and weights is taken out; what other texts took on in its presence eases out with the
        steps done here and after every later lesson.

        Raises:
            KeyError: The topic is not known.
        """
        column = self._column(topic)
        rows = self._lessons.pop((text, column), [])
        if not rows:
            return False
        row = rows[-1]
        if rows[:-1]:
            self._lessons[text, column] = rows[:-1]
        self._count(text, column, -row.strength / STRENGTH)
        self._linear.remove(row)
        if self._meaning:
            self._meaning.forget(row)
        self._dismissed -= column == self._nobody
        self._sweep()
        return True

    def lessons(self) -> list[Lesson]:
        """Everything learned and not undone, oldest first, as :meth:`learn_all` takes it."""
        names = (*self._names, None)
        rows = [row for row in self._linear.rows if row.answered]
        return [Lesson(row.text, names[row.column], row.strength / STRENGTH, row.ref) for row in rows]

    def snapshot(self) -> bytes:
        """Everything learned and not undone, and how far learning got, versioned; see :meth:`restore`."""
        rows = self._linear.rows
        held = [(lesson.text, lesson.topic, lesson.weight, lesson.ref) for lesson in self.lessons()]
        head = {"format": _FORMAT, "given": self._given(), "lessons": held}
        return json.dumps(head).encode() + b"\n" + np.concatenate([_NOWHERE, *(row.chance for row in rows)]).tobytes()

    def restore(self, snapshot: bytes) -> None:
        """Bring a fresh matcher to where a snapshot was; of other topics, learn its lessons anew (slower).

        Raises:
            ValueError: The snapshot is of another format.
        """
        line, _, rest = snapshot.partition(b"\n")
        head = json.loads(line)
        if head.get("format") != _FORMAT:
            raise ValueError(f"snapshot has format {head.get('format')!r}; expected {_FORMAT}; learn from the rows")
        lessons = [Lesson(*lesson) for lesson in head["lessons"]]
        if head["given"] != self._given():
            self.learn_all(lessons)
            return
        self._remember(lessons)
        chances = np.frombuffer(rest, np.float16).reshape(-1, self._nobody + 1)
        for row, chance in zip(self._linear.rows, chances, strict=True):
            self._linear.place(row, chance.copy())
        if self._meaning:
            self._meaning.settle(2)
        self._recalibrate()

    def _given(self) -> list[str]:
        """What the admin gave, to tell whether a snapshot fits."""
        rows = [f"{row.column} {row.text}" for row in self._linear.rows if not row.answered]
        return [*self._names, str(zlib.crc32("\n".join(rows).encode()))]

    def _column(self, topic: str | None) -> int:
        return self._nobody if topic is None else self._at[topic]

    def _admit(self, topics: Mapping[str, TopicText]) -> None:
        lessons = [
            Lesson(part, name)
            for name, text in topics.items()
            for part in (text.name, *text.keywords, *text.examples, *text.aliases)
        ]
        self._remember(lessons, answered=False)
        self._linear.settle(_ROUNDS_AT_START, self._counts.worth)
        if self._meaning:
            self._meaning.settle(_ROUNDS_AT_START)
        self._recalibrate()

    def _remember(self, lessons: Sequence[Lesson], *, answered: bool = True) -> list[Row]:
        """Count all, then keep all: what a feature is worth is best known once everything is counted."""
        columns = [self._column(lesson.topic) for lesson in lessons]
        meanings = self._meaning.vectors([joined(words(x.text)) for x in lessons]) if self._meaning and lessons else ()
        bags = [self._count(x.text, column, x.weight) for x, column in zip(lessons, columns, strict=True)]
        rows: list[Row] = []
        for lesson, column, read in zip(lessons, columns, bags, strict=True):
            vector = self._counts.weigh(read, self._counts.worth(read.places))
            row = Row.of(lesson.text, column, self._nobody + 1, read.places, vector)
            row.strength, row.ref, row.answered = STRENGTH * lesson.weight, lesson.ref, answered
            self._linear.add(row)
            if self._meaning:
                self._meaning.remember(row, meanings[len(rows)])
            if answered:
                self._lessons.setdefault((lesson.text, column), []).append(row)
                self._dismissed += column == self._nobody
            rows.append(row)
        return rows

    def _count(self, text: str, column: int, weight: float) -> Bag:
        found = words(text)
        for word in found:
            self._speller.see(word, weight)
        read = bag(found)
        self._counts.add(read, column, weight)
        return read

    def _sweep(self) -> None:
        self._linear.sweep(_STEPS_PER_LESSON, self._counts.worth)
        if self._meaning:
            self._meaning.sweep(_STEPS_PER_LESSON)

    def _read(self, text: str) -> Reading:
        found, fixes = [], {}
        for word in words(text):
            fixed = self._speller.fix(word)
            if fixed != word:
                fixes[fixed] = word
            found.append(fixed)
        read = bag(found)
        worth = self._counts.worth(read.places)
        vector = self._counts.weigh(read, worth)
        linear = self._linear.weights(read.places) * (vector * np.square(worth))[:, None]
        second = self._counts.shares(read) * (vector * worth)[:, None]
        meaning = self._meaning.vectors([joined(found)])[0] if self._meaning else _NONE
        meant = self._meaning.scores(meaning) if self._meaning else _NONE
        return Reading(read, fixes, self._aliases.find(found), vector, worth, linear, second, meaning, meant)

    def _spoken(self, reading: Reading, columns: Sequence[int], scale: Floats) -> list[tuple[Reason, ...]]:
        of: Owners = owners(reading.bag)
        shares = scale[0] * reading.linear + scale[1] * reading.second
        average = shares[:, : self._nobody].mean(axis=1)
        found = []
        for column in columns:
            said = spoken(of, shares[:, column] - average, reading.fixes)
            alias = reading.aliases.get(column)
            named = (Reason("alias", f"names “{alias}”", ALIAS),) if alias else ()
            found.append((*named, said) if said else named)
        return found

    def _recalibrate(self) -> None:
        """Draw the curve of "nobody" anew from a sample of the texts."""
        rows = [row for row in self._linear.rows if row.column != self._nobody]
        self._curve_rows = len(self._linear.rows)
        long = [row for row in rows if len(row.text.split()) > 2]
        rows = long if len(long) >= _SAMPLE // 10 else rows
        rows = rows[:: max(len(rows) // _SAMPLE, 1)]
        with_topic, without = [], []
        for row in rows if self._nobody > 1 else ():
            scores = self._linear.without(row, self._counts.worth)[: self._nobody]
            meant = self._meaning.without(row)[: self._nobody] if self._meaning else _NONE
            with_topic.append(near(scores, meant))
            hidden = np.delete(meant, row.column) if self._meaning else _NONE
            without.append(near(np.delete(scores, row.column), hidden))
        self._curve = calibrate(with_topic, without)


def fit(topics: Mapping[str, TopicText], *, cost: Cost | None = None, embed: Embed | None = None) -> Matcher:
    """A matcher for these topics, by id; their order breaks ties.

    ``embed`` turns texts into rows of one length (any, the same for all), or zeros for a text it cannot read.
    """
    return Matcher(topics, cost or Cost(), embed)
