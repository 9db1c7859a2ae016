"""How a running twelp ends: at once while it starts, in order afterwards, and never later than it said.

What is under way may be cut off at any moment without loss; an orderly end only spares others the wait. So a signal
during the start simply ends it, and a stop that hangs (the database is silent) is cut off after a while.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Final, NoReturn

PATIENCE_S: Final = 20.0
"""Process managers kill after 30 s, commonly."""


class Stopping:
    """Takes SIGINT and SIGTERM from now on.

    Args:
        leave: what to put away when it ends during the start.
    """

    def __init__(self, leave: Callable[[], None]) -> None:
        self._leave = leave
        self._asked = threading.Event()
        self._started = False
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._take)

    def started(self) -> None:
        """From here on, a signal asks for an orderly end."""
        self._started = True

    def wait(self, seconds: float) -> bool:
        """Waits so long at most; True once somebody asked for the end."""
        return self._asked.wait(seconds)

    def patience(self) -> None:
        """To be called when stopping begins: it is over after `PATIENCE_S`, one way or the other."""
        cut = threading.Timer(PATIENCE_S, self._cut_off)
        cut.daemon = True
        cut.start()

    def _take(self, number: int, _frame: FrameType | None) -> None:
        if not self._started:
            self._leave()
            end_at_once(number)
        if self._asked.is_set():
            os._exit(1)
        self._asked.set()

    def _cut_off(self) -> NoReturn:
        logging.getLogger("twelp").error(
            "stopping took longer than %.0f s and was cut off; what was under way is done at the next start", PATIENCE_S
        )
        os._exit(1)


def end_at_once(number: int, _frame: FrameType | None = None) -> NoReturn:
    """Ends the process as a signal asks: SIGTERM is met (status 0), Ctrl-C shows in the status."""
    with contextlib.suppress(Exception):
        sys.stdout.flush()
    if number == signal.SIGINT:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(0)
