"""What is asked of a public network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from twelp.model import Account, Post
from twelp.networks import NetworkRules


@dataclass(frozen=True, slots=True)
class Page:
    """New posts, oldest first, and the cursor that stands for having read them."""

    posts: tuple[Post, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class OwnPost:
    """One of our own posts, as seen on the network.

    Attributes:
        in_reply_to: the post it answers; None: none, or the network does not tell.
        conversation: the conversation's first post, itself for a post that answers nothing; None: it is not told.
        text: the whole text as people see it, links where they lead; None: it is not told.
        earlier: ids that it had before it was edited; then its words may have been others, too.
        quotes: the post it shows and speaks about; None: none, or the network does not tell.
    """

    id: str
    in_reply_to: str | None
    conversation: str | None
    text: str | None
    created_at: datetime
    earlier: tuple[str, ...] = ()
    quotes: str | None = None


class Network(Protocol):
    """A public network. Every method may raise any RemoteError; `InDoubt` only from `reply`."""

    name: str
    rules: NetworkRules

    def me(self) -> Account:
        """The brand account the credentials stand for (asked once, then remembered)."""

    def mentions(self, cursor: str | None) -> Page:
        """Posts that concern us since `cursor`: all pages, oldest first. None: from the beginning it offers."""

    def pace(self) -> timedelta:
        """How long to wait between two calls of `mentions`, so that the network's own limit lasts; zero: no matter."""

    def now(self) -> datetime:
        """The hour by the network's own clock, as far as its latest answer told; by ours otherwise."""

    def reply(self, text: str, to: str) -> str:
        """Publishes `text` under post `to`; the new post's id. Not repeatable: call only behind a ledger row.

        Raises:
            Refused: `not_summoned`, `duplicate`, `gone`, `too_long` or `other`.
            InDoubt: the request left and no answer came.
        """

    def delete(self, post_id: str) -> None:
        """Deletes one of our own posts. Repeatable: one that is gone already is no error."""

    def own_posts(self, since: datetime, *, until: Callable[[OwnPost], bool] | None = None) -> Sequence[OwnPost]:
        """Our posts made at or after `since`, by hand or by us, newest first: the look before a second try.

        `since` is by the network's clock. Further pages are left unread once `until` is true of a post.

        Raises:
            TryAgain: they could not be read back to `since`.
        """

    def likes(self, post_id: str) -> int:
        """How often people liked one of our posts.

        Raises:
            Refused: `gone`.
        """

    def url(self, post_id: str, handle: str = "") -> str:
        """Where people see that post."""

    def intent_url(self, post_id: str, text: str) -> str:
        """Where a person may post `text` by hand under that post (the manual lane)."""
