"""Posts, who wrote them, and what they were taken for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody on a network: its id there, handle without `@`, display name."""

    id: str
    handle: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or film of a post: what it is (`photo`, `video`, `animated_gif`), where it is seen, and the words that
    its author gave it for those who cannot see it; empty where the network tells none."""

    kind: str
    url: str = ""
    alt_text: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """A post that another one answers or quotes, as it came along with it."""

    id: str
    author: Account
    text: str
    media: tuple[Media, ...] = ()
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One message on a network, in our words whatever the network calls it.

    Attributes:
        text: the whole, as people see it; links where they lead.
        reply_to: the id of the post it answers.
        mentions: the handles in it, in lower case, whoever put them there.
        prefix: how many characters of `text` the network put in front by itself: the handles of a conversation.
        media: pictures and films.
        parent: the post it answers, where the network brings it along; None: it answers none, or that cannot be seen.
        quoted: likewise the post it shows and speaks about.
        earlier: the ids it had before its author edited it, oldest first.
    """

    network: str
    id: str
    author: Account
    text: str
    created_at: datetime
    conversation: str
    reply_to: str | None = None
    quotes: str | None = None
    repost_of: str | None = None
    mentions: tuple[str, ...] = ()
    url: str = ""
    prefix: int = 0
    media: tuple[Media, ...] = ()
    parent: Context | None = None
    quoted: Context | None = None
    earlier: tuple[str, ...] = ()

    @property
    def own_text(self) -> str:
        """What its author wrote: without the handles that the network put in front."""
        return self.text[self.prefix :].lstrip()

    @property
    def key(self) -> str:
        """Network and id in one word: `x:1934…`."""
        return f"{self.network}:{self.id}"


class Kind(StrEnum):
    """What triage takes a post for."""

    QUESTION = "question"
    FOLLOW_UP = "follow-up"
    COMPLAINT = "complaint"
    THANKS = "thanks"
    CHATTER = "chatter"
    SPAM = "spam"
    ABUSE = "abuse"
    CRISIS = "crisis"
    PRIVATE = "private"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    OLD = "too old"
    ANSWERED = "answered by hand"
    OWN = "own post"
    REPOST = "repost"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Triage's word on a post, and why. Only posts for which `asks` is true become questions."""

    kind: Kind
    reasons: tuple[str, ...]

    @property
    def asks(self) -> bool:
        """True when somebody should be asked: questions, and complaints that want an answer."""
        return self.kind in (Kind.QUESTION, Kind.COMPLAINT)


@dataclass(frozen=True, slots=True)
class Said:
    """One contribution to a conversation, ours or somebody's. `handle` is empty where the network did not tell it."""

    handle: str
    text: str
    at: datetime
    ours: bool = False
