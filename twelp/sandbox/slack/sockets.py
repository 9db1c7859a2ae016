"""Socket Mode: the app's WebSocket connections and the envelopes that go over them.

Rules: a ``ws://`` address from ``apps.connections.open`` is good for one connection; up to ten connections at once;
each envelope goes to one of them in turn; an acknowledgement counts whichever connection brings it.

Source: https://docs.slack.dev/apis/events-api/using-socket-mode.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import time
import uuid
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.websockets import WebSocket, WebSocketDisconnect

from twelp.sandbox.slack.workspace import Json

MOST: Final = 10
_HOST: Final = "applink-sandbox-0"
DISCONNECT_REASONS: Final = ("warning", "refresh_requested", "link_disabled", "too_many_websockets")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one delivery to the app went.

    `via` is ``socket``, ``http`` or None where there was no way; `error` says why it was not acknowledged; `payload` is
    what the app sent back with its acknowledgement.
    """

    acked: bool
    via: str | None
    ms: float
    error: str | None = None
    payload: Any = None
    may_retry: bool = True


@dataclass(eq=False, slots=True)
class _Connection:
    socket: WebSocket
    sending: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: set[str] = field(default_factory=set)
    received: int = 0

    async def send(self, message: Json) -> None:
        async with self.sending:
            await self.socket.send_text(json.dumps(message))


class Sockets:
    """All open connections of the app."""

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._open: list[_Connection] = []
        self._turn = 0
        self._acks: dict[str, asyncio.Future[Any]] = {}

    def ticket(self) -> str:
        """A new one-use ticket."""
        ticket = str(uuid.uuid4())
        self._tickets.add(ticket)
        return ticket

    @property
    def count(self) -> int:
        """How many connections are open."""
        return len(self._open)

    @property
    def received(self) -> list[int]:
        """How many envelopes each open connection was given."""
        return [c.received for c in self._open]

    async def connect(self, socket: WebSocket) -> None:
        """Serve one connection until it ends."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await socket.close(1008)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        if len(self._open) >= MOST:
            await socket.send_text(json.dumps(_goodbye("too_many_websockets")))
            await socket.close()
            return
        connection = _Connection(socket)
        self._open.append(connection)
        try:
            await connection.send(self._hello())
            while (message := await socket.receive())["type"] != "websocket.disconnect":
                self._take(message.get("text") or "")
        except (WebSocketDisconnect, RuntimeError):
            return
        finally:
            self._forget(connection)

    async def deliver(self, kind: str, payload: Json, *, timeout_s: float, retry: tuple[int, str] | None) -> Outcome:
        """Send one envelope and wait for its acknowledgement.

        Args:
            kind: ``events_api``, ``interactive`` or ``slash_commands``.
            payload: what the envelope carries.
            timeout_s: how long to wait, in real seconds.
            retry: number and reason of a repeated event; (0, "") the first time; None for what is never repeated.
        """
        started = time.monotonic()
        if not self._open:
            return Outcome(False, None, 0.0, "no_connection")
        self._turn += 1
        connection = self._open[self._turn % len(self._open)]
        envelope_id = str(uuid.uuid4())
        envelope: Json = {"envelope_id": envelope_id, "payload": payload, "type": kind}
        envelope["accepts_response_payload"] = kind != "events_api"
        if retry is not None:
            envelope |= {"retry_attempt": retry[0], "retry_reason": retry[1]}
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._acks[envelope_id] = future
        connection.waiting.add(envelope_id)
        connection.received += 1
        try:
            async with asyncio.timeout(timeout_s):
                await connection.send(envelope)
                answer = await future
        except TimeoutError:
            return Outcome(False, "socket", _ms(started), "timeout")
        except (WebSocketDisconnect, RuntimeError, ConnectionError):
            return Outcome(False, "socket", _ms(started), "connection_closed")
        finally:
            self._acks.pop(envelope_id, None)
            connection.waiting.discard(envelope_id)
        return Outcome(True, "socket", _ms(started), payload=answer)

    async def disconnect(self, reason: str, *, close: bool) -> int:
        """Tell every connection to go away, and close it unless it is only a warning; how many were told."""
        told = list(self._open)
        for connection in told:
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await connection.send(_goodbye(reason))
                if close:
                    await connection.socket.close()
            if close:
                self._forget(connection)
        return len(told)

    async def cut(self, which: int | None = None) -> int:
        """Close every connection, or the one at that place, without a word, as a broken network would; how many."""
        told = self._open[:] if which is None else self._open[which : which + 1]
        for connection in told:
            self._forget(connection)
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await connection.socket.close(1011)
        return len(told)

    def _hello(self) -> Json:
        debug = {"host": _HOST, "build_number": 1, "approximate_connection_time": 18_060}
        info = {"app_id": self._app_id}
        return {"type": "hello", "num_connections": self.count, "debug_info": debug, "connection_info": info}

    def _take(self, text: str) -> None:
        """An acknowledgement; anything else is ignored, as Slack does."""
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            return
        future = self._acks.get(str(said.get("envelope_id"))) if isinstance(said, dict) else None
        if future is not None and not future.done():
            future.set_result(said.get("payload"))

    def _forget(self, connection: _Connection) -> None:
        if connection in self._open:
            self._open.remove(connection)
        for envelope_id in list(connection.waiting):
            future = self._acks.get(envelope_id)
            if future is not None and not future.done():
                future.set_exception(ConnectionError("the connection was closed before the acknowledgement"))


def _goodbye(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": _HOST, "id": secrets.token_hex(4)}}


def _ms(started: float) -> float:
    return round((time.monotonic() - started) * 1000, 1)
