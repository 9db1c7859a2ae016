"""Repairing: what people put right in a tap or two: the topic, the person, an answer that should not stand.

Each repair teaches at once and for good, in the rows it is written with, and is journaled with what `twelp roster
suggest` needs to propose a lasting change of experts.yaml.
"""

from __future__ import annotations

from twelp.desk import seeing
from twelp.desk.answering import Answering
from twelp.desk.bench import decided_again
from twelp.flow import answer as answers
from twelp.flow import card, lifecycle
from twelp.flow.dispatch import refusal
from twelp.flow.lifecycle import Step
from twelp.flow.seen import Act
from twelp.model import (
    AnswerState,
    AskState,
    Candidate,
    Card,
    DeliveryState,
    Done,
    Errand,
    Press,
    Question,
    Stage,
    TopicScore,
)
from twelp.ports import Overtaken, Tx
from twelp.texts import acts, reasons

_NOTE = 180
"""Characters of a colleague's word that a card shows."""


class Repairing(Answering):
    """Wrong topic, wrong person, wrong answer."""

    @decided_again
    def retopic(self, question_id: str, person: str, topic_id: str, press: Press | None = None) -> Done:
        """ "Wrong topic": the question is about this one. The matcher learns it, and that topic's people are asked now,
        unless it is answered already: then nobody is, and only who may take the answer back may say so."""
        topic = self.roster.topics.get(topic_id)
        if topic is None:
            return Done(False, acts.TOPIC_IS_GONE)
        with self.store.begin() as tx:
            question, refused = self._for(tx, question_id, person)
            if question is None:
                return refused
            was = [found.topic for found in question.topics]
            learned = tx.lesson(question_id)
            if topic_id == (learned[1] if learned else was[0] if was else None):
                return Done(True, acts.TOPIC_ALREADY(topic=topic.name))
            unseen = seeing.refusal(self, tx, Act.RETOPIC, question, person, press)
            if unseen is not None:
                return unseen
            topics = (TopicScore(topic_id, 1.0, (reasons.SAYS_IT_IS_ABOUT(who=self.name(person), topic=topic.name),)),)
            detail = {"topic": topic_id, "was": was}
            if question.stage is Stage.PUBLISHED:
                answer = self._spoken(tx, question_id)
                if answer is None or not card.may_retract(person, answer.expert, self.active(tx)):
                    return Done(False, self.standing(question))
            else:
                moved = self._rerouted(tx, question, person, topics)
                if moved is None:
                    return Done(False, self.standing(question))
                self._redirect(tx, moved, person, topic_id)
            self.note(tx, question_id, person, "wrong topic", f"it is about {topic.name}", detail=detail)
            tx.learn(question_id, question.post.text, topic_id, self.clock.now())
        self.catch_up()
        return Done(True, acts.TOPIC_LEARNED(topic=topic.name))

    def _rerouted(self, tx: Tx, question: Question, person: str, topics: tuple[TopicScore, ...]) -> Question | None:
        """The question about these topics; who holds it gives it back first, and nobody takes it from somebody else."""
        if question.stage is not Stage.CLAIMED:
            return self.step(tx, question, Step.REPAIR, topics=topics)
        freed = self._free(tx, question, Step.RELEASE) if question.claimed_by == person else None
        return self.step(tx, freed, Step.REPAIR, topics=topics) if freed else None

    def _redirect(self, tx: Tx, question: Question, person: str, topic_id: str) -> None:
        """Asks the people of the right topic; who put it right is done with it, unless it is their topic, too."""
        if topic_id not in self.roster.experts[person].topics:
            for ask in self.asks(tx, question.id):
                if ask.expert == person:
                    tx.set_ask(ask.id, state=AskState.PASSED)
        self.tell(tx, question)
        self.dispatch(tx, question)

    @decided_again
    def pass_to(self, question_id: str, person: str, other: str, note: str = "", press: Press | None = None) -> Done:
        """ "Pass to …": not me, but this colleague, with a word for them; asked next, unless they must not be now."""
        found = self.roster.experts.get(other)
        if found is None:
            return Done(False, acts.STRANGER)
        if other == person:
            return Done(False, acts.THAT_IS_YOU)
        with self.store.begin() as tx:
            question, refused = self._for(tx, question_id, person)
            if question is None:
                return refused
            if question.stage not in lifecycle.FREE and question.claimed_by != person:
                return Done(False, self.standing(question))
            unseen = seeing.refusal(self, tx, Act.PASS_TO, question, person, press)
            if unseen is not None:
                return unseen
            if any(ask.expert == other for ask in self.asks(tx, question_id)):
                return Done(False, acts.ASKED_ALREADY(who=found.name))
            records = self._records(tx)
            found = self.active(tx).experts.get(other)
            if found is None:
                return Done(False, acts.TAKES_NO_PART(who=self.name(other)))
            past = records.past((), [other])
            if records.surprised_by([found], self.active(tx).experts.values()):
                past = records.past((), [other])
            why = "" if self.policy.unlimited else refusal(found, past.asked, self.clock.now())
            if why:
                return Done(False, acts.NOT_NOW(why=why))
            moved = self.declined(tx, question, person, "pass to", found.name, to=other)
            if moved is None or moved.stage not in lifecycle.FREE:
                return Done(False, self.standing(moved or question))
            topic = moved.topics[0].topic if moved.topics else ""
            word = answers.clean(note, escaped=False)[:_NOTE]
            who = self.name(person)
            why = reasons.THINKS_YOU_KNOW_WORD(who=who, word=word) if word else reasons.THINKS_YOU_KNOW(who=who)
            self.put_before(tx, moved, Candidate(other, topic, 1.0, (why,)), records)
            self.tell(tx, moved)
            return Done(True, acts.IS_ASKED(who=found.name))

    def standing_answer(self, question_id: str, person: str, press: Press | None = None) -> Card | Done:
        """The public answer as the window shows it that asks whether to take it back or to correct it; or why not."""
        with self.store.look() as tx:
            question, refused = self._for(tx, question_id, person)
            if question is None:
                return refused
            answer = self._spoken(tx, question_id)
            if question.stage not in (Stage.PUBLISHING, Stage.PUBLISHED) or answer is None:
                return Done(False, self.standing(question))
            if not card.may_retract(person, answer.expert, self.active(tx)):
                return Done(False, acts.NOT_YOURS_TO_TAKE_BACK)
            return self.present(tx, Act.RETRACT, question, answer, press)

    @decided_again
    def retract(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """Takes a published answer back: deletes it on the network, and forgets what it taught.

        So, too, what stands of a thread while the network takes no more posts.
        """
        with self.store.begin() as tx:
            question, refused = self._for(tx, question_id, person)
            if question is None:
                return refused
            answer = self._spoken(tx, question_id)
            if question.stage not in (Stage.PUBLISHING, Stage.PUBLISHED) or answer is None:
                return Done(False, self.standing(question))
            if not card.may_retract(person, answer.expert, self.active(tx)):
                return Done(False, acts.NOT_YOURS_TO_TAKE_BACK)
            unseen = seeing.refusal(self, tx, Act.RETRACT, question, person, press)
            if unseen is not None:
                return unseen
            standing = answer.post_ids if question.stage is Stage.PUBLISHED else self._stop(tx, question)
            if not standing:
                return Done(False, self.standing(question))
            reason = reasons.TOOK_IT_BACK(who=self.name(person))
            moved = self.step(tx, question, Step.RETRACT, reason=reason)
            if moved is None:
                return Done(False, self.standing(question))
            tx.set_answer(answer.id, AnswerState.RETRACTED, self.clock.now(), post_ids=standing, returned=True)
            tx.unlearn(question_id, self.clock.now())
            self.note(tx, question_id, person, "retract", *(f"“{post}”" for post in answer.posts))
            key, subject = f"delete:{question_id}", str(answer.id)
            self.send(tx, Errand.DELETE, key, question=question_id, subject=subject, pieces=standing)
            self.tell(tx, moved)
        self.catch_up()
        return Done(True, acts.TAKEN_BACK)

    @decided_again
    def correct(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """Takes a published answer down, so that its author has the text back to change it and to confirm it anew.

        One answer stands at a time: the new one cannot be confirmed before every post of the old one is deleted. By
        one window once: sent again, it does not mean the new answer.
        """
        with self.store.begin() as tx:
            question, refused = self._for(tx, question_id, person)
            if question is None:
                return refused
            answer = self._spoken(tx, question_id)
            if answer is not None and not card.may_retract(person, answer.expert, self.active(tx)):
                return Done(False, acts.NOT_YOURS_TO_TAKE_BACK)
            if question.stage is Stage.PUBLISHING and question.reply_url:
                return Done(True, acts.TO_CORRECT)
            if question.stage is not Stage.PUBLISHED or answer is None:
                return Done(False, self.standing(question))
            unseen = seeing.refusal(self, tx, Act.CORRECT, question, person, press)
            if unseen is not None:
                return unseen
            if self.sent_before(tx, question, press):
                return Done(False, acts.SENT_BEFORE)
            why = reasons.CORRECTS(who=self.name(person))
            moved = self.step(tx, question, Step.RECALL, reason=reasons.RECALLING(why=why), closed_at=None)
            if moved is None:
                return Done(False, self.standing(question))
            tx.set_answer(answer.id, AnswerState.ACCEPTED, self.clock.now(), reasons=(why,))
            self.note(tx, question_id, person, "correct", *(f"“{post}”" for post in answer.posts))
            key, subject = f"recall:{question_id}:{moved.version}", str(answer.id)
            self.send(tx, Errand.RECALL, key, question=question_id, subject=subject, pieces=answer.post_ids)
            self.tell(tx, moved)
            return Done(True, acts.TO_CORRECT)

    def _stop(self, tx: Tx, question: Question) -> tuple[str, ...]:
        """No further post of the answer goes out; those that stand. None where nothing stands or a call is under way.

        Raises:
            Overtaken: the next post's turn began at this moment.
        """
        row = tx.unfinished(question.id)
        if row is None or row.state is not DeliveryState.READY or not row.done:
            return ()
        if tx.set_delivery(row, DeliveryState.FAILED, self.clock.now(), error="taken back") is None:
            raise Overtaken(question.id)
        return row.done
