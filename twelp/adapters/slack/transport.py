"""How Slack's payloads reach the app in Socket Mode: a socket that we open, so that no public address is needed.

The socket is read by `websockets`, not by the SDK's own client, which has traps (seen with slack_sdk 3.47): killed
servers are noticed after 29 s, with a core spinning meanwhile; a first connection that fails is never tried again; a
server that closes at once is asked again without a pause; a limit is slept out inside the thread that should be
answering; closing takes seconds. Envelopes and Bolt's answers keep their classes.
Source: docs.slack.dev/apis/events-api/using-socket-mode.
"""

from __future__ import annotations

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, Final

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect

from twelp.adapters.slack.failures import translated
from twelp.adapters.slack.sdk import is_loopback, silent
from twelp.errors import Locked, RemoteError, TryAgain, WaitUntil
from twelp.ports import Clock

PING_S: Final = 10.0
"""A server that is silent for twice as long is given up."""

CLOSE_S: Final = 0.5
STOP_S: Final = 1.0
"""How long stopping waits for a connection that is just being opened; it is closed as soon as it is."""

FIRST_PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 30.0
LOCKED_PAUSE_S: Final = 60.0
SETTLED_S: Final = 10.0
"""A connection that lived this long was a good one: the next is opened at once, and pauses start from the shortest."""

ANSWERING: Final = 10
"""Envelopes that are being answered at the same time; each takes as long as its acknowledgement."""


_LOG = logging.getLogger(__name__)


class Socket:
    """Socket Mode: keeps one connection open until stopped.

    When Slack announces that it will close one, the next is opened first and the old one is read to its end.

    Args:
        app: answers what arrives.
        client: speaks to Slack; its base URL is where the socket's address is asked for.
        app_token: the app-level token (`xapp-…`, scope `connections:write`).
        clock: the hour.
    """

    def __init__(self, app: App, client: WebClient, app_token: str, clock: Clock) -> None:
        self._app = app
        self._client = client
        self._app_token = app_token
        self._clock = clock
        self._lock = Lock()
        self._open: dict[ClientConnection, float] = {}
        self._current: ClientConnection | None = None
        self._stopping = Event()
        self._lost = Event()
        self._pause_s = 0.0
        self._answers = ThreadPoolExecutor(max_workers=ANSWERING, thread_name_prefix="slack-answer")
        self._watch = Thread(target=self._keep_open, name="slack-socket", daemon=True)

    @property
    def connected(self) -> bool:
        """True while Slack has a way to us."""
        return self._current is not None

    def start(self) -> None:
        """Connects, and keeps trying when Slack cannot be reached just now.

        Raises:
            Locked: the token does not open a socket; nothing is left running.
        """
        try:
            self._connect()
        except Locked:
            raise
        except RemoteError as error:
            self._pause_s = self._seconds_until(error) if isinstance(error, WaitUntil) else FIRST_PAUSE_S
            _LOG.warning("slack: not connected, next try in %.1f s (%s)", self._pause_s, error)
            self._lost.set()
        self._watch.start()

    def stop(self) -> None:
        """Closes the socket once what is being answered was answered, and ends all threads; may be called twice."""
        self._stopping.set()
        self._lost.set()
        if self._watch.is_alive():
            self._watch.join(timeout=STOP_S)
        self._answers.shutdown(wait=True)
        with self._lock:
            left = list(self._open)
        for connection in left:
            connection.close()

    # ------------------------------------------------------------ staying connected

    def _connect(self) -> None:
        with translated("apps.connections.open", self._clock):
            url = str(self._client.apps_connections_open(app_token=self._app_token)["url"])
        held = ExitStack()
        try:
            opening = connect(
                url,
                open_timeout=self._client.timeout,
                close_timeout=CLOSE_S,
                ping_interval=PING_S,
                ping_timeout=PING_S,
                compression=None,
                proxy=None if is_loopback(url) else True,
                logger=silent("socket"),
            )
            connection = held.enter_context(opening)
        except (OSError, WebSocketException) as error:
            raise TryAgain(f"the socket did not open: {type(error).__name__}: {error}") from error
        if self._stopping.is_set():
            held.close()
            return
        with self._lock:
            self._open[connection] = monotonic()
            self._current = connection
        Thread(target=self._read, args=(connection, held), name="slack-reader", daemon=True).start()
        _LOG.info("slack: connected")

    def _keep_open(self) -> None:
        while True:
            self._lost.wait()
            self._lost.clear()
            while self._current is None:
                if self._stopping.wait(self._pause_s):
                    return
                self._pause_s = min(max(self._pause_s * 2, FIRST_PAUSE_S), LONGEST_PAUSE_S)
                self._try_to_connect()
            if self._stopping.is_set():
                return

    def _try_to_connect(self) -> None:
        try:
            self._connect()
        except Locked as error:
            _LOG.error("slack: locked out: %s", error)
            self._pause_s = LOCKED_PAUSE_S
        except RemoteError as error:
            if isinstance(error, WaitUntil):
                self._pause_s = max(self._pause_s, self._seconds_until(error))
            _LOG.warning("slack: not connected, next try in %.1f s (%s)", self._pause_s, error)

    def _retire(self, connection: ClientConnection) -> None:
        """This one will not do any more: have the next opened."""
        with self._lock:
            if self._current is not connection:
                return
            self._current = None
            if monotonic() - self._open.get(connection, 0.0) > SETTLED_S:
                self._pause_s = 0.0
        self._lost.set()

    def _seconds_until(self, error: WaitUntil) -> float:
        return max(0.0, (error.at - self._clock.now()).total_seconds())

    # ------------------------------------------------------------ reading and answering

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
            _LOG.info("slack: asked to connect anew (%s)", message.get("reason"))
            self._retire(connection)
        elif _says_nothing(message):
            connection.send(json.dumps({"envelope_id": message["envelope_id"]}))
        elif (request := _request(message)) is not None and not self._stopping.is_set():
            self._answers.submit(self._answer, connection, request)

    def _answer(self, connection: ClientConnection, request: SocketModeRequest) -> None:
        """Acknowledges through whichever connection is open; what is not acknowledged, Slack sends again."""
        try:
            answer = run_bolt_app(self._app, request)
        except Exception as error:  # the outermost rim: Bolt, or what it calls before our listeners
            _LOG.error("slack: a payload could not be read (%s)", type(error).__name__)
            return
        if answer.status != 200:
            _LOG.warning("slack: a payload of type %s was not acknowledged (%s)", request.type, answer.status)
            return
        payload = json.loads(answer.body) if answer.body else None
        said = json.dumps(SocketModeResponse(request.envelope_id, payload).to_dict())
        for way in (connection, self._current):
            try:
                if way is not None:
                    way.send(said)
                    return
            except ConnectionClosed:
                continue


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


def _request(message: dict[str, Any]) -> SocketModeRequest | None:
    """The envelope; None for what is none. The SDK breaks on a payload that is a list (seen with slack_sdk 3.47)."""
    if not isinstance(message.get("envelope_id"), str) or not isinstance(message.get("payload"), dict):
        return None
    return SocketModeRequest.from_dict(message)


def _says_nothing(message: dict[str, Any]) -> bool:
    """An event about a message of our own, or about one that was changed: there are several for each card we send."""
    if message.get("type") != "events_api" or not isinstance(message.get("envelope_id"), str):
        return False
    payload = message.get("payload")
    event = payload.get("event") if isinstance(payload, dict) else None
    if not isinstance(event, dict) or event.get("type") != "message":
        return False
    return bool(event.get("bot_id") or event.get("subtype") in ("message_changed", "message_deleted"))
