"""A lease has one holder: until it gives it up, or is silent for too long."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from twelp.adapters.store import Lease, SqlStore


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_lease_has_one_holder_until_it_gives_it_up_or_falls_silent(database_url: str):
    store = SqlStore(database_url)
    long, gone = timedelta(hours=1), timedelta(0)
    first, second = Lease(store, "listen:x", "one", lasts=long), Lease(store, "listen:x", "two", lasts=long)
    first._try()
    second._try()
    first._try()
    assert (first.held(), second.held()) == (True, False)
    first.stop()
    second._try()
    assert (first.held(), second.held()) == (False, True)
    silent = Lease(store, "listen:x", "two", lasts=gone)
    silent._try()
    first._try()
    assert (first.held(), silent.held()) == (True, False)
    store.close()


def test_on_sqlite_the_one_process_holds_every_lease(tmp_path: Path):
    store = SqlStore(f"sqlite:///{tmp_path / 'a.db'}")
    lease = Lease(store, "listen:x", "one")
    lease.start()
    assert lease.held()
    lease.stop()
    store.close()
