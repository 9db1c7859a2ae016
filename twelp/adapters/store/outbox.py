"""The outbox, which is also the ledger; `twelp.ports.Tx` says what each method promises."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from twelp.adapters.store import columns, rows
from twelp.adapters.store.queries import outbox as queries
from twelp.adapters.store.queries import rounds
from twelp.adapters.store.queries.pieces import texts
from twelp.adapters.store.questions import QuestionTx
from twelp.model import Delivery, DeliveryKind, DeliveryState, Trouble
from twelp.texts.catalogue import line


class OutboxTx(QuestionTx):
    """The part of a transaction that is about what must still be sent."""

    def add_delivery(
        self,
        key: str,
        errand: DeliveryKind,
        *,
        question: str,
        subject: str,
        pieces: Sequence[str],
        at: datetime,
        target: str = "",
    ) -> int | None:
        """Adds an outbox row; None when that key is there already."""
        text = columns.joined(map(line, pieces) if errand is DeliveryKind.NOTE else pieces)
        row = _new(key, errand, question, subject, at) | {"text": text, "target": target}
        added: int | None = self._add_once(queries.ADD, row)
        return added

    def add_cards(
        self, errand: DeliveryKind, subjects: Mapping[str, str], *, question: str, at: datetime
    ) -> Mapping[str, int]:
        """Adds outbox rows of a question's cards, by their keys; see the port."""
        new = [_new(key, errand, question, subject, at) for key, subject in subjects.items()]
        return {row.key: row.id for row in self._each(queries.ADD_SEVERAL[self._dialect], new)}

    def refreshing(self, question: str, ask: int | None = None) -> set[str]:
        """Asks of the question whose card's refresh has not ended; see the port."""
        self._read_anew(
            asks=False
        )  # whoever is asked meanwhile sees what this transaction changed once their card is sent
        if ask is None:
            return set(self._values(queries.REFRESHING, {"question": question}))
        return set(self._values(queries.REFRESHING_ONE, {"question": question, "ask": str(ask)}))

    def delivery(self, delivery_id: int) -> Delivery | None:
        """One outbox row."""
        row = self._first(queries.ONE, {"delivery": delivery_id})
        return None if row is None else self._with_its_own(row)

    def _with_its_own(self, row: Any) -> Delivery:
        """It was read with its question and its ask."""
        if row.question_id is not None:
            self._met_question(rows.question(rows.Part(row, "question_"), rows.Part(row, "post_")), row)
        if row.ask_id is not None and row.ask_id not in self._asks:
            self._asks[row.ask_id] = rows.ask(rows.Part(row, "ask_"))
        return rows.delivery(row)

    def deliveries(self, ids: Collection[int]) -> Sequence[Delivery]:
        """These outbox rows, with what acts on them ask."""
        found = self._all(queries.MANY[self._dialect], {"deliveries": texts(self._dialect, ids)}) if ids else ()
        return list(map(self._with_its_own, found))

    def call_deliveries(self, rows: Sequence[Delivery], at: datetime) -> Mapping[int, Delivery]:
        """These rows are CALLING, but for those that another worker has."""
        if self._dialect == "sqlite":
            each = {row.id: self.set_delivery(row, DeliveryState.CALLING, at) for row in rows}
            return {number: row for number, row in each.items() if row is not None}
        given = {**as_left(rows), "at": at}
        free = set(self._values(rounds.CALL, given)) if rows else set()
        return {
            row.id: replace(row, state=DeliveryState.CALLING, attempts=row.attempts + 1)
            for row in rows
            if row.id in free
        }

    def set_delivery(
        self,
        delivery: Delivery,
        state: DeliveryState,
        at: datetime,
        *,
        done: Sequence[str] | None = None,
        error: str = "",
        trouble: Trouble | None = None,
    ) -> Delivery | None:
        """Compare-and-set on state, attempts and what is done; see the port."""
        tried = state is DeliveryState.CALLING or state is delivery.state
        attempts = delivery.attempts + (1 if tried else 0)
        now_done = delivery.done if done is None else tuple(one for one in done if one)
        if state is DeliveryState.READY and now_done != delivery.done:
            attempts = 0
        same = {"its_id": delivery.id, "its_state": delivery.state.value, "its_attempts": delivery.attempts}
        same["its_done"] = columns.listed(delivery.done)
        now = {"state": state.value, "attempts": attempts, "updated_at": at, "error": error}
        kind = None if trouble is None else trouble.value
        if state is not DeliveryState.CALLING:  # nobody who goes on holds a row that is to be called
            self._read_anew()
        if not self._changed(queries.SET, {**now, "trouble": kind, "remote_id": columns.listed(now_done), **same}):
            return None
        return replace(delivery, state=state, attempts=attempts, done=now_done, error=error, trouble=trouble)

    def keyed(self, key: str) -> Delivery | None:
        """The outbox row with this key."""
        row = self._first(queries.KEYED, {"key": key})
        return None if row is None else rows.delivery(row)

    def unfinished(self, question: str) -> Delivery | None:
        """The outbox row of the question's answer that is not over yet."""
        row = self._first(queries.UNFINISHED, {"question": question})
        return None if row is None else rows.delivery(row)

    def answered_lately(self, limit: int) -> Sequence[str]:
        """The questions whose answers went out last; see the port."""
        answers = (DeliveryKind.REPLY, DeliveryKind.THREAD)
        found = [
            row
            for errand in answers
            for row in self._all(queries.ANSWERED_LATELY, {"errand": errand.value, "most": limit})
        ]
        return [row.question for row in sorted(found, key=lambda row: -row.id)[:limit]]

    def posted_for(self, questions: Collection[str]) -> Mapping[str, Collection[str]]:
        """Ids of all posts that the ledger knows to have gone out for each of these questions."""
        found: dict[str, set[str]] = {}
        given = {"questions": texts(self._dialect, questions)}
        for question, column in self._all(queries.POSTED_FOR[self._dialect], given) if questions else ():
            found.setdefault(question, set()).update(column.split())
        return found

    def posted(self, question: str) -> Collection[str]:
        """Ids of all posts that the ledger knows to have gone out for this question."""
        return {one for (column,) in self._all(queries.POSTED, {"question": question}) for one in column.split()}


def as_left(rows: Sequence[Delivery]) -> dict[str, list[Any]]:
    """What tells whether these rows are still as they were read, as arrays."""
    return {
        "deliveries": [row.id for row in rows],
        "states": [row.state.value for row in rows],
        "attempts": [row.attempts for row in rows],
        "dones": [columns.listed(row.done) for row in rows],
    }


def _new(key: str, errand: DeliveryKind, question: str, subject: str, at: datetime) -> dict[str, Any]:
    """The row of something that is to be sent, without words."""
    row: dict[str, Any] = {"key": key, "errand": errand.value, "question": question, "subject": subject}
    row |= {"text": "", "state": DeliveryState.READY.value, "attempts": 0, "created_at": at, "updated_at": at}
    return row | {"remote_id": "", "error": "", "trouble": None, "target": ""}
