"""What people say for themselves, as rows; experts are named by their roster id."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from twelp.model import Post, Volunteer


class PeopleTx(Protocol):
    """The part of a transaction that is about what people say for themselves."""

    def volunteers_stamp(self) -> str:
        """A word that changes whenever any volunteer's does."""

    def volunteers(self) -> Mapping[str, Volunteer]:
        """Everybody who ever said something for themselves."""

    def volunteer(self, expert: str) -> Volunteer:
        """What this person said for themselves; nothing yet, for who never did."""

    def set_volunteer(self, volunteer: Volunteer) -> None:
        """Keeps what a person says for themselves now."""

    def opened_home(self, expert: str, at: datetime) -> None:
        """The person looks at our tab."""

    def at_home(self, experts: Collection[str], since: datetime) -> Sequence[str]:
        """Who of these opened our tab at or after `since`."""


class LeftAloneTx(Protocol):
    """The part of a transaction that is about customers who asked not to be written to."""

    def leave_alone(self, network: str, author_id: str, at: datetime) -> None:
        """Nothing is to be written to this person any more."""

    def write_again(self, network: str, author_id: str) -> bool:
        """This person wrote to us: they may be written to again. Whether they were left alone before."""

    def left_alone(self, network: str, author_id: str) -> bool:
        """Whether this person asked not to be written to, and has not written to us since."""


class ThanksTx(Protocol):
    """The part of a transaction that is about thanks."""

    def thank(self, post: str, question: str, expert: str, at: datetime) -> None:
        """A customer thanked this person for the answer."""

    def thanks(self, expert: str, limit: int = 5) -> Sequence[tuple[Post, datetime]]:
        """The latest thanks this person had, newest first."""
