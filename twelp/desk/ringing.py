"""Ringing: people hear of a case, one step of the ladder after the other, until somebody takes it.

The timer of the next step is a durable job: it survives a restart, and of two processes that run it one takes the step.
"""

from __future__ import annotations

from datetime import timedelta

from twelp.desk.cases import Cases
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.roll import Roll
from twelp.desk.rows import StepRows
from twelp.desk.telling import tell
from twelp.flow import ladder
from twelp.flow.dispatch import free_at
from twelp.flow.lifecycle import Step
from twelp.model import AskRole, AskState, Crisis, CrisisState, DeliveryKind, Expert, JournalStep, NoteKind, Question
from twelp.texts import notes, reasons

_MOST = 1_000
"""Open cases that are looked through for those of somebody who left."""


class Ringing:
    """Who is told now, and when the next ones are."""

    def __init__(self, ctx: Context[StepRows], *, roll: Roll, cases: Cases) -> None:
        self._ctx = ctx
        self._roll = roll
        self._cases = cases

    def tell(self, tx: StepRows, question: Question, crisis: Crisis, rounds: int = 0) -> None:
        """Takes the step of the ladder that comes next, and sets the timer of the one after it."""
        moved = self._cases.move(tx, crisis, rung=crisis.rung + 1)  # first: of two who take this step, one goes on
        told = {ask.expert for ask in self._cases.cards(tx, question) if ask.state is not AskState.CLOSED}
        listed = self._ctx.roster.alarms.listed(crisis.kind)
        found = self._planned(tx, crisis, told)
        channels = (
            [one for one in listed if one not in self._ctx.roster.experts] if not crisis.rung or found.again else []
        )
        for who in dict.fromkeys((*found.people, *channels)):
            self._tell_one(tx, question, crisis, who, again=who in told)
        rounds += found.again
        self.later(tx, moved, rounds)
        if self._ctx.phone_bridge:
            key, since = f"phone:{question.id}:{crisis.rung}", crisis.opened_at.timestamp()
            self._ctx.enqueue(tx, "phone", key, question.id, since, crisis.rung, queue="network")
        self._cases.refresh(tx, question)

    @retry_on_conflict
    def ring(self, question_id: str, rung: int, rounds: int) -> None:
        """Nobody took it in time: the next step of the ladder."""
        with self._ctx.store.transaction() as tx:
            question, crisis = tx.question(question_id), tx.crisis(question_id)
            if question is None or crisis is None or crisis.state is not CrisisState.OPEN or crisis.rung != rung:
                return
            self.tell(tx, question, crisis, rounds)

    @retry_on_conflict
    def remind_holder(self, question_id: str, taken_at: float, number: int) -> None:
        """Who took a case has neither handled it nor given it back: they are reminded; from the second time on the
        other moderators hear of it, too."""
        with self._ctx.store.transaction() as tx:
            question, crisis = tx.question(question_id), tx.crisis(question_id)
            if question is None or crisis is None or crisis.state is not CrisisState.TAKEN or crisis.taken_at is None:
                return
            if crisis.taken_at.timestamp() != taken_at or crisis.held_by is None:
                return
            minutes = int((self._ctx.clock.now() - crisis.taken_at) / timedelta(minutes=1))
            others = [one.id for one in self._roll.moderators(tx) if self._awake(one)] if number else []
            for who in dict.fromkeys((crisis.held_by, *others)):
                words = notes.CASE_IS_YOURS if who == crisis.held_by else notes.CASE_IS_SILENT
                text = words(who=self._ctx.name(crisis.held_by), count=minutes, url=question.post.url)
                key = NoteKind.CRISIS.key(question_id, f"{taken_at:.0f}", "silent", number, who)
                tell(self._ctx, tx, who, key, text, question=question_id)
            self._ctx.journal(tx, question_id, "dispatch", JournalStep.REMINDED, self._ctx.name(crisis.held_by))
            self._cases.remind_later(tx, crisis, number + 1)

    def left(self, tx: StepRows, person: str | None = None) -> None:
        """Cases of this person, or of whoever takes no part any more, are nobody's: the ladder goes on."""
        active = self._roll.active(tx).experts
        for crisis in tx.open_crises(_MOST):
            question = tx.question(crisis.question)
            if question is None or crisis.held_by is None:
                continue
            if crisis.held_by in active and crisis.held_by != person:
                continue
            moved = self._ctx.transition(tx, question, Step.CARE, closed_at=question.closed_at) or question
            found = self._cases.move(tx, crisis, state=CrisisState.OPEN, taken_by=None, taken_at=None)
            self._ctx.journal(tx, question.id, crisis.held_by, JournalStep.GIVE_BACK, "they do not take part any more")
            self.later(tx, found)
            self._cases.refresh(tx, moved)

    def later(self, tx: StepRows, crisis: Crisis, rounds: int = 0) -> None:
        """Sets the timer of the ladder's next step."""
        delay = ladder.wait(self._ctx.roster.alarms.after, rounds)
        key = f"ring:{crisis.question}"
        self._ctx.jobs.cancel(tx, key)
        self._ctx.enqueue(tx, "ring", key, crisis.question, crisis.rung, rounds, delay=delay)

    def _planned(self, tx: StepRows, crisis: Crisis, told: set[str]) -> ladder.Told:
        active, listed = self._roll.active(tx), self._ctx.roster.alarms.listed(crisis.kind)
        moderators = self._roll.moderators(tx)
        named = [active.experts[one] for one in listed if one in active.experts]
        on_call = [
            one for one in active.experts.values() if one.on_call and not ladder.on_holiday(one, self._ctx.clock.now())
        ]
        there = {one.id for one in (*moderators, *named) if self._awake(one)} | {one.id for one in on_call}
        return ladder.step(
            first=crisis.rung == 0,
            kind=crisis.kind,
            listed=[one.id for one in named],
            moderators=[one.id for one in moderators],
            reachable=there,
            on_call=[one.id for one in on_call],
            told=told,
        )

    def _awake(self, expert: Expert) -> bool:
        now = self._ctx.clock.now()
        return self._ctx.policy.unlimited or free_at(expert, now) == now

    def _tell_one(self, tx: StepRows, question: Question, crisis: Crisis, who: str, *, again: bool) -> None:
        now = self._ctx.clock.now()
        name = self._called(who)
        self._ctx.journal(tx, question.id, "dispatch", JournalStep.TOLD, name, f"step {crisis.rung + 1}")
        if again:
            minutes = int((now - crisis.opened_at) / timedelta(minutes=1))
            text = notes.CRISIS_WAITS(kind=reasons.KINDS[crisis.kind.value], count=minutes, url=question.post.url)
            key = NoteKind.CRISIS.key(question.id, f"{crisis.opened_at.timestamp():.0f}", crisis.rung, who)
            tell(self._ctx, tx, who, key, text, question=question.id)
            return
        ask = tx.add_ask(question.id, who, role=AskRole.CRISIS, wave=crisis.rung, reasons=crisis.reasons, at=now)
        key = f"card:{ask.id}:{question.version}:{crisis.rung}"
        self._ctx.send(tx, DeliveryKind.CARD, key, question=question.id, subject=str(ask.id), to=who)

    def _called(self, who: str) -> str:
        """A person by name, a channel as it is called."""
        return self._ctx.name(who) if who in self._ctx.roster.experts else who
