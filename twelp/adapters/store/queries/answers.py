"""Answers."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from twelp.adapters.store.queries.pieces import one_of, table
from twelp.adapters.store.tables import AnswerRow, QuestionRow
from twelp.model import AnswerState

_answer, _question = table(AnswerRow), table(QuestionRow)

_turn = sa.select(_question.c.turn).where(_question.c.id == _answer.c.question).correlate(_answer).scalar_subquery()
_at_turn = sa.select(_question.c.turn).where(_question.c.id == sa.bindparam("of", type_=sa.String)).scalar_subquery()
_of_turn = _answer.c.turn == sa.func.coalesce(_turn, 0)

ADD = {
    name: made.values(turn=sa.func.coalesce(_at_turn, 0)).on_conflict_do_nothing().returning(_answer.c.id)
    for name, made in (("sqlite", sqlite.insert(_answer)), ("postgresql", postgresql.insert(_answer)))
}
"""A new answer, of the present turn, unless that person wrote one this moment. By dialect."""

OF_QUESTION = sa.select(_answer).where(_answer.c.question == sa.bindparam("question"), _of_turn).order_by(_answer.c.id)
"""All answers of a question's present turn, oldest first."""

OF_QUESTIONS = {
    name: sa.select(_answer).where(one_of(_answer.c.question, name, "questions"), _of_turn).order_by(_answer.c.id)
    for name in ("sqlite", "postgresql")
}
"""The same of several questions. By dialect."""

ONE = sa.select(_answer).where(_answer.c.id == sa.bindparam("answer"))
"""One answer."""

OF_EXPERT = sa.select(_answer).where(
    _answer.c.question == sa.bindparam("question"),
    _answer.c.expert == sa.bindparam("expert"),
    _of_turn,
)
"""An expert's answer to a question's present turn."""

SET = sa.update(_answer).where(_answer.c.id == sa.bindparam("its_id"))
"""Changes an answer."""

SEND_BACK = SET.values(returned=_answer.c.returned + 1)
"""Changes an answer that a second person did not let pass or stand, and counts that."""

SPOKE_LAST = (
    sa.select(_answer)
    .where(_answer.c.question == sa.bindparam("question"), _answer.c.state == AnswerState.PUBLISHED.value)
    .order_by(_answer.c.turn.desc(), _answer.c.id.desc())
    .limit(1)
)
"""The latest answer to a question that is public."""
