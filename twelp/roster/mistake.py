"""What is wrong with experts.yaml, said so that an admin can repair it: place, cause, what was expected, likely fix.

Rules: nothing here raises; every mistake of a file is noted in one run, in the order of its lines. An error keeps the
file from being used, a warning does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.process import extractOne

ALIKE = 65.0
"""Least similarity (0..100) of a name worth proposing: `tvs` ~ `tv` is 80, `Europe/Berln` ~ `Europe/Berlin` is 96."""

MOST_NAMED = 12
"""How many known names a message lists before it says how many more there are."""


class Severity(StrEnum):
    """ERROR: the file is not used. WARNING: it is, and somebody should look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to repair. `line` counts from 1; 0 means the file as a whole. `fix` and `expected` may be empty.

    `column` counts from 1, too, and is told where a single character is meant; 0: the whole line is.
    """

    file: str
    line: int
    field: str
    problem: str
    expected: str = ""
    fix: str = ""
    severity: Severity = Severity.ERROR
    column: int = 0

    def __str__(self) -> str:
        """The mistake as one line.

        >>> print(Mistake("experts.yaml", 14, "jo", 'topic "tvs" is not known', "Known: tv.", 'did you mean "tv"?'))
        experts.yaml:14 jo: topic "tvs" is not known; did you mean "tv"? Known: tv.
        """
        place = ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])
        where = f" {self.field}:" if self.field else ":"
        warning = " warning:" if self.severity is Severity.WARNING else ""
        said = f"{self.problem}; {self.fix}" if self.fix else self.problem
        said = said if said.endswith((".", "?", "!")) else f"{said}."
        return f"{place}{where}{warning} {said} {self.expected}".rstrip()


@dataclass(slots=True)
class Notebook:
    """Where the readers of one file write down what they find."""

    file: str
    mistakes: list[Mistake] = field(default_factory=list)

    def error(self, line: int, where: str, problem: str, *, expected: str = "", fix: str = "", column: int = 0) -> None:
        """Notes a mistake that keeps the file from being used."""
        self.mistakes.append(Mistake(self.file, line, where, problem, expected, fix, Severity.ERROR, column))

    def warn(self, line: int, where: str, problem: str, *, expected: str = "", fix: str = "", column: int = 0) -> None:
        """Notes something that works and is probably not meant."""
        self.mistakes.append(Mistake(self.file, line, where, problem, expected, fix, Severity.WARNING, column))

    @property
    def usable(self) -> bool:
        """True while no error was noted."""
        return not any(m.severity is Severity.ERROR for m in self.mistakes)

    def by_line(self) -> tuple[Mistake, ...]:
        """Everything noted, in the order of the lines; on one line, in the order it was found."""
        return tuple(sorted(self.mistakes, key=lambda m: m.line))


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known name most like `word` whatever the case, or None when nothing is alike.

    >>> closest("tvs", ["audio", "tv", "phones"])
    'tv'
    >>> closest("zzz", ["audio", "tv"]) is None
    True
    """
    return _closest(word, tuple(known))


@lru_cache(maxsize=4096)
def _closest(word: str, known: tuple[str, ...]) -> str | None:
    found = extractOne(word[:200].casefold(), known, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=ALIKE)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean "tv"?`, or nothing when no known name is alike."""
    best = closest(word, known)
    return f'did you mean "{best}"?' if best is not None else ""


def known_names(known: Iterable[str]) -> str:
    """`Known: audio, tv, phones.`, cut after the first dozen names."""
    names = list(known)
    if not names:
        return ""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"Known: {', '.join(names[:MOST_NAMED])}{more}."


def shown(text: str) -> str:
    """A value from the file, quoted for a message: one line, at most 60 characters."""
    flat = "".join(c if c.isprintable() else "�" for c in text)
    return f'"{flat[:57]}…"' if len(flat) > 60 else f'"{flat}"'
