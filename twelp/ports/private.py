"""Private messages: what is asked of a network that has them, and their rows.

They are a lane of their own, beside `twelp.ports.network`: a network without one has no `private`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from twelp.model import Account, MessageState, PrivateCase, PrivateCopy, PrivateMessage


@dataclass(frozen=True, slots=True)
class Direct:
    """A private message as the network shows it.

    Attributes:
        person: the customer it is exchanged with, whoever wrote it.
        ours: our account wrote it, by us or by hand.
        pictures: how many pictures or films came with it.
    """

    id: str
    person: Account
    ours: bool
    text: str
    at: datetime
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class DirectPage:
    """New messages, oldest first, and the cursor that stands for having read them."""

    messages: tuple[Direct, ...]
    cursor: str | None


class PrivateLane(Protocol):
    """Reads and sends private messages between our account and one person each. May raise any RemoteError."""

    every: timedelta
    """How long to wait between two calls of `messages`, at least, as it is set."""

    def messages(self, cursor: str | None, since: datetime) -> DirectPage:
        """What was written since `cursor`, ours, too; some may come again. None: what was written at or after
        `since`, by the network's clock."""

    def messages_with(self, person: str, since: datetime) -> Sequence[Direct]:
        """What was written to and by this person at or after `since`: the look before a second try.

        Raises:
            TryAgain: it could not be read back to `since`.
        """

    def send(self, text: str, person: str, key: str) -> str:
        """Sends `text` to a person who wrote first; the new message's id. Call only behind a ledger row.

        `key` is the same for each try. No network known so far keeps such keys: look first.

        Raises:
            Refused: the person takes no messages from us, or is gone.
            InDoubt: the request left and no answer came.
        """

    def pace(self) -> timedelta:
        """How long to wait between two calls of `messages`, so that the network's own limit lasts."""

    def now(self) -> datetime:
        """The hour by the network's own clock."""


class PrivateTx(Protocol):
    """The part of a transaction that is about private cases."""

    def add_private_case(self, case: PrivateCase) -> bool:
        """A new case; False (and nothing done) where it is there."""

    def private_case(self, case_id: str) -> PrivateCase | None:
        """The case, or None."""

    def private_case_of(self, question_id: str) -> PrivateCase | None:
        """The case that goes on under this question, or that it stands for."""

    def move_private_case(self, case: PrivateCase, **changes: Any) -> PrivateCase | None:
        """Compare-and-set on `version`: the changed case, or None when somebody else changed it first."""

    def add_private_message(self, message: PrivateMessage) -> PrivateMessage | None:
        """A new message, with its number; None (and nothing done) where one with its remote id is there."""

    def private_messages(self, case_id: str) -> Sequence[PrivateMessage]:
        """All messages of a case, oldest first."""

    def private_message(self, message_id: int) -> PrivateMessage | None:
        """One message."""

    def set_private_message(
        self, message: PrivateMessage, state: MessageState, **changes: Any
    ) -> PrivateMessage | None:
        """Compare-and-set on `state`: the changed message, or None when somebody else changed it first."""

    def add_private_copy(self, case_id: str, person: str) -> PrivateCopy:
        """A new card of the case for this person, not in Slack yet."""

    def private_copy(self, copy_id: int) -> PrivateCopy | None:
        """One card."""

    def private_copies(self, case_id: str) -> Sequence[PrivateCopy]:
        """All cards of a case, in the order they were made."""

    def set_private_copy(self, copy_id: int, **changes: Any) -> None:
        """Changes a card: `is_open`, `channel` and `ts`, `shown`."""
