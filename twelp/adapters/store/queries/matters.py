"""Questions of the same matter."""

from __future__ import annotations

import sqlalchemy as sa

from twelp.adapters.store.queries.pieces import columns, table
from twelp.adapters.store.queries.stages import EXACT, QUESTION_COLUMNS, stored
from twelp.adapters.store.tables import AnswerRow, PostRow, QuestionRow
from twelp.model import Stage

_question, _post, _answer = table(QuestionRow), table(PostRow), table(AnswerRow)
_lead = _question.c.matter == sa.bindparam("lead", type_=sa.String)
_waits = (sa.func.coalesce(_question.c.stage, "") == stored(Stage.JOINED), Stage.JOINED.value == EXACT)
_whole = sa.select(*QUESTION_COLUMNS, *columns(PostRow, "post_")).join(_post, _post.c.key == _question.c.id)

ADD_ASKER = (
    sa.update(_question)
    .where(_question.c.id == sa.bindparam("its_id"), _question.c.version == sa.bindparam("its_version"))
    .values(askers=_question.c.askers + sa.bindparam("more", type_=sa.Integer))
)
"""More ask the same as a lead that is still of the version that was read."""

ASKERS = sa.select(_question.c.askers).where(_question.c.id == sa.bindparam("lead"))
"""How many ask the same as a lead."""

JOINED = _whole.where(_lead, *_waits).order_by(_question.c.opened_at).limit(sa.bindparam("most", type_=sa.Integer))
"""Questions that wait for a lead's answer, oldest first."""

JOINED_LATELY = (
    _whole.where(_lead, *_waits).order_by(_question.c.opened_at.desc()).limit(sa.bindparam("most", type_=sa.Integer))
)
"""The same, newest first."""

OF = _whole.where(_lead).order_by(_question.c.opened_at)
"""All that joined a lead and were not split off."""

LEAD_INSTEAD = sa.update(_question).where(_lead, *_waits).values(matter=sa.bindparam("instead", type_=sa.String))
"""All that wait for a lead's answer wait for another's."""

SET_VARIANTS = sa.update(_answer).where(_answer.c.id == sa.bindparam("its_id"))
"""The wordings of an answer for the others who ask the same."""
