"""What is asked of a public network. What its rules are, without asking, is in `twelp/networks.py`.

Each method may raise any RemoteError; `InDoubt` only what publishes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from twelp.model import Account, Post
from twelp.networks import NetworkRules

_KEPT_BACK: Final = 6
"""Calls of a window that a paced reader leaves: for answers of several pages, and for who shares the account."""
_LONGEST: Final = timedelta(hours=25)
"""No network's window is longer than a day."""


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


class Presence(StrEnum):
    """What became of a post that was read once."""

    STANDS = "stands"
    GONE = "gone"
    """Deleted, or its author's account is."""
    PROTECTED = "protected"
    """Its author shows it to followers only: to be treated as if it were deleted."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A post as it now stands.

    Attributes:
        presence: whether it stands.
        post: its newest version, whose id may be another where its `earlier` names those it had; None unless it stands.
        edited_at: when it was edited last, where the network tells; None: it was not, or that is not told.
    """

    presence: Presence
    post: Post | None = None
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """How often a route may still be called before `reset_at`."""

    route: str
    limit: int
    remaining: int
    reset_at: datetime

    def left(self, now: datetime) -> int:
        """How often it may be called at this hour: in full, once the window ended."""
        return self.remaining if now < self.reset_at else self.limit

    def pace(self, now: datetime) -> timedelta:
        """The time between two calls with which the window lasts to its end; none is needed once it ended.

        A window of more than a day is not believed.

        >>> from datetime import UTC
        >>> at = datetime(2026, 1, 1, tzinfo=UTC)
        >>> Limit("GET /", 300, 300, at + timedelta(seconds=882)).pace(at)
        datetime.timedelta(seconds=3)
        """
        rest = self.reset_at - now
        if not timedelta() < rest <= _LONGEST:
            return timedelta()
        return rest / max(1, self.remaining - _KEPT_BACK)


class Named(Protocol):
    """A network as it is known here."""

    name: str
    """One small word, which posts, cursors and the roster's handles carry; the same as in the rules."""
    rules: NetworkRules


class Reads(Named, Protocol):
    """Reads what others and we have posted."""

    every: timedelta
    """How long to wait between two calls of `mentions`, at least, as it is set."""
    own_every: timedelta
    """The same for scheduled calls of `own_posts`."""

    def me(self) -> Account:
        """The brand account the credentials stand for (asked once, then remembered)."""

    def mentions(self, cursor: str | None) -> Page:
        """Posts that concern us since `cursor`: all pages, oldest first. None: from the beginning it offers."""

    def pace(self, *, own: bool = False) -> timedelta:
        """How long to wait between two calls of `mentions`, so that the network's own limit lasts; zero: no matter.

        `own`: between two scheduled calls of `own_posts`.
        """

    def now(self) -> datetime:
        """The hour by the network's own clock, as far as its latest answer told; by ours otherwise."""

    def look_up(self, ids: Collection[str]) -> Mapping[str, Seen]:
        """These posts as they now stand, by the id asked for; what the network does not tell of is left out."""

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


class Publishes(Named, Protocol):
    """Publishes in the brand's name, and takes back."""

    def reply(self, text: str, to: str, key: str) -> str:
        """Publishes `text` under post `to`; the new post's id. Call only behind a ledger row.

        `key` is the same for each try of one post, and for that post alone. Where the rules say that the network keeps
        keys, a second try makes no second post and gives the first one's id; elsewhere it is not repeatable.

        Raises:
            Refused: `not_summoned`, `duplicate`, `gone`, `too_long` or `other`.
            InDoubt: the request left and no answer came.
        """

    def delete(self, post_id: str) -> None:
        """Deletes one of our own posts. Repeatable: one that is gone already is no error."""


class Edits(Named, Protocol):
    """Changes our own posts in place: a network whose rules say `edit_within`."""

    def edit(self, post_id: str, text: str) -> None:
        """Gives one of our own posts other words; its id stays. Repeatable.

        Raises:
            Refused: `gone`, `too_long` or `other`: it may not be edited any more.
        """


class Searches(Named, Protocol):
    """Finds posts by their words: a network that offers it and where it is wanted."""

    search_every: timedelta | None
    """How long to wait between two calls of `search`, as it is set; None: it is off."""

    def search(self, words: Collection[str], cursor: str | None, since: datetime | None = None) -> Page:
        """Others' posts that hold one of these words, or groups of words, and do not mention us, newer than `cursor`.

        `since`: without a cursor, none that is older; the new cursor then stands for having read all before.
        """

    def now(self) -> datetime:
        """The hour by the network's own clock."""


class TellsDeletions(Protocol):
    """Tells by itself what people delete: a network that offers it and where it is wanted."""

    def watch(self, people: Collection[str]) -> None:
        """From now on the deletions of these people are told, of the last ones where it is too many, and of nobody
        else."""

    def told(self, stop: threading.Event) -> Iterator[str]:
        """Ids of posts as they are deleted, until that ends or it is to stop. What happened before is not told."""

    def hang_up(self) -> None:
        """Ends what `told` waits for."""


class Operated(Named, Protocol):
    """What the operator is told of a network. Asks nothing."""

    def limits(self) -> Sequence[Limit]:
        """What the network said was left of each route it was asked for."""

    def missing(self) -> str:
        """What the network does not tell of posts at present, since when; empty while nothing is missing."""

    def close(self) -> None:
        """Closes the connections. Later calls open new ones."""


class Network(Reads, Publishes, Operated, Protocol):
    """A public network: all that its adapter does."""
