"""What a text is compared by: its words, pairs of neighbours, and pieces of words.

Rules: each feature is hashed to one of 65,536 places with CRC-32, the same on every machine, so that memory is
bounded and no list of all features is kept; a text's own words are at hand whenever a reason is wanted. Words, pairs
and pieces are three groups; each group is brought to a fixed length on its own, so that long words do not drown the
rest. Characters of scripts without spaces are words of one character: their pairs do the work that pieces do
elsewhere.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from .clean import unspaced

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

PLACES: Final = 1 << 16
GROUPS: Final = (1.0, 0.7, 1.2)
"""Lengths of the groups words, pairs, pieces. Source: docs/decisions/0004-matching.md, "Ablations"."""
_PIECES: Final = (3, 4)


@dataclass(frozen=True, slots=True)
class Bag:
    """The features of one text.

    Attributes:
        words: The words, in order.
        places: Places of the features, group after group, no place twice.
        counts: Damped number of occurrences (1 + ln n), one per place.
        ends: Where each group ends in ``places``.
    """

    words: tuple[str, ...]
    places: Places
    counts: Floats
    ends: tuple[int, int, int]


def bag(words: Sequence[str]) -> Bag:
    """The features of a text already cut into words."""
    pairs = (place(pair(a, b)) for a, b in pairwise(words))
    groups = (map(place, words), pairs, chain.from_iterable(map(pieces, words)))
    seen: dict[int, int] = {}
    ends = []
    for group in groups:
        for at, times in Counter(group).items():
            if at not in seen:  # two groups met at one place: the first keeps it
                seen[at] = times
        ends.append(len(seen))
    places = np.fromiter(seen, np.int64, len(seen))
    counts = np.log(np.fromiter(seen.values(), np.float32, len(seen))) + np.float32(1)
    return Bag(tuple(words), places, counts, (ends[0], ends[1], ends[2]))


def pair(first: str, second: str) -> str:
    """Two neighbours as one feature, as a person would write them.

    >>> pair("factory", "reset"), pair("路", "由")
    ('factory reset', '路由')
    """
    return first + second if unspaced(first) and unspaced(second) else f"{first} {second}"


@lru_cache(maxsize=1 << 16)
def place(feature: str) -> int:
    """The place of a feature, from 0 up to :data:`PLACES`."""
    return zlib.crc32(feature.encode()) & (PLACES - 1)


@lru_cache(maxsize=1 << 14)
def pieces(word: str) -> tuple[int, ...]:
    """The places of a word's pieces of three and four letters, its ends marked; none for a single character."""
    if unspaced(word):
        return ()
    marked = f"<{word[:40]}>"
    found = (f"~{marked[i : i + size]}" for size in _PIECES for i in range(len(marked) - size + 1))
    return tuple(zlib.crc32(f.encode()) & (PLACES - 1) for f in found)
