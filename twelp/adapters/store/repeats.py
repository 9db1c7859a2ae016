"""What a customer asks again; `twelp.ports.RepeatsTx` says what each method promises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from twelp.adapters.store import columns, post_rows, rows
from twelp.adapters.store.outbox import OutboxTx
from twelp.adapters.store.queries import repeats
from twelp.model import Post, Question


class RepeatTx(OutboxTx):
    """The part of a transaction that is about customers who ask the same again."""

    def lately_of(self, network: str, author_id: str, since: datetime) -> Sequence[Question]:
        """A customer's latest questions; see the port."""
        found = self._all(repeats.LATELY, {"of_network": network, "of_author": author_id, "since": since})
        return [rows.question(row) for row in found]

    def joined_in(self, network: str, conversation: str, author_id: str) -> str | None:
        """The question that this author's posts of that conversation joined."""
        here = {"of_network": network, "of_author": author_id, "conversation": conversation}
        found: str | None = self._value(repeats.JOINED, here)
        return found

    def repeat_of(self, question: Question) -> Post | None:
        """The newest post that joined the question, and is not known to be gone."""
        row = self._first(repeats.REPEAT, {**_author(question), "question": question.id})
        return None if row is None else post_rows.post(row)

    def hand_over(self, former: Question, to: str, why: str) -> None:
        """Asks, texts that never went out, and posts of a question are another one's from now on."""
        self.write_gathered()
        but = former.id if self.posted(former.id) else ""
        self._do(repeats.POSTS_GO_OVER, {**_author(former), "former": former.id, "to": to, "but": but})
        self.hand_over_asks(former, to, why)

    def hand_over_asks(self, former: Question, to: str, why: str) -> None:
        """Asks, and texts that never went out, of a question are another one's from now on."""
        self.write_gathered()
        self._do(repeats.ASKS_GO_OVER, {"former": former.id, "question": to, "reasons": columns.said((why,))})
        self._do(repeats.TEXTS_GO_OVER, {"former": former.id, "of_turn": former.turn, "to": to})
        self._asks.clear()
        self._asks_of.clear()
        self._answers.clear()


def _author(question: Question) -> dict[str, Any]:
    return {"of_network": question.post.network, "of_author": question.post.author.id}
