"""What the desk and delivery ask of the world. Each port is met by one adapter; tests use the same adapters."""

from twelp.ports.answers import AnswersTx
from twelp.ports.asks import AskedTx, AsksTx, PutBeforeTx, RecordsTx
from twelp.ports.clock import (
    Clock,
    Conflict,
)
from twelp.ports.jobs import (
    Jobs,
)
from twelp.ports.journal import FiguresTx, JournalTx, LessonChange, LessonsTx
from twelp.ports.network import (
    Network,
    OwnPost,
    Page,
)
from twelp.ports.outbox import OutboxTx
from twelp.ports.people import PeopleTx, ThanksTx
from twelp.ports.posts import ConversationsTx, PostsTx
from twelp.ports.questions import QuestionsTx, WaitingTx
from twelp.ports.store import (
    Store,
    Tx,
)
from twelp.ports.workspace import (
    Accounts,
    Place,
    Workspace,
)

__all__ = [
    "Accounts",
    "AnswersTx",
    "AskedTx",
    "AsksTx",
    "Clock",
    "Conflict",
    "ConversationsTx",
    "FiguresTx",
    "Jobs",
    "JournalTx",
    "LessonChange",
    "LessonsTx",
    "Network",
    "OutboxTx",
    "OwnPost",
    "Page",
    "PeopleTx",
    "Place",
    "PostsTx",
    "PutBeforeTx",
    "QuestionsTx",
    "RecordsTx",
    "Store",
    "ThanksTx",
    "Tx",
    "WaitingTx",
    "Workspace",
]
