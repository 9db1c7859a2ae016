"""Asks; `twelp.ports.Tx` says what each method promises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from twelp.adapters.store import columns, rows
from twelp.adapters.store.counting import CountingTx
from twelp.adapters.store.queries import asks
from twelp.model import Ask, AskRole, AskState
from twelp.ports import Place
from twelp.ports.asks import NewAsk


class AskTx(CountingTx):
    """The part of a transaction that is about who was asked."""

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
        new = NewAsk(expert, role, tuple(reasons), topic, digest)
        return self.add_asks(question, (new,), wave=wave, at=at)[0]

    def add_asks(self, question: str, new: Sequence[NewAsk], *, wave: int, at: datetime) -> Sequence[Ask]:
        """Puts the question before several experts."""
        same = {"question": question, "wave": wave, "state": AskState.OPEN.value, "created_at": at}
        same |= {"channel": "", "ts": "", "shown": -1}
        each: list[dict[str, Any]] = [
            {
                **same,
                "expert": ask.expert,
                "role": ask.role.value,
                "reasons": columns.said(ask.reasons),
                "topic": ask.topic or "",
                "digest": ask.digest or "",
            }
            for ask in new
        ]
        found = {(row.expert, row.role): row for row in self._each(asks.ADD[self._dialect], each)}
        return [self._added(question, ask, found.get((ask.expert, ask.role.value)), wave, at) for ask in new]

    def _added(self, question: str, new: NewAsk, row: Any, wave: int, at: datetime) -> Ask:
        if row is None:
            raise LookupError(f"{new.expert} was asked about {question} already")
        ask = self._asks[row.id] = Ask(
            id=row.id,
            question=question,
            expert=new.expert,
            role=new.role,
            wave=wave,
            state=AskState.OPEN,
            reasons=new.reasons,
            created_at=at,
            channel=row.channel,
            ts=row.ts,
            shown=row.shown,
            topic=new.topic,
            digest=new.digest,
        )
        known = self._asks_of.get(question)
        if known is not None and ask.id not in known:
            self._asks_of[question] = sorted((*known, ask.id))
        return ask

    def _met(self, row: Any) -> Ask:
        known = self._asks[row.id] = rows.ask(row)
        return known

    def asks(self, question_id: str) -> Sequence[Ask]:
        """All asks of a question, oldest first."""
        known = self._asks_of.get(question_id)
        if known is not None and all(number in self._asks for number in known):
            return [self._asks[number] for number in known]
        read = self._all(asks.OF_QUESTION, {"question": question_id})
        self._home_at.update((row.expert, row.home_at) for row in read)
        found = [self._met(row) for row in read]
        self._asks_of[question_id] = [ask.id for ask in found]
        return found

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
