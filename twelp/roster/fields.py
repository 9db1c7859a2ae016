"""Values of the tree → texts, numbers, days and hours; whatever cannot be read is noted with the remedy.

Rules: a reader returns None (or leaves the value out) exactly when it has noted an error. A text that YAML 1.1 would
take for something else (`no`, `0123`, `22:00`, a date) must stand in quotes, so that every tool reads the file alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, time

from twelp.model import QuietHours
from twelp.roster.characters import deceiving, tidied
from twelp.roster.mistake import Notebook, did_you_mean, known_names, shown
from twelp.roster.tree import Mapping, Node, Scalar, Sequence

LONGEST = 1000
"""Characters in one text of the roster."""

QUIET = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$", re.ASCII)
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$", re.ASCII)
_LOOSE_QUIET = re.compile(r"^(\d{1,2})[:.h]?(\d{2})?\s*(?:-|–|—|to|until)\s*(\d{1,2})[:.h]?(\d{2})?$", re.ASCII)
_DECIMAL = re.compile(r"^[+-]?(?:0|[1-9]\d*)$", re.ASCII)
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_SHORT = 58
"""Characters of a text that a message repeats whole."""

_LONGEST_NAME = 60
"""Characters of a field's name that a message repeats as its place."""


@dataclass(frozen=True, slots=True)
class Place:
    """A value, its name for messages (`jo.topics`), and where to note what is wrong with it."""

    book: Notebook
    where: str
    node: Node

    def error(self, problem: str, *, expected: str = "", fix: str = "") -> None:
        """Notes an error on this value's line."""
        self.book.error(self.node.line, self.where, problem, expected=expected, fix=fix)

    def warn(self, problem: str, *, expected: str = "", fix: str = "") -> None:
        """Notes a warning on this value's line."""
        self.book.warn(self.node.line, self.where, problem, expected=expected, fix=fix)

    def note_odd(self, *, exact: bool) -> bool:
        """Notes the characters of a text that deceive; whether there was an error among them.

        Errors where they are `exact`: what does not match sign by sign names nobody. Warnings elsewhere.
        """
        node = self.node
        found = deceiving(node.text.strip(), exact=exact) if isinstance(node, Scalar) else ()
        if not found or not isinstance(node, Scalar):
            return False
        shift = len(node.text) - len(node.text.lstrip())
        line, column = node.place_of(found[0].at + shift)
        more = f", and {len(found) - 1} more like it" if len(found) > 1 else ""
        meant = tidied(node.text.strip(), found)
        fix = f"write {shown(meant)}" if 0 < len(meant) < _SHORT else "type it anew"
        note = self.book.error if exact else self.book.warn
        note(line, self.where, f"{found[0]}{more}", fix=fix, column=column)
        return exact

    def at(self, node: Node, name: str = "") -> Place:
        """The same for a value inside this one: `jo` + `topics` → `jo.topics`."""
        return Place(self.book, f"{self.where}.{name}" if self.where and name else self.where or name, node)


def fields(place: Place, known: Collection[str], required: Collection[str] = ()) -> dict[str, Place] | None:
    """The fields of a mapping by name; notes unknown, repeated, empty and missing ones.

    Returns:
        The known fields that are there with a value, or None when it is no mapping at all.
    """
    node = place.node
    if not isinstance(node, Mapping):
        place.error(f"{_kind(node)} stands here", expected=f"Expected a mapping with {', '.join(known)}.")
        return None
    found: dict[str, Place] = {}
    seen: dict[str, int] = {}
    for key, value in node.items:
        if not isinstance(key, Scalar):
            place.at(key).error(f"{_kind(key)} as a key", expected=known_names(known))
            continue
        name = key.text
        here = place.at(key, name if name.isprintable() and len(name) <= _LONGEST_NAME else "")
        if name in seen:
            here.error(f"{shown(name)} stands here twice, first on line {seen[name]}", fix="remove one of them")
            continue
        seen[name] = key.line
        if name not in known:
            if not here.note_odd(exact=True):
                here.error(_unknown_key(key), fix=did_you_mean(name, known), expected=known_names(known))
        elif isinstance(value, Scalar) and value.tag == "null":
            here.error(f"{shown(name)} is empty", fix="give it a value or remove the line")
        else:
            found[name] = place.at(value, name)
    for name in required:
        if name not in seen:
            place.error(f"{shown(name)} is missing", fix=f"add it: {name}: …")
    return found


