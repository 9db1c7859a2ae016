"""Many alternatives in one pattern, quick where none is near.

A pattern of hundreds of alternatives tries each of them at each word. Put together by their first letters, one look at
one letter is enough at most places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

_SPECIAL: Final = frozenset("\\.[](){}?*+|^$")
_QUANTIFIERS: Final = ("?", "*", "+", "{")
_DEEPEST: Final = 6
"""Letters that are put together; more would not be quicker."""

FEW: Final = 1_500
"""Letters of alternatives that are searched as they are written: two patterns would take longer to compile."""

_UNFOLDED: Final = 3
COPIED: Final = 800
"""Letters by which a pattern may grow for each group that is written out: with more, the tables of English take seconds
to compile, with fewer they are searched no quicker than they stand."""


class Alternatives:
    """Alternatives between two limits: finds the same as one pattern of them in the order they are written.

    Args:
        alternatives: parted by `|`.
        before: a pattern of what they begin after.
        after: of what they end before.

    >>> Alternatives("no sound|no|not", before=r"(?<!\\w)", after=r"(?!\\w)").search("there is not any")[0]
    'not'
    """

    def __init__(self, alternatives: str, *, before: str = "", after: str = "") -> None:
        self._alternatives, self._before, self._after = alternatives, before, after

    @cached_property
    def _near(self) -> re.Pattern[str]:
        if len(self._alternatives) < FEW:
            return self._as_written
        return re.compile(f"{self._before}(?:{put_together(self._alternatives, copied=COPIED)}){self._after}")

    @cached_property
    def _as_written(self) -> re.Pattern[str]:
        """Which of them it is; made when one was near for the first time."""
        return re.compile(f"{self._before}(?:{self._alternatives}){self._after}")

    def near(self, text: str) -> bool:
        """Whether any stands there."""
        return self._near.search(text) is not None

    def search(self, text: str) -> re.Match[str] | None:
        """The first that stands there."""
        near = self._near.search(text)
        return self._as_written.match(text, near.start()) if near else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Each that stands there."""
        near = self._near.search(text)
        return self._as_written.finditer(text, near.start()) if near else iter(())

    def sub(self, instead: str, text: str) -> str:
        """The text with `instead` in the place of each."""
        return self._as_written.sub(instead, text) if self._near.search(text) else text


def put_together(alternatives: str, *, copied: int | None = None) -> str:
    """The same alternatives as one pattern that looks at each of their first letters once.

    Of several that stand at one place it may find another first.

    Args:
        alternatives: parted by `|`.
        copied: by how many letters it may grow for each group that is written out; of those that are not, equal ones
            are put together. None: by any number.

    >>> put_together("no sound|never"), put_together("(?:i|we) can")
    ('n(?:o sound|ever)', 'i can|we can')
    >>> put_together("(?:i|we) can|(?:i|we) must", copied=0)
    '(?:i|we)(?: (?:can|must))'
    """
    plain = [flat for one in _split(alternatives) for flat in _flat(one, _UNFOLDED, copied)]
    return _tree(list(dict.fromkeys(plain)), 0, copied)


def _tree(alternatives: list[str], depth: int, copied: int | None) -> str:
    branches: dict[str, list[str]] = {}
    rest: list[str] = []
    for one in alternatives:
        first = _first(one, groups=copied is not None)
        (branches.setdefault(first, []) if first else rest).append(one[len(first) :])
    made = []
    for first, ends in branches.items():
        deeper = _tree(ends, depth + 1, copied) if len(ends) > 1 and depth < _DEEPEST else "|".join(ends)
        shown = f"(?:{put_together(first[3:-1], copied=copied)})" if len(first) > 1 else first
        made.append(f"{shown}(?:{deeper})" if len(ends) > 1 or "|" in deeper else f"{shown}{deeper}")
    return "|".join([*made, *rest])


def _first(one: str, *, groups: bool) -> str:
    """The letter or the group that it begins with; empty where it begins otherwise, or with one that may repeat."""
    first = one[: _end_of_group(one) + 1] if groups and one.startswith("(?:") else one[:1]
    free = len(first) > 1 or first not in _SPECIAL
    return first if free and one[len(first) : len(first) + 1] not in _QUANTIFIERS else ""


def _split(alternatives: str) -> list[str]:
    """The alternatives outside of brackets."""
    found, depth, start, at = [], 0, 0, 0
    while at < len(alternatives):
        sign = alternatives[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            at = alternatives.index("]", at + 2)
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
        elif sign == "|" and depth == 0:
            found.append(alternatives[start:at])
            start = at + 1
        at += 1
    return [*found, alternatives[start:]]


def _flat(one: str, most: int, copied: int | None) -> list[str]:
    """An alternative without a group at its beginning: `(?:i|we) can` is `i can` and `we can`."""
    if not one.startswith("(?:") or not most:
        return [one]
    at = _end_of_group(one)
    inner, rest = _split(one[3:at]), one[at + 1 :]
    if rest[:1] in _QUANTIFIERS and rest[:1]:
        if rest[0] != "?":
            return [one]
        inner, rest = [*inner, ""], rest[1:]
    if copied is not None and len(inner) * len(rest) > copied:
        return [one]
    return [flat for part in inner for flat in _flat(part + rest, most - 1, copied)]


def _end_of_group(one: str) -> int:
    """Where the group ends that it begins with."""
    depth, at = 0, 0
    while True:
        if one[at] == "\\":
            at += 1
        elif one[at] == "[":
            at = one.index("]", at + 2)
        else:
            depth += {"(": 1, ")": -1}.get(one[at], 0)
            if depth == 0:
                return at
        at += 1
