"""How Slack's payloads reach the app: a socket we open (no public address needed), or signed requests that come in.

The SDK's socket client does the wire. The watch over it is ours, because the SDK's own has traps (seen with 3.47): a
first connection that fails is never tried again, a server that closes at once is asked again without a pause, a limit
is slept out inside the thread that should be answering, and closing takes seconds.
"""

from __future__ import annotations

import contextlib
import logging
import socket
from threading import Event, Thread
from time import time
from typing import Final

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from twelp.adapters.slack.failures import translated
from twelp.adapters.slack.sdk import is_loopback
from twelp.errors import Locked, RemoteError, TryAgain, WaitUntil
from twelp.ports import Clock

PING_S: Final = 5
WATCH_S: Final = 0.5
FIRST_PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 30.0
LOCKED_PAUSE_S: Final = 60.0
SETTLED_S: Final = 10.0
"""A connection that lived this long was a good one: the next pause starts from the shortest again."""

BODY_LIMIT: Final = 2_000_000
"""Bytes of a request we are willing to read before its signature is checked."""

PATH: Final = "/slack/events"

_LOG = logging.getLogger(__name__)


class Socket:
    """Socket Mode: keeps one connection open until stopped.

    Args:
        app: answers what arrives.
        client: speaks to Slack; its base URL is where the socket's address is asked for.
        app_token: the app-level token (`xapp-…`, scope `connections:write`).
        clock: the hour.
    """

    def __init__(self, app: App, client: WebClient, app_token: str, clock: Clock) -> None:
        self._app = app
        self._clock = clock
        self._client = _quiet_client(app_token, client)
        self._client.socket_mode_request_listeners.append(self._answer)
        self._stop = Event()
        self._watch = Thread(target=self._keep_open, name="slack-socket", daemon=True)

    @property
    def connected(self) -> bool:
        """True while the socket is open."""
        return self._client.is_connected()

    def start(self) -> None:
        """Connects, and keeps trying when Slack cannot be reached just now.

        Raises:
            Locked: the token does not open a socket; nothing is left running.
        """
        try:
            self._connect()
        except Locked:
            self.stop()
            raise
        except RemoteError as error:
            _LOG.warning("slack: not connected yet, trying on (%s)", error)
        self._watch.start()

    def stop(self) -> None:
        """Closes the socket and ends its threads; well under a second unless a listener is still busy."""
        self._stop.set()
        if self._watch.is_alive():
            self._watch.join()
        client = self._client
        client.closed = True
        client.current_session_state.terminated = True
        session = client.current_session
        if session is not None and session.sock is not None:
            with contextlib.suppress(OSError):  # wakes the reader, which would sleep up to 3 s more
                session.sock.shutdown(socket.SHUT_RDWR)
        client.message_queue.put(None)  # wakes the other one
        client.close()

    def _connect(self) -> None:
        client = self._client
        with client.connect_operation_lock, translated("apps.connections.open", self._clock):
            client.wss_uri = client.issue_new_wss_url()
            client.connect()
        if not client.is_connected():
            raise TryAgain("the socket's address did not take the connection")
        _LOG.info("slack: connected")

    def _keep_open(self) -> None:
        pause_s, since = FIRST_PAUSE_S, time()
        while not self._stop.wait(WATCH_S):
            if self._client.is_connected():
                if time() - since > SETTLED_S:
                    pause_s = FIRST_PAUSE_S
                continue
            if self._stop.wait(pause_s):
                return
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
            try:
                self._connect()
                since = time()
            except WaitUntil as error:
                pause_s = max(pause_s, (error.at - self._clock.now()).total_seconds())
            except Locked as error:
                _LOG.error("slack: locked out: %s", error)
                pause_s = LOCKED_PAUSE_S
            except RemoteError as error:
                _LOG.warning("slack: not connected, next try in %.0f s (%s)", pause_s, error)

    def _answer(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        began = time()
        send_response(client, request, run_bolt_app(self._app, request), began)


class _WatchedClient(SocketModeClient):
    """The SDK's client without its own watch and without its sleep on a limit."""

    def issue_new_wss_url(self) -> str:
        return str(self.web_client.apps_connections_open(app_token=self.app_token)["url"])


def _quiet_client(app_token: str, client: WebClient) -> SocketModeClient:
    made = _WatchedClient(
        app_token=app_token,
        web_client=client,
        logger=client.logger,
        auto_reconnect_enabled=False,
        ping_interval=PING_S,
        receive_buffer_size=16_384,
        proxy=client.proxy,
    )
    if is_loopback(client.base_url):
        made.proxy = None
    return made


def http_app(app: App) -> Starlette:
    """HTTP mode: one route that takes events, interactions and commands, checked against the signing secret by Bolt."""

    async def receive(request: Request) -> Response:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT:
                return PlainTextResponse("too large", status_code=413)
        try:
            wanted = to_bolt_request(request, bytes(body))
        except (UnicodeDecodeError, ValueError):
            return PlainTextResponse("not a request of Slack's", status_code=400)
        return to_starlette_response(await run_in_threadpool(app.dispatch, wanted))

    return Starlette(routes=[Route(PATH, receive, methods=["POST"])])
