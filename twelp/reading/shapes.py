"""Any value of the read model as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo


def as_json(value: Any) -> Any:
    """The value in plain dicts, lists, strings and numbers, by the names of its fields.

    Hours are ISO 8601 with their offset (UTC), spans are seconds, an enum is its value, a zone its name.

    >>> from twelp.model import Account
    >>> as_json((Account("7", "mia"), datetime(2026, 11, 30, 9, tzinfo=ZoneInfo("UTC"))))
    [{'id': '7', 'handle': 'mia', 'name': ''}, '2026-11-30T09:00:00+00:00']
    """
    match value:
        case None | bool():
            return value
        case Enum():
            return as_json(value.value)
        case int() | float():
            return value
        case str():
            return str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case ZoneInfo():
            return value.key
        case Mapping():
            return {str(as_json(key)): as_json(one) for key, one in value.items()}
        case Set():
            return sorted(as_json(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    return [as_json(one) for one in value]
