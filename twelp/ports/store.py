"""Where rows live, and one transaction over all of them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from twelp.ports.queue import JobsTx
from twelp.ports.rows import AnswersTx, AsksTx, JournalTx, OutboxTx, PeopleTx, PostsTx, QuestionsTx


class Tx(PostsTx, QuestionsTx, AsksTx, AnswersTx, OutboxTx, JournalTx, PeopleTx, JobsTx, Protocol):
    """One transaction. Reads see its own writes; nothing outside sees anything before it ends well."""


class Store(Protocol):
    """Where rows live."""

    def begin(self, *, durable: bool = True) -> AbstractContextManager[Tx]:
        """A transaction: commits at the end of the block, rolls back on any exception.

        `durable`: survives a power cut from the moment it commits. Without it, a power cut (not a killed process) may
        undo the last moments: for what can simply be done again.
        """

    def look(self) -> AbstractContextManager[Tx]:
        """A transaction that only reads and never stands in a writer's way."""
