"""Withdrawals: a customer's post is gone, or not for us to see any more. Its words leave all that we keep or show.

What is not answered yet is withdrawn from whatever stage it is in, and whoever has it is told. What is answered stays
answered: our words stand in public, and the customer's leave the rows. The journal keeps that it happened. Where its
customer asks the same beside it, that post takes its place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final, Protocol

from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.crises import Crises
from twelp.desk.private_keeping import PrivateKeeping
from twelp.desk.repeats import Repeats
from twelp.desk.reviews import Reviews
from twelp.desk.rows import AskingRows
from twelp.desk.telling import tell
from twelp.flow.lifecycle import UNCLAIMED, Step
from twelp.model import AnswerState, DeliveryKind, JournalStep, NoteKind, Question, Stage
from twelp.ports import LeftAloneTx, LessonsTx, RepeatsTx
from twelp.ports.posts import ErasingTx
from twelp.texts import notes, reasons

_UNSENT: Final = UNCLAIMED | {Stage.CLAIMED, Stage.HELD, Stage.REVIEW, Stage.LANE, Stage.UNANSWERED, Stage.CRISIS}
"""No answer went out so far: the question ends. What is being sent or taken down is left to delivery, which looks."""


_GONE: Final = "gone"
_QUOTING: Final = tuple(
    kind.key("")
    for kind in (NoteKind.ALARM, NoteKind.FOR_US, NoteKind.SINCE, NoteKind.THANKS, NoteKind.BY_HAND, NoteKind.SENT_BACK)
)
"""How keys of messages begin that quote a customer, or what was answered them."""


class WithdrawalsRows(AskingRows, ErasingTx, LeftAloneTx, LessonsTx, RepeatsTx, Protocol):
    """Rows that `Withdrawals` touches."""


class Withdrawals:
    """Posts that are gone."""

    def __init__(
        self,
        ctx: Context[WithdrawalsRows],
        *,
        reviews: Reviews,
        repeats: Repeats,
        crises: Crises,
        keeping: PrivateKeeping,
    ) -> None:
        self._keeping = keeping
        self._ctx = ctx
        self._repeats = repeats
        self._crises = crises
        self._reviews = reviews

    @retry_on_conflict
    def gone(self, key: str, why: str) -> None:
        """This post is not to be seen any more; nothing happens where that is known.

        Args:
            key: of a post that was heard.
            why: for the journal.
        """
        now = self._ctx.clock.now()
        with self._ctx.store.transaction() as tx:
            belongs_to = tx.belongs_to(key)
            erased = tx.erase(key, now)
            if not erased:
                return
            for one in erased:
                self._ctx.journal(tx, one, "customer", JournalStep.POST_GONE, why)
            question = tx.question(belongs_to) if belongs_to is not None else None
            if question is None:
                self._redact(tx, key, tx.erase_words(erased, self._thanked_for(tx, key)))
            elif question.id in erased:
                self._redact(tx, question.id, tx.erase_words((*erased, question.id)))
                tx.unlearn(question.id, now)
                self._withdraw(tx, question)
                private = tx.private_case_of(question.id)
                if private is not None:  # what they wrote about it privately goes with it
                    self._keeping.forget(tx, private, now)
            else:
                self._redact(tx, question.id, tx.erase_words(erased, question.id))
                ids = {one.partition(":")[2] for one in erased}
                self._leave_out(tx, question, ids)

    def _thanked_for(self, tx: WithdrawalsRows, key: str) -> str | None:
        """The question for whose answer a post that asks nothing may have thanked."""
        found = tx.post(key)
        if found is None:
            return None
        answered = tx.answered_in(found[0].network, found[0].conversation, found[0].author.id)
        return answered[0] if answered is not None else None

    def _redact(self, tx: WithdrawalsRows, subject: str, notes_sent: Iterable[tuple[str, str]]) -> None:
        """Takes the words out of the messages that were sent about it."""
        for key, person in notes_sent:
            if key.startswith(_QUOTING) and not key.endswith(f":{_GONE}:{person}"):
                words, redacts = notes.WORDS_GONE, f"redact:{key}"
                send, kind = self._ctx.send, DeliveryKind.REDACT
                send(tx, kind, redacts, question=subject, subject=person, text=words, to=person, target=key)

    @retry_on_conflict
    def points_at_nothing(self, key: str, ids: Collection[str]) -> None:
        """Of what a heard post answers or quotes, these posts are gone: their words leave its row and its card."""
        with self._ctx.store.transaction() as tx:
            found = tx.post(key)
            if found is None or found[0].gone:
                return
            post = found[0]
            kept = [one if one is not None and one.id not in ids else None for one in (post.parent, post.quoted)]
            if kept == [post.parent, post.quoted]:
                return
            tx.reword(key, replace(post, parent=kept[0], quoted=kept[1]))
            question = tx.question(key)
            moved = self._ctx.transition(tx, question, Step.EDIT) if question is not None else None
            if moved is not None:
                self._ctx.refresh_cards(tx, moved)

    def _withdraw(self, tx: WithdrawalsRows, question: Question) -> None:
        added = tuple(one for one in question.added if not one.edited)
        topics = tuple(replace(one, reasons=()) for one in question.topics)  # which quote its words
        if question.stage not in _UNSENT:
            moved = self._ctx.transition(tx, question, Step.EDIT, added=added, topics=topics, points=())
            if moved is not None:
                self._crises.wrote(tx, moved, moved.post, notes.CRISIS_GONE)
                self._ctx.refresh_cards(tx, moved)
            return
        answer = self._reviews.spoken(tx, question.id)
        person = answer.expert if answer is not None else question.claimed_by
        why = reasons.POST_IS_GONE
        moved = self._ctx.transition(tx, question, Step.WITHDRAW, reason=why, added=added, topics=topics, points=())
        if moved is None:
            return
        if answer is not None:
            tx.set_answer(answer.id, AnswerState.REFUSED, self._ctx.clock.now(), reasons=(why,))
        self._ctx.journal(tx, question.id, "customer", JournalStep.WITHDRAWN, reasons.POST_IS_GONE)
        self._crises.wrote(tx, moved, moved.post, notes.CRISIS_GONE)
        if self._repeats.replaced(tx, moved, question, answer.expert if answer is not None else None):
            return
        self._ctx.refresh_cards(tx, moved)
        if person is not None:
            text = notes.POST_IS_GONE(url=question.post.url)
            key = NoteKind.SINCE.key(question.id, _GONE, person)
            tell(self._ctx, tx, person, key, text, question=question.id)

    def _leave_out(self, tx: WithdrawalsRows, question: Question, ids: set[str]) -> None:
        """What the customer added is gone: the question stays, without it."""
        added = tuple(one for one in question.added if one.post not in ids)
        if added != question.added:
            moved = self._ctx.transition(tx, question, Step.EDIT, added=added)
            if moved is not None:
                self._ctx.refresh_cards(tx, moved)
