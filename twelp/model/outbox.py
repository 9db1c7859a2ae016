"""What must still be sent, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeliveryKind(StrEnum):
    """What an outbox row asks for.

    REPLY: an answer of one post. THREAD: one of several, which go out one after the other; the name is its own so that
    an older twelp at work meanwhile, which knows single posts only, leaves it to others. DELETE: an answer that was
    taken back. RECALL: what stands of an answer that the network did not take whole, or that is to be corrected.
    REDACT: a note that quotes what its author deleted since.
    EDIT: the public answer gets other words in its place; `target` is its post.
    WORD: a sentence for a customer who waits.
    PRIVATE: a private reply; `subject` is the message, whose row alone has the words. PRIVATE_CARD, PRIVATE_REFRESH: a
    card of a private case; `target` is its person.
    """

    REPLY = "reply"
    THREAD = "thread"
    DELETE = "delete"
    RECALL = "recall"
    EDIT = "edit"
    CARD = "card"
    REFRESH = "refresh"
    NOTE = "note"
    DIGEST = "digest"
    INVITATION = "invitation"
    HOME = "home"
    REDACT = "redact"
    WORD = "word"
    PRIVATE = "private"
    PRIVATE_CARD = "private_card"
    PRIVATE_REFRESH = "private_refresh"


class NoteKind(StrEnum):
    """What a note is about. Keys of notes are made by `key`, and `Delivery.note` reads the kind from them."""

    ALARM = "alarm"
    ALARMS = "alarms"
    CRISIS = "crisis"
    FOR_US = "for us"
    SURGE = "surge"
    UNCLEAR = "unclear"
    SHORT = "short"
    STANDING = "standing"
    HELD = "held"
    THANKS = "thanks"
    LIKES = "likes"
    WEEKLY = "weekly"
    RULES = "rules"
    SINCE = "since"
    BY_HAND = "by_hand"
    CORRECT = "correct"
    SENT_BACK = "sent_back"
    CHANGED = "changed"
    LANE = "lane"
    VANISHED = "vanished"
    PAUSED = "paused"
    STORM = "storm"
    RESUMED = "resumed"
    PRIVATE = "private"

    def key(self, *about: object) -> str:
        """The key of the note of this kind about these: sent once.

        >>> NoteKind.LIKES.key("x:1", 5)
        'note:likes:x:1:5'
        """
        return ":".join(("note", self.value, *map(str, about)))


_NOTE_KINDS = {kind.value: kind for kind in NoteKind}

PUBLIC_DELIVERIES = frozenset(
    {
        *(DeliveryKind.REPLY, DeliveryKind.THREAD, DeliveryKind.EDIT, DeliveryKind.WORD),
        *(DeliveryKind.DELETE, DeliveryKind.RECALL, DeliveryKind.PRIVATE),
    }
)
"""What goes to the network, a private reply, too; all else goes to the workspace."""


class DeliveryState(StrEnum):
    """READY: no call made. CALLING: a call was begun, and whoever finds it so must look first. SENT, FAILED: over."""

    READY = "ready"
    CALLING = "calling"
    SENT = "sent"
    FAILED = "failed"


class Trouble(StrEnum):
    """What kept the last call from being done. PASSING: nothing was done, try again. LIMIT: so, and not before an hour
    that the other side named. DOUBT: it may have been done. LOCKED: the account is stopped until an operator acts."""

    PASSING = "passing"
    LIMIT = "limit"
    DOUBT = "doubt"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the outbox, which is also the ledger: written before each call, what came of it after it.

    Attributes:
        key: unique; travels with the message where the other side lets it, so that a look can find it again.
        subject: an answer's id for what goes to the network, an ask's id for a card or refresh, an expert's id for a
            note, a digest, an invitation or their Home tab.
        pieces: what is sent, one call each: an answer's posts in order, the ids of posts to delete (the last one goes
            first), a note's line.
        attempts: calls that were begun for the next piece.
        target: an answer's: the id of the post that its first piece replies to; for a card of a private case, whose.
        done: what came of the pieces so far: remote ids, in the order of the calls.
        error: what went wrong last, in words for people, who alone read it; `trouble` is its kind, while it is tried.
    """

    id: int
    key: str
    errand: DeliveryKind
    question: str
    subject: str
    pieces: tuple[str, ...]
    state: DeliveryState
    attempts: int
    created_at: datetime
    done: tuple[str, ...] = ()
    error: str = ""
    trouble: Trouble | None = None
    target: str = ""

    @property
    def note(self) -> NoteKind | None:
        """What this note is about; None for what is no note, or one of a kind that a newer version sends."""
        return _NOTE_KINDS.get(self.key.split(":", 2)[1]) if self.errand is DeliveryKind.NOTE else None
