"""Sampling: what triage dropped is shown to a moderator, a few posts a day; what they say of each teaches triage.

Whoever moderates has their turn, every day somebody else. A post on the card is a question that is set aside: “For us”
brings it back to whoever may know, “Not for us” leaves it, “Danger” makes it a case for people. Each is a lesson.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from twelp.desk import matching, seeing
from twelp.desk.claims import Claims
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.declines import Declines
from twelp.desk.lessons import Lessons
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows
from twelp.flow import subject
from twelp.flow.dispatch import free_at
from twelp.flow.lifecycle import Step
from twelp.flow.seen import Act
from twelp.flow.triage import signs
from twelp.model import (
    Ask,
    AskRole,
    AskState,
    DeliveryKind,
    Done,
    Expert,
    JournalStep,
    Kind,
    Level,
    Post,
    Press,
    Question,
    Stage,
)
from twelp.ports import LeftAloneTx, LessonsTx
from twelp.texts import acts, reasons

_A_DAY: Final = timedelta(days=1)
SHOWN: Final = 5
"""Posts that a moderator is shown a day."""
SAMPLED: Final = (Kind.CHATTER, Kind.THANKS, Kind.SPAM, Kind.ABUSE)
"""Kinds that are dropped for what triage takes them for; who wants to be left alone is left alone."""


class SamplingRows(AskingRows, LeftAloneTx, LessonsTx, Protocol):
    """Rows that `Sampling` touches."""


def sample_later(ctx: Context[SamplingRows], tx: SamplingRows, post: Post, kind: Kind) -> None:
    """The first dropped post of a day sets the timer of that day's sample."""
    now = ctx.clock.now()
    if kind in SAMPLED and tx.first_time(f"sample:{now:%Y-%m-%d}", now):
        since = now.replace(hour=0, minute=0, second=0, microsecond=0)
        ctx.enqueue(tx, "sample", f"sample:{now:%Y-%m-%d}", since.timestamp(), run_at=since + _A_DAY)


class Sampling:
    """A day's sample, and what a moderator says of a post in it."""

    def __init__(
        self, ctx: Context[SamplingRows], *, roll: Roll, claims: Claims, declines: Declines, lessons: Lessons
    ) -> None:
        self._ctx = ctx
        self._roll = roll
        self._claims = claims
        self._declines = declines
        self._lessons = lessons

    @retry_on_conflict
    def sample(self, since: float) -> None:
        """The day is over: a few of its dropped posts come before the moderator whose turn it is; once a day."""
        day = datetime.fromtimestamp(since, UTC)
        with self._ctx.store.transaction() as tx:
            moderator = self._whose_turn(tx)
            if moderator is None or not tx.first_time(f"sampled:{day:%Y-%m-%d}", self._ctx.clock.now()):
                return
            for post in self._chosen(tx, day):
                self._show(tx, post, moderator, f"sample:{moderator.id}:{day:%Y-%m-%d}")

    def for_us(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """ "For us": it goes to whoever may know, and triage learns it."""
        return self._said(question_id, person, press, wants=True)

    def not_for_us(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """ "Not for us": it stays where it is, and triage learns it."""
        return self._said(question_id, person, press, wants=False)

    def _chosen(self, tx: SamplingRows, day: datetime) -> list[Post]:
        """A few of the day's dropped posts, by chance but always the same."""
        heard = [post for kind in SAMPLED for post in tx.heard_as(kind, day, day + _A_DAY)]
        fit = [post for post in heard if not post.gone and tx.question(post.key) is None]
        return sorted(fit, key=lambda post: hashlib.sha256(post.key.encode()).digest())[:SHOWN]

    def _whose_turn(self, tx: SamplingRows) -> Expert | None:
        """Every day somebody else, who can be asked now if there is one."""
        now, moderators = self._ctx.clock.now(), list(self._roll.moderators(tx))
        awake = [one for one in moderators if free_at(one, now) == now] or moderators
        return awake[now.toordinal() % len(awake)] if awake else None

    def _show(self, tx: SamplingRows, post: Post, moderator: Expert, key: str) -> None:
        now = self._ctx.clock.now()
        found = matching.find(subject.words(post), self._ctx.matcher, self._ctx.roster, tx)
        question = Question(post.key, post, Stage.OPEN, 0, found.topics, 0, now)
        tx.open_question(question)
        aside = self._ctx.transition(tx, question, Step.DISMISS, reason=reasons.SAMPLED)
        if aside is None:
            return
        self._ctx.journal(tx, question.id, "sample", JournalStep.SHOWN, self._ctx.name(moderator.id))
        tx.add_ask(question.id, moderator.id, role=AskRole.SAMPLE, wave=0, reasons=(), at=now, digest=key)
        delay = ((free_at(moderator, now) or now) - now) or None
        to = moderator.id
        self._ctx.send(tx, DeliveryKind.DIGEST, key, question="", subject=to, to=to, delay=delay)

    @retry_on_conflict
    def _said(self, question_id: str, person: str, press: Press | None, *, wants: bool) -> Done:
        with self._ctx.store.transaction() as tx:
            question, refusal = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refusal
            if self._roll.active(tx).experts[person].level is not Level.MODERATOR:
                return Done(False, acts.MODERATORS_DECIDE)
            mine = self._mine(tx, question_id, person)
            if question.stage is not Stage.DISMISSED or mine is None:
                return Done(False, self._claims.standing(question))
            unseen = seeing.refusal(self._ctx, tx, Act.RESTORE, question, person, press)
            if unseen is not None:
                return unseen
            tx.set_ask(mine.id, state=AskState.PASSED)
            step = JournalStep.FOR_US if wants else JournalStep.NOT_FOR_US
            self._ctx.journal(tx, question_id, person, step)
            if not wants:
                moved = self._ctx.transition(tx, question, Step.SAMPLE, closed_at=question.closed_at)
                self._ctx.refresh_cards(tx, moved or question)
            elif self._declines.bring_back(tx, question, person) is None:
                return Done(False, self._claims.standing(question))
            topic = question.topics[0].topic if wants and question.topics else None
            if topic is not None or not wants:
                tx.learn(question_id, subject.words(question.post), topic, self._ctx.clock.now())
        if topic is None and wants:  # there is no row that could hold this lesson: it lasts as long as this process
            self._lessons.opinion.learn(signs.read(question.post.own_text), wants=True)
        self._lessons.catch_up()
        return Done(True, acts.BROUGHT_BACK if wants else acts.DISMISSED)

    def _mine(self, tx: SamplingRows, question_id: str, person: str) -> Ask | None:
        """This person's card that still asks."""
        asks = (ask for ask in tx.asks(question_id) if ask.role is AskRole.SAMPLE and ask.expert == person)
        return next((ask for ask in asks if ask.state is AskState.OPEN), None)
