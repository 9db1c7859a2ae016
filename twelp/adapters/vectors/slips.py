"""The word that was meant by one that is none: a letter too many, too few, another one, or two that changed places.

Rules: only the vocabulary's whole words are proposed: the most frequent one of the first kind of slip that finds any
(two letters in the wrong order, one missing, one too many, another one). The first letter is hardly ever wrong.
Nothing is found for short words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .wordpiece import Ranks

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST: Final = 4
_LONGEST: Final = 20


def meant(word: str, ranks: Ranks) -> str:
    """The most frequent word that is one slip away; the word itself where there is none.

    Args:
        word: in small letters.
        ranks: words with their ranks, the most frequent lowest.

    >>> meant("wehre", {"where": 3, "were": 1})
    'where'
    >>> meant("refnd", {"refund": 9, "rend": 7})
    'refund'
    """
    if not (_SHORTEST <= len(word) <= _LONGEST and word.isascii() and word.isalpha()):
        return word
    for slips in (_swapped, _missing, _too_many, _wrong):
        found = [(rank, slip) for slip in slips(word) if (rank := ranks.get(slip)) is not None and len(slip) > 2]
        if found:
            return min(found)[1]
    return word


def _swapped(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1))


def _missing(word: str) -> Iterator[str]:
    return (word[:at] + letter + word[at:] for at in range(1, len(word) + 1) for letter in _LETTERS)


def _too_many(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def _wrong(word: str) -> Iterator[str]:
    return (word[:at] + letter + word[at + 1 :] for at in range(1, len(word)) for letter in _LETTERS)
