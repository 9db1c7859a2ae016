"""The JSON Schema of experts.yaml: what an editor completes and underlines while the file is written.

Rules: it says what a schema can say and never more than `check` asks for, so a file that `check` accepts is valid here.
Uniqueness, known topics, zones and days that exist are only in `check`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from twelp.networks import NetworkRules
from twelp.roster.alarms import alarms_schema
from twelp.roster.fields import DAY, LONGEST, QUIET
from twelp.roster.sections import (
    ASKS_MOST,
    DOMAIN,
    EMAIL,
    EXPERT_REQUIRED,
    INITIALS_MOST_CHARACTERS,
    LEVELS,
    MEMBER_ID,
    NAME_LONGEST,
    TOPIC_ID,
)
from twelp.roster.voice import privately_schema, voice_schema, waiting_schema
from twelp.roster.volunteers import CHANNEL_ID, HOLIDAY, RULES_LONGEST, VERSIONS_MOST


def schema(networks: Collection[NetworkRules] = ()) -> dict[str, Any]:
    """The schema (JSON Schema, draft 2020-12) of version 1; `networks`: those there are, none: any."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://twelp.example/experts.schema.json",
        "title": "twelp roster, version 1",
        "description": "The brand, the topics people ask about, and the people who answer.",
        **_object(
            {
                "version": {"const": 1, "description": "The version of this format."},
                "brand": _brand(networks),
                "topics": {"type": "array", "minItems": 1, "items": _topic()},
                "experts": {"type": "array", "minItems": 1, "items": _expert()},
                "rules": _rules(),
                "alarms": alarms_schema(),
            },
            ("version", "brand", "topics", "experts"),
        ),
    }


def _brand(networks: Collection[NetworkRules]) -> dict[str, Any]:
    handles = {rules.name: _one_or_more(rules) for rules in networks}
    described = {"description": "The public handle on each network; of several, the first speaks.", "minProperties": 1}
    others = {"description": "Other companies' handles on each network: what they say is no question to us."}
    return _object(
        {
            "name": _text("The company's name.", NAME_LONGEST),
            "handles": (_object(handles, ()) if handles else {"type": "object"}) | described,
            "others": (_object(handles, ()) if handles else {"type": "object"}) | others | {"minProperties": 1},
            "private": privately_schema(),
            "waiting": waiting_schema(),
            "watch": _texts(
                "Words that concern the company even where it is not mentioned; searched for with X_WATCH_SECONDS."
            ),
            "links": {
                "type": "array",
                "items": {"type": "string", "pattern": DOMAIN.pattern},
                "description": "Domains that answers may lead to; a link elsewhere is looked at by a second person.",
            },
            "voice": voice_schema(DOMAIN.pattern, LONGEST),
            "two_to_resume": {
                "type": "boolean",
                "description": "After a pause, two people must agree before anything goes out again.",
            },
        },
        ("name", "handles"),
    )


def _one_or_more(rules: NetworkRules) -> dict[str, Any]:
    handle = {"type": "string", "pattern": rules.handle.pattern}
    return {
        "anyOf": [handle, {"type": "array", "minItems": 1, "items": handle}],
        "description": "With or without @.",
    }


def _topic() -> dict[str, Any]:
    id_ = {"type": "string", "pattern": TOPIC_ID.pattern, "description": "Short and lasting; experts refer to it."}
    return _object(
        {
            "id": id_,
            "name": _text("What people call it.", NAME_LONGEST),
            "keywords": _texts("About ten words customers use."),
            "examples": _texts("Five or more questions as customers ask them."),
            "aliases": _texts("Product names that settle the topic by themselves."),
            "requires": _texts("Certifications an expert must hold to be asked."),
            "channel": {
                "type": "string",
                "pattern": CHANNEL_ID.pattern,
                "description": "Id of the Slack channel that sees a question which nobody took.",
            },
            "two_keys": {
                "type": "boolean",
                "default": False,
                "description": "A second person reads each answer before it goes out.",
            },
        },
        ("id", "name"),
    )


def _expert() -> dict[str, Any]:
    slack = {
        "type": "string",
        "anyOf": [{"pattern": MEMBER_ID.pattern}, {"pattern": EMAIL.pattern}],
        "description": "Slack member id (U… or W…) or e-mail address.",
    }
    initials = {
        "type": "string",
        "pattern": f"^[^\\s0-9_.,^@#]{{1,{INITIALS_MOST_CHARACTERS}}}$",
        "description": "1 to 3 letters of any script that sign answers (^JD); nobody else's.",
    }
    asks = {"type": "integer", "minimum": 0, "maximum": ASKS_MOST, "default": 5, "description": "Most asks in a day."}
    quiet = {"type": "string", "pattern": QUIET.pattern, "description": 'On their own clock, like "22:00-08:00".'}
    expert = _object(
        {
            "slack": slack,
            "name": _text("The person's name.", NAME_LONGEST),
            "initials": initials,
            "topics": _texts("Ids of the topics this person answers."),
            "zone": _text("Time zone, like Europe/Paris."),
            "quiet": quiet,
            "daily_asks": asks,
            "level": {"enum": list(LEVELS), "default": "expert", "description": "How far the person's word goes."},
            "certifications": {"type": "array", "items": _certification()},
            "holidays": {"type": "array", "items": _holiday(), "description": "Days on which nobody asks them."},
            "on_call": {"type": "boolean", "default": False, "description": "Alarms reach them at any hour."},
        },
        EXPERT_REQUIRED,
    )
    moderates = {"required": ["level"], "properties": {"level": {"const": "moderator"}}}
    answers = {"required": ["topics"], "properties": {"topics": {"minItems": 1}}}
    return expert | {"if": moderates, "else": answers}


def _rules() -> dict[str, Any]:
    version = {
        "type": "integer",
        "minimum": 1,
        "maximum": VERSIONS_MOST,
        "description": "A new one asks everybody anew.",
    }
    words = _text("What volunteers agree to before they are asked.", RULES_LONGEST)
    return _object({"version": version, "text": words}, ("version", "text"))


def _holiday() -> dict[str, Any]:
    return {
        "type": "string",
        "pattern": HOLIDAY.pattern,
        "description": "A day like 2026-12-24, or the first and the last like 2026-12-24..2027-01-02.",
    }


def _certification() -> dict[str, Any]:
    day = {"type": "string", "format": "date", "pattern": DAY.pattern, "description": "Its last day, like 2026-12-31."}
    return _object({"name": _text("Its name, as topics require it.", NAME_LONGEST), "expires_on": day}, ("name",))


def _object(properties: dict[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": properties,
    }


def _text(description: str, longest: int = LONGEST) -> dict[str, Any]:
    return {"type": "string", "pattern": "\\S", "maxLength": longest, "description": description}


def _texts(description: str) -> dict[str, Any]:
    return {"type": "array", "items": _text("", LONGEST) | {"description": description}, "description": description}
