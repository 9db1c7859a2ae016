"""Where rows live, and one transaction over all of them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from twelp.ports.answers import AnswersTx
from twelp.ports.asks import AskedTx, AsksTx, PutBeforeTx, RecordsTx
from twelp.ports.counts import CountsTx
from twelp.ports.crises import CrisesTx
from twelp.ports.halts import HaltsTx
from twelp.ports.journal import FiguresTx, JournalTx, LessonsTx
from twelp.ports.matters import MattersTx, SharedTx
from twelp.ports.outbox import OutboxTx, TogetherTx
from twelp.ports.people import LeftAloneTx, PeopleTx, ThanksTx
from twelp.ports.posts import ConversationsTx, ErasingTx, PostsTx
from twelp.ports.private import PrivateTx
from twelp.ports.questions import QuestionsTx, RepeatsTx, WaitingTx
from twelp.ports.queue import JobsTx
from twelp.ports.roster_file import RosterFileTx
from twelp.ports.storms import StormsTx


class Tx(
    PostsTx,
    ConversationsTx,
    ErasingTx,
    QuestionsTx,
    RepeatsTx,
    WaitingTx,
    AsksTx,
    AskedTx,
    RecordsTx,
    PutBeforeTx,
    AnswersTx,
    OutboxTx,
    TogetherTx,
    JournalTx,
    FiguresTx,
    LessonsTx,
    PeopleTx,
    LeftAloneTx,
    ThanksTx,
    JobsTx,
    CountsTx,
    HaltsTx,
    CrisesTx,
    MattersTx,
    SharedTx,
    StormsTx,
    PrivateTx,
    RosterFileTx,
    Protocol,
):
    """One transaction. Reads see its own writes; nothing outside sees anything before it ends well."""


Rows_co = TypeVar("Rows_co", covariant=True)


class Store(Protocol[Rows_co]):
    """Where rows live. `Store[PostsTx]` is all that somebody needs who touches posts only."""

    def transaction(self, *, durable: bool = True) -> AbstractContextManager[Rows_co]:
        """A transaction: commits at the end of the block, rolls back on any exception.

        `durable`: survives a power cut from the moment it commits. Without it, a power cut (not a killed process) may
        undo the last moments: for what can simply be done again.
        """

    def at_once(self) -> AbstractContextManager[Rows_co]:
        """Each statement is a transaction of its own, where several processes share the rows: for what is one
        statement, which nobody can then leave half done. A power cut may undo the last moments."""

    def read(self) -> AbstractContextManager[Rows_co]:
        """A transaction that only reads and never stands in a writer's way."""
