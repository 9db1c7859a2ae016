"""How one setting is declared, and its row in the table of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import Field, SecretStr
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo

BACK = "or remove every X_ and SLACK_ credential and base URL to run against the local sandbox"
"""What to do for who does not want credentials at all."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table of settings: the variable, its default as written, what it means, what is accepted."""

    name: str
    default: str
    meaning: str
    expected: str
    secret: bool


def setting(name: str, default: Any, meaning: str, expected: str, **limits: Any) -> Any:
    """One field: its variable, default, meaning, and what messages say is accepted."""
    extra: JsonDict = {"expected": expected}
    return Field(default, validation_alias=name, description=meaning, json_schema_extra=extra, **limits)


def number(name: str, default: float, unit: str, meaning: str, *, least: float, most: float) -> Any:
    """A field for a number from `least` to `most`, both included."""
    expected = f"a number of {unit} from {least:g} to {most:g}"
    return setting(name, default, meaning, expected, ge=least, le=most, allow_inf_nan=False)


def row(field: FieldInfo) -> Setting:
    """The row of a field that `setting` made."""
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    default = field.default
    written = "" if default is None else str(default).lower() if isinstance(default, bool) else str(default)
    secret = any(kind is SecretStr for kind in _kinds(field.annotation))
    return Setting(str(field.validation_alias), written, field.description or "", str(extra["expected"]), secret)


def _kinds(annotation: Any) -> Iterable[Any]:
    """A type and everything it is made of."""
    yield annotation
    for inner in get_args(annotation):
        yield from _kinds(inner)


def begun(side: str, some: bool, elsewhere: bool) -> str:
    """How a set of credentials was begun, in words; empty when it was not."""
    if some:
        return f"{side} credentials are incomplete"
    return f"{side.upper()}_BASE_URL is set and its credentials are not" if elsewhere else ""


def listed(names: tuple[str, ...]) -> str:
    """Names with their verb.

    >>> listed(("PORT",)), listed(("A", "B", "C"))
    ('PORT is', 'A, B and C are')
    """
    if len(names) == 1:
        return f"{names[0]} is"
    return f"{', '.join(names[:-1])} and {names[-1]} are"
