"""Repeats: a customer asks the same again, elsewhere: one question is before people, and whoever has it goes on.

The same words twice join the question that is open. Once its post is gone, the newer one takes its place: asks, claim
and draft are the newer question's from then on, with the same cards in Slack, and the former one is withdrawn. What is
sent from a window or button of the former question reaches the newer one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from twelp.desk import matching
from twelp.desk.claims import Claims
from twelp.desk.context import Context
from twelp.desk.dispatcher import Dispatcher
from twelp.desk.rows import AskingRows, is_apart
from twelp.desk.telling import tell_of_post
from twelp.desk.waiting_line import offer_later
from twelp.flow import edits, repeats, subject
from twelp.flow.lifecycle import Step
from twelp.flow.repeats import Repeat
from twelp.model import COLLEAGUE, JournalStep, Kind, Post, Question, Stage, Verdict
from twelp.ports import Conflict, LeftAloneTx, RepeatsTx
from twelp.texts import notes, reasons

P = ParamSpec("P")
R = TypeVar("R")


class RepeatsRows(AskingRows, LeftAloneTx, RepeatsTx, Protocol):
    """Rows that `Repeats` touches."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a question, since when, and until when."""

    expert: str
    since: datetime
    until: datetime


class Repeats:
    """A customer's next post about the same, in another conversation."""

    def __init__(self, ctx: Context[RepeatsRows], *, claims: Claims, dispatcher: Dispatcher) -> None:
        self._ctx = ctx
        self._claims = claims
        self._dispatcher = dispatcher

    def look_first(self, posts: Iterable[Post]) -> None:
        """Looks at the former posts of these posts' authors that may have been deleted for them, before they are read.

        Outside of any transaction. What cannot be found out now is found out by the next look.
        """
        if self._ctx.look is None:
            return
        for post in posts:
            with self._ctx.store.read() as tx:
                lately = self._lately(tx, post)
            for former in lately:
                if former.stage is not Stage.PUBLISHED and repeats.may_replace(former.post, post):
                    self._ctx.look(former.id)

    def find(self, tx: RepeatsRows, post: Post) -> tuple[Question, Repeat] | None:
        """The question of its author that a post asks again, and what it is to that one."""
        lately = [one for one in self._lately(tx, post) if tx.belongs_to(one.id) in (None, one.id)]
        lately = [one for one in lately if not is_apart(tx, one)]
        if not lately:
            return None
        topics = matching.find(subject.words(post), self._ctx.matcher, self._ctx.roster, None).topics
        now = self._ctx.clock.now()
        found = (
            (one, repeats.read(one, post, topics, now, same=edits.says_the_same(one.post, post))) for one in lately
        )
        return next(((one, read) for one, read in found if read is not None), None)

    def _lately(self, tx: RepeatsRows, post: Post) -> Iterable[Question]:
        since = self._ctx.clock.now() - repeats.LATELY
        return tx.lately_of(post.network, post.author.id, since) if post.author.id else ()

    def verdict(self, former: Question) -> Verdict:
        """What a post is taken for that joins this question."""
        return Verdict(Kind.REPEATED, (reasons.ASKS_THE_SAME(post=former.id),))

    def join(self, tx: RepeatsRows, former: Question, post: Post, how: Repeat) -> None:
        """Nobody is asked anew. It is looked at once whether the former post still stands.

        Raises:
            Conflict: another worker moved the question.
        """
        if not tx.lock_if_unchanged(former):
            raise Conflict(former.id)
        self._ctx.journal(tx, former.id, "customer", JournalStep.REPEATED, f"post {post.key}")
        if how is Repeat.JOINS:
            self._ctx.enqueue(tx, "look_at", f"look_at:{former.id}:{post.id}", former.id)
            return
        answer = tx.spoke_last(former.id)
        if answer is not None and answer.expert != COLLEAGUE:
            tell_of_post(self._ctx, tx, former, answer.expert, post, notes.ASKED_AGAIN, "again")

    def earlier(self, tx: RepeatsRows, post: Post, found: Question | None) -> Question | None:
        """The author's question that a post of this conversation goes on with: the one that took the found one's
        place, or the one that their first post there joined."""
        if found is not None and found.stage is Stage.WITHDRAWN:
            return tx.question(tx.belongs_to(found.id) or found.id)
        if found is None and post.conversation != post.id:
            joined = tx.joined_in(post.network, post.conversation, post.author.id)
            return tx.question(joined) if joined is not None else None
        return found

    def follow(self, act: Callable[Concatenate[str, P], R]) -> Callable[Concatenate[str, P], R]:
        """The act on the question that took the place of the one it names, if one did."""

        def run(question_id: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
            with self._ctx.store.read() as tx:
                now = tx.belongs_to(question_id)
            return act(now or question_id, *args, **kwargs)

        return run

    def replaced(self, tx: RepeatsRows, withdrawn: Question, before: Question, confirmed: str | None) -> bool:
        """Whether a question that was just withdrawn, as its post is gone, goes on as one that its customer posted
        beside it.

        Args:
            tx: the transaction that withdrew it.
            withdrawn: the question.
            before: as it stood before that.
            confirmed: whose answer was confirmed for it and did not go out.
        """
        post = None if is_apart(tx, withdrawn) else tx.repeat_of(withdrawn)
        if post is None:
            return False
        self._go_on(tx, withdrawn, post, self._holder(before, confirmed))
        return True

    def replace(self, tx: RepeatsRows, former: Question, post: Post) -> None:
        """The post, which is heard, takes the place of a question that was withdrawn a moment ago."""
        self._go_on(tx, former, post, self._holder(former, former.claimed_by))

    def _holder(self, former: Question, confirmed: str | None) -> Holder | None:
        now = self._ctx.clock.now()
        until = now + self._ctx.policy.claim_for
        if former.stage is Stage.CLAIMED and former.claimed_by and former.claimed_at and former.claimed_until:
            return Holder(former.claimed_by, former.claimed_at, max(former.claimed_until, now))
        listed = confirmed is not None and confirmed in self._ctx.roster.experts
        return Holder(confirmed, now, until) if confirmed is not None and listed else None

    def _go_on(self, tx: RepeatsRows, former: Question, post: Post, holder: Holder | None) -> None:
        """A question of its own, with a version above the former's: cards that show the former one are out of date."""
        found = matching.find(subject.words(post), self._ctx.matcher, self._ctx.roster, tx)
        said = tuple(one for one in former.added if not (one.edited or one.settles or one.leaves))
        topics = found.topics or former.topics
        now, version = self._ctx.clock.now(), former.version + 1
        question = Question(post.key, post, Stage.OPEN, version, topics, former.wave, now, added=said)
        tx.open_question(question)
        tx.hand_over(former, question.id, reasons.POSTED_ANEW)
        self._ctx.journal(tx, former.id, "customer", JournalStep.POSTED_ANEW, f"post {post.key}")
        self._ctx.journal(tx, question.id, "match", JournalStep.TOPICS, *found.reasons, detail=found.detail)
        self._ctx.journal(tx, question.id, "customer", JournalStep.POSTED_ANEW, f"in place of {former.id}")
        give_up = self._ctx.policy.give_up_after
        self._ctx.enqueue(tx, "give_up", f"give_up:{question.id}", question.id, delay=give_up)
        offer_later(self._ctx, tx, question.id)
        if former.wave:
            question = self._ctx.transition(tx, question, Step.ASK, wave=former.wave) or question
        if holder is not None:
            self._give(tx, question, post, holder)
        elif not former.wave or (topics[:1] and former.topics[:1] and topics[0].topic != former.topics[0].topic):
            self._dispatcher.dispatch(tx, question)
        else:
            key, delay = f"widen:{question.id}:{question.wave}", self._ctx.policy.wave_after
            self._ctx.enqueue(tx, "widen", key, question.id, question.wave, delay=delay)
        now_stands = tx.question(question.id)
        if now_stands is not None:
            self._ctx.refresh_cards(tx, now_stands)

    def _give(self, tx: RepeatsRows, question: Question, post: Post, holder: Holder) -> None:
        """Who had it goes on, and is told: a card that changes in its place tells nobody."""
        lease = {"claimed_by": holder.expert, "claimed_at": holder.since, "claimed_until": holder.until}
        moved = self._ctx.transition(tx, question, Step.CLAIM, **lease)
        if moved is not None:
            self._ctx.journal(tx, moved.id, holder.expert, JournalStep.CLAIM, f"until {holder.until:%H:%M} UTC")
            self._claims.watch_lease(tx, moved)
            tell_of_post(self._ctx, tx, moved, holder.expert, post, notes.POSTED_ANEW, "again")
