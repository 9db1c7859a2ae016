"""Answers as rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from twelp.model import Answer, AnswerState, Earlier


class AnswersTx(Protocol):
    """The part of a transaction that is about answers."""

    def answers(self, question_id: str) -> Sequence[Answer]:
        """All answers of a question, oldest first."""

    def read_answers(self, questions: Collection[str]) -> None:
        """Reads the answers of all these questions at once, for whoever asks for them in this transaction."""

    def answer(self, answer_id: int) -> Answer | None:
        """One answer."""

    def save_answer(
        self,
        question: str,
        expert: str,
        text: str,
        posts: Sequence[str],
        *,
        state: AnswerState,
        reasons: Sequence[str],
        at: datetime,
    ) -> Answer:
        """Adds the expert's answer, or replaces their draft of it (which has no posts)."""

    def set_covers(self, answer_id: int, covers: Sequence[int]) -> None:
        """Which of the points of its question the answer covers, by their places."""

    def set_answer(
        self,
        answer_id: int,
        state: AnswerState,
        at: datetime,
        *,
        reasons: Sequence[str] | None = None,
        post_ids: Sequence[str] | None = None,
        returned: bool = False,
    ) -> None:
        """Changes an answer's state. `returned`: a second person did not let it pass or stand, which is counted."""

    def answered(self, topics: Collection[str], limit: int = 100) -> Sequence[Earlier]:
        """Published answers that stand, to questions that turned out to be about these topics, newest first."""

    def authors(self) -> Mapping[str, str]:
        """Who wrote the published answer: question id → expert id."""
