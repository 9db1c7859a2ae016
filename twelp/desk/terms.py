"""Terms: pauses, quiet hours, budget and digest that people set for themselves. Nothing here changes experts.yaml."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from twelp.desk.context import Context
from twelp.desk.roll import Roll
from twelp.desk.rows import JournalledRows, RefreshRows
from twelp.desk.telling import tell
from twelp.flow import volunteers
from twelp.flow.dispatch import asks_of_day
from twelp.flow.selfservice import Unclear, budget, day_and_hour, quiet_hours
from twelp.flow.volunteers import hours
from twelp.model import Done, JournalStep, NoteKind, Volunteer
from twelp.ports import AskedTx, RecordsTx
from twelp.reading.own import WEEK, read_own
from twelp.texts import acts, notes
from twelp.texts.phrase import SENTENCES, in_a_row

_TODAY = timedelta(hours=50)
"""How far back asks may count for somebody's present calendar day, whatever the zone."""


class TermsRows(RefreshRows, JournalledRows, AskedTx, RecordsTx, Protocol):
    """Rows that `Terms` touches."""


class Terms:
    """When and how often a person may be asked, as they say themselves."""

    def __init__(
        self,
        ctx: Context[TermsRows],
        *,
        roll: Roll,
    ) -> None:
        self._ctx = ctx
        self._roll = roll

    def pause(self, person: str, until: datetime | None) -> Done:
        """No asks before `until`; None ends the pause."""
        with self._ctx.store.transaction() as tx:
            refused = self._roll.may_act(tx, person)
            if refused is not None:
                return refused
            own = tx.volunteer(person)
            if until is None and (own.paused_until is None or own.paused_until <= self._ctx.clock.now()):
                return Done(True, acts.NOT_PAUSED)
            self._set(tx, replace(own, paused_until=until), JournalStep.PAUSE if until else JournalStep.RESUME)
            if until is None:
                return Done(True, acts.WELCOME_BACK)
            return Done(True, acts.PAUSED(until=day_and_hour(until, self._ctx.roster.experts[person].zone)))

    def set_hours(self, person: str, quiet: str | None, asks: str | None) -> Done:
        """Quiet hours and budget as the person writes them (None: as they are). What is unclear is told by field."""
        wanted = None if quiet is None else quiet_hours(quiet)
        most = None if asks is None else budget(asks)
        wrong = {
            name: found.message for name, found in (("quiet", wanted), ("budget", most)) if isinstance(found, Unclear)
        }
        if isinstance(wanted, Unclear) or isinstance(most, Unclear):
            return Done(False, in_a_row(SENTENCES, list(wrong.values())), {"errors": wrong})
        with self._ctx.store.transaction() as tx:
            refused = self._roll.may_act(tx, person)
            if refused is not None:
                return refused
            own, listed = tx.volunteer(person), self._ctx.roster.experts[person]
            if quiet is not None:  # what the roster says anyhow is nobody's own word
                own = replace(own, quiet=None if hours(wanted) == hours(listed.quiet) else wanted)
            if asks is not None:
                own = replace(own, daily_asks=None if most == listed.daily_asks else most)
            self._set(tx, own, JournalStep.OWN_HOURS)
            mine = volunteers.with_own_words(self._ctx.roster.experts[person], own)
        return Done(True, acts.TERMS(quiet=hours(mine.quiet), asks=mine.daily_asks))

    def set_digest(self, person: str, wanted: bool) -> Done:
        """Whether the person wants the weekly digest."""
        with self._ctx.store.transaction() as tx:
            refused = self._roll.may_act(tx, person)
            if refused is not None:
                return refused
            self._set(tx, replace(tx.volunteer(person), digest=wanted), JournalStep.DIGEST)
            if wanted:
                self._next_week(tx, person)
        return Done(True, acts.DIGEST_ON if wanted else acts.DIGEST_OFF)

    def weekly(self, person: str) -> None:
        """It is Monday morning for them: their own week in numbers, and the next one's timer. Once a week."""
        now = self._ctx.clock.now()
        with self._ctx.store.transaction() as tx:
            listed = self._ctx.roster.experts.get(person)
            if listed is None or person not in self._roll.active(tx).experts or not tx.volunteer(person).digest:
                return
            key = NoteKind.WEEKLY.key(person, f"{now.astimezone(listed.zone):%G-%V}")
            if tx.sent(key) is not None:
                return
            week = read_own(tx, person, now, WEEK)
            text = notes.WEEK(asked=week.asked, answered=week.answered, published=week.published, thanked=week.thanked)
            tell(self._ctx, tx, person, key, text)
            self._next_week(tx, person)

    def _next_week(self, tx: TermsRows, person: str) -> None:
        now = self._ctx.clock.now()
        delay = volunteers.next_monday(now, self._ctx.roster.experts[person].zone) - now
        self._ctx.enqueue(tx, "weekly", f"weekly:{person}", person, delay=delay)

    def _set(self, tx: TermsRows, own: Volunteer, step: JournalStep) -> None:
        tx.set_volunteer(own)
        changes = volunteers.differences(self._ctx.roster.experts[own.expert], own, self._ctx.clock.now())
        said = [f"{name}: {theirs}" for name, _, theirs in changes] or ["as the roster says"]
        self._ctx.journal(tx, f"volunteer:{own.expert}", own.expert, step, *said)
        self._ctx.refresh_homes(tx, [own.expert], tx.volunteers_stamp())
        if step in ("resume", "own hours"):  # what waits for somebody may be theirs now
            self._ctx.enqueue(tx, "welcome", f"welcome:{own.expert}", own.expert)

    def asked_today(self, tx: TermsRows, person: str) -> int:
        """How many asks of the person's own day are used."""
        now, zone = self._ctx.clock.now(), self._ctx.roster.experts[person].zone
        return asks_of_day(zone, tx.asked_hours(person, now - _TODAY), now).count
