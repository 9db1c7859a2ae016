"""Waiting: nobody is left without a word. A customer who waits for long is told that they are not forgotten, once.

After the roster's time the moderators who are awake are offered its sentence, word for word as it would go out. One
press sends it, after the same hold as an answer's, in which any moderator may take it back. The question stays as open
as it was: who answers still does, and every card shows what was said.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Protocol

from twelp.desk import seeing
from twelp.desk.claims import Claims
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.previews import Previews
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows
from twelp.desk.telling import tell
from twelp.desk.waiting_line import held, key_of, line, pressed
from twelp.flow.dispatch import quiet
from twelp.flow.lifecycle import UNDER_WAY, Step
from twelp.flow.seen import Act
from twelp.model import (
    Added,
    AskRole,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Done,
    JournalStep,
    Level,
    NoteKind,
    Press,
    Preview,
    Question,
)
from twelp.ports import Conflict, LeftAloneTx
from twelp.texts import acts, notes
from twelp.texts.phrase import SENTENCES, in_a_row

_LATER: Final = timedelta(minutes=30)
_FOR: Final = timedelta(hours=24)
"""How long after a question nobody is offered the sentence any more."""


class WaitingRows(AskingRows, LeftAloneTx, Protocol):
    """Rows that `Waiting` touches."""


class Waiting:
    """The sentence for customers who wait."""

    def __init__(self, ctx: Context[WaitingRows], *, claims: Claims, previews: Previews, roll: Roll) -> None:
        self._ctx = ctx
        self._claims = claims
        self._previews = previews
        self._roll = roll

    @retry_on_conflict
    def offer(self, question_id: str) -> None:
        """The roster's time is over: the moderators who are awake are offered the sentence, unless something stands."""
        now, found = self._ctx.clock.now(), self._ctx.roster.brand.waiting
        with self._ctx.store.transaction() as tx:
            question = tx.question(question_id)
            if question is None or found is None or now - question.opened_at > _FOR:
                return
            awake = [m for m in self._roll.moderators(tx) if not (m.away_until(now) or quiet(m, now))]
            if not question.untold or not awake:
                if question.untold or question.stage in UNDER_WAY:
                    self._ctx.enqueue(tx, "offer_word", f"offer_word:{question_id}", question_id, delay=_LATER)
                return
            known = {ask.expert for ask in tx.asks(question_id) if ask.role is AskRole.WORD}
            for moderator in awake:
                if moderator.id not in known:
                    role, wave, to = AskRole.WORD, question.wave, moderator.id
                    ask = tx.add_ask(question_id, to, role=role, wave=wave, reasons=(), at=now)
                    self._ctx.journal(tx, question_id, "dispatch", JournalStep.WORD_OFFERED, self._ctx.name(to))
                    key = f"card:{ask.id}:{question.version}"
                    self._ctx.send(tx, DeliveryKind.CARD, key, question=question_id, subject=str(ask.id), to=to)

    @retry_on_conflict
    def tell(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """A moderator sends the customer the sentence that their card shows; once a question, whoever presses."""
        with self._ctx.store.transaction() as tx:
            question, refusal = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refusal
            author = self._ctx.roster.experts[person]
            if author.level is not Level.MODERATOR:
                return Done(False, acts.MODERATORS_DECIDE)
            words = line(self._ctx, question, person)
            if not question.untold or not words:
                return Done(False, self._claims.standing(question))
            if tx.left_alone(question.post.network, question.post.author.id):
                return Done(False, acts.LEFT_ALONE)
            unseen = seeing.refusal(self._ctx, tx, Act.TELL, question, person, press, Preview((words,), 0))
            if unseen is not None:
                return unseen
            number, row = pressed(tx, question)
            if row is not None and not (row.state is DeliveryState.FAILED and self._may_be_sent_again(tx, question)):
                return Done(False, acts.TOLD_BEFORE)
            seen = self._previews.examine(tx, question, author, words, thread=False).findings
            if blocking := list(dict.fromkeys(one.message for one in seen if one.blocks)):
                return Done(False, in_a_row(SENTENCES, blocking))
            moved = self._ctx.transition(tx, question, Step.ADD)  # a new version: every card says that it goes out
            if moved is None:
                return Done(False, self._claims.standing(question))
            self._ctx.journal(tx, question_id, person, JournalStep.WORD, f"“{words}”")
            key, target, hold = key_of(question, number + 1), question.reply_to, self._ctx.policy.hold_for
            about = {"question": question_id, "subject": person, "text": words, "target": target}
            self._ctx.send(tx, DeliveryKind.WORD, key, **about, pieces=(), delay=hold or None)
            self._ctx.refresh_cards(tx, moved)
            return Done(True, acts.TOLD_SOON if hold else acts.TOLD)

    def _may_be_sent_again(self, tx: WaitingRows, question: Question) -> bool:
        """Whether the last one did not go out because it was taken back, or an answer was on its way meanwhile."""
        last = [one.step for one in tx.trail(question.id) if one.step in (JournalStep.WORD, JournalStep.WORD_REFUSED)]
        return last[-1] is JournalStep.WORD

    @retry_on_conflict
    def untell(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """A moderator stops the sentence before it goes out; it may be sent anew."""
        with self._ctx.store.transaction() as tx:
            question, refusal = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refusal
            if self._ctx.roster.experts[person].level is not Level.MODERATOR:
                return Done(False, acts.MODERATORS_DECIDE)
            unseen = seeing.refusal(self._ctx, tx, Act.UNTELL, question, person, press)
            if unseen is not None:
                return unseen
            row = held(tx, question)
            if row is None:
                return Done(False, acts.TOLD_TOO_LATE)
            if tx.set_delivery(row, DeliveryState.FAILED, self._ctx.clock.now(), error="taken back") is None:
                raise Conflict(question_id)
            self._ctx.jobs.cancel(tx, f"deliver:{row.id}:0")
            self._ctx.journal(tx, question_id, person, JournalStep.WORD_UNDONE)
            moved = self._ctx.transition(tx, question, Step.ADD)
            if moved is not None:
                self._ctx.refresh_cards(tx, moved)
            return Done(True, acts.TOLD_UNDONE)

    def stands(self, tx: WaitingRows, delivery: Delivery, url: str) -> None:
        """The sentence stands under the customer's post: every card says so. Works in delivery's own transaction."""
        self._ctx.journal(tx, delivery.question, "publish", JournalStep.STANDS, "the word to the customer", url)
        question = tx.question(delivery.question)
        if question is None or not question.untold:
            return
        said = Added(delivery.done[-1], delivery.pieces[0], self._ctx.clock.now(), ours=True)
        moved = self._ctx.transition(tx, question, Step.ADD, added=(*question.added, said))
        if moved is not None:
            self._ctx.refresh_cards(tx, moved)

    def refused(self, tx: WaitingRows, delivery: Delivery, why: str) -> None:
        """The network does not take the sentence: who sent it is told."""
        self._ctx.journal(tx, delivery.question, "publish", JournalStep.WORD_REFUSED, why)
        question, to = tx.question(delivery.question), delivery.subject
        if question is not None and not question.post.gone:
            text, key = notes.WORD_REFUSED(why=why, url=question.post.url), NoteKind.UNCLEAR.key(delivery.key)
            tell(self._ctx, tx, to, key, text, question=question.id)
