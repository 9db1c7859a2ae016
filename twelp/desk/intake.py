"""Intake: posts come in, each is judged once, and those that ask something become questions."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Protocol

from twelp.desk import matching
from twelp.desk.alarms import Alarms
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.conversations import Conversations
from twelp.desk.crises import Crises
from twelp.desk.dispatcher import Dispatcher
from twelp.desk.edits import Edits
from twelp.desk.lessons import Lessons
from twelp.desk.matters import Matters
from twelp.desk.points import points_of, told
from twelp.desk.records import Records
from twelp.desk.repeats import Repeats
from twelp.desk.rows import AskingRows
from twelp.desk.sampling import sample_later
from twelp.desk.waiting_line import offer_later
from twelp.flow import conversation, listen, subject, triage
from twelp.flow.lifecycle import Step
from twelp.flow.repeats import Repeat
from twelp.model import (
    FOR_PEOPLE,
    Added,
    Answer,
    JournalStep,
    Kind,
    Post,
    Question,
    Stage,
    Verdict,
    Way,
)
from twelp.ports import LeftAloneTx, LessonsTx, Page, RepeatsTx
from twelp.texts import reasons
from twelp.texts.phrase import CLAUSES, in_a_row

log = logging.getLogger("twelp.desk")

_MISTAKES = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, AssertionError, RecursionError)
"""What a post that was not thought of runs into; anything else (the database is away) is no post's fault."""

_GOES_ON = (Kind.FOLLOW_UP, Kind.SETTLED, Kind.REPLY, Kind.UNHELPED)
"""What belongs to a question that its author asked before."""

_AT_ONCE = 10
"""Posts that one transaction takes in: a second of work at most, as others wait to write and a kill undoes it."""


class IntakeRows(AskingRows, LeftAloneTx, LessonsTx, RepeatsTx, Protocol):
    """Rows that `Intake` touches."""


