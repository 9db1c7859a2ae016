"""The outbox, which is also the ledger."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from twelp.adapters.store.queries.people import WITH_ITS_QUESTION
from twelp.adapters.store.queries.pieces import among, columns, once, one_of, table
from twelp.adapters.store.queries.stages import QUESTION_COLUMNS
from twelp.adapters.store.tables import AskRow, DeliveryRow, PostRow, QuestionRow
from twelp.model import DeliveryKind, DeliveryState

_delivery = table(DeliveryRow)

ADD = once(DeliveryRow)
"""A row of the outbox, or nothing where its key is there already. By dialect."""

_errand = sa.func.coalesce(_delivery.c.errand, "")
"""Where a question's rows are wanted: not by the index on errands, of which each has more than any question."""

ADD_SEVERAL = {
    name: made.on_conflict_do_nothing().returning(_delivery.c.id, _delivery.c.key)
    for name, made in (("sqlite", sqlite.insert(_delivery)), ("postgresql", postgresql.insert(_delivery)))
}
"""Rows of the outbox, but those whose key is there already: id and key of each. By dialect."""

_ask, _question, _post = table(AskRow), table(QuestionRow), table(PostRow)
_its_ask = sa.case(
    (among(_delivery.c.errand, (DeliveryKind.CARD.value, DeliveryKind.REFRESH.value)), _delivery.c.subject)
)

_WITH_ITS_OWN = (
    sa.select(
        *columns(DeliveryRow),
        *columns(AskRow, "ask_"),
        *(column.label(f"question_{column.name}") for column in QUESTION_COLUMNS),
        *columns(PostRow, "post_"),
        *WITH_ITS_QUESTION,
    )
    .select_from(_delivery)
    .outerjoin(_ask, _ask.c.id == sa.cast(_its_ask, sa.Integer))
    .outerjoin(_question, _question.c.id == _delivery.c.question)
    .outerjoin(_post, _post.c.key == _question.c.id)
)

ONE = _WITH_ITS_OWN.where(_delivery.c.id == sa.bindparam("delivery"))
"""One row of the outbox, with the question it is about and, where it is a card's, with that ask."""

MANY = {
    name: _WITH_ITS_OWN.where(one_of(_delivery.c.id, name, "deliveries", sa.Integer)).order_by(_delivery.c.id)
    for name in ("sqlite", "postgresql")
}
"""Several such rows. By dialect."""

SET = sa.update(_delivery).where(
    _delivery.c.id == sa.bindparam("its_id"),
    _delivery.c.state == sa.bindparam("its_state"),
    _delivery.c.attempts == sa.bindparam("its_attempts"),
    _delivery.c.remote_id == sa.bindparam("its_done"),
)
"""Changes a row that is still as it was read."""

SENT = sa.select(_delivery.c.state).where(_delivery.c.key == sa.bindparam("key")).with_for_update()
"""How far the row with a key has come; it stays so until the transaction ends."""

KEYED = sa.select(_delivery).where(_delivery.c.key == sa.bindparam("key"))
"""The row with a key."""

UNFINISHED = sa.select(_delivery).where(
    _delivery.c.question == sa.bindparam("question"),
    _errand.in_([DeliveryKind.REPLY.value, DeliveryKind.THREAD.value]),
    sa.func.coalesce(_delivery.c.state, "").in_([DeliveryState.READY.value, DeliveryState.CALLING.value]),
)
"""The row of a question's answer that is not over yet."""

ANSWERED_LATELY = (
    sa.select(_delivery.c.id, _delivery.c.question)
    .where(
        _delivery.c.errand == sa.bindparam("errand"),
        sa.func.coalesce(_delivery.c.state, "") == DeliveryState.SENT.value,  # not by its index: most are sent
    )
    .order_by(_delivery.c.id.desc())
    .limit(sa.bindparam("most"))
)
"""The questions whose answers went out last, by one way of sending them."""

POSTED = sa.select(_delivery.c.remote_id).where(
    _delivery.c.question == sa.bindparam("question"),
    _errand.in_([DeliveryKind.REPLY.value, DeliveryKind.THREAD.value, DeliveryKind.WORD.value]),
)
"""Ids of all that was posted for a question."""

POSTED_FOR = {
    name: sa.select(_delivery.c.question, _delivery.c.remote_id).where(
        one_of(_delivery.c.question, name, "questions"),
        _errand.in_([DeliveryKind.REPLY.value, DeliveryKind.THREAD.value, DeliveryKind.WORD.value]),
    )
    for name in ("sqlite", "postgresql")
}
"""The same for several. By dialect."""

REFRESHING = (
    sa.select(_delivery.c.subject)
    .where(
        _delivery.c.question == sa.bindparam("question"),
        _errand == DeliveryKind.REFRESH.value,
        sa.func.coalesce(_delivery.c.state, "") == DeliveryState.READY.value,  # not by its index, with all that waits
    )
    .order_by(_delivery.c.id)
    .with_for_update()
)
"""The asks of a question whose cards' refresh has not ended, and holds those rows."""

REFRESHING_ONE = REFRESHING.where(_delivery.c.subject == sa.bindparam("ask"))
"""The same for one of its asks."""
