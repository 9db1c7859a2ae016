"""Answers that several share; `twelp.ports.matters` says what each method promises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from twelp.adapters.store import rows
from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import matters as queries
from twelp.model import Answer, DeliveryKind, Question


class SharedTx(Base):
    """The part of a transaction that is about an answer that several share."""

    def stale(self, lead: str, limit: int) -> Sequence[Question]:
        """Those whose public answer is a wording of one that does not stand any more."""
        return [rows.question(row) for row in self._all(queries.STALE, {"lead": lead, "most": limit})]

    def wrote_since(self, lead: str, limit: int) -> Sequence[Question]:
        """Those who have such an answer, and wrote on after it."""
        return [rows.question(row) for row in self._all(queries.WROTE_SINCE, {"lead": lead, "most": limit})]

    def for_others(self, lead: str) -> Answer | None:
        """The answer that others who ask the same as a lead get."""
        found = (rows.answer(row) for row in self._all(queries.PUBLIC, {"question": lead}))
        return next((answer for answer in found if answer.variants), None)

    def being_sent(self, lead: str, limit: int) -> int:
        """How many of a matter have an answer in the outbox."""
        return len(self._values(queries.BEING_SENT, {"lead": lead, "most": limit}))

    def has_answer(self, lead: str, author: str, but: str) -> bool:
        """Whether this customer has the answer of a matter."""
        return self._value(queries.HAS_ANSWER, {"lead": lead, "author": author, "but": but}) is not None

    def nth_latest(self, errand: DeliveryKind, number: int) -> datetime | None:
        """When the row was put into the outbox that has so many of its kind after it."""
        found: datetime | None = self._value(queries.NTH_LATEST, {"errand": errand.value, "number": number})
        return found

    def set_source(self, answer: int, source: int | None) -> None:
        """Which answer's wording this one is."""
        self._answers.clear()
        self._do(queries.SET_SOURCE, {"its_id": answer, "shared_from": source})
