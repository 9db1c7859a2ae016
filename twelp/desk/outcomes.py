"""Outcomes: what delivery reports back. Each method works inside delivery's own transaction, with the ledger's row."""

from __future__ import annotations

from typing import Protocol

from twelp.desk import standing as public
from twelp.desk.alarms import Alarms
from twelp.desk.answers import Answers
from twelp.desk.context import Context
from twelp.desk.dispatcher import Dispatcher
from twelp.desk.lane import Lane
from twelp.desk.publications import Publications
from twelp.desk.repeats import Repeats
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows
from twelp.desk.seeing import speaking
from twelp.desk.sharing import Sharing
from twelp.errors import RefusalReason
from twelp.flow.lifecycle import Step
from twelp.model import AnswerState, AskRole, Delivery, DeliveryKind, JournalStep, NoteKind, Question, Stage
from twelp.ports import LeftAloneTx, LessonsTx, RepeatsTx
from twelp.texts import notes, reasons
from twelp.texts.phrase import SENTENCES, in_a_row

_TO_REWORD = {
    RefusalReason.DUPLICATE: (reasons.REWORD, "the network knows this text already"),
    RefusalReason.DUPLICATE_UNSEEN: (reasons.REWORD_UNSEEN, "the network knows this text already"),
    RefusalReason.EDITED: (reasons.EDITED_BEFORE_IT_WENT_OUT, reasons.EDITED_BEFORE_IT_WENT_OUT),
}
"""Refusals after which the author gets the answer back, what they are told, and what the journal says."""


class OutcomesRows(AskingRows, LeftAloneTx, LessonsTx, RepeatsTx, Protocol):
    """Rows that `Outcomes` touches."""


