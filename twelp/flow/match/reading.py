"""One text, read and scored, with everything a reason needs.

Rules: the parts of the score are brought to mean 0 and spread 1 over the topics before they are added, so that none
drowns the others whatever its scale; "nobody" is scored on the topics' scale and never moves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from .features import Bag, Floats

SECOND: Final = 0.4
"""Weight of the BM25 half beside the linear one; flat between 0.3 and 1. Source: docs/decisions/0004-matching.md."""
WORDS: Final = 0.3
"""Weight of the words beside embeddings, where there are any; flat between 0.3 and 0.5. Source: the same."""
ALIAS: Final = 12.0
"""What an alias found adds: more than words ever do."""
SHARPNESS: Final = 1.0
NEAR: Final = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the matcher sees it; arrays have one row a feature and one column a topic, then "nobody".

    Attributes:
        bag: Its features, after spelling.
        fixes: Corrected words, each with what was written.
        aliases: Columns named outright, each with the alias.
        vector: The features' lengths before worth.
        worth: What each feature tells.
        linear: Each feature's part of the linear half.
        second: Each feature's part of the BM25 half.
        meaning: The embedding; zeros when there is none.
        meant: The embedding's scores; zeros when there is none.
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

    def scores(self) -> tuple[Floats, Floats, float]:
        """Scores of all columns; the scales of the linear, BM25 and meaning parts within them; the distance.

        The distance is the best topic's plain score, higher when nearer; see :mod:`nobody`.
        """
        n = self.linear.shape[1] - 1
        whole, second = self.linear.sum(axis=0), self.second.sum(axis=0)
        lexical = 1.0 / spread(whole[:n]), SECOND / spread(second[:n])
        scores = levelled(whole, n) + SECOND * levelled(second, n)
        scale = np.array([*lexical, 0.0], np.float32)
        if self.meant.any():
            levels = WORDS / spread(scores[:n])
            scores = levelled(self.meant, n) + WORDS * levelled(scores, n)
            scale = np.array([lexical[0] * levels, lexical[1] * levels, 1.0 / spread(self.meant[:n])], np.float32)
        for column in self.aliases:
            scores[column] += ALIAS
        return scores, scale, near(whole[:n], self.meant[:n])


def near(linear: Floats, meant: Floats) -> float:
    """How near the best topic is."""
    return float(linear.max()) if not meant.any() else float(meant.max()) + NEAR * float(linear.max())


def chances(scores: Floats) -> Floats:
    """Scores as chances that sum to 1."""
    grown = np.exp(SHARPNESS * (scores - scores.max()))
    return np.asarray(grown / grown.sum(), np.float32)


def levelled(scores: Floats, topics: int) -> Floats:
    """Scores with mean 0 and spread 1 over the topics."""
    return np.asarray((scores - scores[:topics].mean()) / spread(scores[:topics]), np.float32)


def spread(scores: Floats) -> float:
    """The standard deviation, never 0."""
    return max(float(scores.std()), 1e-6)
