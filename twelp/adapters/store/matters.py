"""Questions of the same matter; `twelp.ports.matters` says what each method promises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from twelp.adapters.store import rows
from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import matters as queries
from twelp.model import Answer, DeliveryKind, Question


class MatterTx(Base):
    """The part of a transaction that is about questions of the same matter."""

    def add_asker(self, lead: Question, by: int = 1) -> bool:
        """So many more ask it."""
        its = {"its_id": lead.id, "its_version": lead.version, "more": by}
        self._questions.pop(lead.id, None)
        return self._changed(queries.ADD_ASKER, its)

    def askers(self, lead: str) -> int:
        """How many ask the same."""
        return int(self._value(queries.ASKERS, {"lead": lead}) or 1)

    def joined(self, lead: str, limit: int, *, newest: bool = False) -> Sequence[Question]:
        """Questions that wait for the lead's answer."""
        found = queries.JOINED_LATELY if newest else queries.JOINED
        return [rows.question(row) for row in self._all(found, {"lead": lead, "most": limit})]

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

    def lead_instead(self, former: str, lead: str) -> int:
        """All that wait for the former lead's answer wait for this one's."""
        self._questions.clear()
        return self._do(queries.LEAD_INSTEAD, {"lead": former, "instead": lead})

    def set_variants(self, answer: int, variants: Sequence[str]) -> None:
        """The wordings that its author confirmed for the others."""
        self.connection.execute(queries.SET_VARIANTS, {"its_id": answer, "variants": list(variants)})

    def set_source(self, answer: int, source: int | None) -> None:
        """Which answer's wording this one is."""
        self._do(queries.SET_SOURCE, {"its_id": answer, "shared_from": source})
