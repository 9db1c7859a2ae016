"""Questions of the same matter, as rows. One of them leads: it is asked for all; the others have joined it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from twelp.model import Answer, DeliveryKind, Question


class MattersTx(Protocol):
    """The part of a transaction that is about questions of the same matter."""

    def add_asker(self, lead: Question, by: int = 1) -> bool:
        """So many more ask it; False: the lead was moved meanwhile."""

    def joined(self, lead: str, limit: int, *, newest: bool = False) -> Sequence[Question]:
        """Questions that wait for the lead's answer, oldest first or newest first."""

    def lead_instead(self, former: str, lead: str) -> int:
        """All that wait for the former lead's answer wait for this one's; how many those are."""

    def hand_over_asks(self, former: Question, to: str, why: str) -> None:
        """Asks of a question, and its texts that never went out, are another one's; its posts stay its own."""

    def set_near(self, question: Question, matter: str) -> Question:
        """The question, which may be the same as that matter of many; no new version of it."""

    def set_variants(self, answer: int, variants: Sequence[str]) -> None:
        """The wordings that its author confirmed for the others who ask the same."""


class SharedTx(Protocol):
    """The part of a transaction that is about an answer that several share."""

    def stale(self, lead: str, limit: int) -> Sequence[Question]:
        """Those that joined it whose public answer is a wording of one that was taken back, oldest first."""

    def wrote_since(self, lead: str, limit: int) -> Sequence[Question]:
        """Those who have such an answer, and wrote on after it: what they asked then is a matter of their own."""

    def for_others(self, lead: str) -> Answer | None:
        """The latest public answer of a lead with which wordings for others were confirmed."""

    def being_sent(self, lead: str, limit: int) -> int:
        """How many of those that joined it, `limit` at most, have an answer in the outbox, or one being replaced."""

    def has_answer(self, lead: str, author: str, but: str) -> bool:
        """Whether this customer has the lead's answer, or is about to get it, by another question than `but`."""

    def nth_latest(self, errand: DeliveryKind, number: int) -> datetime | None:
        """When the row was put into the outbox that has so many of its kind after it; None: there are fewer."""

    def set_source(self, answer: int, source: int | None) -> None:
        """The answer is a wording of this one, and goes the way of that; None: of none, it goes its own."""
