"""Questions of the same matter."""

from __future__ import annotations

import sqlalchemy as sa

from twelp.adapters.store.queries.pieces import among, columns, table
from twelp.adapters.store.queries.stages import EXACT, QUESTION_COLUMNS, stored
from twelp.adapters.store.tables import AnswerRow, DeliveryRow, PostRow, QuestionRow
from twelp.model import AnswerState, Stage

_question, _post, _answer, _delivery = table(QuestionRow), table(PostRow), table(AnswerRow), table(DeliveryRow)
_given, _source = _answer.alias("given"), _answer.alias("source")
_lead = _question.c.matter == sa.bindparam("lead", type_=sa.String)
_waits = (sa.func.coalesce(_question.c.stage, "") == stored(Stage.JOINED), Stage.JOINED.value == EXACT)
_whole = sa.select(*QUESTION_COLUMNS, *columns(PostRow, "post_")).join(_post, _post.c.key == _question.c.id)

ADD_ASKER = (
    sa.update(_question)
    .where(_question.c.id == sa.bindparam("its_id"), _question.c.version == sa.bindparam("its_version"))
    .values(askers=_question.c.askers + sa.bindparam("more", type_=sa.Integer))
)
"""More ask the same as a lead that is still of the version that was read."""

JOINED = _whole.where(_lead, *_waits).order_by(_question.c.opened_at).limit(sa.bindparam("most", type_=sa.Integer))
"""Questions that wait for a lead's answer, oldest first."""

JOINED_LATELY = (
    _whole.where(_lead, *_waits).order_by(_question.c.opened_at.desc()).limit(sa.bindparam("most", type_=sa.Integer))
)
"""The same, newest first."""

LEAD_INSTEAD = sa.update(_question).where(_lead, *_waits).values(matter=sa.bindparam("instead", type_=sa.String))
"""All that wait for a lead's answer wait for another's."""

SET_NEAR = sa.update(_question).where(_question.c.id == sa.bindparam("its_id"))
"""Which matter of many a question may be the same as."""

SET_VARIANTS = sa.update(_answer).where(_answer.c.id == sa.bindparam("its_id"))
"""The wordings of an answer for the others who ask the same."""

_theirs = _given.c.turn == _question.c.turn, _given.c.state == AnswerState.PUBLISHED.value
_stage = sa.func.coalesce(_question.c.stage, "")
_stands = (_stage == stored(Stage.PUBLISHED), Stage.PUBLISHED.value == EXACT)
_shared = _whole.join(_given, _given.c.question == _question.c.id).where(_lead, *_stands, *_theirs)
_limit = sa.bindparam("most", type_=sa.Integer)

STALE = (
    _shared.join(_source, _source.c.id == _given.c.shared_from)
    .where(_source.c.state == AnswerState.RETRACTED.value)
    .order_by(_question.c.opened_at)
    .limit(_limit)
)
"""Those of a matter whose answer is a wording of one that was taken back or replaced, oldest first."""

WROTE_SINCE = (
    _whole.join(_given, _given.c.question == _question.c.id)
    .join(_source, _source.c.id == _given.c.shared_from)
    .where(
        _lead,
        _given.c.turn != _question.c.turn,
        _given.c.state == AnswerState.PUBLISHED.value,
        _source.c.state == AnswerState.RETRACTED.value,
    )
    .order_by(_question.c.opened_at)
    .limit(_limit)
)
"""Those of a matter who have such an answer, and wrote on after it."""

PUBLIC = (
    sa.select(_answer)
    .where(_answer.c.question == sa.bindparam("question"), _answer.c.state == AnswerState.PUBLISHED.value)
    .order_by(_answer.c.turn.desc(), _answer.c.id.desc())
)
"""The answers to a question that stand, of all its turns, the latest first."""

_under_way = [stage.value for stage in (Stage.PUBLISHING, Stage.PAUSED, Stage.CORRECTING, Stage.RECALLING)]

BEING_SENT = (
    sa.select(_question.c.id)
    .where(_lead, _stage == stored(Stage.PUBLISHING), among(EXACT, _under_way))
    .order_by(_question.c.opened_at)
    .limit(_limit)
)
"""Those of a matter who have an answer in the outbox."""

HAS_ANSWER = (
    sa.select(_question.c.id)
    .join(_post, _post.c.key == _question.c.id)
    .where(
        _lead,
        _question.c.id != sa.bindparam("but", type_=sa.String),
        sa.func.coalesce(_post.c.author_id, "") == sa.bindparam("author", type_=sa.String),
        sa.not_(among(EXACT, [Stage.JOINED.value, Stage.SETTLED.value])),
    )
    .order_by(_question.c.opened_at)
    .limit(1)
)
"""A question of a matter whose author has an answer, or is about to get one."""

SET_SOURCE = sa.update(_answer).where(_answer.c.id == sa.bindparam("its_id"))
"""Which answer's wording this one is."""

_nth = sa.bindparam("number", type_=sa.Integer)

NTH_LATEST = (
    sa.select(_delivery.c.created_at)
    .where(_delivery.c.errand == sa.bindparam("errand", type_=sa.String))
    .order_by(_delivery.c.id.desc())
    .limit(1)
    .offset(_nth)
)
"""When the row of that kind was put into the outbox that has so many after it."""
