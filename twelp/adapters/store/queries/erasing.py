"""What leaves the rows when a post is gone."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from twelp.adapters.store.columns import Utc
from twelp.adapters.store.queries.pieces import table
from twelp.adapters.store.tables import AskRow, DeliveryRow, JournalRow, PostRow
from twelp.model import DeliveryKind, DeliveryState

_post, _ask = table(PostRow), table(AskRow)

_journal, _delivery = table(JournalRow), table(DeliveryRow)

_BY_PARTS: Final = ("triage", "match", "customer", "dispatch")
"""Who quotes a customer's words in the journal."""

POST = sa.select(_post).where(_post.c.key == sa.bindparam("key"), _post.c.gone_at.is_(None))
"""A post that is not gone."""

BESIDE = sa.select(_post).where(
    _post.c.network == sa.bindparam("network"),
    _post.c.conversation == sa.bindparam("conversation"),
    _post.c.author_id == sa.bindparam("author"),
    _post.c.gone_at.is_(None),
)
"""What its author said in its conversation and is not gone."""

ERASE = (
    sa.update(_post)
    .where(_post.c.key == sa.bindparam("its_key"))
    .values(
        text="",
        name="",
        mentions=[],
        reasons=[],
        context=None,
        gone_at=sa.bindparam("at", type_=Utc()),
    )
)
"""A post is gone, and its words with it."""

LINES = sa.select(_journal.c.id, _journal.c.reasons, _journal.c.actor).where(
    _journal.c.subject == sa.bindparam("subject"), _journal.c.actor.in_(_BY_PARTS)
)
"""The journal's lines that may quote it."""

BLANK_LINE = sa.update(_journal).where(_journal.c.id == sa.bindparam("its_id"))
"""A line of the journal says something else now."""

BLANK_ASKS = sa.update(_ask).where(_ask.c.question == sa.bindparam("its_question")).values(reasons=[])
"""The asks of a question give no reasons any more."""

_NOTES = (_delivery.c.question == sa.bindparam("its_question"), _delivery.c.errand == DeliveryKind.NOTE.value)

NOTES = sa.select(_delivery.c.id, _delivery.c.key, _delivery.c.subject, _delivery.c.state).where(*_NOTES)
"""A question's notes."""

DROP_NOTE = (
    sa.update(_delivery)
    .where(_delivery.c.id == sa.bindparam("its_id"), _delivery.c.state == DeliveryState.READY.value)
    .values(state=DeliveryState.FAILED.value, error="its words are gone")
)
"""A note that is not sent is dropped."""

BLANK_NOTE = (
    sa.update(_delivery)
    .where(
        _delivery.c.id == sa.bindparam("its_id"),
        _delivery.c.state.in_((DeliveryState.SENT.value, DeliveryState.FAILED.value)),
    )
    .values(text="")
)
"""A note that is over says nothing any more."""

SINCE = (
    sa.select(_post)
    .where(
        _post.c.network == sa.bindparam("network"),
        sa.tuple_(_post.c.heard_at, _post.c.key)
        > sa.tuple_(sa.bindparam("since", type_=Utc()), sa.bindparam("after", type_=sa.String)),
        _post.c.gone_at.is_(None),
    )
    .order_by(_post.c.heard_at, _post.c.key)
    .limit(sa.bindparam("most", type_=sa.Integer))
)
"""A network's posts from a place on that are not gone, oldest first."""
