"""The latest texts by their meaning, and which of them are near to another one: for questions of the same matter, and
for what the roster lacks.

Rules: so many texts at most, the oldest goes first, so that neither memory nor time grows with the day. A text whose
meaning is not known (another language) is near to none. Several texts may stand under one key. One at a time may use
it, as with whatever holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

Vector = Callable[[str], npt.NDArray[np.int8] | None]
"""A text in; its meaning in 8 bits out, all of one length, or None where it is not known."""
MOST: Final = 4_096
"""Texts that are kept: 0.8 MB, and 0.4 ms to compare one with them."""


class Near:
    """The latest texts by their meaning.

    Args:
        vector: tells the meaning of a text.
        most: so many texts are kept.
    """

    def __init__(self, vector: Vector, most: int = MOST) -> None:
        self._vector, self._most = vector, most
        self._keys: list[str | None] = []
        self._spots: dict[str, list[int]] = {}
        self._vectors = np.zeros((0, 0), np.int8)
        self._next = 0

    def __len__(self) -> int:
        return sum(len(spots) for spots in self._spots.values())

    def add(self, key: str, text: str) -> None:
        """Keeps a text under a key, in place of the oldest where there are too many."""
        vector = self._vector(text)
        if vector is None:
            return
        spot = self._next
        self._next = (spot + 1) % self._most
        if spot == len(self._keys):
            self._keys.append(None)
            self._make_room(len(vector))
        self._leave(spot)
        self._keys[spot] = key
        self._vectors[spot] = vector
        self._spots.setdefault(key, []).append(spot)

    def drop(self, key: str) -> None:
        """Forgets all texts of a key."""
        for spot in self._spots.pop(key, ()):
            self._keys[spot] = None
            self._vectors[spot] = 0

    def nearest(self, text: str, limit: int, least: float) -> list[tuple[str, float]]:
        """The keys of the nearest texts, each once, with the cosine of its nearest; `least` or more, nearest first."""
        vector = self._vector(text)
        if vector is None or not self._keys:
            return []
        asked = vector.astype(np.float32)
        rows = self._vectors[: len(self._keys)].astype(np.float32)
        sizes = np.linalg.norm(rows, axis=1) * np.linalg.norm(asked)
        cosines = rows @ asked / np.maximum(sizes, np.float32(1e-9))
        found: dict[str, float] = {}
        for spot in np.argsort(-cosines, kind="stable"):
            key = self._keys[spot]
            if len(found) == limit or cosines[spot] < least:
                break
            if key is not None:
                found.setdefault(key, float(cosines[spot]))
        return list(found.items())

    def _leave(self, spot: int) -> None:
        """Forgets the text that stands at a spot."""
        former = self._keys[spot]
        if former is not None:
            self._spots[former].remove(spot)
            if not self._spots[former]:
                del self._spots[former]

    def _make_room(self, length: int) -> None:
        rows = len(self._vectors)
        if len(self._keys) > rows:
            longer = np.zeros((min(max(64, 2 * rows), self._most), length), np.int8)
            if rows:
                longer[:rows] = self._vectors
            self._vectors = longer


def neighbours(
    words: Iterable[str], among: Iterable[str], vector: Vector, *, limit: int, least: float
) -> Mapping[str, tuple[str, ...]]:
    """For each of these words, those of them and of `among` that mean nearly the same, nearest first."""
    asked, near = list(words), Near(vector)
    for word in dict.fromkeys([*among, *asked]):
        near.add(word, word)
    return {word: tuple(one for one, _ in near.nearest(word, limit + 1, least) if one != word) for word in asked}
