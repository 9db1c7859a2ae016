"""What a round of the queue writes down of several jobs at once; `twelp.ports.queue` says what each method promises."""

from __future__ import annotations

from typing import Any

from twelp.adapters.store import columns
from twelp.adapters.store.base import Base
from twelp.adapters.store.outbox import as_left
from twelp.adapters.store.queries import asks, rounds
from twelp.adapters.store.queries import jobs as queries
from twelp.adapters.store.queries import shared_jobs as shared
from twelp.model import DeliveryState
from twelp.ports.queue import CardShown, Ends


class RoundTx(Base):
    """The part of a transaction in which jobs end."""

    def finish_jobs(self, owner: str, ends: Ends) -> None:
        """These are over, but for those that `ends` then tells."""
        if self._dialect == "sqlite":
            ends.left = [job_id for job_id, card in ends.shown.items() if not self._show(card)]
            over = [*ends.done, *(job_id for job_id in ends.shown if job_id not in ends.left)]
            self.do(queries.DONE, *({"its_id": job_id} for job_id in over))
        elif ends.shown:
            ends.left = ends.shown.keys() - set(self._values(rounds.FINISH, {**arrays(ends), "me": owner}))
        else:
            self._do(shared.DONE, {"ids": list(ends.done), "me": owner})

    def _show(self, card: CardShown) -> bool:
        """Writes one down, unless more follows from it."""
        row = card.delivery
        same = {"its_id": row.id, "its_state": row.state.value, "its_attempts": row.attempts}
        same |= {"its_done": columns.listed(row.done), "its_ask": card.ask, "its_version": card.version}
        now = {"state": DeliveryState.SENT.value, "remote_id": card.ts, "updated_at": card.at}
        if not self._changed(rounds.SENT, {**now, "error": "", "trouble": None, **same}):
            return False
        place = {"channel": card.channel, "ts": card.ts} if card.channel else {}
        self._do(asks.SET, {"its_id": card.ask, "shown": card.version, **place})
        return True


def arrays(ends: Ends) -> dict[str, Any]:
    """All of it, as one statement takes it."""
    cards = list(ends.shown.values())
    return {
        **as_left([card.delivery for card in cards]),
        "jobs": list(ends.shown),
        "asks": [card.ask for card in cards],
        "versions": [card.version for card in cards],
        "channels": [card.channel for card in cards],
        "tss": [card.ts for card in cards],
        "at": max((card.at for card in cards), default=None),
        "ids": list(ends.done),
    }