def _unknown_key(key: Scalar) -> str:
    if key.tag == "merge" or key.text == "<<":
        return "merge keys (<<) are not read here, write the fields out"
    if key.tag == "bool":
        return f"key {key.text} means true or false to YAML 1.1 readers and is not known here"
    return f"key {shown(key.text)} is not known"


def items(place: Place, *, at_least_one: bool = False) -> list[Place]:
    """The values of a list, each with this place's name; empty (and noted) when it is no list."""
    node = place.node
    if not isinstance(node, Sequence):
        place.error(f"{_kind(node)} stands here", expected="Expected a list: [a, b] or lines that begin with “- ”.")
        return []
    if at_least_one and not node.items:
        place.error("the list is empty", expected="At least one entry.")
    return [place.at(item) for item in node.items]


def text(place: Place | None, *, longest: int = LONGEST, exact: bool = False) -> str | None:
    """A text, in Unicode's composed form (NFC) and without white space around it; None when there is none.

    `exact`: it is compared sign by sign, so that a character that deceives is an error.
    """
    if place is None:
        return None
    node = place.node
    if not isinstance(node, Scalar):
        fix = 'put a text that holds ": " in quotes' if isinstance(node, Mapping) else "write it without brackets"
        place.error(f"{_kind(node)} stands here", expected="Expected a text.", fix=fix)
        return None
    if node.tag != "str":
        place.error(_not_a_text(node), expected="Expected a text.", fix=_quote(node))
        return None
    value = unicodedata.normalize("NFC", " ".join(node.text.split()))
    if not value:
        place.error("the text is empty", fix="write something or remove it")
        return None
    if len(value) > longest:
        place.error(f"{shown(value)} has {len(value):,} characters", expected=f"At most {longest:,}.")
        return None
    if odd := next((c for c in value if unicodedata.category(c) in ("Cc", "Cs") or c in _BIDI_CONTROLS), None):
        place.error(f"an invisible control character (U+{ord(odd):04X})", fix="remove it")
        return None
    return None if place.note_odd(exact=exact) else value


def _not_a_text(node: Scalar) -> str:
    match node.tag:
        case "null":
            return "there is no value"
        case "bool" if node.text.casefold() in ("true", "false"):
            return f"{node.text} without quotes is not a text"
        case "bool":
            truth = "true" if node.text.casefold() in ("y", "yes", "on") else "false"
            return f"{node.text} without quotes means {truth} to YAML 1.1 readers"
        case "int" if ":" in node.text:
            return f"{node.text} without quotes is a number in base 60 to YAML 1.1 readers"
        case "int" if not _DECIMAL.match(node.text):
            return f"{node.text} without quotes is a number that YAML versions read differently (octal?)"
        case "int" | "float":
            return f"{node.text} without quotes is a number"
        case "timestamp":
            return f"{node.text} without quotes is a date to YAML 1.1 readers"
        case tag:
            return f"{shown(node.text)} carries the YAML tag {tag}"


def _quote(node: Scalar) -> str:
    if node.tag == "null":
        return "write a text or remove the line"
    return f'write "{node.text}"' if node.plain and len(node.text) < 60 else "write it as a plain text in quotes"


def texts(
    place: Place | None, *, at_least_one: bool = False, longest: int = LONGEST, exact: bool = False
) -> tuple[str, ...]:
    """A list of texts in the file's order; what stands there twice (whatever the case) is noted and kept once."""
    if place is None:
        return ()
    found: dict[str, str] = {}
    for item in items(place, at_least_one=at_least_one):
        value = text(item, longest=longest, exact=exact)
        if value is None:
            continue
        if value.casefold() in found:
            item.warn(f"{shown(value)} stands in this list twice", fix="remove one of them")
        else:
            found[value.casefold()] = value
    return tuple(found.values())


