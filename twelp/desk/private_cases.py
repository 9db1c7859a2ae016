"""Private cases: who may read one, who is told of it, how it changes.

Only its owner and the moderators ever see a word of it (with an alarm, whom the roster names for such). A card in Slack
that another one took the place of, or whose person has no part in it any more, shows no word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from hashlib import blake2b
from typing import Any, Protocol

from twelp.desk.cases import Cases
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.roll import Roll
from twelp.desk.rows import CardRows
from twelp.flow import private
from twelp.flow.dispatch import free_at
from twelp.flow.lifecycle import Step
from twelp.model import (
    DeliveryKind,
    Expert,
    JournalStep,
    Level,
    PrivateCase,
    PrivateMessage,
    PrivateState,
)
from twelp.ports import Conflict

_REMIND_AFTER = timedelta(minutes=30)
_REMIND_LATER = timedelta(hours=8)
"""The pause between two rounds of the moderators doubles from the first to the second of these."""


class PrivateRows(CardRows, Protocol):
    """Rows that private cases touch."""


def case_id(network: str, person: str) -> str:
    """The id of what this person and we write to each other: it names nobody."""
    return f"private:{blake2b(f'{network}:{person}'.encode(), digest_size=10).hexdigest()}"


class PrivateCases:
    """What everybody who deals with private cases needs to know and to write down."""

    def __init__(self, ctx: Context[PrivateRows], *, roll: Roll, cases: Cases) -> None:
        self._ctx = ctx
        self._roll = roll
        self._cases = cases

    def may_see(self, tx: PrivateRows, case: PrivateCase, person: str) -> bool:
        """Whether this person may read it, and reply."""
        found = self._roll.active(tx).experts.get(person)
        if found is None:
            return False
        if found.level is Level.MODERATOR or (case.owner == person and not case.is_alarm):
            return True
        return case.is_alarm and self._cases.may_act(tx, person, case.kind)

    def moderates(self, tx: PrivateRows, person: str) -> bool:
        """Whether this person may give it to somebody, and let another's reply pass."""
        found = self._roll.active(tx).experts.get(person)
        return found is not None and found.level is Level.MODERATOR

    def move(self, tx: PrivateRows, case: PrivateCase, **changes: Any) -> PrivateCase:
        """The case, changed.

        Raises:
            Conflict: somebody else changed it first.
        """
        moved = tx.move_private_case(case, **changes)
        if moved is None:
            raise Conflict(case.id)
        return moved

    def note(self, tx: PrivateRows, case: PrivateCase, actor: str, step: JournalStep, *reasons: str) -> None:
        """One line of the journal, under the public question where there is one: that it happened, never what."""
        self._ctx.journal(tx, case.question or case.id, actor, step, *reasons)

    # ------------------------------------------------------------ who is told

    def tell(self, tx: PrivateRows, case: PrivateCase) -> None:
        """Whoever must do something now gets a new card, which notifies; the timer of the next round is set."""
        owner = self._roll.active(tx).experts.get(case.owner or "")
        moderators = self._moderators(tx, case)
        people = private.told(
            owner.id if owner is not None and not case.is_alarm else None,
            owner_is_there=owner is not None and self._is_there(owner),
            moderators=[one.id for one in moderators],
            awake=[one.id for one in moderators if self._is_there(one)],
            alarm=case.is_alarm,
        )
        self.tell_these(tx, case, people)
        wait = self._ctx.policy.wave_after if people == (case.owner,) else _REMIND_AFTER
        self._round(tx, case, 0, wait)

    def tell_these(self, tx: PrivateRows, case: PrivateCase, people: Collection[str]) -> None:
        """A new card for each; their earlier ones, and those of who may not read it any more, show no word from now."""
        for copy in tx.private_copies(case.id):
            if copy.is_open and (copy.person in people or not self.may_see(tx, case, copy.person)):
                tx.set_private_copy(copy.id, is_open=False)
        for person in people:
            copy = tx.add_private_copy(case.id, person)
            key, kind = f"private-card:{copy.id}:{case.id}", DeliveryKind.PRIVATE_CARD
            self._ctx.send(tx, kind, key, question=case.id, subject=str(copy.id), to=person, target=person)
        self.refresh(tx, case)

    def refresh(self, tx: PrivateRows, case: PrivateCase) -> None:
        """Every card of it says what is true now."""
        for copy in tx.private_copies(case.id):
            key, kind = f"private-refresh:{copy.id}:{case.version}", DeliveryKind.PRIVATE_REFRESH
            if copy.sent and copy.shown < case.version:
                self._ctx.send(
                    tx, kind, key, question=case.id, subject=str(copy.id), to=copy.person, target=copy.person
                )

    def draw_public_cards(self, tx: PrivateRows, case: PrivateCase) -> None:
        """The card of the public question says how it stands."""
        question = tx.question(case.question) if case.question is not None else None
        moved = self._ctx.transition(tx, question, Step.EDIT) if question is not None else None
        if moved is not None:
            self._ctx.refresh_cards(tx, moved)

    @retry_on_conflict
    def silent(self, private_id: str, wrote_at: float, number: int) -> None:
        """Nobody replied in time: the moderators hear of it, again and again, until somebody does."""
        with self._ctx.store.transaction() as tx:
            case = tx.private_case(private_id)
            if case is None or case.state is not PrivateState.WAITING or case.wrote_at is None:
                return
            if case.wrote_at.timestamp() != wrote_at or not self._has_words(tx.private_messages(case.id)):
                return
            self.note(tx, case, "dispatch", JournalStep.PRIVATE_SILENT)
            moderators = self._moderators(tx, case)
            there = [one.id for one in moderators if case.is_alarm or self._is_there(one)]
            self.tell_these(tx, case, there or [one.id for one in moderators])
            self._round(tx, case, number + 1, min(_REMIND_AFTER * 2**number, _REMIND_LATER))

    def _round(self, tx: PrivateRows, case: PrivateCase, number: int, delay: timedelta) -> None:
        if case.wrote_at is not None:
            key, since = f"private_silent:{case.id}", case.wrote_at.timestamp()
            self._ctx.jobs.cancel(tx, key)
            self._ctx.enqueue(tx, "private_silent", key, case.id, since, number, delay=delay)

    def _moderators(self, tx: PrivateRows, case: PrivateCase) -> list[Expert]:
        found = {one.id: one for one in self._roll.moderators(tx)}
        if case.is_alarm:
            active = self._roll.active(tx).experts
            listed = [active[one] for one in self._ctx.roster.alarms.listed(case.kind) if one in active]
            found |= {one.id: one for one in (*listed, *(e for e in active.values() if e.on_call))}
        return list(found.values())

    def _is_there(self, expert: Expert) -> bool:
        now = self._ctx.clock.now()
        return self._ctx.policy.unlimited or free_at(expert, now) == now

    def _has_words(self, messages: Iterable[PrivateMessage]) -> bool:
        theirs = [one for one in messages if not one.ours]
        return bool(theirs) and theirs[-1].removed_at is None
