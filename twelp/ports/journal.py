"""The journal and what was learned, as rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from twelp.model import Entry, JournalStep


@dataclass(frozen=True, slots=True)
class LessonChange:
    """What a question turned out to be about (topic None: nobody should have got it), or that it was forgotten."""

    number: int
    question: str
    text: str
    topic: str | None
    forgotten: bool


class JournalTx(Protocol):
    """The part of a transaction that is about what was done, and what came twice."""

    def add_entry(self, entry: Entry) -> None:
        """Adds a line to the journal."""

    def trail(self, subject: str) -> Sequence[Entry]:
        """The journal of one post or question, oldest first."""

    def entries_since(self, steps: Collection[JournalStep]) -> Iterator[Entry]:
        """The journal's lines with one of these steps, oldest first."""

    def journal(self, after: int, limit: int = 500) -> Sequence[tuple[int, Entry]]:
        """The journal's lines with a number above `after`, oldest first, each with its number; without their detail."""

    def last_line(self) -> int:
        """The number of the journal's latest line; 0 when there is none."""

    def first_time(self, event_id: str, at: datetime) -> bool:
        """True once per event id: the guard against re-sent events."""


class FiguresTx(Protocol):
    """The part of a transaction that is about how much there is of what."""

    def progress(self) -> tuple[int, int, int]:
        """Posts heard, questions under way (from open to publishing; no crises), and the journal's last number."""

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many rows stand where: `posts` by kind, `questions` by stage, `answers` by state, `deliveries` by
        `errand state`, `asks` by role, `journal` by step."""


class LessonsTx(Protocol):
    """The part of a transaction that is about what was learned."""

    def learned(self, most: int | None = None) -> Iterator[tuple[str, str, str | None]]:
        """Every (question, text, topic) the matcher should know, oldest first; topic None: nobody should have got it.

        No question comes twice. `most`: only so many, the latest.
        """

    def last_lesson(self) -> int:
        """The number of the latest change of what is learned; 0 when there is none."""

    def lessons_since(self, number: int) -> Iterator[LessonChange]:
        """What was learned and forgotten after the change of that number, oldest first; a question comes once."""

    def lesson(self, question: str) -> tuple[str, str | None] | None:
        """The (text, topic) learned from a question; None when nothing is."""

    def learn(self, question: str, text: str, topic: str | None, at: datetime) -> None:
        """Remembers what a question turned out to be about, in place of what it was taken for before."""

    def unlearn(self, question: str, at: datetime) -> None:
        """Forgets what was learned from a question, and its text."""
