"""Acts on a private case: a moderator gives it to somebody; whoever has it says that no reply is needed."""

from __future__ import annotations

from typing import Protocol

from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.private_cards import PrivateCards
from twelp.desk.private_cases import PrivateCases
from twelp.desk.roll import Roll
from twelp.desk.rows import CardRows
from twelp.model import Done, JournalStep, Press, PrivateCard, PrivateCase, PrivateState
from twelp.texts import acts


class PrivateActsRows(CardRows, Protocol):
    """Rows that acts on a private case touch."""


class PrivateActs:
    """Acts on a private case."""

    def __init__(
        self, ctx: Context[PrivateActsRows], *, privates: PrivateCases, cards: PrivateCards, roll: Roll
    ) -> None:
        self._ctx = ctx
        self._privates = privates
        self._cards = cards
        self._roll = roll

    def shown(self, private_id: str, person: str) -> PrivateCard | Done:
        """The case as it is now; or why not."""
        with self._ctx.store.read() as tx:
            case = tx.private_case(private_id)
            if case is None or not self._privates.moderates(tx, person):
                return Done(False, acts.PRIVATE_NOT_YOURS)
            return self._cards.show(tx, case, person)

    @retry_on_conflict
    def give(self, private_id: str, person: str, other: str, press: Press | None = None) -> Done:
        """A moderator gives the case to a colleague, who reads all that the customer wrote since it was opened."""
        with self._ctx.store.transaction() as tx:
            case, refused = self._case(tx, private_id, person, press)
            if case is None:
                return refused
            if not self._privates.moderates(tx, person) or case.is_alarm:
                return Done(False, acts.CASES_ARE_FOR)
            if other not in self._roll.active(tx).experts:
                return Done(False, acts.PRIVATE_NOBODY)
            if case.state is PrivateState.REPLYING:
                return Done(False, acts.PRIVATE_ON_ITS_WAY)
            theirs = [one.at for one in tx.private_messages(case.id) if not one.ours and one.removed_at is None]
            begun = min([case.opened_at, *theirs]) if case.owner != other else case.opened_at
            moved = self._privates.move(tx, case, owner=other, opened_at=begun)
            self._privates.note(tx, moved, person, JournalStep.PRIVATE_GIVEN, self._ctx.name(other))
            if moved.state is PrivateState.WAITING:
                self._privates.tell(tx, moved)
            else:
                self._privates.tell_these(tx, moved, [other])
            return Done(True, acts.PRIVATE_GIVEN)

    @retry_on_conflict
    def settle(self, private_id: str, person: str, press: Press | None = None) -> Done:
        """No reply is needed."""
        with self._ctx.store.transaction() as tx:
            case, refused = self._case(tx, private_id, person, press)
            if case is None:
                return refused
            if case.state is not PrivateState.WAITING:
                return Done(False, acts.PRIVATE_CARD_CHANGED)
            moved = self._privates.move(tx, case, state=PrivateState.ANSWERED)
            self._ctx.jobs.cancel(tx, f"private_silent:{case.id}")
            self._privates.note(tx, moved, person, JournalStep.PRIVATE_SETTLED)
            self._privates.refresh(tx, moved)
            return Done(True, "")

    def _case(
        self, tx: PrivateActsRows, private_id: str, person: str, press: Press | None
    ) -> tuple[PrivateCase | None, Done]:
        refused, case = self._roll.may_act(tx, person), tx.private_case(private_id)
        if refused is not None:
            return None, refused
        if case is None or not self._privates.may_see(tx, case, person):
            return None, Done(False, acts.PRIVATE_NOT_YOURS)
        if press is not None and press.seen != str(case.version):
            self._privates.refresh(tx, case)
            return None, Done(False, acts.PRIVATE_CARD_CHANGED)
        return case, Done(True, "")
