"""What people read, in the configured language: a text with named places, and what was said with it.

Rules: a sentence is one text, never put together from pieces; what changes in it has a named place. What stands in a
place is another phrase, a number, outside words, or several of them. A phrase is a `str` that reads as English, so that
everything below the surface handles it like one; what it was said with is kept beside it, so that whoever shows it
(`say`) may say it in another language, and rows may hold what was said and not how.

Outside words are set apart with isolates where their direction is not the sentence's own: a Hebrew name in an English
sentence, or any name in a Hebrew one, turns nothing around. Source: unicode.org/reports/tr9 (2.7, markup and formatting
characters).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from string import Formatter
from typing import Any, Final

Value = str | int | tuple[str, ...]
"""What may stand in a place of a text; several are listed."""

COUNT: Final = "count"
"""The place whose number decides between singular and plural."""

_DIRECTIONS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_ISOLATE, _END = "\u2068", "\u2069"
_TO_THE_LEFT: Final = frozenset(("R", "AL", "AN"))


def places(text: str) -> Iterator[str]:
    """The names of a text's places, in order."""
    return (name for _, name, _, _ in Formatter().parse(text) if name is not None)


class Text(str):
    """One text of the catalogue in English; calling it fills its `{places}`.

    Attributes:
        key: its name in the catalogue, which language files use and rows hold.
        one: how it reads where the number `count` is one; empty where that is no matter.
        places: the names of its places.
    """

    key: str
    one: str
    places: frozenset[str]

    def __new__(cls, text: str, one: str = "") -> Text:
        made = super().__new__(cls, text)
        made.key, made.one = "", one
        made.places = frozenset(places(text))
        return made

    def __call__(self, **values: Value) -> Phrase:
        """The text with these values in its places.

        Raises:
            TypeError: a place is left empty, or there is no such place.
        """
        if values.keys() != self.places:
            raise TypeError(f"“{self}” has the places {sorted(self.places)}, not {sorted(values)}")
        return Phrase(self, values)

    @property
    def forms(self) -> tuple[str, ...]:
        """The English forms, singular first; one where there is no such difference."""
        return (self.one, str(self)) if self.one else (str(self),)


class Phrase(str):
    """What was said: a text and the values in its places. Reads as English; immutable like any `str`."""

    text: Text
    values: Mapping[str, Value]

    def __new__(cls, text: Text, values: Mapping[str, Value]) -> Phrase:
        form = text.one if text.one and values.get(COUNT) == 1 else str(text)
        made = super().__new__(cls, form.format(**{name: _english(value) for name, value in values.items()}))
        made.text, made.values = text, values
        return made

    def __deepcopy__(self, memo: Any) -> Phrase:
        return self

    def __reduce__(self) -> Any:
        return Phrase, (self.text, dict(self.values))


COMMAS = Text("{first}, {second}")
"""How things are listed."""

LAST = Text("{first} and {second}")
"""How the last of several is listed."""

AS_IS = Text("{words}")
"""Outside words by themselves."""

SENTENCES = Text("{first} {second}")
"""Two sentences in a row."""

CLAUSES = Text("{first}; {second}")
"""Two reasons in a row."""


def listed(parts: Sequence[str]) -> str:
    """Parts as a person lists them.

    >>> print(listed(["a", "b", "c"]))
    a, b and c
    """
    return LAST(first=tuple(parts[:-1]), second=parts[-1]) if len(parts) > 1 else "".join(parts[:1])


def in_a_row(between: Text, parts: Sequence[str]) -> str:
    """Phrases one after the other, as `SENTENCES` or `CLAUSES` put them; empty for none."""
    return reduce(lambda first, second: between(first=first, second=second), parts) if parts else ""


def _english(value: Value) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _two(number: int) -> int:
    return number != 1


@dataclass(frozen=True, slots=True)
class Language:
    """A language to say things in.

    Attributes:
        name: what its speakers call it.
        rtl: it is written from right to left.
        forms: by a text's key, its forms in the order of `plural`; what is missing is said in English.
        plural: which form a number takes, from 0.
    """

    name: str = "English"
    rtl: bool = False
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plural: Callable[[int], int] = _two

    def say(self, said: str) -> str:
        """What was said, in this language; anything but a text or phrase as it is."""
        if isinstance(said, Phrase):
            placed = {name: self.placed(value) for name, value in said.values.items()}
            return self.form(said.text, said.values.get(COUNT)).format(**placed)
        return self.form(said) if isinstance(said, Text) else said

    def form(self, text: Text, count: Value | None = None) -> str:
        """The text with its places still open, as that number of things wants it."""
        forms, plural = self.forms.get(text.key), self.plural
        if forms is None:
            forms, plural = text.forms, _two
        return forms[int(plural(count))] if len(forms) > 1 and isinstance(count, int) else forms[-1]

    def isolated(self, words: str) -> str:
        """Outside words, set apart where they would turn the sentence around them."""
        clean = _DIRECTIONS.sub("", words)
        if clean.isascii() and not self.rtl:
            return clean
        apart = self.rtl or any(unicodedata.bidirectional(character) in _TO_THE_LEFT for character in clean)
        return f"{_ISOLATE}{clean}{_END}" if apart and clean else clean

    def placed(self, value: Value) -> str:
        """What stands in a place, as it is said there."""
        if isinstance(value, int):
            return str(value)
        if isinstance(value, tuple):
            said = [self.placed(part) for part in value]
            between = self.form(COMMAS)
            return reduce(lambda first, second: between.format(first=first, second=second), said) if said else ""
        return self.say(value) if isinstance(value, (Phrase, Text)) else self.isolated(value)


_house: list[Language] = [Language()]


def speak(language: Language) -> None:
    """From now on this process says everything in this language."""
    _house[0] = language


def language() -> Language:
    """The configured language."""
    return _house[0]


def say(said: str) -> str:
    """What was said, in the configured language."""
    return _house[0].say(said)
