"""A question about two things: whether one part of a post is plainly about another topic than the post as a whole.

Rules: a post is cut where people end a thought: after a mark of punctuation, at a new line, at a word for "and". A part
names a second topic where it is likelier somebody's than nobody's, by the very curve that tells "nobody" of a post, and
scores that topic well above the whole's best. One word alone is no part. Parts are read by their words alone, for an
embedding of each would double the time. What is best of all never changes.

Source: docs/decisions/0004-matching.md, "A question about two things".
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .clean import words
from .features import Floats

_CUT: Final = re.compile(
    r"(?<=[.?!;,:…])\s+|[\n。！？；，、।؟؛،]+|\s[-–—]+\s|\b(?:and|also|und|et|y|e)\b", re.IGNORECASE
)
_MOST: Final = 6
"""Parts of a post that are read: nobody asks more, and a hostile post would cost seconds."""
_LEAST_WORDS: Final = 2
_SOMEBODY: Final = 0.5
"""Chance of "nobody" from which a part stands for no topic."""
_ABOVE: Final = 1.9
"""Standard deviations a part must score its topic above the whole's best; two topics are 2 apart when one is best."""
_BELOW: Final = 0.15
"""How far below the best the second is lifted: chances of 10 to 8, so that what is like the best stays behind it."""
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a post, read by itself.

    Attributes:
        text: As it was written.
        scores: Of all topics, in standard deviations.
        none_score: The chance that it is nobody's.
    """

    text: str
    scores: Floats
    none_score: float

    @property
    def quoted(self) -> str:
        """Its text, short enough for a reason."""
        text = " ".join(self.text.split())
        return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def parts(text: str) -> list[str]:
    """The parts of a post that can be read by themselves; none where there are fewer than two.

    >>> parts("My soundbar has no sound, and where is my order?")
    ['My soundbar has no sound', 'where is my order?']
    >>> parts("thanks, where is my order?")
    []
    """
    found = _CUT.split(html.unescape(text), maxsplit=4 * _MOST)
    found = [part.strip().rstrip(",;:，、；،؛") for part in found if len(words(part)) >= _LEAST_WORDS][:_MOST]
    return found if len(found) > 1 else []


def second(read: Sequence[Part], best: int) -> tuple[int, Part] | None:
    """The topic's column that a part names beside ``best``, the whole's, and the part that does so most plainly."""
    found = [
        (part.scores[column] - part.scores[best], column, part)
        for part in read
        if part.none_score < _SOMEBODY and (column := int(part.scores.argmax())) != best
    ]
    above, column, part = max(found, key=lambda one: one[0], default=(0.0, best, None))
    return (column, part) if part is not None and above >= _ABOVE else None


def lift(scores: Floats, column: int) -> None:
    """Raise a second topic's score, among those of all topics, to where it counts beside the best."""
    scores[column] = max(scores[column], scores.max() - _BELOW)
