"""Corrections: a published answer is taken back, or taken down to be put right."""

from __future__ import annotations

from twelp.desk import seeing
from twelp.desk.answers import Answers
from twelp.desk.claims import Claims
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.lessons import Lessons
from twelp.desk.reviews import Reviews
from twelp.desk.roll import Roll
from twelp.flow import card
from twelp.flow.lifecycle import Step
from twelp.flow.seen import Act
from twelp.model import (
    AnswerState,
    Card,
    DeliveryState,
    Done,
    Errand,
    JournalStep,
    Press,
    Question,
    Stage,
)
from twelp.ports import Conflict, Tx
from twelp.texts import acts, reasons

_RETRACTABLE = (Stage.PUBLISHING, Stage.PAUSED, Stage.PUBLISHED)
"""Of an answer in the outbox, what stands of a thread may be taken back while no call is under way."""


class Corrections:
    """A wrong answer that is public."""

    def __init__(
        self,
        ctx: Context,
        *,
        claims: Claims,
        reviews: Reviews,
        roll: Roll,
        lessons: Lessons,
        answers: Answers,
    ) -> None:
        self._ctx = ctx
        self._claims = claims
        self._reviews = reviews
        self._roll = roll
        self._lessons = lessons
        self._answers = answers

    def standing_answer(self, question_id: str, person: str, press: Press | None = None) -> Card | Done:
        """The public answer as the window shows it that asks whether to take it back or to correct it; or why not."""
        with self._ctx.store.look() as tx:
            question, refused = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refused
            answer = self._reviews.spoken(tx, question_id)
            if question.stage not in _RETRACTABLE or answer is None:
                return Done(False, self._claims.standing(question))
            if not card.may_retract(person, answer.expert, self._roll.active(tx)):
                return Done(False, acts.NOT_YOURS_TO_TAKE_BACK)
            return self._answers.present(tx, Act.RETRACT, question, answer, press)

    @retry_on_conflict
    def retract(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """Takes a published answer back: deletes it on the network, and forgets what it taught.

        So, too, what stands of a thread while the network takes no more posts.
        """
        with self._ctx.store.begin() as tx:
            question, refused = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refused
            answer = self._reviews.spoken(tx, question_id)
            if question.stage not in _RETRACTABLE or answer is None:
                return Done(False, self._claims.standing(question))
            if not card.may_retract(person, answer.expert, self._roll.active(tx)):
                return Done(False, acts.NOT_YOURS_TO_TAKE_BACK)
            unseen = seeing.refusal(self._ctx, tx, Act.RETRACT, question, person, press)
            if unseen is not None:
                return unseen
            standing = answer.post_ids if question.stage is Stage.PUBLISHED else self._stop(tx, question)
            if not standing:
                return Done(False, self._claims.standing(question))
            reason = reasons.TOOK_IT_BACK(who=self._ctx.name(person))
            moved = self._ctx.transition(tx, question, Step.RETRACT, reason=reason)
            if moved is None:
                return Done(False, self._claims.standing(question))
            tx.set_answer(answer.id, AnswerState.RETRACTED, self._ctx.clock.now(), post_ids=standing, returned=True)
            tx.unlearn(question_id, self._ctx.clock.now())
            self._ctx.journal(tx, question_id, person, JournalStep.RETRACT, *(f"“{post}”" for post in answer.posts))
            key, subject = f"delete:{question_id}", str(answer.id)
            self._ctx.send(tx, Errand.DELETE, key, question=question_id, subject=subject, pieces=standing)
            self._ctx.refresh_cards(tx, moved)
        self._lessons.catch_up()
        return Done(True, acts.TAKEN_BACK)

    @retry_on_conflict
    def correct(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """Takes a published answer down, so that its author has the text back to change it and to confirm it anew.

        One answer stands at a time: the new one cannot be confirmed before every post of the old one is deleted. By
        one window once: sent again, it does not mean the new answer.
        """
        with self._ctx.store.begin() as tx:
            question, refused = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refused
            answer = self._reviews.spoken(tx, question_id)
            if answer is not None and not card.may_retract(person, answer.expert, self._roll.active(tx)):
                return Done(False, acts.NOT_YOURS_TO_TAKE_BACK)
            if question.stage is Stage.CORRECTING:
                return Done(True, acts.TO_CORRECT)
            if question.stage is not Stage.PUBLISHED or answer is None:
                return Done(False, self._claims.standing(question))
            unseen = seeing.refusal(self._ctx, tx, Act.CORRECT, question, person, press)
            if unseen is not None:
                return unseen
            if self._ctx.sent_before(tx, question, press):
                return Done(False, acts.SENT_BEFORE)
            why = reasons.CORRECTS(who=self._ctx.name(person))
            moved = self._ctx.transition(tx, question, Step.CORRECT, reason=reasons.RECALLING(why=why), closed_at=None)
            if moved is None:
                return Done(False, self._claims.standing(question))
            tx.set_answer(answer.id, AnswerState.ACCEPTED, self._ctx.clock.now(), reasons=(why,))
            self._ctx.journal(tx, question_id, person, JournalStep.CORRECT, *(f"“{post}”" for post in answer.posts))
            key, subject = f"recall:{question_id}:{moved.version}", str(answer.id)
            self._ctx.send(tx, Errand.RECALL, key, question=question_id, subject=subject, pieces=answer.post_ids)
            self._ctx.refresh_cards(tx, moved)
            return Done(True, acts.TO_CORRECT)

    def _stop(self, tx: Tx, question: Question) -> tuple[str, ...]:
        """No further post of the answer goes out; those that stand. None where nothing stands or a call is under way.

        Raises:
            Conflict: the next post's turn began at this moment.
        """
        row = tx.unfinished(question.id)
        if row is None or row.state is not DeliveryState.READY or not row.done:
            return ()
        if tx.set_delivery(row, DeliveryState.FAILED, self._ctx.clock.now(), error="taken back") is None:
            raise Conflict(question.id)
        return row.done
