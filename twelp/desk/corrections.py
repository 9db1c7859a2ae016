"""Corrections: a published answer is taken back, or put right; until the new one goes out, it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from twelp.desk import seeing, standing
from twelp.desk.answers import Answers
from twelp.desk.approvals import Approvals
from twelp.desk.claims import Claims
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.lessons import Lessons
from twelp.desk.reviews import Reviews
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows
from twelp.desk.sharing import Sharing
from twelp.desk.telling import tell
from twelp.flow import card, points
from twelp.flow.lifecycle import Step
from twelp.flow.seen import Act
from twelp.model import (
    Answer,
    AnswerState,
    Card,
    DeliveryKind,
    DeliveryState,
    Done,
    JournalStep,
    NoteKind,
    Press,
    Question,
    Stage,
)
from twelp.ports import Conflict, LeftAloneTx, LessonsTx
from twelp.texts import acts, notes, reasons

_RETRACTABLE = (Stage.PUBLISHING, Stage.PAUSED, Stage.PUBLISHED)
"""Of an answer in the outbox, what stands of a thread may be taken back while no call is under way."""


class CorrectionsRows(AskingRows, LeftAloneTx, LessonsTx, Protocol):
    """Rows that `Corrections` touches."""


class Corrections:
    """A wrong answer that is public."""

    def __init__(
        self,
        ctx: Context[CorrectionsRows],
        *,
        claims: Claims,
        reviews: Reviews,
        roll: Roll,
        lessons: Lessons,
        answers: Answers,
        sharing: Sharing,
        approvals: Approvals,
    ) -> None:
        self._ctx = ctx
        self._claims = claims
        self._reviews = reviews
        self._roll = roll
        self._lessons = lessons
        self._answers = answers
        self._sharing = sharing
        self._approvals = approvals

    def standing_answer(self, question_id: str, person: str, press: Press | None = None) -> Card | Done:
        """The public answer as the window shows it that asks whether to take it back or to correct it; or why not."""
        with self._ctx.store.read() as tx:
            found = self._public_answer(tx, question_id, person)
            if isinstance(found, Done):
                return found
            question, answer = found
            shown = self._approvals.present(tx, Act.RETRACT, question, answer, press)
            return replace(shown, may_correct=person != answer.expert, askers=question.askers)

    @retry_on_conflict
    def retract(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """Takes a published answer back: deletes it on the network, and forgets what it taught.

        So, too, what stands of a thread while the network takes no more posts.
        """
        with self._ctx.store.transaction() as tx:
            found = self._public_answer(tx, question_id, person)
            if isinstance(found, Done):
                return found
            question, answer = found
            unseen = seeing.refusal(self._ctx, tx, Act.RETRACT, question, person, press)
            if unseen is not None:
                return unseen
            standing = answer.post_ids if question.stage is Stage.PUBLISHED else self._stop(tx, question)
            if not standing:
                return Done(False, self._claims.standing(question))
            reason = reasons.TOOK_IT_BACK(who=self._ctx.name(person))
            left = points.without(question.points, answer.id)
            moved = self._ctx.transition(tx, question, Step.RETRACT, reason=reason, points=left)
            if moved is None:
                return Done(False, self._claims.standing(question))
            tx.set_answer(answer.id, AnswerState.RETRACTED, self._ctx.clock.now(), post_ids=standing, returned=True)
            tx.unlearn(question_id, self._ctx.clock.now())
            self._ctx.journal(tx, question_id, person, JournalStep.RETRACT, *(f"“{post}”" for post in answer.posts))
            key, subject = f"delete:{question_id}:{moved.version}", str(answer.id)
            self._ctx.send(tx, DeliveryKind.DELETE, key, question=question_id, subject=subject, pieces=standing)
            if moved.askers > 1:
                self._sharing.take_back(tx, moved, 0)
            self._ctx.refresh_cards(tx, moved)
        self._lessons.catch_up()
        return Done(True, acts.TAKEN_BACK)

    @retry_on_conflict
    def correct(self, question_id: str, person: str, press: Press | None = None, *, myself: bool = False) -> Done:
        """Gives its author the text of a published answer to change; it stands until the new one is to go out.

        `myself`: a moderator changes it themselves; its author is told what they changed.

        By one window once: sent again, it does not mean the new answer.
        """
        with self._ctx.store.transaction() as tx:
            question, refused = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refused
            begun = None if question.corrects is None else tx.answer(question.corrects)
            answer = begun or self._reviews.spoken(tx, question_id)
            if answer is not None and not card.may_retract(person, answer.expert, self._roll.active(tx)):
                return Done(False, acts.NOT_YOURS_TO_TAKE_BACK)
            if begun is not None or question.stage is Stage.CORRECTING:
                return Done(True, acts.TO_CORRECT)
            if question.stage is not Stage.PUBLISHED or answer is None:
                return Done(False, self._claims.standing(question))
            if tx.left_alone(question.post.network, question.post.author.id):
                return Done(False, acts.LEFT_ALONE)
            unseen = seeing.refusal(self._ctx, tx, Act.CORRECT, question, person, press)
            if unseen is not None:
                return unseen
            if self._ctx.sent_before(tx, question, press):
                return Done(False, acts.SENT_BEFORE)
            return self._begin(tx, question, answer, person, person if myself else answer.expert)

    def correct_myself(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """The same, and a moderator changes it themselves."""
        return self.correct(question_id, person, press, myself=True)

    def _public_answer(self, tx: CorrectionsRows, question_id: str, person: str) -> tuple[Question, Answer] | Done:
        """The question and its public answer, if this person may take it back; else why not."""
        question, refused = self._claims.question_for(tx, question_id, person)
        if question is None:
            return refused
        answer = self._reviews.spoken(tx, question_id)
        if question.stage not in _RETRACTABLE or answer is None:
            return Done(False, self._claims.standing(question))
        if not card.may_retract(person, answer.expert, self._roll.active(tx)):
            return Done(False, acts.NOT_YOURS_TO_TAKE_BACK)
        return question, answer

    def _begin(self, tx: CorrectionsRows, question: Question, answer: Answer, person: str, writer: str) -> Done:
        """The writer has the question, and their text as a draft; a message says so where it was somebody else."""
        why, now = reasons.CORRECTS(who=self._ctx.name(person)), self._ctx.clock.now()
        moved = self._ctx.transition(
            tx,
            question,
            Step.CORRECT,
            reason=reasons.TO_CORRECT(why=why),
            closed_at=None,
            turn=question.turn + 1,
            corrects=answer.id,
            added=standing.shown(question, answer),
            claimed_by=writer,
            claimed_at=now,
            claimed_until=now + self._ctx.policy.claim_for,
        )
        if moved is None:
            return Done(False, self._claims.standing(question))
        tx.save_answer(question.id, writer, answer.text, (), state=AnswerState.DRAFT, reasons=(why,), at=now)
        self._ctx.journal(tx, question.id, person, JournalStep.CORRECT, *(f"“{post}”" for post in answer.posts))
        self._claims.watch_lease(tx, moved)
        delay = self._ctx.policy.claim_for + self._ctx.policy.give_up_after
        self._ctx.enqueue(tx, "give_up", f"give_up:{question.id}", question.id, delay=delay)
        self._claims.give_card(tx, moved, writer)
        self._ctx.refresh_cards(tx, moved)
        if writer != answer.expert:
            return Done(True, acts.YOURS_TO_CORRECT)
        if answer.expert not in self._roll.active(tx).experts:
            self._answers.let_go(tx, moved, answer.expert)
        elif person != answer.expert:
            text = notes.TO_CORRECT(who=self._ctx.name(person), url=question.reply_url or question.post.url)
            key, to = NoteKind.CORRECT.key(question.id, moved.version), answer.expert
            tell(self._ctx, tx, to, key, text, question=question.id)
        return Done(True, acts.TO_CORRECT)

    def _stop(self, tx: CorrectionsRows, question: Question) -> tuple[str, ...]:
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
