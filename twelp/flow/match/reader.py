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
from .reading import Reading, words_beside
from .spelling import DOUBLED, Speller
from .values import By

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
        vectors_first: Whether a question that both can read is read by the vectors: they cost nothing.
    """

    names: Collection[str]
    aliases: Aliases
    speller: Speller
    counts: Counts
    linear: Linear
    meaning: Meaning | None
    dense: Dense | None
    vectors_first: bool

    def said(self, text: str, spelt: Mapping[str, str] = _NO_FIXES) -> str:
        """What the model or the table reads of a text."""
        if self.meaning is None and self.dense is None:
            return ""

        def spelled(word: str) -> str:
            known = spelt.get(word) or self.spelled(word)
            if known != word or self.dense is None or self.speller.knows(word):
                return known
            return self.dense.texts.meant(word)

        return sentence(text, spelled)

    def spelled(self, word: str) -> str:
        """The word as it was meant: one that is known to the model or the table is no slip of another."""
        if self.speller.knows(word) or self._known(word):
            return word
        single = DOUBLED.sub(r"\1", word)
        return single if single != word and self._known(single) else self.speller.fix(word)

    def _known(self, word: str) -> bool:
        if self.meaning is not None and self.meaning.knows(word):
            return True
        return self.dense is not None and self.dense.texts.knows(word)

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
        cut = self.dense.texts.cut(said) if self.dense and self.vectors_first else []
        meaning = self.meaning.vectors([said])[0] if self.meaning and not by_words and not cut else _NONE
        meant, cosine, of_text, dense, mean = nothing, None, _NONE, nothing, None
        by = By.WORDS
        if self.meaning and meaning.any() and not self.meaning.empty:
            by, meant, cosine = By.EMBEDDING, self.meaning.scores(meaning[None])[0], self.meaning.nearest(meaning)
        elif self.dense and (cut := cut or self.dense.texts.cut(said)):
            of_text = self.dense.texts.vector(np.concatenate([NO_ROWS, *(rows for _, rows in cut)]))
            by, dense, mean = By.VECTOR, self.dense.scores(of_text), self.dense.nearest(of_text)
        vector = vector * words_beside(by, self.meaning)
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
