"""What the desk and delivery ask of the world. Each port is met by one adapter; tests use the same adapters."""

from twelp.ports.clock import (
    Clock,
    Conflict,
)
from twelp.ports.jobs import (
    Jobs,
)
from twelp.ports.network import (
    Network,
    OwnPost,
    Page,
)
from twelp.ports.rows import (
    AnswersTx,
    AsksTx,
    JournalTx,
    LessonChange,
    OutboxTx,
    PeopleTx,
    PostsTx,
    QuestionsTx,
)
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
    "AsksTx",
    "Clock",
    "Conflict",
    "Jobs",
    "JournalTx",
    "LessonChange",
    "Network",
    "OutboxTx",
    "OwnPost",
    "Page",
    "PeopleTx",
    "Place",
    "PostsTx",
    "QuestionsTx",
    "Store",
    "Tx",
    "Workspace",
]
