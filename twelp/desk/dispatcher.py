"""Dispatcher: a question is put before people, wider and wider, until somebody takes it or its time is over."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

from twelp.desk import standing
from twelp.desk.alarms import Alarms
from twelp.desk.asks import Asks, numbers
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.halts import Halts
from twelp.desk.records import Habits, Records
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows
from twelp.flow import lifecycle, triage
from twelp.flow.dispatch import Moment, Need, Plan, counting, plan, pool, who_may_know
from twelp.flow.lifecycle import Step
from twelp.model import (
    Ask,
    AskState,
    Candidate,
    JournalStep,
    Level,
    NoteKind,
    Question,
    Stage,
)
from twelp.texts import notes, reasons

CHANNEL_AFTER = 2
"""Waves after which a topic's channel sees the question."""

_NIGHT = timedelta(hours=24)
"""How old a question may be that waits for somebody who can be asked at all."""


_SOMEBODY_IS_AT_IT = (Stage.CLAIMED, Stage.HELD, Stage.REVIEW)


class Dispatcher:
    """From an open question to people who were asked, wider and wider."""

    def __init__(
        self,
        ctx: Context[AskingRows],
        *,
        alarms: Alarms,
        asks: Asks,
        roll: Roll,
        halts: Halts,
    ) -> None:
        self._ctx = ctx
        self._alarms = alarms
        self._asks = asks
        self._roll = roll
        self._halts = halts

    @cached_property
    def habits(self) -> Habits:
        return Habits()

    def dispatch(self, tx: AskingRows, question: Question, records: Records | None = None) -> None:
        """Asks the next wave, and sets the timer for the one after it."""
        now = self._ctx.clock.now()
        if question.stage not in lifecycle.UNCLAIMED:
            return
        if question.settled:
            settled = self._ctx.transition(tx, question, Step.SETTLE)
            if settled is not None:
                self._ctx.refresh_cards(tx, settled)
            return
        if self._halts.waits(tx, question, "widen", question.id, question.wave):
            return
        records = records or self.records(tx)
        need = Need(bool(triage.urgency(question.post.text)), tx.unclaimed())
        wave = self.plan_wave(tx, question, records, need=need, dice=_dice(question))
        if need.surges(self._ctx.policy):
            self._alarms.surge(tx, question.id, need.waiting)
        if question.wave >= CHANNEL_AFTER or all(found.topic is None for found in wave.asks):
            wave = self._channel_first(tx, question, wave)
        if wave.asks:
            moved = self._ctx.transition(tx, question, Step.ASK, wave=question.wave + 1)
            if moved is None:
                return
            question = moved
            self._ctx.journal(
                tx,
                question.id,
                "dispatch",
                JournalStep.WAVE,
                str(question.wave),
                *wave.reasons,
                detail=_unavailable(wave),
            )
            self._ask(tx, question, wave, records)
        else:
            self._ctx.journal(
                tx, question.id, "dispatch", JournalStep.NOBODY_TO_ASK, *wave.reasons, detail=_unavailable(wave)
            )
        if wave.look_again_at is not None:
            key, delay = f"widen:{question.id}:{question.wave}", wave.look_again_at - now
            self._ctx.enqueue(tx, "widen", key, question.id, question.wave, delay=delay)

    def ask_author(self, tx: AskingRows, question: Question, author: str, records: Records | None = None) -> None:
        """Who answered this customer before hears first and alone; others when they pass or stay silent.

        Where they are not free, or it is about something that is not theirs, it is everybody's at once.
        """
        if self._halts.paused(tx, question):
            self.dispatch(tx, question, records)
            return
        records = records or self.records(tx)
        found = self._author(tx, question, author, records)
        moved = self._ctx.transition(tx, question, Step.ASK, wave=question.wave + 1) if found else None
        if found is None or moved is None:
            self.dispatch(tx, question, records)
            return
        why = reasons.GOES_ON_WITH(who=self._ctx.name(author))
        self._ctx.journal(tx, moved.id, "dispatch", JournalStep.WAVE, str(moved.wave), why)
        self._asks.put_before(tx, moved, found, records)
        self._ctx.refresh_homes(tx, [author], f"{moved.id}:{moved.version}:asked")
        key, delay = f"widen:{moved.id}:{moved.wave}", self._ctx.policy.wave_after
        self._ctx.enqueue(tx, "widen", key, moved.id, moved.wave, delay=delay)

    def _author(self, tx: AskingRows, question: Question, author: str, records: Records) -> Candidate | None:
        """The author as somebody who may be asked about this now; None where they must not be."""
        now, roster = self._ctx.clock.now(), self._roll.active(tx)
        expert = roster.experts.get(author)
        if expert is None:
            return None
        topics = counting(question.topics)
        theirs = next((one.topic.id for one in pool(topics, roster, now) if one.expert.id == author), None)
        if topics and theirs is None and expert.level is not Level.MODERATOR:
            return None
        if not self._ctx.policy.unlimited:
            records.past(topics, [author])
            records.surprised_by([expert], roster.experts.values())
            if Moment(now).unavailable(expert, records.past(topics, [author]).asked) is not None:
                return None
        return Candidate(author, theirs, 1.0, (reasons.YOU_ANSWERED_THEM,))

    def _channel_first(self, tx: AskingRows, question: Question, wave: Plan) -> Plan:
        """The topic's channel sees the question; moderators wait until it had its time."""
        channel = self._asks.channel_of(tx, question)
        if channel is None:
            return wave
        self._asks.show_in(tx, question, channel)
        if not wave.asks or any(found.topic is not None for found in wave.asks):
            return wave
        return Plan((), self._ctx.clock.now() + self._ctx.policy.wave_after, ("the topic's channel sees it first",))

    def replace(self, tx: AskingRows, question: Question) -> None:
        """Asks one more person in place of one who passed or must not be asked; the wave and its timer stay.

        Where nobody can be asked now, it is looked again when somebody can.
        """
        if self._halts.waits(tx, question, "widen", question.id, question.wave):
            return
        records = self.records(tx)
        wave = self.plan_wave(tx, question, records, instead=True)
        self._ask(tx, question, wave, records)
        if not wave.asks and wave.look_again_at is not None and not self._asks.asks(tx, question.id):
            self._ctx.journal(tx, question.id, "dispatch", JournalStep.NOBODY_TO_ASK, *wave.reasons)
            key, delay = f"widen:{question.id}:{question.wave}", wave.look_again_at - self._ctx.clock.now()
            self._ctx.enqueue(tx, "widen", key, question.id, question.wave, delay=delay)

    def records(self, tx: AskingRows) -> Records:
        """What is known of people, as of now."""
        return Records(tx, self._ctx.clock.now(), self.habits)

    def plan_wave(self, tx: AskingRows, question: Question, records: Records, **how: Any) -> Plan:
        now, roster, policy = self._ctx.clock.now(), self._roll.active(tx), self._ctx.policy
        already = {ask.expert for ask in self._asks.asks(tx, question.id)}
        if (
            question.near is not None
        ):  # what many ask just now, in other words: one person at a time, who has no card of it
            already |= {ask.expert for ask in self._asks.asks(tx, question.near)}
            how = {**how, "instead": True}
        topics = counting(question.topics)
        people = who_may_know(topics, roster)
        while True:
            past = records.past(topics, people)
            wave = plan(question.topics, roster, past=past, already=already, now=now, policy=policy, **how)
            chosen = [roster.experts[found.expert] for found in wave.asks]
            if policy.unlimited or not records.surprised_by(chosen, roster.experts.values()):
                return wave

    def _ask(self, tx: AskingRows, question: Question, wave: Plan, records: Records) -> None:
        self._asks.put_all_before(tx, question, wave.asks, records)
        self._ctx.refresh_homes(tx, [found.expert for found in wave.asks], f"{question.id}:{question.version}:asked")
        if wave.considered:
            said = [f"{self._ctx.name(c.expert)} {c.score:.2f}" for c in wave.considered]
            detail = {"candidates": [numbers(c) for c in wave.considered], "dice": round(wave.dice, 6)}
            self._ctx.journal(tx, question.id, "dispatch", JournalStep.NOT_ASKED, *said, detail=detail)

    def widen(self, question_id: str, wave: int) -> None:
        """The wave's timer ran out: asks further people, if still nobody holds the question."""
        self.habits.refresh(self._ctx.store, self._ctx.roster.experts, self._ctx.clock.now())
        self._widen(question_id, wave)

    @retry_on_conflict
    def _widen(self, question_id: str, wave: int) -> None:
        with self._ctx.store.transaction() as tx:
            question = tx.question(question_id)
            if question is not None and question.stage in lifecycle.UNCLAIMED and question.wave == wave:
                self.dispatch(tx, question)

    @retry_on_conflict
    def give_up(self, question_id: str) -> None:
        """The question's time is over: says so everywhere, with the counts. An expert may still come late."""
        with self._ctx.store.transaction() as tx:
            question = tx.question(question_id)
            if question is None:
                return
            now = self._ctx.clock.now()
            if question.stage in _SOMEBODY_IS_AT_IT:  # ask again when they had their time
                self.give_up_later(tx, question)
                return
            if question.stage in lifecycle.UNCLAIMED and self._halts.paused(tx, question):
                delay = self._ctx.policy.give_up_after  # nobody could be asked meanwhile
                self._ctx.enqueue(tx, "give_up", f"give_up:{question.id}", question.id, delay=delay)
                return
            asks = self._asks.asks(tx, question_id)
            unasked = question.stage in lifecycle.UNCLAIMED and not any(ask.sent for ask in asks)
            if unasked and now - question.opened_at < _NIGHT and self._wait_longer(tx, question, asks):
                return
            passed = sum(1 for ask in asks if ask.state is AskState.PASSED)
            open_s = (now - question.opened_at).total_seconds()
            reason = reasons.NOBODY_ANSWERED(
                time=_words(open_s),
                asked=reasons.ASKED(count=len(asks)),
                waves=reasons.WAVES(count=question.wave),
                passed=reasons.PASSED(count=passed),
            )
            if question.corrects is not None and question.stage in lifecycle.UNCLAIMED:
                self._let_stand(tx, question)
                return
            moved = self._ctx.transition(tx, question, Step.GIVE_UP, reason=reason)
            if moved is not None:
                self._ctx.journal(tx, question_id, "dispatch", JournalStep.GAVE_UP, reason)
                self._ctx.refresh_cards(tx, moved)

    def _let_stand(self, tx: AskingRows, question: Question) -> None:
        """Nobody corrected the public answer: it is still the one; the moderators hear of it."""
        why = reasons.NOBODY_CORRECTED
        moved = standing.keep(self._ctx, tx, question, why, at=self._ctx.clock.now())
        if moved is not None:
            self._ctx.journal(tx, question.id, "dispatch", JournalStep.GAVE_UP, why)
            self._ctx.refresh_cards(tx, moved)
            text, key = notes.UNCLEAR(why=why, url=moved.reply_url), NoteKind.CORRECT.key(question.id, question.version)
            self._alarms.tell_moderators(tx, key, question.id, text)

    def _wait_longer(self, tx: AskingRows, question: Question, asks: Sequence[Ask]) -> bool:
        """Nobody has a card of it so far: whether its cards are under way, or somebody can be asked later."""
        if not asks:
            return self._wait_for_day(tx, question)
        self._ctx.journal(tx, question.id, "dispatch", JournalStep.WAITS_FOR_CARDS, "none has reached anybody yet")
        delay = self._ctx.policy.give_up_after
        self._ctx.enqueue(tx, "give_up", f"give_up:{question.id}", question.id, delay=delay)
        return True

    def _wait_for_day(self, tx: AskingRows, question: Question) -> bool:
        """Nobody was asked so far: whether somebody can be later; they then get the question's whole time."""
        wave, now = self.plan_wave(tx, question, self.records(tx)), self._ctx.clock.now()
        soonest = now if wave.asks else wave.look_again_at
        if soonest is None:
            return False
        delay = soonest - now + self._ctx.policy.give_up_after
        self._ctx.journal(
            tx, question.id, "dispatch", JournalStep.WAITS_FOR_DAY, f"nobody could be asked before {soonest:%H:%M} UTC"
        )
        self._ctx.enqueue(tx, "give_up", f"give_up:{question.id}", question.id, delay=delay)
        return True

    def give_up_later(self, tx: AskingRows, question: Question) -> None:
        """Once whoever is at it had their time."""
        self._ctx.enqueue(tx, "give_up", f"give_up:{question.id}", question.id, delay=self._ctx.policy.claim_for)


def _unavailable(wave: Plan) -> dict[str, Any]:
    """Some of those who could know and must not be asked now, as the journal keeps them."""
    found = [{"expert": expert, "why": why.name.lower()} for expert, why in wave.unavailable]
    return {"unavailable": found} if found else {}


def _dice(question: Question) -> float:
    """A number in 0..1 that nobody chose and that is the same whenever this wave is planned again."""
    seed = f"{question.id} {question.wave}".encode()
    return int.from_bytes(hashlib.sha256(seed).digest()[:8]) / 2**64


def _words(seconds: float) -> str:
    if seconds >= 3600:
        return reasons.HOURS(number=f"{seconds / 3600:.1f}")
    return reasons.MINUTES(count=round(seconds / 60)) if seconds >= 60 else reasons.SECONDS(count=round(seconds))
