"""The look right before a call whether a moderator has paused what it is about."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import inf
from typing import Final

from twelp.delivery.ledger import LedgerRows
from twelp.delivery.wanted import pausable
from twelp.desk import Desk
from twelp.errors import Halted
from twelp.model import Delivery
from twelp.ports import Store

_HOLDS_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class Calm:
    """Nothing was paused at a moment: the next calls need not look, for a fifth of a second, unless somebody pauses
    something here.

    Attributes:
        since: that moment, by the steady clock.
        paused_here: how often something had been paused in this process until then.
    """

    since: float
    paused_here: int

    def holds(self, paused_here: int) -> bool:
        """Whether that may still be relied on."""
        return paused_here == self.paused_here and time.monotonic() - self.since < _HOLDS_S


class Pauses:
    """Looks right before each call whether a moderator has paused what it is about, in any process."""

    def __init__(self, store: Store[LedgerRows], desk: Desk) -> None:
        self._store = store
        self._desk = desk
        self._calm = Calm(-inf, 0)

    def check(self, row: Delivery) -> None:
        """To be called right before the row's call is made.

        Raises:
            Halted: a moderator has paused what it is about.
        """
        paused_here, looked_at = self._desk.context.paused_here, time.monotonic()
        if self._calm.holds(paused_here):
            return
        with self._store.read() as tx:
            if not tx.halts():
                self._calm = Calm(looked_at, paused_here)
            elif pausable(tx, row) and self._desk.paused(tx, tx.question(row.question)):
                raise Halted(f"{row.key} is paused")
