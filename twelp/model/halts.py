"""What moderators paused: everything, or all about a topic. Not a person's own pause, nor a network's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Halt:
    """Nothing goes out to the public, and nobody is asked, until it is resumed.

    Attributes:
        topic: the topic it is about; None: everything.
        by: who paused it: a person of the roster, or an operator.
        reason: why, in their words.
        since: when it began.
        resuming: who wants to resume, where a second person must agree; None: nobody yet.
    """

    topic: str | None
    by: str
    reason: str
    since: datetime
    resuming: str | None = None

    @property
    def scope(self) -> str:
        """What is paused, as the rows and the journal name it."""
        return scope_of(self.topic)

    @property
    def mark(self) -> str:
        """Names this very pause: another one of the same scope has another mark."""
        return f"{self.scope}@{self.since.timestamp():.6f}"


@dataclass(frozen=True, slots=True)
class ShownHalt:
    """A pause as people see it: `topic` and `who` by name; `topic` None: everything."""

    mark: str
    topic: str | None
    who: str
    reason: str
    since: datetime
    resuming: str | None = None


def scope_of(topic: str | None) -> str:
    """The scope of a pause of this topic; of everything, for None.

    >>> scope_of(None), scope_of("tv")
    ('everything', 'topic:tv')
    """
    return "everything" if topic is None else f"topic:{topic}"
