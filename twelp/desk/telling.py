"""A line of text for one person, and how it quotes a customer."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from twelp.desk.context import Context
from twelp.desk.rows import SendRows
from twelp.model import DeliveryKind, NoteKind, Post, Question
from twelp.texts import notes
from twelp.texts.phrase import Text

_QUOTED: Final = 200
"""Characters of a customer's words; all of them are a tap away."""


def tell(
    ctx: Context[object],
    tx: SendRows,
    person: str,
    key: str,
    text: str,
    *,
    question: str = "",
    delay: timedelta | None = None,
) -> None:
    """Sends the person this line, once by this key. `question`: the one that it is about."""
    ctx.send(tx, DeliveryKind.NOTE, key, question=question, subject=person, text=text, to=person, delay=delay)


def tell_of_post(
    ctx: Context[object], tx: SendRows, question: Question, person: str, post: Post, form: Text, *mark: object
) -> None:
    """Tells the person that the customer wrote this post; once, or once with each `mark`."""
    key = NoteKind.SINCE.key(post.key, *mark, person)
    said = {"who": customer(post), "words": quoted(post.own_text), "url": post.url}
    text = form(**{place: value for place, value in said.items() if place in form.places})
    tell(ctx, tx, person, key, text, question=question.id)


def quoted(text: str) -> str:
    """These words in one line, the first of them."""
    return " ".join(text.split())[:_QUOTED]


def customer(post: Post, unknown: str = notes.A_CUSTOMER_FIRST) -> str:
    """Whose post it is; `unknown` where the network did not tell."""
    return f"@{post.author.handle}" if post.author.handle else unknown
