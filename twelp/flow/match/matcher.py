"""The matcher: topics in, a question in, topics best first out; it learns from every answer at once.

Rules: pure, so no clock, no dice, no files, no locks. ``rank`` may run in any number of threads while
*one* thread learns or unlearns (the caller lets one in at a time): a learner writes numbers of arrays in place and
exchanges whole lists, so a reader sees each number before or after, at worst a score half a lesson old, never a torn
structure.

A topic's score is what was learned of words and, where there is an embedding, of meaning; where there is none, BM25
has a share.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from twelp.texts import reasons as texts

from . import alike, clauses
from .aliases import Aliases
from .clean import sentence, words
from .counts import Counts
from .dense import NO_ROWS, Dense, Rows, WordVectors
from .explaining import Explainer
from .features import Bag, Floats, bag
from .leaving import curves, read_by
from .linear import STRENGTH, Linear, Row
from .meaning import NOWHERE, WORDS, Embed, Meaning
from .nobody import Curve
from .reader import Reader
from .reading import Reading, chances, words_beside
from .spelling import Speller
from .values import By, Cost, Lesson, Ranking, Reason, TopicMatch, TopicText

_ROUNDS_AT_START: Final = 10
_STEPS_PER_LESSON: Final = 8
_KEYWORD: Final = 0.4
"""How strongly a keyword or alias pulls beside an example. Source: docs/decisions/0004-matching.md."""
_FORMAT: Final = 2
_NOTHING: Final = np.zeros(0, np.float16)
_AT_ONCE: Final = 4_000

_read = lru_cache(1024)(sentence)
"""Earlier questions are compared with each new one: each is read once, as its vector is made once."""


class Matcher:
    """Ranks topics for a text. Made by :func:`fit`."""

    def __init__(
        self,
        topics: Mapping[str, TopicText],
        cost: Cost,
        embed: Embed | None = None,
        vectors: WordVectors | None = None,
        *,
        vectors_first: bool = False,
        words_length: float = WORDS,
    ) -> None:
        self._names = tuple(topics)
        self._at = {name: i for i, name in enumerate(self._names)}
        self._nobody = len(self._names)  # the column of dismissals
        self._cost = cost
        self._speller = Speller()
        self._counts = Counts(self._nobody + 1)
        self._meaning = Meaning(embed, self._nobody + 1, words_length) if embed else None
        self._dense = Dense(vectors, self._nobody + 1) if vectors else None
        self._linear = Linear(self._nobody + 1, self._meaning, self._dense)
        self._lessons: dict[tuple[str, int], list[Row]] = {}
        self._answered = [alike.NONE] * (self._nobody + 1)
        self._dismissed = 0
        self._curves: Mapping[By, Curve] = dict.fromkeys(By, Curve())
        self._curve_rows = 0
        short = (part for text in topics.values() for part in (text.name, *text.keywords, *text.aliases))
        self._named = frozenset(word for part in short for word in words(part))
        self._reader = Reader(
            self._named,
            _aliases(topics),
            self._speller,
            self._counts,
            self._linear,
            self._meaning,
            self._dense,
            vectors_first,
        )
        self._explainer = Explainer(topics, self._dense)
        self._admit(topics)

    def rank(self, text: str, limit: int = 5, *, explain: bool = True) -> Ranking:
        """The topics for this text, best first, at most ``limit``, with reasons unless ``explain`` is off."""
        if not self._names:
            return Ranking(none_score=1.0, nobody=True, reasons=("there are no topics",))
        spelt: dict[str, str] = {}
        reading = self._reader.read(text, spelt)
        scores, scale = reading.scores()
        far, dismissed = self._nobodys(reading, scores)
        none_score = 1.0 - (1.0 - far) * (1.0 - dismissed)
        nobody_from = self._cost.nobody_from
        nobody = none_score >= nobody_from
        also = None if nobody else self._also(text, int(scores[: self._nobody].argmax()), spelt)
        if also:
            clauses.lift(scores[: self._nobody], also[0])
        topics = chances(scores[: self._nobody]) * (1.0 - none_score)
        best = [int(i) for i in np.argsort(-scores[: self._nobody], kind="stable")[: max(limit, 0)]]
        why = self._explainer.reasons(reading, best, scale) if explain else [()] * len(best)
        if also and explain:
            why = [(*said, also[1]) if i == also[0] else said for i, said in zip(best, why, strict=True)]
        found = tuple(
            TopicMatch(self._names[i], float(topics[i]), tuple(r.text for r in reasons))
            for i, reasons in zip(best, why, strict=True)
        )
        reason = "reads like posts that were dismissed" if dismissed > far else "far from every topic"
        like = None
        if explain and best and not nobody:
            like = alike.most_alike(reading, self._answered[best[0]], scale, self._meaning)
        return Ranking(found, none_score, nobody, (reason,) if nobody else (), nobody_from, like, reading.by)

    def alike(self, text: str, others: Sequence[str]) -> list[float]:
        """How alike a text and each other one are in meaning, 1 being the same; 0 where that cannot be read."""
        if self._dense is None:
            return [0.0] * len(others)
        return self._dense.texts.alike(_read(text), [_read(other) for other in others])

    def vector(self, text: str) -> npt.NDArray[np.int8] | None:
        """What a text means, in 8 bits; None where that cannot be read. For an index of texts by their meaning."""
        return self._dense.texts.known(sentence(text)) if self._dense else None

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
        self._linear.sweep(_STEPS_PER_LESSON, self._counts.worth)
        if len(self._linear.rows) > 1.5 * self._curve_rows:
            self._recalibrate()

    def learn_all(self, lessons: Iterable[Lesson]) -> None:
        """Take in many lessons, as at start: quicker than one by one; those of unknown topics are left out."""
        known = [lesson for lesson in lessons if lesson.topic is None or lesson.topic in self._at]
        if not known:
            return
        for start in range(0, len(known), _AT_ONCE):  # what is only needed on the way there costs memory
            self._remember(known[start : start + _AT_ONCE])
        self._linear.settle(2, self._counts.worth)
        self._recalibrate()

    def unlearn(self, text: str, topic: str | None, *, ref: str = "") -> bool:
        """Undo the :meth:`learn` of this text, topic and ``ref``, else the latest; whether there was one.

        All it put into counts and weights is taken out; what other texts took on in its presence eases out with the
        steps done here and after every later lesson.

        Raises:
            KeyError: The topic is not known.
        """
        column = self._column(topic)
        rows = self._lessons.pop((text, column), [])
        if not rows:
            return False
        row = next((row for row in rows if row.ref == ref), rows[-1])
        if len(rows) > 1:
            self._lessons[text, column] = [other for other in rows if other is not row]
        self._count(text, column, -row.weight)
        if self._dense:
            self._dense.count(row.rows, column, -row.weight)
        self._linear.remove(row)
        if row in self._answered[column].rows:
            left = [row for row in self._linear.rows if row.answered and row.column == column]
            self._answered[column] = alike.NONE.plus(left, self._dense)
        self._dismissed -= column == self._nobody
        self._linear.sweep(_STEPS_PER_LESSON, self._counts.worth)
        return True

    def lessons(self) -> list[Lesson]:
        """Everything learned and not undone, oldest first, as :meth:`learn_all` takes it."""
        names = (*self._names, None)
        rows = [row for row in self._linear.rows if row.answered]
        return [Lesson(row.text, names[row.column], row.weight, row.ref) for row in rows]

    def snapshot(self) -> bytes:
        """Everything learned and not undone, and how far learning got, versioned; see :meth:`restore`."""
        rows = self._linear.rows
        held = [(lesson.text, lesson.topic, lesson.weight, lesson.ref) for lesson in self.lessons()]
        head = {"format": _FORMAT, "given": self._given(), "lessons": held}
        return json.dumps(head).encode() + b"\n" + np.concatenate([_NOTHING, *(row.chance for row in rows)]).tobytes()

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
        self._recalibrate()

    def _given(self) -> list[str]:
        """What the admin gave, to tell whether a snapshot fits."""
        rows = [f"{row.column} {row.text}" for row in self._linear.rows if not row.answered]
        return [*self._names, str(zlib.crc32("\n".join(rows).encode()))]

    def _column(self, topic: str | None) -> int:
        return self._nobody if topic is None else self._at[topic]

    def _admit(self, topics: Mapping[str, TopicText]) -> None:
        parts = [
            (Lesson(part, name), strength)
            for name, text in topics.items()
            for strength, parts in (
                (1.0, (text.name, *text.examples)),
                (_KEYWORD, (*text.keywords, *text.aliases)),
            )
            for part in parts
        ]
        rows = self._remember([lesson for lesson, _ in parts], answered=False)
        for row, (_, strength) in zip(rows, parts, strict=True):
            row.strength = STRENGTH * strength
        self._linear.settle(_ROUNDS_AT_START, self._counts.worth)
        self._recalibrate()

    def _remember(self, lessons: Sequence[Lesson], *, answered: bool = True) -> list[Row]:
        """Count all, then keep all: what a feature is worth is best known once everything is counted."""
        columns = [self._column(lesson.topic) for lesson in lessons]
        said = [self._reader.said(x.text) for x in lessons]
        seen = [self._dense.texts.rows(text) if self._dense else NO_ROWS for text in said]
        meanings = self._meanings(said, seen, answered=answered)
        bags = [self._count(x.text, column, x.weight) for x, column in zip(lessons, columns, strict=True)]
        rows: list[Row] = []
        for lesson, column, read in zip(lessons, columns, bags, strict=True):
            at = len(rows)
            spot = self._meaning.take(meanings[at], column) if self._meaning else NOWHERE
            vector = self._counts.weigh(read, self._counts.worth(read.places))
            row = Row.of(lesson.text, column, self._nobody + 1, read.places, vector)
            row.spot, row.weight, row.strength = spot, lesson.weight, STRENGTH * lesson.weight
            if self._dense and (spot == NOWHERE or self._reader.vectors_first):
                row.rows = seen[at]
                self._dense.count(row.rows, column, row.weight)
            row.vector *= np.float16(words_beside(read_by(row), self._meaning))
            row.ref, row.answered = lesson.ref, answered
            self._linear.add(row)
            if answered:
                self._lessons.setdefault((lesson.text, column), []).append(row)
                self._dismissed += column == self._nobody
            rows.append(row)
        for column in set(columns) if answered else ():
            self._answered[column] = self._answered[column].plus(
                [row for row in rows if row.column == column], self._dense
            )
        return rows

    def _meanings(self, said: Sequence[str], seen: Sequence[Rows], *, answered: bool) -> Floats:
        """The embeddings; where vectors read first, of answered questions only those that they cannot read."""
        if self._meaning is None:
            return np.zeros((len(said), 1), np.float32)
        asked = [not (answered and self._reader.vectors_first and len(rows)) for rows in seen]
        found = self._meaning.vectors([text for text, wanted in zip(said, asked, strict=True) if wanted] or [""])
        every = np.zeros((len(said), found.shape[1]), np.float32)
        every[np.flatnonzero(asked)] = found[: sum(asked)]
        return every

    def _count(self, text: str, column: int, weight: float) -> Bag:
        found = words(text, self._named)
        for word in found:
            self._speller.see(word, weight)
        read = bag(found)
        self._counts.add(read, column, weight)
        return read

    def _nobodys(self, reading: Reading, scores: Floats) -> tuple[float, float]:
        """The chances that a text is nobody's: far from every topic, and like what was dismissed."""
        curve = self._curves[reading.by]
        far = curve.chance(reading.near()) if not reading.aliases else 0.0
        return far, float(chances(scores)[self._nobody]) if self._dismissed else 0.0

    def _also(self, text: str, best: int, spelt: dict[str, str]) -> tuple[int, Reason] | None:
        """The column of a second topic that a part of the text is about, and why."""
        read = []
        for part in clauses.parts(text):
            reading = self._reader.read(part, spelt, by_words=True)
            scores, _ = reading.scores()
            far, dismissed = self._nobodys(reading, scores)
            read.append(clauses.Part(part, scores[: self._nobody], 1.0 - (1.0 - far) * (1.0 - dismissed)))
        found = clauses.second(read, best)
        return (found[0], Reason("part", texts.IN_A_PART(words=found[1].quoted))) if found else None

    def _recalibrate(self) -> None:
        """Draw the curves of "nobody" anew from a sample of the texts."""
        self._curve_rows = len(self._linear.rows)
        self._curves = curves(self._linear, self._counts, self._nobody, self._meaning, self._dense)


