"""Reviews: an answer that waits for a moderator finds one, however long it takes: who is awake first, and ever again.

Nobody is asked in their quiet hours. Whoever becomes a moderator later is asked, too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final, Protocol

from twelp.desk.context import REMIND_AFTER, Context, retry_on_conflict
from twelp.desk.roll import Roll
from twelp.desk.rows import JournalledRows, RefreshRows
from twelp.desk.seeing import speaking
from twelp.desk.telling import tell
from twelp.flow.dispatch import quiet
from twelp.flow.ladder import on_holiday
from twelp.model import (
    Answer,
    AskRole,
    AskState,
    DeliveryKind,
    Done,
    Expert,
    JournalStep,
    NoteKind,
    Press,
    Question,
    Stage,
)
from twelp.ports import AnswersTx, WaitingTx
from twelp.texts import notes

_REMIND_LATER = timedelta(hours=8)
"""The pause between two reminders doubles from the first to the second of these."""


_FURTHER_AFTER = timedelta(hours=1)
"""How long an answer waits until moderators on call are asked, too, whatever their hour; its author is told."""

_WAITS: Final = (Stage.REVIEW, Stage.LANE)
"""An answer waits for a moderator: to be passed, or to be posted by hand."""


class ReviewsRows(RefreshRows, JournalledRows, AnswersTx, WaitingTx, Protocol):
    """Rows that `Reviews` touches."""


class Reviews:
    """Second pairs of eyes."""

    def __init__(
        self,
        ctx: Context[ReviewsRows],
        *,
        roll: Roll,
    ) -> None:
        self._ctx = ctx
        self._roll = roll

    def review(self, tx: ReviewsRows, question: Question, answer: Answer, *, further: bool = False) -> bool:
        """Puts an answer that waits for them before the moderators who are awake; whether any was.

        With `further` also before those on call. Nobody passes their own answer; one that is to be posted by hand may
        be posted by its author, too.
        """
        now = self._ctx.clock.now()
        reviews = [ask for ask in tx.asks(question.id) if ask.role is AskRole.REVIEW]
        known = {ask.expert for ask in reviews if ask.state is not AskState.CLOSED}
        found = False
        for moderator in self._reviewers(tx, question, answer, further=further):
            found = True
            if moderator.id not in known:
                why, wave = answer.reasons, question.wave
                ask = tx.add_ask(question.id, moderator.id, role=AskRole.REVIEW, wave=wave, reasons=why, at=now)
                key = f"card:{ask.id}:{question.version}"
                self._ctx.send(tx, DeliveryKind.CARD, key, question=question.id, subject=str(ask.id), to=moderator.id)
        return found

    def review_again(self, tx: ReviewsRows, question: Question, answer: Answer) -> None:
        """An answer is held anew: who is awake and has a card, which only changes in place, gets a line beside it."""
        seen = self._have_cards(tx, question)
        for moderator in self._reviewers(tx, question, answer):
            if moderator.id in seen:
                text = notes.HELD_AGAIN(who=self._ctx.name(answer.expert), url=question.post.url)
                key = NoteKind.HELD.key(question.id, question.version, "again", moderator.id)
                self._ctx.journal(tx, question.id, "gate", JournalStep.ASKED_AGAIN, self._ctx.name(moderator.id))
                tell(self._ctx, tx, moderator.id, key, text, question=question.id)

    def _have_cards(self, tx: ReviewsRows, question: Question) -> set[str]:
        return {ask.expert for ask in tx.asks(question.id) if ask.role is AskRole.REVIEW and ask.sent}

    def _reviewers(self, tx: ReviewsRows, question: Question, answer: Answer, *, further: bool = False) -> list[Expert]:
        now, by_hand = self._ctx.clock.now(), question.stage is Stage.LANE
        others = [m for m in self._roll.active(tx).moderators() if by_hand or m.id != answer.expert]
        there = [m for m in others if self._ctx.policy.unlimited or not (m.away_until(now) or quiet(m, now))]
        on_call = [m for m in others if m.on_call and not on_holiday(m, now)] if further else []
        return list({m.id: m for m in (*there, *on_call)}.values())

    def review_later(self, tx: ReviewsRows, question: Question, number: int) -> None:
        """Sets the timer of reminder `number`, from 0 on."""
        delay = min(REMIND_AFTER * 2**number, _REMIND_LATER)
        key = f"remind:{question.id}:{number}"
        self._ctx.enqueue(tx, "remind", key, question.id, question.version, number, delay=delay)

    @retry_on_conflict
    def remind(self, question_id: str, version: int, number: int) -> None:
        """An answer is held still: moderators who have not seen it are asked, the others reminded."""
        with self._ctx.store.transaction() as tx:
            question = tx.question(question_id)
            answer = self.spoken(tx, question_id)
            if question is None or question.version != version or answer is None:
                return
            if question.stage not in _WAITS:
                return
            seen = self._have_cards(tx, question)
            further = self._ctx.clock.now() - answer.updated_at >= _FURTHER_AFTER
            if further:
                self._ask_further(tx, question, answer, seen)
            awake = self.review(tx, question, answer, further=further)
            for moderator in self._reviewers(tx, question, answer, further=further):
                if moderator.id in seen:
                    self._nudge(tx, question, answer, moderator, number)
            self.review_later(tx, question, number + 1 if awake else number)

    def _ask_further(self, tx: ReviewsRows, question: Question, answer: Answer, seen: set[str]) -> None:
        """Nobody looked for long: who is on call is asked, and the author hears of it; both once an answer."""
        key = NoteKind.HELD.key(question.id, question.version, "further", answer.expert)
        if not tx.first_time(key, self._ctx.clock.now()):
            return
        reviewers = self._reviewers(tx, question, answer, further=True)
        more = [self._ctx.name(one.id) for one in reviewers if one.id not in seen]
        self._ctx.journal(tx, question.id, "gate", JournalStep.ASKED_FURTHER, *more)
        text = notes.WAITS_FOR_EYES(count=self._waits(answer), url=question.post.url)
        tell(self._ctx, tx, answer.expert, key, text, question=question.id)

    def _waits(self, answer: Answer) -> int:
        """Minutes since the answer was confirmed."""
        return int((self._ctx.clock.now() - answer.updated_at).total_seconds() // 60)

    def _nudge(self, tx: ReviewsRows, question: Question, answer: Answer, moderator: Expert, number: int) -> None:
        waits = self._waits(answer)
        text = notes.REMINDER(who=self._ctx.name(answer.expert), count=waits, url=question.post.url)
        key = NoteKind.HELD.key(question.id, question.version, number, moderator.id)
        self._ctx.journal(
            tx, question.id, "gate", JournalStep.REMINDED, self._ctx.name(moderator.id), f"after {waits} min"
        )
        tell(self._ctx, tx, moderator.id, key, text, question=question.id)

    def review_waiting(self) -> None:
        """Puts held answers before moderators who were not there when they were held."""
        with self._ctx.store.read() as tx:
            held = [question.id for question in tx.waiting(_WAITS, 1000)]
        for question_id in held:
            self._review_waiting(question_id)

    @retry_on_conflict
    def _review_waiting(self, question_id: str) -> None:
        with self._ctx.store.transaction() as tx:
            question = tx.question(question_id)
            if question is not None and question.stage in _WAITS:
                answer = self.spoken(tx, question.id)
                if answer is not None:
                    self.review(tx, question, answer)

    def spoken(self, tx: ReviewsRows, question_id: str) -> Answer | None:
        """The answer that was confirmed for this question and not taken back."""
        return speaking(tx.answers(question_id))


def with_words(approve: Callable[[str, str, Press | None, str | None], Done]) -> Callable[..., Done]:
    """The same act with the words before the press, as windows give them."""

    def approve_changed(question_id: str, person: str, text: str, press: Press | None = None) -> Done:
        return approve(question_id, person, press, text)

    return approve_changed
