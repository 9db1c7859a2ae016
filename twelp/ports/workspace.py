"""What is asked of the workspace in which people answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from twelp.model import (
    Break,
    Card,
    Home,
    Invitation,
    PrivateCard,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message is in the workspace."""

    channel: str
    ts: str


class Workspace(Protocol):
    """Where experts live (Slack). People are named by their roster id."""

    def post_card(self, person: str, card: Card | PrivateCard) -> Place:
        """Sends the card to the person. `card.key` travels as metadata. Raises InDoubt when no answer came."""

    def find_card(self, person: str, key: str) -> Place | None:
        """Looks for a card or note already sent with that key."""

    def update_card(self, place: Place, card: Card | PrivateCard) -> None:
        """Makes the card at `place` say what `card` says. Repeatable."""

    def post_note(self, person: str, key: str, text: str) -> Place:
        """Sends the person a line of plain text, escaped."""

    def update_note(self, place: Place, text: str) -> None:
        """Makes the note at `place` say this. Repeatable."""

    def post_digest(self, person: str, key: str, cards: Sequence[Card]) -> Place:
        """Sends the person several asks in one message. `key` travels as metadata. Raises InDoubt as `post_card`."""

    def update_digest(self, place: Place, cards: Sequence[Card]) -> None:
        """Makes the digest at `place` say what these cards say. Repeatable."""

    def disturb(self, person: str) -> Break | None:
        """The person's do-not-disturb that is on now or comes next, as far as Slack tells; None: none is known."""

    def post_invitation(self, person: str, key: str, invitation: Invitation) -> Place:
        """Sends the person their invitation. `key` travels as metadata. Raises InDoubt when no answer came."""

    def update_invitation(self, place: Place, invitation: Invitation) -> None:
        """Makes the invitation at `place` say what is true now. Repeatable."""

    def publish_home(self, person: str, home: Home) -> None:
        """Makes the person's own tab show this. Repeatable."""


class Accounts(Protocol):
    """Which Slack account a person, listed by address, was last proven to have. It outlives that address."""

    def known(self) -> Mapping[str, str]:
        """Person → account, for everybody who was ever proven."""

    def remember(self, person: str, user: str) -> None:
        """The person has this account now."""
