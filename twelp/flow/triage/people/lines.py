"""How tables of phrases are written, and read.

A table holds, language by language, lines of phrases. Each line is a fragment of a regular expression, matched at word
limits (Chinese, Japanese and Korean: anywhere) on text without capitals, accents and, in Arabic, without the letters'
variants. ` … ` stands for up to six words within one sentence; `<thing>`, `<hot>` and `<body>` for what people name. A
line that begins with `? ` is weak: it may be meant otherwise. A language is compiled when a post in it comes first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from twelp.alternatives import Alternatives
from twelp.flow.triage.people.things import BODY, HOT, THING

_UNSPACED: Final = frozenset({"zh", "ja", "ko"})
_PREFIXES: Final = {"he": "[ושהבלמכ]{0,3}", "ar": "(?:[وفبلك]{0,2}(?:ال)?)?"}
_SUFFIXES: Final = {"ar": "(?:ها|هم|نا|ني|كم|ات|ون|ين|[هيكتا])?"}
_GAP: Final = r"\W{1,3}(?:\w+[^\w.!?\n]{1,3}){0,7}?"  # letters and marks apart: "my-my-my-…" is parted in one way
_NAMED: Final = (("<thing>", THING), ("<hot>", HOT), ("<body>", BODY))
_MARKS = re.compile("[\u0300-\u036f]")
_FOLDED = str.maketrans(
    {"ß": "ss", "œ": "oe", "æ": "ae", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"}
)
_OPTIONAL_END = re.compile(r"(?: … | \(\?:\\w\+ \)\{0,\d\})\(\?:[^()]*\)\?$")


@dataclass(frozen=True, eq=False)
class Table:
    """Phrases of one kind, by language."""

    name: str
    phrases: Mapping[str, str]

    def seen(self, said: str, tongue: str, *, weak: bool = False) -> str:
        """The first phrase that stands in folded text, or an empty string; with `weak`, of those that may be meant
        otherwise."""
        phrases = _compiled((self,), tongue, (weak,))
        found = phrases.search(said) if phrases else None
        return found[0].strip() if found else ""

    def without(self, said: str, tongue: str) -> str:
        """Folded text with a dot in the place of each phrase."""
        phrases = _compiled((self,), tongue, (False,))
        return phrases.sub(" · ", said) if phrases else said


def near(tables: tuple[Table, ...], said: str, tongue: str) -> bool:
    """Whether folded text holds a phrase of any of these tables, weak or not."""
    phrases = _compiled(tables, tongue, (False, True))
    return phrases is not None and phrases.near(said)


def folded(said: str) -> str:
    """Text as the tables are written: without accents and letters' variants.

    >>> folded("la batería está hinchada")
    'la bateria esta hinchada'
    """
    if said.isascii():
        return said
    bare = _MARKS.sub("", unicodedata.normalize("NFD", said.translate(_FOLDED)))
    return unicodedata.normalize("NFC", bare)


@cache
def _compiled(tables: tuple[Table, ...], tongue: str, weak: tuple[bool, ...]) -> Alternatives | None:
    every = "\n".join(folded(table.phrases.get(tongue, "")) for table in tables)
    lines = [line.strip() for line in every.splitlines() if line.strip()]
    chosen = [_fragment(line.removeprefix("? ")) for line in lines if line.startswith("? ") in weak]
    return _limited("|".join(chosen), tongue) if chosen else None


def _fragment(line: str) -> str:
    line = _OPTIONAL_END.sub("", line).replace(" … ", _GAP)
    for name, phrases in _NAMED:
        line = line.replace(name, phrases)
    return line


def _limited(phrases: str, tongue: str) -> Alternatives:
    if tongue in _UNSPACED:
        return Alternatives(phrases)
    before, after = _PREFIXES.get(tongue, ""), _SUFFIXES.get(tongue, "")
    return Alternatives(phrases, before=rf"(?<!\w){before}", after=rf"{after}(?!\w)")
