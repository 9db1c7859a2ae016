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
        gone: it is deleted, or not for us to see any more; then its words are not kept, either.
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
    gone: bool = False

    @property
    def own_text(self) -> str:
        """What its author wrote: without the handles that the network put in front."""
        return self.text[self.prefix :].lstrip()

    @property
    def key(self) -> str:
        """Network and id in one word: `x:1934…`."""
        return f"{self.network}:{self.id}"


class Kind(StrEnum):
    """What triage takes a post for. CRISIS is how earlier versions called whatever only people may handle."""

    QUESTION = "question"
    FOLLOW_UP = "follow-up"
    SETTLED = "settled"
    REPLY = "reply to our answer"
    UNHELPED = "did not help"
    ASIDE = "said to others"
    EDITED = "edited"
    REPEATED = "asks the same again"
    COMPLAINT = "complaint"
    IDEA = "idea"
    THANKS = "thanks"
    CHATTER = "chatter"
    SPAM = "spam"
    ABUSE = "abuse"
    PRIVATE = "private"
    OPT_OUT = "opt-out"
    DANGER = "danger"
    SELF_HARM = "self-harm"
    THREAT = "threat"
    VULNERABLE = "vulnerable"
    LEGAL = "legal"
    PRESS = "press"
    SECURITY = "security"
    PROTEST = "protest"
    CRISIS = "crisis"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    OLD = "too old"
    ANSWERED = "answered by hand"
    OWN = "own post"
    REPOST = "repost"


FOR_PEOPLE = frozenset(
    {
        Kind.DANGER,
        Kind.SELF_HARM,
        Kind.THREAT,
        Kind.VULNERABLE,
        Kind.LEGAL,
        Kind.PRESS,
        Kind.SECURITY,
        Kind.PROTEST,
        Kind.CRISIS,
    }
)
"""What only people may handle, at once; no volunteer is asked."""


class Way(StrEnum):
    """Where a post goes from triage: to those who may know; before a moderator, who says in one tap whether it is for
    us; to the moderators at once; nowhere."""

    ANSWER = "answer"
    ASK = "ask"
    PEOPLE = "people"
    DROP = "drop"


class Urgency(StrEnum):
    """How long a post can wait."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


_ANSWERED = frozenset({Kind.QUESTION, Kind.FOLLOW_UP, Kind.COMPLAINT, Kind.IDEA})
_SHOWN = FOR_PEOPLE | {Kind.PRIVATE, Kind.UNREADABLE, Kind.OPT_OUT}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Triage's word on a post, and why. Only posts for which `asks` is true become questions.

    Attributes:
        chosen: where it goes, when that is not where its kind usually goes.
        language: as a two-letter code; empty where it could not be told, or was not looked at.
        confidence: how sure triage is, from 0 to 1.
        private: whether an answer needs an account looked up, or private details, so that it belongs out of public.
    """

    kind: Kind
    reasons: tuple[str, ...]
    chosen: Way | None = None
    language: str = ""
    urgency: Urgency = Urgency.NORMAL
    confidence: float = 1.0
    private: bool = False

    @property
    def way(self) -> Way:
        """Where it goes."""
        if self.chosen is not None:
            return self.chosen
        return Way.ANSWER if self.kind in _ANSWERED else Way.PEOPLE if self.kind in _SHOWN else Way.DROP

    @property
    def asks(self) -> bool:
        """True when somebody should be asked: questions, complaints that want an answer, ideas."""
        return self.way is Way.ANSWER and self.kind is not Kind.FOLLOW_UP


@dataclass(frozen=True, slots=True)
class Said:
    """One contribution to a conversation: the asker's, ours or a stranger's.

    `handle` is empty where the network did not tell it.
    """

    handle: str
    text: str
    at: datetime
    ours: bool = False
    asker: bool = False
