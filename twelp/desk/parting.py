"""Parting: who does not belong to the matter they joined, or should be asked about first.

A person sees that a post is not the same, and one tap splits it off. A later detail or an edit that names another thing
does so by itself: who joined is asked by themselves; where the lead turns out to be about something else, the others go
on without it.
"""

from __future__ import annotations

from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.matters import Matters
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows
from twelp.flow import sameness
from twelp.flow.lifecycle import Step
from twelp.model import Done, JournalStep, Level, Question, Stage
from twelp.ports import Conflict
from twelp.texts import acts, reasons


class Parting:
    """What splits a matter."""

    def __init__(self, ctx: Context[AskingRows], *, roll: Roll, matters: Matters) -> None:
        self._ctx = ctx
        self._roll = roll
        self._matters = matters

    @retry_on_conflict
    def ask_first(self, question_id: str, person: str, *, wanted: bool) -> Done:
        """A moderator wants to be asked before others who ask the same get this answer; or not any more."""
        with self._ctx.store.transaction() as tx:
            refused = self._roll.may_act(tx, person)
            found = self._roll.active(tx).experts.get(person)
            if refused is not None or found is None or found.level is not Level.MODERATOR:
                return refused or Done(False, acts.MODERATORS_DECIDE)
            question = tx.question(question_id)
            if question is None or question.matter is not None or question.stage is Stage.WITHDRAWN:
                return Done(False, acts.NOT_JOINED)
            if question.ask_first is wanted:
                return Done(True, acts.ASKS_FIRST if wanted else acts.GIVES_AGAIN)
            moved = self._ctx.transition(tx, question, Step.EDIT, ask_first=wanted)
            if moved is None:
                return Done(False, acts.NOT_JOINED)
            step = JournalStep.ASK_FIRST if wanted else JournalStep.GIVEN_AGAIN
            self._ctx.journal(tx, question.id, person, step)
            self._ctx.refresh_cards(tx, moved)
            return Done(True, acts.ASKS_FIRST if wanted else acts.GIVES_AGAIN)

    @retry_on_conflict
    def split(self, question_id: str, person: str) -> Done:
        """Somebody sees that it is not the same: it is asked by itself."""
        with self._ctx.store.transaction() as tx:
            refused = self._roll.may_act(tx, person)
            if refused is not None:
                return refused
            question = tx.question(question_id)
            if question is None or question.stage is not Stage.JOINED:
                return Done(False, acts.NOT_JOINED)
            self.split_off(tx, question, by=person)
            return Done(True, acts.SPLIT_OFF)

    def split_off(self, tx: AskingRows, question: Question, by: str = "matter") -> None:
        """It is a matter of its own, and asked by itself."""
        lead = tx.question(question.matter or "")
        moved = self._ctx.transition(tx, question, Step.SPLIT, matter=None, reason="")
        if moved is None:
            return
        if lead is not None:
            if not tx.add_asker(lead, -1):
                raise Conflict(lead.id)
            self._matters.tell_of(tx, lead, max(2, lead.askers - 1))
        self._ctx.journal(tx, moved.id, by, JournalStep.SPLIT)
        self._matters.stand_alone(tx, moved)

    # ------------------------------------------------------------ what customers write since

    def hear_detail(self, tx: AskingRows, question: Question, words: str) -> bool:
        """What a customer added may name a thing that makes it another matter; whether they were split off by it."""
        if question.matter is None:
            self._leave_others(tx, question, sameness.told(words, products=self._products(), language="", topic=None))
            return False
        lead = tx.question(question.matter)
        if lead is None or question.stage is not Stage.JOINED:
            return False
        added = sameness.told(words, products=self._products(), language="", topic=None)
        if sameness.contradicts(self._matters.told(lead), added) is None:
            return False
        self.split_off(tx, question)
        return True

    def hear_edit(self, tx: AskingRows, question: Question) -> bool:
        """The customer's newer words may be about something else; whether they were split off by it."""
        if question.matter is None:
            self._leave_others(tx, question, self._matters.told(question))
            return False
        if question.stage is not Stage.JOINED or self._matters.fits(question, question.matter):
            return False
        self.split_off(tx, question)
        return True

    def _leave_others(self, tx: AskingRows, lead: Question, said: sameness.Told) -> None:
        """A lead that is about something else by its newer words is asked for itself; the oldest of the others leads
        these."""
        others = tx.joined(lead.id, 1) if lead.askers > 1 else ()
        if not others or sameness.contradicts(self._matters.told(others[0]), said) is None:
            return
        if not tx.add_asker(lead, 1 - lead.askers):
            raise Conflict(lead.id)
        self._ctx.journal(tx, lead.id, "matter", JournalStep.SPLIT, reasons.OTHERS_GO_ON)
        self._matters.lead_instead(tx, lead, others[0])

    def _products(self) -> tuple[str, ...]:
        return tuple(alias for topic in self._ctx.roster.topics.values() for alias in topic.aliases)
