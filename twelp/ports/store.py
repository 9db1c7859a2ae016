"""Where rows live, and one transaction over all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from twelp.ports.rows import AnswersTx, AsksTx, JournalTx, OutboxTx, PeopleTx, PostsTx, QuestionsTx


class Tx(PostsTx, QuestionsTx, AsksTx, AnswersTx, OutboxTx, JournalTx, PeopleTx, Protocol):
    """One transaction. Reads see its own writes; nothing outside sees anything before it ends well."""

    connection: Any
    """SQLAlchemy's own connection, for statements that are made as they are needed."""

    def rows(self, statement: Any, params: Mapping[str, Any]) -> Sequence[Any]:
        """What a statement finds, which lives as long as the module it stands in."""

    def do(self, statement: Any, *params: Mapping[str, Any]) -> int:
        """Runs such a statement, once for each `params`; how many rows it met."""

    def gather(self, insert: Any, row: Mapping[str, Any]) -> None:
        """Writes a row right before the commit, together with all others of the same insert statement.

        `Jobs` writes its jobs so: rows and jobs stand or fall together.
        """

    def drop_gathered(self, insert: Any, unwanted: Callable[[Mapping[str, Any]], bool]) -> Sequence[Mapping[str, Any]]:
        """Takes back what was gathered for this insert statement and is not wanted; the rows that were."""

    def after(self, act: Callable[[], None]) -> None:
        """Does this once the transaction has committed, on the same thread; not when it does not."""


class Store(Protocol):
    """Where rows live."""

    def begin(self, *, durable: bool = True) -> AbstractContextManager[Tx]:
        """A transaction: commits at the end of the block, rolls back on any exception.

        `durable`: survives a power cut from the moment it commits. Without it, a power cut (not a killed process) may
        undo the last moments: for what can simply be done again.
        """

    def look(self) -> AbstractContextManager[Tx]:
        """A transaction that only reads and never stands in a writer's way."""
