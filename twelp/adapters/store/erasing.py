"""What leaves the rows when a post is gone; `twelp.ports.ErasingTx` says what each method promises."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from twelp.adapters.store import columns, post_rows
from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import crises
from twelp.adapters.store.queries import erasing as queries
from twelp.model import DeliveryState, Post

_QUOTES: Final = "“"
"""What a reason has where it repeats somebody's words."""


class ErasingTx(Base):
    """The part of a transaction that is about posts that are gone."""

    def heard_since(self, network: str, since: datetime, after: str, most: int) -> Sequence[tuple[datetime, Post]]:
        """Posts that stand, as far as is known, with the hour they were heard, in its order."""
        place = {"network": network, "since": since, "after": after, "most": most}
        return [(row.heard_at, post_rows.post(row)) for row in self._all(queries.SINCE, place)]

    def erase(self, key: str, at: datetime) -> Sequence[str]:
        """Takes a post's words out of its row and out of those of its other versions; which posts that were."""
        row = self._first(queries.POST, {"key": key})
        if row is None:
            return ()
        here = {"network": row.network, "conversation": row.conversation, "author": row.author_id}
        gone = post_rows.post(row)
        family = [post for post in map(post_rows.post, self._all(queries.BESIDE, here)) if _one(post, gone)]
        keys = list(dict.fromkeys((key, *(post.key for post in family))))
        for one in keys:
            self._do(queries.ERASE, {"its_key": one, "at": at})
            self._questions.pop(one, None)
        return keys

    def erase_words(self, subjects: Collection[str], question: str | None = None) -> Sequence[tuple[str, str]]:
        """Takes what was quoted of posts or questions out of journal, asks and notes; that it happened stays."""
        self.write_gathered()
        sent: list[tuple[str, str]] = []
        for subject in dict.fromkeys(subjects):
            for line in self._all(queries.LINES, {"subject": subject}):
                kept = [reason for reason in line.reasons if _QUOTES not in str(reason)]
                changes: dict[str, Any] = {"reasons": columns.said(kept)}
                if line.actor == "match":
                    changes["detail"] = None
                self._do(queries.BLANK_LINE, {"its_id": line.id, **changes})
            self._do(crises.BLANK, {"its_question": subject})
            self._do(queries.BLANK_ASKS, {"its_question": subject})
        for about in dict.fromkeys((*subjects, question)) if question is not None else dict.fromkeys(subjects):
            sent += self._erase_notes(about, [] if about in subjects else subjects)
        self._asks.clear()
        self._asks_of.clear()
        self._answers.clear()
        return sent

    def _erase_notes(self, question: str | None, posts: Collection[str]) -> list[tuple[str, str]]:
        """Of a question all of them, or those about these posts of it."""
        marks = [f":{post}:" for post in posts]
        sent = []
        for note in self._all(queries.NOTES, {"its_question": question}):
            if posts and not any(mark in f"{note.key}:" for mark in marks):
                continue
            self._do(queries.DROP_NOTE, {"its_id": note.id})
            self._do(queries.BLANK_NOTE, {"its_id": note.id})
            if note.state in (DeliveryState.SENT.value, DeliveryState.CALLING.value):
                sent.append((note.key, note.subject))
        return sent


def _one(post: Post, other: Post) -> bool:
    """Whether two posts are versions of one."""
    return post.id in other.earlier or other.id in post.earlier or bool({*post.earlier} & {*other.earlier})
