"""How long private words are kept: after some days they leave the rows and the cards; that they were written stays."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.private_cases import PrivateCases
from twelp.desk.rows import CardRows
from twelp.model import ON_ITS_WAY, JournalStep, PrivateCase
from twelp.ports import Conflict


class PrivateKeepingRows(CardRows, Protocol):
    """Rows that removing private words touches."""


class PrivateKeeping:
    """Removes private words."""

    def __init__(self, ctx: Context[PrivateKeepingRows], *, privates: PrivateCases) -> None:
        self._ctx = ctx
        self._privates = privates

    def expire_later(self, tx: PrivateKeepingRows, case: PrivateCase, at: datetime) -> None:
        """Sets the timer after which what was written at that hour is removed."""
        due = at + self._ctx.policy.keep_private
        self._ctx.enqueue(tx, "private_expire", f"private_expire:{case.id}", case.id, run_at=due)

    @retry_on_conflict
    def expire(self, private_id: str) -> None:
        """Removes the words whose time is over."""
        with self._ctx.store.transaction() as tx:
            case = tx.private_case(private_id)
            if case is not None:
                self.forget(tx, case, self._ctx.clock.now() - self._ctx.policy.keep_private)

    def forget(self, tx: PrivateKeepingRows, case: PrivateCase, until: datetime) -> None:
        """Words that were written until then are removed, here and from cards; that they were written stays."""
        now = self._ctx.clock.now()
        old = [one for one in tx.private_messages(case.id) if one.at <= until and one.removed_at is None]
        old = [one for one in old if one.state not in ON_ITS_WAY]
        for message in old:
            if tx.set_private_message(message, message.state, text="", reason="", removed_at=now) is None:
                raise Conflict(case.id)
        if old:
            moved = self._privates.move(tx, case)
            self._privates.note(tx, moved, "customer", JournalStep.PRIVATE_REMOVED, str(len(old)))
            self._privates.refresh(tx, moved)
