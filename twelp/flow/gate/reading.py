"""A text as the rules read it: in one kind of digits, blanks and dashes, in small letters, each sign in its old place.

Every form has as many characters as the text, so that a span found in one is a span of all. Digits of any script
become ASCII, and so do full-width letters; `low` is without capitals and accents besides.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import Final

EXAMINED: Final = 4_000
"""Characters looked at; anything longer is refused for its length anyhow."""

LETTER: Final = "A-Za-z0-9_\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"
"""Not `\\w`: that is a letter in scripts that part no words, too."""

LINK = re.compile(r"https?://[^\s<>\"'“”）)]{1,2000}", re.IGNORECASE)
_LONG_VOWEL = re.compile(r"(?<=\d)[ー―‐]+(?=\d)")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_BLANKS: Final = "\ufe0e\ufe0f\u20e3"
"""What makes keys of digits (`1️⃣`) is read as a blank."""

_ARABIC: Final = {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"}


class _Plain(dict[int, str]):
    """One sign for each sign: digits, blanks and dashes of any script, and wide letters, as ASCII has them."""

    def __missing__(self, code: int) -> str:
        self[code] = made = _plain(chr(code))
        return made


class _Low(dict[int, str]):
    """One sign for each sign: small, without accents."""

    def __missing__(self, code: int) -> str:
        self[code] = made = _low(chr(code))
        return made


def _plain(sign: str) -> str:
    category = unicodedata.category(sign)
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    if sign in _BLANKS or category == "Zs" or sign == "\t":
        return " "
    if category == "Pd" or sign == "−":
        return "-"
    if sign in "’‘ʼ`´":
        return "'"
    if sign in "·•‧∙":
        return "."
    wide = unicodedata.normalize("NFKC", sign)
    return wide if len(wide) == 1 else sign


def _low(sign: str) -> str:
    small = sign.lower()
    small = small if len(small) == 1 else sign
    bare = unicodedata.normalize("NFD", small)[0]
    if "a" <= bare <= "z":
        return bare
    return _ARABIC.get(small, small)


_PLAIN, _LOW = _Plain(), _Low()


def fold_sign(sign: str) -> str:
    """One sign, small and without accents."""
    return _low(sign)


def fold(text: str) -> str:
    """The text in small letters, without accents, each sign in its old place.

    >>> fold("Número: ４2")
    'numero: 42'
    """
    return text.translate(_PLAIN).translate(_LOW)


class Reading:
    """One text in the forms that rules look at; each is made when it is first asked for.

    Args:
        text: what is read; of longer ones only the beginning.
    """

    def __init__(self, text: str) -> None:
        self.text = text[:EXAMINED]

    @cached_property
    def plain(self) -> str:
        """Digits, blanks and dashes as ASCII has them."""
        return _LONG_VOWEL.sub(lambda found: "-" * len(found[0]), self.text.translate(_PLAIN))

    @cached_property
    def quiet(self) -> str:
        """The same with blanks in the place of links."""
        return LINK.sub(lambda link: " " * len(link[0]), self.plain)

    @cached_property
    def low(self) -> str:
        """In small letters and without accents."""
        return self.plain.translate(_LOW)

    @cached_property
    def low_quiet(self) -> str:
        """The same with blanks in the place of links."""
        return self.quiet.translate(_LOW)

    @cached_property
    def digits(self) -> int:
        """How many digits it has, links left out."""
        return sum(map(self.quiet.count, "0123456789"))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words in small letters, links left out."""
        return tuple(_WORD.findall(self.low_quiet))
