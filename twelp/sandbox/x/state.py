"""The state of local X: accounts and posts, and who is mentioned where.

Rules: ids are snowflakes and grow with the time of the post; a reply gets its leading mentions (of those it answers)
from the server, as X does; deleted posts keep their place in the record but are seen by nobody. Every index is a sorted
list of ids, so that a timeline costs a binary search whatever the number of posts.
"""

from __future__ import annotations

import bisect
import hashlib
import re
import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from twelp.sandbox.wire import Clock
from twelp.sandbox.x import text as texts

_EPOCH_MS: Final = 1_288_834_974_657
_HANDLE: Final = re.compile(r"[A-Za-z0-9_]{1,15}")


@dataclass(slots=True, eq=False)
class Account:
    """Somebody on X."""

    id: int
    handle: str
    name: str
    created_at: datetime
    description: str = ""
    protected: bool = False
    suspended: bool = False


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
    deleted: bool = False
    counts: dict[str, int] = field(default_factory=dict)

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
            "deleted": self.deleted,
            "via": self.via,
        }


def iso(at: datetime) -> str:
    """X's spelling of a time: milliseconds always ``.000``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def snowflake(at: datetime) -> int:
    """The lowest id that a post made at `at` can have."""
    return max(0, int(at.timestamp() * 1000) - _EPOCH_MS) << 22


def made_at(an_id: int) -> datetime:
    """The time in an id; X's ids before 2010 hold none and count as its first."""
    return datetime.fromtimestamp(((an_id >> 22) + _EPOCH_MS) / 1000, UTC)


def _id_for(handle: str) -> int:
    """An account's id, the same in every run, so that a bot may remember it; of an account made in 2018 or later."""
    digest = hashlib.sha256(handle.lower().encode()).digest()
    return 10**18 + int.from_bytes(digest[:8]) % (9 * 10**17)


class People:
    """The accounts, by handle (case does not matter) and by id."""

    def __init__(self) -> None:
        self._by_handle: dict[str, Account] = {}
        self._by_id: dict[int, Account] = {}

    def find(self, handle: str) -> Account | None:
        """The account with this handle."""
        return self._by_handle.get(handle.lower())

    def get(self, account_id: int | None) -> Account | None:
        """The account with this id."""
        return None if account_id is None else self._by_id.get(account_id)

    def ensure(self, handle: str, name: str | None = None, account_id: int | None = None) -> Account:
        """The account with this handle (with or without ``@``), made on first use; a given name replaces the old one.

        Raises:
            ValueError: for a handle that X would not accept, or an id that is taken.
        """
        handle = handle.removeprefix("@")
        if not _HANDLE.fullmatch(handle):
            raise ValueError(f"handle {handle[:40]!r} is not valid; expected 1 to 15 letters, digits or _")
        account = self.find(handle)
        if account is None:
            new_id = _id_for(handle) if account_id is None else account_id
            while account_id is None and new_id in self._by_id:
                new_id += 1
            if new_id in self._by_id:
                raise ValueError(f"account id {new_id} of @{handle} is taken by @{self._by_id[new_id].handle}")
            account = Account(new_id, handle, name or handle, made_at(new_id))
            self._by_handle[handle.lower()] = self._by_id[new_id] = account
        elif name:
            account.name = name
        return account

    def __iter__(self) -> Any:
        return iter(list(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)


class Posts:
    """All posts, with sorted indexes of those that are not deleted."""

    def __init__(self, clock: Clock, people: People) -> None:
        self._clock = clock
        self._people = people
        self.lock = threading.RLock()
        self._all: dict[int, Post] = {}
        self._record: list[int] = []
        self._latest = 0
        self.live: list[int] = []
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
            post = Post(post_id, author, draft.text, full_text, created_at, draft.via, post_id)
            post.expanded, post.prefix_chars, post.reply_settings = expanded, len(prefix), draft.reply_settings
            post.quotes, post.repost_of = draft.quotes, draft.repost_of
            if parent:
                post.in_reply_to, post.in_reply_to_user_id = parent.id, parent.author.id
                post.conversation_id = parent.conversation_id
            post.mentioned = self._mentioned(full_text)
            self._keep(post)
            return post

    def delete(self, post_id: int) -> Post | None:
        """Delete a post; None when there is none or it was deleted before."""
        with self.lock:
            post = self._all.get(post_id)
            if post is None or post.deleted:
                return None
            post.deleted = True
            self._count(post, -1)
            for index in self._indexes(post):
                del index[bisect.bisect_left(index, post_id)]
            return post

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

    def _count(self, post: Post, step: int) -> None:
        for name, target in (("reply", post.in_reply_to), ("quote", post.quotes), ("retweet", post.repost_of)):
            if (other := self.get(target)) is not None:
                key = f"{name}_count"
                other.counts[key] = other.counts.get(key, 0) + step


def _text_id(post_id: int | None) -> str | None:
    return None if post_id is None else str(post_id)
