"""Which of our account's posts is the one that an earlier try left there; people post from that account, too.

OURS        the same words under the same post
PERHAPS     too little is told of it to say whether it is ours
BY_HAND     under the same post, in other words: a person wrote it
ELSEWHERE   the same words, and certainly not under that post
UNRELATED   anything else, and what the ledger knows already
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from twelp.flow.publish import Likeness, compare_words
from twelp.ports import OwnPost

_SIGNED: Final = re.compile(r"\^\S{1,8}\s*\Z")
"""How an answer of ours ends. A thread's first posts do not."""


class Sight(StrEnum):
    """What an own post is to a try."""

    OURS = "ours"
    PERHAPS = "perhaps"
    BY_HAND = "by hand"
    ELSEWHERE = "elsewhere"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Sought:
    """What a try may have left on the network.

    Attributes:
        text: word for word as it was sent.
        target: the post that it answers.
        conversation: the conversation's first post.
        tried_at: no try was made before, by our clock and with a tolerance.
        known: posts that the ledger knows already.
        shortener: the host behind which the network hides links; empty: it does not.
        lost_until: when a database was put back that does not know everything we published before; None: none was.
    """

    text: str
    target: str
    conversation: str
    tried_at: datetime
    known: Collection[str]
    shortener: str = ""
    lost_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look found: a post of each kind, if there is one."""

    ours: OwnPost | None = None
    perhaps: OwnPost | None = None
    by_hand: OwnPost | None = None
    elsewhere: OwnPost | None = None


def survey(posts: Iterable[OwnPost], sought: Sought) -> Seen:
    """What these posts are to the try."""
    found: dict[Sight, OwnPost] = {}
    for post in posts:
        found.setdefault(recognise(post, sought), post)
    return Seen(*map(found.get, (Sight.OURS, Sight.PERHAPS, Sight.BY_HAND, Sight.ELSEWHERE)))


def recognise(post: OwnPost, sought: Sought) -> Sight:
    """What this post is to the try. In doubt PERHAPS: a person can look, and nothing is posted twice."""
    if not {post.id, *post.earlier}.isdisjoint(sought.known):
        return Sight.UNRELATED
    likeness = Likeness.UNSURE if post.text is None else compare_words(sought.text, post.text, sought.shortener)
    if post.in_reply_to == sought.target:
        if likeness is Likeness.SAME:
            return Sight.OURS
        if likeness is Likeness.UNSURE or post.earlier:  # edited since: its first words may have been ours
            return Sight.PERHAPS
        return _written_by(post, sought)
    if likeness is not Likeness.SAME:
        return Sight.UNRELATED
    return Sight.PERHAPS if _may_answer_it(post, sought) else Sight.ELSEWHERE


def _written_by(post: OwnPost, sought: Sought) -> Sight:
    """For a post of other words under that post: a person's, unless it may be an answer that a backup does not know."""
    if sought.lost_until is None or post.created_at > sought.lost_until:
        return Sight.BY_HAND
    return Sight.OURS if _SIGNED.search(post.text or "") else Sight.PERHAPS


def _may_answer_it(post: OwnPost, sought: Sought) -> bool:
    """For a post with the words that does not name its target: whether it may stand under that post all the same."""
    if post.in_reply_to is None:
        return post.conversation != post.id or bool(post.earlier)
    # networks name the newest version of a target that was edited
    return post.conversation == sought.conversation and post.created_at >= sought.tried_at
