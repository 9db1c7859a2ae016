"""What a text is compared by: its words, pairs of neighbours, and pieces of words.

Rules: a feature is a plain string that a person can read back: ``router``, ``factory reset``, ``~rout`` (a piece;
``<`` and ``>`` mark a word's ends). Order and number follow the text; the same words give the same features on every
machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from .clean import unspaced

_PIECES: Final = (3, 4, 5)


def pieces(word: str) -> Iterator[str]:
    """The pieces of one word, each with the mark ``~``.

    >>> list(pieces("tv"))
    ['~<tv', '~tv>', '~<tv>']
    """
    marked = f"<{word}>"
    for size in _PIECES:
        for start in range(len(marked) - size + 1):
            yield "~" + marked[start : start + size]


def features(words: Sequence[str]) -> dict[str, float]:
    """How often each feature occurs in these words."""
    counts: dict[str, float] = {}
    before = ""
    for word in words:
        counts[word] = counts.get(word, 0.0) + 1.0
        if before:
            glue = "" if unspaced(word) and unspaced(before) else " "
            pair = before + glue + word
            counts[pair] = counts.get(pair, 0.0) + 1.0
        before = word
        if not unspaced(word):
            for piece in pieces(word):
                counts[piece] = counts.get(piece, 0.0) + 1.0
    return counts


def is_piece(feature: str) -> bool:
    """Whether the feature is a piece of a word, which people are not shown."""
    return feature.startswith("~")
