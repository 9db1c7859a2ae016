"""Halts: a moderator pauses everything, or all about a topic; nothing goes out until it is resumed.

A pause is a row, so that every process sees it: each act that leaves looks right before it. What a pause stops is not
lost: its job waits under a key of its own (`PAUSED_KEY`), and resuming brings all of these forward, those of the oldest
question first; each then looks at the world again, as after any wait. A pause and its end are told by `catch_up`, in
whichever process sees first that something changed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from twelp.desk.alarms import Alarms
from twelp.desk.context import Context
from twelp.desk.roll import Roll
from twelp.desk.rows import JournalledRows, RefreshRows
from twelp.flow import halt as decisions
from twelp.flow.halt import Unclear
from twelp.model import (
    DeliveryKind,
    Done,
    Entry,
    Halt,
    JournalStep,
    Level,
    NoteKind,
    Question,
    ShownHalt,
    Stage,
    TopicScore,
)
from twelp.ports import AnswersTx, ConversationsTx, Jobs, PostsTx, ThanksTx, WaitingTx
from twelp.ports.halts import HaltsTx
from twelp.ports.queue import PAUSED_KEY
from twelp.texts import acts, notes, reasons

_LOOK_AGAIN: Final = timedelta(hours=1)
"""After which a job that waits for a pause's end looks by itself, whatever became of it."""

_APART: Final = timedelta(milliseconds=1)
"""How far apart the jobs of two questions come forward: the order in which they are taken."""

_TOLD: Final = "halts"
"""The cursor that says which pauses were told."""

_CARDS: Final = 300
"""Questions whose cards are drawn anew at once, the newest; the others say so whenever they are drawn."""

_SHOWN_IN: Final = (
    *(Stage.OPEN, Stage.ASKED, Stage.CLAIMED, Stage.HELD, Stage.REVIEW, Stage.PUBLISHING, Stage.PAUSED),
    Stage.CORRECTING,
)


class HaltsRows(
    RefreshRows, JournalledRows, AnswersTx, ConversationsTx, HaltsTx, PostsTx, ThanksTx, WaitingTx, Protocol
):
    """Rows that `Halts` touches."""


def pause(tx: HaltsRows, halt: Halt) -> bool:
    """It is paused from now on, and the journal says so; False: its scope is paused already."""
    if not tx.halt(halt):
        return False
    tx.add_entry(Entry(halt.since, _subject(halt), halt.by, JournalStep.HALTED, (halt.reason,)))
    return True


def resume(tx: HaltsRows, jobs: Jobs, halt: Halt, person: str, now: datetime, *, two: bool) -> Done:
    """It is over, once two people said so where `two` is wanted; what waited comes forward, oldest question first.

    Raises nothing where others were first: `ok` is False then, and the message says how it stands.
    """
    if two and halt.resuming is None:
        if not tx.agree_to_resume(halt, person):
            return Done(False, acts.HALT_CHANGED)
        tx.add_entry(Entry(now, _subject(halt), person, JournalStep.AGREED_TO_RESUME))
        return Done(True, acts.HALT_ONE_MORE, {"waits": True})
    if two and halt.resuming == person:
        return Done(False, acts.HALT_STILL_ONE_MORE)
    if not tx.resume(halt):
        return Done(False, acts.HALT_CHANGED)
    tx.add_entry(Entry(now, _subject(halt), person, JournalStep.RESUMED))
    for number, key in enumerate(tx.waiting_to_resume()):
        jobs.reschedule(tx, key, now + number * _APART)
    return Done(True, acts.HALT_OVER)


