"""Rows about people: what they said for themselves, what they were thanked for, what lies before them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time
from itertools import zip_longest
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from twelp.adapters.store import rows
from twelp.adapters.store.base import Base, table
from twelp.adapters.store.tables import (
    AnswerRow,
    AskRow,
    DeliveryRow,
    HouseRow,
    PostRow,
    ThanksRow,
    VolunteerRow,
)
from twelp.model import (
    AnswerState,
    AskRole,
    AskState,
    Break,
    DeliveryState,
    Post,
    QuietHours,
    Tally,
    Volunteer,
)

_ROLL = "roll"
_CONFIRMED = (AnswerState.ACCEPTED, AnswerState.HELD, AnswerState.PUBLISHED, AnswerState.ALTERNATIVE)

_house, _volunteer_table = table(HouseRow), table(VolunteerRow)
_ROLL_NOW = sa.select(_house.c.value).where(_house.c.name == _ROLL)
_FEW = tuple(f"expert_{n}" for n in range(8))
"""Asked for at a time, so that the statement stays the same however many there are."""

_AT_HOME = (
    sa.select(_volunteer_table.c.expert)
    .where(_volunteer_table.c.expert.in_([sa.bindparam(name, type_=sa.String) for name in _FEW]))
    .where(_volunteer_table.c.home_at >= sa.bindparam("since", type_=_volunteer_table.c.home_at.type))
    .order_by(_volunteer_table.c.expert)
)
_delivery = table(DeliveryRow)
_SENT = sa.select(_delivery.c.state).where(_delivery.c.key == sa.bindparam("key")).with_for_update()


class VolunteerTx(Base):
    """The part of a transaction that is about people; see `twelp.ports.PeopleTx` for what each method promises."""

    def roll(self) -> str:
        """A word that changes whenever any volunteer's does."""
        return self._value(_ROLL_NOW) or ""

    def volunteers(self) -> Mapping[str, Volunteer]:
        """Everybody who ever said something for themselves."""
        columns: sa.Table = VolunteerRow.__table__  # type: ignore[attr-defined]
        found = self.session.execute(sa.select(columns))  # rows, not objects: there may be thousands
        return {row.expert: _volunteer(row) for row in found}

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
        self.session.merge(HouseRow(name=_ROLL, value=uuid.uuid4().hex))
        self.session.flush()

    def opened_home(self, expert: str, at: datetime) -> None:
        """The person looks at our tab."""
        row = self.session.get(VolunteerRow, expert) or VolunteerRow(expert=expert)
        row.home_at = at
        self.session.add(row)

    def at_home(self, experts: Collection[str], since: datetime) -> Sequence[str]:
        """Who of these opened our tab at or after `since`."""
        found, left = [], sorted(experts)
        while left:
            few, left = left[: len(_FEW)], left[len(_FEW) :]
            named = dict(zip_longest(_FEW, few))
            found += self._values(_AT_HOME, {**named, "since": since})
        return found

    def asked_hours(self, expert: str, since: datetime) -> Sequence[datetime]:
        """When this person was asked to answer, from `since` on, oldest first. Closed asks do not count."""
        found = self.session.exec(
            select(AskRow.created_at)
            .where(AskRow.expert == expert, AskRow.created_at >= since, AskRow.role == AskRole.ANSWER.value)
            .where(sa.or_(col(AskRow.state) != AskState.CLOSED.value, col(AskRow.ts) != ""))
            .order_by(col(AskRow.created_at))
        )
        return list(found)

    def sent(self, key: str) -> DeliveryState | None:
        """How far the delivery with this key has come; None when there is none."""
        self._read_anew()
        state = self._value(_SENT, {"key": key})
        return None if state is None else DeliveryState(state)

    # ------------------------------------------------------------ thanks and numbers

    def thank(self, post: str, question: str, expert: str, at: datetime) -> None:
        """A customer thanked this person for the answer."""
        self.session.merge(ThanksRow(post=post, question=question, expert=expert, at=at))

    def thanks(self, expert: str, limit: int = 5) -> Sequence[tuple[Post, datetime]]:
        """The latest thanks this person had, newest first."""
        found = self.session.exec(
            select(PostRow, ThanksRow)
            .join(ThanksRow, col(ThanksRow.post) == col(PostRow.key))
            .where(ThanksRow.expert == expert)
            .order_by(col(ThanksRow.at).desc())
            .limit(limit)
        )
        return [(rows.post(post), thanks.at) for post, thanks in found]

    def tally(self, expert: str, since: datetime) -> Tally:
        """This person's own numbers from `since` on."""
        asked, passed = self._count_of(
            AskRow, sa.func.count(), _times(col(AskRow.state) == AskState.PASSED.value),
            where=(AskRow.expert == expert, AskRow.role == AskRole.ANSWER.value, AskRow.created_at >= since,
                   AskRow.state != AskState.CLOSED.value),
        )  # fmt: skip
        confirmed = [state.value for state in _CONFIRMED]
        answered, published = self._count_of(
            AnswerRow,
            _times(col(AnswerRow.state).in_(confirmed)),
            _times(col(AnswerRow.state) == AnswerState.PUBLISHED.value),
            where=(AnswerRow.expert == expert, AnswerRow.written_at >= since),
        )
        (thanked,) = self._count_of(
            ThanksRow, sa.func.count(), where=(ThanksRow.expert == expert, ThanksRow.at >= since)
        )
        return Tally(asked=asked, answered=answered, passed=passed, published=published, thanked=thanked)

    def _count_of(self, table: type[Any], *what: Any, where: Sequence[Any]) -> list[int]:
        found = self.session.execute(sa.select(*what).select_from(table).where(*where)).one()
        return [int(number or 0) for number in found]


def _times(true: Any) -> Any:
    return sa.func.sum(sa.case((true, 1), else_=0))


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