def whole(place: Place, low: int, high: int) -> int | None:
    """A whole number from `low` to `high`, both included."""
    node = place.node
    expected = f"Expected a whole number from {low} to {high}."
    if not isinstance(node, Scalar):
        place.error(f"{_kind(node)} stands here", expected=expected)
    elif re.match(r"^[+-]?0[0-9oxb_]", node.text) and node.tag in ("int", "str"):
        plain = node.text.lstrip("0") or "0"
        fix = f"write {plain}" if plain.isascii() and plain.isdigit() else "write it in plain digits"
        place.error(f"{node.text} is read as octal by some YAML readers and not by others", expected=expected, fix=fix)
    elif node.tag == "int" and _DECIMAL.match(node.text):
        if len(node.text) < 10 and low <= int(node.text) <= high:
            return int(node.text)
        place.error(f"{node.text[:20]} is out of range", expected=expected)
    elif node.tag == "str" and _DECIMAL.match(node.text):
        place.error(f"{shown(node.text)} is a text", expected=expected, fix=f"write {node.text[:20]} without quotes")
    else:
        place.error(f"{shown(node.text)} is no whole number", expected=expected)
    return None


def choice(place: Place, known: Collection[str]) -> str | None:
    """One of the `known` words."""
    value = text(place, exact=True)
    if value is None or value in known:
        return value
    place.error(f"{shown(value)} is not known", fix=did_you_mean(value, known), expected=known_names(known))
    return None


def day(place: Place) -> date | None:
    """A day written 2026-12-31, with or without quotes."""
    node = place.node
    expected = "Expected a day like 2026-12-31."
    if not isinstance(node, Scalar):
        place.error(f"{_kind(node)} stands here", expected=expected)
        return None
    try:
        if node.tag not in ("str", "timestamp") or not DAY.match(node.text):
            raise ValueError("not written year-month-day")
        return date.fromisoformat(node.text)
    except ValueError as wrong:
        place.error(f"{shown(node.text)} is no day ({wrong})", expected=expected)
        return None


def quiet_hours(place: Place) -> QuietHours | None:
    """Hours written "22:00-08:00", on the person's own clock; over midnight when the start is later than the end."""
    expected = 'Expected hours from and to, like "22:00-08:00".'
    node = place.node
    if isinstance(node, Scalar) and node.tag == "int" and ":" in node.text:
        problem = f"{_not_a_text(node)}, and a single hour is no span"
        place.error(problem, expected=expected, fix=f'write "{node.text}-08:00"')
        return None
    value = text(place)
    if value is None:
        return None
    if not (match := QUIET.match(value)):
        place.error(f"{shown(value)} is no span of hours", expected=expected, fix=_tidied(value))
        return None
    start, end = (time(int(match[i]), int(match[i + 1])) for i in (1, 3))
    if start == end:
        place.error(f"{shown(value)} begins and ends at once", expected=expected, fix="remove it for no quiet hours")
        return None
    return QuietHours(start, end)


def _tidied(value: str) -> str:
    """A proposal for hours that are nearly right (`22-8`, `22.00 – 08.00`, `9:00-17:00`)."""
    if match := _LOOSE_QUIET.match(value):
        tidy = f"{int(match[1]):02}:{match[2] or '00'}-{int(match[3]):02}:{match[4] or '00'}".replace("24:", "00:")
        if QUIET.match(tidy):
            return f'write "{tidy}"'
    return ""


def matching(place: Place | None, allowed: Callable[[str], object], expected: str) -> str | None:
    """A text that `allowed` accepts, sign by sign; otherwise an error saying what was `expected`."""
    value = text(place, exact=True)
    if value is None or allowed(value):
        return value
    assert place is not None
    place.error(f"{shown(value)} cannot be used", expected=expected)
    return None


def _kind(node: Node) -> str:
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "a mapping"
    return "nothing" if node.tag == "null" else f"{shown(node.text)}"
