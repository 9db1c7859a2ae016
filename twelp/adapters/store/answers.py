"""Answers; `twelp.ports.Tx` says what each method promises."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from twelp.adapters.store import columns, rows
from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import answers
from twelp.adapters.store.queries.pieces import texts
from twelp.model import Answer, AnswerState
from twelp.ports import Conflict


class AnswerTx(Base):
    """The part of a transaction that is about what people wrote."""

    def answers(self, question_id: str) -> Sequence[Answer]:
        """All answers of a question, oldest first."""
        known = self._answers.get(question_id)
        if known is None:
            known = [rows.answer(row) for row in self._all(answers.OF_QUESTION, {"question": question_id})]
            self._answers[question_id] = known
        return known

    def read_answers(self, questions: Collection[str]) -> None:
        """Reads the answers of all these questions, for whoever asks for them next."""
        unknown = [question for question in questions if question not in self._answers]
        given = {"questions": texts(self._dialect, unknown)}
        found: dict[str, list[Answer]] = {question: [] for question in unknown}
        for row in self._all(answers.OF_QUESTIONS[self._dialect], given) if unknown else ():
            found[row.question].append(rows.answer(row))
        self._answers.update(found)

    def spoke_last(self, question_id: str) -> Answer | None:
        """The latest answer to a question that was published, of whatever turn."""
        row = self._first(answers.SPOKE_LAST, {"question": question_id})
        return None if row is None else rows.answer(row)

    def answer(self, answer_id: int) -> Answer | None:
        """One answer."""
        row = self._first(answers.ONE, {"answer": answer_id})
        return None if row is None else rows.answer(row)

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
        """Adds the expert's answer, or replaces their draft of it.

        Raises:
            Conflict: another transaction added it this moment.
        """
        draft = self._draft(question, expert)
        self._answers.pop(question, None)
        public = columns.joined(posts)
        now: dict[str, Any] = {"text": text, "public": public, "state": state.value, "reasons": columns.said(reasons)}
        now |= {"updated_at": at, "written_at": at}
        whose = {"question": question, "expert": expert}
        if draft is not None:
            self._do(answers.SET, {"its_id": draft.id, **now})
            written = replace(draft, text=text, posts=tuple(posts), state=state, reasons=tuple(reasons))
            return replace(written, updated_at=at, written_at=at)
        answer_id = self._add_once(answers.ADD, {**whose, **now, "remote_id": "", "returned": 0, "of": question})
        if answer_id is None:
            raise Conflict(f"{expert} wrote to {question} elsewhere this moment")
        return Answer(answer_id, question, expert, text, tuple(posts), state, tuple(reasons), at, (), at)

    def _draft(self, question: str, expert: str) -> Answer | None:
        """What this person wrote to the question's present turn, read anew: another may have written meanwhile."""
        row = self._first(answers.OF_EXPERT, {"question": question, "expert": expert})
        return None if row is None else rows.answer(row)

    def set_covers(self, answer_id: int, covers: Sequence[int]) -> None:
        """Which of the points of its question the answer covers."""
        self._answers.clear()
        self._do(answers.SET, {"its_id": answer_id, "covers": list(covers)})

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
        self._answers.clear()
        values: dict[str, Any] = {"its_id": answer_id, "state": state.value, "updated_at": at}
        if reasons is not None:
            values["reasons"] = columns.said(reasons)
        if post_ids is not None:
            values["remote_id"] = columns.listed(post_ids)
        self._do(answers.SEND_BACK if returned else answers.SET, values)
