"""Answers: from the modal to the outbox. Nothing leaves here that a rostered person did not confirm word for word."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any, Protocol

from twelp.desk import seeing, standing
from twelp.desk.asks import Asks
from twelp.desk.claims import Claims
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.dispatcher import Dispatcher
from twelp.desk.drafts import Drafts
from twelp.desk.halts import Halts
from twelp.desk.points import covers_of
from twelp.desk.previews import Previews
from twelp.desk.reviews import Reviews
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows
from twelp.flow import answer as answers
from twelp.flow import lifecycle
from twelp.flow import seen as marks
from twelp.flow.lifecycle import Step
from twelp.flow.seen import Act
from twelp.model import (
    Answer,
    AnswerState,
    AskState,
    DeliveryKind,
    DeliveryState,
    Done,
    Expert,
    JournalStep,
    Press,
    Preview,
    Question,
    Stage,
)
from twelp.ports import LeftAloneTx
from twelp.texts import acts, reasons
from twelp.texts.phrase import CLAUSES, SENTENCES, in_a_row

_REPLACEABLE = (AnswerState.DRAFT, AnswerState.ALTERNATIVE)


class AnswersRows(AskingRows, LeftAloneTx, Protocol):
    """Rows that `Answers` touches."""


class Answers:
    """Drafts, the gate, the second pair of eyes, the hold and its Undo."""

    def __init__(
        self,
        ctx: Context[AnswersRows],
        *,
        claims: Claims,
        previews: Previews,
        drafts: Drafts,
        roll: Roll,
        reviews: Reviews,
        asks: Asks,
        dispatcher: Dispatcher,
        halts: Halts,
    ) -> None:
        self._ctx = ctx
        self._claims = claims
        self._previews = previews
        self._drafts = drafts
        self._roll = roll
        self._reviews = reviews
        self._asks = asks
        self._dispatcher = dispatcher
        self._halts = halts

    @retry_on_conflict
    def confirm(
        self,
        question_id: str,
        person: str,
        text: str,
        thread: bool = False,
        press: Press | None = None,
        covers: Collection[int] | None = None,
    ) -> Done:
        """The person's last word: through the gate, then held for Undo or for a second pair of eyes, then out.

        `thread`: they saw it as several posts, and want it so. `covers`: which of several things that are asked it
        answers; None: as they were shown. `press`: the window it was seen in; one that comes again
        after its answer was taken back is no new word. Where it showed something else than would go out now,
        `details["preview"]` is that, to be looked at and confirmed, and `details["seen"]` the marks of the question.
        """
        with self._ctx.store.transaction() as tx:
            question, refusal = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refusal
            if tx.left_alone(question.post.network, question.post.author.id):
                return Done(False, acts.LEFT_ALONE)
            author = self._ctx.roster.experts[person]
            seen = self._previews.examine(tx, question, author, text, thread=thread)
            mine = self._drafts.draft_of(tx, question_id, person)
            if mine is not None and _spoken(mine, question):
                if mine.posts == seen.posts:
                    return Done(True, acts.ON_ITS_WAY)
                return Done(False, acts.ANOTHER_STANDS)
            blocking = list(dict.fromkeys(f.message for f in seen.findings if f.blocks))
            if blocking:
                return Done(False, in_a_row(SENTENCES, blocking))
            unseen = seeing.refusal(self._ctx, tx, Act.CONFIRM, question, person, press, seen)
            if unseen is not None:
                return replace(unseen, details={"preview": seen, "seen": str(marks.mark(question, None))})
            if self._ctx.sent_before(tx, question, press):
                return Done(False, acts.SENT_BEFORE)
            taken = self._claims.take(tx, question, person)
            if isinstance(taken, Done) and mine is not None and mine.state not in _REPLACEABLE:
                return taken  # what became of their answer stays in the books
            plain = answers.plain(text).text
            if isinstance(taken, Done):
                return self._second(tx, question, person, plain, seen.posts, taken.message)
            return self._hold(tx, taken, author, plain, replace(seen, covers=covers_of(tx, taken, seen, covers)))

    def _hold(self, tx: AnswersRows, question: Question, author: Expert, text: str, seen: Preview) -> Done:
        now = self._ctx.clock.now()
        doubts = tuple(dict.fromkeys(f.message for f in seen.findings if f.holds))
        if doubts and not any(moderator.id != author.id for moderator in self._roll.active(tx).moderators()):
            tx.save_answer(question.id, author.id, text, (), state=AnswerState.DRAFT, reasons=doubts, at=now)
            self._ctx.journal(tx, question.id, "gate", JournalStep.NOBODY_TO_LOOK, *doubts)
            return Done(False, acts.NOBODY_TO_LOOK(doubts=in_a_row(SENTENCES, doubts)))
        due = None if doubts else now + self._ctx.policy.hold_for
        step, why = Step.REVIEW if doubts else Step.CONFIRM, in_a_row(CLAUSES, doubts)
        moved = self._ctx.transition(tx, question, step, claimed_until=due, reason=why)
        if moved is None:
            return Done(False, self._claims.standing(question))
        state = AnswerState.HELD if doubts else AnswerState.ACCEPTED
        answer = tx.save_answer(question.id, author.id, text, seen.posts, state=state, reasons=doubts, at=now)
        self._ctx.journal(tx, question.id, author.id, JournalStep.CONFIRM, *(f"“{post}”" for post in seen.posts))
        if seen.variants != answer.variants:
            tx.set_variants(answer.id, seen.variants)
        if question.points:
            tx.set_covers(answer.id, seen.covers)
        if doubts:
            self._ctx.journal(tx, question.id, "gate", JournalStep.HELD, *doubts)
            self._reviews.review(tx, moved, answer)
            self._reviews.review_later(tx, moved, 0)
        else:
            self._ctx.journal(
                tx,
                question.id,
                "gate",
                JournalStep.GOOD,
                f"goes out in {self._ctx.policy.hold_for.total_seconds():.0f} s",
            )
            if self._ctx.policy.hold_for:
                self._publish_later(tx, moved, answer)
            elif self.send_out(tx, moved, answer, Step.SEND) is not None:
                return Done(True, acts.GOES_OUT)
        self._ctx.refresh_cards(tx, moved)
        if doubts:
            self._reviews.review_again(tx, moved, answer)
        paused = self._halts.paused(tx, moved)
        return Done(True, acts.FIRST_A_MODERATOR if doubts else acts.WHEN_RESUMED if paused else acts.GOES_OUT)

    def _second(
        self, tx: AnswersRows, question: Question, person: str, text: str, posts: tuple[str, ...], why: str
    ) -> Done:
        """Somebody was first: the text is kept as an alternative, and never goes out by itself."""
        now = self._ctx.clock.now()
        tx.save_answer(question.id, person, text, posts, state=AnswerState.ALTERNATIVE, reasons=(why,), at=now)
        self._ctx.journal(tx, question.id, person, JournalStep.CAME_SECOND, why)
        return Done(False, acts.KEPT_BESIDE(why=why))

    def _publish_later(self, tx: AnswersRows, question: Question, answer: Answer) -> None:
        """When the hold is over. An older twelp does not take the job for a thread: it knows no third argument."""
        more = [len(answer.posts)] if len(answer.posts) > 1 else []
        key, hold = f"publish:{question.id}:{question.version}", self._ctx.policy.hold_for
        # in the replies' queue: it does not wait for other questions' timers
        self._ctx.enqueue(tx, "publish", key, question.id, question.version, *more, queue="network", delay=hold)

    @retry_on_conflict
    def publish(self, question_id: str, version: int, posts: int = 1) -> None:
        """The hold is over: into the outbox, from where it cannot be taken back. One answer a question, for ever."""
        with self._ctx.store.transaction(durable=False) as tx:
            question = tx.question(question_id)
            if question is None or question.version != version:
                return
            answer = self._reviews.spoken(tx, question_id)
            if answer is None or answer.state is not AnswerState.ACCEPTED:
                return
            more = () if posts == 1 else (posts,)
            if not self._halts.waits(tx, question, "publish", question_id, version, *more, queue="network"):
                self.send_out(tx, question, answer, Step.SEND)

    def send_out(
        self, tx: AnswersRows, question: Question, answer: Answer, step: Step, **changes: Any
    ) -> Question | None:
        """Into the outbox. A moment later cards say what came of it, and where that takes longer, that it goes out."""
        if question.corrects is not None:
            return self._replace(tx, question, question.corrects)
        moved = self._ctx.transition(tx, question, step, reason="", **changes)
        if moved is not None:
            key = f"reply:{question.id}"
            if tx.sent(key) in (DeliveryState.FAILED, DeliveryState.SENT):  # certainly not posted, or deleted since
                key = f"{key}:{question.version}"
            errand = DeliveryKind.REPLY if len(answer.posts) == 1 else DeliveryKind.THREAD
            self._ctx.send(
                tx,
                errand,
                key,
                question=question.id,
                subject=str(answer.id),
                pieces=answer.posts,
                target=question.reply_to,
            )
            self._ctx.journal(tx, question.id, "publish", JournalStep.INTO_OUTBOX)
        return moved

    def _replace(self, tx: AnswersRows, question: Question, corrected: int) -> Question | None:
        """The public answer gets the confirmed words where the network can; else it is deleted first, and the confirmed
        one goes out in the same moment in which that is known."""
        former = tx.answer(corrected)
        moved = self._ctx.transition(tx, question, Step.REPLACE, reason=reasons.REPLACING)
        answer = self._reviews.spoken(tx, question.id)
        if moved is not None and former is not None and answer is not None:
            standing.replace_public(self._ctx, tx, moved, former, answer)
        return moved

    def post_anew(self, tx: AnswersRows, question: Question, former: Answer) -> None:
        """Nothing of the former answer stands: the confirmed one goes out in its place."""
        answer = self._reviews.spoken(tx, question.id)
        if answer is None:
            tx.set_answer(former.id, AnswerState.RETRACTED, self._ctx.clock.now(), post_ids=())
            return
        standing.replaced(self._ctx, tx, question, former, answer)
        free = replace(question, corrects=None)
        changes = {"corrects": None, "added": standing.without(question, former)}
        self.send_out(tx, free, answer, Step.POST_ANEW, **changes)

    @retry_on_conflict
    def undo(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """The author takes a held answer back; it is theirs to change again, or anybody's when they left meanwhile."""
        with self._ctx.store.transaction() as tx:
            question, refusal = self._claims.question_for(tx, question_id, person)
            left = question is None and person in self._ctx.roster.experts
            question = tx.question(question_id) if left else question
            if question is None:
                return refusal
            answer = self._reviews.spoken(tx, question_id)
            if answer is None or answer.expert != person:
                return refusal if left else Done(False, self._claims.standing(question))
            unseen = seeing.refusal(self._ctx, tx, Act.UNDO, question, person, press)
            if unseen is not None:
                return unseen
            moved = self.hand_back(tx, question, answer, Step.UNDO, "")
            if moved is None:
                return Done(False, acts.TOO_LATE_TO_UNDO(stands=self._claims.standing(question)))
            self._ctx.journal(tx, question_id, person, JournalStep.UNDO)
            if left:
                self.let_go(tx, moved, person)
            return Done(True, acts.UNDONE)

    def let_go(self, tx: AnswersRows, question: Question, person: str) -> None:
        """Who took their answer back does not take part any more: the question is for others."""
        for ask in self._asks.asks(tx, question.id):
            if ask.expert == person:
                tx.set_ask(ask.id, state=AskState.CLOSED)
        freed = self._claims.free(tx, question, Step.RELEASE)
        if freed is not None:
            self._ctx.refresh_cards(tx, freed)
            self._dispatcher.dispatch(tx, freed)

    def hand_back(self, tx: AnswersRows, question: Question, answer: Answer, step: Step, why: str) -> Question | None:
        if question.stage is Stage.LANE and answer.post_ids:
            return None  # some of it stands: a moderator posted it
        now = self._ctx.clock.now()
        until = now + self._ctx.policy.claim_for
        claim = {"claimed_by": answer.expert, "claimed_at": now, "claimed_until": until}
        moved = self._ctx.transition(tx, question, step, **claim, reason=why, reply_url="")
        if moved is not None:
            tx.set_answer(answer.id, AnswerState.DRAFT, now, returned=step is Step.RETURN)
            self._claims.watch_lease(tx, moved)
            if moved.matter is not None:  # it got another question's answer: its author has no card of it
                self._claims.give_card(tx, moved, answer.expert)
            self._ctx.refresh_cards(tx, moved)
        return moved


def _spoken(answer: Answer, question: Question) -> bool:
    spoken = answer.state in (AnswerState.HELD, AnswerState.ACCEPTED, AnswerState.PUBLISHED)
    return spoken and question.stage in lifecycle.FINAL | lifecycle.CONFIRMED
