"""The hour."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Conflict(Exception):  # noqa: N818 - never leaves the desk
    """Another worker first changed what this transaction was decided on: load again and decide again."""


class Clock(Protocol):
    """The hour. The only way anything learns it."""

    def now(self) -> datetime:
        """The present, aware UTC."""
