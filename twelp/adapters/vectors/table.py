"""The table of word vectors: a vocabulary of word pieces and one row of 8-bit numbers a piece.

Rules: the files are part of the package and checked against their SHA-256 in ``SHA256SUMS`` before they are used. The
table is mapped into memory, so several processes on a machine share it. A text is read where most of its words are
whole words of the vocabulary, which is English: telling so costs nothing, and a text in another language is left to
its words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from twelp.errors import ConfigError

from .english import Bits, Words, english
from .slips import meant
from .wordpiece import WordPiece, split

HERE: Final = Path(__file__).parent
VOCABULARY: Final = "vocabulary.txt"
NUMBERS: Final = "numbers.npy"
SCALES: Final = "scales.npy"
ENGLISH: Final = "english.npy"
SUMS: Final = "SHA256SUMS"
FILES: Final = (VOCABULARY, NUMBERS, SCALES, ENGLISH)
_REMEMBERED: Final = 4_096
Rows = npt.NDArray[np.uint16]


class Table:
    """Word vectors; safe to use from several threads.

    Args:
        pieces: the vocabulary in the order of the rows; pieces within a word begin with ``##``.
        numbers: (pieces, dimensions), 8 bits.
        scales: what each row is multiplied by.
        english: a dictionary's words, as bits.
    """

    def __init__(
        self, pieces: Sequence[str], numbers: npt.NDArray[np.int8], scales: npt.NDArray[np.float32], english: Bits
    ) -> None:
        self._wordpiece = WordPiece({piece: row for row, piece in enumerate(pieces)})
        self._numbers, self._scales = np.asarray(numbers), np.asarray(scales)  # plain views: quicker than memmaps
        self._english = Words(english)
        self._meant = lru_cache(maxsize=_REMEMBERED)(self._slip)
        self.length = int(numbers.shape[1])

    def cut(self, text: str) -> list[tuple[str, Sequence[int]]]:
        """The words and marks of a text, in order, each with its rows; nothing of a text in another language."""
        found: list[tuple[str, Sequence[int]]] = [(word, self._wordpiece.pieces(word)) for word in split(text)]
        return found if english([word for word, _ in found], self.knows) else []

    def _slip(self, word: str) -> str:
        return word if self.knows(word) else meant(word, self._wordpiece.vocabulary)

    def sum(self, rows: Rows) -> npt.NDArray[np.float32]:
        """The sum of these rows: (dimensions,)."""
        return np.asarray(self._scales[rows] @ self._numbers[rows].astype(np.float32), np.float32)

    def meant(self, word: str) -> str:
        """The word that a slip of one letter is of; the word itself where it is none, or nothing is near."""
        return self._meant(word)

    def knows(self, word: str) -> bool:
        """Whether the word is an English word, or a name that the vocabulary has whole."""
        return word in self._wordpiece.vocabulary or word in self._english


def readable(piece: str) -> bool:
    """Whether a piece of the network's vocabulary is kept: Latin letters, digits and marks, as English has them."""
    return piece.isascii() and not (piece.startswith("[") and piece.endswith("]"))


def load(folder: Path = HERE) -> Table:
    """The table of the package, or of another folder with the same three files.

    Raises:
        ConfigError: A file is missing or is not the one that its folder's ``SHA256SUMS`` names.
    """
    sums = dict(line.split()[::-1] for line in _read(folder / SUMS).decode().splitlines())
    for name in FILES:
        if (found := hashlib.sha256(_read(folder / name)).hexdigest()) != sums.get(name):
            raise ConfigError(f"{folder / name} has SHA-256 {found}, expected {sums.get(name)}; install twelp anew")
    pieces = (folder / VOCABULARY).read_text(encoding="utf8").splitlines()
    return Table(pieces, np.load(folder / NUMBERS, mmap_mode="r"), np.load(folder / SCALES), np.load(folder / ENGLISH))


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise ConfigError(f"{path} is missing; install twelp anew")
    return path.read_bytes()
