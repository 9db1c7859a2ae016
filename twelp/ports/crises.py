"""Cases for people, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from twelp.model import Crisis, CrisisState


class CrisesTx(Protocol):
    """The part of a transaction that is about crises."""

    def add_crisis(self, crisis: Crisis) -> bool:
        """A new case; False (and nothing done) where its question has one."""

    def crisis(self, question_id: str) -> Crisis | None:
        """The case of a question, or None."""

    def move_crisis(self, crisis: Crisis, **changes: Any) -> Crisis | None:
        """Compare-and-set on `version`: the changed case, or None when somebody else changed it first."""

    def open_crises(self, limit: int) -> Sequence[Crisis]:
        """Cases that are not handled, oldest first."""

    def count_crises(self) -> Mapping[CrisisState, int]:
        """How many cases nobody has, and how many somebody has; a state without any is not in it."""
