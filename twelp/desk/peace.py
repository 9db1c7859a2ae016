"""Peace: whether what is about to go out may reach a person at this moment.

Between the plan and the call to Slack lie a queue, an outage, a restart: by then it may be night where the person is,
they may have paused, left, or set a smaller budget. So the same limits are applied again right before the call.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from twelp.flow.dispatch import Moment, day_after, free_at, worded
from twelp.model import Ask, Asked, AskRole, Delivery, DeliveryKind, Expert, NoteKind, Roster
from twelp.ports import AskedTx, AsksTx

BY_DAY = frozenset({NoteKind.CHANGED, NoteKind.THANKS, NoteKind.LIKES, NoteKind.WEEKLY, NoteKind.RULES})
"""Notes that wait until the person is free."""

WHILE_AWAKE = frozenset({NoteKind.HELD})
"""Notes that come again by themselves: those that would come at night are not sent."""


class PeaceRows(AskedTx, AsksTx, Protocol):
    """Rows that `Peace` touches."""


class Peace:
    """The limits of one moment.

    Args:
        tx: tells how often people were asked.
        active: who takes part, each with their own hours and budget.
        now: the moment.
    """

    def __init__(self, tx: PeaceRows, active: Roster, now: datetime) -> None:
        self._tx = tx
        self._active = active
        self._now = now
        self._moment = Moment(now)

    def forbids(self, ask: Ask) -> str | None:
        """Why this ask's card must not go out now, in words for a colleague; None when it may."""
        expert = self._active.experts.get(ask.expert)
        if expert is None:
            return "they do not take part any more"
        if ask.role is AskRole.REVIEW and expert.on_call:  # asked last, and only where others did not look for long
            return None
        if ask.role in (AskRole.REVIEW, AskRole.WORD, AskRole.STORM, AskRole.SAMPLE):
            bar = self._moment.rests(expert)
        else:
            bar = self._moment.unavailable(expert, {expert.id: self._asked_before(expert, ask)})
        return None if bar is None else worded(bar, expert, self._now)

    def is_plain(self, ask: Ask) -> bool:
        """Whether its card may go out now, and is counted already."""
        expert = self._active.experts.get(ask.expert)
        if expert is None or self.forbids(ask) is not None:
            return False
        return ask.role is not AskRole.ANSWER or self._of_today(expert, ask)

    def count(self, ask: Ask) -> None:
        """Counts an ask of an earlier day on the day that it is now, when its card goes out."""
        expert = self._active.experts.get(ask.expert)
        if expert is None or ask.role is not AskRole.ANSWER or self._of_today(expert, ask):
            return
        day, until = self._moment.day(expert.zone), day_after(expert.zone, self._now)
        self._tx.ask_goes_out(ask.id, self._now)
        self._tx.count_ask(expert.id, day=day, until=until, at=self._now, most=expert.daily_asks)

    def _of_today(self, expert: Expert, ask: Ask) -> bool:
        return self._moment.day(expert.zone) <= ask.created_at < day_after(expert.zone, self._now)

    def _asked_before(self, expert: Expert, ask: Ask) -> Asked:
        """What else was asked of the person today, with what this transaction gave back or counted already."""
        day = self._moment.day(expert.zone)
        found = self._tx.asks_of_day(expert.id, day, day_after(expert.zone, self._now))
        return Asked(day, found.count - self._of_today(expert, ask), found.last_at)


def for_the_day(row: Delivery) -> bool:
    """Whether it is nothing that must reach its person at once."""
    return row.errand is DeliveryKind.INVITATION or row.note in BY_DAY | WHILE_AWAKE


def waits_until(row: Delivery, expert: Expert | None, now: datetime) -> datetime | None:
    """When this note or invitation may reach the person, if that is later than now."""
    by_day = row.errand is DeliveryKind.INVITATION or row.note in BY_DAY
    if expert is None or not by_day:
        return None
    at = free_at(expert, now)
    return at if at is not None and at > now else None


def comes_too_late(row: Delivery, expert: Expert | None, now: datetime) -> bool:
    """Whether this note is for the waking hours only, and the person rests now."""
    return row.note in WHILE_AWAKE and expert is not None and Moment(now).rests(expert) is not None
