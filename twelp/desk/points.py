"""Points: a post that asks several things is one question, which is open until an answer stands for each of them.

Whoever has it answers it whole or in part. Once an answer to a part of it stands, the rest goes on as the question's
next turn: for those who were asked about it, else for others who know. One person has it at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

from twelp.desk.asks import Asks
from twelp.desk.context import Context, Topics
from twelp.desk.dispatcher import Dispatcher
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows, is_apart
from twelp.desk.telling import tell
from twelp.flow import points, subject
from twelp.flow.dispatch import counting, free_at
from twelp.flow.lifecycle import Step
from twelp.flow.match import clauses
from twelp.flow.points import Reader, Wish
from twelp.flow.triage import signs
from twelp.model import (
    Added,
    Answer,
    AnswerState,
    AskState,
    JournalStep,
    NoteKind,
    Point,
    Preview,
    Question,
    TopicScore,
)
from twelp.ports import AnswersTx, LeftAloneTx
from twelp.texts import notes
from twelp.texts.phrase import CLAUSES, in_a_row

_QUOTED = 200
_NOBODYS = 0.5
"""Chance of "nobody" from which a part of a text tells of no topic. Source: docs/decisions/0004-matching.md."""


def reader_of(matcher: Topics) -> Reader:
    """Reads the parts of posts and answers."""

    def about(text: str) -> Sequence[str]:
        ranking = matcher.rank(text)
        unsure = ranking.nobody or ranking.none_score >= _NOBODYS
        return () if unsure else tuple(one.topic for one in ranking.topics)

    return Reader(about, _wish, clauses.parts)


def _wish(text: str) -> Wish:
    said = signs.read(text)
    return Wish.ANSWER if said.mark or said.asks else Wish.HELP if said.woe else Wish.NOTHING


def taught_by(question: Question, answer: int) -> str:
    """The words that an answer teaches something about: those of the points that it covers, else all."""
    covered = [point.words for point in question.points if point.answer == answer]
    return " ".join(covered) if covered and len(covered) < len(question.points) else subject.words(question.post)


def points_of(ctx: Context[Any], words: str, topics: Sequence[TopicScore]) -> tuple[Point, ...]:
    """What a post asks, where that is several things; `topics`: what it is about as a whole."""
    which = [found.topic for found in counting(topics)] if topics else []
    return points.find(words, which, reader_of(ctx.matcher))


def told(found: Iterable[Point]) -> tuple[str, ...]:
    """Points as the journal tells them."""
    return tuple(f"“{point.words}” ({point.topic})" if point.topic else f"“{point.words}”" for point in found)


def covers_of(tx: AnswersTx, question: Question, seen: Preview, chosen: Collection[int] | None) -> tuple[int, ...]:
    """The points that an answer covers: as its author says, of those that are open; a correction, as before."""
    former = None if question.corrects is None else tx.answer(question.corrects)
    if former is not None:
        return former.covers
    left = points.still_open(question.points)
    these = tuple(place for place in left if chosen is not None and place in chosen)
    return these or tuple(place for place in seen.covers if place in left) or left


class PointsRows(AskingRows, LeftAloneTx, Protocol):
    """Rows that `Points` touches."""


class Points:
    """What is left of a question."""

    def __init__(self, ctx: Context[PointsRows], *, roll: Roll, asks: Asks, dispatcher: Dispatcher) -> None:
        self._ctx = ctx
        self._roll = roll
        self._asks = asks
        self._dispatcher = dispatcher

    def go_on(
        self, tx: PointsRows, question: Question, answer: Answer, *, holder: str | None = None, draft: str = ""
    ) -> Question | None:
        """An answer stands that covers a part of the question: what is left goes on; None where nothing does.

        Args:
            tx: within which.
            question: with that answer.
            answer: what stands.
            holder: who has it, or had confirmed an answer that does not go out, and has the rest from now on.
            draft: what they wrote.
        """
        left = [question.points[place] for place in points.still_open(question.points)]
        author = question.post.author.id
        ends = question.post.gone or question.settled or tx.left_alone(question.post.network, author)
        if not left or ends or is_apart(tx, question):
            return None
        moved = self._ctx.transition(
            tx,
            question,
            Step.REOPEN,
            turn=question.turn + 1,
            reply_to=question.reply_to or question.post.id,
            added=(*question.added, Added("", answer.public, answer.updated_at, ours=True)),
            topics=topics_of(question, left),
            claimed_by=None,
            claimed_at=None,
            claimed_until=None,
            closed_at=None,
            reason="",
            reply_url="",
        )
        if moved is None:
            return None
        self._ctx.journal(tx, question.id, "dispatch", JournalStep.REST_OPEN, *told(left))
        delay = self._ctx.policy.give_up_after
        self._ctx.enqueue(tx, "give_up", f"give_up:{question.id}", question.id, delay=delay)
        if holder is not None:
            return self._keep(tx, moved, holder, draft)
        self._ctx.refresh_cards(tx, moved)
        if not self._tell(tx, moved, answer, left):
            self._dispatcher.dispatch(tx, moved)
            return tx.question(question.id)
        key, later = f"widen:{question.id}:{question.wave}", self._ctx.policy.wave_after
        self._ctx.enqueue(tx, "widen", key, question.id, question.wave, delay=later)
        return moved

    def _keep(self, tx: PointsRows, question: Question, person: str, draft: str) -> Question:
        """Who has it has the rest, with their text."""
        now = self._ctx.clock.now()
        until = now + self._ctx.policy.claim_for
        claim = {"claimed_by": person, "claimed_at": now, "claimed_until": until}
        moved = self._ctx.transition(tx, question, Step.CLAIM, **claim)
        if moved is None:
            return question
        if draft:
            tx.save_answer(question.id, person, draft, (), state=AnswerState.DRAFT, reasons=(), at=now)
        lease = self._ctx.policy.claim_for
        self._ctx.enqueue(tx, "lapse", f"lapse:{question.id}", question.id, delay=lease)
        self._ctx.refresh_cards(tx, moved)
        return moved

    def _tell(self, tx: PointsRows, question: Question, answer: Answer, left: Sequence[Point]) -> bool:
        """Whether somebody who was asked about the rest is there: they are told, as cards tell nobody."""
        open_topics = {point.topic for point in left}
        experts, now = self._roll.active(tx).experts, self._ctx.clock.now()
        found = False
        for ask in self._asks.asks(tx, question.id):
            person = experts.get(ask.expert)
            if person is None or ask.state is not AskState.OPEN or ask.expert == answer.expert:
                continue
            if None not in open_topics and open_topics.isdisjoint({*person.topics, ask.topic}):
                continue
            if not (self._ctx.policy.unlimited or free_at(person, now) == now):
                continue
            found = True
            words = in_a_row(CLAUSES, [point.words[:_QUOTED] for point in left])
            text = notes.REST_OPEN(who=self._ctx.name(answer.expert), words=words, url=question.post.url)
            key = NoteKind.SINCE.key(question.id, f"rest{question.turn}", ask.expert)
            tell(self._ctx, tx, ask.expert, key, text, question=question.id)
        return found


def topics_of(question: Question, left: Sequence[Point]) -> tuple[TopicScore, ...]:
    """What is left is about these topics, the question's own first; where nothing is known of it, as before."""
    names = dict.fromkeys(point.topic for point in left if point.topic is not None)
    kept = [found for found in question.topics if found.topic in names]
    best = max((found.score for found in question.topics), default=1.0)
    others = (TopicScore(name, best) for name in names if all(found.topic != name for found in kept))
    return (*kept, *others) or question.topics
