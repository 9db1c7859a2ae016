"""How Slack's payloads reach the app in Socket Mode: sockets that we open, so that no public address is needed.

A socket is read by `websockets`, not by the SDK's own client, which has traps (seen with slack_sdk 3.47): killed
servers are noticed after 29 s, with a core spinning meanwhile; a first connection that fails is never tried again; a
server that closes at once is asked again without a pause; a limit is slept out inside the thread that should be
answering; closing takes seconds. Envelopes and Bolt's answers keep their classes.
Source: docs.slack.dev/apis/events-api/using-socket-mode.
"""

from __future__ import annotations

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event, Lock
from time import monotonic
from typing import Any, Final

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from twelp.adapters.slack.connection import KeptConnection, Opening
from twelp.adapters.slack.failures import told, translated
from twelp.adapters.slack.sdk import is_loopback, silent
from twelp.errors import WaitUntil
from twelp.ports import Clock

PING_S: Final = 10.0
"""A server that is silent for twice as long is given up."""

CLOSE_S: Final = 0.5
STOP_S: Final = 1.0
"""How long stopping waits for a connection that is just being opened; it is closed as soon as it is."""

ANSWERING: Final = 10
"""Envelopes that are being answered at the same time; each takes as long as its acknowledgement."""

CONNECTIONS: Final = 2
"""Open at the same time. Slack allows ten for an app: five processes."""

_LOG = logging.getLogger(__name__)


def threads(most: int, name: str) -> ThreadPoolExecutor:
    """Threads in which what comes from Slack is worked on."""
    return ThreadPoolExecutor(max_workers=most, thread_name_prefix=name)


class Socket:
    """Socket Mode: keeps several connections open until stopped, so that losing one does not make us deaf.

    Slack gives each envelope to one of them; it is acknowledged on the one it came by.

    Args:
        app: answers what arrives.
        client: speaks to Slack; its base URL is where a connection's address is asked for.
        app_token: the app-level token (`xapp-…`, scope `connections:write`).
        clock: the hour.
    """

    def __init__(self, app: App, client: WebClient, app_token: str, clock: Clock) -> None:
        self._app = app
        self._client = client
        self._app_token = app_token
        self._clock = clock
        self._limit: tuple[datetime, WaitUntil] | None = None
        self._answers = threads(ANSWERING, "slack-answer")
        self._handing = Lock()
        self._stopping = Event()
        opening = (self._next, self._hand_on, self._stopping, clock)
        self._lines = tuple(KeptConnection(*opening) for _ in range(CONNECTIONS))

    @property
    def connected(self) -> bool:
        """True while Slack has a way to us."""
        return any(line.current is not None for line in self._lines)

    @property
    def trouble(self) -> str:
        """What kept a connection from being opened when it was last tried, and the remedy."""
        return next((line.trouble for line in self._lines if line.trouble is not None), "the next one is being opened")

    def start(self) -> None:
        """Opens the first connection; the others follow. Keeps trying when Slack cannot be reached just now.

        Raises:
            Locked: the token does not open a socket; nothing is left running.
        """
        for number, line in enumerate(self._lines):
            line.start(at_once=number == 0)

    def stop(self, *, patiently: bool = True) -> None:
        """Closes all once what is being answered was answered, and ends all threads; may be called twice.

        Without patience: at once, whatever is being answered.
        """
        with self._handing:
            self._stopping.set()
        until = monotonic() + (STOP_S if patiently else 0.0)
        for line in self._lines:
            line.give_up(until)
        self._answers.shutdown(wait=patiently, cancel_futures=not patiently)
        left = [connection for line in self._lines for connection in line.open]
        if left:
            with ThreadPoolExecutor(max_workers=len(left)) as closing:
                list(closing.map(ClientConnection.close, left))

    def _next(self) -> Opening:
        """Another connection, not entered yet.

        Raises:
            OSError, WebSocketException: it did not open.
            WaitUntil: Slack said to come back later, to this line or to another.
        """
        if self._limit is not None and self._limit[0] <= self._clock.now() < self._limit[1].at:
            raise self._limit[1]
        try:
            with translated("apps.connections.open", self._clock):
                answer = self._client.apps_connections_open(app_token=self._app_token)
                url = told(answer, "url", str, "apps.connections.open")
        except WaitUntil as error:
            self._limit = self._clock.now(), error
            raise
        return connect(
            url,
            open_timeout=self._client.timeout,
            close_timeout=CLOSE_S,
            ping_interval=PING_S,
            ping_timeout=PING_S,
            compression=None,
            proxy=None if is_loopback(url) else True,
            logger=silent("socket"),
        )

    def _hand_on(self, connection: ClientConnection, message: dict[str, Any]) -> None:
        if _says_nothing(message):
            connection.send(json.dumps({"envelope_id": message["envelope_id"]}))
            return
        request = _request(message)
        with self._handing:
            if request is not None and not self._stopping.is_set():
                self._answers.submit(self._answer, connection, request)

    def _answer(self, connection: ClientConnection, request: SocketModeRequest) -> None:
        """Acknowledges where it came from, else by another way; what is not acknowledged, Slack sends again."""
        try:
            answer = run_bolt_app(self._app, request)
        except Exception as error:  # the outermost rim: Bolt, or what it calls before our listeners
            _LOG.error("slack: a payload could not be read (%s)", type(error).__name__)
            return
        if answer.status == 404:  # nobody listens to it, which was told
            return
        if answer.status != 200:
            _LOG.warning("slack: a payload of type %s was not acknowledged (%s)", request.type, answer.status)
            return
        payload = json.loads(answer.body) if answer.body else None
        said = json.dumps(SocketModeResponse(request.envelope_id, payload).to_dict())
        for way in (connection, *(line.current for line in self._lines)):
            try:
                if way is not None:
                    way.send(said)
                    return
            except ConnectionClosed:
                continue


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
