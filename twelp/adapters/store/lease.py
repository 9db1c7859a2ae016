"""One of several processes at a time: a lease on something, that its holder renews and another takes once it ran out.

On Postgres a row in `twelp_house` says whose it is and until when, by the database's clock. A holder that could not
renew stops believing in its lease before anybody else may take it, also after it was stopped and thawed. On SQLite
there is one process, which holds every lease.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta
from typing import Final

from twelp.adapters.store.sql import SqlStore

log = logging.getLogger("twelp.store")

LASTS: Final = timedelta(seconds=20)


class Lease:
    """A lease that a thread tries to take and keeps renewing.

    Args:
        store: where it is written down.
        name: on what.
        owner: whose name; one word.
        lasts: how long after its holder's last sign of life another takes it; `LASTS` by default.
    """

    def __init__(self, store: SqlStore, name: str, owner: str, *, lasts: timedelta | None = None) -> None:
        self._store = store
        self._name, self._owner = f"lease:{name}", owner
        self._lasts_s = (LASTS if lasts is None else lasts).total_seconds()
        self._until = 0.0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def held(self) -> bool:
        """True while it is certainly ours."""
        return self._store.sqlite or time.monotonic() < self._until

    def start(self) -> None:
        """Begins to try."""
        if not self._store.sqlite:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Gives it up, so that the next one need not wait. May be called twice."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=5)
            self._thread = None
        if self.held() and not self._store.sqlite:
            self._until = 0.0
            try:
                with self._store.transaction(durable=False) as tx:
                    tx.let_lease_go(self._name, self._owner)
            except Exception as error:  # it runs out by itself
                log.warning("%s could not be given up (%s)", self._name, type(error).__name__)

    def _run(self) -> None:
        while True:
            before = self.held()
            try:
                self._try()
            except Exception as error:
                log.warning("%s could not be renewed (%s)", self._name, type(error).__name__)
            if self.held() != before:
                log.info("%s is %s", self._name, "lost" if before else "ours")
            if self._stop.wait(self._lasts_s / 4):
                return

    def _try(self) -> None:
        asked_at = time.monotonic()
        with self._store.transaction(durable=False) as tx:
            taken = tx.take_lease(self._name, self._owner, self._lasts_s)
        self._until = asked_at + 0.8 * self._lasts_s if taken else 0.0
