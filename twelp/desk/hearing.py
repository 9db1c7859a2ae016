"""Hearing: posts come in, questions are opened and put before people, wider and wider, until somebody takes them."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Any

from twelp.desk import matching
from twelp.desk.alarming import Alarming
from twelp.desk.asking import CHANNEL_AFTER, numbers
from twelp.desk.bench import decided_again
from twelp.desk.records import Habits, Records
from twelp.flow import lifecycle, listen, triage
from twelp.flow.dispatch import Need, Plan, counting, plan, who_may_know
from twelp.flow.lifecycle import Step
from twelp.model import (
    Ask,
    AskRole,
    AskState,
    Kind,
    Post,
    Question,
    Stage,
    Verdict,
)
from twelp.ports import Page, Tx
from twelp.texts import reasons

log = logging.getLogger("twelp.desk")

_MISTAKES = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, AssertionError, RecursionError)
"""What a post that was not thought of runs into; anything else (the database is away) is no post's fault."""

_AT_ONCE = 10
"""Posts that one transaction takes in: a second of work at most, as others wait to write and a kill undoes it."""

_NIGHT = timedelta(hours=24)
"""How old a question may be that waits for somebody who can be asked at all."""


class Hearing(Alarming):
    """From a post to people who were asked."""

    @cached_property
    def _habits(self) -> Habits:
        return Habits()

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
        with self.store.look() as tx:
            known, cursor = tx.heard(post.key for post in page.posts), tx.cursor(network)
        posts = tuple(post for post in page.posts if post.key not in known)
        if posts:
            self.catch_up()
            self._habits.refresh(self.store, self.roster.experts, self.clock.now())
        for start in range(0, len(posts), _AT_ONCE):
            part = posts[start : start + _AT_ONCE]
            last = start + _AT_ONCE >= len(posts)
            counted += self._hear_each(network, part, page.cursor if last else part[-1].id, left)
        if not posts and page.cursor is not None and page.cursor != cursor:
            self._hear(network, (), page.cursor, left)
        return counted

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
        with self.store.begin() as tx:
            if tx.hear(post, verdict, self.clock.now(), None):
                self.note(tx, post.key, "triage", verdict.kind.value, why)
                self.alarm(tx, post, verdict)
            if cursor is not None:
                tx.set_cursor(network, cursor)

    @decided_again
    def _hear(
        self, network: str, posts: Sequence[Post], cursor: str | None, left: Mapping[str, Verdict]
    ) -> Counter[Kind]:
        taken: list[Kind] = []
        with self.store.begin(durable=False) as tx:  # what a power cut undoes is read again: the cursor goes with it
            heard = tx.heard(post.key for post in posts)
            records = self._records(tx) if posts else None
            for post in posts:
                if post.key not in heard:
                    heard.add(post.key)
                    taken.append(self._take(tx, post, records, left.get(post.key)))
            if cursor is not None:
                tx.set_cursor(network, cursor)
        return Counter(kind for kind in taken if kind in (Kind.OLD, Kind.ANSWERED))

    def _take(self, tx: Tx, post: Post, records: Records | None, left: Verdict | None) -> Kind:
        now = self.clock.now()
        verdict = listen.concerns(post, us=self.us[post.network], heard=False)
        earlier = None
        if verdict is None:
            earlier = tx.open_in_conversation(post.network, post.conversation, post.author.id)
            verdict = triage.judge(post, brand=self.roster.brand, open_question=earlier)
            verdict = left if left is not None and verdict.asks else verdict
        belongs_to = post.key if verdict.asks else earlier.id if earlier else None
        if not tx.hear(post, verdict, now, belongs_to):
            return Kind.REPOST  # another listener took it in at this moment
        self.note(tx, post.key, "triage", verdict.kind.value, *verdict.reasons)
        if verdict.asks:
            self._open(tx, post, records)
        elif verdict.kind is Kind.FOLLOW_UP and earlier is not None:
            self.note(tx, earlier.id, "customer", "follow-up", f"post {post.key}")
        elif verdict.kind is Kind.THANKS:
            self.thanked(tx, post)
        elif verdict.kind in (Kind.CRISIS, Kind.PRIVATE):
            self.alarm(tx, post, verdict)
        return verdict.kind

    def _open(self, tx: Tx, post: Post, records: Records | None) -> None:
        now = self.clock.now()
        subject = matching.find(post.text, self.matcher, self.roster, tx)
        question = Question(post.key, post, Stage.OPEN, 0, subject.topics, 0, now)
        tx.open_question(question)
        self.note(tx, question.id, "match", "topics", *subject.reasons, detail=subject.detail)
        self.later(tx, "give_up", f"give_up:{question.id}", question.id, delay=self.policy.give_up_after)
        self.dispatch(tx, question, records)

    def dispatch(self, tx: Tx, question: Question, records: Records | None = None) -> None:
        """Asks the next wave, and sets the timer for the one after it."""
        now = self.clock.now()
        records = records or self._records(tx)
        need = Need(bool(triage.urgency(question.post.text)), tx.unclaimed())
        wave = self._plan(tx, question, records, need=need, dice=_dice(question))
        if need.surges(self.policy):
            self.surge(tx, question.id, need.waiting)
        if question.wave >= CHANNEL_AFTER or not any(found.topic for found in wave.asks):
            wave = self._channel_first(tx, question, wave)
        if wave.asks:
            moved = self.step(tx, question, Step.ASK, wave=question.wave + 1)
            if moved is None:
                return
            question = moved
            self.note(tx, question.id, "dispatch", f"wave {question.wave}", *wave.reasons)
            self._ask(tx, question, wave, records)
        else:
            self.note(tx, question.id, "dispatch", "nobody to ask", *wave.reasons)
        if wave.look_again_at is not None:
            key, delay = f"widen:{question.id}:{question.wave}", wave.look_again_at - now
            self.later(tx, "widen", key, question.id, question.wave, delay=delay)

    def _channel_first(self, tx: Tx, question: Question, wave: Plan) -> Plan:
        """The topic's channel sees the question; moderators wait until it had its time."""
        channel = self.channel_of(tx, question)
        if not channel:
            return wave
        self.show_in(tx, question, channel)
        if any(found.topic for found in wave.asks) or not wave.asks:
            return wave
        return Plan((), self.clock.now() + self.policy.wave_after, ("the topic's channel sees it first",))

    def replace(self, tx: Tx, question: Question) -> None:
        """Asks one more person in place of one who passed; the wave and its timer stay."""
        records = self._records(tx)
        wave = self._plan(tx, question, records, instead=True)
        self._ask(tx, question, wave, records)

    def _records(self, tx: Tx) -> Records:
        """What is known of people, as of now."""
        return Records(tx, self.clock.now(), self._habits)

    def _plan(self, tx: Tx, question: Question, records: Records, **how: Any) -> Plan:
        now, roster, policy = self.clock.now(), self.active(tx), self.policy
        already = {ask.expert for ask in self.asks(tx, question.id)}
        topics = counting(question.topics)
        people = who_may_know(topics, roster)
        while True:
            past = records.past(topics, people)
            wave = plan(question.topics, roster, past=past, already=already, now=now, policy=policy, **how)
            chosen = [roster.experts[found.expert] for found in wave.asks]
            if policy.unlimited or not records.surprised_by(chosen, roster.experts.values()):
                return wave

    def asks(self, tx: Tx, question_id: str) -> list[Ask]:
        """Who was asked to answer, oldest first; a card that was never sent asked nobody."""
        asks = tx.asks(question_id)
        return [ask for ask in asks if ask.role is AskRole.ANSWER and ask.state is not AskState.CLOSED]

    def _ask(self, tx: Tx, question: Question, wave: Plan, records: Records) -> None:
        for found in wave.asks:
            self.put_before(tx, question, found, records)
        self.homes(tx, [found.expert for found in wave.asks], f"{question.id}:{question.version}:asked")
        if wave.considered:
            said = [f"{self.name(c.expert)} {c.score:.2f}" for c in wave.considered]
            detail = {"candidates": [numbers(c) for c in wave.considered], "dice": round(wave.dice, 6)}
            self.note(tx, question.id, "dispatch", "not asked now", *said, detail=detail)

    def widen(self, question_id: str, wave: int) -> None:
        """The wave's timer ran out: asks further people, if still nobody holds the question."""
        self._habits.refresh(self.store, self.roster.experts, self.clock.now())
        self._widen(question_id, wave)

    @decided_again
    def _widen(self, question_id: str, wave: int) -> None:
        with self.store.begin() as tx:
            question = tx.question(question_id)
            if question is not None and question.stage in lifecycle.FREE and question.wave == wave:
                self.dispatch(tx, question)

    @decided_again
    def give_up(self, question_id: str) -> None:
        """The question's time is over: says so everywhere, with the counts. An expert may still come late."""
        with self.store.begin() as tx:
            question = tx.question(question_id)
            if question is None:
                return
            now = self.clock.now()
            if question.stage in (Stage.CLAIMED, Stage.HELD):  # somebody is at it: ask again when they had their time
                self.give_up_later(tx, question)
                return
            if question.stage is Stage.OPEN and now - question.opened_at < _NIGHT and self._wait_for_day(tx, question):
                return
            asks = [ask for ask in tx.asks(question_id) if ask.role is AskRole.ANSWER]
            passed = sum(1 for ask in asks if ask.state is AskState.PASSED)
            open_s = (now - question.opened_at).total_seconds()
            reason = reasons.NOBODY_ANSWERED(
                time=_words(open_s),
                asked=reasons.ASKED(count=len(asks)),
                waves=reasons.WAVES(count=question.wave),
                passed=reasons.PASSED(count=passed),
            )
            moved = self.step(tx, question, Step.GIVE_UP, reason=reason)
            if moved is not None:
                self.note(tx, question_id, "dispatch", "gave up", reason)
                self.tell(tx, moved)

    def _wait_for_day(self, tx: Tx, question: Question) -> bool:
        """Nobody was asked so far: whether somebody can be later; they then get the question's whole time."""
        wave, now = self._plan(tx, question, self._records(tx)), self.clock.now()
        soonest = now if wave.asks else wave.look_again_at
        if soonest is None:
            return False
        delay = soonest - now + self.policy.give_up_after
        self.note(tx, question.id, "dispatch", "waits for the day", f"nobody could be asked before {soonest:%H:%M} UTC")
        self.later(tx, "give_up", f"give_up:{question.id}", question.id, delay=delay)
        return True

    def give_up_later(self, tx: Tx, question: Question) -> None:
        """Once whoever is at it had their time."""
        self.later(tx, "give_up", f"give_up:{question.id}", question.id, delay=self.policy.claim_for)


def _dice(question: Question) -> float:
    """A number in 0..1 that nobody chose and that is the same whenever this wave is planned again."""
    seed = f"{question.id} {question.wave}".encode()
    return int.from_bytes(hashlib.sha256(seed).digest()[:8]) / 2**64


def _words(seconds: float) -> str:
    if seconds >= 3600:
        return reasons.HOURS(number=f"{seconds / 3600:.1f}")
    return reasons.MINUTES(count=round(seconds / 60)) if seconds >= 60 else reasons.SECONDS(count=round(seconds))
