"""Approvals: a moderator passes a held answer, changes its words, or sends it back to its author."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from twelp.desk import seeing
from twelp.desk.answers import Answers
from twelp.desk.claims import Claims
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.halts import Halts
from twelp.desk.previews import Previews
from twelp.desk.reviews import Reviews
from twelp.desk.rows import AskingRows
from twelp.desk.telling import tell
from twelp.flow import answer as answers
from twelp.flow import card
from twelp.flow import seen as marks
from twelp.flow.lifecycle import Step
from twelp.flow.seen import Act
from twelp.model import Answer, AnswerState, Card, Done, JournalStep, Level, NoteKind, Press, Preview, Question, Stage
from twelp.ports import LeftAloneTx
from twelp.texts import acts, notes, reasons
from twelp.texts.phrase import CLAUSES, SENTENCES, in_a_row


class ApprovalsRows(AskingRows, LeftAloneTx, Protocol):
    """Rows that `Approvals` touches."""


class Approvals:
    """What a moderator decides on an answer of somebody else."""

    def __init__(
        self,
        ctx: Context[ApprovalsRows],
        *,
        answers: Answers,
        claims: Claims,
        previews: Previews,
        reviews: Reviews,
        halts: Halts,
    ) -> None:
        self._ctx = ctx
        self._answers = answers
        self._claims = claims
        self._previews = previews
        self._reviews = reviews
        self._halts = halts

    @retry_on_conflict
    def approve(self, question_id: str, person: str, press: Press | None = None, text: str | None = None) -> Done:
        """A moderator passes a held answer; it goes out at once. `text`: with these words, which they saw as they go
        out; its author is told what became of theirs."""
        with self._ctx.store.transaction() as tx:
            found = self.answer_for(tx, question_id, person, Stage.REVIEW)
            if isinstance(found, Done):
                return found
            question, answer = found
            shown = None if text is None else self._previews.examine_changed(tx, question, answer, text)
            unseen = seeing.refusal(self._ctx, tx, Act.APPROVE, question, person, press, shown)
            if unseen is not None:
                return unseen
            if shown is not None and (not shown.ready or not _words_seen(press)):
                blocking = dict.fromkeys(found.message for found in shown.findings if found.blocks)
                return Done(False, in_a_row(SENTENCES, tuple(blocking)) if blocking else acts.WORDS_CHANGED)
            now = self._ctx.clock.now()
            if shown is not None and shown.posts != answer.posts:
                answer = self._change(tx, question, answer, person, shown)
            tx.set_answer(answer.id, AnswerState.ACCEPTED, now)
            self._ctx.journal(tx, question_id, person, JournalStep.APPROVE)
            if self._answers.send_out(tx, question, answer, Step.APPROVE) is None:
                return Done(False, self._claims.standing(question))
            return Done(True, acts.APPROVED_PAUSED if self._halts.paused(tx, question) else acts.APPROVED)

    def _change(self, tx: ApprovalsRows, question: Question, answer: Answer, person: str, shown: Preview) -> Answer:
        """The held answer with a second person's words; the trail and its author get what is different."""
        now, posts = self._ctx.clock.now(), shown.posts
        changes = answers.differences(answer.public, "\n\n".join(posts))
        self._ctx.journal(tx, question.id, person, JournalStep.CHANGED, *changes, *(f"“{post}”" for post in posts))
        text = notes.CHANGED(
            who=self._ctx.name(person),
            changes=in_a_row(CLAUSES, tuple(changes)),
            words=" ".join(posts),
            url=question.post.url,
        )
        key, author = NoteKind.CHANGED.key(question.id, question.version), answer.expert
        tell(self._ctx, tx, author, key, text, question=question.id)
        held = AnswerState.HELD
        saved = tx.save_answer(question.id, author, shown.text, posts, state=held, reasons=answer.reasons, at=now)
        tx.set_variants(saved.id, shown.variants)
        return saved

    @retry_on_conflict
    def send_back(self, question_id: str, person: str, note: str, press: Press | None = None) -> Done:
        """A moderator gives a held answer back to its author, with a word why; by one window once."""
        with self._ctx.store.transaction() as tx:
            found = self.answer_for(tx, question_id, person, Stage.REVIEW)
            if isinstance(found, Done):
                return found
            question, answer = found
            unseen = seeing.refusal(self._ctx, tx, Act.SEND_BACK, question, person, press)
            if unseen is not None:
                return unseen
            if self._ctx.sent_before(tx, question, press):
                return Done(False, acts.SENT_BEFORE)
            who, word = self._ctx.name(person), answers.clean(note, escaped=False)
            why = reasons.SENT_IT_BACK(who=who, why=word) if word else reasons.SENT_IT_BACK_SILENTLY(who=who)
            if self._answers.hand_back(tx, question, answer, Step.RETURN, why) is None:
                return Done(False, self._claims.standing(question))
            self._ctx.journal(tx, question_id, person, JournalStep.SEND_BACK, why)
            text, author = notes.SENT_BACK(why=why, url=question.post.url), answer.expert
            key = NoteKind.SENT_BACK.key(question_id, question.version)
            tell(self._ctx, tx, author, key, text, question=question_id)
            return Done(True, acts.SENT_BACK(who=self._ctx.name(answer.expert)))

    def held_answer(self, question_id: str, person: str, press: Press | None = None) -> Card | Done:
        """The held answer as a moderator reads it in a window, whole, with what is new since their card; or why not."""
        with self._ctx.store.read() as tx:
            found = self.answer_for(tx, question_id, person, Stage.REVIEW)
            if isinstance(found, Done):
                return found
            question, answer = found
            return self.present(tx, Act.APPROVE, question, answer, press)

    def present(self, tx: ApprovalsRows, act: Act, question: Question, answer: Answer, press: Press | None) -> Card:
        """A question with its answer as a window shows it; `note` says where that is not what the card showed."""
        changed = bool(press and press.seen) and seeing.unlike(tx, act, question, "", press) is not None
        network = self._ctx.rules(question.post.network).display_name
        shown = seeing.marked(card.in_queue(question, [answer], self._ctx.roster, network), question, [answer])
        return replace(shown, note=acts.CHANGED_SINCE if changed else "", reasons=answer.reasons, text=answer.text)

    def answer_for(
        self, tx: ApprovalsRows, question_id: str, person: str, stage: Stage
    ) -> tuple[Question, Answer] | Done:
        """The question and its answer, if that waits in this stage for this moderator to decide; else why not."""
        question, refusal = self._claims.question_for(tx, question_id, person)
        if question is None:
            return refusal
        if self._ctx.roster.experts[person].level is not Level.MODERATOR:
            return Done(False, acts.MODERATORS_DECIDE if stage is Stage.REVIEW else acts.MODERATORS_POST)
        answer = self._reviews.spoken(tx, question_id)
        if question.stage is not stage or answer is None:
            return Done(False, self._claims.standing(question))
        if stage is Stage.REVIEW and answer.expert == person:
            return Done(False, acts.NOT_YOUR_OWN)
        return question, answer


def _words_seen(press: Press | None) -> bool:
    """Whether a window showed the words that it sends; without a press, no screen has a part in it."""
    return press is None or bool(marks.read(press.seen).words)
