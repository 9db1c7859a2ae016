"""Storms as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from twelp.model import Storm, StormState


class StormsTx(Protocol):
    """The part of a transaction that is about storms."""

    def declare_storm(self, storm: Storm) -> bool:
        """A new storm; False (and nothing done) where its matter has one, though another worker made it this moment."""

    def storm(self, matter: str) -> Storm | None:
        """The storm of a matter, by the question that leads it; None: there is none."""

    def close_storm(self, matter: str, state: StormState, at: datetime, by: str | None = None) -> bool:
        """Closes a storm that is open; False: somebody was first."""

    def asked_at(self, lead: str, since: datetime, limit: int) -> Sequence[datetime]:
        """When those asked who joined a matter since then, the newest first, `limit` at most."""
