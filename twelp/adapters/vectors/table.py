"""The table of word vectors: a vocabulary of word pieces and one row of 8-bit numbers a piece.

Rules: the files are part of the package and checked against their SHA-256 in ``SHA256SUMS`` before they are used. A
text is read where most of its words are whole words of the vocabulary, which is English: telling so costs nothing, and
a text in another language is left to its words.
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
from .stored import Rows, StoredRows
from .vocabulary import Vocabulary
from .wordpiece import WordPiece, split

HERE: Final = Path(__file__).parent
VOCABULARY: Final = "vocabulary.txt"
PLACES: Final = "slots.npy"
NUMBERS: Final = "numbers.npy"
SCALES: Final = "scales.npy"
ENGLISH: Final = "english.npy"
SUMS: Final = "SHA256SUMS"
FILES: Final = (VOCABULARY, PLACES, NUMBERS, SCALES, ENGLISH)
_REMEMBERED: Final = 4_096


class Table:
    """Word vectors; safe to use from several threads.

    Args:
        vocabulary: pieces with their rows; pieces within a word begin with ``##``.
        numbers: (pieces, dimensions), 8 bits.
        scales: what each row is multiplied by.
        english: a dictionary's words, as bits.
    """

    def __init__(
        self, vocabulary: Vocabulary, numbers: StoredRows, scales: npt.NDArray[np.float32], english: Bits
    ) -> None:
        self._wordpiece = WordPiece(vocabulary)
        self._numbers, self._scales = numbers, scales
        self._english = Words(english)
        self._meant = lru_cache(maxsize=_REMEMBERED)(self._slip)
        self.length = numbers.width

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
        return self._wordpiece.vocabulary.get(word) is not None or word in self._english


def readable(piece: str) -> bool:
    """Whether a piece of the network's vocabulary is kept: Latin letters, digits and marks, as English has them."""
    return piece.isascii() and not (piece.startswith("[") and piece.endswith("]"))


def load(folder: Path = HERE) -> Table:
    """The table of the package, or of another folder with the same files.

    Raises:
        ConfigError: A file is missing or is not the one that its folder's ``SHA256SUMS`` names.
    """
    try:
        sums = dict(line.split()[::-1] for line in _there(folder / SUMS).read_text(encoding="utf8").splitlines())
    except ValueError as error:
        raise ConfigError(f"{folder / SUMS} is no list of SHA-256 and name; install twelp anew") from error
    for name in FILES:
        with _there(folder / name).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != sums.get(name):
            raise ConfigError(f"{folder / name} has SHA-256 {found}, expected {sums.get(name)}; install twelp anew")
    vocabulary = Vocabulary((folder / VOCABULARY).read_bytes(), np.load(folder / PLACES))
    return Table(vocabulary, StoredRows(folder / NUMBERS), np.load(folder / SCALES), np.load(folder / ENGLISH))


def _there(path: Path) -> Path:
    if not path.is_file():
        raise ConfigError(f"{path} is missing; install twelp anew")
    return path
