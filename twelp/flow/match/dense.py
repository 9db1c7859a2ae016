"""The part of the learned score that knows which words mean the same, from a table of word vectors.

Rules: a text's vector is the sum of its words' vectors at a fixed length, so the score is linear in each word and each
word's share in it is known. The weights (dimensions x columns) are at all times the sum of what each remembered text
put in, as with the sparse features (:mod:`linear`): nothing grows with the answers, and a text is taken out whole. A
text keeps the rows of the table that it is made of, never its vector. A text that the table cannot read (another
language) has no rows and is matched by its words alone.

Source: docs/decisions/0020-word-vectors.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from .features import Floats

DENSE: Final = 1.5
"""Length of a text's vector beside its words. Source: docs/decisions/0020-word-vectors.md."""
BESIDE: Final = 0.6
"""Length of a text's words where it has a vector, too. Source: the same."""
IN_8_BITS: Final = 256.0
_KEPT: Final = 4_096
"""Texts whose vectors are kept for further questions: 1 MB."""
Rows = npt.NDArray[np.uint16]
NO_ROWS: Final[Rows] = np.zeros(0, np.uint16)


class WordVectors(Protocol):
    """What the caller brings: a table with one row a piece of a word."""

    @property
    def length(self) -> int:
        """How many dimensions a row has."""

    def cut(self, text: str) -> Sequence[tuple[str, Sequence[int]]]:
        """The words of a text, in order, each with its rows of the table; nothing of a text it cannot read."""

    def sum(self, rows: Rows) -> Floats:
        """The sum of these rows: (length,)."""

    def knows(self, word: str) -> bool:
        """Whether this is a word to it; such a word needs no spelling."""

    def meant(self, word: str) -> str:
        """The word that a slip is of, or the word itself."""


class TextVectors:
    """Vectors of texts, from the table."""

    def __init__(self, table: WordVectors) -> None:
        self.table, self.length = table, table.length
        self._kept = lru_cache(maxsize=_KEPT)(lambda text: self.in_8_bits(self.rows(text)))

    def knows(self, word: str) -> bool:
        """Whether the table knows the word as it is."""
        return self.table.knows(word)

    def meant(self, word: str) -> str:
        """The word that a slip is of, or the word itself."""
        return self.table.meant(word)

    def cut(self, text: str) -> list[tuple[str, Rows]]:
        """The words of a text with their rows; nothing of a text that the table cannot read."""
        return [(word, np.array(rows, np.uint16)) for word, rows in self.table.cut(text)]

    def rows(self, text: str) -> Rows:
        """All rows of a text; none where the table cannot read it."""
        return np.array([row for _, rows in self.table.cut(text) for row in rows], np.uint16)

    def vector(self, rows: Rows) -> Floats:
        """A text's vector at length :data:`DENSE`; zeros for none."""
        if not len(rows):
            return np.zeros(self.table.length, np.float32)
        found = self.table.sum(rows)
        return np.asarray(found * np.float32(DENSE / max(_length(found), 1e-9)), np.float32)

    def in_8_bits(self, rows: Rows) -> npt.NDArray[np.int8]:
        """A text's vector, :data:`IN_8_BITS` of these being 1; zeros for none."""
        found = self.vector(rows) * np.float32(IN_8_BITS / DENSE)
        return np.clip(np.round(found), -127, 127).astype(np.int8)

    def known(self, text: str) -> npt.NDArray[np.int8] | None:
        """A text's vector in 8 bits; None where the table cannot read it. The latest are kept."""
        found = self._kept(text)
        return found if found.any() else None

    def alike(self, text: str, others: Sequence[str]) -> list[float]:
        """The cosine of a text to each other one; 0 where the table cannot read both."""
        own = self._kept(text).astype(np.float32) / np.float32(IN_8_BITS)
        return [float(own @ self._kept(other)) / IN_8_BITS for other in others]


def _length(vector: Floats) -> float:
    return math.sqrt(float(vector @ vector))


class Dense:
    """The weights of a text's vector for all columns, and each topic's mean vector.

    Attributes:
        texts: makes vectors of texts.
    """

    def __init__(self, table: WordVectors, columns: int) -> None:
        self.texts = TextVectors(table)
        self._weights: Floats = np.zeros((table.length, columns), np.float32)
        self._sums: Floats = np.zeros((table.length, columns), np.float32)
        self._sizes: Floats = np.zeros(columns, np.float32)

    def shares(self, cut: Sequence[tuple[str, Rows]]) -> Floats:
        """Each word's part of the score of the text that they make: (words, columns)."""
        if not cut:
            return np.zeros((0, self._weights.shape[1]), np.float32)
        words = np.stack([self.texts.table.sum(rows) for _, rows in cut])
        size = np.float32(DENSE / max(_length(words.sum(axis=0)), 1e-9))
        return np.asarray(size * (words @ self._weights), np.float32)

    def scores(self, vector: Floats) -> Floats:
        """The scores of a vector: (columns,)."""
        return np.asarray(vector @ self._weights, np.float32)

    def put(self, vectors: Floats, pulls: Floats) -> None:
        """Add what texts pull: (texts, length) and (texts, columns)."""
        self._weights += vectors.T @ pulls

    def count(self, rows: Rows, column: int, weight: float) -> None:
        """Count a text for a column's mean; with a negative weight take it away again."""
        if len(rows):
            sums = self._sums[:, column]
            sums += np.float32(weight / DENSE) * self.texts.vector(rows)
            self._sizes[column] = _length(sums)

    def nearest(self, vector: Floats, without: tuple[int, float] | None = None, hidden: int | None = None) -> float:
        """The cosine to the nearest topic's mean.

        ``without`` is the column and weight that the text was counted with, to see it as if it had not been; the
        topic ``hidden`` does not count.
        """
        sums, sizes = self._sums[:, :-1], self._sizes[:-1]
        if without is not None:
            sums = sums.copy()
            sums[:, without[0]] -= np.float32(without[1] / DENSE) * vector
            sizes = sizes.copy()
            sizes[without[0]] = _length(sums[:, without[0]])
        cosines = (vector @ sums) / np.maximum(sizes, np.float32(1e-3)) / np.float32(DENSE)
        if hidden is not None:
            cosines[hidden] = 0.0
        return float(cosines.max(initial=0.0))
