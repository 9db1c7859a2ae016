"""A look at something that may never answer, for people who want to know now.

A database can hang without being gone: a server that stands still, a disk that does, a machine whose kernel alone
acknowledges. So whoever asks how things are waits a moment at most. One look is under way at a time, however many ask:
who comes while it is joins it, and hears at once that there is no answer when it has taken too long already.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Final, Generic, TypeVar

from twelp.errors import StoreError

PATIENCE_S: Final = 2.5
"""How long a look is waited for, counted from its beginning."""

T = TypeVar("T")


class Bounded(Generic[T]):
    """Looks in a thread of its own. Safe to use from several threads.

    Args:
        look: what is looked at; never called twice at the same time.
    """

    def __init__(self, look: Callable[[], T]) -> None:
        self._look = look
        self._lock = threading.Lock()
        self._under_way: Future[T] | None = None
        self._began = 0.0

    def take(self) -> T:
        """What was found, or what the look raised.

        Raises:
            StoreError: `away`: nothing was found in time.
        """
        with self._lock:
            if self._under_way is None or self._under_way.done():
                begun: Future[T] = Future()
                threading.Thread(target=self._run, args=(begun,), name="glance", daemon=True).start()
                self._under_way, self._began = begun, time.monotonic()
            looking, began = self._under_way, self._began
        wait([looking], max(0.0, began + PATIENCE_S - time.monotonic()))
        if not looking.done():
            raise StoreError(f"the database has not answered for {time.monotonic() - began:.0f} s", away=True)
        return looking.result()

    def _run(self, looking: Future[T]) -> None:
        try:
            looking.set_result(self._look())
        except BaseException as error:
            looking.set_exception(error)
