"""The phone bridge is told of each step of a crisis: by a durable job, tried again until it took it or it is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from twelp.model import CrisisState
from twelp.ports import Clock, CrisesTx, Store
from twelp.ports.phone import Phone


class Telephone:
    """Tells the bridge, where one is configured.

    Args:
        store: where the cases are.
        clock: the hour.
        bridge: the bridge; None: there is none, and what was to be told of is dropped.
    """

    def __init__(self, store: Store[CrisesTx], clock: Clock, bridge: Phone | None) -> None:
        self._store = store
        self._clock = clock
        self._bridge = bridge

    def jobs(self) -> dict[str, Callable[..., None]]:
        """What the engine may run here, by name."""
        return {"phone": self.phone}

    def phone(self, question_id: str, opened_at: float, rung: int) -> None:
        """The step was taken: nothing is told where somebody has the case by now, or a later step was taken.

        What is told holds no words, names or ids of anybody: the kind, the step, since when, and a mark of the case.

        Raises:
            TryAgain: the bridge did not take it.
        """
        with self._store.read() as tx:
            crisis = tx.crisis(question_id)
        if self._bridge is None or crisis is None or crisis.state is not CrisisState.OPEN:
            return
        if crisis.opened_at != datetime.fromtimestamp(opened_at, UTC) or crisis.rung != rung + 1:
            return
        mark = blake2b(f"{question_id} {opened_at}".encode(), digest_size=8).hexdigest()
        minutes = int((self._clock.now() - crisis.opened_at) / timedelta(minutes=1))
        told: dict[str, str | int] = {
            "event": "crisis",
            "case": mark,
            "kind": crisis.kind.value,
            "step": rung + 1,
            "since": f"{crisis.opened_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "waiting_minutes": minutes,
        }
        self._bridge.ring(f"{mark}-{rung + 1}", told)
