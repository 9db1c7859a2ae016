"""What can be read and written in one transaction; `twelp.ports.Tx` says what each method promises."""

from __future__ import annotations

from twelp.adapters.store.answers import AnswerTx
from twelp.adapters.store.crises import CrisisTx
from twelp.adapters.store.erasing import ErasingTx
from twelp.adapters.store.figures import FigureTx
from twelp.adapters.store.halts import HaltTx
from twelp.adapters.store.history import HistoryTx
from twelp.adapters.store.jobs import JobTx, RunTx, SharingTx
from twelp.adapters.store.journal import JournalTx, LessonTx
from twelp.adapters.store.lists import ListTx
from twelp.adapters.store.matters import MatterTx
from twelp.adapters.store.outbox import OutboxTx
from twelp.adapters.store.privates import PrivateTx
from twelp.adapters.store.questions import PostTx
from twelp.adapters.store.repeats import RepeatTx
from twelp.adapters.store.roster_file import RosterFileTx
from twelp.adapters.store.shared import SharedTx
from twelp.adapters.store.storms import StormTx
from twelp.adapters.store.volunteers import LeftAloneTx, VolunteerTx


class SqlTx(
    PostTx,
    RepeatTx,
    AnswerTx,
    ListTx,
    HistoryTx,
    OutboxTx,
    JournalTx,
    LessonTx,
    LeftAloneTx,
    VolunteerTx,
    JobTx,
    RunTx,
    SharingTx,
    FigureTx,
    RosterFileTx,
    ErasingTx,
    HaltTx,
    CrisisTx,
    MatterTx,
    SharedTx,
    StormTx,
    PrivateTx,
):
    """One transaction; see `twelp.ports.Tx` for what each method promises."""
