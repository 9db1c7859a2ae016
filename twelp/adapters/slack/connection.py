"""One connection of Socket Mode that is kept open: when it ends, the next is opened."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, Final

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection

from twelp.errors import Locked, RemoteError, TryAgain, WaitUntil
from twelp.ports import Clock

FIRST_PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 30.0
LOCKED_PAUSE_S: Final = 60.0
SETTLED_S: Final = 10.0
"""A connection that lived this long was a good one: the next is opened at once, and pauses start from the shortest."""

Opening = AbstractContextManager[ClientConnection]
HandOn = Callable[[ClientConnection, dict[str, Any]], None]

_LOG = logging.getLogger(__name__)


class KeptConnection:
    """One connection that is kept: the next is opened when it ends.

    When Slack announces that it will close it, the next is opened first and the old one is read to its end.

    Args:
        opening: makes the next connection, not entered yet.
        hand_on: takes each message that is not about the connection itself.
        stopping: once it is set, nothing is opened any more.
        clock: the hour.
    """

    def __init__(self, opening: Callable[[], Opening], hand_on: HandOn, stopping: Event, clock: Clock) -> None:
        self._opening = opening
        self._hand_on = hand_on
        self._stopping = stopping
        self._clock = clock
        self._lock = Lock()
        self._open: dict[ClientConnection, float] = {}
        self.current: ClientConnection | None = None
        self.trouble: str | None = None
        self._lost = Event()
        self._pause_s = 0.0
        self._watch = Thread(target=self._keep_open, name="slack-socket", daemon=True)

    @property
    def open(self) -> list[ClientConnection]:
        """The current one, and those that Slack is about to close."""
        with self._lock:
            return list(self._open)

    def start(self, *, at_once: bool) -> None:
        """Keeps it open from now on; with `at_once` the first is tried before this returns.

        Raises:
            Locked: the token does not open a socket (only with `at_once`).
        """
        if at_once:
            try:
                self._connect()
            except Locked:
                raise
            except RemoteError as error:
                self._put_off(error, FIRST_PAUSE_S)
        if self.current is None:
            self._lost.set()
        self._watch.start()

    def give_up(self, until: float) -> None:
        """Opens no more; waits for one that is being opened, until that second of the monotonic clock."""
        self._lost.set()
        if self._watch.is_alive():
            self._watch.join(timeout=max(0.0, until - monotonic()))

    def _keep_open(self) -> None:
        while True:
            self._lost.wait()
            self._lost.clear()
            while self.current is None:
                if self._stopping.wait(self._pause_s):
                    return
                self._pause_s = min(max(self._pause_s * 2, FIRST_PAUSE_S), LONGEST_PAUSE_S)
                try:
                    self._connect()
                except Locked as error:
                    _LOG.error("slack: locked out: %s", error)
                    self.trouble = f"{error}. Renew SLACK_APP_TOKEN in .env and restart"
                    self._pause_s = LOCKED_PAUSE_S
                except RemoteError as error:
                    self._put_off(error, self._pause_s)
            if self._stopping.is_set():
                return

    def _put_off(self, error: RemoteError, pause_s: float) -> None:
        limit_s = (error.at - self._clock.now()).total_seconds() if isinstance(error, WaitUntil) else 0.0
        self._pause_s = max(pause_s, limit_s)
        self.trouble = f"{error}. It is tried again by itself; is the network up?"
        _LOG.warning("slack: not connected, next try in %.1f s (%s)", self._pause_s, error)

    def _connect(self) -> None:
        held = ExitStack()
        try:
            connection = held.enter_context(self._opening())
        except (OSError, WebSocketException) as error:
            raise TryAgain(f"the socket did not open: {type(error).__name__}: {error}") from error
        if self._stopping.is_set():
            held.close()
            return
        with self._lock:
            self._open[connection] = monotonic()
            self.current, self.trouble = connection, None
        Thread(target=self._read, args=(connection, held), name="slack-reader", daemon=True).start()
        _LOG.info("slack: connected")

    def _read(self, connection: ClientConnection, held: ExitStack) -> None:
        try:
            with held:
                for raw in connection:
                    if (message := _read(raw)) is not None:
                        self._heard(connection, message)
        except ConnectionClosed as error:
            _LOG.info("slack: the connection ended (%s)", type(error).__name__)
        finally:
            self._retire(connection)
            with self._lock:
                self._open.pop(connection, None)

    def _heard(self, connection: ClientConnection, message: dict[str, Any]) -> None:
        if message.get("type") == "disconnect":
            if message.get("reason") == "link_disabled":
                _LOG.warning(
                    "slack: Socket Mode was switched off for this app: switch it on in the app's settings at Slack"
                )
            else:
                _LOG.info("slack: asked to connect anew (%s)", str(message.get("reason"))[:40])
            self._retire(connection)
        else:
            self._hand_on(connection, message)

    def _retire(self, connection: ClientConnection) -> None:
        """This one will not do any more: have the next opened."""
        with self._lock:
            if self.current is not connection:
                return
            self.current = None
            if monotonic() - self._open.get(connection, 0.0) > SETTLED_S:
                self._pause_s = 0.0
        self._lost.set()


def _read(raw: str | bytes) -> dict[str, Any] | None:
    """One message; None for what is none of Slack's, which is passed over: the next one may be somebody's click."""
    try:
        message = json.loads(raw)
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        _LOG.warning("slack: a message that cannot be read came over the socket")
        return None
    return message
