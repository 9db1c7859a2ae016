"""What a look at the house found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """How a part is: `WARNING` works, and will trouble somebody."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Checked:
    """One part: how it is, what was found, and, where that is not good, the one thing that mends it."""

    part: str
    health: Health
    said: str
    remedy: str = ""


def ok(part: str, said: str) -> Checked:
    """The part is well."""
    return Checked(part, Health.OK, said)


def warning(part: str, said: str, remedy: str) -> Checked:
    """The part works, and will trouble somebody."""
    return Checked(part, Health.WARNING, said, remedy)


def failure(part: str, said: str, remedy: str) -> Checked:
    """The part does not work."""
    return Checked(part, Health.FAILURE, said, remedy)
