"""Crises: posts that only people may handle, as cases that somebody takes and handles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from twelp.model.posts import Kind, Said
from twelp.model.questions import Stage


class CrisisState(StrEnum):
    """OPEN: nobody has it yet. TAKEN: somebody has. HANDLED: somebody has dealt with it. NO_CRISIS: it was none."""

    OPEN = "open"
    TAKEN = "taken"
    HANDLED = "handled"
    NO_CRISIS = "no_crisis"


@dataclass(frozen=True, slots=True)
class Crisis:
    """A question that is a case for people.

    Attributes:
        question: whose case it is.
        reasons: why it was taken for one.
        opened_at: since when; anew where the customer wrote again after it was handled.
        raised_by: the expert who raised the alarm; None: triage did.
        rung: how often people were told of it: the step of the list that comes next.
        taken_by: who has it, or had it last, since `taken_at`.
        closed_by: who handled it or said that it was none, at `closed_at`.
        how: how it was handled, in that person's words.
        version: grows with every change: what a compare-and-set compares.
    """

    question: str
    kind: Kind
    state: CrisisState
    reasons: tuple[str, ...]
    opened_at: datetime
    raised_by: str | None = None
    rung: int = 0
    taken_by: str | None = None
    taken_at: datetime | None = None
    closed_by: str | None = None
    closed_at: datetime | None = None
    how: str = ""
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether people must still deal with it."""
        return self.state in (CrisisState.OPEN, CrisisState.TAKEN)

    @property
    def is_apart(self) -> bool:
        """Whether no volunteer is ever asked about its question: always, unless it was no crisis."""
        return self.state is not CrisisState.NO_CRISIS

    @property
    def held_by(self) -> str | None:
        """Who has it now."""
        return self.taken_by if self.state is CrisisState.TAKEN else None


@dataclass(frozen=True, slots=True)
class Ladder:
    """What `alarms` of experts.yaml says: who hears of a crisis, in which order, and how soon the next one does.

    Attributes:
        people: by kind, people (roster ids) and Slack channels (`C…`, `#name`), in the file's order.
        others: the same for kinds without a list of their own.
        after: how long each step waits for somebody to take it.
        guidance: what the card of a post about self-harm says to whoever answers; None: the default.
    """

    people: Mapping[Kind, tuple[str, ...]] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    after: timedelta = timedelta(minutes=10)
    guidance: str | None = None

    def listed(self, kind: Kind) -> tuple[str, ...]:
        """People and channels for this kind."""
        return self.people.get(kind, self.others)


@dataclass(frozen=True, slots=True)
class CrisisShown:
    """What a card adds for a crisis.

    Attributes:
        since: since when it is one.
        taken_by: who has it or had it, by name, since `taken_at`.
        mine: the person whose card it is has it.
        shared: it is a channel's card, on which anybody may press.
        closed_by: who closed it, by name, at `closed_at`.
        how: how it was handled, in that person's words.
        raised_by: who raised the alarm, by name; empty: triage did.
        stage: how the question stands in public, on which a line of the card depends.
        before: what was said in the conversation, oldest first.
        guidance: a word for whoever answers; None: there is none.
    """

    kind: Kind
    state: CrisisState
    since: datetime
    taken_by: str = ""
    taken_at: datetime | None = None
    mine: bool = False
    shared: bool = False
    closed_by: str = ""
    closed_at: datetime | None = None
    how: str = ""
    raised_by: str = ""
    stage: Stage = Stage.CRISIS
    before: tuple[Said, ...] = ()
    guidance: str | None = None
