"""What leaves the rows when a post is gone; `twelp.ports.ErasingTx` says what each method promises."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from twelp.adapters.store import rows
from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import erasing as queries
from twelp.model import Post

_QUOTES: Final = "“"
"""What a reason has where it repeats somebody's words."""


class ErasingTx(Base):
    """The part of a transaction that is about posts that are gone."""

    def heard_since(self, network: str, since: datetime, after: str, most: int) -> Sequence[tuple[datetime, Post]]:
        """Posts that stand, as far as is known, with the hour they were heard, in its order."""
        place = {"network": network, "since": since, "after": after, "most": most}
        return [(row.heard_at, rows.post(row)) for row in self._all(queries.SINCE, place)]

    def erase(self, key: str, at: datetime) -> Sequence[str]:
        """Takes a post's words out of its row and out of those of its other versions; which posts that were."""
        row = self._first(queries.POST, {"key": key})
        if row is None:
            return ()
        here = {"network": row.network, "conversation": row.conversation, "author": row.author_id}
        gone = rows.post(row)
        family = [post for post in map(rows.post, self._all(queries.BESIDE, here)) if _one(post, gone)]
        keys = list(dict.fromkeys((key, *(post.key for post in family))))
        for one in keys:
            self._do(queries.ERASE, {"its_key": one, "at": at})
            self._questions.pop(one, None)
        return keys

    def erase_words(self, subjects: Collection[str]) -> None:
        """Takes what was quoted of posts or questions out of journal, asks and notes; that it happened stays."""
        self.write_gathered()
        for subject in dict.fromkeys(subjects):
            for line in self._all(queries.LINES, {"subject": subject}):
                kept = [reason for reason in line.reasons if _QUOTES not in str(reason)]
                changes: dict[str, Any] = {"reasons": rows.said(kept)}
                if line.actor == "match":
                    changes["detail"] = None
                self._do(queries.BLANK_LINE, {"its_id": line.id, **changes})
            self._do(queries.BLANK_ASKS, {"its_question": subject})
            self._do(queries.DROP_NOTES, {"its_question": subject})
            self._do(queries.BLANK_NOTES, {"its_question": subject})
        self._asks.clear()


def _one(post: Post, other: Post) -> bool:
    """Whether two posts are versions of one."""
    return post.id in other.earlier or other.id in post.earlier or bool({*post.earlier} & {*other.earlier})
