"""Private cases: what a customer writes to us where nobody else reads, and what we reply there.

They are kept apart from posts and questions: nothing that learns, searches, counts or shows those ever reads these.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from twelp.model.posts import FOR_PEOPLE, Kind

_PRIVATE_POST: Final = "private-"


class PrivateState(StrEnum):
    """How a private case stands.

    INVITED: we asked them in public to write, and nothing came yet. WAITING: they wrote, and wait for us. REPLYING: a
    reply was confirmed and is on its way. ANSWERED: it is their turn. LEFT: they want not to be written to.
    """

    INVITED = "invited"
    WAITING = "waiting"
    REPLYING = "replying"
    ANSWERED = "answered"
    LEFT = "left"


class MessageState(StrEnum):
    """HEARD: the customer's. BY_HAND: ours, written in the network's own app.

    The rest is what becomes of a reply: REVIEW (a moderator reads it first), HELD (Undo runs), SENDING, SENT; or
    TAKEN_BACK, REFUSED by the network, UNCLEAR: nobody can tell whether it was sent.
    """

    HEARD = "heard"
    BY_HAND = "by_hand"
    REVIEW = "review"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    TAKEN_BACK = "taken_back"
    REFUSED = "refused"
    UNCLEAR = "unclear"


ON_ITS_WAY: Final = frozenset({MessageState.REVIEW, MessageState.HELD, MessageState.SENDING})
"""A reply that was confirmed and is neither sent nor stopped."""

STOPPABLE: Final = frozenset({MessageState.REVIEW, MessageState.HELD})

_STOOD: Final = frozenset({MessageState.HEARD, MessageState.BY_HAND, MessageState.SENT, MessageState.UNCLEAR})


@dataclass(frozen=True, slots=True)
class PrivateCase:
    """What one customer and we write to each other privately on one network.

    Attributes:
        id: our own word for it, which names nobody.
        person: the customer's account id there.
        question: the public question under which it goes on; None: they wrote first.
        owner: who replies; None: the moderators.
        kind: what triage took the customer's latest words for.
        opened_at: since when its owner may read it: what was written before was between others.
        wrote_at: when the customer wrote last; None: not yet.
        alarm: the question that stands for it as a case for people; None: it is none.
        version: grows with every change: what a compare-and-set compares.
    """

    id: str
    network: str
    person: str
    handle: str
    state: PrivateState
    opened_at: datetime
    question: str | None = None
    owner: str | None = None
    kind: Kind = Kind.PRIVATE
    wrote_at: datetime | None = None
    alarm: str | None = None
    version: int = 0

    @property
    def is_alarm(self) -> bool:
        """Whether only people who look after such things may handle it."""
        return self.alarm is not None and self.kind in FOR_PEOPLE

    @property
    def may_be_replied_to(self) -> bool:
        """Whether the customer wrote first, and nothing of ours is on its way."""
        return self.wrote_at is not None and self.state in (PrivateState.WAITING, PrivateState.ANSWERED)


@dataclass(frozen=True, slots=True)
class PrivateMessage:
    """One message of a private case.

    Attributes:
        ours: we wrote it, else the customer did.
        author: who of us; None: the customer, or somebody in the network's own app.
        remote_id: its id on the network; None: it is not there, as far as is known.
        pictures: how many pictures or films came with it; they are not copied.
        until: when it goes out, while it is held.
        reason: why it is held or was refused, in words for people.
        removed_at: when its words were removed; None: they stand.
    """

    id: int
    case: str
    ours: bool
    text: str
    at: datetime
    state: MessageState
    author: str | None = None
    remote_id: str | None = None
    pictures: int = 0
    until: datetime | None = None
    reason: str = ""
    removed_at: datetime | None = None

    @property
    def was_said(self) -> bool:
        """Whether both sides can read it."""
        return self.state in _STOOD


@dataclass(frozen=True, slots=True)
class PrivateCopy:
    """One person's card of a private case.

    Attributes:
        is_open: it shows the words and has buttons; a later card took its place otherwise.
        channel: where it is in Slack, with `ts`; empty: it is not there yet.
        shown: the version of the case that it shows.
    """

    id: int
    case: str
    person: str
    is_open: bool = True
    channel: str = ""
    ts: str = ""
    shown: int = -1

    @property
    def sent(self) -> bool:
        """Whether it is in Slack."""
        return self.ts != ""


@dataclass(frozen=True, slots=True)
class PrivateSaid:
    """A message as a card shows it; `who` is a name, or empty: the customer or somebody in the network's own app."""

    who: str
    ours: bool
    text: str
    at: datetime
    state: MessageState
    pictures: int = 0
    removed: bool = False


@dataclass(frozen=True, slots=True)
class PrivateCard:
    """Everything a card of a private case shows.

    Attributes:
        key: by which the message is found again.
        handle: the customer's, without `@`; empty: the network does not tell.
        network: its name, as people write it.
        url: the public question, where there is one; empty: they wrote first.
        is_open: words and buttons are shown; else a later card took its place, or its person has no part any more.
        owner: who replies, by name; empty: the moderators.
        mine: the person whose card it is replies.
        moderates: the person whose card it is may give it to somebody.
        said: the messages, oldest first.
        reply: the reply that is on its way, or what became of the last one.
        ways: the company's other ways.
        seen: the version that it shows.
    """

    key: str
    case: str
    seen: int
    handle: str
    network: str
    url: str
    state: PrivateState
    is_open: bool = True
    owner: str = ""
    mine: bool = False
    moderates: bool = False
    may_approve: bool = False
    may_undo: bool = False
    is_alarm: bool = False
    said: tuple[PrivateSaid, ...] = ()
    reply: PrivateSaid | None = None
    until: datetime | None = None
    reason: str = ""
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrivateForm:
    """What the window of a private reply shows: the case, the text so far, and what changed since it was opened."""

    card: PrivateCard
    draft: str
    note: str = ""


def private_post_id(case: str) -> str:
    """The id of the post that stands for a private case where there is no public one: no network gives such ids."""
    return _PRIVATE_POST + case.partition(":")[2]


def is_private_post(key: str) -> bool:
    """Whether this post (or the question of that id) stands for a private case: it can be answered there only.

    >>> is_private_post("x:private-0a1b"), is_private_post("x:1934")
    (True, False)
    """
    return key.partition(":")[2].startswith(_PRIVATE_POST)
