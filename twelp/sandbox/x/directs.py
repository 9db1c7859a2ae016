"""Private messages on local X: two stacks, of which an app sees one.

What is written in the open stack is listed by ``/2/dm_events``. What is written in the encrypted one (XChat) never is:
its keys are on people's own devices. Which of the two a customer's app uses is not told to anybody who writes here.

Source: docs.x.com, "Direct Messages lookup" (events of the last 30 days), and X's notes on encrypted chat.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from twelp.sandbox.wire import Clock
from twelp.sandbox.x import text as texts
from twelp.sandbox.x.people import Account, People
from twelp.sandbox.x.state import iso, snowflake

REACH: Final = timedelta(days=30)
"""How far back events are listed."""
MAX_CHARS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Direct:
    """One private message between two accounts. `full_text` has shortened links, `expanded` says where they lead."""

    id: int
    sender: Account
    recipient: Account
    text: str
    full_text: str
    expanded: dict[str, str]
    created_at: datetime
    encrypted: bool = False
    via: str = "control"

    @property
    def conversation_id(self) -> str:
        """Both accounts' ids, the lower one first."""
        first, second = sorted((self.sender.id, self.recipient.id))
        return f"{first}-{second}"

    def as_json(self) -> dict[str, Any]:
        """The control plane's view of a message."""
        return {
            "id": str(self.id),
            "from": self.sender.handle,
            "to": self.recipient.handle,
            "text": self.text,
            "created_at": iso(self.created_at),
            "encrypted": self.encrypted,
            "via": self.via,
        }


class Directs:
    """All private messages, oldest first."""

    def __init__(self, clock: Clock, people: People, brand: Account) -> None:
        self._clock = clock
        self._people = people
        self._brand = brand
        self._lock = threading.Lock()
        self._all: list[Direct] = []

    def write(self, as_: str, text: str, to: str | None = None, *, encrypted: bool = False) -> Direct:
        """Let somebody write, to the brand where nobody is named, and return the message.

        `encrypted`: in the stack that no app can read.

        Raises:
            ValueError: naming what is wrong with the text or a handle.
        """
        with self._lock:
            sender = self._people.ensure(as_)
            recipient = self._brand if to is None else self._people.ensure(to)
        if sender.suspended:
            raise ValueError(f"@{sender.handle} is suspended and cannot write")
        return self.add(sender, recipient, text, encrypted=encrypted)

    def add(
        self, sender: Account, recipient: Account, text: str, *, encrypted: bool = False, via: str = "control"
    ) -> Direct:
        """Let an account write to another one and return the message.

        Raises:
            ValueError: for a text that is empty or too long, and for somebody who writes to themselves.
        """
        if not text.strip() or len(text) > MAX_CHARS:
            raise ValueError(f"text has {len(text)} characters; expected 1 to {MAX_CHARS}")
        if sender is recipient:
            raise ValueError(f"@{sender.handle} cannot write to themselves")
        full_text, expanded = texts.shorten(text)
        with self._lock:
            at = self._clock.now()
            number = max(snowflake(at), self._all[-1].id + 1 if self._all else 0)
            made = Direct(number, sender, recipient, text, full_text, expanded, at, encrypted, via)
            self._all.append(made)
            return made

    def listed(self, owner: Account, other: Account | None = None) -> list[Direct]:
        """What an app may list for `owner`, oldest first; `other`: with that account alone."""
        oldest = self._clock.now() - REACH
        with self._lock:
            found = [one for one in self._all if owner in (one.sender, one.recipient) and not one.encrypted]
        return [one for one in found if one.created_at >= oldest and other in (None, one.sender, one.recipient)]

    def wrote_to(self, sender: Account, recipient: Account) -> bool:
        """Whether `sender` ever wrote to `recipient` where an app can see it."""
        return any(one.sender is sender for one in self.listed(recipient, sender))

    def after(self, number: int = 0) -> list[Direct]:
        """The record of messages with an id above `number`, oldest first, encrypted ones too."""
        with self._lock:
            return [one for one in self._all if one.id > number]
