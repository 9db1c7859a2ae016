"""Private cases, their messages, and whose cards show them."""

from __future__ import annotations

import sqlalchemy as sa

from twelp.adapters.store.queries.pieces import once, table
from twelp.adapters.store.tables import PrivateCaseRow, PrivateCopyRow, PrivateMessageRow

_case, _message, _copy = table(PrivateCaseRow), table(PrivateMessageRow), table(PrivateCopyRow)

_THE_CASE = sa.bindparam("its_case", type_=sa.String)
_THE_ID = sa.bindparam("its_id", type_=sa.Integer)

ADD = once(PrivateCaseRow)
"""A new case, unless it is there. By dialect."""

ONE = sa.select(_case).where(_case.c.id == _THE_CASE)
"""A case."""

OF_QUESTION = sa.select(_case).where(_case.c.question == sa.bindparam("its_question", type_=sa.String))
"""The cases that go on under a question."""

OF_ALARM = sa.select(_case).where(_case.c.alarm == sa.bindparam("its_question", type_=sa.String))
"""The cases that a question stands for."""

MOVE = sa.update(_case).where(_case.c.id == _THE_CASE, _case.c.version == sa.bindparam("its_version"))
"""Changes a case that is still of the version that was read."""

SAY = once(PrivateMessageRow)
"""A new message, unless one of its remote id is there. By dialect."""

SAID = sa.select(_message).where(_message.c.case_id == _THE_CASE).order_by(_message.c.id)
"""The messages of a case, oldest first."""

MESSAGE = sa.select(_message).where(_message.c.id == _THE_ID)
"""A message."""

SET_MESSAGE = sa.update(_message).where(_message.c.id == _THE_ID, _message.c.state == sa.bindparam("its_state"))
"""Changes a message that is still in the state that was read."""

COPY = once(PrivateCopyRow)
"""A new card of a case. By dialect."""

ONE_COPY = sa.select(_copy).where(_copy.c.id == _THE_ID)
"""A card."""

COPIES = sa.select(_copy).where(_copy.c.case_id == _THE_CASE).order_by(_copy.c.id)
"""The cards of a case, in the order they were made."""

SET_COPY = sa.update(_copy).where(_copy.c.id == _THE_ID)
"""Changes a card."""
