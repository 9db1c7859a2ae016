"""A process looks once a second whether a moderator or operator paused or resumed something elsewhere, and tells it.

What goes out does not wait for this: each act looks by itself. Only cards, own tabs and notes are made to say so.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from twelp.errors import TwelpError

log = logging.getLogger("twelp.wiring")

EVERY_S = 1.0


class Telling:
    """A thread that calls `tell` once a second.

    Args:
        tell: tells of pauses that began or ended.
    """

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="pauses", daemon=True)

    def start(self) -> None:
        """Begins to look."""
        self._thread.start()

    def stop(self) -> None:
        """Looks no more."""
        self._stop.set()
        self._thread.join(timeout=5)

    def _loop(self) -> None:
        well = True
        while not self._stop.wait(EVERY_S):
            try:
                self._tell()
                well = True
            except TwelpError as error:
                if well:
                    log.warning("whether something was paused is not known just now (%s)", error)
                well = False
            except Exception:
                if well:
                    log.exception("pauses could not be told")
                well = False
