"""Questions as rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from twelp.model import Post, Question, Stage


class QuestionsTx(Protocol):
    """The part of a transaction that is about one question and where it stands."""

    def open_question(self, question: Question) -> None:
        """A new question; its `post` is heard in the same transaction."""

    def question(self, question_id: str) -> Question | None:
        """The question, or None."""

    def version(self, question_id: str) -> int | None:
        """How often the question has moved; None when there is none."""

    def move(self, question: Question, to: Stage, **changes: Any) -> Question | None:
        """Compare-and-set on `version`: the moved question, or None when somebody else moved it first."""

    def lock_if_unchanged(self, question: Question) -> bool:
        """Keeps others from moving it until this transaction ends; False when somebody else moved it first."""


class RepeatsTx(Protocol):
    """The part of a transaction that is about customers who ask the same again in another conversation."""

    def lately_of(self, network: str, author_id: str, since: datetime) -> Sequence[Question]:
        """A customer's latest questions, newest first, five at most: those that are not over or that nobody answered in
        time, and those that were over at or after `since`."""

    def joined_in(self, network: str, conversation: str, author_id: str) -> str | None:
        """The question that this author's posts of that conversation joined; None where they joined none."""

    def repeat_of(self, question: Question) -> Post | None:
        """The newest post that joined the question, as it asks the same, and is not known to be gone."""

    def hand_over(self, former: Question, to: str, why: str) -> None:
        """Asks, texts that never went out, and posts of a question are another one's from now on: the texts as drafts,
        the asks with this reason. Its own post stays with it where something of ours went out for it."""


class WaitingTx(Protocol):
    """The part of a transaction that is about questions that wait, and how many do."""

    def open_of(self, network: str, author_id: str) -> Sequence[Question]:
        """A customer's questions that are not over or that nobody answered in time, in whatever conversation."""

    def waiting(
        self, stages: Collection[Stage], limit: int = 100, *, newest: bool = False, since: datetime | None = None
    ) -> Sequence[Question]:
        """Questions in these stages that were opened at or after `since`, oldest first or newest first."""

    def how_many(self, stages: Collection[Stage], before: datetime, most: int) -> int:
        """How many questions in these stages were opened before that hour; not counted further than `most`."""

    def waiting_about(self, stages: Collection[Stage]) -> Mapping[str, int]:
        """How many questions in these stages are about each topic, by the likeliest topic of each."""

    def under_way(self) -> Mapping[str, int]:
        """How many questions stand in each stage from open to publishing; a stage where none does is not in it."""

    def unclaimed(self) -> int:
        """How many questions wait for somebody to take them."""

    def holding(self) -> Mapping[str, int]:
        """How many questions each expert has claimed and not yet answered; who holds none is not in it."""
