"""What a post speaks of, whatever its language: a child, a small part, swallowing, a regulator, a stranger's data.

One file a language, `LANGUAGE.txt`; a line a concept: `name: word, stem*, several words`. The same names stand in each,
so that what was learned of “swallowed” beside “battery” in one language holds in all of them. Words are compared
without capitals and accents. A star stands for any ending; Chinese and Japanese words stand anywhere; Hebrew and Arabic
ones may carry the little words that are written onto them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from twelp.flow.triage.people.lines import folded

LANGUAGES: Final = ("en", "es", "fr", "de", "pt", "it", "nl", "he", "ar", "zh", "ja")
_UNSPACED: Final = frozenset({"zh", "ja"})
_PREFIXES: Final = {
    "he": ("ו", "ש", "ה", "ב", "ל", "מ", "כ"),
    "ar": ("وال", "بال", "فال", "ال", "لل", "و", "ف", "ب", "ل", "ك", "ع"),
}
_ENDINGS: Final = {"ar": 3, "he": 2}
_WORD: Final = re.compile(r"\w+(?:['&+\"]\w+)*")
_SHORTEST: Final = 3


class Concept(NamedTuple):
    """A concept that a text speaks of: where (in words), and by which word."""

    name: str
    at: int
    word: str


@dataclass(slots=True)
class _Lexicon:
    exact: dict[str, list[str]] = field(default_factory=dict)
    stems: dict[str, list[str]] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], bool, str]]] = field(default_factory=dict)
    longest: int = 0


def concepts(plain: str, language: str) -> list[Concept]:
    """The concepts of a folded text in one language, in the order of their words; none of a language without a file.

    >>> [found.name for found in concepts("my toddler swallowed a magnet", "en")]
    ['child', 'swallow', 'small']
    """
    if language not in LANGUAGES:
        return []
    lexicon = _lexicon(language)
    return list(_unspaced(plain, lexicon) if language in _UNSPACED else _spaced(plain, lexicon, language))


def _unspaced(plain: str, lexicon: _Lexicon) -> Iterator[Concept]:
    for at in range(len(plain)):
        for size in range(1, min(lexicon.longest, len(plain) - at) + 1):
            word = plain[at : at + size]
            for name in lexicon.exact.get(word, ()):
                yield Concept(name, at // 2, word)


def _spaced(plain: str, lexicon: _Lexicon, language: str) -> Iterator[Concept]:
    said = _WORD.findall(plain)
    for at, whole in enumerate(said):
        names, phrases = _known(whole, language)
        for name in names:
            yield Concept(name, at, whole)
        for rest, open_end, name in phrases:
            if name not in names and _follows(said, at + 1, rest, open_end=open_end):
                yield Concept(name, at, " ".join(said[at : at + 1 + len(rest)]))


@lru_cache(maxsize=1 << 13)
def _known(whole: str, language: str) -> tuple[tuple[str, ...], tuple[tuple[tuple[str, ...], bool, str], ...]]:
    """The concepts that a word names, and the phrases that it may begin."""
    lexicon, bare = _lexicon(language), tuple(_bare(whole, language))
    names = (name for word in bare for found in _named(word, lexicon, _ENDINGS.get(language, 0)) for name in found)
    return tuple(dict.fromkeys(names)), tuple(phrase for word in bare for phrase in lexicon.phrases.get(word, ()))


def _named(word: str, lexicon: _Lexicon, ending: int) -> Iterator[list[str]]:
    if word in lexicon.exact:
        yield lexicon.exact[word]
    for size in range(2, len(word) + 1):
        if word[:size] in lexicon.stems:
            yield lexicon.stems[word[:size]]
    for size in range(max(_SHORTEST, len(word) - ending), len(word)):
        if word[:size] in lexicon.exact:
            yield lexicon.exact[word[:size]]


def _follows(said: list[str], at: int, rest: tuple[str, ...], *, open_end: bool) -> bool:
    there = said[at : at + len(rest)]
    if len(there) < len(rest) or tuple(there[:-1]) != rest[:-1]:
        return False
    return there[-1].startswith(rest[-1]) if open_end else there[-1] == rest[-1]


def _bare(word: str, language: str) -> Iterator[str]:
    """The word, and what is left of it without the little words before it."""
    yield word
    for prefix in _PREFIXES.get(language, ()):
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST - (language == "he"):
            yield word[len(prefix) :]
            for second in _PREFIXES[language]:
                if word[len(prefix) :].startswith(second) and len(word) - len(prefix) - len(second) >= _SHORTEST:
                    yield word[len(prefix) + len(second) :]


@cache
def _lexicon(language: str) -> _Lexicon:
    lexicon = _Lexicon()
    for line in (files(__name__) / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        name, _, words = line.partition(":")
        for entry in words.split(","):
            _add(lexicon, name.strip(), folded(entry.strip().casefold()), spaced=language not in _UNSPACED)
    return lexicon


def _add(lexicon: _Lexicon, name: str, entry: str, *, spaced: bool) -> None:
    if not entry:
        return
    if not spaced:
        lexicon.exact.setdefault(entry, []).append(name)
        lexicon.longest = max(lexicon.longest, len(entry))
        return
    open_end, words = entry.endswith("*"), _WORD.findall(entry)
    if len(words) > 1:
        lexicon.phrases.setdefault(words[0], []).append((tuple(words[1:]), open_end, name))
    elif words:
        (lexicon.stems if open_end else lexicon.exact).setdefault(words[0], []).append(name)