class Halts:
    """What is paused, and what waits for it."""

    def __init__(self, ctx: Context[HaltsRows], *, roll: Roll, alarms: Alarms) -> None:
        self._ctx = ctx
        self._roll = roll
        self._alarms = alarms

    # ------------------------------------------------------------ what moderators do

    def pause(self, person: str, said: str) -> Done:
        """A moderator pauses everything, or a topic, with a reason."""
        with self._ctx.store.transaction() as tx:
            if not self._moderates(tx, person):
                return Done(False, acts.HALT_MODERATORS)
            wish = decisions.to_pause(said, self._ctx.roster.topics)
            if isinstance(wish, Unclear):
                return Done(False, wish.message)
            if not pause(tx, Halt(wish.topic, person, wish.reason, self._ctx.clock.now())):
                return Done(False, acts.HALT_ALREADY)
            self._ctx.enqueue(tx, "halts", "halts")
        self._ctx.paused_here += 1
        return Done(True, acts.HALTED if wish.topic is None else acts.HALTED_TOPIC(topic=self._topic(wish.topic)))

    def resume(self, person: str, said: str) -> Done:
        """A moderator resumes what is paused; without a word, the only thing that is."""
        with self._ctx.store.transaction() as tx:
            if not self._moderates(tx, person):
                return Done(False, acts.HALT_MODERATORS)
            halts = tx.halts()
            if not halts:
                return Done(False, acts.HALT_NOTHING)
            if said:
                wish = decisions.to_resume(said, self._ctx.roster.topics, halts)
                if isinstance(wish, Unclear):
                    return Done(False, wish.message)
                found = next((halt for halt in halts if halt.topic == wish.topic), None)
            else:
                found = halts[0] if len(halts) == 1 else None
            if found is None:
                return Done(False, acts.HALT_WHICH(known=tuple(self._words(halt) for halt in halts)))
            return self._resume(tx, found, person)

    def resume_shown(self, person: str, mark: str) -> Done:
        """The same, by the button beside the very pause that the person sees; another one is left as it is."""
        with self._ctx.store.transaction() as tx:
            if not self._moderates(tx, person):
                return Done(False, acts.HALT_MODERATORS)
            found = next((halt for halt in tx.halts() if halt.mark == mark), None)
            return Done(False, acts.HALT_CHANGED) if found is None else self._resume(tx, found, person)

    def _resume(self, tx: HaltsRows, halt: Halt, person: str) -> Done:
        two = self._ctx.roster.brand.two_to_resume
        done = resume(tx, self._ctx.jobs, halt, person, self._ctx.clock.now(), two=two)
        if done.ok:
            self._ctx.enqueue(tx, "halts", "halts")
        return done

    def _moderates(self, tx: HaltsRows, person: str) -> bool:
        found = self._roll.active(tx).experts.get(person)
        return found is not None and found.level is Level.MODERATOR

    # ------------------------------------------------------------ what waits

    def stopping(self, tx: HaltsRows, topics: Sequence[TopicScore], *, hold: bool = False) -> Halt | None:
        """The pause that stops what is about these topics now; `hold`: it is not resumed before the transaction
        ends."""
        found = decisions.stopping(tx.halts(), topics)
        if found is not None and hold:
            found = decisions.stopping(tx.halts(hold=True), topics)
        return found

    def paused(self, tx: HaltsRows, question: Question | None) -> bool:
        """Whether this question is paused; None: whether everything is."""
        return self.stopping(tx, () if question is None else question.topics) is not None

    def waits(
        self, tx: HaltsRows, question: Question, job: str, *args: Any, queue: str = "house", to: str = ""
    ) -> bool:
        """Whether the question is paused; then the job runs once it is resumed."""
        halt = self.stopping(tx, question.topics, hold=True)
        if halt is None:
            return False
        self._wait(tx, question.id, job, *args, queue=queue, to=to)
        if tx.first_time(f"paused:{halt.mark}:{question.id}", self._ctx.clock.now()):
            why = reasons.PAUSED_BY(who=self._ctx.name(halt.by), why=halt.reason)
            self._ctx.journal(tx, question.id, "pause", JournalStep.WAITS_TO_RESUME, why)
        return True

    def all_waits(self, tx: HaltsRows, about: str, job: str, *args: Any, queue: str, to: str) -> bool:
        """Whether everything is paused; then the job, which is about no one question, runs once it is resumed."""
        if self.stopping(tx, (), hold=True) is None:
            return False
        self._wait(tx, about, job, *args, queue=queue, to=to)
        return True

    def _wait(self, tx: HaltsRows, about: str, job: str, *args: Any, queue: str, to: str) -> None:
        key = f"{PAUSED_KEY}{about}"
        self._ctx.enqueue(tx, job, key, *args, queue=queue, delay=_LOOK_AGAIN, partition=to or None, subject=about)

    # ------------------------------------------------------------ what people are shown

    def shown(self, tx: HaltsRows) -> tuple[ShownHalt, ...]:
        """All that is paused, as people see it."""
        return tuple(map(self._shown, tx.halts()))

    def shown_for(self, tx: HaltsRows, question: Question) -> ShownHalt | None:
        """The pause that stops this question, as people see it."""
        halt = self.stopping(tx, question.topics) if question.stage in _SHOWN_IN else None
        return None if halt is None else self._shown(halt)

    def _shown(self, halt: Halt) -> ShownHalt:
        topic = None if halt.topic is None else self._topic(halt.topic)
        resuming = None if halt.resuming is None else self._who(halt.resuming)
        return ShownHalt(halt.mark, topic, self._who(halt.by), halt.reason, halt.since, resuming)

    def _who(self, person: str) -> str:
        found = self._ctx.roster.experts.get(person)
        return found.name if found else person

    def _topic(self, topic: str) -> str:
        return self._ctx.roster.topics[topic].name if topic in self._ctx.roster.topics else topic

    def _words(self, halt: Halt) -> str:
        return "everything" if halt.topic is None else f"topic {halt.topic}"

    # ------------------------------------------------------------ telling

    def catch_up(self) -> None:
        """Tells of the pauses that began or ended since this was last looked at, by whatever process they did."""
        with self._ctx.store.read() as tx:
            if _stamp(tx.halts()) == _told(tx):
                return
        with self._ctx.store.transaction() as tx:
            halts = tx.halts()
            now, before = _stamp(halts), _told(tx)
            if now == before:
                return
            tx.set_cursor(_TOLD, "\n".join(sorted(now)))
            marks_before = {line.partition(" ")[0] for line in before}
            for halt in halts:
                if halt.mark not in marks_before:
                    what = acts.HALT_EVERYTHING if halt.topic is None else self._topic(halt.topic)
                    text = notes.HALTED(who=self._who(halt.by), what=what, why=halt.reason)
                    self._alarms.tell_moderators(tx, NoteKind.PAUSED.key(halt.mark), "", text)
                elif halt.resuming is not None:
                    text = notes.RESUME_WANTED(who=self._who(halt.resuming))
                    self._alarms.tell_moderators(tx, NoteKind.PAUSED.key(halt.mark, "resume"), "", text)
            if gone := sorted(marks_before - {halt.mark for halt in halts}):
                self._alarms.tell_moderators(tx, NoteKind.RESUMED.key(*gone), "", notes.RESUMED)
            self._draw_anew(tx, "|".join(sorted(now ^ before)))

    def _draw_anew(self, tx: HaltsRows, mark: str) -> None:
        """Cards and own tabs say it, though no question moved."""
        self._ctx.refresh_homes(tx, list(self._ctx.roster.experts), f"halts:{mark}")
        for question in tx.waiting(_SHOWN_IN, _CARDS, newest=True):
            under_way = tx.refreshing(question.id)
            for ask in tx.asks(question.id):
                if ask.sent and str(ask.id) not in under_way:
                    tx.set_ask(ask.id, shown=-1)
                    key, to = f"refresh:{ask.id}:{mark}", ask.expert
                    self._ctx.send(tx, DeliveryKind.REFRESH, key, question=question.id, subject=str(ask.id), to=to)


def _subject(halt: Halt) -> str:
    return f"pause:{halt.scope}"


def _stamp(halts: Collection[Halt]) -> frozenset[str]:
    return frozenset(f"{halt.mark} {halt.resuming or ''}" for halt in halts)


def _told(tx: HaltsRows) -> frozenset[str]:
    return frozenset(line for line in (tx.cursor(_TOLD) or "").split("\n") if line)
