"""How often each topic used each feature: what a feature is worth, and the BM25 part of the score.

Rules: a feature is worth 1 + ln(topics) - H, with H the entropy of the topics that used it: most when one topic alone
uses it, least when all do; one never seen is worth the most, so that unknown words weaken a match. Taking away is the
exact inverse of adding. Counts are kept in sixteenths, up to 4,095 texts a feature and topic.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from .features import GROUPS, PLACES, Bag, Floats, Places
from .slots import Slots, grown

_UNIT: Final = 16
_MOST: Final = 65_535


class Counts:
    """Texts per feature and column (one column a topic, the last one for "nobody")."""

    def __init__(self, columns: int) -> None:
        self._slots = Slots(PLACES)
        self._table: npt.NDArray[np.uint16] = np.zeros((1, columns), np.uint16)
        self._total: npt.NDArray[np.float64] = np.zeros(1)
        self._spread: npt.NDArray[np.float64] = np.zeros(1)  # sum of n ln n over the columns
        self._lengths = np.zeros(columns)
        self._worth_most = 1.0 + math.log(max(columns - 1, 2))

    def add(self, bag: Bag, column: int, weight: float) -> None:
        """Count a text for a column; with a negative weight take it away again."""
        most = self._slots.used + len(bag.places)
        self._table = grown(self._table, most)
        self._total = grown(self._total, most)
        self._spread = grown(self._spread, most)
        slots = self._slots.take(bag.places)
        before = self._table[slots, column].astype(np.int64)
        after = np.clip(before + round(weight * _UNIT), 0, _MOST)
        self._total[slots] += (after - before) / _UNIT
        self._spread[slots] += _n_ln_n(after) - _n_ln_n(before)
        self._table[slots, column] = after
        self._lengths[column] = max(self._lengths[column] + weight * len(bag.places), 0.0)

    def worth(self, places: Places) -> Floats:
        """What the feature at each place tells about the topic."""
        slots = self._slots.find(places)
        total = np.maximum(self._total[slots], 1e-9)
        entropy = np.log(total) - self._spread[slots] / total
        return np.where(total < 1.0 / (2 * _UNIT), self._worth_most, self._worth_most - entropy).astype(np.float32)

    def weigh(self, bag: Bag, worth: Floats) -> Floats:
        """The bag as a vector: each group, once multiplied by worth, has the length :data:`GROUPS` says."""
        vector = bag.counts.copy()
        start = 0
        for length, end in zip(GROUPS, bag.ends, strict=True):
            part = vector[start:end]
            size = math.sqrt(float(np.square(part * worth[start:end]).sum()))
            if size > 0:
                part *= length / size
            start = end
        return vector

    def shares(self, places: Places, without: tuple[int, float] | None = None) -> Floats:
        """How far the feature at each place belongs to each column, 0 to below 1: (features, columns).

        ``without`` is the column and weight the text was counted with, to see it as if it had not been.
        BM25's saturation with full length normalisation. Source: Robertson, Zaragoza (2009), k1 = 1, b = 1.
        """
        slots = self._slots.find(places)
        counts = self._table[slots].astype(np.float32)
        counts /= _UNIT
        lengths = self._lengths
        if without is not None:
            column, weight = without
            counts[:, column] = np.maximum(counts[:, column] - round(weight * _UNIT) / _UNIT, 0)
            lengths = lengths.copy()
            lengths[column] = max(lengths[column] - weight * len(places), 0.0)
        mean = max(float(lengths[:-1].mean()), 1e-9)
        return np.asarray(counts / (counts + np.maximum(lengths / mean, 0.05).astype(np.float32)), np.float32)


def _n_ln_n(sixteenths: np.ndarray[tuple[int], np.dtype[np.int64]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    n = sixteenths / _UNIT
    return np.asarray(n * np.log(np.maximum(n, 1e-12)))
