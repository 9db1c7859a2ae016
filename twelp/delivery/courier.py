"""The courier takes one row and does what it asks for; the engine runs it, once a row at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from twelp import about
from twelp.delivery.ledger import REPEATABLE, Ledger, Turn
from twelp.delivery.looks import Looks
from twelp.delivery.messages import Messages, Shown
from twelp.delivery.posts import Posts
from twelp.desk.context import retry_on_conflict
from twelp.errors import RemoteError
from twelp.model import Delivery, Errand
from twelp.ports import Network, Tx, Workspace
from twelp.ports.last_moment import fresh_look


class Courier:
    """Sends outbox rows."""

    def __init__(self, ledger: Ledger, networks: Mapping[str, Network], workspace: Workspace, looks: Looks) -> None:
        self._ledger = ledger
        self._posts = Posts(ledger, networks, looks)
        self._messages = Messages(ledger, workspace)

    def jobs(self) -> dict[str, Callable[..., None]]:
        """What the engine may run here, by name."""
        return {"deliver": self.deliver, "likes": self._posts.likes}

    def deliver(self, delivery_id: int, errand: str = "") -> None:
        """Sends one row, or finds that it was sent, or says when to try again.

        The ledger: CALLING, on disk, before the call; what a card says is read in the same transaction.
        """
        begun = self._begun(delivery_id, errand)
        if begun is None:
            return
        turn, shown = begun
        about.enter(turn.row.question)  # from here on: log lines and traces of the call tell whose it is
        try:
            with fresh_look():
                self._send(turn, shown)
        except RemoteError as error:
            self._ledger.failed(turn, error)

    @retry_on_conflict
    def _begun(self, delivery_id: int, errand: str) -> tuple[Turn, Shown | None] | None:
        with self._ledger.store.look() if errand in REPEATABLE else self._ledger.store.begin() as tx:
            row = tx.delivery(delivery_id)
            if row is None:
                return None
            turn = self._ledger.begin(tx, row)
            return None if turn is None else (turn, self._shown(tx, turn.row))

    def _shown(self, tx: Tx, row: Delivery) -> Shown | None:
        """For a card: its ask, what it says at this moment, and the version of the question it tells of."""
        if row.errand not in (Errand.CARD, Errand.REFRESH):
            return None
        ask_id = int(row.subject)
        ask, shown = tx.ask(ask_id), self._ledger.desk.card(tx, ask_id, self._posts.intent(tx, row))
        return None if ask is None or shown is None else (ask, *shown)

    def _send(self, turn: Turn, shown: Shown | None) -> None:
        match turn.row.errand:
            case Errand.REPLY | Errand.THREAD:
                self._posts.post(turn)
            case Errand.DELETE | Errand.RECALL:
                self._posts.take_down(turn)
            case Errand.CARD:
                self._messages.card(turn, shown)
            case Errand.REFRESH:
                self._messages.refresh(turn.row, shown)
            case Errand.HOME:
                self._messages.home(turn.row)
            case Errand.INVITATION:
                self._messages.invitation(turn)
            case Errand.DIGEST:
                self._messages.digest(turn)
            case Errand.NOTE:
                self._messages.line(turn)
