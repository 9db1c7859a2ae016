"""The sentence for a customer who waits: its words, and the timer after which it is offered."""

from __future__ import annotations

from twelp.desk.context import Context
from twelp.flow import publish
from twelp.model import Question
from twelp.ports.queue import JobsTx


def line(ctx: Context[object], question: Question, person: str) -> str:
    """The sentence word for word, as it would go out from this person; empty where the roster has none."""
    found, author = ctx.roster.brand.waiting, ctx.roster.experts.get(person)
    return publish.compose(found.line, author.initials) if found is not None and author is not None else ""


def offer_later(ctx: Context[object], tx: JobsTx, question_id: str) -> None:
    """Sets the timer after which the sentence is offered, where the roster has one."""
    found = ctx.roster.brand.waiting
    if found is not None:
        ctx.enqueue(tx, "offer_word", f"offer_word:{question_id}", question_id, delay=found.after)


def key_of(question: Question) -> str:
    """The key of the sentence in the outbox: one a question."""
    return f"word:{question.id}"
