"""One text, read and scored, with everything a reason needs.

Rules: the parts of the score are added as they are, then brought to mean 0 and spread 1 over the topics; "nobody" is
scored on the topics' scale and never moves it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from .dense import BESIDE, Rows
from .features import Bag, Floats
from .meaning import Meaning
from .nobody import near
from .values import By

SECOND: Final = 0.3
"""Weight of BM25 beside the learned score; flat between 0.15 and 0.5. Source: docs/decisions/0004-matching.md."""
ALIAS: Final = 12.0
"""What an alias found adds: more than words ever do."""
_SHARPNESS: Final = 1.5


def words_beside(by: By, meaning: Meaning | None) -> np.float32:
    """The length of a text's words by what else it is read by: beside something else they count for less."""
    if by is By.EMBEDDING and meaning is not None:
        return np.float32(meaning.words_length)
    return np.float32(BESIDE if by is By.VECTOR else 1.0)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the matcher sees it; arrays have one row a feature and one column a topic, then "nobody".

    Attributes:
        bag: Its features, after spelling.
        fixes: Corrected words, each with what was written.
        aliases: Columns named outright, each with the alias.
        vector: The features' lengths before worth.
        worth: What each feature tells.
        linear: Each feature's part of the learned score.
        second: Each feature's part of BM25; counts only where there is no embedding.
        meaning: The embedding; zeros when there is none.
        meant: The embedding's part of the learned score; zeros when there is none.
        cosine: The cosine of the embedding to the nearest text of a topic; None when there is none.
        cut: The words with their rows of the table of word vectors; none where that did not read the text.
        of_text: The text's vector; zeros when there is none.
        dense: The vector's part of the learned score; zeros when there is none.
        mean: The cosine of the vector to the nearest topic's mean; None when there is none.
    """

    bag: Bag
    fixes: Mapping[str, str]
    aliases: Mapping[int, str]
    vector: Floats
    worth: Floats
    linear: Floats
    second: Floats
    meaning: Floats
    meant: Floats
    cosine: float | None
    cut: Sequence[tuple[str, Rows]]
    of_text: Floats
    dense: Floats
    mean: float | None

    @property
    def by(self) -> By:
        """What the text is read by, beside its words."""
        if self.cosine is not None:
            return By.EMBEDDING
        return By.WORDS if self.mean is None else By.VECTOR

    @property
    def learned(self) -> Floats:
        """The learned score of all columns."""
        return np.asarray(self.linear.sum(axis=0) + self.meant + self.dense, np.float32)

    @property
    def beside(self) -> float:
        """The weight of BM25."""
        return SECOND if self.cosine is None else 0.0

    def scores(self) -> tuple[Floats, float]:
        """Scores of all columns, and what one unit of a part makes in them."""
        topics = self.linear.shape[1] - 1
        whole = self.learned + self.beside * self.second.sum(axis=0)
        scale = 1.0 / spread(whole[:topics])
        scores = np.asarray((whole - whole[:topics].mean()) * scale, np.float32)
        for column in self.aliases:
            scores[column] += ALIAS
        return scores, scale

    def near(self) -> float:
        """How near the text is to the topics; see :mod:`nobody`."""
        return near(self.learned[:-1], self.second.sum(axis=0)[:-1], self.cosine, self.mean)


def chances(scores: Floats) -> Floats:
    """Scores as chances that sum to 1."""
    grown = np.exp(_SHARPNESS * (scores - scores.max()))
    return np.asarray(grown / grown.sum(), np.float32)


def spread(scores: Floats) -> float:
    """The standard deviation, never 0."""
    return max(float(scores.std()), 1e-6)
