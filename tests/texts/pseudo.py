"""A language, written from right to left, in which every text stands in brackets: what a person reads outside of them
was never in the catalogue."""

from __future__ import annotations

import re
from typing import Any

from twelp.texts.catalogue import CATALOGUE
from twelp.texts.language import template
from twelp.texts.phrase import Language

OPEN, SHUT = "⟦", "⟧"
_FORMS = {key: tuple(f"{OPEN}{form}{SHUT}" for form in text.forms) for key, text in CATALOGUE.items()}
PSEUDO = Language("Pseudo", rtl=True, forms=_FORMS)


def file() -> str:
    """The same as a language file."""
    head, _, rest = template().replace('"ltr"', '"rtl"').partition("\n\n")
    return f"{head}\n\n" + re.sub(r'"((?:[^"\\]|\\.)*)"', rf'"{OPEN}\1{SHUT}"', rest)


def outside(said: str) -> str:
    """What stands outside of all brackets."""
    kept, depth = [], 0
    for character in said:
        depth += (character == OPEN) - (character == SHUT and depth > 0)
        if depth == 0 and character not in (OPEN, SHUT):
            kept.append(character)
    return "".join(kept)


def read(part: Any) -> list[str]:
    """Each run, label, hint and notification in a message or window; runs of one paragraph together."""
    if isinstance(part, dict):
        if part.get("type") == "rich_text_section":
            return ["".join(str(e.get("text", e.get("format", ""))) for e in part["elements"])]
        if part.get("type") == "rich_text_quote":
            return []  # somebody's own words
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [said for value in part.values() for said in read(value)]
    return [said for inner in part for said in read(inner)] if isinstance(part, list | tuple) else []
