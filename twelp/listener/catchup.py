"""Catching up: where reading begins at the first start, and what of the past is left when a page is read.

The beginning is written down before the first look, so that a crash at the first start moves it no further: what was
posted after the start is read, however often the start is repeated, and by whichever process.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from twelp.errors import Refused, TryAgain
from twelp.flow import past
from twelp.model import Kind, Post, Verdict
from twelp.ports import Network, Page, PostsTx, Store

log = logging.getLogger("twelp.listener")

_TRIES: Final = 6
"""So often our own posts are asked for, with growing pauses, before reading goes on without them."""

_ROUNDED: Final = timedelta(seconds=2)
"""Networks tell hours to the second, and so whose clock is ahead."""

Hear = Callable[[str, Page, Mapping[str, Verdict]], Counter[Kind]]
"""How the desk takes in a page; see `Desk.hear`."""


@dataclass
class Catchup:
    """Hands pages to the desk, without what is the past's.

    Args:
        store: where the beginning is written down.
        hear: how the desk takes in a page.
        network: where they are read.
        begin: where reading begins when it is first decided, given the hour.
        max_age: how old a question may be when it is read.
        say: told whatever people at the terminal should hear.
    """

    store: Store[PostsTx]
    hear: Hear
    network: Network
    begin: Callable[[datetime], datetime]
    max_age: timedelta
    say: Callable[[str], None] = field(default=lambda _: None)
    _begins: past.ReadingStart | None = field(default=None, init=False, repr=False)
    _missed: int = field(default=0, init=False, repr=False)
    _started_at: datetime = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """What is older than this object was posted while nobody read."""
        self._started_at = self.network.now() - _ROUNDED

    def beginning(self) -> past.ReadingStart | None:
        """Where reading begins; None where it began before that was written down. Decided here, if it is not yet."""
        if self._begins is not None:
            return self._begins
        name = self.network.name
        with self.store.read() as tx:
            known, cursor = tx.cursor(f"{name}:begin"), tx.cursor(name)
        if known is not None:
            self._begins = past.ReadingStart.read(known)
            return self._begins
        if cursor is not None:
            return None
        now = self.network.now()
        begins = past.ReadingStart(self.begin(now), now)
        with self.store.transaction() as tx:
            tx.set_cursor_once(f"{name}:begin", str(begins))
        with self.store.read() as tx:
            kept = past.ReadingStart.read(tx.cursor(f"{name}:begin") or str(begins))
        if kept == begins:
            self._tell(
                f"first start: mentions from {kept.at:%Y-%m-%d %H:%M} UTC on are read (TWELP_BACKLOG)", logging.INFO
            )
        return kept

    def take(self, page: Page, *, first: bool) -> None:
        """Gives the page to the desk, and counts aloud what was left.

        Args:
            page: what was read.
            first: whether nothing was read before.
        """
        beginning = self.beginning()
        posts = past.since(page.posts, beginning)
        if first and beginning is not None and (older := len(page.posts) - len(posts)):
            self._begins = replace(beginning, older=older)
            with self.store.transaction() as tx:
                tx.set_cursor(f"{self.network.name}:begin", str(self._begins))
            self._tell(f"{_many(older, 'older mention')} left: posted before {beginning.at:%Y-%m-%d %H:%M} UTC")
        now = self.network.now()
        fresh = self._unheard(posts, now)
        left = past.leave(
            fresh, now=now, beginning=beginning, max_age=self.max_age, replied_to=self._replied_to(fresh, now)
        )
        counted = self.hear(self.network.name, Page(posts, page.cursor), left)
        if counted:
            self._count(counted, now)

    def _unheard(self, posts: Sequence[Post], now: datetime) -> Sequence[Post]:
        """Those that are new to us; all where none is old, as then none can be left."""
        if past.oldest(posts, now, started_at=self._started_at) is None:
            return posts
        with self.store.read() as tx:
            heard = tx.known_posts(post.key for post in posts)
        return [post for post in posts if post.key not in heard]

    def _replied_to(self, posts: Sequence[Post], now: datetime) -> set[str]:
        """What our account has replied to or quoted, asked only when posts are so old that it may have."""
        since = past.oldest(posts, now, started_at=self._started_at)
        if since is None:
            return set()
        try:
            replies = self.network.own_posts(since)
        except (Refused, TryAgain) as error:
            self._missed += 1
            if isinstance(error, TryAgain) and self._missed < _TRIES:
                raise
            log.warning("%s does not show our own posts (%s): what was answered by hand is asked", self._name, error)
            replies = ()
        self._missed = 0
        return {post_id for reply in replies for post_id in (reply.in_reply_to, reply.quotes) if post_id is not None}

    def _count(self, counted: Counter[Kind], now: datetime) -> None:
        old, answered = counted[Kind.OLD], counted[Kind.ANSWERED]
        said = []
        if old:
            said.append(f"{_many(old, 'question')} older than {past.in_words(self.max_age)} (TWELP_MAX_AGE_HOURS)")
        if answered:
            said.append(f"{_many(answered, 'question')} that our account has answered itself")
        told = " and ".join(said)
        with self.store.transaction() as tx:
            tx.set_cursor(f"{self.network.name}:left", f"{now:%Y-%m-%d %H:%M} UTC: {told}")
        self._tell(f"left, and nobody is asked about them: {told}")

    def summary(self) -> str:
        """What was left at the first start, and when catching up the last time; empty where nothing was."""
        with self.store.read() as tx:
            begins = tx.cursor(f"{self.network.name}:begin")
            left = tx.cursor(f"{self.network.name}:left")
        said = []
        if begins is not None and (beginning := past.ReadingStart.read(begins)).older:
            said.append(f"began at {beginning.at:%Y-%m-%d %H:%M} UTC, {_many(beginning.older, 'older mention')} left")
        if left is not None:
            said.append(f"left at {left}")
        return "; ".join(said)

    @property
    def _name(self) -> str:
        return self.network.rules.display_name

    def _tell(self, text: str, level: int = logging.WARNING) -> None:
        log.log(level, "%s: %s", self._name, text)
        self.say(f"{self._name}: {text}.")


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
