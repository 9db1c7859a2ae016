"""Exact aliases and product names: found word for word, they decide.

Rules: compared after cleaning and spelling, so case, hashtags and a slip of the finger do not matter; a longer alias
wins over a shorter one inside it; one of several words may be written as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


class Aliases:
    """Sequences of words that name a topic."""

    def __init__(self, named: Mapping[tuple[str, ...], Iterable[int]]) -> None:
        self._starting: dict[str, list[tuple[tuple[str, ...], str, frozenset[int]]]] = {}
        for words, columns in sorted(named.items(), key=lambda item: -len(item[0])):
            if words:
                as_one = ("".join(words),)
                for written in (words,) if as_one in named else (words, as_one):
                    self._starting.setdefault(written[0], []).append((written, " ".join(words), frozenset(columns)))

    def find(self, words: Sequence[str]) -> dict[int, str]:
        """The named columns, each with the alias as found."""
        found: dict[int, str] = {}
        covered = 0
        for i, word in enumerate(words):
            for alias, label, columns in self._starting.get(word, ()):
                if i + len(alias) > covered and tuple(words[i : i + len(alias)]) == alias:
                    covered = i + len(alias)
                    for column in columns:
                        found.setdefault(column, label)
                    break
        return found
