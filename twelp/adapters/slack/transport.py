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
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
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

from twelp.adapters.slack.failures import told, translated
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

CONNECTIONS: Final = 2
"""Open at the same time. Slack allows ten for an app: five processes."""

Opening = AbstractContextManager[ClientConnection]
HandOn = Callable[[ClientConnection, dict[str, Any]], None]

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
        self._lines = tuple(_Line(*opening) for _ in range(CONNECTIONS))

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


class _Line:
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
