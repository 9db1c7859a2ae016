"""Asks and answers; `twelp.ports.Tx` says what each method promises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from twelp.adapters.store import columns, rows
from twelp.adapters.store.counting import CountingTx
from twelp.adapters.store.queries import answers, asks
from twelp.model import Answer, AnswerState, Ask, AskRole, AskState
from twelp.ports import Place


class AskTx(CountingTx):
    """The part of a transaction that is about who was asked, and what they wrote."""

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
        row: dict[str, Any] = {"question": question, "expert": expert, "role": role.value, "wave": wave}
        row |= {"state": AskState.OPEN.value, "reasons": columns.said(reasons), "topic": topic or "", "created_at": at}
        row |= {"digest": digest or "", "channel": "", "ts": "", "shown": -1}
        added = self._first(asks.ADD[self._dialect], row)
        if added is None:
            raise LookupError(f"{expert} was asked about {question} already")
        ask = self._asks[added.id] = Ask(
            id=added.id,
            question=question,
            expert=expert,
            role=role,
            wave=wave,
            state=AskState.OPEN,
            reasons=tuple(reasons),
            created_at=at,
            channel=added.channel,
            ts=added.ts,
            shown=added.shown,
            topic=topic,
            digest=digest,
        )
        return ask

    def _met(self, row: Any) -> Ask:
        known = self._asks[row.id] = rows.ask(row)
        return known

    def asks(self, question_id: str) -> Sequence[Ask]:
        """All asks of a question, oldest first."""
        return [self._met(row) for row in self._all(asks.OF_QUESTION, {"question": question_id})]

    def ask(self, ask_id: int) -> Ask | None:
        """One ask."""
        known = self._asks.get(ask_id)
        if known is None and (row := self._first(asks.ONE, {"ask": ask_id})) is not None:
            known = self._met(row)
        return known

    def set_ask(
        self, ask_id: int, *, state: AskState | None = None, place: Place | None = None, shown: int | None = None
    ) -> None:
        """Changes an ask's state, where its card is, or which version of the question that card shows."""
        values: dict[str, Any] = {}
        if state is not None:
            values["state"] = state.value
        if place is not None:
            values |= {"channel": place.channel, "ts": place.ts}
        if shown is not None:
            values["shown"] = shown
        if state is AskState.CLOSED:
            closed = self._first(asks.CLOSE, {"its_id": ask_id})
            if closed is not None and closed.role == AskRole.ANSWER.value and not closed.ts:
                self.take_off(closed.expert, closed.created_at)
        if values:
            self._do(asks.SET, {"its_id": ask_id, **values})
            self._asks.pop(ask_id, None)

    def show(self, ask_id: int, *, shown: int, place: Place | None = None) -> tuple[Ask, int] | None:
        """Changes which version its card shows, and where that is; see the port."""
        values: dict[str, Any] = {"shown": shown}
        if place is not None:
            values |= {"channel": place.channel, "ts": place.ts}
        row = self._first(asks.SHOW, {"its_id": ask_id, **values})
        return None if row is None or row.version is None else (self._met(row), row.version)

    def ask_goes_out(self, ask_id: int, at: datetime) -> None:
        """The ask is of this hour: its card goes out only now."""
        self._do(asks.SET, {"its_id": ask_id, "created_at": at})
        self._asks.pop(ask_id, None)

    # ------------------------------------------------------------ answers

    def answers(self, question_id: str) -> Sequence[Answer]:
        """All answers of a question, oldest first."""
        return [rows.answer(row) for row in self._all(answers.OF_QUESTION, {"question": question_id})]

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
        """Adds the expert's answer, or replaces their draft of it."""
        public = columns.joined(posts)
        now: dict[str, Any] = {"text": text, "public": public, "state": state.value, "reasons": columns.said(reasons)}
        now |= {"updated_at": at, "written_at": at}
        whose = {"question": question, "expert": expert}
        known = self._first(answers.OF_EXPERT, whose)
        if known is not None:
            self._do(answers.SET, {"its_id": known.id, **now})
            ids = tuple(known.remote_id.split())
            return Answer(known.id, question, expert, text, tuple(posts), state, tuple(reasons), at, ids, at)
        answer_id = self._value(answers.ADD, {**whose, **now, "remote_id": "", "returned": 0, "of": question})
        return Answer(answer_id, question, expert, text, tuple(posts), state, tuple(reasons), at, (), at)

    def set_covers(self, answer_id: int, covers: Sequence[int]) -> None:
        """Which of the points of its question the answer covers."""
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
        values: dict[str, Any] = {"its_id": answer_id, "state": state.value, "updated_at": at}
        if reasons is not None:
            values["reasons"] = columns.said(reasons)
        if post_ids is not None:
            values["remote_id"] = columns.listed(post_ids)
        self._do(answers.SEND_BACK if returned else answers.SET, values)
