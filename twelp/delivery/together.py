"""Attempts that begin together: of rows whose jobs were taken at once, one look at all, and CALLING for all.

Only where nothing else follows from the look; the others each begin by themselves, as the ledger says.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from twelp.delivery.ledger import ANSWERS, CARDS, REPEATABLE, Attempt, Ledger, LedgerRows
from twelp.delivery.messages import Shown
from twelp.delivery.wanted import is_wanted, pausable
from twelp.model import Delivery, DeliveryKind, DeliveryState
from twelp.ports.last_moment import FRESH_S


@dataclass(frozen=True, slots=True)
class Begun:
    """An attempt that has begun, what a card says, and when that was looked at, by the steady clock."""

    attempt: Attempt
    shown: Shown | None
    looked_at: float

    @property
    def is_fresh(self) -> bool:
        """Whether a call may be made on the strength of that look; nobody else has the row until then."""
        return time.monotonic() - self.looked_at < FRESH_S


class Together:
    """Attempts that have begun, and whose jobs run in a moment. Safe to use from several threads.

    Args:
        ledger: where the rows are.
        shown: what a row's card says at this moment.
    """

    def __init__(self, ledger: Ledger, shown: Callable[[LedgerRows, Delivery], Shown | None]) -> None:
        self._ledger = ledger
        self._shown = shown
        self._guard = threading.Lock()
        self._begun: dict[int, Begun] = {}

    def begin(self, ids: Collection[int]) -> None:
        """Begins the next attempts of these rows, as far as that is plain."""
        with self._guard:
            self._begun = {number: one for number, one in self._begun.items() if one.is_fresh and number not in ids}
        if not ids:
            return
        looked_at = time.monotonic()
        with self._ledger.store.at_once() as tx:
            plain = [row for row in tx.deliveries(ids) if self._is_plain(tx, row)]
            tx.read_answers({row.question for row in plain if row.errand in CARDS})
            shown = {row.id: self._shown(tx, row) for row in plain}
            attempts = self._attempts(tx, plain)
        begun = {number: Begun(attempt, shown[number], looked_at) for number, attempt in attempts.items()}
        with self._guard:
            self._begun.update(begun)

    def take(self, delivery_id: int) -> Begun | None:
        """The row's attempt, if it has begun a moment ago; once."""
        with self._guard:
            found = self._begun.pop(delivery_id, None)
        return found if found is not None and found.is_fresh else None

    def _is_plain(self, tx: LedgerRows, row: Delivery) -> bool:
        """Whether its attempt begins by nothing but its being CALLING, or by nothing at all."""
        if row.state is not DeliveryState.READY:
            return False
        if row.errand in REPEATABLE:
            return True
        if row.errand in ANSWERS:
            if row.attempts:
                return False
        elif row.errand is not DeliveryKind.CARD or not self._ledger.desk.may_be_asked(tx, int(row.subject)):
            return False
        if not is_wanted(tx, row):
            return False
        return not (pausable(tx, row) and self._ledger.desk.paused(tx, tx.question(row.question)))

    def _attempts(self, tx: LedgerRows, rows: Sequence[Delivery]) -> Mapping[int, Attempt]:
        """By their rows' numbers; of a row that another worker has, or is just changing, none begins."""
        now = self._ledger.clock.now()
        doubt = {row.id: self._ledger.may_be_sent(tx, row) for row in rows if row.errand not in REPEATABLE}
        begun = {row.id: Attempt(row, False, now) for row in rows if row.errand in REPEATABLE}
        called = tx.call_deliveries([row for row in rows if row.id in doubt], now) if doubt else {}
        for number, row in called.items():
            begun[number] = Attempt(row, doubt[number], now, tx.question(row.question))
        return begun
