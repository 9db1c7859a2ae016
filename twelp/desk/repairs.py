"""Repairs: what people put right in a tap or two: the topic, the person. A wrong answer: see `corrections`.

Each repair teaches at once and for good, in the rows it is written with, and is journaled with what `twelp roster
suggest` needs to propose a lasting change of experts.yaml.
"""

from __future__ import annotations

from typing import Protocol

from twelp.desk import seeing
from twelp.desk.asks import Asks
from twelp.desk.claims import Claims
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.declines import Declines
from twelp.desk.dispatcher import Dispatcher
from twelp.desk.lessons import Lessons
from twelp.desk.reviews import Reviews
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows
from twelp.flow import answer as answers
from twelp.flow import card, lifecycle, subject
from twelp.flow.dispatch import refusal
from twelp.flow.lifecycle import Step
from twelp.flow.seen import Act
from twelp.model import (
    AskState,
    Candidate,
    Done,
    JournalStep,
    Press,
    Question,
    Stage,
    TopicScore,
)
from twelp.ports import LeftAloneTx, LessonsTx
from twelp.texts import acts, reasons

_NOTE = 180
"""Characters of a colleague's word that a card shows."""


class RepairsRows(AskingRows, LeftAloneTx, LessonsTx, Protocol):
    """Rows that `Repairs` touches."""


class Repairs:
    """Wrong topic, wrong person."""

    def __init__(
        self,
        ctx: Context[RepairsRows],
        *,
        claims: Claims,
        reviews: Reviews,
        roll: Roll,
        lessons: Lessons,
        asks: Asks,
        dispatcher: Dispatcher,
        declines: Declines,
    ) -> None:
        self._ctx = ctx
        self._claims = claims
        self._reviews = reviews
        self._roll = roll
        self._lessons = lessons
        self._asks = asks
        self._dispatcher = dispatcher
        self._declines = declines

    @retry_on_conflict
    def retopic(self, question_id: str, person: str, topic_id: str, press: Press | None = None) -> Done:
        """ "Wrong topic": the question is about this one. The matcher learns it, and that topic's people are asked now,
        unless it is answered already: then nobody is, and only who may take the answer back may say so."""
        topic = self._ctx.roster.topics.get(topic_id)
        if topic is None:
            return Done(False, acts.TOPIC_IS_GONE)
        with self._ctx.store.transaction() as tx:
            question, refused = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refused
            was = [found.topic for found in question.topics]
            learned = tx.lesson(question_id)
            if topic_id == (learned[1] if learned else was[0] if was else None):
                return Done(True, acts.TOPIC_ALREADY(topic=topic.name))
            unseen = seeing.refusal(self._ctx, tx, Act.RETOPIC, question, person, press)
            if unseen is not None:
                return unseen
            topics = (
                TopicScore(topic_id, 1.0, (reasons.SAYS_IT_IS_ABOUT(who=self._ctx.name(person), topic=topic.name),)),
            )
            detail = {"topic": topic_id, "was": was}
            if question.stage is Stage.PUBLISHED:
                answer = self._reviews.spoken(tx, question_id)
                if answer is None or not card.may_retract(person, answer.expert, self._roll.active(tx)):
                    return Done(False, self._claims.standing(question))
            else:
                moved = self._rerouted(tx, question, person, topics)
                if moved is None:
                    return Done(False, self._claims.standing(question))
                self._redirect(tx, moved, person, topic_id)
            self._ctx.journal(
                tx, question_id, person, JournalStep.WRONG_TOPIC, f"it is about {topic.name}", detail=detail
            )
            tx.learn(question_id, subject.words(question.post), topic_id, self._ctx.clock.now())
        self._lessons.catch_up()
        return Done(True, acts.TOPIC_LEARNED(topic=topic.name))

    def _rerouted(
        self, tx: RepairsRows, question: Question, person: str, topics: tuple[TopicScore, ...]
    ) -> Question | None:
        """The question about these topics; who holds it gives it back first, and nobody takes it from somebody else."""
        if question.stage is not Stage.CLAIMED:
            return self._ctx.transition(tx, question, Step.REPAIR, topics=topics)
        freed = self._claims.free(tx, question, Step.RELEASE) if question.claimed_by == person else None
        return self._ctx.transition(tx, freed, Step.REPAIR, topics=topics) if freed else None

    def _redirect(self, tx: RepairsRows, question: Question, person: str, topic_id: str) -> None:
        """Asks the people of the right topic; who put it right is done with it, unless it is their topic, too."""
        if topic_id not in self._ctx.roster.experts[person].topics:
            for ask in self._asks.asks(tx, question.id):
                if ask.expert == person:
                    tx.set_ask(ask.id, state=AskState.PASSED)
        self._ctx.refresh_cards(tx, question)
        self._dispatcher.dispatch(tx, question)

    @retry_on_conflict
    def pass_to(self, question_id: str, person: str, other: str, note: str = "", press: Press | None = None) -> Done:
        """ "Pass to …": not me, but this colleague, with a word for them; asked next, unless they must not be now."""
        found = self._ctx.roster.experts.get(other)
        if found is None:
            return Done(False, acts.STRANGER)
        if other == person:
            return Done(False, acts.THAT_IS_YOU)
        with self._ctx.store.transaction() as tx:
            question, refused = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refused
            if question.stage not in lifecycle.UNCLAIMED and question.claimed_by != person:
                return Done(False, self._claims.standing(question))
            unseen = seeing.refusal(self._ctx, tx, Act.PASS_TO, question, person, press)
            if unseen is not None:
                return unseen
            if any(ask.expert == other for ask in self._asks.asks(tx, question_id)):
                return Done(False, acts.ASKED_ALREADY(who=found.name))
            records = self._dispatcher.records(tx)
            found = self._roll.active(tx).experts.get(other)
            if found is None:
                return Done(False, acts.TAKES_NO_PART(who=self._ctx.name(other)))
            past = records.past((), [other])
            if records.surprised_by([found], self._roll.active(tx).experts.values()):
                past = records.past((), [other])
            barred = None if self._ctx.policy.unlimited else refusal(found, past.asked, self._ctx.clock.now())
            if barred is not None:
                return Done(False, acts.NOT_NOW(why=barred))
            moved = self._declines.declined(tx, question, person, JournalStep.PASS_TO, found.name, to=other)
            if moved is None or moved.stage not in lifecycle.UNCLAIMED:
                return Done(False, self._claims.standing(moved or question))
            topic = moved.topics[0].topic if moved.topics else None
            word = answers.clean(note, escaped=False)[:_NOTE]
            who = self._ctx.name(person)
            why = reasons.THINKS_YOU_KNOW_WORD(who=who, word=word) if word else reasons.THINKS_YOU_KNOW(who=who)
            self._asks.put_before(tx, moved, Candidate(other, topic, 1.0, (why,)), records)
            self._ctx.refresh_cards(tx, moved)
            return Done(True, acts.IS_ASKED(who=found.name))
