"""Only the newest of several things to do for the same window is done, one at a time.

Slack tells us about nearly every character somebody types. Were each shown, an older preview could arrive after a newer
one and stay. So while one preview is on its way, only the latest text waits; what it replaces is never worked on.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

_REMEMBERED: Final = 1_000


class LatestOnly:
    """Runs work per key, newest only. Methods may be called from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: set[str] = set()
        self._waiting: dict[str, Callable[[], None]] = {}
        self._orders: OrderedDict[str, float] = OrderedDict()

    def run(self, key: str, order: float, work: Callable[[], None]) -> None:
        """Does `work` now; or leaves it to the thread that is busy with `key`; or drops it when newer came before."""
        with self._lock:
            if order < self._orders.get(key, float("-inf")):
                return
            self._orders[key] = order
            self._orders.move_to_end(key)
            if len(self._orders) > _REMEMBERED:
                self._orders.popitem(last=False)
            if key in self._running:
                self._waiting[key] = work
                return
            self._running.add(key)
        self._until_none_waits(key, work)

    def _until_none_waits(self, key: str, work: Callable[[], None]) -> None:
        next_work: Callable[[], None] | None = work
        try:
            while next_work is not None:
                next_work()
                with self._lock:
                    next_work = self._waiting.pop(key, None)
                    if next_work is None:
                        self._running.discard(key)
        except BaseException:
            with self._lock:
                self._running.discard(key)
                self._waiting.pop(key, None)
            raise
