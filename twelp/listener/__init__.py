"""The listener: reads a network again and again, and hands what is new to the desk.

The cursor is read from the store before each look and committed by the desk with the posts it covers: a crash anywhere
reads the same page again, and posts heard before change nothing. Looks are spread so that the network's limit lasts.
When the network says to wait all the same, the listener waits; when the account is locked, it says so and keeps
looking, slowly, so that it recovers without a restart.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from twelp.errors import Locked, RemoteError, StoreError, TryAgain, WaitUntil
from twelp.listener.catchup import Catchup
from twelp.listener.own_timeline import OwnTimeline
from twelp.listener.privately import PrivateReading
from twelp.listener.watching import Watching
from twelp.ports import Clock, Network, PostsTx, Store

log = logging.getLogger("twelp.listener")

_WORST_PAUSE_S = 120.0
_LOCKED_PAUSE_S = 60.0
_STANDBY_S = 1.0


class Listener:
    """A thread that polls one network.

    Args:
        catchup: who takes what was read.
        timeline: reads our own posts beside it.
        watching: searches for posts that name us without our handle; None: nobody does.
        private: reads private messages beside it; None: nobody does.
        every: the pause between two looks, at least.
        paced: whether the network's own limit is made to last.
        leads: whether this process is the one that reads; another may be.
    """

    def __init__(
        self,
        store: Store[PostsTx],
        clock: Clock,
        catchup: Catchup,
        network: Network,
        timeline: OwnTimeline,
        *,
        every: timedelta,
        watching: Watching | None = None,
        private: PrivateReading | None = None,
        paced: bool = True,
        leads: Callable[[], bool] = lambda: True,
    ) -> None:
        self.store = store
        self.clock = clock
        self.catchup = catchup
        self.network = network
        self.timeline = timeline
        self.watching = watching
        self.private = private
        self.leads = leads
        self.every_s = every.total_seconds()
        self.paced = paced
        self.failures = 0
        self.read_at = clock.now()
        """When a look last ended well; the start, before there was one."""
        self.trouble: str | None = None
        """What kept the latest look from ending well, in a few words."""
        self.waits = False
        """Whether that is a pause the network asked for."""
        self.until: datetime | None = None
        """The hour the network named, while it does."""
        self.pause_s = self.every_s
        """How long the pause under way is."""
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

    def look(self, *, own: bool = True) -> int:
        """One look: how many posts were read.

        What a colleague answered by hand is taken in before what customers wrote since, and once more after it, for
        the questions that came with it.

        Args:
            own: whether our own timeline is read, too.

        Raises:
            RemoteError: the network did not answer as it should.
        """
        self.catchup.beginning()
        with self.store.read() as tx:
            cursor = tx.cursor(self.network.name)
        page = self.network.mentions(cursor)
        reading = self.timeline.read() if own else None
        if reading is not None:
            self.timeline.hear(reading)
        self.catchup.take(page, first=cursor is None)
        if reading is not None:
            self.timeline.finish(reading, self.timeline.hear(reading))
        if self.watching is not None and self.watching.is_due():
            self.watching.look()
        if self.private is not None and self.private.is_due():
            self.private.look()
        return len(page.posts)

    def _run(self) -> None:
        while not self._stop.wait(self.once()):
            pass

    def once(self) -> float:
        """One look, if it is ours to look; seconds until the next."""
        self.pause_s = self._once()
        return self.pause_s

    def _once(self) -> float:
        if not self.leads():
            self.read_at, self.trouble, self.until = self.clock.now(), None, None
            return _STANDBY_S
        try:
            self.look(own=self.timeline.is_due())
        except RemoteError as error:
            self.failures += 1
            self.trouble, self.waits = self._in_words(error), isinstance(error, WaitUntil)
            self.until = error.at if isinstance(error, WaitUntil) else None
            pause_s = self._pause(error)
            say = log.error if isinstance(error, Locked) else log.warning
            say("%s cannot be read (%s); next look in %.0f s", self.network.rules.display_name, error, pause_s)
            return pause_s
        except StoreError as error:
            self.failures += 1
            self.trouble, self.waits, self.until = str(error), False, None
            log.warning("%s: reading is put off for %.0f s (%s)", self.network.name, self._backoff(), error)
            return self._backoff()
        except Exception:
            self.failures += 1
            self.trouble, self.waits, self.until = "reading failed; see the log", False, None
            log.exception("%s: reading failed; next look in %.0f s", self.network.name, self._backoff())
            return self._backoff()
        if self.failures:
            log.info("%s can be read again", self.network.name)
        self.failures, self.trouble, self.until, self.read_at = 0, None, None, self.clock.now()
        return max(self.every_s, self.network.pace().total_seconds() if self.paced else 0.0)

    def _in_words(self, error: RemoteError) -> str:
        name = self.network.rules.display_name
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
