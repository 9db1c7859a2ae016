"""What people say for themselves, when they looked at our tab, and what they were thanked for."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from twelp.adapters.store.columns import Utc
from twelp.adapters.store.queries.pieces import columns, once, table, times
from twelp.adapters.store.tables import (
    AnswerRow,
    AskRow,
    HaltRow,
    HouseRow,
    LeftAloneRow,
    PostRow,
    ThanksRow,
    VolunteerRow,
)
from twelp.model import AnswerState, AskRole, AskState

ROLL_IS: Final = "roll"
"""The fact of the database that changes whenever any volunteer does."""

FEW: Final = tuple(f"expert_{n}" for n in range(8))
"""Asked for at a time, so that the statement stays the same however many there are."""

_house, _volunteer, _ask = table(HouseRow), table(VolunteerRow), table(AskRow)
_answer, _thanks, _post = table(AnswerRow), table(ThanksRow), table(PostRow)
_left_alone = table(LeftAloneRow)
_expert = sa.bindparam("expert", type_=sa.String)
_since = sa.bindparam("since", type_=Utc())
_confirmed = [
    state.value for state in (AnswerState.ACCEPTED, AnswerState.HELD, AnswerState.PUBLISHED, AnswerState.ALTERNATIVE)
]

ROLL = sa.select(_house.c.value).where(_house.c.name == ROLL_IS)
"""A word that changes whenever any volunteer does."""

WITH_ITS_QUESTION = (
    ROLL.scalar_subquery().label("roll"),
    sa.select(_left_alone.c.person)
    .where(_left_alone.c.person == _post.c.network + ":" + _post.c.author_id)
    .correlate(_post)
    .scalar_subquery()
    .label("alone"),
    sa.select(table(HaltRow).c.scope).limit(1).scalar_subquery().label("paused"),
)
"""What most acts on a question ask besides, read with its post: `roll` as above, `alone`, who asked to be left alone,
and `paused`, whether anything is."""

ALL = sa.select(_volunteer)
"""Everybody who ever said something for themselves."""

AT_HOME = (
    sa.select(_volunteer.c.expert)
    .where(_volunteer.c.expert.in_([sa.bindparam(name, type_=sa.String) for name in FEW]))
    .where(_volunteer.c.home_at >= _since)
    .order_by(_volunteer.c.expert)
)
"""Who of these few opened our tab from an hour on."""

ASKED_HOURS = (
    sa.select(_ask.c.created_at)
    .where(_ask.c.expert == _expert, _ask.c.created_at >= _since, _ask.c.role == AskRole.ANSWER.value)
    .where(sa.or_(_ask.c.state != AskState.CLOSED.value, _ask.c.ts != ""))
    .order_by(_ask.c.created_at)
)
"""When a person was asked to answer, from an hour on, oldest first."""

THANKS = (
    sa.select(*columns(PostRow), _thanks.c.at.label("thanked_at"))
    .join(_thanks, _thanks.c.post == _post.c.key)
    .where(_thanks.c.expert == _expert)
    .order_by(_thanks.c.at.desc())
    .limit(sa.bindparam("most", type_=sa.Integer))
)
"""The latest thanks that a person had, newest first, with the posts that said them."""

ASKED_AND_PASSED = sa.select(sa.func.count(), times(_ask.c.state == AskState.PASSED.value)).where(
    _ask.c.expert == _expert,
    _ask.c.role == AskRole.ANSWER.value,
    _ask.c.created_at >= _since,
    _ask.c.state != AskState.CLOSED.value,
)
"""How often a person was asked from an hour on, and how often they passed."""

ANSWERED_AND_PUBLISHED = sa.select(
    times(_answer.c.state.in_([sa.literal(state) for state in _confirmed])),
    times(_answer.c.state == AnswerState.PUBLISHED.value),
).where(_answer.c.expert == _expert, _answer.c.written_at >= _since)
"""How many answers a person confirmed from an hour on, and how many of them stand in public."""

THANKED = sa.select(sa.func.count()).where(_thanks.c.expert == _expert, _thanks.c.at >= _since)
"""How often a person was thanked from an hour on."""

_whom = _left_alone.c.person == sa.bindparam("whom")

LEAVE_ALONE = once(LeftAloneRow)
"""A customer who is not to be written to."""

WRITE_AGAIN = sa.delete(_left_alone).where(_whom)
"""A customer may be written to again."""

LEFT_ALONE = sa.select(_left_alone.c.person).where(_whom)
"""Whether a customer is not to be written to."""
