"""Reads a text: its words spelled, its features, and each part's share of every topic's score.

Rules: a text is read by the embedding where the model can read it, else by the table of word vectors, else by its words
alone. What reads sentences is given whole ones, with their marks; a word that the model or the table knows is no slip.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from .aliases import Aliases
from .clean import sentence, words
from .counts import Counts
from .dense import NO_ROWS, Dense
from .features import Floats, bag
from .linear import Linear
from .meaning import Meaning
from .reading import By, Reading
from .spelling import Speller

_NONE: Final[Floats] = np.zeros(1, np.float32)
_NO_FIXES: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Reader:
    """What it takes to read a text.

    Attributes:
        names: Words of names, keywords and aliases: such accounts are read.
        aliases: Exact names of topics.
        speller: Knows words and what was meant by others.
        counts: How often each topic used each feature.
        linear: The weights.
        meaning: Embeddings, where there are.
        dense: Word vectors, where there are.
    """

    names: Collection[str]
    aliases: Aliases
    speller: Speller
    counts: Counts
    linear: Linear
    meaning: Meaning | None
    dense: Dense | None

    def said(self, text: str, spelt: Mapping[str, str] = _NO_FIXES) -> str:
        """What the model or the table reads of a text."""
        if self.meaning is None and self.dense is None:
            return ""
        return sentence(text, lambda word: spelt.get(word) or self.spelled(word))

    def spelled(self, word: str) -> str:
        """The word as it was meant: one that is known to the model or the table is no slip of another."""
        reader = self.meaning or self.dense
        return word if reader is not None and reader.knows(word) else self.speller.fix(word)

    def read(self, text: str, spelt: dict[str, str], *, by_words: bool = False) -> Reading:
        """The text, read; ``spelt`` keeps how words are spelled for its parts, since finding that out is dear.

        ``by_words`` leaves the model out, which is dear, too.
        """
        found, fixes = [], {}
        for word in words(text, self.names):
            fixed = spelt[word] = spelt.get(word) or self.spelled(word)
            if fixed != word:
                fixes[fixed] = word
            found.append(fixed)
        said = self.said(text, spelt)
        read = bag(found)
        worth = self.counts.worth(read.places)
        vector = self.counts.weigh(read, worth)
        second = self.counts.shares(read.places) * (vector * worth)[:, None]
        weights = self.linear.weights(read.places)
        nothing = np.zeros(weights.shape[1], np.float32)
        meaning = self.meaning.vectors([said])[0] if self.meaning and not by_words else _NONE
        meant, cosine, cut, of_text, dense, mean = nothing, None, [], _NONE, nothing, None
        by = By.WORDS
        if self.meaning and meaning.any():
            by, meant, cosine = By.EMBEDDING, self.meaning.scores(meaning[None])[0], self.meaning.nearest(meaning)
        elif self.dense and (cut := self.dense.cut(said)):
            of_text = self.dense.vector(np.concatenate([NO_ROWS, *(rows for _, rows in cut)]))
            by, dense, mean = By.VECTOR, self.dense.scores(of_text), self.dense.nearest(of_text)
        vector = vector * np.float32(by.value)
        linear = weights * (vector * np.square(worth))[:, None]
        return Reading(
            bag=read,
            fixes=fixes,
            aliases=self.aliases.find(found),
            vector=vector,
            worth=worth,
            linear=linear,
            second=second,
            meaning=meaning,
            meant=meant,
            cosine=cosine,
            cut=cut,
            of_text=of_text,
            dense=dense,
            mean=mean,
        )
