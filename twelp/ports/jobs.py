"""Jobs that run once a transaction has committed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Protocol

from twelp.ports.store import Tx


class Later(Protocol):
    """Jobs that will run once this transaction has committed, at least once each, surviving restarts."""

    def __call__(
        self,
        tx: Tx,
        job: str,
        key: str,
        *args: Any,
        queue: str = "house",
        delay: timedelta | None = None,
        partition: str | None = None,
    ) -> None:
        """Enqueues `job(*args)` inside `tx`. `key` is its name in logs; each call makes a job of its own."""
