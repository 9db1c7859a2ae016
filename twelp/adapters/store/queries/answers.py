"""Answers."""

from __future__ import annotations

import sqlalchemy as sa

from twelp.adapters.store.queries.pieces import table
from twelp.adapters.store.tables import AnswerRow

_answer = table(AnswerRow)

ADD = sa.insert(_answer).returning(_answer.c.id)
"""A new answer."""

OF_QUESTION = sa.select(_answer).where(_answer.c.question == sa.bindparam("question")).order_by(_answer.c.id)
"""All answers of a question, oldest first."""

ONE = sa.select(_answer).where(_answer.c.id == sa.bindparam("answer"))
"""One answer."""

OF_EXPERT = sa.select(_answer).where(
    _answer.c.question == sa.bindparam("question"), _answer.c.expert == sa.bindparam("expert")
)
"""An expert's answer to a question."""

SET = sa.update(_answer).where(_answer.c.id == sa.bindparam("its_id"))
"""Changes an answer."""

SEND_BACK = SET.values(returned=_answer.c.returned + 1)
"""Changes an answer that a second person did not let pass or stand, and counts that."""
