"""The ledger between two workers; what one by itself promises is held by the stories."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.conftest import DrivenClock
from twelp.adapters.store import SqlStore
from twelp.delivery.ledger import Attempt, Ledger
from twelp.errors import InDoubt, Locked, RemoteError, TryAgain, WaitUntil
from twelp.model import Delivery, DeliveryKind, DeliveryState


class Desk:
    """Wants whatever is sent, at any hour."""

    def comes_too_late(self, *_: object) -> bool:
        return False

    def waits_until(self, *_: object) -> None:
        return None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whose_call_fails_after_another_took_the_row_over_leaves_it_to_them(
    database_url: str, clock: DrivenClock
) -> None:
    """It stood still before its call; the other is in the middle of theirs, which must be looked for first."""
    store, jobs = SqlStore(database_url), list[Any]()
    queue = cast(Any, SimpleNamespace(enqueue=lambda *given, **_: jobs.append(given[2])))
    ledger = Ledger(store, queue, clock, cast(Any, Desk()))
    with store.transaction() as tx:
        row_id = tx.add_delivery("n", DeliveryKind.NOTE, question="", subject="jo", pieces=["hello"], at=clock.now())

    def row() -> Delivery:
        with store.read() as tx:
            found = tx.delivery(row_id or 0)
        assert found is not None
        return found

    with store.transaction() as tx:
        mine = ledger.begin(tx, row())
    assert isinstance(mine, Attempt)
    with store.transaction() as tx:
        theirs = tx.set_delivery(row(), DeliveryState.CALLING, clock.now())
    for error in (TryAgain("no way there"), InDoubt("silence"), WaitUntil("too many", clock.now())):
        with pytest.raises(type(error)):
            ledger.failed(mine, error)
    with pytest.raises(TryAgain):
        ledger.piece_done(mine.row, "1", lambda *_: None)
    assert row() == theirs
    assert jobs == []
    ledger.failed(Attempt(row(), True, clock.now()), TryAgain("no way there"))
    assert row().state is DeliveryState.CALLING
    assert len(jobs) == 1
    store.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_trouble_is_told_once_however_it_is_worded_and_another_kind_anew(
    database_url: str, clock: DrivenClock
) -> None:
    store = SqlStore(database_url)
    queue = cast(Any, SimpleNamespace(enqueue=lambda *_, **__: None))
    ledger = Ledger(store, queue, clock, cast(Any, Desk()))
    with store.transaction() as tx:
        row_id = (
            tx.add_delivery("n", DeliveryKind.NOTE, question="x:1", subject="jo", pieces=["hello"], at=clock.now()) or 0
        )

    def fails(error: RemoteError) -> list[str]:
        with store.transaction() as tx:
            row = tx.delivery(row_id)
            attempt = ledger.begin(tx, row) if row is not None else None
        assert attempt is not None
        ledger.failed(attempt, error)
        with store.read() as tx:
            return [entry.step.value for entry in tx.trail("x:1")]

    assert fails(TryAgain("over the limit for 12 s")) == ["waits"]
    assert fails(TryAgain("over the limit for 13 s")) == ["waits"]
    assert fails(Locked("the token was revoked")) == ["waits", "stopped"]
    assert fails(TryAgain("over the limit for 12 s")) == ["waits", "stopped", "waits"]
    store.close()
