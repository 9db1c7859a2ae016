"""Storms; `twelp.ports.storms` says what each method promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import storms as queries
from twelp.model import Storm, StormState


class StormTx(Base):
    """The part of a transaction that is about storms."""

    def declare_storm(self, storm: Storm) -> bool:
        """A new storm; False (and nothing done) where its matter has one."""
        return self._add_once(queries.ADD, asdict(storm) | {"state": storm.state.value}) is not None

    def storm(self, matter: str) -> Storm | None:
        """The storm of a matter, or None."""
        row = self._first(queries.ONE, {"its_matter": matter})
        if row is None:
            return None
        return Storm(row.matter, StormState(row.state), row.declared_at, row.normal, row.closed_at, row.closed_by)

    def close_storm(self, matter: str, state: StormState, at: datetime, by: str | None = None) -> bool:
        """Closes a storm that is open."""
        closed = {"its_matter": matter, "state": state.value, "closed_at": at, "closed_by": by}
        return self._changed(queries.CLOSE, closed)

    def asked_at(self, lead: str, since: datetime, limit: int) -> Sequence[datetime]:
        """When those asked who joined a matter since then."""
        return self._values(queries.ASKED_AT, {"lead": lead, "since": since, "most": limit})
