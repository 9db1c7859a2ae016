"""The optional part of the score that knows which texts mean the same: sentence embeddings, from the caller's model.

Rules: a row of zeros means that the model has nothing to say about that text (a language it was not made for), and
such a text is matched by its words alone. How alike two texts are is exp(-|a - b|^2) of their embeddings, so that each
remembered text speaks for what is near it and a topic may be several things; what a text pulls it shares with the
words (:mod:`linear`): one model learns both. Tables are exchanged as one, so a reader never sees half of a growth.

Source: docs/decisions/0004-matching.md, "Embeddings".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from .features import Floats, Places
from .slots import grown

NOWHERE: Final = -1
WORDS: Final = 0.45
"""Length of a text's words beside its embedding: 0.2 of the likeness. Source: the same; flat 0.1 to 0.3."""


class Tables(NamedTuple):
    """One row a spot."""

    vectors: Floats
    pulls: Floats
    columns: Places


class Embed(Protocol):
    """What the caller brings."""

    def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.floating]:
        """One row a text, of one length, the same for all; zeros for a text it cannot read."""

    def knows(self, word: str) -> bool:
        """Whether this is a word to it; such a word needs no spelling."""


class Meaning:
    """Embeddings of the remembered texts and how each pulls the columns; a text's place is its ``spot``.

    Attributes:
        words_length: Length of a text's words beside its embedding.
    """

    def __init__(self, embed: Embed, columns: int, words_length: float = WORDS) -> None:
        self.words_length = words_length
        self._embed = embed
        self._columns = columns
        self._length = 0
        self._tables = Tables(np.zeros((0, 0), np.float32), np.zeros((0, columns), np.float32), np.zeros(0, np.int64))
        self._used = 0
        self._free: list[int] = []

    @property
    def empty(self) -> bool:
        """Whether no text with an embedding was ever remembered."""
        return not self._used

    def knows(self, word: str) -> bool:
        """Whether the model knows the word as it is."""
        return self._embed.knows(word)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """The embeddings at length 1, or zeros: (texts, length).

        Raises:
            ValueError: ``embed`` gave something else than one row of the usual length for each text.
        """
        found = np.asarray(self._embed(texts), np.float32)
        if found.ndim != 2 or len(found) != len(texts) or self._length not in (0, found.shape[1]):
            raise ValueError(
                f"embed gave shape {found.shape} for {len(texts)} texts; expected one row of equal length each"
            )
        self._length = found.shape[1]
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), np.float32)

    def take(self, vector: Floats, column: int) -> int:
        """Remember an embedding, not yet pulling; its spot, or :data:`NOWHERE` for zeros."""
        if not vector.any():
            return NOWHERE
        spot = self._free.pop() if self._free else self._used
        if spot == self._used:
            vectors, pulls, columns = self._tables
            vectors = vectors if len(vectors) else np.zeros((1, len(vector)), np.float32)
            self._tables = Tables(grown(vectors, spot + 1), grown(pulls, spot + 1), grown(columns, spot + 1))
            self._used += 1
        self._tables.vectors[spot] = vector
        self._tables.columns[spot] = column
        return spot

    def put(self, spot: int, pull: Floats) -> None:
        """Say how the text at a spot pulls."""
        self._tables.pulls[spot] = pull

    def drop(self, spot: int) -> None:
        """Forget the text at a spot."""
        self._tables.vectors[spot] = 0.0
        self._tables.pulls[spot] = 0.0
        self._free.append(spot)

    def at(self, spots: Sequence[int]) -> Floats:
        """The embeddings of remembered texts; zeros for :data:`NOWHERE`."""
        found = np.zeros((len(spots), self._length), np.float32)
        for row, spot in zip(found, spots, strict=True):
            if spot != NOWHERE:
                row[:] = self._tables.vectors[spot]
        return found

    def scores(self, asked: Floats) -> Floats:
        """The scores of embeddings: (texts, columns); zeros where an embedding is zeros."""
        tables, used = self._tables, self._used
        likeness = alike(asked @ tables.vectors[:used].T) if used else np.zeros((len(asked), 0), np.float32)
        return np.asarray(likeness @ tables.pulls[:used] * asked.any(axis=1, keepdims=True), np.float32)

    def nearest(self, vector: Floats, hidden: int = NOWHERE, left_out: int = NOWHERE) -> float:
        """The cosine to the nearest text of a topic, but for those of column ``hidden`` and the one at ``left_out``."""
        tables, used = self._tables, self._used
        if not used:
            return 0.0
        columns = tables.columns[:used]
        counts = (columns < self._columns - 1) & (columns != hidden) & (np.arange(len(columns)) != left_out)
        return float(np.where(counts, tables.vectors[:used] @ vector, np.float32(0)).max(initial=0.0))

    def likeness(self, spot: int, vector: Floats) -> float:
        """How alike an embedding and the remembered one at a spot are; 0 when either is missing."""
        if spot == NOWHERE or not vector.any():
            return 0.0
        return float(alike(self._tables.vectors[spot] @ vector))


def alike(cosines: Floats) -> Floats:
    """exp(-|a - b|^2) of vectors of length 1."""
    return np.asarray(np.exp(2.0 * (cosines - 1.0)), np.float32)
