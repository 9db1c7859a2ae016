"""Repeats: a customer asks the same again, in another conversation: the same words twice, or deleted and posted anew.

Where the former post stands, only the very same question joins it: what differs in sense is a question of its own.
Where the former post is gone, the customer meant to replace it, and the same matter is enough; its words are not kept,
so that the topics tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz

from twelp.model import Post, Question, Stage, TopicScore

LATELY: Final = timedelta(minutes=30)
"""How long after a question is over its author's next post may still replace it."""

_ALIKE: Final = 55.0
"""From so alike on (0 to 100), a post may replace a former one that is gone."""
_NOT_WAITING: Final = (Stage.UNANSWERED, Stage.SETTLED, Stage.DISMISSED, Stage.REFUSED, Stage.RETRACTED)
"""It is over without an answer, or nobody took it in time: asked once more, it is asked anew."""
_HANDLE: Final = re.compile(r"[@＠]\w+")


class Repeat(StrEnum):
    """What a post is to the former question of its author.

    JOINS: the same words, and the question is open. ANSWERED: the same words, and it was answered just now. REPLACES:
    the former post is gone, and nobody had answered it.
    """

    JOINS = "joins"
    ANSWERED = "answered"
    REPLACES = "replaces"


def read(former: Question, post: Post, topics: Sequence[TopicScore], now: datetime, *, same: bool) -> Repeat | None:
    """What the post is to this former question of its author, in another conversation; None: nothing.

    Args:
        former: as it stands.
        post: asks something, by itself.
        topics: what the post is about, best first.
        now: the hour.
        same: whether it says the very same as the former one.
    """
    if former.post.conversation == post.conversation:
        return None
    lately = former.closed_at is not None and now - former.closed_at <= LATELY
    if former.stage is Stage.WITHDRAWN:
        return Repeat.REPLACES if former.post.gone and lately and _of_one_matter(former.topics, topics) else None
    if not same or former.stage in _NOT_WAITING:
        return None
    if former.stage in (Stage.PUBLISHED, Stage.BY_HAND):
        return Repeat.ANSWERED if lately else None
    return Repeat.JOINS


def may_replace(former: Post, post: Post) -> bool:
    """Whether it is worth a look if the former post still stands.

    >>> from datetime import UTC, datetime
    >>> from twelp.model import Account
    >>> june, at = Account("1", "june"), datetime(2026, 1, 1, tzinfo=UTC)
    >>> def said(text, number): return Post("x", number, june, text, at, number)
    >>> former = said("@acme why does my tv show no pictre?", "1")
    >>> may_replace(former, said("@acme why does my tv show no picture since monday?", "2"))
    True
    >>> may_replace(former, said("@acme are you open on sunday", "2"))
    False
    """
    if former.gone or former.conversation == post.conversation:
        return False
    one, other = (" ".join(_HANDLE.sub(" ", text.casefold()).split()) for text in (former.own_text, post.own_text))
    return fuzz.token_set_ratio(one, other) >= _ALIKE


def _of_one_matter(former: Sequence[TopicScore], now: Sequence[TopicScore]) -> bool:
    """Whether the likeliest topics are the same, or one of the two names none, such as by a slip."""
    return not former or not now or former[0].topic == now[0].topic
