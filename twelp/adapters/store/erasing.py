"""What leaves the rows when a post is gone; `twelp.ports.ErasingTx` says what each method promises."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from twelp.adapters.store import rows
from twelp.adapters.store.base import Base, table
from twelp.adapters.store.tables import AskRow, DeliveryRow, JournalRow, PostRow, Utc
from twelp.model import DeliveryState, Errand, Post

_post, _ask = table(PostRow), table(AskRow)
_journal, _delivery = table(JournalRow), table(DeliveryRow)

_BY_PARTS: Final = ("triage", "match", "customer", "dispatch")
"""Who quotes a customer's words in the journal."""

_QUOTES: Final = "“"
"""What a reason has where it repeats somebody's words."""

_ITS = sa.select(_post).where(_post.c.key == sa.bindparam("key"), _post.c.gone_at.is_(None))
_BESIDE = sa.select(_post).where(
    _post.c.network == sa.bindparam("network"),
    _post.c.conversation == sa.bindparam("conversation"),
    _post.c.author_id == sa.bindparam("author"),
    _post.c.gone_at.is_(None),
)
_ERASE = (
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
_LINES = sa.select(_journal.c.id, _journal.c.reasons, _journal.c.actor).where(
    _journal.c.subject == sa.bindparam("subject"), _journal.c.actor.in_(_BY_PARTS)
)
_BLANK_LINE = sa.update(_journal).where(_journal.c.id == sa.bindparam("its_id"))
_BLANK_ASKS = sa.update(_ask).where(_ask.c.question == sa.bindparam("its_question")).values(reasons=[])
_NOTES = (_delivery.c.question == sa.bindparam("its_question"), _delivery.c.errand == Errand.NOTE.value)
_DROP_NOTES = (
    sa.update(_delivery)
    .where(*_NOTES, _delivery.c.state == DeliveryState.READY.value)
    .values(state=DeliveryState.FAILED.value, error="its words are gone")
)
_BLANK_NOTES = (
    sa.update(_delivery)
    .where(*_NOTES, _delivery.c.state.in_((DeliveryState.SENT.value, DeliveryState.FAILED.value)))
    .values(text="")
)
_SINCE = (
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


class ErasingTx(Base):
    """The part of a transaction that is about posts that are gone."""

    def heard_since(self, network: str, since: datetime, after: str, most: int) -> Sequence[tuple[datetime, Post]]:
        """Posts that stand, as far as is known, with the hour they were heard, in its order."""
        place = {"network": network, "since": since, "after": after, "most": most}
        return [(row.heard_at, rows.post(row)) for row in self._all(_SINCE, place)]

    def erase(self, key: str, at: datetime) -> Sequence[str]:
        """Takes a post's words out of its row and out of those of its other versions; which posts that were."""
        row = self._first(_ITS, {"key": key})
        if row is None:
            return ()
        here = {"network": row.network, "conversation": row.conversation, "author": row.author_id}
        gone = rows.post(row)
        family = [post for post in map(rows.post, self._all(_BESIDE, here)) if _one(post, gone)]
        keys = list(dict.fromkeys((key, *(post.key for post in family))))
        for one in keys:
            self._do(_ERASE, {"its_key": one, "at": at})
            self._questions.pop(one, None)
        return keys

    def erase_words(self, subjects: Collection[str]) -> None:
        """Takes what was quoted of posts or questions out of journal, asks and notes; that it happened stays."""
        self.write_gathered()
        for subject in dict.fromkeys(subjects):
            for line in self._all(_LINES, {"subject": subject}):
                kept = [reason for reason in line.reasons if _QUOTES not in str(reason)]
                changes: dict[str, Any] = {"reasons": rows.said(kept)}
                if line.actor == "match":
                    changes["detail"] = None
                self._do(_BLANK_LINE, {"its_id": line.id, **changes})
            self._do(_BLANK_ASKS, {"its_question": subject})
            self._do(_DROP_NOTES, {"its_question": subject})
            self._do(_BLANK_NOTES, {"its_question": subject})
        self._asks.clear()


def _one(post: Post, other: Post) -> bool:
    """Whether two posts are versions of one."""
    return post.id in other.earlier or other.id in post.earlier or bool({*post.earlier} & {*other.earlier})