class Intake:
    """From a page of posts to questions that are open."""

    def __init__(
        self,
        ctx: Context[IntakeRows],
        *,
        lessons: Lessons,
        dispatcher: Dispatcher,
        alarms: Alarms,
        crises: Crises,
        conversations: Conversations,
        edits: Edits,
        repeats: Repeats,
        matters: Matters,
    ) -> None:
        self._ctx = ctx
        self._repeats = repeats
        self._conversations = conversations
        self._edits = edits
        self._matters = matters
        self._lessons = lessons
        self._dispatcher = dispatcher
        self._alarms = alarms
        self._crises = crises

    def hear(self, network: str, page: Page, left: Mapping[str, Verdict] = MappingProxyType({})) -> Counter[Kind]:
        """Takes in a page of posts, oldest first. The cursor is committed with the posts it covers.

        Posts heard before change nothing, so that a page may come twice.

        Args:
            network: where they were read.
            page: the posts, and the cursor that covers them.
            left: posts, by key, about which nobody is to be asked, with the verdict that says why.

        Returns:
            How many questions were left so, by why.
        """
        counted: Counter[Kind] = Counter()
        with self._ctx.store.read() as tx:
            known, cursor = tx.known_posts(post.key for post in page.posts), tx.cursor(network)
        posts = tuple(post for post in page.posts if post.key not in known)
        if posts:
            self._repeats.look_first(posts)
            self._lessons.catch_up()
            self._dispatcher.habits.refresh(self._ctx.store, self._ctx.roster.experts, self._ctx.clock.now())
        for start in range(0, len(posts), _AT_ONCE):
            part = posts[start : start + _AT_ONCE]
            last = start + _AT_ONCE >= len(posts)
            counted += self._hear_each(network, part, page.cursor if last else part[-1].id, left)
        if not posts and page.cursor is not None and page.cursor != cursor:
            self._hear(network, (), page.cursor, left)
        return counted

    def first_time(self, event_id: str) -> bool:
        """True once per event id: what Slack sends again is not acted on again."""
        with self._ctx.store.at_once() as tx:
            return tx.first_time(event_id, self._ctx.clock.now())

    def _hear_each(
        self, network: str, posts: Sequence[Post], cursor: str | None, left: Mapping[str, Verdict]
    ) -> Counter[Kind]:
        """All of them at once; one by one where a single one cannot be taken in, which must not make us deaf."""
        counted: Counter[Kind] = Counter()
        try:
            counted = self._hear(network, posts, cursor, left)
        except _MISTAKES as error:
            if len(posts) > 1:
                for post in posts:
                    counted += self._hear_each(network, (post,), cursor if post is posts[-1] else post.id, left)
            else:
                log.exception("post %s could not be taken in", posts[0].key)
                self._set_aside(network, posts[0], cursor, reasons.NOT_TAKEN_IN(kind=type(error).__name__))
        return counted

    def _set_aside(self, network: str, post: Post, cursor: str | None, why: str) -> None:
        """Nobody is asked about it; it is kept, and the moderators get its link."""
        verdict = Verdict(Kind.UNREADABLE, (why,))
        with self._ctx.store.transaction() as tx:
            if tx.add_post(post, verdict, self._ctx.clock.now(), None):
                self._ctx.journal(tx, post.key, "triage", JournalStep(verdict.kind), why)
                self._alarms.alarm(tx, post, verdict)
            if cursor is not None:
                tx.set_cursor(network, cursor)

    @retry_on_conflict
    def _hear(
        self, network: str, posts: Sequence[Post], cursor: str | None, left: Mapping[str, Verdict]
    ) -> Counter[Kind]:
        taken: list[Kind] = []
        with self._ctx.store.transaction(
            durable=False
        ) as tx:  # what a power cut undoes is read again: the cursor goes with it
            heard = tx.known_posts(post.key for post in posts)
            records = self._dispatcher.records(tx) if posts else None
            for post in posts:
                if post.key not in heard:
                    heard.add(post.key)
                    taken.append(self._take(tx, post, records, left.get(post.key)))
            if cursor is not None:
                tx.set_cursor(network, cursor)
        return Counter(kind for kind in taken if kind in (Kind.OLD, Kind.ANSWERED))

    def _take(self, tx: IntakeRows, post: Post, records: Records | None, left: Verdict | None) -> Kind:
        now, roster = self._ctx.clock.now(), self._ctx.roster
        us = self._ctx.accounts(post.network)
        verdict = listen.concerns(post, us=us.account, handles=us.handles, heard=False)
        earlier = None
        post = self._edits.in_its_conversation(tx, post)
        if verdict is None and (edited := self._edits.known(tx, post)) is not None:
            return self._edits.hear(tx, edited, post)
        if verdict is None:
            earlier = tx.latest_in_conversation(post.network, post.conversation, post.author.id)
            earlier = self._repeats.earlier(tx, post, earlier)
            own = replace(post, text=post.own_text, prefix=0)
            read = triage.judge(
                own, brand=roster.brand, open_question=None, names=roster.names(), opinion=self._lessons.opinion
            )
            verdict = conversation.place(post, read, us=us, before=self._conversations.before(tx, earlier))
            verdict = left if left is not None and verdict.asks else verdict
        again = self._repeats.find(tx, post) if verdict.asks and earlier is None else None
        if again is not None and again[1] is not Repeat.REPLACES:
            return self._join(tx, post, *again)
        goes_on = earlier is not None and verdict.kind in _GOES_ON
        doubtful = verdict.way is Way.ASK and not goes_on
        crisis = verdict.kind in FOR_PEOPLE and verdict.way is Way.PEOPLE
        belongs_to = (
            post.key if verdict.asks or doubtful or crisis else earlier.id if earlier is not None and goes_on else None
        )
        if not tx.add_post(post, verdict, now, belongs_to):
            return Kind.REPOST  # another listener took it in at this moment
        self._ctx.journal(tx, post.key, "triage", JournalStep(verdict.kind), *verdict.reasons)
        if verdict.asks or (goes_on and verdict.kind is not Kind.SETTLED):
            self._conversations.writes(tx, post)
        if again is not None:
            self._repeats.replace(tx, again[0], post)
        elif verdict.asks:
            answer = self._answer_before(tx, earlier)
            self._dispatch(tx, self._open(tx, post, earlier, answer), records, answer)
        elif doubtful:
            self._ask_cheaply(tx, self._open(tx, post, earlier, None), verdict)
        elif goes_on and earlier is not None:
            self._conversations.hear(tx, earlier, post, verdict)
        elif verdict.kind is Kind.OPT_OUT:
            self._conversations.leave(tx, post)
        elif verdict.kind is Kind.THANKS:
            self._alarms.thanked(tx, post)
        elif crisis:
            self._crises.hear(tx, post, verdict, earlier)
        elif verdict.way is Way.PEOPLE:
            self._alarms.alarm(tx, post, verdict)
        if verdict.way is Way.DROP:
            sample_later(self._ctx, tx, post, verdict.kind)
        return verdict.kind

    def _join(self, tx: IntakeRows, post: Post, former: Question, how: Repeat) -> Kind:
        """The customer asks the very same elsewhere: it belongs to the question that they asked before."""
        verdict = self._repeats.verdict(former)
        if not tx.add_post(post, verdict, self._ctx.clock.now(), former.id):
            return Kind.REPOST  # another listener took it in at this moment
        self._ctx.journal(tx, post.key, "triage", JournalStep(verdict.kind), *verdict.reasons)
        self._conversations.writes(tx, post)
        self._repeats.join(tx, former, post, how)
        return verdict.kind

    def _answer_before(self, tx: IntakeRows, earlier: Question | None) -> Answer | None:
        """The answer that stands to a customer's earlier question, whose author owns the case."""
        return tx.spoke_last(earlier.id) if earlier is not None and earlier.stage is Stage.PUBLISHED else None

    def _open(self, tx: IntakeRows, post: Post, earlier: Question | None, answer: Answer | None) -> Question:
        """A question of its own; after an answer, about the same where its own words name no topic."""
        now = self._ctx.clock.now()
        own = post if answer is None else replace(post, parent=None)  # what it goes on with was about the old matter
        found = matching.find(subject.words(own), self._ctx.matcher, self._ctx.roster, tx)
        topics, why = found.topics, found.reasons
        if earlier is not None and answer is not None and not topics:
            topics, why = earlier.topics, (*why, reasons.AS_BEFORE)
        asked = points_of(self._ctx, own.own_text, topics)
        question = Question(post.key, post, Stage.OPEN, 0, topics, 0, now, points=asked)
        if answer is not None and (post.parent is None or post.parent.id not in answer.post_ids):
            question = replace(question, added=(Added("", answer.public, answer.updated_at, ours=True),))
        tx.open_question(question)
        self._ctx.journal(tx, question.id, "match", JournalStep.TOPICS, *why, detail=found.detail)
        if asked:
            self._ctx.journal(tx, question.id, "match", JournalStep.POINTS, *told(asked))
        return question

    def _dispatch(self, tx: IntakeRows, question: Question, records: Records | None, answer: Answer | None) -> None:
        if answer is None and self._matters.join(tx, question):
            return
        question = tx.question(question.id) or question
        self._ctx.enqueue(tx, "give_up", f"give_up:{question.id}", question.id, delay=self._ctx.policy.give_up_after)
        offer_later(self._ctx, tx, question.id)
        if answer is not None:
            self._dispatcher.ask_author(tx, question, answer.expert, records)
        else:
            self._dispatcher.dispatch(tx, question, records)

    def _ask_cheaply(self, tx: IntakeRows, question: Question, verdict: Verdict) -> None:
        """Nobody is asked but a moderator, and nothing goes on until they say that it is for us."""
        reason = reasons.NOT_SURE(why=in_a_row(CLAUSES, verdict.reasons))
        if self._ctx.transition(tx, question, Step.DISMISS, reason=reason) is not None:
            self._ctx.journal(tx, question.id, "triage", JournalStep.NOT_SURE, *verdict.reasons)
            self._alarms.ask_cheaply(tx, question.post, verdict)
