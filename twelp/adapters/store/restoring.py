"""A database that was put back, from a backup or a snapshot, knows nothing of what was sent since that was taken.

So the hour at which it was put back is kept in it: what is older may have gone out already, and is looked for first.
"""

from __future__ import annotations

from datetime import datetime

from twelp.adapters.store.queries.house import RESTORED
from twelp.adapters.store.tx import SqlTx


def mark_restored(tx: SqlTx, at: datetime) -> None:
    """This database was put back at that hour."""
    tx.set_fact(RESTORED, at.isoformat())


def restored_at(tx: SqlTx) -> datetime | None:
    """When this database was put back the last time; None where it never was."""
    found = tx.fact(RESTORED)
    return None if found is None else datetime.fromisoformat(found)
