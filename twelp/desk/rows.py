"""Which rows the steps touch that the parts of the desk share, from a line of the journal to asking people.

Each part says by such a protocol what it touches, and what those touch to whom it hands the transaction on: a step, and
rows of its own (`ClaimsRows`, `DraftsRows`). It knows nothing else of a transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from twelp.flow import lifecycle
from twelp.flow.lifecycle import Step
from twelp.model import Question, Stage
from twelp.ports import (
    AnswersTx,
    AskedTx,
    AsksTx,
    ConversationsTx,
    CrisesTx,
    JournalTx,
    OutboxTx,
    PeopleTx,
    PostsTx,
    PrivateTx,
    QuestionsTx,
    RecordsTx,
    ThanksTx,
    WaitingTx,
)
from twelp.ports.counts import CountsTx
from twelp.ports.halts import HaltsTx
from twelp.ports.matters import MattersTx, SharedTx
from twelp.ports.queue import JobsTx
from twelp.ports.storms import StormsTx

TO_VOLUNTEERS: Final = frozenset({Step.RELEASE, Step.LAPSE, Step.REOPEN, Step.RESTORE, Step.DISMISS})
"""What leads other questions to volunteers, or past everybody: a crisis goes back to the moderators."""


class JournalledRows(CountsTx, JobsTx, JournalTx, QuestionsTx, Protocol):
    """Rows that a line of the journal touches: what is counted is counted with it."""


class SendRows(JobsTx, OutboxTx, Protocol):
    """Rows that something to be sent touches: the outbox, and the job that sends it."""


class RefreshRows(SendRows, AsksTx, PeopleTx, Protocol):
    """Rows that drawing cards and people's own tabs anew touches."""


class StepRows(RefreshRows, JournalledRows, CrisesTx, MattersTx, SharedTx, Protocol):
    """Rows that a question's step touches: it may be a crisis, and others may have joined it."""


class CardRows(
    StepRows, AnswersTx, AskedTx, ConversationsTx, HaltsTx, PostsTx, PrivateTx, StormsTx, ThanksTx, WaitingTx, Protocol
):
    """Rows that a card touches: it says what is true of its question, what moderators paused, and whether its customer
    wrote privately."""


class AskingRows(CardRows, RecordsTx, Protocol):
    """Rows that asking people touches: their cards, and how they fared with what they were asked."""


def is_apart(tx: CrisesTx, question: Question) -> bool:
    """Whether only people may handle it, so that no volunteer is ever asked."""
    crisis = tx.crisis(question.id)
    return crisis is not None and crisis.is_apart


def timers_that_ended(before: Question, after: Question) -> Iterator[str]:
    """Keys of the timers that would find nothing to do after this step: those of a lease or a hold that is over, and
    all of a question that is. Whatever leads back sets its own anew."""
    if before.stage is not after.stage:
        if before.stage is Stage.CLAIMED:
            yield f"lapse:{before.id}"
        if before.stage is Stage.HELD:
            yield f"publish:{before.id}:{before.version}"
        if after.stage in lifecycle.FINAL | {Stage.CRISIS} and before.stage not in lifecycle.FINAL:
            yield from (f"give_up:{before.id}", f"widen:{before.id}:{before.wave}")
