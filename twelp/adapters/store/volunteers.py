"""Rows about people: what they said for themselves, what they were thanked for, what lies before them."""

from __future__ import annotations

import uuid
from collections import Counter
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
    QuestionRow,
    ThanksRow,
    VolunteerRow,
)
from twelp.model import (
    AnswerState,
    Ask,
    AskRole,
    AskState,
    Break,
    DeliveryState,
    Post,
    Question,
    QuietHours,
    Stage,
    Tally,
    Volunteer,
)

_ROLL = "roll"
_CONFIRMED = (AnswerState.ACCEPTED, AnswerState.HELD, AnswerState.PUBLISHED, AnswerState.ALTERNATIVE)

_NOT_OVER = tuple(
    stage.value for stage in (Stage.OPEN, Stage.ASKED, Stage.CLAIMED, Stage.HELD, Stage.PUBLISHING, Stage.UNANSWERED)
)

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

    def before(self, expert: str, limit: int = 20) -> Sequence[tuple[Question, Ask]]:
        """Open questions and held answers put before this person, newest first; what they hold comes first."""
        mine = col(QuestionRow.claimed_by) == expert
        open_now = col(QuestionRow.stage).in_([Stage.OPEN.value, Stage.ASKED.value])
        held = sa.and_(mine, col(QuestionRow.stage).in_([Stage.CLAIMED.value, Stage.HELD.value]))
        to_answer = col(AskRow.role) == AskRole.ANSWER.value
        unread = sa.exists().where(
            col(AnswerRow.question) == col(QuestionRow.id), col(AnswerRow.state) == AnswerState.HELD.value
        )
        to_review = sa.and_(col(QuestionRow.stage) == Stage.HELD.value, unread)
        found = self.session.exec(
            select(QuestionRow, PostRow, AskRow)
            .join(PostRow, col(PostRow.key) == col(QuestionRow.id))
            .join(AskRow, col(AskRow.question) == col(QuestionRow.id))
            .where(
                AskRow.expert == expert,
                AskRow.state == AskState.OPEN.value,
                sa.or_(sa.and_(to_answer, sa.or_(open_now, held)), sa.and_(~to_answer, to_review)),
            )
            .order_by(held.desc(), col(AskRow.created_at).desc())
            .limit(limit)
            .execution_options(populate_existing=True)
        )
        return [(rows.question(question, post), rows.ask(ask)) for question, post, ask in found]

    def asked_hours(self, expert: str, since: datetime) -> Sequence[datetime]:
        """When this person was asked to answer, from `since` on, oldest first. Closed asks do not count."""
        found = self.session.exec(
            select(AskRow.created_at)
            .where(AskRow.expert == expert, AskRow.created_at >= since, AskRow.role == AskRole.ANSWER.value)
            .where(AskRow.state != AskState.CLOSED.value)
            .order_by(col(AskRow.created_at))
        )
        return list(found)

    def undecided(self, expert: str) -> Sequence[Ask]:
        """Asks of any role that this person has not answered or passed, of questions that are not over."""
        found = self.session.exec(
            select(AskRow)
            .join(QuestionRow, col(QuestionRow.id) == col(AskRow.question))
            .where(AskRow.expert == expert, AskRow.state == AskState.OPEN.value, col(QuestionRow.stage).in_(_NOT_OVER))
            .order_by(col(AskRow.id))
        )
        return [rows.ask(row) for row in found]

    def over(self, expert: str, limit: int) -> Sequence[Ask]:
        """The newest asks of this person whose card stands where something may be taken back; see the port."""
        found = self.session.exec(
            select(AskRow)
            .join(QuestionRow, col(QuestionRow.id) == col(AskRow.question))
            .where(AskRow.expert == expert, AskRow.ts != "")
            .where(col(QuestionRow.stage).in_([Stage.PUBLISHED.value, Stage.DISMISSED.value]))
            .order_by(col(AskRow.id).desc())
            .limit(limit)
        )
        return [rows.ask(row) for row in found]

    def undecided_people(self) -> Collection[str]:
        """Everybody, but no channel, with an ask that `undecided` would find."""
        found = self.session.exec(
            select(AskRow.expert)
            .join(QuestionRow, col(QuestionRow.id) == col(AskRow.question))
            .where(AskRow.role != AskRole.CHANNEL.value, AskRow.state == AskState.OPEN.value)
            .where(col(QuestionRow.stage).in_(_NOT_OVER))
            .distinct()
        )
        return found.all()

    def digest(self, key: str) -> Sequence[Ask]:
        """The asks that the message with this key shows, oldest first."""
        who = key.split(":")[1]
        found = self.session.exec(
            select(AskRow)
            .where(AskRow.expert == who, AskRow.digest == key)
            .order_by(col(AskRow.id))
            .execution_options(populate_existing=True)
        )
        return [rows.ask(row) for row in found]

    def sent(self, key: str) -> DeliveryState | None:
        """How far the delivery with this key has come; None when there is none."""
        self._read_anew()
        state = self._value(_SENT, {"key": key})
        return None if state is None else DeliveryState(state)

    def ask_at(self, channel: str, ts: str) -> Ask | None:
        """The ask whose card is that message."""
        row = self.session.exec(select(AskRow).where(AskRow.ts == ts, AskRow.channel == channel)).first()
        return None if row is None else rows.ask(row)

    def waiting(self, stages: Collection[Stage], limit: int = 100, *, newest: bool = False) -> Sequence[Question]:
        """Questions in these stages, oldest first or newest first."""
        opened_at = col(QuestionRow.opened_at)
        found = self.session.exec(
            select(QuestionRow, PostRow)
            .join(PostRow, col(PostRow.key) == col(QuestionRow.id))
            .where(col(QuestionRow.stage).in_([stage.value for stage in stages]))
            .order_by(opened_at.desc() if newest else opened_at)
            .limit(limit)
            .execution_options(populate_existing=True)
        )
        return [rows.question(*pair) for pair in found]

    def waiting_about(self, stages: Collection[Stage]) -> Mapping[str, int]:
        """How many questions in these stages are about each topic, by the likeliest topic of each."""
        found = self.session.exec(
            select(QuestionRow.topics).where(col(QuestionRow.stage).in_([stage.value for stage in stages]))
        )
        return Counter(topics[0].topic for topics in found if topics)

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
