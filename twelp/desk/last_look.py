"""The last look: right before something goes out to a person, whether it may reach them at this moment.

Who must not be asked after all has not been asked: their ask is given back, and somebody else is asked in their place.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from twelp.desk.asks import Asks
from twelp.desk.context import Context
from twelp.desk.dispatcher import Dispatcher
from twelp.desk.peace import Peace, comes_too_late, waits_until
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows
from twelp.flow import volunteers
from twelp.flow.lifecycle import UNCLAIMED, Step
from twelp.model import Ask, AskRole, AskState, Break, Delivery, DeliveryKind, Expert, JournalStep, Question


class LastLook:
    """What delivery asks before a call to Slack, and what follows when the call must not be made."""

    def __init__(self, ctx: Context[AskingRows], *, roll: Roll, asks: Asks, dispatcher: Dispatcher) -> None:
        self._ctx = ctx
        self._roll = roll
        self._asks = asks
        self._dispatcher = dispatcher

    def forbidden(self, tx: AskingRows, ask_id: int) -> str | None:
        """Why this person may not be asked after all, now that the card would go out; None when they may.

        Who took the question themselves gets its card whatever the hour.
        """
        ask = tx.ask(ask_id)
        question = tx.question(ask.question) if ask else None
        if ask is None or question is None or self._whatever_the_hour(ask, question):
            return None
        peace = self._peace(tx)
        why = peace.forbids(ask)
        if why is None:
            peace.count(ask)
        return why

    def _whatever_the_hour(self, ask: Ask, question: Question) -> bool:
        """Whether no limits are kept: a danger that comes late still comes; who took it themselves gets its card."""
        if self._ctx.policy.unlimited or ask.role in (AskRole.CHANNEL, AskRole.CRISIS):
            return True
        return question.claimed_by == ask.expert and ask.role is AskRole.ANSWER

    def _peace(self, tx: AskingRows) -> Peace:
        return Peace(tx, self._roll.active(tx), self._ctx.clock.now())

    def may_be_asked(self, tx: AskingRows, ask_id: int) -> bool:
        """Whether this person may be asked now, and nothing has to be written down for that."""
        ask = tx.ask(ask_id)
        question = tx.question(ask.question) if ask else None
        if ask is None or question is None:
            return False
        return self._whatever_the_hour(ask, question) or self._peace(tx).is_plain(ask)

    def not_sent(self, tx: AskingRows, ask_id: int, why: str) -> None:
        """The card did not go out, as the person must not be asked now: somebody else is, in their place."""
        ask = tx.ask(ask_id)
        if ask is not None:
            self._ask_another(tx, ask, JournalStep.DID_NOT_ASK, why)

    def resting(self, tx: AskingRows, ask_id: int, during: Break) -> None:
        """Slack says that this person wants quiet: they are not asked before it ends, and somebody else is now."""
        ask = tx.ask(ask_id)
        if ask is not None:
            self.disturbed(tx, ask.expert, during)
            self._ask_another(tx, ask, JournalStep.WANTS_QUIET, f"until {during.end:%H:%M} UTC")

    def disturbed(self, tx: AskingRows, person: str, during: Break) -> None:
        """Slack says when this person wants quiet."""
        own = tx.volunteer(person)
        if own.disturb != during:
            tx.set_volunteer(replace(own, disturb=during))

    def _ask_another(self, tx: AskingRows, ask: Ask, step: JournalStep, why: str) -> None:
        """This ask reached nobody and counts for nothing; a moderator who sleeps is asked again when they are awake."""
        question = tx.question(ask.question)
        if question is None:
            return
        tx.set_ask(ask.id, state=AskState.CLOSED)
        self._ctx.journal(tx, question.id, "dispatch", step, self._ctx.name(ask.expert), why)
        if ask.role is AskRole.SAMPLE:
            return
        moved = self._ctx.transition(tx, question, Step.PASS) if ask.role is AskRole.ANSWER else None
        if moved is not None and moved.stage in UNCLAIMED:
            self._dispatcher.replace(tx, moved)

    def sift_digest(self, tx: AskingRows, key: str) -> None:
        """Takes out of a digest that is about to go out what its person must not be asked now, the newest first."""
        for ask_id, _, _ in reversed(self._asks.digest(tx, key, unsent=True)):
            why = self.forbidden(tx, ask_id)
            if why is not None:
                self.not_sent(tx, ask_id, why)

    def waits_until(self, tx: AskingRows, row: Delivery) -> datetime | None:
        """When a note or an invitation may reach its person, if that is later than now."""
        if row.errand is DeliveryKind.INVITATION and tx.volunteer(row.subject).has_invitation:
            return None  # it changes in its place, which nobody notices
        expert = self._as_they_wish(tx, row.subject)
        return None if self._ctx.policy.unlimited else waits_until(row, expert, self._ctx.clock.now())

    def comes_too_late(self, tx: AskingRows, row: Delivery) -> bool:
        """Whether a note is for the waking hours only, and its person rests now."""
        expert = self._as_they_wish(tx, row.subject)
        return not self._ctx.policy.unlimited and comes_too_late(row, expert, self._ctx.clock.now())

    def _as_they_wish(self, tx: AskingRows, person: str) -> Expert | None:
        """A listed person with their own words, whether they take part or not."""
        listed = self._ctx.roster.experts.get(person)
        return None if listed is None else volunteers.with_own_words(listed, tx.volunteer(person))
