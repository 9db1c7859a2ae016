"""What experts.yaml says of the brand's voice: what is public, what nobody says, who needs a second pair of eyes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

import phonenumbers

from twelp.model import Embargo, Privately, Voice, WaitingLine
from twelp.roster.fields import Place, day, fields, items, matching, text, texts, whole
from twelp.roster.mistake import shown
from twelp.roster.tree import Mapping as Tree
from twelp.roster.tree import Scalar

VOICE_FIELDS = (
    "public", "links", "countries", "numbers", "competitors", "embargoes", "forbidden", "trainee_answers",
)  # fmt: skip
PRIVATE_FIELDS = ("line", "ways", "delete")
WAYS = "{ways}"
WAITING_FIELDS = ("line", "after_minutes")
WAITING_MINUTES, WAITING_MOST = 60, 1440
LINE_LONGEST = 200
EMBARGO_FIELDS = ("words", "until")
COUNTRY = re.compile(r"^[A-Z]{2}$")
NUMBER_FORM = re.compile(r"^(?=(?:[^9]*9){3})[A-Z9#/_. -]{4,40}$")
ANSWERS_MOST = 1000

_COUNTRY = "Expected a country's two letters, like GB."
_FORM = "Expected a form like VE-999999: 9 for each digit (three at least), A for each letter, the rest as it stands."


def read_voice(place: Place | None) -> Voice:
    """The voice; its links are read apart, as they belong to the brand's."""
    found = fields(place, VOICE_FIELDS) if place is not None else None
    if not found:
        return Voice()
    answers = whole(found["trainee_answers"], 0, ANSWERS_MOST) if "trainee_answers" in found else None
    return Voice(
        public=texts(found.get("public")),
        countries=tuple(filter(None, map(_country, items(found["countries"])))) if "countries" in found else (),
        numbers=tuple(filter(None, map(_form, items(found["numbers"])))) if "numbers" in found else (),
        competitors=texts(found.get("competitors")),
        embargoes=tuple(filter(None, map(_embargo, items(found["embargoes"])))) if "embargoes" in found else (),
        forbidden=texts(found.get("forbidden")),
        trainee_answers=Voice().trainee_answers if answers is None else answers,
    )


def read_privately(place: Place | None) -> Privately | None:
    """How customers are asked to write privately."""
    found = fields(place, PRIVATE_FIELDS, ("line", "ways")) if place is not None else None
    if not found:
        return None
    line, ways = text(found.get("line"), longest=LINE_LONGEST), texts(found.get("ways"), at_least_one=True)
    if line is not None and WAYS not in line:
        found["line"].error(f"{WAYS} is missing in {shown(line)}", fix=f'write "Please write to us privately: {WAYS}"')
        return None
    delete = text(found["delete"], longest=LINE_LONGEST) if "delete" in found else ""
    return Privately(line, ways, delete or "") if line and ways else None


def read_waiting(place: Place | None) -> WaitingLine | None:
    """What a customer is told who waits for long."""
    found = fields(place, WAITING_FIELDS, ("line",)) if place is not None else None
    line = text(found.get("line"), longest=LINE_LONGEST) if found else None
    if not found or not line:
        return None
    minutes = whole(found["after_minutes"], 1, WAITING_MOST) if "after_minutes" in found else WAITING_MINUTES
    return None if minutes is None else WaitingLine(line, timedelta(minutes=minutes))


def links_of(place: Place | None) -> list[Place]:
    """The domains that stand under the voice."""
    if place is None or not isinstance(place.node, Tree):
        return []
    for key, value in place.node.items:
        if isinstance(key, Scalar) and key.text == "links":
            return items(place.at(value, "links"))
    return []


def read_truth(place: Place | None) -> bool:
    """`true` or `false`, as they stand; false where there is nothing."""
    if place is None:
        return False
    node = place.node
    if isinstance(node, Scalar) and node.tag == "bool" and node.text in ("true", "false"):
        return node.text == "true"
    words = shown(node.text) if isinstance(node, Scalar) else "something else"
    place.error(f"{words} stands here", expected="Expected true or false.")
    return False


def _country(place: Place) -> str | None:
    value = matching(place, COUNTRY.match, _COUNTRY)
    if value is not None and value not in phonenumbers.SUPPORTED_REGIONS:
        fix = "write GB" if value == "UK" else ""
        place.error(f"{shown(value)} is no country with telephones", expected=_COUNTRY, fix=fix)
        return None
    return value


def _form(place: Place) -> str | None:
    return matching(place, NUMBER_FORM.match, _FORM)


def _embargo(place: Place) -> Embargo | None:
    if not isinstance(place.node, Tree):
        words = text(place)
        return Embargo(words) if words else None
    found = fields(place, EMBARGO_FIELDS, ("words",))
    words = text(found.get("words")) if found else None
    until = day(found["until"]) if found and "until" in found else None
    return Embargo(words, until) if words else None


def voice_schema(domain: str, longest: int) -> dict[str, Any]:
    """The part of the JSON Schema."""

    def several(description: str, **item: Any) -> dict[str, Any]:
        words = {"type": "string", "pattern": "\\S", "maxLength": longest} | item
        return {"type": "array", "items": words, "description": description}

    until = {"type": "string", "format": "date", "description": "The first day on which it may be said."}
    embargo = _object({"words": {"type": "string", "pattern": "\\S", "maxLength": longest}, "until": until}, ("words",))
    made = {
        "public": several("The company's own hotlines, mailboxes, addresses, shops, part numbers: they always pass."),
        "links": several("Domains that answers may lead to, as in brand.links.", pattern=domain),
        "countries": several("Where phone numbers are looked for as people write them there.", pattern=COUNTRY.pattern),
        "numbers": several("How order and account numbers look: 9 a digit, A a letter.", pattern=NUMBER_FORM.pattern),
        "competitors": several("Names that a second person looks at."),
        "embargoes": {
            "type": "array",
            "items": {"anyOf": [{"type": "string", "pattern": "\\S", "maxLength": longest}, embargo]},
            "description": "What nobody says in public before a day.",
        },
        "forbidden": several("Words that do not go out."),
        "trainee_answers": {
            "type": "integer",
            "minimum": 0,
            "maximum": ANSWERS_MOST,
            "default": Voice().trainee_answers,
            "description": "A trainee's answers that a second person reads; 0: all of them.",
        },
    }
    return _object(made, ()) | {"description": "What answers may say, and what not."}


def privately_schema() -> dict[str, Any]:
    """The part of the JSON Schema about writing privately."""
    words = {"type": "string", "pattern": "\\S", "maxLength": LINE_LONGEST}
    line = words | {"pattern": r"\{ways\}", "description": "The public sentence; {ways} stands for the ways."}
    ways = {"type": "array", "minItems": 1, "items": words, "description": "A direct message, a mailbox, a form."}
    delete = words | {"description": "What is asked of who posted a card number."}
    made = {"line": line, "ways": ways, "delete": delete}
    return _object(made, ("line", "ways")) | {"description": "How customers are asked to write privately."}


def waiting_schema() -> dict[str, Any]:
    """The part of the JSON Schema about customers who wait."""
    line = {"type": "string", "pattern": "\\S", "maxLength": LINE_LONGEST, "description": "The public sentence."}
    minutes = {"type": "integer", "minimum": 1, "maximum": WAITING_MOST, "default": WAITING_MINUTES}
    made = {"line": line, "after_minutes": minutes | {"description": "After how long moderators are offered it."}}
    return _object(made, ("line",)) | {"description": "What a customer is told who waits for long."}


def _object(properties: Mapping[str, Any], required: Collection[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": dict(properties),
    }
