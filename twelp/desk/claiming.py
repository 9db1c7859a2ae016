"""Claiming: one expert at a time holds a question, on a lease that runs out by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from twelp.desk import seeing
from twelp.desk.bench import decided_again
from twelp.desk.hearing import Hearing
from twelp.flow import card, lifecycle
from twelp.flow.lifecycle import Step
from twelp.flow.seen import Act
from twelp.model import AskState, Candidate, Done, Press, Question, Stage
from twelp.ports import Tx
from twelp.texts import acts, reasons
from twelp.texts.phrase import Text


class Claiming(Hearing):
    """Taking a question, giving it back, and saying that it is not for me or for nobody."""

    @decided_again
    def claim(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """The person takes the question, or is told who was first and since when."""
        with self.store.begin() as tx:
            question, refusal = self._for(tx, question_id, person)
            if question is None:
                return refusal
            unseen = seeing.refusal(self, tx, Act.CLAIM, question, person, press)
            if unseen is not None:
                return unseen
            taken = self.take(tx, question, person)
            if isinstance(taken, Done):
                return taken
            return Done(True, acts.YOURS, {"until": taken.claimed_until})

    def take(self, tx: Tx, question: Question, person: str) -> Question | Done:
        """Within a transaction: the question with this person as its holder, or why not."""
        now = self.clock.now()
        until = now + self.policy.claim_for
        if question.stage is Stage.CLAIMED and question.claimed_by == person:
            return question
        moved = self.step(
            tx, question, Step.CLAIM, claimed_by=person, claimed_at=now, claimed_until=until, reason="", closed_at=None
        )
        if moved is None:
            return Done(False, self.standing(question))
        self.note(tx, question.id, person, "claim", f"until {until:%H:%M} UTC")
        if all(ask.expert != person for ask in self.asks(tx, question.id)):  # from a channel: a card of their own
            found = Candidate(person, "", 1.0, (reasons.YOU_TOOK_IT,))
            self.put_before(tx, moved, found, self._records(tx), unlimited=True)
        if question.stage is Stage.UNANSWERED:
            self.give_up_later(tx, moved)
        self._watch(tx, moved)
        self.tell(tx, moved)
        return moved

    def _watch(self, tx: Tx, question: Question) -> None:
        assert question.claimed_until is not None
        delay = question.claimed_until - self.clock.now()
        self.later(tx, "lapse", f"lapse:{question.id}", question.id, delay=delay)

    @decided_again
    def lapse(self, question_id: str) -> None:
        """The lease's timer ran out: frees the question, unless the lease was renewed or is over."""
        with self.store.begin() as tx:
            question = tx.question(question_id)
            if question is None or question.stage is not Stage.CLAIMED or question.claimed_until is None:
                return
            if timedelta(0) < question.claimed_until - self.clock.now() <= self.policy.claim_for:
                self._watch(tx, question)  # a lease never lasts longer: one that would was given by a clock gone wrong
                return
            moved = self._free(tx, question, Step.LAPSE)
            if moved is not None:
                self.note(tx, question_id, "dispatch", "claim ran out", f"held by {self.name(question.claimed_by)}")
                self.tell(tx, moved)
                self.dispatch(tx, moved)

    @decided_again
    def release(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """The person gives the question back; others are asked at once."""
        with self.store.begin() as tx:
            question, refusal = self._for(tx, question_id, person)
            if question is None:
                return refusal
            if question.stage is not Stage.CLAIMED or question.claimed_by != person:
                return Done(False, self.standing(question))
            unseen = seeing.refusal(self, tx, Act.RELEASE, question, person, press)
            if unseen is not None:
                return unseen
            moved = self._free(tx, question, Step.RELEASE)
            if moved is None:
                return Done(False, self.standing(question))
            self.note(tx, question_id, person, "release")
            self.tell(tx, moved)
            self.dispatch(tx, moved)
            return Done(True, acts.GIVEN_BACK)

    @decided_again
    def pass_on(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """ "Not me": the person is not asked about it again, and somebody else is asked now."""
        with self.store.begin() as tx:
            question, refusal = self._for(tx, question_id, person)
            if question is None:
                return refusal
            unseen = seeing.refusal(self, tx, Act.PASS_ON, question, person, press)
            if unseen is not None:
                return unseen
            moved = self.declined(tx, question, person, "not me")
            if moved is not None:
                self.tell(tx, moved)
                if moved.stage in lifecycle.FREE:
                    self.replace(tx, moved)
            return Done(True, acts.PASSED)

    def declined(self, tx: Tx, question: Question, person: str, step: str, *why: str, **detail: str) -> Question | None:
        """Within a transaction: this person will not be asked again; the question as it now is, or None if no step."""
        mine = [ask for ask in self.asks(tx, question.id) if ask.expert == person]
        if any(ask.state is AskState.PASSED for ask in mine):
            return None
        for ask in mine:
            tx.set_ask(ask.id, state=AskState.PASSED)
        if question.stage is Stage.CLAIMED and question.claimed_by == person:
            question = self._free(tx, question, Step.RELEASE) or question
        topics = {topic: "" for ask in mine if (topic := ask.topic)} or {t.topic: "" for t in question.topics[:1]}
        self.note(tx, question.id, person, step, *why, detail={"topics": list(topics), **detail})
        return self.step(tx, question, Step.PASS)

    def dismiss(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """ "Not a question": nobody is asked any more, and the matcher learns it."""
        return self._dismiss(question_id, person, "not a question", reasons.NOT_A_QUESTION, press)

    def not_ours(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """ "Not our topic": a question, but for nobody here; the matcher learns that, too."""
        return self._dismiss(question_id, person, "not our topic", reasons.NOT_OURS, press)

    @decided_again
    def _dismiss(self, question_id: str, person: str, step: str, words: Text, press: Press | None) -> Done:
        with self.store.begin() as tx:
            question, refusal = self._for(tx, question_id, person)
            if question is None:
                return refusal
            if question.stage is Stage.CLAIMED and question.claimed_by != person:
                return Done(False, self.standing(question))
            unseen = seeing.refusal(self, tx, Act.DISMISS, question, person, press)
            if unseen is not None:
                return unseen
            reason, now = words(who=self.name(person)), self.clock.now()
            moved = self.step(tx, question, Step.DISMISS, reason=reason, claimed_by=person, claimed_at=now)
            if moved is None:
                return Done(False, self.standing(question))
            self.note(tx, question_id, person, step)
            tx.learn(question_id, question.post.text, None, self.clock.now())
            self.tell(tx, moved)
        self.catch_up()
        return Done(True, acts.DISMISSED)

    @decided_again
    def restore(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """Brings a question back that was set aside, and unlearns what that taught. Who did it may, and moderators."""
        with self.store.begin() as tx:
            question, refusal = self._for(tx, question_id, person)
            if question is None:
                return refusal
            if question.stage in lifecycle.FREE:
                return Done(True, acts.BROUGHT_BACK)
            if question.stage is not Stage.DISMISSED:
                return Done(False, self.standing(question))
            if not card.may_restore(person, question, self.active(tx)):
                return Done(False, acts.NOT_YOURS_TO_BRING_BACK)
            unseen = seeing.refusal(self, tx, Act.RESTORE, question, person, press)
            if unseen is not None:
                return unseen
            moved = self._free(tx, question, Step.RESTORE, reason="", closed_at=None)
            if moved is None:
                return Done(False, self.standing(question))
            self.note(tx, question_id, person, "bring back")
            self._learn_again(tx, moved)
            self.later(tx, "give_up", f"give_up:{moved.id}", moved.id, delay=self.policy.give_up_after)
            key, delay = f"widen:{moved.id}:{moved.wave}", self.policy.wave_after
            self.later(tx, "widen", key, moved.id, moved.wave, delay=delay)
            self.tell(tx, moved)
        self.catch_up()
        return Done(True, acts.BROUGHT_BACK)

    def _learn_again(self, tx: Tx, question: Question) -> None:
        """What the dismissal taught is forgotten; what somebody had said it is about before, holds again."""
        said = [entry.detail.get("topic") for entry in tx.trail(question.id) if entry.step == "wrong topic"]
        if said and said[-1] in self.roster.topics:
            tx.learn(question.id, question.post.text, said[-1], self.clock.now())
        else:
            tx.unlearn(question.id, self.clock.now())

    def _free(self, tx: Tx, question: Question, step: Step, **changes: Any) -> Question | None:
        return self.step(tx, question, step, claimed_by=None, claimed_at=None, claimed_until=None, **changes)

    def _for(self, tx: Tx, question_id: str, person: str) -> tuple[Question | None, Done]:
        """The question if this rostered person may act on it, else why not."""
        refused = self.may_act(tx, person)
        if refused is not None:
            return None, refused
        question = tx.question(question_id)
        return question, Done(False, acts.NOT_KNOWN)

    def standing(self, question: Question) -> str:
        """Where the question stands, in words for somebody whose act came too late."""
        who = self.name(question.claimed_by)
        if question.stage is Stage.CLAIMED and question.claimed_at is not None:
            minutes = int((self.clock.now() - question.claimed_at).total_seconds() // 60)
            return acts.TOOK_IT_NOW(who=who) if minutes < 1 else acts.TOOK_IT(who=who, count=minutes)
        if question.stage is Stage.REFUSED:
            return acts.NETWORK_REFUSED(why=question.reason)
        if question.stage is Stage.PUBLISHING and question.reply_url:
            return acts.CORRECTING(who=who)
        if (stands := acts.STANDS.get(question.stage)) is not None:
            return stands(who=who)
        return acts.IS_OVER.get(question.stage, acts.NOBODY_HOLDS_IT)
