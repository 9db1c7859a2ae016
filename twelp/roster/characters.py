"""Characters that deceive: those that nobody sees, and letters of one script that look like those of another.

They come along when an address or a name is copied from a web page, a calendar or a chat, and nothing on the screen
tells. Joiners inside Arabic or Indic words, marks of emoji, and words written wholly in another script are what their
writer meant.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_LATIN: Final = re.compile("[A-Za-z]")
_WORD: Final = re.compile(r"\w+")
_PART: Final = re.compile(r"\w+|[^\w\s]")
_JOINERS: Final = frozenset("\u200c\u200d")
_MARKS: Final = frozenset("\u200e\u200f\u061c")
_NO_SHAPE: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\u2028\u2029")
"""Fillers and separators without a shape that Unicode does not count among its format characters."""

_CYRILLIC: Final = "аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwкkмmтtвbАAВBЕEЅSІIЈJКKМMНHОOРPСCТTХXҮYУYԚQԜW"
_GREEK: Final = "οoνvαaρpυuιiκkτtχxγyωwΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX"
_OTHERS: Final = "օoսuհhոnցgɡgɑaⅼl‐-‑-‒-–-—-−-"
_LIKE: Final = {
    pair[0]: pair[1] for row in (_CYRILLIC, _GREEK, _OTHERS) for pair in zip(row[::2], row[1::2], strict=True)
}
"""Letter → the Latin one it is taken for. Source: Unicode's confusables (UTS 39), those on people's keyboards."""


@dataclass(frozen=True, slots=True)
class Odd:
    """A character that deceives, where it stands, and what to write in its place (nothing for one nobody sees)."""

    char: str
    at: int
    like: str = ""

    def __str__(self) -> str:
        name = f"U+{ord(self.char):04X} {unicodedata.name(self.char, '')}".rstrip()
        return f'“{self.char}” ({name}) looks like "{self.like}"' if self.like else f"an invisible character ({name})"


def deceiving(text: str, *, exact: bool = False) -> tuple[Odd, ...]:
    """The characters of a text that deceive, in order.

    Args:
        text: as it stands in the file.
        exact: for what is compared sign by sign and written in Latin letters: an address, an id, a handle, a zone.

    >>> [str(odd) for odd in deceiving("bob@volt.example\u200b", exact=True)]
    ['an invisible character (U+200B ZERO WIDTH SPACE)']
    """
    if text.isascii():
        return ()
    found = {at: Odd(text[at], at) for at in range(len(text)) if _unseen(text, at, exact=exact)}
    words = [(word.start(), word[0]) for word in (_PART if exact else _WORD).finditer(text)]
    if exact and _LATIN.search(text) is None:
        words = []  # written in another script, all of it
    for start, word in words:
        found |= {odd.at: odd for odd in _look_alikes(start, word, exact=exact)}
    return tuple(found[at] for at in sorted(found))


def tidied(text: str, found: tuple[Odd, ...]) -> str:
    """The text as it was probably meant."""
    instead = {odd.at: odd.like for odd in found}
    return " ".join("".join(instead.get(at, char) for at, char in enumerate(text)).split())


def _look_alikes(start: int, word: str, *, exact: bool) -> list[Odd]:
    """Letters that look Latin beside letters that are; a word of another script is what it seems.

    Where it is `exact`, so are signs that look like those of ASCII, and a word of which every letter looks Latin.
    """
    odd = [Odd(char, start + at, _like(char, exact=exact)) for at, char in enumerate(word) if not char.isascii()]
    alike = [one for one in odd if one.like]
    if _LATIN.search(word) is not None:
        return alike
    return alike if exact and len(alike) == len(odd) else []


def _like(char: str, *, exact: bool) -> str:
    """The character of ASCII that this one is taken for; "" for none."""
    if char in _LIKE or not exact:
        return _LIKE.get(char, "")
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 and folded.isascii() and folded.isprintable() and folded != " " else ""


def _unseen(text: str, at: int, *, exact: bool) -> bool:
    """Whether nobody sees the character and nothing beside it needs it."""
    char, before = text[at], text[at - 1 : at]
    if char in _NO_SHAPE or (exact and char != " " and unicodedata.category(char) in ("Zs", "Cf", "Cc")):
        return True
    selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    if selector:
        return exact or not before or (before.isascii() and before not in "0123456789#*")
    if unicodedata.category(char) != "Cf":
        return False
    if char in _JOINERS:
        return not before or before.isascii() or not text[at + 1 :] or text[at + 1].isascii()
    if char in _MARKS:
        return not any(unicodedata.bidirectional(other) in ("R", "AL") for other in text if other not in _MARKS)
    return not ("\U000e0020" <= char <= "\U000e007f" and before and before >= "\U0001f3f4")
