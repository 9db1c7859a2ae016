"""What experts.yaml says about volunteering: the rules people accept, and the days on which they are off."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from twelp.model import Holiday, Rules
from twelp.roster.fields import Place, fields, items, text, whole
from twelp.roster.mistake import shown
from twelp.roster.tree import Scalar

RULES_FIELDS = ("version", "text")
RULES_LONGEST = 6000
"""Characters: what a person reads, and what fits a window in Slack."""

VERSIONS_MOST = 9999
CHANNEL_ID = re.compile(r"^[CG][A-Z0-9]{2,20}$")
HOLIDAY = re.compile(r"^\d{4}-\d{2}-\d{2}(?:\.\.\d{4}-\d{2}-\d{2})?$", re.ASCII)
_LOOSE_HOLIDAY = re.compile(r"^(\d{4}-\d{2}-\d{2})\s*(?:\.+|-|–|—|/|to|until|bis)\s*(\d{4}-\d{2}-\d{2})$", re.ASCII)
_EXPECTED = "Expected a day like 2026-12-24, or the first and the last like 2026-12-24..2027-01-02."


def read_rules(place: Place) -> Rules | None:
    """The rules and their version."""
    found = fields(place, RULES_FIELDS, RULES_FIELDS)
    if found is None:
        return None
    version = whole(found["version"], 1, VERSIONS_MOST) if "version" in found else None
    words = _prose(found["text"]) if "text" in found else None
    return Rules(str(version), words) if version is not None and words is not None else None


def read_holidays(place: Place | None) -> tuple[Holiday, ...]:
    """Days and spans of days, in the file's order."""
    found = [_holiday(item) for item in items(place)] if place is not None else []
    return tuple(days for days in found if days is not None)


def read_channel(place: Place | None) -> str:
    """A Slack channel's id; empty when there is none."""
    value = text(place, exact=True)
    if value is None or place is None or CHANNEL_ID.match(value):
        return value or ""
    expected = "Expected a channel's id like C0123ABCD: in Slack, open the channel's details and scroll to the end."
    place.error(f"{shown(value)} is no channel id", expected=expected)
    return ""


def _holiday(place: Place) -> Holiday | None:
    node = place.node
    if isinstance(node, Scalar) and node.tag == "timestamp" and HOLIDAY.match(node.text):
        value: str | None = node.text
    else:
        value = text(place)
    if value is None:
        return None
    if not HOLIDAY.match(value):
        loose = _LOOSE_HOLIDAY.match(value)
        fix = f"write {loose[1]}..{loose[2]}" if loose else ""
        place.error(f"{shown(value)} is no day and no span of days", expected=_EXPECTED, fix=fix)
        return None
    first, _, last = value.partition("..")
    try:
        days = Holiday(date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError as wrong:
        place.error(f"{shown(value)} is no day ({wrong})", expected=_EXPECTED)
        return None
    if days.last < days.first:
        place.error(f"{shown(value)} ends before it begins", fix=f"write {last}..{first}")
        return None
    return days


def _prose(place: Place) -> str | None:
    """A text of several lines, with its line breaks."""
    node = place.node
    if not isinstance(node, Scalar) or node.tag != "str":
        return text(place)
    lines = unicodedata.normalize("NFC", node.text).strip().splitlines()
    words = "\n".join(" ".join(line.split()) for line in lines)
    if not words:
        place.error("the text is empty", fix="write what people agree to, or remove the rules")
        return None
    if len(words) > RULES_LONGEST:
        place.error(f"the text has {len(words):,} characters", expected=f"At most {RULES_LONGEST:,}.")
        return None
    if odd := next((c for c in words if c != "\n" and unicodedata.category(c) in ("Cc", "Cs")), None):
        place.error(f"an invisible control character (U+{ord(odd):04X})", fix="remove it")
        return None
    return words
