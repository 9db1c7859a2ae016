"""What grows is kept for a time: lines of the journal, outbox rows that are done, ids of events.

Looked through once a day, in small bites. Nothing of a question that is under way is touched, nor what is still to be
sent, nor the rows that prove what was published. Posts, questions, asks, answers and lessons stay: they are what keeps
a post from being heard twice and what matching learns from. The engine's own rows go as soon as their jobs are done.

The job sets itself anew; a row in `twelp_house` names the one that counts, so that there is one, however many
processes start.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from twelp.adapters.store import files
from twelp.adapters.store.queries.stages import UNDER_WAY
from twelp.adapters.store.sql import SqlStore
from twelp.adapters.store.tables import DeliveryRow, EventRow, HouseRow, JournalRow, QuestionRow
from twelp.adapters.store.tx import SqlTx
from twelp.model import PUBLIC_DELIVERIES, DeliveryKind, DeliveryState
from twelp.ports import Clock, Jobs

log = logging.getLogger("twelp.store")

BITE: Final = 1_000
"""Rows looked at in one transaction."""

EVERY: Final = timedelta(days=1)
_BREATH: Final = timedelta(seconds=1)
_FIRST: Final = timedelta(minutes=10)
_NAME: Final = "sweep"

_PASSING = [errand.value for errand in DeliveryKind if errand not in PUBLIC_DELIVERIES]
_DONE = [state.value for state in (DeliveryState.SENT, DeliveryState.FAILED)]


def _table(row: Any) -> sa.Table:
    found: sa.Table = row.__table__
    return found


_house, _question, _event = _table(HouseRow), _table(QuestionRow), _table(EventRow)
_journal, _delivery = _table(JournalRow), _table(DeliveryRow)


@dataclass(frozen=True, slots=True)
class Keep:
    """For how long what is kept."""

    journal: timedelta
    deliveries: timedelta
    events: timedelta


class Keeper:
    """Housekeeping, as a job of the engine.

    Args:
        store: the rows.
        jobs: takes the next bite.
        clock: the hour.
        keep: for how long.
    """

    def __init__(self, store: SqlStore, jobs: Jobs, clock: Clock, keep: Keep) -> None:
        self._store = store
        self._jobs = jobs
        self._clock = clock
        self._keep = keep

    def jobs(self) -> dict[str, Callable[..., None]]:
        """What the engine may run here, by name."""
        return {"sweep": self.sweep}

    def begin(self) -> None:
        """Sets the job, unless it is set already."""
        now = self._clock.now()
        with self._store.transaction(durable=False) as tx:
            turn = self._turn(tx)
            if turn is None or datetime.fromisoformat(turn) + EVERY < now:
                self._set(tx, turn, _FIRST)

    def sweep(self, turn: str, journal: int = 0, deliveries: int = 0) -> None:
        """One bite of each table, from these row numbers on; then sets itself anew.

        Args:
            turn: which of all sweeps that were ever set this is; only the latest counts.
            journal: lines up to this number were looked at.
            deliveries: rows up to this number, likewise.
        """
        now = self._clock.now()
        with self._store.transaction(durable=False) as tx:
            if self._turn(tx) != turn:
                return
            read_to = _sweep_journal(tx, journal, now - self._keep.journal)
            sent_to = _sweep_deliveries(tx, deliveries, now - self._keep.deliveries)
            events = _sweep_events(tx, now - self._keep.events)
            over = read_to is None and sent_to is None and events < BITE
            places = (journal if read_to is None else read_to, deliveries if sent_to is None else sent_to)
            self._set(tx, turn, EVERY if over else _BREATH, *(() if over else places))
        if over:
            self._tidy()

    def _tidy(self) -> None:
        """Gives room back to the disk, a bit at a time, and looks whether the file is whole."""
        if not self._store.sqlite:
            return
        files.give_back(self._store.path)
        if found := files.mistakes(self._store.path):
            log.error("database %s is damaged (%s); see docs/operations.md", self._store.path, found[0])

    def _turn(self, tx: SqlTx) -> str | None:
        found: str | None = tx.connection.execute(sa.select(_house.c.value).where(_house.c.name == _NAME)).scalar()
        return found

    def _set(self, tx: SqlTx, former: str | None, delay: timedelta, *places: int) -> None:
        turn = (self._clock.now() + delay).isoformat()
        if former is None:
            insert = sqlite.insert if self._store.sqlite else postgresql.insert
            mine: Any = insert(_house).values(name=_NAME, value=turn).on_conflict_do_nothing()
        else:
            mine = sa.update(_house).where(_house.c.name == _NAME, _house.c.value == former).values(value=turn)
        if not tx.connection.execute(mine).rowcount:
            return  # another process set it at this moment
        self._jobs.enqueue(tx, "sweep", f"sweep:{turn}", turn, *places, delay=delay)


def _sweep_journal(tx: SqlTx, after: int, before: datetime) -> int | None:
    """The last number looked at; None once what follows is young."""
    window = sa.select(_journal.c.id, _journal.c.at, _journal.c.subject).where(_journal.c.id > after)
    found = tx.connection.execute(window.order_by(_journal.c.id).limit(BITE)).all()
    old = [row for row in found if row.at < before]
    busy = _under_way(tx, {row.subject for row in old})
    _delete(tx, _journal, [row.id for row in old if row.subject not in busy])
    return old[-1].id if len(old) == BITE else None


def _sweep_deliveries(tx: SqlTx, after: int, before: datetime) -> int | None:
    """The last number looked at; None once what follows is young. What proves is not even read: it only grows."""
    d = _delivery.c
    window = sa.select(d.id, d.created_at, d.updated_at, d.question, d.state).order_by(d.errand, d.id).limit(BITE)
    found: list[Any] = []
    for errand in _PASSING:  # one after the other and from a place on, so that only their index has them in order
        here = sa.tuple_(d.errand, d.id) > sa.tuple_(sa.literal(errand), sa.literal(after))
        found += tx.connection.execute(window.where(here, d.errand <= errand)).all()
    found = sorted(found, key=lambda row: row.id)[:BITE]
    old = [row for row in found if row.created_at < before]
    done = [row for row in old if row.state in _DONE and row.updated_at < before]
    busy = _under_way(tx, {row.question for row in done})
    _delete(tx, _delivery, [row.id for row in done if row.question not in busy])
    return old[-1].id if len(old) == BITE else None


def _sweep_events(tx: SqlTx, before: datetime) -> int:
    old = sa.select(_event.c.id).where(_event.c.at < before).limit(BITE)
    return int(tx.connection.execute(sa.delete(_event).where(_event.c.id.in_(old))).rowcount)


def _under_way(tx: SqlTx, questions: set[str]) -> set[str]:
    wanted = sa.select(_question.c.id).where(_question.c.id.in_(questions), _question.c.stage.in_(UNDER_WAY))
    return set(tx.connection.execute(wanted).scalars()) if questions else set()


def _delete(tx: SqlTx, table: sa.Table, ids: list[int]) -> None:
    if ids:
        tx.connection.execute(sa.delete(table).where(table.c.id.in_(ids)))
