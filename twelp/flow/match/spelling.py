"""Spelling: an unknown word becomes the known word it was meant to be.

Rules: only words that no topic and no answered question has ever used are touched; a known word is never changed.
Known words are those of the topics and of what was learned, so a product's name counts as correctly spelled. Ties go
to the more common word.
"""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz import fuzz, process

_ENOUGH: Final = 80.0
"""The least likeness (0-100) of a correction. Source: docs/decisions/0004-matching.md."""
_SHORTEST: Final = 4
_LONGEST: Final = 30
_NOTHING: Final = 1e-9
DOUBLED: Final = re.compile(r"(.)\1+")


class Speller:
    """Known words with how often each was seen. One writer; any number of readers at the same time."""

    def __init__(self) -> None:
        self._seen: dict[str, float] = {}
        self._by_length: dict[int, list[str]] = {}

    def see(self, word: str, weight: float = 1.0) -> None:
        """Count a word as known; a negative weight takes it back."""
        count = self._seen.get(word)
        if (count or 0.0) + weight <= _NOTHING:
            self._forget(word)
            return
        if count is None and word.isalpha() and len(word) >= _SHORTEST - 1:
            self._by_length.setdefault(len(word), []).append(word)
        self._seen[word] = (count or 0.0) + weight

    def _forget(self, word: str) -> None:
        """Takes the word out, so that no more words are kept than are still used; readers keep the list they have."""
        if self._seen.pop(word, None) is not None and word in (near := self._by_length.get(len(word), [])):
            self._by_length[len(word)] = [other for other in near if other != word]

    def knows(self, word: str) -> bool:
        """Whether the word was seen and not taken back."""
        return self._seen.get(word, 0.0) > _NOTHING

    def fix(self, word: str) -> str:
        """The known word that was meant, or the word itself."""
        if self.knows(word) or not word.isalpha() or len(word) > _LONGEST:
            return word
        single = DOUBLED.sub(r"\1", word)
        if single != word and self.knows(single):
            return single
        if len(word) < _SHORTEST:
            return word
        best, best_key = word, (_ENOUGH, 0.0)
        for length in range(len(word) - 2, len(word) + 3):
            near = self._by_length.get(length)
            if not near:
                continue
            for known, score, _ in process.extract(word, near, scorer=fuzz.ratio, score_cutoff=_ENOUGH, limit=3):
                key = (score + (2.0 if known[0] == word[0] else 0.0), self._seen.get(known, 0.0))
                if key > best_key and self.knows(known):
                    best, best_key = known, key
        return best
