"""One post and, where it asks something, its question whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from twelp.model import (
    Answer,
    AnswerState,
    Entry,
    JournalStep,
    Kind,
    Point,
    Post,
    Question,
    QueuedJob,
    Roster,
    Said,
    Stage,
    TopicScore,
)
from twelp.ports import AnswersTx, AsksTx, ConversationsTx, Jobs, JournalTx, PostsTx, QuestionsTx
from twelp.ports.queue import JobsTx
from twelp.reading.people import AskedPerson, PassedOver, asked, passed_over
from twelp.reading.timers import Timer, timers
from twelp.reading.versions import Version, versions

_THREAD: Final = 50
"""Of a long conversation, the latest so many posts."""


class QuestionRows(AnswersTx, AsksTx, ConversationsTx, JobsTx, JournalTx, PostsTx, QuestionsTx, Protocol):
    """Rows that one question is told by."""


@dataclass(frozen=True, slots=True)
class QuestionState:
    """Where a question stands.

    Attributes:
        stage: by the table of all stages (docs/lifecycle.md).
        reason: why it stands there, in words; empty where there is nothing to say.
        version: how often it has moved.
        topics: what it is about, likeliest first.
        wave: how many waves were asked.
        opened_at: since when it is a question.
        closed_at: when it ended, if it has.
        claimed_by: who holds it, or set it aside.
        claimed_until: how long the claim lasts; while an answer is held, when that goes out by itself.
        reply_url: the public answer's address; empty while there is none.
        points: what the post asks, where that is several things, and the answer that covers each; empty: one thing.
    """

    stage: Stage
    reason: str
    version: int
    topics: tuple[TopicScore, ...]
    wave: int
    opened_at: datetime
    closed_at: datetime | None
    claimed_by: str | None
    claimed_until: datetime | None
    reply_url: str
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """What stands in the customer's thread, word for word. `at`: since when, as far as the journal tells."""

    url: str
    posts: tuple[str, ...]
    expert: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One line of the journal: `step` in words, with whom or what it is about; `kind` is its fixed value."""

    at: datetime
    actor: str
    step: str
    reasons: tuple[str, ...]
    kind: JournalStep
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A post, and its question whole.

    Attributes:
        post: what the customer posted.
        verdict: what triage took it for; `reasons`: why.
        belongs_to: the question's id: its own, or of the question that it adds to; None: neither.
        question: where it stands; None where the post asks nothing. All below but `trail` is empty then.
        thread: the conversation as it was heard, this post and our answer among it, oldest first.
        next: what happens next, soonest first.
        asked: who was asked, oldest first.
        passed_over: who was not, and why.
        versions: every text that was confirmed, with what was pressed, oldest first.
        public_answer: what stands in public now.
        trail: all that was decided and done, oldest first.
    """

    post: Post
    verdict: Kind
    reasons: tuple[str, ...]
    belongs_to: str | None
    question: QuestionState | None
    thread: tuple[Said, ...] = ()
    next: tuple[Timer, ...] = ()
    asked: tuple[AskedPerson, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    versions: tuple[Version, ...] = ()
    public_answer: PublicAnswer | None = None
    trail: tuple[TrailLine, ...] = ()


def read_question(tx: QuestionRows, key: str, *, jobs: Jobs, roster: Roster | None = None) -> QuestionView | None:
    """The post with this key and all that is known of it; None where it was never heard.

    Args:
        tx: reads only.
        key: the post's, such as `x:1934…`.
        jobs: tells what happens next.
        roster: gives people whom the journal knows by name their ids back.
    """
    heard = tx.post(key)
    if heard is None:
        return None
    post, verdict = heard
    trail, question = tx.trail(key), tx.question(key)
    lines = tuple(_line(entry) for entry in trail)
    thread = _thread(post, tx.conversation(post, _THREAD))
    view = QuestionView(
        post, verdict.kind, tuple(verdict.reasons), tx.belongs_to(key), None, thread=thread, trail=lines
    )
    if question is None:
        return view
    return _whole(tx, view, question, trail, jobs.list(tx, subject=key), roster)


def _whole(
    tx: QuestionRows,
    view: QuestionView,
    question: Question,
    trail: Sequence[Entry],
    queued: Sequence[QueuedJob],
    roster: Roster | None,
) -> QuestionView:
    asks, answers = tx.asks(question.id), tx.answers(question.id)
    return QuestionView(
        post=view.post,
        verdict=view.verdict,
        reasons=view.reasons,
        belongs_to=view.belongs_to,
        question=_state(question),
        thread=view.thread,
        next=timers(queued),
        asked=asked(asks),
        passed_over=passed_over(trail, asks, roster),
        versions=versions(trail, answers),
        public_answer=_public(question, answers, trail),
        trail=view.trail,
    )


def _state(question: Question) -> QuestionState:
    return QuestionState(
        stage=question.stage,
        reason=question.reason,
        version=question.version,
        topics=question.topics,
        wave=question.wave,
        opened_at=question.opened_at,
        closed_at=question.closed_at,
        claimed_by=question.claimed_by,
        claimed_until=question.claimed_until,
        reply_url=question.reply_url,
        points=question.points,
    )


def _thread(post: Post, others: Sequence[Said]) -> tuple[Said, ...]:
    own = Said(post.author.handle, post.text, post.created_at)
    return tuple(sorted((own, *others), key=lambda said: said.at))


def _public(question: Question, answers: Sequence[Answer], trail: Sequence[Entry]) -> PublicAnswer | None:
    answer = next((answer for answer in answers if answer.state is AnswerState.PUBLISHED), None)
    if answer is None:
        return None
    since = [entry.at for entry in trail if entry.step is JournalStep.PUBLISHED]
    return PublicAnswer(question.reply_url, answer.posts, answer.expert, since[-1] if since else answer.updated_at)


def _line(entry: Entry) -> TrailLine:
    step, why = entry.told()
    return TrailLine(entry.at, entry.actor, step, tuple(why), entry.step, entry.detail)
