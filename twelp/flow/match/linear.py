"""The learning part of the score: one softmax over all topics, trained in its dual form, online.

Rules: the table of weights is at all times exactly the sum of what each remembered text put in (text vector x pull),
so taking a text out takes its whole share out, and the share of each is at hand as a reason. A step moves one text's
pull towards its optimum with all others fixed; sweeping over the texts, a few with every new one, leads to the one
optimum of regularised logistic regression, whatever the order. No dice: the sweep goes round and round.

Source: Shalev-Shwartz, Zhang (2013), stochastic dual coordinate ascent; Yu, Huang, Lin (2011) for the entropy dual.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from .dense import DENSE, NO_ROWS, Dense, Rows
from .features import PLACES, Floats, Places
from .meaning import NOWHERE, Meaning
from .slots import Slots, grown

STRENGTH: Final = 10.0
"""Inverse of the regularisation. Source: docs/decisions/0004-matching.md, "Ablations"; flat between 5 and 30."""
_ROUNDS: Final = 3
_STILL: Final = 0.01
_HALVINGS: Final = 5
_TOGETHER: Final = 16


@dataclass(slots=True, eq=False)
class Row:
    """One remembered text: an admin's, or an answered or dismissed question.

    Attributes:
        text: As it was given.
        column: Its topic's column.
        weight: How often it counts.
        strength: How strongly it may pull.
        ref: The caller's reference, else empty.
        answered: Whether it was learned (True) or is an admin's text.
        places: Its features.
        vector: Its features' lengths before worth.
        chance: What the model thinks of each column for it, in half precision; its pull is strength x (truth - chance).
        spot: Where its embedding stands in :class:`Meaning`.
        rows: The rows of the table of word vectors that it is made of; none where that cannot read it.
    """

    text: str
    column: int
    weight: float
    strength: float
    ref: str
    answered: bool
    places: npt.NDArray[np.uint16]
    vector: npt.NDArray[np.float16]
    chance: npt.NDArray[np.float16]
    spot: int = NOWHERE
    rows: Rows = field(default_factory=lambda: NO_ROWS)

    @classmethod
    def of(cls, text: str, column: int, columns: int, places: Places, vector: Floats) -> Row:
        """A new text of plain strength, not yet pulling."""
        chance = np.zeros(columns, np.float16)
        chance[column] = 1.0
        kept = places.astype(np.uint16), vector.astype(np.float16), chance
        return cls(text, column, 1.0, STRENGTH, "", False, *kept)

    def pull(self) -> Floats:
        """How much this text pulls each column; sums to 0, however coarse ``chance`` is, so that nothing drifts."""
        pull = -self.strength * self.chance.astype(np.float32)
        pull[self.column] = 0.0
        pull[self.column] = -pull.sum()
        return pull


class Linear:
    """Weights of all features for all columns, and the texts they come from.

    Args:
        columns: one a topic, the last one for "nobody".
        meaning: embeddings of the texts, where there are.
        dense: weights of the texts' vectors, where there is a table of word vectors.
    """

    def __init__(self, columns: int, meaning: Meaning | None = None, dense: Dense | None = None) -> None:
        self._slots = Slots(PLACES)
        self._weights: Floats = np.zeros((1, columns), np.float32)
        self._meaning = meaning
        self._dense = dense
        self.rows: list[Row] = []
        self._next = 0

    def weights(self, places: Places) -> Floats:
        """The weights of features: (features, columns), a copy."""
        slots = self._slots.find(places)
        return self._weights[slots]

    def add(self, row: Row) -> None:
        """Remember a text, with the pull its ``chance`` says (none when new)."""
        self.rows.append(row)
        self._weights = grown(self._weights, self._slots.used + len(row.places))
        self._slots.take(row.places.astype(np.int64))
        pull = row.pull()
        if pull.any():
            self._put_all_of(row, pull)

    def remove(self, row: Row) -> None:
        """Forget a text and take out all it put in."""
        at = self.rows.index(row)
        self.rows = self.rows[:at] + self.rows[at + 1 :]
        self._put_all_of(row, -row.pull())
        if self._meaning and row.spot != NOWHERE:
            self._meaning.drop(row.spot)

    def place(self, row: Row, chance: npt.NDArray[np.float16]) -> None:
        """Put a text where a snapshot says it stood."""
        before = row.pull()
        row.chance = chance
        self._put_all_of(row, row.pull() - before)

    def sweep(self, steps: int, worth: Callable[[Places], Floats]) -> None:
        """Improve the next ``steps`` texts in turn; ``worth`` tells that of places."""
        count = min(steps, len(self.rows))
        if count:
            at = [(self._next + i) % len(self.rows) for i in range(1, count + 1)]
            self._next = at[-1]
            size = _together(len(self.rows))
            for i in range(0, count, size):
                self.step([self.rows[j] for j in at[i : i + size]], worth)

    def settle(self, rounds: int, worth: Callable[[Places], Floats]) -> None:
        """Improve all texts until they (nearly) stand still, at most ``rounds`` times; those that stand still rest.

        Those improved together stand far apart in the list, for neighbours are often of one topic.
        """
        moving = self.rows
        for _ in range(rounds):
            groups = -(-len(moving) // _together(len(moving)))
            parts = [moving[i::groups] for i in range(groups)]
            moving = [row for part in parts for row, move in zip(part, self.step(part, worth), strict=True) if move]

    def step(self, rows: Sequence[Row], worth: Callable[[Places], Floats]) -> list[bool]:
        """Move each text's pull to (nearly) its best while all others stay; returns whether it still moved."""
        kernels = np.zeros((len(rows), 1), np.float32)
        scores = np.zeros((len(rows), self._weights.shape[1]), np.float32)
        for i, row in enumerate(rows):
            places = row.places.astype(np.int64)
            vector = row.vector.astype(np.float32)
            seen = vector * np.square(worth(places))
            kernels[i] = row.strength * (float(seen @ vector) + (row.spot != NOWHERE) + _square(row))
            scores[i] = seen @ self.weights(places)
        vectors = self._vectors(rows)
        if self._dense and vectors is not None:
            scores += self._dense.scores(vectors)
        if self._meaning:
            scores += self._meaning.scores(self._meaning.at([row.spot for row in rows]))
        old = np.stack([row.chance for row in rows])
        new = _improve(old.astype(np.float32), scores, kernels).astype(np.float16)
        moves = new.astype(np.float32) - old
        pulls = np.zeros_like(scores)
        for pull, row, chance in zip(pulls, rows, new, strict=True):
            pull -= row.pull()
            row.chance = chance.copy()
            pull += row.pull()
            self._put(row, pull)
        if self._dense and vectors is not None:
            self._dense.put(vectors, pulls)
        return [bool(large) for large in np.abs(moves).max(axis=1) > _STILL]

    def without(self, row: Row, worth: Callable[[Places], Floats]) -> tuple[Floats, Floats, Floats]:
        """A remembered text's scores by words, vector and embedding had it not been learned: (columns,) each."""
        places = row.places.astype(np.int64)
        vector = row.vector.astype(np.float32)
        seen = vector * np.square(worth(places))
        words = np.asarray(seen @ self.weights(places) - float(seen @ vector) * row.pull(), np.float32)
        dense = self._by_vector(row) - np.float32(_square(row)) * row.pull()
        if self._meaning is None or row.spot == NOWHERE:
            return words, dense, np.zeros_like(words)
        return words, dense, self._meaning.scores(self._meaning.at([row.spot]))[0] - row.pull()

    def _by_vector(self, row: Row) -> Floats:
        if self._dense is None:
            return np.zeros(self._weights.shape[1], np.float32)
        return self._dense.scores(self._dense.texts.vector(row.rows))

    def _vectors(self, rows: Sequence[Row]) -> Floats | None:
        return np.stack([self._dense.texts.vector(row.rows) for row in rows]) if self._dense else None

    def _put_all_of(self, row: Row, pull: Floats) -> None:
        self._put(row, pull)
        if self._dense:
            self._dense.put(self._dense.texts.vector(row.rows)[None], pull[None])

    def _put(self, row: Row, pull: Floats) -> None:
        """What a text pulls by its words, and its own pull where it has an embedding; its vector's part is apart."""
        places = row.places.astype(np.int64)
        weights = self.weights(places)
        weights += np.outer(row.vector.astype(np.float32), pull)
        self._weights[self._slots.find(places)] = weights
        if self._meaning and row.spot != NOWHERE:
            self._meaning.put(row.spot, row.pull())


