"""The listener: reads a network again and again, and hands what is new to the desk.

The cursor is read from the store before each look and committed by the desk with the posts it covers: a crash anywhere
reads the same page again, and posts heard before change nothing. When the network says to wait, the listener waits;
when the account is locked, it says so and keeps looking, slowly, so that it recovers without a restart.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from twelp.desk import Desk
from twelp.errors import Locked, RemoteError, StoreError, TryAgain, WaitUntil
from twelp.ports import Clock, Network, Store

log = logging.getLogger("twelp.listener")

_WORST_PAUSE_S = 120.0
_LOCKED_PAUSE_S = 60.0
_STANDBY_S = 1.0


class Listener:
    """A thread that polls one network.

    Args:
        every: the pause between two looks.
        leads: whether this process is the one that reads; another may be.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        desk: Desk,
        network: Network,
        *,
        every: timedelta,
        leads: Callable[[], bool] = lambda: True,
    ) -> None:
        self.store = store
        self.clock = clock
        self.desk = desk
        self.network = network
        self.leads = leads
        self.every_s = every.total_seconds()
        self.failures = 0
        self.read_at = clock.now()
        """When a look last ended well; the start, before there was one."""
        self.trouble = ""
        """What kept the latest look from ending well, in a few words."""
        self.waits = False
        """Whether that is a pause the network asked for."""
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begins to look."""
        self._thread = threading.Thread(target=self._run, name=f"listen-{self.network.name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends after the look under way."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=15)

    def look(self) -> int:
        """One look: how many posts were read.

        Raises:
            RemoteError: the network did not answer as it should.
        """
        with self.store.look() as tx:
            cursor = tx.cursor(self.network.name)
        page = self.network.mentions(cursor)
        self.desk.hear(self.network.name, page)
        return len(page.posts)

    def _run(self) -> None:
        while not self._stop.wait(self._once()):
            pass

    def _once(self) -> float:
        """One look, if it is ours to look; seconds until the next."""
        if not self.leads():
            self.read_at, self.trouble = self.clock.now(), ""
            return _STANDBY_S
        try:
            self.look()
        except RemoteError as error:
            self.failures += 1
            self.trouble, self.waits = self._in_words(error), isinstance(error, WaitUntil)
            pause_s = self._pause(error)
            say = log.error if isinstance(error, Locked) else log.warning
            say("%s cannot be read (%s); next look in %.0f s", self.network.name, error, pause_s)
            return pause_s
        except StoreError as error:
            self.failures += 1
            self.trouble, self.waits = str(error), False
            log.warning("%s: reading is put off for %.0f s (%s)", self.network.name, self._backoff(), error)
            return self._backoff()
        except Exception:
            self.failures += 1
            self.trouble, self.waits = "reading failed; see the log", False
            log.exception("%s: reading failed; next look in %.0f s", self.network.name, self._backoff())
            return self._backoff()
        if self.failures:
            log.info("%s can be read again", self.network.name)
        self.failures, self.trouble, self.read_at = 0, "", self.clock.now()
        return self.every_s

    def _in_words(self, error: RemoteError) -> str:
        name = self.network.name.upper()
        if isinstance(error, WaitUntil):
            return f"{name} asked us to wait until {error.at:%H:%M:%S} UTC"
        verdict = "refuses the account" if isinstance(error, Locked) else "cannot be read"
        return f"{name} {verdict}: {error}"

    def _pause(self, error: RemoteError) -> float:
        if isinstance(error, WaitUntil):
            return max(1.0, (error.at - self.clock.now()).total_seconds())
        if isinstance(error, Locked):
            return _LOCKED_PAUSE_S
        asked_s = error.after_s if isinstance(error, TryAgain) and error.after_s is not None else 0.0
        return max(asked_s, self._backoff())

    def _backoff(self) -> float:
        return min(_WORST_PAUSE_S, max(self.every_s, 0.5) * 2.0 ** min(self.failures - 1, 8))
