"""Patterns of many phrases in several scripts, quick where no phrase is near.

Alternatives of one script are put together by their first letters, so that at most places of a text one look at one
letter is enough; scripts that a text does not hold are not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from twelp.alternatives import COPIED, FEW, put_together
from twelp.flow.gate.reading import fold_sign

_SPACED: Final = "a-z0-9_\u00df-\u024f\u0370-\u03ff\u0400-\u052f"
_HEBREW, _ARABIC = re.compile("[\u05d0-\u05ea]"), re.compile("[\u0621-\u064a]")
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef]|dm|[wx]")
_HEADING: Final = re.compile(r"\[([a-z]{2,9})\]")


class Phrases:
    """Alternatives for folded texts: each as a word of its own where its script parts words.

    Args:
        spaced: alternatives of Latin script, with or without accents; a blank stands for any number of them.
        hebrew: alternatives; the little words that Hebrew writes onto a word may stand before them.
        arabic: alternatives; the same, and endings.
        unspaced: alternatives of scripts that part no words.

    >>> from twelp.flow.gate.reading import fold
    >>> bool(Phrases(spaced="número|order").search(fold("Numero 4"))), bool(Phrases(spaced="order").search("border"))
    (True, False)
    """

    def __init__(self, *, spaced: str = "", hebrew: str = "", arabic: str = "", unspaced: str = "") -> None:
        parts = ((None, _spaced, spaced), (_HEBREW, _hebrew, hebrew), (_ARABIC, _arabic, arabic))
        every = (*parts, (_UNSPACED, _folded, unspaced))
        self._parts = tuple((script, form, alternatives) for script, form, alternatives in every if alternatives)

    @classmethod
    def of(cls, name: str) -> Phrases:
        """The phrases in `words/NAME.txt`: under `[spaced]`, `[hebrew]`, `[arabic]` and `[unspaced]` one a line."""
        return cls(**{script: "|".join(lines.split("\n")) for script, lines in parts_of(name).items()})

    def finditer(self, low: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Each phrase that stands in a folded text, script by script."""
        stop = len(low) if end is None else end
        plain = low.isascii()
        for script, form, alternatives in self._parts:
            here = script is None or (not plain and script.search(low))
            if here and _near(form, alternatives).search(low, start, stop):
                yield from _compiled(form, alternatives).finditer(low, start, stop)

    def search(self, low: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first phrase that stands there."""
        return next(self.finditer(low, start, end), None)

    def blanked(self, low: str) -> str:
        """The text with blanks in the place of each phrase."""
        for found in list(self.finditer(low)):
            low = low[: found.start()] + " " * (found.end() - found.start()) + low[found.end() :]
        return low


@cache
def _compiled(form: Callable[[str], str], alternatives: str) -> re.Pattern[str]:
    """Made when one is near for the first time: all patterns would take a second at each start."""
    return re.compile(form(alternatives))


@cache
def _near(form: Callable[[str], str], alternatives: str) -> re.Pattern[str]:
    """Tells whether any of them stands somewhere; made in half the time."""
    if form is not _spaced or len(alternatives) < FEW:
        return _compiled(form, alternatives)
    return re.compile(_spaced(alternatives, COPIED))


def _spaced(alternatives: str, copied: int | None = None) -> str:
    return rf"(?<![{_SPACED}])(?:{put_together(_folded(alternatives), copied=copied)})(?![{_SPACED}])"


def _hebrew(alternatives: str) -> str:
    return rf"(?<![\u05d0-\u05ea])[והבלמשכ]{{0,3}}(?:{_folded(alternatives)})(?![\u05d0-\u05ea])"


def _arabic(alternatives: str) -> str:
    before, after = "[وف]?[بلك]?(?:ال|لل|ل)?", "(?:كم|ك|ها|هم|ه|ي|نا|تك|ته|تكم)?"
    return rf"(?<![\u0621-\u064a]){before}(?:{_folded(alternatives)}){after}(?![\u0621-\u064a])"


def parts_of(name: str) -> dict[str, str]:
    """The parts of `words/NAME.txt` under their headings in brackets, without comments (`# …`) and empty lines."""
    found: dict[str, list[str]] = {}
    part = ""
    for line in files(__package__ or "").joinpath("words", f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if heading := _HEADING.fullmatch(line):
            part = heading[1]
        elif line and not line.startswith("# "):
            found.setdefault(part, []).append(line)
    return {part: "\n".join(lines) for part, lines in found.items()}


def words_of(name: str) -> frozenset[str]:
    """The words in `words/NAME.txt`."""
    return frozenset(word for part in parts_of(name).values() for word in part.split())


def _folded(alternatives: str) -> str:
    """The alternatives as they look in a folded text; patterns stay what they are."""
    letters = "".join(fold_sign(sign) if not sign.isascii() else sign for sign in alternatives)
    return letters.replace(" ?", r"\s*").replace(" ", r"\s+")
