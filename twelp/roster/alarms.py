"""What experts.yaml says of alarms: who hears of a crisis, in which order, how soon the next one does, and guidance."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import timedelta
from typing import Any, Final

from twelp.model import FOR_PEOPLE, Kind, Ladder
from twelp.roster.fields import Place, fields, items, text
from twelp.roster.mistake import did_you_mean, known_names, shown
from twelp.roster.tree import Scalar
from twelp.roster.volunteers import CHANNEL_ID

KINDS: Final = tuple(kind for kind in Kind if kind in FOR_PEOPLE - {Kind.CRISIS})
OTHERS: Final = "others"
ALARM_FIELDS: Final = (*(kind.value for kind in KINDS), OTHERS, "after", "guidance", "phone")
GUIDANCE_LONGEST: Final = 1000
AFTER: Final = re.compile(r"^([1-9]\d{0,3})([mh])$", re.ASCII)
MEMBER_ID: Final = re.compile(r"^[UW][A-Z0-9]{2,20}$")
CHANNEL_NAME: Final = re.compile(r"^#[\w.-]{1,80}$")

_AFTER_MOST: Final = timedelta(hours=24)
_EXPECTED_AFTER: Final = "Expected minutes or hours from 1m to 24h, like 10m."
_EXPECTED: Final = "Expected a person of experts (as in slack:), or a channel like C0123ABCD or “#safety” in quotes."


def read_alarms(place: Place | None, people: Collection[str]) -> Ladder:
    """Who hears of a crisis. `people`: the experts' ids; none where they could not be read."""
    found = fields(place, ALARM_FIELDS) if place is not None else None
    if not found:
        return Ladder()
    if "phone" in found:
        found["phone"].error(
            "the address of a phone bridge may hold a secret, and this file is read by many",
            fix="write it into .env: TWELP_PHONE_BRIDGE=https://…",
        )
    lists = {kind: _listed(found[kind.value], people) for kind in KINDS if kind.value in found}
    others = _listed(found[OTHERS], people) if OTHERS in found else ()
    after = _after(found["after"]) if "after" in found else None
    guidance = text(found["guidance"], longest=GUIDANCE_LONGEST) if "guidance" in found else None
    return Ladder(lists, others, Ladder().after if after is None else after, guidance)


def _listed(place: Place, people: Collection[str]) -> tuple[str, ...]:
    """People and channels, each once."""
    found: dict[str, None] = {}
    for item in items(place, at_least_one=True):
        one = _entry(item, people)
        if one is not None and one in found:
            item.warn(f"{shown(one)} stands in this list twice", fix="remove one of them")
        elif one is not None:
            found[one] = None
    return tuple(found)


def _entry(item: Place, people: Collection[str]) -> str | None:
    value = text(item, exact=True)
    if value is None or CHANNEL_ID.match(value):
        return value
    if value.startswith("#"):
        if CHANNEL_NAME.match(value):
            return value.lower()
        item.error(f"{shown(value)} is no name of a channel", expected=_EXPECTED)
        return None
    person = value.lower() if "@" in value else value
    if not people or person in people:
        return person
    if not ("@" in value or MEMBER_ID.match(value)):
        item.error(f"{shown(value)} names nobody", expected=_EXPECTED, fix=_meant(value, people))
    else:
        fix = did_you_mean(person, people) or "list the person under experts"
        item.error(f"{shown(value)} is not among the experts", fix=fix, expected=known_names(people))
    return None


def _meant(value: str, people: Collection[str]) -> str:
    """Whoever's address begins so, or a channel of that name."""
    found = [person for person in people if person.partition("@")[0] == value.lower()]
    return f"write {found[0]}" if len(found) == 1 else f'write "#{value}" for a channel of that name'


def _after(place: Place) -> timedelta | None:
    node = place.node
    if isinstance(node, Scalar) and node.tag == "int" and node.text.isdigit():
        place.error(f"{node.text} has no unit", expected=_EXPECTED_AFTER, fix=f"write {node.text}m")
        return None
    value = text(place)
    if value is None:
        return None
    match = AFTER.match(value)
    span = timedelta(**{"minutes" if match[2] == "m" else "hours": int(match[1])}) if match else None
    if span is None or span > _AFTER_MOST:
        place.error(f"{shown(value)} is no such time", expected=_EXPECTED_AFTER)
        return None
    return span


def alarms_schema() -> dict[str, Any]:
    """The part of the JSON Schema."""
    one = {"type": "string", "pattern": "\\S", "description": "A person of experts, or a Slack channel."}

    def several(description: str) -> dict[str, Any]:
        return {"type": "array", "minItems": 1, "items": one, "description": description}

    made: dict[str, Any] = {kind.value: several(f"Who hears of: {kind.value}, in this order.") for kind in KINDS}
    made[OTHERS] = several("Who hears of the kinds that have no list here.")
    made["after"] = {
        "type": "string",
        "pattern": AFTER.pattern,
        "default": "10m",
        "description": "How long each waits for somebody to take it before the next one hears of it.",
    }
    made["guidance"] = {
        "type": "string",
        "pattern": "\\S",
        "maxLength": GUIDANCE_LONGEST,
        "description": "What the card of a post about self-harm says to whoever answers.",
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": made,
        "description": "Who hears of danger, self-harm, threats, lawyers, the press and the like.",
    }
