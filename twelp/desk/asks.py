"""Asks: how a question comes before people: as a card, in one morning digest, or as a channel's card.

Rules: an ask that waited for somebody's quiet hours to end comes with the others that did, in one message. A topic's
channel sees a question only when people who were asked did not take it, and before any moderator is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any

from twelp.desk.cards import Cards
from twelp.desk.context import Context
from twelp.desk.records import Records
from twelp.desk.roll import Roll
from twelp.desk.rows import CardRows
from twelp.flow.dispatch import quiet
from twelp.model import (
    Ask,
    AskRole,
    AskState,
    Candidate,
    Card,
    CardState,
    DeliveryKind,
    DeliveryState,
    Expert,
    JournalStep,
    Question,
)
from twelp.ports.asks import NewAsk
from twelp.texts import reasons

_GATHERED = timedelta(minutes=2)
"""How long a morning's digest waits for whatever else waited for that morning."""

_OLD = timedelta(minutes=10)
"""A question younger than this did not wait for anybody's morning."""


class Asks:
    """One person or channel at a time."""

    def __init__(
        self,
        ctx: Context[CardRows],
        *,
        roll: Roll,
        cards: Cards,
    ) -> None:
        self._ctx = ctx
        self._roll = roll
        self._cards = cards

    def put_before(
        self, tx: CardRows, question: Question, found: Candidate, records: Records, *, unlimited: bool = False
    ) -> None:
        """Asks one person; `unlimited`: also beyond their budget, as they asked for it themselves."""
        self.put_all_before(tx, question, (found,), records, unlimited=unlimited)

    def put_all_before(
        self,
        tx: CardRows,
        question: Question,
        people: Iterable[Candidate],
        records: Records,
        *,
        unlimited: bool = False,
    ) -> None:
        """Asks several people."""
        asked = list(people)
        new = [self._new(tx, question, found, records, unlimited=unlimited) for found in asked]
        asks = tx.add_asks(question.id, new, wave=question.wave, at=self._ctx.clock.now())
        for found, ask in zip(asked, asks, strict=True):
            self._asked(tx, found, ask)
        self._send_cards(tx, question, [ask for ask in asks if ask.digest is None])

    def _new(self, tx: CardRows, question: Question, found: Candidate, records: Records, *, unlimited: bool) -> NewAsk:
        expert = self._roll.active(tx).experts.get(found.expert)
        if expert is not None:
            records.ask(expert, unlimited=unlimited or self._ctx.policy.unlimited)
        digest = None if unlimited else self._digest_for(tx, question, found.expert)
        return NewAsk(found.expert, AskRole.ANSWER, tuple(found.reasons), found.topic, digest)

    def _asked(self, tx: CardRows, found: Candidate, ask: Ask) -> None:
        who, wave, digest = self._ctx.name(ask.expert), f"wave {ask.wave}", ask.digest
        waited = "in the morning's digest" if digest is not None else ""
        detail = numbers(found)
        self._ctx.journal(tx, ask.question, "dispatch", JournalStep.ASK, who, wave, *ask.reasons, waited, detail=detail)
        if digest is not None:
            subject, delay = ask.expert, _GATHERED
            self._ctx.send(tx, DeliveryKind.DIGEST, digest, question="", subject=subject, to=subject, delay=delay)

    def _send_cards(self, tx: CardRows, question: Question, asks: Sequence[Ask]) -> None:
        cards = {f"card:{ask.id}:{question.version}": ask for ask in asks}
        self._ctx.send_cards(tx, DeliveryKind.CARD, cards, question=question.id)

    def _digest_for(self, tx: CardRows, question: Question, person: str) -> str | None:
        """The key of the digest this ask belongs into; None for one that did not wait or comes too late for it."""
        expert = self._roll.active(tx).experts.get(person)
        now = self._ctx.clock.now()
        if self._ctx.policy.unlimited or expert is None or now - question.opened_at < _OLD:
            return None
        if not _rested(expert, question):
            return None
        key = f"digest:{person}:{now.astimezone(expert.zone):%Y-%m-%d}"
        return key if tx.sent(key) in (None, DeliveryState.READY) else None

    def digest(self, tx: CardRows, key: str, *, unsent: bool = False) -> tuple[tuple[int, Card, int], ...]:
        """What a digest says at this moment: each of its asks, its card, and the version of the question it tells of.

        `unsent`: only what may still be answered; that is what is sent.
        """
        found = []
        for ask in tx.digest(key):
            shown = self._cards.card(tx, ask.id)
            if shown is None or ask.state is AskState.CLOSED:
                continue
            if shown[0].state in (CardState.ASKED, CardState.SAMPLE) if unsent else ask.sent:
                found.append((ask.id, *shown))
        return tuple(found)

    def digest_sent(self, tx: CardRows, key: str, sent: Collection[int]) -> None:
        """These of the digest's asks were sent; the others asked nobody."""
        for ask in tx.digest(key):
            if ask.id not in sent and not ask.sent:
                tx.set_ask(ask.id, state=AskState.CLOSED)

    def channel_of(self, tx: CardRows, question: Question) -> str | None:
        """The channel of the question's topic which has not seen it yet; None when there is none."""
        topic = self._ctx.roster.topics.get(question.topics[0].topic) if question.topics else None
        if topic is None or not topic.channel:
            return None
        seen = any(ask.role is AskRole.CHANNEL and ask.expert == topic.channel for ask in tx.asks(question.id))
        return None if seen else topic.channel

    def show_in(self, tx: CardRows, question: Question, channel: str) -> None:
        """Lets a channel see that nobody has taken the question yet."""
        asks = [ask for ask in tx.asks(question.id) if ask.role is AskRole.ANSWER and ask.state is not AskState.CLOSED]
        passed = sum(1 for ask in asks if ask.state is AskState.PASSED)
        why = (reasons.ASKED(count=len(asks)), reasons.PASSED(count=passed))
        now, wave = self._ctx.clock.now(), question.wave
        ask = tx.add_ask(question.id, channel, role=AskRole.CHANNEL, wave=wave, reasons=why, at=now)
        self._ctx.journal(tx, question.id, "dispatch", JournalStep.SHOWN, channel, *why)
        self._send_cards(tx, question, [ask])

    def asks(self, tx: CardRows, question_id: str) -> list[Ask]:
        """Who was asked to answer, oldest first; a card that was never sent asked nobody."""
        asks = tx.asks(question_id)
        return [ask for ask in asks if ask.role is AskRole.ANSWER and ask.state is not AskState.CLOSED]


def _rested(expert: Expert, question: Question) -> bool:
    """Whether the person was not to be asked when the question came."""
    opened_at = question.opened_at
    return quiet(expert, opened_at) or expert.away_until(opened_at) is not None


def numbers(found: Candidate) -> dict[str, Any]:
    """A candidate as the journal keeps it: what the score was the product of."""
    parts = {name: round(part, 4) for name, part in found.parts.items()}
    return {"expert": found.expert, "topic": found.topic or "", "score": round(found.score, 4), "parts": parts}
