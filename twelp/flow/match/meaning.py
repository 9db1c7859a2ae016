"""The optional third part of the score: sentence embeddings, from whatever callable the caller brings.

Rules: ``embed`` turns texts into rows of one fixed length; a row of zeros means that the model has nothing to say
about that text (a language it was not made for), and such a text is matched by its words alone. The embeddings feed a
softmax of their own, learned and unlearned exactly like the one over words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from .features import Floats, Places
from .linear import Linear, Row

Embed = Callable[[Sequence[str]], npt.NDArray[np.floating]]


class Meaning:
    """A linear model over embeddings; its texts are tied to the rows of the words' model."""

    def __init__(self, embed: Embed, columns: int) -> None:
        self._embed = embed
        self._columns = columns
        self._linear: Linear | None = None
        self._places: Places = np.zeros(0, np.int64)
        self._middle: Floats = np.zeros(0, np.float32)
        self._twins: dict[int, Row] = {}

    def vectors(self, texts: Sequence[str]) -> Floats:
        """The embeddings at length 1, less the middle of the first texts seen (zeros stay zeros): (texts, length).

        What all texts share tells no topic from another, and learning is several times faster without it.

        Raises:
            ValueError: ``embed`` gave something else than one row of the usual length for each text.
        """
        found = np.asarray(self._embed(texts), np.float32)
        if found.ndim != 2 or len(found) != len(texts) or (self._linear and found.shape[1] != len(self._places)):
            raise ValueError(
                f"embed gave shape {found.shape} for {len(texts)} texts; expected one row of equal length each"
            )
        if self._linear is None:
            self._places = np.arange(found.shape[1])
            self._linear = Linear(self._columns, found.shape[1])
            self._middle = _unit(found).mean(axis=0)
        return np.where(found.any(axis=1, keepdims=True), _unit(found) - self._middle, np.float32(0))

    def remember(self, row: Row, vector: Floats) -> None:
        """Tie an embedding to a remembered text."""
        if self._linear is not None and vector.any():
            twin = Row.of(row.text, row.column, self._columns, self._places, vector)
            twin.strength = row.strength
            self._twins[id(row)] = twin
            self._linear.add(twin)

    def step(self, row: Row) -> None:
        """Improve one text."""
        if self._linear is not None and (twin := self._twins.get(id(row))) is not None:
            self._linear.step([twin], _alike)

    def sweep(self, steps: int) -> None:
        """Improve the next ``steps`` texts in turn."""
        if self._linear is not None:
            self._linear.sweep(steps, _alike)

    def settle(self, rounds: int) -> None:
        """Improve all texts until they stand still."""
        if self._linear is not None:
            self._linear.settle(rounds, _alike)

    def forget(self, row: Row) -> None:
        """Take a text out."""
        if self._linear is not None and (twin := self._twins.pop(id(row), None)) is not None:
            self._linear.remove(twin)

    def scores(self, vector: Floats) -> Floats:
        """The scores of an embedding: (columns,)."""
        if self._linear is None:
            return np.zeros(self._columns, np.float32)
        return np.asarray(vector @ self._linear.weights(self._places), np.float32)

    def without(self, row: Row) -> Floats:
        """The scores a remembered text would get had it not been learned; zeros when it has no embedding."""
        twin = self._twins.get(id(row))
        if self._linear is None or twin is None:
            return np.zeros(self._columns, np.float32)
        return self._linear.without(twin, _alike)

    def part(self, row: Row, vector: Floats) -> Floats:
        """What a remembered text adds to the scores of an embedding: (columns,)."""
        twin = self._twins.get(id(row))
        if twin is None:
            return np.zeros(self._columns, np.float32)
        return np.asarray(float(vector @ twin.vector.astype(np.float32)) * twin.pull(), np.float32)


def _alike(places: Places) -> Floats:
    return np.ones(len(places), np.float32)


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)
