"""Cases for people; `twelp.ports.CrisesTx` says what each method promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from twelp.adapters.store import columns
from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import crises as queries
from twelp.model import Crisis, CrisisState, Kind


class CrisisTx(Base):
    """The part of a transaction that is about crises."""

    def add_crisis(self, crisis: Crisis) -> bool:
        """A new case; False (and nothing done) where its question has one."""
        return self._add_once(queries.ADD, _row(crisis)) is not None

    def crisis(self, question_id: str) -> Crisis | None:
        """The case of a question, or None."""
        row = self._first(queries.ONE, {"its_question": question_id})
        return None if row is None else _crisis(row)

    def move_crisis(self, crisis: Crisis, **changes: Any) -> Crisis | None:
        """Compare-and-set on `version`: the changed case, or None when somebody else changed it first."""
        moved = replace(crisis, version=crisis.version + 1, **changes)
        whole = _row(moved)
        written = {name: whole[name] for name in (*changes, "version")}
        same = {"its_question": crisis.question, "its_version": crisis.version}
        return moved if self._changed(queries.MOVE, {**written, **same}) else None

    def open_crises(self, limit: int) -> Sequence[Crisis]:
        """Cases that are not handled, oldest first."""
        return [_crisis(row) for row in self._all(queries.NOT_OVER, {"most": limit})]

    def count_crises(self) -> Mapping[CrisisState, int]:
        """How many cases nobody has, and how many somebody has; a state without any is not in it."""
        return {CrisisState(row.state): int(row.times) for row in self._all(queries.COUNTS)}


def _row(crisis: Crisis) -> dict[str, Any]:
    """The row of a case."""
    return {
        "question": crisis.question,
        "kind": crisis.kind.value,
        "state": crisis.state.value,
        "reasons": columns.said(crisis.reasons),
        "opened_at": crisis.opened_at,
        "raised_by": crisis.raised_by,
        "rung": crisis.rung,
        "taken_by": crisis.taken_by,
        "taken_at": crisis.taken_at,
        "closed_by": crisis.closed_by,
        "closed_at": crisis.closed_at,
        "how": columns.held(crisis.how),
        "version": crisis.version,
    }


def _crisis(row: Any) -> Crisis:
    """The case of a row."""
    return Crisis(
        question=row.question,
        kind=Kind(row.kind),
        state=CrisisState(row.state),
        reasons=row.reasons,
        opened_at=row.opened_at,
        raised_by=row.raised_by,
        rung=row.rung,
        taken_by=row.taken_by,
        taken_at=row.taken_at,
        closed_by=row.closed_by,
        closed_at=row.closed_at,
        how=row.how,
        version=row.version,
    )
