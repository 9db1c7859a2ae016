"""Conversations: what a customer says after their question reaches whoever has to do with it.

What adds to an open question is shown on its cards, and told to who has it. What goes on after an answer opens the
question again, for its author first: they are told at once, others are asked when they are away or silent. What goes
on with a post of which nobody was sure opens that. What settles a question asks nobody further. A confirmed answer that
the customer's words came before is not sent unread.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from twelp.desk import matching
from twelp.desk.answers import Answers
from twelp.desk.context import Context
from twelp.desk.crises import Crises
from twelp.desk.dispatcher import Dispatcher
from twelp.desk.parting import Parting
from twelp.desk.points import topics_of
from twelp.desk.reviews import Reviews
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows
from twelp.desk.telling import tell_of_post
from twelp.desk.waiting_line import offer_later
from twelp.flow import points, subject
from twelp.flow.conversation import Before, Standing
from twelp.flow.dispatch import free_at
from twelp.flow.lifecycle import FINAL, UNCLAIMED, Step
from twelp.model import (
    Added,
    AnswerState,
    AskState,
    JournalStep,
    Kind,
    Post,
    Question,
    Stage,
    Verdict,
    Way,
)
from twelp.ports import LeftAloneTx, LessonsTx
from twelp.texts import notes, reasons

_KEPT: Final = 12
"""How many of a customer's later posts a question keeps with it; all are in the conversation."""


class ConversationsRows(AskingRows, LeftAloneTx, LessonsTx, Protocol):
    """Rows that `Conversations` touches."""


