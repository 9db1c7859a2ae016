"""What a public network is to the decisions: a frozen value that each adapter provides.

`flow/`, `desk/` and `texts/` name no network: what depends on where a post came from is asked of the rules of
`post.network`. What is asked of the network itself is in `twelp/ports/network.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from twelp.model import Account, Post

_LINK: Final = re.compile(r"https?://[^\s<>\"'“”]*[^\s<>\"'“”.,;:!?()\[\]]", re.IGNORECASE)
_MENTION: Final = re.compile(r"(?<![\w@/.])@([A-Za-z0-9_]+(?:@[A-Za-z0-9.-]+[A-Za-z0-9])?)")
_HANDLE: Final = re.compile(r"^@?[A-Za-z0-9_.-]{1,100}(?:@[A-Za-z0-9.-]{1,150})?$")


def find_plain_links(text: str) -> Sequence[tuple[int, int]]:
    """Where links stand that begin with http:// or https://: begin and end of each.

    >>> find_plain_links("See https://volt.example/tv. It helps.")
    [(4, 27)]
    """
    return [found.span() for found in _LINK.finditer(text)]


def find_plain_mentions(text: str) -> Sequence[str]:
    """The handles that a text names, without their first `@`; an e-mail address is none.

    >>> find_plain_mentions("Ask @ann or @bob@volt.example, not help@volt.example.")
    ['ann', 'bob@volt.example']
    """
    return [found[1] for found in _MENTION.finditer(text)]


def _has_no_page(post_id: str, more: str = "") -> str:
    return ""


def _tells_no_hour(post_id: str) -> datetime | None:
    return None


def _loads_nothing() -> None:
    pass


class MayReply(StrEnum):
    """Whom a program may reply to."""

    ANYBODY = "anybody"
    SUMMONED = "summoned"
    """Only to a post that mentions or quotes the account, or that stands under one of the account's own."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a post may be.

    Attributes:
        limit: weighted characters of one post.
        weigh: a text's weighted characters.
        link: what a link counts, however long it is; None: as many as it has characters.
        wide: what an emoji or a CJK character counts.
        threads: whether an answer may go out as several posts, each under the one before.
    """

    limit: int
    weigh: Callable[[str], int] = len
    link: int | None = None
    wide: int = 1
    threads: bool = True


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls within any such time."""

    calls: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class Prices:
    """Dollars by the list: for a post that was read (a mention, or one of our own), one looked up or found, a reply;
    for a private message that was read, and one sent."""

    read: float = 0.0
    look_up: float = 0.0
    reply: float = 0.0
    private_read: float = 0.0
    private_send: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class NetworkRules:
    """One network's rules. Two of them are equal only when they are the same value.

    Attributes:
        name: one small word; post ids, cursors and the roster's handles begin with it.
        display_name: as people write it.
        length: how long a post may be.
        handle: how a handle looks, with or without `@`.
        handle_form: the same in words for who writes the roster.
        find_links: where the network will make links in a text: begin and end of each.
        find_mentions: the handles that the network will take a text to name, without `@`.
        may_mention_others: whether an answer may name accounts.
        most_cashtags: how many different `$ABC` a post may hold; None: any number.
        shortener: the host behind which the network hides links; empty: it does not.
        refuses_repeats_for: how long it takes no text a second time; None: it takes every text.
        may_reply: whom a program may reply to.
        keeps_keys_for: how long a call with the same idempotency key makes no second post; None: it knows no keys.
        edit_within: how long after its publication a reply of ours may be edited in place; None: never.
        private_messages: whether a customer's private matter can go on in direct messages there.
        prices: what calls cost.
        private_url: where our people see the messages between two accounts, ours first (empty: not known).
        most_posts: how many posts it takes from us; None: any number.
        most_deletes: how many of our posts it deletes; None: any number.
        url: where people see a post, by its id and its author's handle (empty: not known).
        intent_url: where a person may post a text by hand under a post, by its id and the text (the manual lane).
        hour_of: when a post of that id was made; None where ids do not tell.
        load: loads what counting needs, so that nobody waits for it later.
    """

    name: str
    display_name: str
    length: Length
    handle: re.Pattern[str] = _HANDLE
    handle_form: str = "a handle like VoltHelp or VoltHelp@social.example"
    find_links: Callable[[str], Sequence[tuple[int, int]]] = find_plain_links
    find_mentions: Callable[[str], Iterable[str]] = find_plain_mentions
    may_mention_others: bool = True
    most_cashtags: int | None = None
    shortener: str = ""
    refuses_repeats_for: timedelta | None = None
    may_reply: MayReply = MayReply.ANYBODY
    keeps_keys_for: timedelta | None = None
    edit_within: timedelta | None = None
    private_messages: bool = False
    prices: Prices = Prices()
    private_url: Callable[[str, str], str] = _has_no_page
    most_posts: Rate | None = None
    most_deletes: Rate | None = None
    url: Callable[[str, str], str] = _has_no_page
    intent_url: Callable[[str, str], str] = _has_no_page
    hour_of: Callable[[str], datetime | None] = _tells_no_hour
    load: Callable[[], None] = _loads_nothing

    def lets_us_reply(self, post: Post, us: Account, *, under_ours: bool = False) -> bool:
        """Whether a program may reply to that post; where not, a person can by hand.

        Args:
            post: somebody's.
            us: our account on that network.
            under_ours: whether it stands under a post of ours, or quotes one.
        """
        summoned = under_ours or us.handle.casefold() in map(str.casefold, post.mentions)
        return summoned or self.may_reply is MayReply.ANYBODY

    def takes_reply_to(self, post: Post, us: Account) -> bool:
        """The same of a post as it was read, with what it answers and quotes."""
        pointed = (one for one in (post.parent, post.quoted) if one is not None)
        return self.lets_us_reply(post, us, under_ours=any(one.author.id == us.id for one in pointed))


def unconnected(name: str) -> NetworkRules:
    """Rules for posts of a network that is not connected any more: they are shown, and nothing goes out there."""
    return NetworkRules(name, name.capitalize(), Length(280))