def _aliases(topics: Mapping[str, TopicText]) -> Aliases:
    named: dict[tuple[str, ...], set[int]] = {}
    for column, text in enumerate(topics.values()):
        for alias in text.aliases:
            named.setdefault(tuple(words(alias)), set()).add(column)
    return Aliases(named)


def fit(
    topics: Mapping[str, TopicText],
    *,
    cost: Cost | None = None,
    embed: Embed | None = None,
    vectors: WordVectors | None = None,
    vectors_first: bool = False,
    words_length: float = WORDS,
) -> Matcher:
    """A matcher for these topics, by id; their order breaks ties.

    ``embed`` turns texts into rows of one length (any, the same for all), or zeros for a text it cannot read; such a
    text is read by ``vectors``, a table of word vectors, and where that cannot read it either, by its words alone. With
    ``vectors_first`` the table reads what it can and the model what is left; the admin's texts are read by both, so a
    question in one language finds a roster in another. ``words_length`` is that of a text's words beside its embedding,
    whose is 1. A table that can read less than half of the admin's examples is
    left out: the bot speaks another language.
    """
    if vectors is not None:
        texts = [sentence(text) for topic in topics.values() for text in topic.examples or topic.keywords]
        if 2 * sum(bool(vectors.cut(text)) for text in texts) < len(texts):
            vectors = None
    return Matcher(topics, cost or Cost(), embed, vectors, vectors_first=vectors_first, words_length=words_length)
