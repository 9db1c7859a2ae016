"""The posts on local X, and who is mentioned where.

Rules: ids are snowflakes and grow with the time of the post; a reply gets its leading mentions (of those it answers)
from the server, as X does; deleted posts keep their place in the record but are seen by nobody. An edit is a new post
with a new id; earlier versions keep their place in the record, and timelines show the newest alone. Every index is a
sorted list of ids, so that a timeline costs a binary search whatever the number of posts.
"""

from __future__ import annotations

import bisect
import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from twelp.sandbox.wire import Clock
from twelp.sandbox.x import text as texts
from twelp.sandbox.x.people import EPOCH_MS, Account, People

MAX_EDITS: Final = 5
EDITABLE_FOR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or film: its key, what it is (photo, video, animated_gif), where it is, and how its author put it in
    words."""

    key: str
    type: str
    url: str
    alt_text: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A post to be made. `populate_all` puts everyone in the conversation in front of a reply, else only its author."""

    text: str
    reply_to: int | None = None
    quotes: int | None = None
    repost_of: int | None = None
    created_at: datetime | None = None
    via: str = "control"
    populate_all: bool = True
    exclude_ids: frozenset[int] = frozenset()
    reply_settings: str = "everyone"
    media: tuple[Media, ...] = ()


@dataclass(slots=True, eq=False)
class Post:
    """One post. `text` is what its author wrote; `full_text` has the leading mentions and shortened links."""

    id: int
    author: Account
    text: str
    full_text: str
    created_at: datetime
    via: str
    conversation_id: int
    in_reply_to: int | None = None
    in_reply_to_user_id: int | None = None
    quotes: int | None = None
    repost_of: int | None = None
    reply_settings: str = "everyone"
    prefix_chars: int = 0
    mentioned: tuple[Account, ...] = ()
    expanded: dict[str, str] = field(default_factory=dict)
    media: tuple[Media, ...] = ()
    deleted: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    versions: list[Post] = field(default_factory=list, repr=False)
    """This post and its edits, oldest first; one list, which all of them share."""

    def __post_init__(self) -> None:
        self.versions.append(self)

    @property
    def newest(self) -> Post:
        """The version that timelines and look-ups show."""
        return self.versions[-1]

    @property
    def editable_until(self) -> datetime:
        """When its author can no longer edit it."""
        return self.versions[0].created_at + EDITABLE_FOR

    @property
    def edit_history(self) -> list[int]:
        """The ids of the earlier versions, oldest first, and its own."""
        return [version.id for version in self.versions if version.id <= self.id]

    def as_json(self) -> dict[str, Any]:
        """The control plane's view of a post."""
        return {
            "id": str(self.id),
            "author": self.author.handle,
            "text": self.text,
            "full_text": self.full_text,
            "created_at": iso(self.created_at),
            "in_reply_to": _text_id(self.in_reply_to),
            "conversation_id": str(self.conversation_id),
            "quotes": _text_id(self.quotes),
            "repost_of": _text_id(self.repost_of),
            "media": [{"type": one.type, "url": one.url, "alt_text": one.alt_text} for one in self.media],
            "deleted": self.deleted,
            "via": self.via,
        }


