"""The roster's own words, so that a reason can name the one that a customer's word is close to.

Rules: words of two letters and more from the topics' names, keywords, examples and aliases, each with its vector
once, however many topics use it. Only ever asked when a reason is wanted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from .dense import Dense, Rows
from .features import Floats

_LEAST_LETTERS: Final = 2
_FEW: Final = 2
"""Topics that may share a word; one in more than these and a quarter of all tells nothing of any."""
_CLOSE: Final = 0.5
"""The least cosine of two words that are called close."""


class Lexicon:
    """The words of each topic's texts with their vectors.

    Args:
        dense: cuts texts and knows vectors.
        texts: the texts of each topic, by its column.
    """

    def __init__(self, dense: Dense, texts: Mapping[int, Sequence[str]]) -> None:
        self._dense = dense
        self._of: dict[int, npt.NDArray[np.int32]] = {}
        at = self._at = dict[str, int]()
        vectors: list[Floats] = []
        for column, some in texts.items():
            found = {word: rows for text in some for word, rows in dense.texts.cut(text) if _counts(word, rows)}
            for word in found.keys() - at.keys():
                at[word] = len(vectors)
                vectors.append(_unit(dense.texts.vector(found[word])))
            self._of[column] = np.array(sorted(at[word] for word in found), np.int32)
        used = np.bincount(np.concatenate([np.zeros(0, np.int32), *self._of.values()]), minlength=len(vectors))
        common = np.flatnonzero(used > max(_FEW, len(texts) / 4))
        self._telling = {column: np.setdiff1d(own, common) for column, own in self._of.items()}
        self._words = list(at)
        self._vectors = np.array(vectors, np.float16).reshape(len(vectors), dense.texts.length)

    def closest(self, word: str, rows: Rows, column: int) -> str | None:
        """The topic's word that is closest to a word of these rows; None where none is close, or it is the topic's."""
        own, telling = self._of.get(column), self._telling.get(column)
        if own is None or telling is None or self._at.get(word, -1) in own:
            return None
        if not len(telling) or not _counts(word, rows):
            return None
        cosines = self._vectors[telling].astype(np.float32) @ _unit(self._dense.texts.vector(rows))
        best = int(cosines.argmax())
        return self._words[telling[best]] if cosines[best] >= _CLOSE else None


def _counts(word: str, rows: Rows) -> bool:
    return len(rows) > 0 and len(word) >= _LEAST_LETTERS and word.isalpha()


def _unit(vector: Floats) -> Floats:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)
