"""The sentence for a customer who waits: its words, and the timer after which it is offered."""

from __future__ import annotations

from typing import Protocol

from twelp.desk.context import Context
from twelp.flow import publish
from twelp.model import Delivery, DeliveryState, JournalStep, Question
from twelp.ports import JournalTx, OutboxTx
from twelp.ports.queue import JobsTx


class WordRows(OutboxTx, JournalTx, Protocol):
    """Rows that tell of the sentence."""


def line(ctx: Context[object], question: Question, person: str) -> str:
    """The sentence word for word, as it would go out from this person; empty where the roster has none."""
    found, author = ctx.roster.brand.waiting, ctx.roster.experts.get(person)
    return publish.compose(found.line, author.initials) if found is not None and author is not None else ""


def offer_later(ctx: Context[object], tx: JobsTx, question_id: str) -> None:
    """Sets the timer after which the sentence is offered, where the roster has one."""
    found = ctx.roster.brand.waiting
    if found is not None:
        ctx.enqueue(tx, "offer_word", f"offer_word:{question_id}", question_id, delay=found.after)


def key_of(question: Question, number: int = 1) -> str:
    """The key of the sentence in the outbox; `number`: of how many that a moderator pressed for, others taken back."""
    return f"word:{question.id}" if number == 1 else f"word:{question.id}:{number}"


def pressed(tx: WordRows, question: Question) -> tuple[int, Delivery | None]:
    """How often a moderator pressed for the sentence, and the row of the last of them in the outbox."""
    number = sum(1 for line in tx.trail(question.id) if line.step is JournalStep.WORD)
    return number, tx.keyed(key_of(question, number)) if number else None


def held(tx: WordRows, question: Question) -> Delivery | None:
    """The sentence that goes out in a moment, unless a moderator takes it back; None: none does."""
    row = pressed(tx, question)[1]
    return row if row is not None and row.state is DeliveryState.READY else None