def iso(at: datetime) -> str:
    """X's spelling of a time: milliseconds always ``.000``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def snowflake(at: datetime) -> int:
    """The lowest id that a post made at `at` can have."""
    return max(0, int(at.timestamp() * 1000) - EPOCH_MS) << 22


class Posts:
    """All posts, with sorted indexes of those that are not deleted. `changes` grows with whatever people could see."""

    def __init__(self, clock: Clock, people: People) -> None:
        self._clock = clock
        self._people = people
        self.lock = threading.RLock()
        self._all: dict[int, Post] = {}
        self._record: list[int] = []
        self._latest = 0
        self.changes = 0
        self.live: list[int] = []
        self.deleted: list[Post] = []
        self.by_author: defaultdict[int, list[int]] = defaultdict(list)
        self.by_mention: defaultdict[int, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._record)

    def get(self, post_id: int | None) -> Post | None:
        """The post with this id, deleted or not."""
        return None if post_id is None else self._all.get(post_id)

    def visible(self, post_id: int | None, *, to: Account | None = None) -> Post | None:
        """The post with this id if `to` (or anybody) may see it."""
        post = self.get(post_id)
        if post is None or post.deleted:
            return None
        hidden = post.author is not to and (post.author.suspended or post.author.protected)
        return None if hidden else post

    def after(self, post_id: int, limit: int | None = None) -> list[Post]:
        """The record of posts with an id above `post_id`, oldest first, deleted ones too."""
        with self.lock:
            start = bisect.bisect_right(self._record, post_id)
            ids = self._record[start : None if limit is None else start + limit]
        return [self._all[i] for i in ids]

    def add(self, author: Account, draft: Draft) -> Post:
        """Make a post and return it.

        Raises:
            ValueError: naming what the draft refers to that is not there.
        """
        with self.lock:
            parent = self._referred("reply_to", draft.reply_to)
            self._referred("quotes", draft.quotes)
            original = self._referred("repost_of", draft.repost_of)
            created_at = draft.created_at or self._clock.now()
            post_id = self._next_id(created_at, backdated=draft.created_at is not None)
            written = f"RT @{original.author.handle}: {original.full_text}" if original else draft.text
            prefix = self._prefix(author, parent, draft) if parent else ""
            full_text, expanded = texts.shorten(prefix + written)
            if draft.media:
                shown_at = f"https://x.com/{author.handle}/status/{post_id}/{draft.media[0].type}/1"
                short = texts.short_link(shown_at)
                full_text, expanded = f"{full_text} {short}".lstrip(), {**expanded, short: shown_at}
            post = Post(post_id, author, draft.text, full_text, created_at, draft.via, post_id)
            post.expanded, post.prefix_chars, post.reply_settings = expanded, len(prefix), draft.reply_settings
            post.quotes, post.repost_of, post.media = draft.quotes, draft.repost_of, draft.media
            if parent:
                post.in_reply_to, post.in_reply_to_user_id = parent.id, parent.author.id
                post.conversation_id = parent.conversation_id
            post.mentioned = self._mentioned(full_text)
            self._keep(post)
            return post

    def edit(self, post: Post, text: str, *, own_conversation: bool = False) -> Post:
        """Replace a post by a version with other words, under a new id, and return that version.

        Args:
            post: any version of it.
            text: the words of the new version.
            own_conversation: whether the new version's conversation has its own id; else it stays as it was. X has
                been seen to do both.

        Raises:
            ValueError: for a post that was deleted.
        """
        with self.lock:
            old = post.newest
            if old.deleted:
                raise ValueError(f"post {post.id} was deleted and cannot be edited")
            again = Draft(text, reply_to=old.in_reply_to, quotes=old.quotes, via=old.via, media=old.media)
            new = self.add(old.author, again)
            self._hide(old)
            new.conversation_id = new.id if own_conversation else old.conversation_id
            new.reply_settings, new.counts = old.reply_settings, old.counts
            old.versions.append(new)
            new.versions = old.versions
            return new

    def delete(self, post_id: int) -> Post | None:
        """Delete a post with all its versions; None when there is none or it was deleted before."""
        with self.lock:
            post = self._all.get(post_id)
            if post is None or post.deleted:
                return None
            self._hide(post.newest)
            for version in post.versions:
                version.deleted = True
            self.deleted.append(post.newest)
            return post

    def _hide(self, post: Post) -> None:
        self._count(post, -1)
        for index in self._indexes(post):
            del index[bisect.bisect_left(index, post.id)]

    def _next_id(self, at: datetime, *, backdated: bool) -> int:
        if at > self._clock.now() + timedelta(seconds=1):
            raise ValueError(f"created_at is {iso(at)}; expected a time that is not in the future")
        post_id = snowflake(at)
        if not backdated:
            post_id = max(post_id, self._latest + 1)
        while post_id in self._all:
            post_id += 1
        return post_id

    def _referred(self, name: str, post_id: int | None) -> Post | None:
        if post_id is None:
            return None
        post = self._all.get(post_id)
        if post is None or post.deleted:
            raise ValueError(f"{name} is {post_id}; no such post{' any more' if post else ''}")
        return post

    def _prefix(self, author: Account, parent: Post, draft: Draft) -> str:
        """The leading mentions of a reply that its author did not write."""
        written = {handle.lower() for handle in texts.leading_mentions(draft.text)[0]}
        people = [parent.author, *(parent.mentioned if draft.populate_all else ())]
        missing = {
            p.handle: None
            for p in people
            if p is not author and p.handle.lower() not in written and p.id not in draft.exclude_ids
        }
        return "".join(f"@{handle} " for handle in missing)

    def _mentioned(self, full_text: str) -> tuple[Account, ...]:
        found = (self._people.find(handle) for handle, _, _ in texts.mentions(full_text))
        return tuple(dict.fromkeys(account for account in found if account is not None))

    def _keep(self, post: Post) -> None:
        self._all[post.id] = post
        self._latest = max(self._latest, post.id)
        bisect.insort(self._record, post.id)
        for index in self._indexes(post):
            bisect.insort(index, post.id)
        self._count(post, 1)

    def _indexes(self, post: Post) -> Iterable[list[int]]:
        yield self.live
        yield self.by_author[post.author.id]
        if post.repost_of is None:
            for account in post.mentioned:
                if account is not post.author:
                    yield self.by_mention[account.id]

    def like(self, post: Post) -> int:
        """One more like of a post; how many it has."""
        with self.lock:
            self.changes += 1
            post.counts["like_count"] = post.counts.get("like_count", 0) + 1
            return post.counts["like_count"]

    def _count(self, post: Post, step: int) -> None:
        self.changes += 1
        for name, target in (("reply", post.in_reply_to), ("quote", post.quotes), ("retweet", post.repost_of)):
            if (other := self.get(target)) is not None:
                key = f"{name}_count"
                other.counts[key] = other.counts.get(key, 0) + step


def _text_id(post_id: int | None) -> str | None:
    return None if post_id is None else str(post_id)
