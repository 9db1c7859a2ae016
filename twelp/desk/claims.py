"""Claims: one expert at a time holds a question, on a lease that runs out by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Protocol

from twelp.desk import seeing
from twelp.desk.asks import Asks
from twelp.desk.cases import Cases
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.dispatcher import Dispatcher
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows
from twelp.flow.lifecycle import Step
from twelp.flow.seen import Act
from twelp.model import Candidate, Done, JournalStep, Press, Question, Stage, is_private_post
from twelp.ports import LeftAloneTx
from twelp.texts import acts, reasons


class ClaimsRows(AskingRows, LeftAloneTx, Protocol):
    """Rows that `Claims` touches."""


class Claims:
    """Taking a question, keeping it, and giving it back."""

    def __init__(
        self,
        ctx: Context[ClaimsRows],
        *,
        asks: Asks,
        dispatcher: Dispatcher,
        roll: Roll,
        cases: Cases,
    ) -> None:
        self._ctx = ctx
        self._cases = cases
        self._asks = asks
        self._dispatcher = dispatcher
        self._roll = roll

    @retry_on_conflict
    def claim(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """The person takes the question, or is told who was first and since when."""
        with self._ctx.store.transaction() as tx:
            question, refusal = self.question_for(tx, question_id, person)
            if question is None:
                return refusal
            unseen = seeing.refusal(self._ctx, tx, Act.CLAIM, question, person, press)
            if unseen is not None:
                return unseen
            taken = self.take(tx, question, person)
            if isinstance(taken, Done):
                return taken
            return Done(True, acts.YOURS, {"until": taken.claimed_until})

    def take(self, tx: ClaimsRows, question: Question, person: str) -> Question | Done:
        """Within a transaction: the question with this person as its holder, or why not."""
        if is_private_post(question.id):
            return Done(False, acts.PRIVATE_ONLY)
        if tx.left_alone(question.post.network, question.post.author.id):
            return Done(False, acts.LEFT_ALONE)
        crisis = tx.crisis(question.id) if question.stage is Stage.CRISIS else None
        if crisis is not None and (barred := self._cases.bars(tx, question, crisis, person)) is not None:
            return barred
        now = self._ctx.clock.now()
        until = now + self._ctx.policy.claim_for
        if question.stage is Stage.CLAIMED and question.claimed_by == person:
            return question
        moved = self._ctx.transition(
            tx, question, Step.CLAIM, claimed_by=person, claimed_at=now, claimed_until=until, reason="", closed_at=None
        )
        if moved is None:
            return Done(False, self.standing(question))
        if crisis is not None:
            self._cases.take(tx, moved, crisis, person)
        self._ctx.journal(tx, question.id, person, JournalStep.CLAIM, f"until {until:%H:%M} UTC")
        self.give_card(tx, moved, person)
        if question.stage is Stage.UNANSWERED:
            self._dispatcher.give_up_later(tx, moved)
        self.watch_lease(tx, moved)
        self._ctx.refresh_cards(tx, moved)
        return moved

    def give_card(self, tx: ClaimsRows, question: Question, person: str) -> None:
        """Who took a question from a channel or another's hands gets a card of their own."""
        if all(ask.expert != person for ask in self._asks.asks(tx, question.id)):
            found = Candidate(person, None, 1.0, (reasons.YOU_TOOK_IT,))
            self._asks.put_before(tx, question, found, self._dispatcher.records(tx), unlimited=True)

    def watch_lease(self, tx: ClaimsRows, question: Question) -> None:
        assert question.claimed_until is not None
        delay = question.claimed_until - self._ctx.clock.now()
        self._ctx.enqueue(tx, "lapse", f"lapse:{question.id}", question.id, delay=delay)

    @retry_on_conflict
    def lapse(self, question_id: str) -> None:
        """The lease's timer ran out: frees the question, unless the lease was renewed or is over."""
        with self._ctx.store.transaction() as tx:
            question = tx.question(question_id)
            if question is None or question.stage is not Stage.CLAIMED or question.claimed_until is None:
                return
            if timedelta(0) < question.claimed_until - self._ctx.clock.now() <= self._ctx.policy.claim_for:
                self.watch_lease(
                    tx, question
                )  # a lease never lasts longer: one that would was given by a clock gone wrong
                return
            moved = self.free(tx, question, Step.LAPSE)
            if moved is not None:
                self._ctx.journal(
                    tx,
                    question_id,
                    "dispatch",
                    JournalStep.CLAIM_RAN_OUT,
                    f"held by {self._ctx.name(question.claimed_by)}",
                )
                self._ctx.refresh_cards(tx, moved)
                self._dispatcher.dispatch(tx, moved)

    @retry_on_conflict
    def release(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """The person gives the question back; others are asked at once."""
        with self._ctx.store.transaction() as tx:
            question, refusal = self.question_for(tx, question_id, person)
            if question is None:
                return refusal
            if question.stage is not Stage.CLAIMED or question.claimed_by != person:
                return Done(False, self.standing(question))
            unseen = seeing.refusal(self._ctx, tx, Act.RELEASE, question, person, press)
            if unseen is not None:
                return unseen
            moved = self.free(tx, question, Step.RELEASE)
            if moved is None:
                return Done(False, self.standing(question))
            self._ctx.journal(tx, question_id, person, JournalStep.RELEASE)
            self._ctx.refresh_cards(tx, moved)
            self._dispatcher.dispatch(tx, moved)
            return Done(True, acts.GIVEN_BACK)

    def free(self, tx: ClaimsRows, question: Question, step: Step, **changes: Any) -> Question | None:
        return self._ctx.transition(tx, question, step, claimed_by=None, claimed_at=None, claimed_until=None, **changes)

    def question_for(self, tx: ClaimsRows, question_id: str, person: str) -> tuple[Question | None, Done]:
        """The question if this rostered person may act on it, else why not."""
        question = tx.question(question_id)
        refused = self._roll.may_act(tx, person)
        if refused is not None:
            return None, refused
        return question, Done(False, acts.NOT_KNOWN)

    def standing(self, question: Question) -> str:
        """Where the question stands, in words for somebody whose act came too late."""
        who = self._ctx.name(question.claimed_by)
        if question.stage is Stage.CLAIMED and question.claimed_at is not None:
            minutes = int((self._ctx.clock.now() - question.claimed_at).total_seconds() // 60)
            return acts.TOOK_IT_NOW(who=who) if minutes < 1 else acts.TOOK_IT(who=who, count=minutes)
        if question.stage is Stage.REFUSED:
            return acts.NETWORK_REFUSED(why=question.reason)
        if question.stage is Stage.CORRECTING:
            return acts.CORRECTING(who=who)
        if (stands := acts.STANDS.get(question.stage)) is not None:
            return stands(who=who)
        return acts.IS_OVER.get(question.stage, acts.NOBODY_HOLDS_IT)
