"""How likely a post is one for people only, and which kind: learned from examples, by what it speaks of and its words.

The tables (`people/`) know phrases; this knows what goes together (a child and a small part in a mouth, a stranger's
data in sight) in whichever words and language. One linear score a kind over the concepts of a post, pairs of them that
stand close, its words and pieces of words; so each verdict can name its words. The weights were learned from our own
corpus only (`benchmarks/opinion.py` makes them anew). It never takes a case from people that the tables give them.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from itertools import combinations, pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from twelp.flow.triage.concepts import Concept, concepts
from twelp.flow.triage.signs import WORDS, Signs
from twelp.model import Kind

KINDS: Final = (
    None,
    Kind.SELF_HARM,
    Kind.THREAT,
    Kind.DANGER,
    Kind.SECURITY,
    Kind.LEGAL,
    Kind.PRESS,
    Kind.VULNERABLE,
    Kind.PROTEST,
)
"""The columns of the weights; None: an ordinary post."""
PLACES: Final = 1 << 15
CLOSE: Final = 14
"""Words between two concepts that are seen together."""
_MOST: Final = 60
"""Words that are read: of a longer post the first and the last."""
_TONGUES: Final = 3
"""Languages in which concepts are looked for, the likeliest first; words of more are rarely told apart."""
_UNSPACED: Final = ("\u3040", "\u9fff")
_SIGNS: Final = ("mark", "asks", "woe", "thanks", "praise", "settled")
_CONCEPTS: Final = 40
"""Concepts that are looked at, the first."""
_TOLD_FROM: Final = 0.3
"""Chance from which on the words are looked for."""
WEIGHTS: Final = "learned.npz"


@dataclass(frozen=True, slots=True)
class Features:
    """Features of a post, side by side: where each has its weights, how long it is, and its word, if any."""

    places: list[int]
    lengths: list[float]
    words: list[str]

    def add(self, places: list[int], words: list[str], length: float = 1.0) -> None:
        """Adds a group of features, brought to a length together."""
        self.places.extend(places)
        self.lengths.extend([length / math.sqrt(len(places) or 1)] * len(places))
        self.words.extend(words)


@dataclass(frozen=True, slots=True)
class Likely:
    """The likeliest kind for people only, how likely the post is any of them, and the words that speak for it."""

    kind: Kind
    chance: float
    words: tuple[str, ...]


def look(seen: Signs) -> Likely:
    """What a post likely is."""
    found = features(seen)
    shares = _weights()[np.fromiter(found.places, np.int64)] * np.fromiter(found.lengths, np.float32)[:, None]
    scores = shares.sum(axis=0)
    best = int(scores[1:].argmax()) + 1
    kind = KINDS[best]
    assert kind is not None  # only column 0 has none
    odds = np.exp(scores - scores.max())
    chance = round(float(1 - odds[0] / odds.sum()), 3)
    return Likely(kind, chance, _words(found, shares[:, best] - shares[:, 0]) if chance >= _TOLD_FROM else ())


def _words(found: Features, shares: npt.NDArray[np.float32]) -> tuple[str, ...]:
    """The words that speak most for it, strongest first."""
    by_word: Counter[str] = Counter()
    for word, share in zip(found.words, shares.tolist(), strict=True):
        by_word[word] += share
    return tuple(word for word, share in by_word.most_common(4) if word and share > 0)[:3]


@lru_cache(maxsize=16)
def features(seen: Signs) -> Features:
    """What a post is judged by: its words, pieces of them, concepts, pairs of these, and its signs."""
    found = Features([], [], [])
    words = WORDS.findall(seen.plain)
    if len(words) > _MOST:
        words = [*words[: _MOST // 2], *words[-_MOST // 2 :]]
    cut = [piece for word in words for piece in _cut(word)]
    found.add([_place(word) for word in cut] + [_place(f"{a} {b}") for a, b in pairwise(cut)], [*cut, *cut[:-1]])
    pieces = [(_pieces(word), word) for word in cut]
    found.add([place for places, _ in pieces for place in places], [word for places, word in pieces for _ in places])
    spoken = [concept for code in _tongues(seen) for concept in concepts(seen.plain, code)][:_CONCEPTS]
    named = {concept.name: concept.word for concept in spoken}
    found.add([_place(f"+{name}") for name in named], list(named.values()))
    together = sorted(set(_together(spoken)))
    found.add([_place(f"+{a}&{b}") for a, b in together], [""] * len(together))
    signs = [f"={sign}" for sign in _SIGNS if getattr(seen, sign)]
    signs += ["=always", f"=length {min(6, seen.words.bit_length())}"]
    found.add([_place(sign) for sign in signs], [""] * len(signs), 0.5)
    return found


def _tongues(seen: Signs) -> Iterable[str]:
    """The languages in which concepts are looked for, each once."""
    return dict.fromkeys([*seen.tongues.likely[:_TONGUES], *seen.tongues.possible[:_TONGUES]])


def _together(spoken: Iterable[Concept]) -> Iterator[tuple[str, str]]:
    for a, b in combinations(spoken, 2):
        if abs(a.at - b.at) <= CLOSE and a.name != b.name and a.word != b.word:
            yield (a.name, b.name) if a.name < b.name else (b.name, a.name)


def _cut(word: str) -> Iterable[str]:
    return word if _UNSPACED[0] <= word[0] <= _UNSPACED[1] else (word,)


@lru_cache(maxsize=1 << 13)
def _pieces(word: str) -> tuple[int, ...]:
    """Where the pieces of a word have their weights."""
    if len(word) == 1:
        return ()
    marked = f"<{word[:30]}>"
    return tuple(_placed(f"~{marked[i : i + size]}") for size in (3, 4, 5) for i in range(len(marked) - size + 1))


@lru_cache(maxsize=1 << 14)
def _place(feature: str) -> int:
    return _placed(feature)


def _placed(feature: str) -> int:
    return zlib.crc32(feature.encode("utf-8", "replace")) & (PLACES - 1)


@cache
def _weights() -> npt.NDArray[np.float32]:
    with as_file(files(__package__) / WEIGHTS) as path, np.load(path) as kept:
        return np.asarray(kept["weights"].astype(np.float32) * kept["scale"], np.float32)
