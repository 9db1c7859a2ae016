"""Questions of the same matter; `twelp.ports.matters` says what each method promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from twelp.adapters.store import rows
from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import matters as queries
from twelp.model import Question


class MatterTx(Base):
    """The part of a transaction that is about questions of the same matter."""

    def add_asker(self, lead: Question, by: int = 1) -> bool:
        """So many more ask it."""
        its = {"its_id": lead.id, "its_version": lead.version, "more": by}
        self._questions.pop(lead.id, None)
        return self._changed(queries.ADD_ASKER, its)

    def joined(self, lead: str, limit: int, *, newest: bool = False) -> Sequence[Question]:
        """Questions that wait for the lead's answer."""
        found = queries.JOINED_LATELY if newest else queries.JOINED
        return [rows.question(row) for row in self._all(found, {"lead": lead, "most": limit})]

    def lead_instead(self, former: str, lead: str) -> int:
        """All that wait for the former lead's answer wait for this one's."""
        self._questions.clear()
        return self._do(queries.LEAD_INSTEAD, {"lead": former, "instead": lead})

    def set_near(self, question: Question, matter: str) -> Question:
        """Which matter of many a question may be the same as."""
        self._do(queries.SET_NEAR, {"its_id": question.id, "near": matter})
        self._questions[question.id] = replace(question, near=matter)
        return self._questions[question.id]

    def set_variants(self, answer: int, variants: Sequence[str]) -> None:
        """The wordings that its author confirmed for the others."""
        self._answers.clear()
        self.connection.execute(queries.SET_VARIANTS, {"its_id": answer, "variants": list(variants)})
