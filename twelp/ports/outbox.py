"""The outbox, which is also the ledger, as rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from twelp.model import Delivery, DeliveryKind, DeliveryState, Trouble


class OutboxTx(Protocol):
    """The part of a transaction that is about the outbox."""

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
        """Adds an outbox row; None when that key is there already. `target`: the post that an answer replies to."""

    def add_cards(
        self, errand: DeliveryKind, subjects: Mapping[str, str], *, question: str, at: datetime
    ) -> Mapping[str, int]:
        """Adds outbox rows of a question's cards: key → ask. The row's id for each key that was not there already."""

    def refreshing(self, question: str, ask: int | None = None) -> set[str]:
        """Asks of the question (as text) whose card's refresh has not ended; holds those rows until this transaction
        does, so that a refresh that ends meanwhile looks at what this transaction changed. `ask`: only that one; who
        holds a refresh's row already may ask for no other's, or two would wait for each other."""

    def delivery(self, delivery_id: int) -> Delivery | None:
        """One outbox row."""

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
        """Compare-and-set on state, attempts and what is done; None: another worker was first.

        CALLING, and staying, count one attempt; READY with more `done` begins to count anew.
        """

    def sent(self, key: str) -> DeliveryState | None:
        """How far the delivery with this key has come; None when there is none. It stays so until this ends."""

    def keyed(self, key: str) -> Delivery | None:
        """The outbox row with this key."""

    def unfinished(self, question: str) -> Delivery | None:
        """The outbox row of the question's answer that is not over yet."""

    def answered_lately(self, limit: int) -> Sequence[str]:
        """The questions whose answers went out last, the latest first; some may not stand any more."""

    def posted_for(self, questions: Collection[str]) -> Mapping[str, Collection[str]]:
        """The same as `posted`, of several questions; those without a post are not in it."""

    def posted(self, question: str) -> Collection[str]:
        """Ids of all posts that the ledger knows to have gone out for this question, whatever became of them."""


class TogetherTx(Protocol):
    """The part of a transaction in which several outbox rows are begun at once."""

    def deliveries(self, ids: Collection[int]) -> Sequence[Delivery]:
        """These outbox rows; their questions and asks are read with them."""

    def call_deliveries(self, rows: Sequence[Delivery], at: datetime) -> Mapping[int, Delivery]:
        """These rows are CALLING, as by `set_delivery`, but for those that another worker has, or is at this moment."""
