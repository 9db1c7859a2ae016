"""Slack's names of emoji (`:tada:`, `:+1::skin-tone-4:`), turned into the emoji themselves.

The names are Slack's own: `slack_emoji.tsv`, made from emoji-datasource. A name that is not among them (an emoji of one
workspace) stays as it is. Beside letters a name counts only where it can hardly be anything else: `10:100:20` and
`menu:sound:on` stay.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

from twelp.flow.answer.signs import LETTER
from twelp.texts import reasons

_SHORTCODE = re.compile(r":([A-Za-z0-9_+'-]{1,60}):(?::skin-tone-([2-6])(?:-[2-6])?:)?")
_NAME_BEFORE = re.compile(r"\w:")
_NAMES_BEHIND = re.compile(r"::\w{1,60}(?:::\w{1,60}){0,20}(?![\w:])")
_TONES: Final = {str(number): chr(0x1F3FB + number - 2) for number in range(2, 7)}
_LETTER = re.compile(f"[{LETTER}]")
_OWN: Final = {"simple_smile": "🙂"}
"""What Slack knows beside its source."""


def resolve(text: str, changes: list[str]) -> str:
    """The text with emoji in place of their names; what was changed is added to `changes`."""
    if text.count(":") < 2:
        return text
    made, at, emoji_end = [], 0, 0
    while found := _SHORTCODE.search(text, at):
        emoji = "" if _in_code(found, emoji_end) else _meant(found)
        end = found.end() if emoji else found.end(1)  # the colon behind may begin the next one
        made.append(text[at : found.start()] + (emoji or text[found.start() : end]))
        if emoji:
            changes.append(reasons.BECAME(words=found[0], instead=emoji))
            emoji_end = end
        at = end
    return "".join(made) + text[at:]


def _in_code(found: re.Match[str], emoji_end: int) -> bool:
    """Whether doubled colons part names here, as in `a::b::c`; those up to `emoji_end` belong to an emoji."""
    before = found.string[max(found.start() - 2, emoji_end) : found.start()]
    return bool(_NAME_BEFORE.match(before) and _NAMES_BEHIND.match(found.string, found.end() - 1))


def _meant(found: re.Match[str]) -> str:
    """The emoji that is meant; empty where none is, or something else may be."""
    name, text = found[1], found.string
    before, after = text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1]
    beside = [side for side in (before, after) if side and _LETTER.match(side)]
    emoji, tone = _names().get(name if beside else name.lower(), ("", False))
    if not emoji or (before.isdigit() and after.isdigit()) or before == "\\":
        return ""
    plain_word = name.isalpha() or name.isdigit()
    if plain_word and (len(beside) == 2 or (beside and (len(name) < 3 or not name.isalpha()))):
        return ""
    if not found[2] or not tone:
        return emoji
    return emoji[0] + _TONES[found[2]] + emoji[1:].removeprefix("\ufe0f")


@cache
def _names() -> dict[str, tuple[str, bool]]:
    """Each name's emoji, and whether it takes a skin tone."""
    table = (files(__package__) / "slack_emoji.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("# ")]
    known = {name: (row[1], len(row) > 2) for row in rows for name in row[0].split(" ")}
    return known | {name: (emoji, False) for name, emoji in _OWN.items()}
