"""Questions of the same matter, as rows. One of them leads: it is asked for all; the others have joined it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from twelp.model import Question


class MattersTx(Protocol):
    """The part of a transaction that is about questions of the same matter."""

    def add_asker(self, lead: Question, by: int = 1) -> bool:
        """So many more ask it; False: the lead was moved meanwhile."""

    def askers(self, lead: str) -> int:
        """How many ask the same, the lead included; on Postgres as it is now, whatever was read before."""

    def joined(self, lead: str, limit: int, *, newest: bool = False) -> Sequence[Question]:
        """Questions that wait for the lead's answer, oldest first or newest first."""

    def same_matter(self, lead: str) -> Sequence[Question]:
        """All that joined it and were not split off, whatever became of them, oldest first."""

    def lead_instead(self, former: str, lead: str) -> int:
        """All that wait for the former lead's answer wait for this one's; how many those are."""

    def set_variants(self, answer: int, variants: Sequence[str]) -> None:
        """The wordings that its author confirmed for the others who ask the same."""
