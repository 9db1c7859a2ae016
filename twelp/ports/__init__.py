"""What the desk and delivery ask of the world. Each port is met by one adapter; tests use the same adapters."""

from twelp.ports.answers import AnswersTx
from twelp.ports.asks import AskedTx, AsksTx, PutBeforeTx, RecordsTx
from twelp.ports.clock import (
    Clock,
    Conflict,
)
from twelp.ports.crises import CrisesTx
from twelp.ports.jobs import (
    Jobs,
)
from twelp.ports.journal import FiguresTx, JournalTx, LessonChange, LessonsTx
from twelp.ports.network import (
    Edits,
    Limit,
    Network,
    OwnPost,
    Page,
    Presence,
    Searches,
    Seen,
)
from twelp.ports.outbox import OutboxTx, TogetherTx
from twelp.ports.people import LeftAloneTx, PeopleTx, ThanksTx
from twelp.ports.posts import ConversationsTx, PostsTx
from twelp.ports.private import Direct, DirectPage, PrivateLane, PrivateTx
from twelp.ports.questions import QuestionsTx, RepeatsTx, WaitingTx
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
    "CrisesTx",
    "Direct",
    "DirectPage",
    "Edits",
    "FiguresTx",
    "Jobs",
    "JournalTx",
    "LeftAloneTx",
    "LessonChange",
    "LessonsTx",
    "Limit",
    "Network",
    "OutboxTx",
    "OwnPost",
    "Page",
    "PeopleTx",
    "Place",
    "PostsTx",
    "Presence",
    "PrivateLane",
    "PrivateTx",
    "PutBeforeTx",
    "QuestionsTx",
    "RecordsTx",
    "RepeatsTx",
    "Searches",
    "Seen",
    "Store",
    "ThanksTx",
    "TogetherTx",
    "Tx",
    "WaitingTx",
    "Workspace",
]
