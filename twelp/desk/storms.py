"""Storms: many ask the same at once. The moderators hear of it once, with a card that shows how it stands.

Each moderator has one card of a storm: how many ask, how many are usual, the curve, examples. From it they answer for
all, hold the topic, or say that it is no storm. It is looked at each hour whether it is over; then they hear how many
asked and how many have an answer. Nobody else is asked more for it: who joined is asked by nobody.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from twelp.desk.alarms import Alarms
from twelp.desk.context import Context, retry_on_conflict
from twelp.desk.halts import Halts
from twelp.desk.roll import Roll
from twelp.desk.rows import AskingRows, CardRows, StepRows
from twelp.flow import storm as decisions
from twelp.model import (
    AskRole,
    DeliveryKind,
    Dimension,
    Done,
    Figure,
    JournalStep,
    Level,
    NoteKind,
    Question,
    Storm,
    StormShown,
    StormState,
)
from twelp.texts import acts, notes, reasons

_FROM: Final = 8
_MOST: Final = 2_000
_CURVE: Final = timedelta(hours=2)


class Storms:
    """What many ask at once."""

    def __init__(self, ctx: Context[AskingRows], *, roll: Roll, alarms: Alarms, halts: Halts) -> None:
        self._ctx = ctx
        self._roll = roll
        self._alarms = alarms
        self._halts = halts

    def joined(self, tx: AskingRows, lead: Question, askers: int) -> None:
        """One more asks the same: the moderators hear of it once, when so many do within minutes."""
        if askers < _FROM or tx.storm(lead.id) is not None:
            return
        now = self._ctx.clock.now()
        asked, normal = tx.asked_at(lead.id, now - decisions.SLOT, _MOST), self._usual(tx, lead)
        if not decisions.declares(asked, now, normal):
            return
        if not tx.declare_storm(Storm(lead.id, StormState.DECLARED, now, normal)):
            return
        said = reasons.MANY_AT_ONCE(count=len(asked), normal=f"{normal:.1f}")
        self._ctx.journal(tx, lead.id, "matter", JournalStep.STORM, said)
        for moderator in self._roll.moderators(tx):
            to = moderator.id
            ask = tx.add_ask(lead.id, to, role=AskRole.STORM, wave=lead.wave, reasons=(), at=now)
            key, card = f"card:{ask.id}:{lead.version}", DeliveryKind.CARD
            self._ctx.send(tx, card, key, question=lead.id, subject=str(ask.id), to=to)
        self._look_later(tx, lead.id)

    def _usual(self, tx: AskingRows, lead: Question) -> float:
        today = self._ctx.clock.now().date()
        since, topic = today - timedelta(days=decisions.DAYS), lead.topics[0].topic if lead.topics else ""
        counted = tx.counted(Dimension.TOPIC, f"{since}", f"{today}", topic).get(topic, {})
        return decisions.usual(counted.get(Figure.QUESTIONS, 0))

    def _look_later(self, tx: StepRows, matter: str) -> None:
        self._ctx.enqueue(tx, "storm", f"storm:{matter}", matter, delay=decisions.OVER_AFTER)

    @retry_on_conflict
    def look(self, matter: str) -> None:
        """Is it over? Then the moderators hear what it was."""
        with self._ctx.store.transaction() as tx:
            lead, storm, now = tx.question(matter), tx.storm(matter), self._ctx.clock.now()
            if lead is None or storm is None or storm.state is not StormState.DECLARED:
                return
            latest = tx.asked_at(matter, storm.declared_at - _CURVE, 1)
            if latest and not decisions.is_over(latest[0], now):
                self._look_later(tx, matter)
                return
            if tx.close_storm(matter, StormState.OVER, now):
                minutes = round(((latest[0] if latest else now) - lead.opened_at).total_seconds() / 60)
                waiting = len(tx.joined(matter, _MOST))
                text = notes.STORM_OVER(count=lead.askers, minutes=minutes, waiting=waiting, url=lead.post.url)
                self._ctx.journal(tx, matter, "matter", JournalStep.STORM_OVER)
                self._alarms.tell_moderators(tx, NoteKind.STORM.key(matter, "over"), matter, text)
                self._redraw(tx, lead, "over")

    def hold(self, matter: str, person: str) -> Done:
        """A moderator holds all about the storm's topic until somebody resumes it."""
        with self._ctx.store.read() as tx:
            lead = tx.question(matter)
        if lead is None or not lead.topics:
            return Done(False, acts.STORM_NO_TOPIC)
        return self._halts.pause(person, f"topic {lead.topics[0].topic} because {acts.STORM_WHY}")

    def is_none(self, matter: str, person: str) -> Done:
        """A moderator says that it is no storm: its card says so, and nobody hears of it again."""
        with self._ctx.store.transaction() as tx:
            refused = self._roll.may_act(tx, person)
            found = self._roll.active(tx).experts.get(person)
            if refused is not None or found is None or found.level is not Level.MODERATOR:
                return refused or Done(False, acts.MODERATORS_DECIDE)
            lead = tx.question(matter)
            if lead is None or not tx.close_storm(matter, StormState.NONE, self._ctx.clock.now(), person):
                return Done(False, acts.STORM_CLOSED)
            self._ctx.journal(tx, matter, person, JournalStep.NO_STORM)
            self._redraw(tx, lead, "none")
            return Done(True, acts.NO_STORM)

    def _redraw(self, tx: AskingRows, lead: Question, mark: str) -> None:
        """The moderators' cards say it, though the question did not move."""
        under_way = tx.refreshing(lead.id)
        for ask in tx.asks(lead.id):
            if ask.role is AskRole.STORM and ask.sent and str(ask.id) not in under_way:
                tx.set_ask(ask.id, shown=-1)
                key, refresh = f"refresh:{ask.id}:storm {mark}", DeliveryKind.REFRESH
                self._ctx.send(tx, refresh, key, question=lead.id, subject=str(ask.id), to=ask.expert)


def shown(ctx: Context[object], halts: Halts, tx: CardRows, lead: Question) -> StormShown | None:
    """A storm as a card says it now; None: there is none."""
    storm, now = tx.storm(lead.id), ctx.clock.now()
    if storm is None:
        return None
    asked = tx.asked_at(lead.id, now - _CURVE, _MOST)
    topic = lead.topics[0].topic if lead.topics else ""
    name = ctx.roster.topics[topic].name if topic in ctx.roster.topics else ""
    over = None if storm.state is StormState.DECLARED else storm.state
    bars, held = decisions.curve(asked, now), halts.paused(tx, lead)
    return StormShown(decisions.lately(asked, now), storm.normal, bars, name, held, over)
