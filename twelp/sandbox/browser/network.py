"""What the network's pane shows: conversations, newest first, each with its posts in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from twelp.sandbox.x import XWorld
from twelp.sandbox.x.state import Post

_THREADS: Final = 25
_LOOKED_AT: Final = 400


@dataclass(frozen=True, slots=True)
class ShownPost:
    """One post as people see it.

    Attributes:
        answers: whom it answers, by handle; empty for one that opens a conversation.
        ours: it is the brand's.
        mentions: it names the brand.
    """

    id: str
    handle: str
    name: str
    text: str
    at: datetime
    answers: str
    ours: bool
    mentions: bool
    likes: int
    edited: bool
    quoted: str
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation: its posts, oldest first. `id` is that of its first post, `ids` those of all versions."""

    id: str
    posts: tuple[ShownPost, ...]
    ids: frozenset[str]


def threads(x: XWorld, selected: str = "") -> list[Thread]:
    """The latest conversations, newest first; before all others the one with the selected post, however old it is."""
    with x.posts.lock:
        ids = x.posts.live[-_LOOKED_AT:]
        found: dict[int, list[Post]] = {}
        for post_id in ids:
            post = x.posts.visible(post_id)
            if post is not None and post.repost_of is None:
                found.setdefault(post.conversation_id, []).append(post)
        latest = sorted(found, reverse=True)[:_THREADS]
        chosen = x.posts.get(int(selected)) if selected else None
        if chosen is not None and (first := chosen.newest.conversation_id) in found:
            latest = [first, *(one for one in latest if one != first)]
        return [_thread(x, conversation, found[conversation]) for conversation in latest]


def _thread(x: XWorld, conversation: int, posts: list[Post]) -> Thread:
    versions = {str(version.id) for post in posts for version in post.versions}
    return Thread(
        str(conversation), tuple(_shown(x, post) for post in posts), frozenset({str(conversation), *versions})
    )


def _shown(x: XWorld, post: Post) -> ShownPost:
    parent, quoted = x.posts.get(post.in_reply_to), x.posts.visible(post.quotes)
    return ShownPost(
        str(post.id),
        post.author.handle,
        post.author.name,
        post.text,
        post.created_at,
        parent.author.handle if parent else "",
        post.author is x.brand,
        x.brand in post.mentioned,
        post.counts.get("like_count", 0),
        len(post.versions) > 1,
        f"@{quoted.author.handle}: {quoted.text}" if quoted else "",
        tuple(one.alt_text or one.type for one in post.media),
    )


def newest_version(x: XWorld, post_id: str) -> Post | None:
    """The post as it stands; None when it is gone or never was."""
    post = x.posts.get(int(post_id)) if post_id else None
    return None if post is None or post.newest.deleted else post.newest


def handles(x: XWorld) -> list[str]:
    """Everybody who may be written as: all accounts but the brand's."""
    return sorted({"you", *(account.handle for account in x.people if account is not x.brand)}, key=str.lower)
