"""Declines: people say that a question is not for them, or for nobody here; that can be taken back."""

from __future__ import annotations

from typing import Protocol

from twelp.desk import seeing
from twelp.desk.asks import Asks
from twelp.desk.claims import Claims
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.dispatcher import Dispatcher
from twelp.desk.lessons import Lessons
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows
from twelp.flow import card, lifecycle, subject
from twelp.flow.lifecycle import Step
from twelp.flow.seen import Act
from twelp.model import AskState, Done, JournalStep, Press, Question, Stage
from twelp.ports import LeftAloneTx, LessonsTx
from twelp.texts import acts, reasons
from twelp.texts.phrase import Text


class DeclinesRows(AskingRows, LeftAloneTx, LessonsTx, Protocol):
    """Rows that `Declines` touches."""


class Declines:
    """Not me, not a question, not ours, and bringing a question back."""

    def __init__(
        self,
        ctx: Context[DeclinesRows],
        *,
        claims: Claims,
        dispatcher: Dispatcher,
        asks: Asks,
        lessons: Lessons,
        roll: Roll,
    ) -> None:
        self._ctx = ctx
        self._claims = claims
        self._dispatcher = dispatcher
        self._asks = asks
        self._lessons = lessons
        self._roll = roll

    @retry_on_conflict
    def pass_on(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """ "Not me": the person is not asked about it again, and somebody else is asked now."""
        with self._ctx.store.transaction() as tx:
            question, refusal = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refusal
            unseen = seeing.refusal(self._ctx, tx, Act.PASS_ON, question, person, press)
            if unseen is not None:
                return unseen
            moved = self.declined(tx, question, person, JournalStep.NOT_ME)
            if moved is not None:
                self._ctx.refresh_cards(tx, moved)
                if moved.stage in lifecycle.UNCLAIMED:
                    self._dispatcher.replace(tx, moved)
            return Done(True, acts.PASSED)

    def declined(
        self, tx: DeclinesRows, question: Question, person: str, step: JournalStep, *why: str, **detail: str
    ) -> Question | None:
        """Within a transaction: this person will not be asked again; the question as it now is, or None if no step."""
        mine = [ask for ask in self._asks.asks(tx, question.id) if ask.expert == person]
        if any(ask.state is AskState.PASSED for ask in mine):
            return None
        for ask in mine:
            tx.set_ask(ask.id, state=AskState.PASSED)
        if question.stage is Stage.CLAIMED and question.claimed_by == person:
            question = self._claims.free(tx, question, Step.RELEASE) or question
        topics = {ask.topic: "" for ask in mine if ask.topic is not None} or {t.topic: "" for t in question.topics[:1]}
        self._ctx.journal(tx, question.id, person, step, *why, detail={"topics": list(topics), **detail})
        return self._ctx.transition(tx, question, Step.PASS)

    def dismiss(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """ "Not a question": nobody is asked any more, and the matcher learns it."""
        return self._dismiss(question_id, person, JournalStep.NOT_A_QUESTION, reasons.NOT_A_QUESTION, press)

    def not_ours(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """ "Not our topic": a question, but for nobody here; the matcher learns that, too."""
        return self._dismiss(question_id, person, JournalStep.NOT_OUR_TOPIC, reasons.NOT_OURS, press)

    @retry_on_conflict
    def _dismiss(self, question_id: str, person: str, step: JournalStep, words: Text, press: Press | None) -> Done:
        with self._ctx.store.transaction() as tx:
            question, refusal = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refusal
            if question.stage is Stage.CLAIMED and question.claimed_by != person:
                return Done(False, self._claims.standing(question))
            unseen = seeing.refusal(self._ctx, tx, Act.DISMISS, question, person, press)
            if unseen is not None:
                return unseen
            reason, now = words(who=self._ctx.name(person)), self._ctx.clock.now()
            moved = self._ctx.transition(tx, question, Step.DISMISS, reason=reason, claimed_by=person, claimed_at=now)
            if moved is None:
                return Done(False, self._claims.standing(question))
            self._ctx.journal(tx, question_id, person, step)
            tx.learn(question_id, subject.words(question.post), None, self._ctx.clock.now())
            self._ctx.refresh_cards(tx, moved)
        self._lessons.catch_up()
        return Done(True, acts.DISMISSED)

    @retry_on_conflict
    def restore(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """Brings a question back that was set aside, and unlearns what that taught. Who did it may, and moderators."""
        with self._ctx.store.transaction() as tx:
            question, refusal = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refusal
            if question.stage in lifecycle.UNCLAIMED:
                return Done(True, acts.BROUGHT_BACK)
            if question.stage not in (Stage.DISMISSED, Stage.RETRACTED):
                return Done(False, self._claims.standing(question))
            if not card.may_restore(person, question, self._roll.active(tx)):
                return Done(False, acts.NOT_YOURS_TO_BRING_BACK)
            unseen = seeing.refusal(self._ctx, tx, Act.RESTORE, question, person, press)
            if unseen is not None:
                return unseen
            if self.bring_back(tx, question, person) is None:
                return Done(False, self._claims.standing(question))
        self._lessons.catch_up()
        return Done(True, acts.BROUGHT_BACK)

    def bring_back(self, tx: DeclinesRows, question: Question, person: str) -> Question | None:
        """Within a transaction: a question that was set aside is asked again; None where that is no step."""
        moved = self._bring_back(tx, question)
        if moved is not None:
            self._ctx.journal(tx, moved.id, person, JournalStep.BRING_BACK)
            self._ctx.enqueue(tx, "give_up", f"give_up:{moved.id}", moved.id, delay=self._ctx.policy.give_up_after)
            key, delay = f"widen:{moved.id}:{moved.wave}", self._ctx.policy.wave_after
            self._ctx.enqueue(tx, "widen", key, moved.id, moved.wave, delay=delay)
            self._ctx.refresh_cards(tx, moved)
        return moved

    def _bring_back(self, tx: DeclinesRows, question: Question) -> Question | None:
        """One whose answer was taken back goes on with another turn: the next answer is another one."""
        if question.stage is Stage.RETRACTED:
            left = tx.left_alone(question.post.network, question.post.author.id) or question.post.gone
            more = {"turn": question.turn + 1, "reply_url": "", "reason": "", "closed_at": None}
            return None if left else self._claims.free(tx, question, Step.REOPEN, **more)
        moved = self._claims.free(tx, question, Step.RESTORE, reason="", closed_at=None)
        if moved is not None:
            self._learn_again(tx, moved)
        return moved

    def _learn_again(self, tx: DeclinesRows, question: Question) -> None:
        """What the dismissal taught is forgotten; what somebody had said it is about before, holds again."""
        said = [entry.detail.get("topic") for entry in tx.trail(question.id) if entry.step is JournalStep.WRONG_TOPIC]
        if said and said[-1] in self._ctx.roster.topics:
            tx.learn(question.id, subject.words(question.post), said[-1], self._ctx.clock.now())
        else:
            tx.unlearn(question.id, self._ctx.clock.now())
