"""The courier takes one row and does what it asks for; the engine runs it, once a row at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from twelp import about
from twelp.delivery.ledger import CARDS, REPEATABLE, Attempt, Ledger, LedgerRows
from twelp.delivery.looks import Looks
from twelp.delivery.messages import Messages, Shown
from twelp.delivery.pausing import Pauses
from twelp.delivery.posts import Posts
from twelp.delivery.privately import Privately
from twelp.delivery.together import Begun, Together
from twelp.desk.context import retry_on_conflict
from twelp.errors import RemoteError
from twelp.model import Delivery, DeliveryKind
from twelp.ports import Network, PrivateLane, Workspace
from twelp.ports.last_moment import fresh_look
from twelp.ports.queue import Ending, Job

_DRAWN_AGAIN: Final = 3
"""How often a card whose question moves while it is drawn is drawn again for the same row, before that ends."""


class Courier:
    """Sends outbox rows."""

    def __init__(
        self,
        ledger: Ledger,
        networks: Mapping[str, Network],
        workspace: Workspace,
        looks: Looks,
        lanes: Mapping[str, PrivateLane] = MappingProxyType({}),
    ) -> None:
        self._ledger = ledger
        self._posts = Posts(ledger, networks, looks)
        self._messages = Messages(ledger, workspace)
        self._privately = Privately(ledger, lanes, workspace)
        self._together = Together(ledger, self._shown)
        self._pauses = Pauses(ledger.store, ledger.desk)

    def jobs(self) -> dict[str, Callable[..., Ending | None]]:
        """What the engine may run here, by name."""
        return {"deliver": self.deliver, "likes": self._posts.likes}

    def begin_together(self, jobs: Sequence[Job]) -> None:
        """Begins the attempts of rows whose jobs were taken at once, as far as nothing else follows from it: one look
        at all of them, and CALLING for all. The others each begin by themselves."""
        self._together.begin([int(job.args[0]) for job in jobs if job.job == "deliver"])

    def deliver(self, delivery_id: int, errand: str = "") -> Ending | None:
        """Sends one row, or finds that it was sent, or says when to try again.

        The ledger: CALLING, on disk, before the call; what a card says is read right before that.
        """
        return self._deliver(delivery_id, errand, 0)

    def _deliver(self, delivery_id: int, errand: str, before: int) -> Ending | None:
        """`before`: how often this card was drawn for this row, and its question had moved by then."""
        begun = self._together.take(delivery_id) or self._begin(delivery_id, errand)
        if begun is None:
            return None
        attempt = begun.attempt
        about.enter(attempt.row.question)  # from here on: log lines and traces of the call tell whose it is
        try:
            with fresh_look(lambda: self._pauses.check(attempt.row), begun.looked_at):
                ending = self._send(attempt, begun.shown)
        except RemoteError as error:
            self._ledger.failed(attempt, error)
            return None
        if ending is None or attempt.row.errand is not DeliveryKind.REFRESH or before >= _DRAWN_AGAIN:
            return ending
        return replace(ending, otherwise=lambda: self._deliver(delivery_id, errand, before + 1))

    @retry_on_conflict
    def _begin(self, delivery_id: int, errand: str) -> Begun | None:
        looked_at = time.monotonic()
        with self._ledger.store.read() if errand in REPEATABLE else self._ledger.store.transaction() as tx:
            row = tx.delivery(delivery_id)
            if row is None:
                return None
            attempt = self._ledger.begin(tx, row)
            return None if attempt is None else Begun(attempt, self._shown(tx, attempt.row), looked_at)

    def _shown(self, tx: LedgerRows, row: Delivery) -> Shown | None:
        """For a card: its ask, what it says at this moment, and the version of the question it tells of."""
        if row.errand not in CARDS:
            return None
        ask_id = int(row.subject)
        ask, shown = tx.ask(ask_id), self._ledger.desk.card(tx, ask_id)
        return None if ask is None or shown is None else (ask, *shown)

    def _send(self, attempt: Attempt, shown: Shown | None) -> Ending | None:
        match attempt.row.errand:
            case DeliveryKind.REPLY | DeliveryKind.THREAD | DeliveryKind.WORD:
                self._posts.post(attempt)
            case DeliveryKind.EDIT:
                self._posts.edit(attempt)
            case DeliveryKind.DELETE | DeliveryKind.RECALL:
                self._posts.take_down(attempt)
            case DeliveryKind.CARD:
                return self._messages.card(attempt, shown)
            case DeliveryKind.REFRESH:
                return self._messages.refresh(attempt.row, shown)
            case DeliveryKind.HOME:
                self._messages.home(attempt.row)
            case DeliveryKind.INVITATION:
                self._messages.invitation(attempt)
            case DeliveryKind.DIGEST:
                self._messages.digest(attempt)
            case DeliveryKind.REDACT:
                self._messages.redact(attempt.row)
            case DeliveryKind.PRIVATE:
                self._privately.send(attempt)
            case DeliveryKind.PRIVATE_CARD:
                self._privately.card(attempt)
            case DeliveryKind.PRIVATE_REFRESH:
                self._privately.refresh(attempt.row)
            case DeliveryKind.NOTE:
                self._messages.line(attempt)
        return None