class Conversations:
    """The customer's next post."""

    def __init__(
        self,
        ctx: Context[ConversationsRows],
        *,
        answers: Answers,
        reviews: Reviews,
        roll: Roll,
        dispatcher: Dispatcher,
        crises: Crises,
        parting: Parting,
    ) -> None:
        self._ctx = ctx
        self._answers = answers
        self._reviews = reviews
        self._roll = roll
        self._dispatcher = dispatcher
        self._crises = crises
        self._parting = parting

    def before(self, tx: ConversationsRows, question: Question | None) -> Before:
        """How it stands with an author's latest question, for the decision where their next post belongs."""
        if question is None or question.stage is Stage.WITHDRAWN:
            return Before()
        if question.stage is Stage.DISMISSED:  # by nobody: only a person's word is one
            return Before(Standing.DOUBTED if question.claimed_by is None else Standing.NONE)
        if question.stage not in FINAL:
            return Before(Standing.OPEN, partly=question.partly_answered)
        answer = tx.spoke_last(question.id)
        return Before(Standing.ANSWERED, answer.public if answer else "")

    def hear(self, tx: ConversationsRows, question: Question, post: Post, verdict: Verdict) -> None:
        """The customer's next post about this question, which it belongs to or goes on with."""
        self._ctx.journal(tx, question.id, "customer", JournalStep(verdict.kind), f"post {post.key}", *verdict.reasons)
        said = Added(post.id, post.own_text, post.created_at, settles=verdict.kind is Kind.SETTLED)
        if question.stage is Stage.DISMISSED:
            self._add_to_doubted(tx, question, post, said, asks=verdict.way is Way.ANSWER)
        elif question.stage in FINAL:
            self._reopen(tx, question, post, said, helped=verdict.kind is not Kind.UNHELPED)
        elif verdict.kind is Kind.UNHELPED and question.partly_answered:
            self._open_again(tx, question, post, said)
        elif (
            said.settles
            and question.corrects is None
            and question.stage in (Stage.OPEN, Stage.JOINED, Stage.ASKED, Stage.UNANSWERED)
        ):
            self._settle(tx, question, said)
        else:
            self._add(tx, question, post, said)

    def leave(self, tx: ConversationsRows, post: Post) -> None:
        """The customer wants not to be written to: nothing more goes out to them, and nobody is asked, anywhere."""
        author = post.author.id
        tx.leave_alone(post.network, author, self._ctx.clock.now())
        self._ctx.journal(tx, post.key, "customer", JournalStep.LEFT_ALONE)
        said = Added(post.id, post.own_text, post.created_at, settles=True, leaves=True)
        for question in tx.open_of(post.network, author):
            answer, holder = self._reviews.spoken(tx, question.id), question.claimed_by
            nobody = {"claimed_by": None, "claimed_at": None, "claimed_until": None}
            moved = self._ctx.transition(tx, question, Step.LEAVE, added=_with(question, said), reason="", **nobody)
            if moved is None:  # a call to the network may be under way, which nobody can stop; or it is for people
                self._crises.wrote(tx, question, post, notes.CRISIS_WROTE)
                continue
            if answer is not None:
                tx.set_answer(answer.id, AnswerState.DRAFT, self._ctx.clock.now())
                holder = answer.expert
            self._ctx.journal(tx, question.id, "customer", JournalStep.LEFT_ALONE, f"post {post.key}")
            self._ctx.refresh_cards(tx, moved)
            if holder is not None:
                tell_of_post(self._ctx, tx, moved, holder, post, notes.LEFT_ALONE)

    def writes(self, tx: ConversationsRows, post: Post) -> None:
        """A customer writes to us: whoever asked not to be written to may be answered again."""
        if tx.write_again(post.network, post.author.id):
            self._ctx.journal(tx, post.key, "customer", JournalStep.WRITES_AGAIN)

    def go_on(self, tx: ConversationsRows, question: Question, since: datetime) -> None:
        """An answer that was made at that hour is public: what the customer wrote after it opens the question again."""
        later = [one for one in question.added if one.at > since and not (one.ours or one.settles or one.edited)]
        heard = tx.post(f"{question.post.network}:{later[-1].post}") if later else None
        if heard is not None and not question.post.gone:
            before = replace(question, added=tuple(one for one in question.added if one is not later[-1]))
            self._reopen(tx, before, heard[0], later[-1], helped=True)

    def _add_to_doubted(
        self, tx: ConversationsRows, question: Question, post: Post, said: Added, *, asks: bool
    ) -> None:
        """Nobody was sure of the question, and nobody has looked at it: what surely asks opens it, with both posts."""
        added = _with(question, said)
        if not asks:
            self._ctx.transition(tx, question, Step.EDIT, added=added)
            return
        words = " ".join((subject.words(question.post), *(one.text for one in added if not one.edited)))
        found = matching.find(words, self._ctx.matcher, self._ctx.roster, tx)
        how = {"added": added, "topics": found.topics, "reply_to": post.id}
        moved = self._ctx.transition(tx, question, Step.RESTORE, reason="", closed_at=None, **how)
        if moved is None:
            return
        self._ctx.journal(tx, question.id, "match", JournalStep.TOPICS, *found.reasons, detail=found.detail)
        give_up = self._ctx.policy.give_up_after
        self._ctx.enqueue(tx, "give_up", f"give_up:{question.id}", question.id, delay=give_up)
        offer_later(self._ctx, tx, question.id)
        self._dispatcher.dispatch(tx, moved)

    def _settle(self, tx: ConversationsRows, question: Question, said: Added) -> None:
        moved = self._ctx.transition(tx, question, Step.SETTLE, added=_with(question, said), reason="")
        if moved is not None:
            self._ctx.refresh_cards(tx, moved)

    def _add(self, tx: ConversationsRows, question: Question, post: Post, said: Added) -> None:
        """Every card says it; who has the question is told, as a card that changes in its place tells nobody."""
        moved = self._ctx.transition(
            tx, question, Step.ADD, added=_with(question, said), **self._about(tx, question, said)
        )
        if moved is None:
            return
        if self._parting.hear_detail(tx, moved, said.text):
            return
        moved = tx.question(moved.id) or moved
        if moved.stage is Stage.HELD:
            moved = self._stop(tx, moved) or moved
        self._ctx.refresh_cards(tx, moved)
        if moved.stage is Stage.CRISIS:
            self._crises.wrote(tx, moved, post, notes.CRISIS_WROTE)
        if moved.stage is Stage.CLAIMED and moved.claimed_by is not None:
            tell_of_post(self._ctx, tx, moved, moved.claimed_by, post, notes.WROTE_SINCE)

    def _open_again(self, tx: ConversationsRows, question: Question, post: Post, said: Added) -> None:
        """The answer to a part did not help: what it covered is open again, and its author hears of it."""
        now = self._ctx.clock.now()
        stand = [answer for one in question.points if (answer := tx.answer(one.answer or 0)) is not None]
        answer = next((one for one in stand if post.reply_to in one.post_ids), stand[-1])
        left = points.without(question.points, answer.id)
        still = [point for point in left if point.answer is None]
        how = {"added": _with(question, said), "points": left, "topics": topics_of(question, still)}
        moved = self._ctx.transition(tx, question, Step.ADD, **how)
        if moved is None:
            return
        tx.set_answer(answer.id, AnswerState.PUBLISHED, now, returned=True)
        tx.unlearn(question.id, now)
        if moved.stage is Stage.HELD:
            moved = self._stop(tx, moved) or moved
        self._ctx.refresh_cards(tx, moved)
        for person in dict.fromkeys((answer.expert, moved.claimed_by if moved.stage is Stage.CLAIMED else None)):
            if person in self._ctx.roster.experts and person is not None:
                form = notes.CAME_BACK if person == answer.expert else notes.WROTE_SINCE
                tell_of_post(self._ctx, tx, moved, person, post, form)
        if moved.stage in UNCLAIMED:
            key, delay = f"widen:{moved.id}:{moved.wave}", self._ctx.policy.wave_after
            self._ctx.enqueue(tx, "widen", key, moved.id, moved.wave, delay=delay)

    def _about(self, tx: ConversationsRows, question: Question, said: Added) -> dict[str, object]:
        """A question that was about nothing known may be, with what its customer added."""
        if question.topics:
            return {}
        earlier = (one.text for one in question.added if not one.edited)
        words = " ".join((subject.words(question.post), *earlier, said.text))
        found = matching.find(words, self._ctx.matcher, self._ctx.roster, tx)
        if not found.topics:
            return {}
        self._ctx.journal(tx, question.id, "match", JournalStep.TOPICS, *found.reasons, detail=found.detail)
        return {"topics": found.topics}

    def _stop(self, tx: ConversationsRows, question: Question) -> Question | None:
        """The answer that was about to go out was written before the customer's words: its author reads them first."""
        answer = self._reviews.spoken(tx, question.id)
        if answer is None:
            return None
        return self._answers.hand_back(tx, question, answer, Step.UNDO, reasons.WROTE_BEFORE_IT_WENT_OUT)

    def _reopen(self, tx: ConversationsRows, question: Question, post: Post, said: Added, *, helped: bool) -> None:
        """The question goes on: its author hears first, others when they are away or silent."""
        now = self._ctx.clock.now()
        answer = tx.spoke_last(question.id)
        added = question.added
        if answer is not None:
            added = (*added, Added("", answer.public, answer.updated_at, ours=True))
            if not helped:
                tx.set_answer(answer.id, AnswerState.PUBLISHED, now, returned=True)
                tx.unlearn(question.id, now)
        moved = self._ctx.transition(
            tx,
            question,
            Step.REOPEN,
            added=_with(question, said, added),
            turn=question.turn + 1,
            reply_to=post.id,
            claimed_by=None,
            claimed_at=None,
            claimed_until=None,
            closed_at=None,
            reason="",
            reply_url="",
        )
        if moved is None:
            return
        self._ctx.journal(tx, question.id, "customer", JournalStep.REOPENED, f"turn {moved.turn}")
        if moved.stage is Stage.CRISIS:
            self._crises.again(tx, moved, post)
            return
        give_up = self._ctx.policy.give_up_after
        self._ctx.enqueue(tx, "give_up", f"give_up:{question.id}", question.id, delay=give_up)
        self._ctx.refresh_cards(tx, moved)
        author = answer.expert if answer is not None else None
        if author is not None and self._is_there(tx, author):
            self._ask_author(tx, moved, author, post)
        else:
            self._dispatcher.dispatch(tx, moved)

    def _is_there(self, tx: ConversationsRows, person: str) -> bool:
        expert, now = self._roll.active(tx).experts.get(person), self._ctx.clock.now()
        return expert is not None and (self._ctx.policy.unlimited or free_at(expert, now) == now)

    def _ask_author(self, tx: ConversationsRows, question: Question, author: str, post: Post) -> None:
        """Their own card is the question's again; a message says so. Others are asked when they stay silent."""
        for ask in tx.asks(question.id):
            if ask.expert == author and ask.state is not AskState.OPEN:
                tx.set_ask(ask.id, state=AskState.OPEN)
        who = self._ctx.name(author)
        self._ctx.journal(tx, question.id, "dispatch", JournalStep.ASK, who, "wrote the answer, and hears first")
        tell_of_post(self._ctx, tx, question, author, post, notes.CAME_BACK)
        key, delay = f"widen:{question.id}:{question.wave}", self._ctx.policy.wave_after
        self._ctx.enqueue(tx, "widen", key, question.id, question.wave, delay=delay)


def _with(question: Question, said: Added, before: tuple[Added, ...] | None = None) -> tuple[Added, ...]:
    """What was said since, with this; the latest of it."""
    return (*(question.added if before is None else before), said)[-_KEPT:]
