"""What people do with a case: take it, give it back, handle it, say that it is none, raise the alarm.

Of two who press at once one wins, and the other is told who has it. Whoever presses on what is not true any more is
told what is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from twelp.desk import matching, seeing
from twelp.desk.cases import Cases
from twelp.desk.claims import Claims
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.crises import Crises
from twelp.desk.dispatcher import Dispatcher
from twelp.desk.lessons import Lessons
from twelp.desk.ringing import Ringing
from twelp.desk.rows import AskingRows
from twelp.flow import answer as answers
from twelp.flow import crisis_card, lifecycle, subject
from twelp.flow.lifecycle import Step
from twelp.flow.seen import Act
from twelp.model import Card, Crisis, CrisisState, Done, JournalStep, Kind, Press, Question, Stage, is_private_post
from twelp.ports import LeftAloneTx, LessonsTx
from twelp.texts import acts, reasons

_HOW = 300
"""Characters of the line that says how a case was handled."""


class CrisisActsRows(AskingRows, LeftAloneTx, LessonsTx, Protocol):
    """Rows that `CrisisActs` touches."""


class CrisisActs:
    """Acts on a case."""

    def __init__(
        self,
        ctx: Context[CrisisActsRows],
        *,
        crises: Crises,
        cases: Cases,
        ringing: Ringing,
        claims: Claims,
        dispatcher: Dispatcher,
        lessons: Lessons,
    ) -> None:
        self._ctx = ctx
        self._crises = crises
        self._cases = cases
        self._ringing = ringing
        self._claims = claims
        self._dispatcher = dispatcher
        self._lessons = lessons

    @retry_on_conflict
    def take(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """ "I take it", or over from whoever has it as the card says; everybody sees it."""
        with self._ctx.store.transaction() as tx:
            question, crisis, refused = self._case(tx, question_id, person)
            if question is None or crisis is None:
                return refused
            if crisis.held_by == person:
                return Done(True, acts.CRISIS_YOURS)
            part = seeing.unlike(tx, Act.TAKE, question, person, press, crisis=crisis)
            if crisis.held_by is not None and (press is None or part is not None):
                seeing.redraw(self._ctx, tx, question, person)
                return Done(False, self._cases.standing(crisis))
            unseen = seeing.refusal(self._ctx, tx, Act.TAKE, question, person, press, crisis=crisis)
            if unseen is not None:
                return unseen
            moved = self._ctx.transition(tx, question, Step.CARE, closed_at=question.closed_at)
            if moved is None:
                return Done(False, self._claims.standing(question))
            self._cases.take(tx, moved, crisis, person)
            return Done(True, acts.CRISIS_YOURS)

    @retry_on_conflict
    def give_back(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """Who has it does not any more: the ladder goes on where it was."""
        with self._ctx.store.transaction() as tx:
            question, crisis, refused = self._case(tx, question_id, person)
            if question is None or crisis is None:
                return refused
            if crisis.held_by != person:
                return Done(False, self._cases.standing(crisis))
            unseen = seeing.refusal(self._ctx, tx, Act.GIVE_BACK, question, person, press, crisis=crisis)
            if unseen is not None:
                return unseen
            if question.stage is Stage.CLAIMED:
                moved = self._claims.free(tx, question, Step.RELEASE)
            else:
                moved = self._ctx.transition(tx, question, Step.CARE, closed_at=question.closed_at)
            if moved is None:
                return Done(False, self._claims.standing(question))
            found = self._cases.move(tx, crisis, state=CrisisState.OPEN, taken_by=None, taken_at=None)
            self._ringing.later(tx, found)
            self._ctx.journal(tx, question_id, person, JournalStep.GIVE_BACK)
            self._cases.refresh(tx, moved)
            return Done(True, acts.CRISIS_GIVEN_BACK)

    @retry_on_conflict
    def handle(self, question_id: str, person: str, how: str, press: Press | None = None) -> Done:
        """ "Handled", with a line how; by one window once."""
        said = answers.clean(how, escaped=False)[:_HOW]
        with self._ctx.store.transaction() as tx:
            question, crisis, refused = self._ending(tx, question_id, person)
            if question is None or crisis is None:
                return refused
            unseen = seeing.refusal(self._ctx, tx, Act.HANDLE, question, person, press, crisis=crisis)
            if unseen is not None:
                return unseen
            if not said:
                return Done(False, acts.SAY_HOW)
            if self._ctx.sent_before(tx, question, press):
                return Done(False, acts.SENT_BEFORE)
            now, over = self._ctx.clock.now(), lifecycle.after(question.stage, Step.HANDLE)
            whose = {"claimed_by": person, "claimed_at": now, "claimed_until": None, "reason": said}
            changes = whose if over is Stage.HANDLED else {"closed_at": question.closed_at}
            moved = self._ctx.transition(tx, question, Step.HANDLE, **changes)
            if moved is None:
                return Done(False, self._claims.standing(question))
            self._close(tx, crisis, person, CrisisState.HANDLED, said)
            self._ctx.journal(tx, question_id, person, JournalStep.HANDLE, said)
            self._cases.refresh(tx, moved)
            return Done(True, acts.CRISIS_HANDLED)

    @retry_on_conflict
    def not_a_crisis(self, question_id: str, person: str, goes_on: bool, press: Press | None = None) -> Done:
        """ "Not a crisis": the post goes on as an ordinary question, or is left; either is a lesson for triage."""
        with self._ctx.store.transaction() as tx:
            question, crisis, refused = self._ending(tx, question_id, person)
            if question is None or crisis is None:
                return refused
            unseen = seeing.refusal(self._ctx, tx, Act.NO_CRISIS, question, person, press, crisis=crisis)
            if unseen is not None:
                return unseen
            goes_on = goes_on and not is_private_post(question_id)
            if goes_on and tx.left_alone(question.post.network, question.post.author.id):
                return Done(False, acts.LEFT_ALONE)
            if self._ctx.sent_before(tx, question, press):
                return Done(False, acts.SENT_BEFORE)
            if question.stage is Stage.CLAIMED:
                question = self._claims.free(tx, question, Step.RELEASE) or question
            self._close(tx, crisis, person, CrisisState.NO_CRISIS, "")
            detail = {"kind": crisis.kind.value, "goes_on": goes_on}
            self._ctx.journal(tx, question_id, person, JournalStep.NO_CRISIS, crisis.kind.value, detail=detail)
            if question.stage is not Stage.CRISIS:
                moved = self._ctx.transition(tx, question, Step.CARE, closed_at=question.closed_at)
            else:
                moved = self._go_on(tx, question) if goes_on else self._leave(tx, question, person)
            if moved is None:
                return Done(False, self._claims.standing(question))
            self._cases.refresh(tx, tx.question(question_id) or moved)
        self._lessons.catch_up()
        return Done(True, acts.NO_CRISIS_ASKED if goes_on else acts.NO_CRISIS_LEFT)

    @retry_on_conflict
    def raise_alarm(self, question_id: str, person: str, press: Press | None = None) -> Done:
        """ "This is dangerous": no volunteer is asked any more, and the moderators have it as a case."""
        with self._ctx.store.transaction() as tx:
            question, refused = self._claims.question_for(tx, question_id, person)
            if question is None:
                return refused
            unseen = seeing.refusal(self._ctx, tx, Act.ALARM, question, person, press)
            if unseen is not None:
                return unseen
            if question.stage is Stage.WITHDRAWN:
                return Done(False, self._claims.standing(question))
            why = (reasons.SAYS_IT_IS_DANGEROUS(who=self._ctx.name(person)),)
            self._crises.alarm(tx, question, Kind.DANGER, why, by=person)
            return Done(True, acts.ALARM_RAISED)

    def crisis_card(self, question_id: str, person: str, press: Press | None = None) -> Card | Done:
        """The case as it is now, for the windows in which it is ended; or why this person may not end it.

        `note` says where it is not what the card showed.
        """
        with self._ctx.store.read() as tx:
            question, crisis, refused = self._ending(tx, question_id, person)
            if question is None or crisis is None:
                return refused
            known = press is not None and press.seen
            part = seeing.unlike(tx, Act.HANDLE, question, person, press, crisis=crisis) if known else None
            note = acts.CRISIS_CHANGED if part is not None else ""
            said = tx.conversation(question.post)
            shown = crisis_card.show(question, crisis, tx.answers(question_id), self._ctx.roster, person, before=said)
            return replace(seeing.marked(shown, question, (), crisis), note=note)

    # ------------------------------------------------------------ parts

    def _case(self, tx: CrisisActsRows, question_id: str, person: str) -> tuple[Question | None, Crisis | None, Done]:
        """The open case if this person may act on it, else why not."""
        question, refused = self._claims.question_for(tx, question_id, person)
        if question is None:
            return None, None, refused
        crisis = tx.crisis(question_id)
        if crisis is None:
            return None, None, Done(False, acts.NOT_KNOWN)
        if not self._cases.may_act(tx, person, crisis.kind):
            return None, None, Done(False, acts.CASES_ARE_FOR)
        if not crisis.is_open:
            return None, None, Done(False, self._cases.standing(crisis))
        return question, crisis, refused

    def _ending(self, tx: CrisisActsRows, question_id: str, person: str) -> tuple[Question | None, Crisis | None, Done]:
        """The same for what ends it: nobody else has it, and no answer is on its way."""
        question, crisis, refused = self._case(tx, question_id, person)
        if question is None or crisis is None:
            return None, None, refused
        if crisis.held_by not in (None, person):
            return None, None, Done(False, self._cases.standing(crisis))
        if lifecycle.after(question.stage, Step.HANDLE) is None:
            return None, None, Done(False, acts.ANSWER_ON_ITS_WAY)
        return question, crisis, refused

    def _close(self, tx: CrisisActsRows, crisis: Crisis, person: str, state: CrisisState, how: str) -> None:
        now = self._ctx.clock.now()
        self._cases.move(tx, crisis, state=state, closed_by=person, closed_at=now, how=how)
        self._ctx.jobs.cancel(tx, f"ring:{crisis.question}")

    def _go_on(self, tx: CrisisActsRows, question: Question) -> Question | None:
        """An ordinary question from now on, about what its words say."""
        words = subject.words(question.post)
        found = matching.find(words, self._ctx.matcher, self._ctx.roster, tx)
        moved = self._ctx.transition(tx, question, Step.ALL_CLEAR, topics=found.topics, reason="")
        if moved is None:
            return None
        self._ctx.journal(tx, question.id, "match", JournalStep.TOPICS, *found.reasons, detail=found.detail)
        if found.topics:
            tx.learn(question.id, words, found.topics[0].topic, self._ctx.clock.now())
        delay = self._ctx.policy.give_up_after
        self._ctx.enqueue(tx, "give_up", f"give_up:{question.id}", question.id, delay=delay)
        self._dispatcher.dispatch(tx, moved)
        return moved

    def _leave(self, tx: CrisisActsRows, question: Question, person: str) -> Question | None:
        """Nobody is asked, and such posts are left alone more readily."""
        now, reason = self._ctx.clock.now(), reasons.NO_CRISIS(who=self._ctx.name(person))
        moved = self._ctx.transition(tx, question, Step.DISMISS, reason=reason, claimed_by=person, claimed_at=now)
        if not is_private_post(question.id):
            tx.learn(question.id, subject.words(question.post), None, now)
        return moved
