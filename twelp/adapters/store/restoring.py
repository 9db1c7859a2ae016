"""A database that was put back, from a backup or a snapshot, knows nothing of what was sent since that was taken.

So the hour at which it was put back is kept in it: what is older may have gone out already, and is looked for first.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from twelp.adapters.store.tx import SqlTx

NAME: Final = "restored"

MARK: Final = (
    "INSERT INTO twelp_house (name, value) VALUES (:name, :value)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


def marked(at: datetime) -> dict[str, str]:
    """What goes into `MARK`."""
    return {"name": NAME, "value": at.isoformat()}


def restored_at(tx: SqlTx) -> datetime | None:
    """When this database was put back the last time; None where it never was."""
    found = tx.connection.execute(sa.text("SELECT value FROM twelp_house WHERE name = :name"), {"name": NAME}).scalar()
    return None if found is None else datetime.fromisoformat(found)
