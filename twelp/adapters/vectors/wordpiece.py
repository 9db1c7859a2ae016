"""Cuts a text into the word pieces that a BERT vocabulary knows, without a compiled dependency.

Rules: the same pieces as the reference tokenizer of uncased BERT models gives, but for one thing: a word that the
vocabulary cannot spell gives no piece at all, where the reference gives ``[UNK]``. Words are kept once cut, since posts
repeat them.

Source: Devlin et al. (2019), BERT; Wu et al. (2016), section 4.1 (longest match first).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, Protocol

_LONGEST: Final = 100
"""Letters of a word; a longer one is no word. Source: the reference's ``max_input_chars_per_word``."""
_REMEMBERED: Final = 1 << 14
_ASCII: Final = re.compile(r"[a-z0-9]+|[^a-z0-9 ]")
_IDEOGRAPHS: Final = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


class Ranks(Protocol):
    """Pieces with their rows, the most frequent first."""

    def get(self, piece: str, /) -> int | None:
        """The row of a piece; None where it is none."""


class WordPiece:
    """A vocabulary that cuts words. Safe to call from several threads.

    Args:
        vocabulary: pieces with their rows; pieces within a word begin with ``##``.
    """

    def __init__(self, vocabulary: Ranks) -> None:
        self.vocabulary = vocabulary
        self.pieces = lru_cache(maxsize=_REMEMBERED)(self._pieces)

    def _pieces(self, word: str) -> tuple[int, ...]:
        """The rows of a word's pieces, longest first from the left; none where the vocabulary cannot spell it."""
        if len(word) > _LONGEST:
            return ()
        found: list[int] = []
        start = 0
        while start < len(word):
            mark = "##" if start else ""
            for end in range(len(word), start, -1):
                row = self.vocabulary.get(mark + word[start:end])
                if row is not None:
                    found.append(row)
                    start = end
                    break
            else:
                return ()
        return tuple(found)


def split(text: str) -> list[str]:
    """Words and marks as uncased BERT sees them: lower case, without accents, each mark and ideograph alone.

    >>> split("What's the café's  #1 路由器?")
    ['what', "'", 's', 'the', 'cafe', "'", 's', '#', '1', '路', '由', '器', '?']
    """
    if text.isascii() and text.isprintable():
        return _ASCII.findall(text.lower())
    found: list[str] = []
    word: list[str] = []
    for letter in unicodedata.normalize("NFD", text).lower():
        kind = unicodedata.category(letter)
        alone = _marks(letter, kind) or (ord(letter) > 0x2E80 and _ideograph(ord(letter)))
        if alone or kind == "Zs" or letter in "\t\n\r":
            if word:
                found.append("".join(word))
                word = []
            if alone:
                found.append(letter)
        elif kind != "Mn" and kind not in ("Cc", "Cf", "Co", "Cs", "Cn") and letter != "\ufffd":
            word.append(letter)
    if word:
        found.append("".join(word))
    return found


def _marks(letter: str, kind: str) -> bool:
    """Whether a character is a mark of punctuation; all of ASCII that is no letter, digit or space counts as one."""
    return kind[0] == "P" or (letter.isascii() and letter.isprintable() and not letter.isalnum() and letter != " ")


def _ideograph(code: int) -> bool:
    return any(first <= code <= last for first, last in _IDEOGRAPHS)
