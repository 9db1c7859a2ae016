"""Asks as rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from twelp.model import Ask, Asked, AskRole, AskState, Question, Reaction, Standing, Tally
from twelp.ports.workspace import Place


@dataclass(frozen=True, slots=True)
class NewAsk:
    """A person, or a channel, before whom a question is to be put, and why."""

    expert: str
    role: AskRole
    reasons: tuple[str, ...]
    topic: str | None = None
    digest: str | None = None


class AsksTx(Protocol):
    """The part of a transaction that is about who was asked what, and where that card is."""

    def add_ask(
        self,
        question: str,
        expert: str,
        *,
        role: AskRole,
        wave: int,
        reasons: Sequence[str],
        at: datetime,
        topic: str | None = None,
        digest: str | None = None,
    ) -> Ask:
        """Puts the question before an expert, for one of its topics; anew, where their ask was closed."""

    def add_asks(self, question: str, new: Sequence[NewAsk], *, wave: int, at: datetime) -> Sequence[Ask]:
        """The same for several at once, each in a role that the others do not have, or another person."""

    def asks(self, question_id: str) -> Sequence[Ask]:
        """All asks of a question, oldest first."""

    def ask(self, ask_id: int) -> Ask | None:
        """One ask."""

    def ask_at(self, channel: str, ts: str) -> Ask | None:
        """The ask whose card is that message."""

    def set_ask(
        self, ask_id: int, *, state: AskState | None = None, place: Place | None = None, shown: int | None = None
    ) -> None:
        """Changes an ask's state, where its card is, or which version of the question that card shows."""

    def show(self, ask_id: int, *, shown: int, place: Place | None = None) -> tuple[Ask, int] | None:
        """Changes which version of the question an ask's card shows, and where that card is.

        The ask as it then is, and the version that the question has now. None: there is no such ask.
        """

    def ask_goes_out(self, ask_id: int, at: datetime) -> None:
        """The ask is of this hour: its card goes out only now."""

    def digest(self, key: str) -> Sequence[Ask]:
        """The asks that the message with this key shows, oldest first."""


class AskedTx(Protocol):
    """The part of a transaction that is about how often people were asked."""

    def asks_since(self, since: datetime) -> Mapping[str, Sequence[datetime]]:
        """Who was asked to answer when, from `since` on: expert id → hours, oldest first.

        Closed asks count only where their card was sent. Reads them all: for what no count is known of.
        """

    def asked(self, experts: Collection[str], now: datetime) -> Mapping[str, Asked]:
        """What is counted for each of these experts, of the latest day they were asked on; who never was is not in it.

        `count` is of that `day` only, which may be over; nobody knows then how often they were asked since.
        """

    def asks_of_day(self, expert: str, day: datetime, until: datetime) -> Asked:
        """What was asked of this expert from `day` on and before `until`, counted from the asks themselves."""

    def asked_hours(self, expert: str, since: datetime) -> Sequence[datetime]:
        """When this person was asked to answer, from `since` on, oldest first. Closed asks do not count."""

    def count_ask(self, expert: str, *, day: datetime, until: datetime, at: datetime, most: int | None) -> None:
        """One more ask of the expert's day, which began at `day` and ends at `until`.

        It is counted right before the commit, which raises Conflict where the day then had more than `most` (None: as
        many as there are). An ask that is closed before its card was sent is taken off again.
        """

    def keep_counts(self, found: Mapping[str, Asked]) -> None:
        """Keeps what was counted from the asks, right before the commit, where nothing is kept of that day."""


class RecordsTx(Protocol):
    """The part of a transaction that is about how people fared with what they were asked."""

    def standings(self, topic: str, since: datetime) -> Mapping[str, Standing]:
        """How each expert fared with the topic's latest asks (a thousand at most, from `since` on): expert id → counts.

        Who was not asked on it since then is not in it.
        """

    def reactions(self, since: datetime) -> Sequence[Reaction]:
        """What became of the latest asks (20,000 at most, from `since` on), oldest first."""

    def writing_since(self, since: datetime) -> Mapping[str, datetime]:
        """Who wrote answers or drafts from `since` on, and when last: expert id → hour."""

    def tally(self, expert: str, since: datetime) -> Tally:
        """This person's own numbers from `since` on."""


class PutBeforeTx(Protocol):
    """The part of a transaction that is about what lies before people, or did."""

    def before(self, expert: str, limit: int = 20) -> Sequence[tuple[Question, Ask]]:
        """Open questions and held answers put before this person, newest first; what they hold comes first."""

    def undecided(self, expert: str) -> Sequence[Ask]:
        """Asks of any role that this person has not answered or passed, of questions that are not over.

        Of the questions that nobody answered in time, the thousand newest count.
        """

    def over(self, expert: str, limit: int) -> Sequence[Ask]:
        """This person's newest asks, of any role, of questions that were answered or set aside.

        They are looked for among the person's latest 500 asks.
        """

    def undecided_people(self) -> Collection[str]:
        """Everybody, but no channel, with an ask that `undecided` would find."""