class Outcomes:
    """A reply stands, or was refused; a person cannot be reached."""

    def __init__(
        self,
        ctx: Context[OutcomesRows],
        *,
        alarms: Alarms,
        answers: Answers,
        roll: Roll,
        dispatcher: Dispatcher,
        publications: Publications,
        lane: Lane,
        repeats: Repeats,
        sharing: Sharing,
    ) -> None:
        self._ctx = ctx
        self._repeats = repeats
        self._sharing = sharing
        self._alarms = alarms
        self._answers = answers
        self._roll = roll
        self._dispatcher = dispatcher
        self._publications = publications
        self._lane = lane

    def partly(self, tx: OutcomesRows, delivery: Delivery) -> None:
        """One of several posts stands, or was taken down; the next one's turn comes, and a thread waits no more."""
        step = (
            JournalStep.TAKEN_DOWN
            if delivery.errand in (DeliveryKind.DELETE, DeliveryKind.RECALL)
            else JournalStep.STANDS
        )
        post = f"post {delivery.done[-1]}"
        self._ctx.journal(
            tx, delivery.question, "publish", step, f"{len(delivery.done)} of {len(delivery.pieces)}", post
        )
        question = tx.question(delivery.question)
        if question is not None:
            self._ctx.transition(tx, question, Step.RESUME, reason="")

    def goes_out_later(self, tx: OutcomesRows, delivery: Delivery) -> None:
        """The network did not take it at the first try: cards that do not say yet that it goes out, say so now."""
        question = tx.question(delivery.question)
        if question is not None and any(ask.sent and ask.shown < question.version for ask in tx.asks(question.id)):
            self._ctx.refresh_cards(tx, question)

    def waits(self, tx: OutcomesRows, delivery: Delivery) -> None:
        """Some of an answer's posts stand, and the network wants nothing more for a while: every card says so."""
        question = tx.question(delivery.question)
        if question is None:
            return
        words = reasons.WAITS(taken=len(delivery.done), of=len(delivery.pieces))
        moved = self._ctx.transition(tx, question, Step.PAUSE, reason=words)  # None: it is paused, and they know
        if moved is not None:
            self._ctx.refresh_cards(tx, moved)

    def replied(self, tx: OutcomesRows, delivery: Delivery, url: str) -> None:
        """The answer stands in the customer's thread, its last post, too."""
        question = tx.question(delivery.question)
        answer = tx.answer(int(delivery.subject))
        if question is None or answer is None:
            return
        self._publications.stands(tx, question, answer, delivery.done, url)

    def edited(self, tx: OutcomesRows, delivery: Delivery) -> None:
        """The public answer has the confirmed words in its place."""
        question, answer = tx.question(delivery.question), tx.answer(int(delivery.subject))
        former = None if question is None or question.corrects is None else tx.answer(question.corrects)
        if question is None or answer is None or former is None or question.stage is not Stage.CORRECTING:
            return
        url = self._ctx.rules(question.post.network).url(delivery.target, self._ctx.us[question.post.network].handle)
        public.replaced(self._ctx, tx, question, former, answer)
        added = public.without(question, former)
        self._publications.stands(tx, question, answer, (delivery.target,), url, corrects=None, added=added)

    def not_edited(self, tx: OutcomesRows, delivery: Delivery, why: str) -> None:
        """The network does not edit it any more: it is deleted, and the new one goes out then."""
        question = tx.question(delivery.question)
        former = None if question is None or question.corrects is None else tx.answer(question.corrects)
        if question is not None and former is not None and question.stage is Stage.CORRECTING:
            self._ctx.journal(tx, question.id, "publish", JournalStep.NOT_EDITED, why)
            public.delete(self._ctx, tx, question, former)

    def refused(self, tx: OutcomesRows, delivery: Delivery, reason: RefusalReason, message: str) -> None:
        """The network will not take the answer, or its next post, for good; or nobody can tell whether it did."""
        question = tx.question(delivery.question)
        if question is None:
            return None
        if delivery.done:
            return self._recall(tx, question, delivery, message)
        if reason in _TO_REWORD:
            return self._back_to_author(tx, question, delivery, *_TO_REWORD[reason])
        if reason is RefusalReason.UNCLEAR:
            message = reasons.UNCLEAR(why=message)
            text = notes.UNCLEAR(why=message, url=question.post.url)
            self._alarms.tell_moderators(tx, NoteKind.UNCLEAR.key(question.id, delivery.id), question.id, text)
        if reason is RefusalReason.GONE or question.post.gone:
            return self._give_up(tx, question, delivery, Step.WITHDRAW, reasons.POST_IS_GONE)
        answer = tx.answer(int(delivery.subject))
        if reason is RefusalReason.UNCLEAR or answer is None or not self._lane.hand_over(tx, question, answer, message):
            self._give_up(tx, question, delivery, Step.REFUSE, message)
        return None

    def _give_up(self, tx: OutcomesRows, question: Question, delivery: Delivery, step: Step, words: str) -> None:
        moved = self._ctx.transition(tx, question, step, reason=words)
        if moved is not None:
            tx.set_answer(int(delivery.subject), AnswerState.REFUSED, self._ctx.clock.now(), reasons=(words,))
            withdrawn = step is Step.WITHDRAW
            self._ctx.journal(
                tx, question.id, "publish", JournalStep.WITHDRAWN if withdrawn else JournalStep.REFUSED, words
            )
            if withdrawn:
                tx.unlearn(question.id, self._ctx.clock.now())
                author = tx.answer(int(delivery.subject))
                self._repeats.replaced(tx, moved, question, author.expert if author is not None else None)
            self._ctx.refresh_cards(tx, moved)

    def _back_to_author(self, tx: OutcomesRows, question: Question, delivery: Delivery, why: str, said: str) -> None:
        if question.post.gone:  # nothing of ours stands, and there is nothing to answer
            self._give_up(tx, question, delivery, Step.WITHDRAW, reasons.POST_IS_GONE)
            return
        answer = tx.answer(int(delivery.subject))
        known = why in (reasons.REWORD, reasons.REWORD_UNSEEN)
        if known and answer is not None and self._sharing.another_wording(tx, question, answer):
            return
        moved = self._answers.hand_back(tx, question, answer, Step.REWORD, why) if answer is not None else None
        if moved is None or answer is None:
            return
        self._ctx.journal(tx, question.id, "publish", JournalStep.REWORD, said)
        delay = self._ctx.policy.claim_for + self._ctx.policy.give_up_after  # its first timer may have passed meanwhile
        self._ctx.enqueue(tx, "give_up", f"give_up:{question.id}", question.id, delay=delay)
        if answer.expert not in self._roll.active(tx).experts:
            self._answers.let_go(tx, moved, answer.expert)

    def _recall(self, tx: OutcomesRows, question: Question, delivery: Delivery, message: str) -> None:
        """Half an answer must not stand: what the network took is taken down before anything else happens."""
        why = reasons.CUT_SHORT(taken=len(delivery.done), of=len(delivery.pieces), why=message)
        moved = self._ctx.transition(tx, question, Step.RECALL, reason=reasons.RECALLING(why=why))
        if moved is None:
            return
        now, done = self._ctx.clock.now(), delivery.done
        tx.set_answer(int(delivery.subject), AnswerState.ACCEPTED, now, reasons=(why,), post_ids=done)
        self._ctx.journal(tx, question.id, "publish", JournalStep.RECALLED, why)
        key = f"recall:{delivery.id}"
        self._ctx.send(tx, DeliveryKind.RECALL, key, question=question.id, subject=delivery.subject, pieces=done)
        text = notes.CUT_SHORT(why=why, url=question.post.url)
        self._alarms.tell_moderators(tx, NoteKind.SHORT.key(question.id, delivery.id), question.id, text)
        self._ctx.refresh_cards(tx, moved)

    def deleted(self, tx: OutcomesRows, delivery: Delivery) -> None:
        """All posts of an answer are gone from the network: it was taken back, or not taken whole."""
        self._ctx.journal(
            tx, delivery.question, "publish", JournalStep.DELETED, *(f"post {post_id}" for post_id in delivery.done)
        )
        question = tx.question(delivery.question)
        if delivery.errand is not DeliveryKind.RECALL or question is None:
            return
        former = tx.answer(int(delivery.subject))
        if question.stage is Stage.CORRECTING and former is not None and question.corrects == former.id:
            self._answers.post_anew(tx, question, former)
            return
        tx.set_answer(int(delivery.subject), AnswerState.ACCEPTED, self._ctx.clock.now(), post_ids=())
        stood = question.stage is Stage.CORRECTING
        form = reasons.TO_CORRECT if stood else reasons.NOTHING_STANDS
        said = "to be corrected" if stood else "nothing of it stands"
        self._back_to_author(tx, question, delivery, form(why=self._why(tx, delivery)), said)

    def not_deleted(self, tx: OutcomesRows, delivery: Delivery, why: str) -> None:
        """The network does not delete our posts: the moderators must."""
        self._ctx.journal(tx, delivery.question, "publish", JournalStep.NOT_DELETED, why)
        question = tx.question(delivery.question)
        if question is None:
            return
        standing = delivery.pieces[: len(delivery.pieces) - len(delivery.done)]
        where, form = question.reply_url or question.post.url, notes.STILL_STANDS  # for people: the best link there is
        if delivery.errand is DeliveryKind.DELETE:
            moved = self._ctx.transition(
                tx, question, Step.REFUSE, reason=reasons.NOT_TAKEN_DOWN(why=question.reason, also=why)
            )
            if moved is not None:
                self._ctx.refresh_cards(tx, moved)
        elif question.stage is Stage.CORRECTING and not delivery.done:
            form = notes.STILL_WRONG
            self._stands_again(tx, question, delivery, why)
        else:
            tx.set_answer(int(delivery.subject), AnswerState.ACCEPTED, self._ctx.clock.now(), post_ids=standing)
            words = reasons.NOT_TAKEN_DOWN(why=self._why(tx, delivery), also=why)
            answer = tx.answer(int(delivery.subject)) if standing else None
            if answer is None or not self._lane.hand_over(tx, question, answer, words):
                self._give_up(tx, question, delivery, Step.REFUSE, words)
        text = form(why=why, url=where, posts=standing)
        self._alarms.tell_moderators(tx, NoteKind.STANDING.key(question.id, delivery.id), question.id, text)

    def _stands_again(self, tx: OutcomesRows, question: Question, delivery: Delivery, why: str) -> None:
        """It was to be corrected, and the network deletes nothing of it: it is still the one answer."""
        reason = reasons.NOT_CORRECTED(why=why)
        if question.corrects is None:
            moved = self._ctx.transition(tx, question, Step.KEEP, reason=reason)
        else:
            confirmed = speaking(tx.answers(question.id))
            if confirmed is not None:
                tx.set_answer(confirmed.id, AnswerState.DRAFT, self._ctx.clock.now())
            tx.set_source(question.corrects, None)  # it is looked after by people now, and tried no more
            moved = public.keep(self._ctx, tx, question, reason, at=self._ctx.clock.now())
        if moved is not None:
            tx.set_answer(int(delivery.subject), AnswerState.PUBLISHED, self._ctx.clock.now())
            self._ctx.refresh_cards(tx, moved)

    def _why(self, tx: OutcomesRows, delivery: Delivery) -> str:
        """Why the answer was cut short."""
        answer = tx.answer(int(delivery.subject))
        return in_a_row(SENTENCES, answer.reasons) if answer else ""

    def unreachable(self, tx: OutcomesRows, ask_id: int, why: str) -> None:
        """A person cannot be asked in Slack (left, guest, unknown): somebody else is asked in their place."""
        ask = tx.ask(ask_id)
        question = tx.question(ask.question) if ask else None
        if ask is None or question is None:
            return
        if ask.role is AskRole.CRISIS:  # the next one hears of it at once
            self._ctx.journal(tx, question.id, "dispatch", JournalStep.UNREACHABLE, self._called(ask.expert), why)
            self._ctx.jobs.reschedule(tx, f"ring:{question.id}", self._ctx.clock.now())
            return
        if ask.role is AskRole.CHANNEL:
            self._ctx.journal(tx, question.id, "dispatch", JournalStep.NOT_POSTED, ask.expert, why, "is the app in it?")
            return
        self._ctx.journal(tx, question.id, "dispatch", JournalStep.UNREACHABLE, self._ctx.name(ask.expert), why)
        if ask.role is AskRole.SAMPLE:
            return
        moved = self._ctx.transition(tx, question, Step.PASS)
        if moved is not None:
            self._dispatcher.replace(tx, moved)

    def _called(self, who: str) -> str:
        """A person by name, a channel as it is called."""
        return self._ctx.name(who) if self._known(who) else who

    def _known(self, expert: str) -> bool:
        return expert in self._ctx.roster.experts