def _square(row: Row) -> float:
    """The squared length of a text's vector."""
    return DENSE**2 if len(row.rows) else 0.0


def _together(rows: int) -> int:
    """How many texts to improve at once: more is quicker, but they do not see each other's move."""
    return min(1 + rows // 50, _TOGETHER)


def _improve(chance: Floats, scores: Floats, kernel: Floats) -> Floats:
    """Chances that agree better with the scores they bring about (a score falls by kernel x rise of its chance).

    One row a text; ``kernel`` is a column.
    """
    for _ in range(_ROUNDS):
        grown = np.exp(scores - scores.max(axis=1, keepdims=True))
        way = grown / grown.sum(axis=1, keepdims=True) - chance
        slope = kernel * np.square(way).sum(axis=1, keepdims=True)
        if slope.max() < 1e-6:
            break
        low, high, at = np.zeros_like(slope), np.ones_like(slope), np.ones_like(slope)
        for _ in range(_HALVINGS):
            rise = (way * (np.log(np.maximum(chance + at * way, 1e-7)) - scores)).sum(axis=1, keepdims=True)
            falls = rise + at * slope <= 0
            low, high = np.where(falls, at, low), np.where(falls, high, at)
            if low.min() >= 1.0:
                break
            at = (low + high) / 2
        at = np.maximum(low, np.float32(0.02))
        chance = chance + at * way
        scores = scores - kernel * at * way
    return chance
