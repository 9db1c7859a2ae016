"""A second opinion: how likely a post wants an answer, by its signs, words and pieces of words, learned from examples.

One logistic score, linear in what it sees, so that every opinion names its words. The weights that come along were
learned from our own corpus only (`benchmarks/opinion.py` makes them anew); a house's own taps move a copy of them.
Features are hashed with CRC-32, the same on every machine; signs, words and pieces are brought to a fixed length each.
"""

from __future__ import annotations

import base64
import math
import re
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from twelp.flow.triage.signs import WORDS, Signs
from twelp.flow.triage.weights import SCALE, WEIGHTS

PLACES: Final = 1 << 13
LENGTHS: Final = (2.0, 2.0, 2.0)
"""How long signs (each), words and pieces (together) are. Source: benchmarks/opinion.py, tried from 0.5 to 4."""
_MOST: Final = 120
"""Words that are read; what a long post wants it says at its beginning or its end."""
DETAIL: Final = re.compile(
    r"\d+\.\d+\.\d|\b(?:ios|android|iphone|ipad|windows|macbook|mac|samsung|galaxy|pixel|huawei|chrome|firefox|safari|"
    r"laptop|desktop|firmware|version|model|build|router|tablet)\b"
)
PLEASED: Final = re.compile("[👍❤💙💕😍😊🙌👏🎉✨😄😁😀🥰💚💜🤗😎🌟⭐]|<3|[:;]-?[)D]|\\^_\\^")
_UPSET: Final = re.compile("[😡😠😤😞😣😩🙄😭😢👎🤬😒😫💔🤦]|:-?[(/]|>:")
_RATE: Final = 0.35
_ENOUGH: Final = 0.9
_STEPS: Final = 8
_UNSPACED: Final = ("\u3040", "\u9fff")

Features = tuple[tuple[int, float, str], ...]
"""Place, length, and the word or sign it comes from."""


class Opinion:
    """Weights, as they came or moved by taps."""

    def __init__(self, weights: Sequence[float] | None = None) -> None:
        self._weights = list(weights) if weights is not None else list(_shipped())

    def chance(self, seen: Signs) -> float:
        """How likely the post wants an answer, from 0 to 1."""
        return _logistic(sum(self._weights[place] * length for place, length, _ in features(seen)))

    def words(self, seen: Signs, *, wants: bool, most: int = 3) -> tuple[str, ...]:
        """The words that speak most for that it does (or not), strongest first."""
        share: dict[str, float] = {}
        for place, length, word in features(seen):
            if not word.startswith("+"):
                share[word] = share.get(word, 0.0) + self._weights[place] * length * (1 if wants else -1)
        best = sorted((word for word in share if share[word] > 0), key=lambda word: -share[word])
        return tuple(best[:most])

    def learn(self, seen: Signs, *, wants: bool) -> None:
        """Moves the weights until a person's word on this post holds, or a few steps are taken."""
        found = features(seen)
        size = sum(length * length for _, length, _ in found) or 1.0
        for _ in range(_STEPS):
            chance = self.chance(seen)
            right = chance if wants else 1 - chance
            if right >= _ENOUGH:
                return
            step = _RATE * (1 - right) * (1 if wants else -1) * 8 / size
            for place, length, _ in found:
                self._weights[place] += step * length


@lru_cache(maxsize=16)
def features(seen: Signs) -> Features:
    """What a post is judged by."""
    signs = [(f"+{name}", f"+{name}") for name in _signs(seen)]
    said = WORDS.findall(seen.plain)
    words = said if len(said) <= _MOST else [*said[: _MOST // 2], *said[-_MOST // 2 :]]
    cut = [piece for word in words for piece in _cut(word)]
    ones = [(word, word) for word in cut] + [(f"{a} {b}", a) for a, b in pairwise(cut)]
    pieces = [(f"~{piece}", word) for word in cut for piece in _pieces(word)]
    return tuple(
        found
        for group, length in zip((signs, ones, pieces), LENGTHS, strict=True)
        for found in _placed(group, length if group is signs else length / math.sqrt(len(group) or 1))
    )


def _signs(seen: Signs) -> Iterable[str]:
    for name in ("mark", "asks", "woe", "sarcasm", "thanks", "praise", "settled"):
        if getattr(seen, name):
            yield name
    if seen.links:
        yield "link"
    if DETAIL.search(seen.plain):
        yield "detail"
    if PLEASED.search(seen.text):
        yield "pleased"
    if _UPSET.search(seen.text):
        yield "upset"
    if "!" in seen.text:
        yield "calls out"
    if (seen.thanks or seen.praise) and (seen.woe or seen.asks or seen.mark):
        yield "both"
    yield f"length {min(5, seen.words.bit_length())}"
    yield "always"


def _cut(word: str) -> Iterable[str]:
    """Characters of scripts without spaces are words of one character."""
    if _UNSPACED[0] <= word[0] <= _UNSPACED[1]:
        return word
    return (word,)


@lru_cache(maxsize=1 << 13)
def _pieces(word: str) -> tuple[str, ...]:
    if len(word) == 1:
        return ()
    marked = f"<{word[:30]}>"
    return tuple(marked[i : i + size] for size in (3, 4) for i in range(len(marked) - size + 1))


@lru_cache(maxsize=1 << 15)
def _place(feature: str) -> int:
    return zlib.crc32(feature.encode("utf-8", "replace")) & (PLACES - 1)


def _placed(group: Iterable[tuple[str, str]], length: float) -> Iterable[tuple[int, float, str]]:
    return ((_place(feature), length, word) for feature, word in group)


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@lru_cache(maxsize=1)
def shipped() -> Opinion:
    """The opinion as it came; nobody teaches this one."""
    return Opinion()


@lru_cache(maxsize=1)
def _shipped() -> tuple[float, ...]:
    if not WEIGHTS:
        return (0.0,) * PLACES
    packed = zlib.decompress(base64.b32decode(WEIGHTS))
    return tuple((value - 128) * SCALE for value in packed)
