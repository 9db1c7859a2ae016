"""Rows about people: what they said for themselves, what they were thanked for, what lies before them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time
from itertools import zip_longest
from typing import Any

import sqlalchemy as sa

from twelp.adapters.store import post_rows
from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import outbox
from twelp.adapters.store.queries import people as queries
from twelp.adapters.store.tables import (
    HouseRow,
    ThanksRow,
    VolunteerRow,
)
from twelp.model import (
    Break,
    DeliveryState,
    Post,
    QuietHours,
    Tally,
    Volunteer,
)


class LeftAloneTx(Base):
    """The part of a transaction about customers who asked not to be written to; see the port."""

    def leave_alone(self, network: str, author_id: str, at: datetime) -> None:
        """Nothing is to be written to this person any more."""
        self._alone.clear()
        self._add_once(queries.LEAVE_ALONE, {"person": f"{network}:{author_id}", "at": at})

    def write_again(self, network: str, author_id: str) -> bool:
        """They may be written to again; whether they were left alone before."""
        self._alone.clear()
        return self._changed(queries.WRITE_AGAIN, {"whom": f"{network}:{author_id}"})

    def left_alone(self, network: str, author_id: str) -> bool:
        """Whether this person asked not to be written to, and has not written to us since."""
        whom = f"{network}:{author_id}"
        if whom not in self._alone:
            self._alone[whom] = self._value(queries.LEFT_ALONE, {"whom": whom}) is not None
        return self._alone[whom]


class VolunteerTx(Base):
    """The part of a transaction that is about people; see `twelp.ports.PeopleTx` for what each method promises."""

    def volunteers_stamp(self) -> str:
        """A word that changes whenever any volunteer's does."""
        if self._roll is None:
            self._roll = self._value(queries.ROLL) or ""
        return self._roll

    def volunteers(self) -> Mapping[str, Volunteer]:
        """Everybody who ever said something for themselves."""
        self._flush()
        return {row.expert: _volunteer(row) for row in self._all(queries.ALL)}  # not objects: there may be thousands

    def volunteer(self, expert: str) -> Volunteer:
        """What this person said for themselves; nothing yet, for who never did."""
        row = self.session.get(VolunteerRow, expert, populate_existing=True)
        return Volunteer(expert) if row is None else _volunteer(row)

    def set_volunteer(self, volunteer: Volunteer) -> None:
        """Keeps what a person says for themselves now."""
        row = self.session.get(VolunteerRow, volunteer.expert) or VolunteerRow(expert=volunteer.expert)
        for name in ("accepted", "accepted_at", "left_at", "invited", "paused_until", "daily_asks", "digest"):
            setattr(row, name, getattr(volunteer, name))
        row.quiet = None if volunteer.quiet is None else f"{volunteer.quiet.start:%H:%M}-{volunteer.quiet.end:%H:%M}"
        row.disturb_from = volunteer.disturb.start if volunteer.disturb else None
        row.disturb_until = volunteer.disturb.end if volunteer.disturb else None
        row.channel, row.ts = volunteer.channel, volunteer.ts
        self.session.add(row)
        self._roll = uuid.uuid4().hex
        self.session.merge(HouseRow(name=queries.ROLL_IS, value=self._roll))
        self.session.flush()

    def opened_home(self, expert: str, at: datetime) -> None:
        """The person looks at our tab."""
        row = self.session.get(VolunteerRow, expert) or VolunteerRow(expert=expert)
        row.home_at = at
        self.session.add(row)

    def at_home(self, experts: Collection[str], since: datetime) -> Sequence[str]:
        """Who of these opened our tab at or after `since`."""
        known = self._home_at  # read with their asks
        if all(expert in known for expert in experts):
            return sorted(expert for expert in experts if (at := known[expert]) is not None and at >= since)
        found, left = [], sorted(experts)
        while left:
            few, left = left[: len(queries.FEW)], left[len(queries.FEW) :]
            named = dict(zip_longest(queries.FEW, few))
            found += self._values(queries.AT_HOME, {**named, "since": since})
        return found

    def asked_hours(self, expert: str, since: datetime) -> Sequence[datetime]:
        """When this person was asked to answer, from `since` on, oldest first. Closed asks do not count."""
        return self._values(queries.ASKED_HOURS, {"expert": expert, "since": since})

    def sent(self, key: str) -> DeliveryState | None:
        """How far the delivery with this key has come; None when there is none."""
        self._read_anew()
        state = self._value(outbox.SENT, {"key": key})
        return None if state is None else DeliveryState(state)

    # ------------------------------------------------------------ thanks and numbers

    def thank(self, post: str, question: str, expert: str, at: datetime) -> None:
        """A customer thanked this person for the answer."""
        self.session.merge(ThanksRow(post=post, question=question, expert=expert, at=at))

    def thanks(self, expert: str, limit: int = 5) -> Sequence[tuple[Post, datetime]]:
        """The latest thanks this person had, newest first."""
        self._flush()
        found = self._all(queries.THANKS, {"expert": expert, "most": limit})
        return [(post_rows.post(row), row.thanked_at) for row in found]

    def tally(self, expert: str, since: datetime) -> Tally:
        """This person's own numbers from `since` on."""
        self._flush()
        asked, passed = self._counted(queries.ASKED_AND_PASSED, expert, since)
        answered, published = self._counted(queries.ANSWERED_AND_PUBLISHED, expert, since)
        (thanked,) = self._counted(queries.THANKED, expert, since)
        return Tally(asked=asked, answered=answered, passed=passed, published=published, thanked=thanked)

    def _counted(self, statement: Any, expert: str, since: datetime) -> list[int]:
        return [int(number or 0) for number in self._first(statement, {"expert": expert, "since": since})]


def _volunteer(row: VolunteerRow | sa.Row[Any]) -> Volunteer:
    start, _, end = (row.quiet or "").partition("-")
    disturb = Break(row.disturb_from, row.disturb_until) if row.disturb_from and row.disturb_until else None
    return Volunteer(
        expert=row.expert,
        accepted=row.accepted,
        accepted_at=row.accepted_at,
        left_at=row.left_at,
        invited=row.invited,
        paused_until=row.paused_until,
        quiet=QuietHours(time.fromisoformat(start), time.fromisoformat(end)) if row.quiet else None,
        daily_asks=row.daily_asks,
        digest=row.digest,
        disturb=disturb,
        channel=row.channel,
        ts=row.ts,
    )
