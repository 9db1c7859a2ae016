"""A process that cannot reach the database takes nothing in from Slack: it could only acknowledge it and do nothing.

Slack gives what people do to any process that has a socket open, so the others get it. Only where several share the
work; alone, there is nobody else, and people are told to try again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from twelp.adapters.slack.incoming import Incoming
from twelp.errors import RemoteError

log = logging.getLogger("twelp.wiring")

LATE_S: Final = 12.0
"""After so long without a sign of the database, Slack's sockets are closed."""

_LOOK_S: Final = 1.0


class Hearing:
    """Closes Slack's sockets while the database is silent, and opens them again.

    Args:
        incoming: the sockets.
        silent_s: for how long the database has been silent.
    """

    def __init__(self, incoming: Incoming, silent_s: Callable[[], float]) -> None:
        self._incoming = incoming
        self._silent_s = silent_s
        self._stop = threading.Event()
        self._deaf = False
        self._thread = threading.Thread(target=self._run, name="hearing", daemon=True)

    def start(self) -> None:
        """Begins to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Watches no more."""
        self._stop.set()
        self._thread.join(timeout=5)

    def look(self) -> None:
        """Looks once."""
        silent = self._silent_s() > LATE_S
        if silent and not self._deaf:
            log.warning("the database is silent: nothing is taken in from Slack until it answers")
            self._deaf = True
            self._incoming.hang_up()
        elif self._deaf and not silent:
            try:
                self._incoming.start()
            except RemoteError as error:
                log.error("slack: %s", error)
                return
            self._deaf = False
            log.warning("the database answers again")

    def _run(self) -> None:
        while not self._stop.wait(min(_LOOK_S, LATE_S / 4)):
            self.look()
