"""Signs of life of processes that share a queue, by the database's clock; and the end of those who give none."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from twelp.engine.complaints import Complaints
from twelp.errors import StoreError
from twelp.ports.queue import OWNER_PREFIX, QueueStore

log = logging.getLogger("twelp.engine")

BEAT = timedelta(seconds=5)
DEAD_AFTER = timedelta(seconds=30)
_HEAR_AGAIN_S = 5.0


class Living:
    """One process's beat. It is believed to live for 30 s after its last one; then others take over its jobs.

    Args:
        store: where the queue is.
        name: this process's among all.
        complaints: told when a beat fails.
        news: called once there may be jobs to take.
        lost: called when others may have taken over what we had.
    """

    def __init__(
        self,
        store: QueueStore,
        name: str,
        complaints: Complaints,
        *,
        news: Callable[[], None],
        lost: Callable[[], None],
    ) -> None:
        self._store = store
        self._name = name
        self._complaints = complaints
        self._news = news
        self._lost = lost
        self._sure_until = 0.0
        self._ears: threading.Thread | None = None

    @property
    def begun(self) -> bool:
        """Whether this process runs jobs."""
        return self._sure_until > 0

    @property
    def sure(self) -> bool:
        """Whether nobody can have taken over what we have."""
        return time.monotonic() <= self._sure_until

    def start(self, stop: threading.Event) -> list[threading.Thread]:
        """Tells the others that we live, from now on, and listens to them; a thread to be started."""
        self.beat()
        self._ears = threading.Thread(target=self._listen, args=(stop,), name="engine-ears", daemon=True)
        self._ears.start()
        return [threading.Thread(target=self._beats, args=(stop,), name="engine-beat", daemon=True)]

    def end(self) -> None:
        """Listens no more; called last."""
        if self._ears is not None:
            self._ears.join(timeout=2)

    def _beats(self, stop: threading.Event) -> None:
        """Beats until stopped, and takes over what the dead left."""
        sure_at = 0.0
        while not stop.wait(BEAT.total_seconds()):
            try:
                self.beat()
                if time.monotonic() >= sure_at:
                    self.take_over()
            except Exception as error:
                sure_at = time.monotonic() + 3 * BEAT.total_seconds()  # the others could not beat either
                self._complaints.tell("beat", f"next in {BEAT.total_seconds():.0f} s", error)

    def beat(self) -> None:
        """Tells the others that we live."""
        at = time.monotonic()
        with self._store.at_once() as tx:
            known = tx.beat(self._name)
        if self._sure_until and (not known or at > self._sure_until):
            self._lost()
        self._sure_until = at + DEAD_AFTER.total_seconds()

    def take_over(self) -> None:
        """Makes the jobs of those that are dead anybody's again."""
        with self._store.at_once() as tx:
            left = tx.take_over(DEAD_AFTER.total_seconds())
        for worker, unfinished in left.items():
            name = worker.removeprefix(OWNER_PREFIX)
            log.warning("worker %s is gone; took over its %d unfinished jobs", name, unfinished)
        if left:
            self._news()

    def _listen(self, stop: threading.Event) -> None:
        """Hears of jobs until stopped. Whoever does not hear finds them a little later."""
        while not stop.is_set():
            try:
                self._store.hear(stop, self._news, but=self._name)
            except StoreError as error:
                log.debug("calls are not heard for a moment (%s)", error)
            stop.wait(_HEAR_AGAIN_S)
