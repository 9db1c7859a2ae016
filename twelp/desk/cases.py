"""Cases: who has one, who may, how it stands. Each change is a compare-and-set: of two who press at once one wins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Protocol

from twelp.desk.context import Context
from twelp.desk.roll import Roll
from twelp.desk.rows import JournalledRows, RefreshRows
from twelp.flow import ladder
from twelp.model import Ask, AskRole, Crisis, CrisisState, Done, JournalStep, Kind, Level, Question
from twelp.ports import Conflict, CrisesTx
from twelp.texts import acts


class CasesRows(RefreshRows, JournalledRows, CrisesTx, Protocol):
    """Rows that `Cases` touches."""


_REMIND_AFTER = timedelta(minutes=30)
"""How long who has a case is left in peace."""


class Cases:
    """What everybody who deals with cases needs to know and to write down."""

    def __init__(self, ctx: Context[CasesRows], *, roll: Roll) -> None:
        self._ctx = ctx
        self._roll = roll

    def may_act(self, tx: CasesRows, person: str, kind: Kind) -> bool:
        """Whether this person may take such a case: moderators, whom the roster names for it, who is on call."""
        found = self._roll.active(tx).experts.get(person)
        if found is None:
            return False
        return found.level is Level.MODERATOR or found.on_call or person in self._ctx.roster.alarms.listed(kind)

    def bars(self, tx: CasesRows, question: Question, crisis: Crisis, person: str) -> Done | None:
        """Why this person may not answer in public now; None where they may."""
        if not self.may_act(tx, person, crisis.kind):
            return Done(False, acts.CASES_ARE_FOR)
        return Done(False, self.standing(crisis)) if crisis.held_by not in (None, person) else None

    def take(self, tx: CasesRows, question: Question, crisis: Crisis, person: str) -> None:
        """The person has the case; every card says so."""
        if crisis.held_by != person:
            over = (f"over from {self._ctx.name(crisis.held_by)}",) if crisis.held_by is not None else ()
            now = self._ctx.clock.now()
            taken = self.move(tx, crisis, state=CrisisState.TAKEN, taken_by=person, taken_at=now)
            self.remind_later(tx, taken, 0)
            self._ctx.jobs.cancel(tx, f"ring:{question.id}")
            self._ctx.journal(tx, question.id, person, JournalStep.TAKE, *over)
        self.refresh(tx, question)

    def remind_later(self, tx: CasesRows, crisis: Crisis, number: int) -> None:
        """Sets the timer of the holder's next reminder: after 30 minutes, then twice that, 8 hours at most."""
        if crisis.taken_at is not None:
            delay, at = ladder.wait(_REMIND_AFTER, number), crisis.taken_at.timestamp()
            key = f"remind_holder:{crisis.question}"
            self._ctx.jobs.cancel(tx, key)
            self._ctx.enqueue(tx, "remind_holder", key, crisis.question, at, number, delay=delay)

    def standing(self, crisis: Crisis) -> str:
        """How the case stands, in words for somebody whose act came too late."""
        if crisis.state is CrisisState.TAKEN and crisis.taken_at is not None:
            who = self._ctx.name(crisis.taken_by)
            minutes = int((self._ctx.clock.now() - crisis.taken_at) / timedelta(minutes=1))
            return acts.HAS_CASE_NOW(who=who) if minutes < 1 else acts.HAS_CASE(who=who, count=minutes)
        if crisis.state is CrisisState.HANDLED and crisis.closed_by is not None:
            return acts.CASE_HANDLED(who=self._ctx.name(crisis.closed_by), how=crisis.how)
        if crisis.state is CrisisState.HANDLED:
            return crisis.how
        if crisis.state is CrisisState.NO_CRISIS:
            return acts.CASE_WAS_NONE(who=self._ctx.name(crisis.closed_by))
        return acts.NOBODY_HAS_CASE

    def move(self, tx: CasesRows, crisis: Crisis, **changes: Any) -> Crisis:
        """The case, changed.

        Raises:
            Conflict: somebody else changed it first.
        """
        moved = tx.move_crisis(crisis, **changes)
        if moved is None:
            raise Conflict(crisis.question)
        return moved

    def refresh(self, tx: CasesRows, question: Question) -> None:
        """Every card of it and every moderator's own tab say what is true now."""
        self._ctx.refresh_cards(tx, question)
        moderators = [one.id for one in self._roll.moderators(tx)]
        self._ctx.refresh_homes(tx, moderators, f"{question.id}:{question.version}:crisis")

    def cards(self, tx: CasesRows, question: Question) -> list[Ask]:
        """Whoever was told of it, with their cards."""
        return [ask for ask in tx.asks(question.id) if ask.role is AskRole.CRISIS]
