"""What every local network shares on the wire: its clock, the record of requests, and scripted faults.

Each network (X, Slack) is an ordinary ASGI app wrapped in `Wire`, so that what is recorded and what can go wrong is the
same for all of them and no handler has to think of it. Rules:

- A request is recorded when it arrives (status ``None``), and completed when it is answered; a hung request is visible.
- Secrets never enter the record: headers are not kept, and parameters that carry secrets are masked.
- A fault decides before the network sees the request, except those that let it act first (see `faults`).
- Several threads may look and script while the server runs; each object guards itself.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any, Final, Protocol

from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute

from twelp.sandbox import spoiling
from twelp.sandbox.clock import Clock
from twelp.sandbox.faults import FAULT_KINDS, Fault, Faults
from twelp.sandbox.record import Record, Request, shown_body, shown_form

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

DROP: Final = "twelp.drop"
"""Scope key under which the server offers to drop the connection without an answer (see `server.DroppableProtocol`)."""

NETWORKS: Final = ("x", "slack", "control")
MAX_BODY_BYTES: Final = 5_000_000
_FAULT_HTML: Final = b"<!DOCTYPE html><html><head><title>503</title></head><body><h1>Over capacity</h1></body></html>"

__all__ = [
    "DROP",
    "FAULT_KINDS",
    "NETWORKS",
    "Answer",
    "App",
    "Clock",
    "Fault",
    "Faults",
    "Network",
    "Receive",
    "Record",
    "Request",
    "Scope",
    "Send",
    "Wire",
    "ledger",
]


class Network(Protocol):
    """What a local network offers to the server that carries it."""

    def routes(self) -> list[BaseRoute]:
        """The routes that clients call, with full paths."""

    def control_routes(self) -> list[BaseRoute]:
        """The routes under ``/_sandbox/<network>``, with paths relative to it."""

    def reset(self) -> None:
        """Back to the seed."""

    def lift_limits(self, lifted: bool) -> None:
        """Stop or resume enforcing rate limits."""


class Wire:
    """ASGI middleware: records each request of one network and applies the scripted faults.

    Args:
        app: the network's app.
        network: ``x``, ``slack`` or ``control`` (which has no faults).
        record: where requests are recorded.
        faults: the script; shared by all networks.
    """

    def __init__(self, app: App, network: str, record: Record, faults: Faults) -> None:
        self._app = app
        self._network = network
        self._record = record
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry one request or socket."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _read(receive)
        if body is None:
            return
        method, path = str(scope["method"]), str(scope["path"])
        query = shown_form(scope["query_string"].decode("latin-1"))
        params = shown_body(body, _header(scope, b"content-type"))
        request = self._record.open(self._network, method, path, query=query, params=params, size=len(body))
        fault = None if self._network == "control" else self._faults.take(self._network, method, path)

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                request.status = message["status"]
                message = {**message, "headers": _dated(message["headers"], request.at)}
                if request.status == 429:
                    request.retry_after_s = _come_again(dict(message["headers"]), request.at.timestamp())
            await send(message)

        replay = _replay(body, receive)
        if fault is None:
            await self._app(scope, replay, tell)
            return
        request.fault = fault.kind
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds or 0.0)
            await self._app(scope, replay, tell)
        elif fault.kind == "status":
            await _answer(tell, fault.status, _fault_body(self._network, fault), self._faults.headers(fault))
        elif fault.kind == "html":
            await _answer(tell, 503, (b"text/html; charset=utf-8", _FAULT_HTML), self._faults.headers(fault))
        elif fault.kind == "altered":
            await self._app(scope, replay, spoiling.altered(tell, fault.fields, self._faults.headers(fault)))
        elif fault.kind == "reordered":
            await self._app(scope, replay, spoiling.reordered(tell))
        elif fault.kind == "drip":
            await self._app(scope, replay, spoiling.dripping(tell, fault.seconds or 1.0))
        else:
            if fault.kind == "lost_response":
                await self._app(scope, replay, spoiling.swallowed)
            elif fault.kind == "half":
                await self._app(scope, replay, spoiling.half(send))
            elif fault.kind == "hang":
                await _until_gone(receive, fault.seconds)
            request.status = 0
            await _drop(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = shown_form(scope["query_string"].decode("latin-1"))
        request = self._record.open(self._network, "WEBSOCKET", scope["path"], query=query, params=None, size=0)
        fault = self._faults.take(self._network, "WEBSOCKET", scope["path"])
        if fault is None:
            request.status = 101
            await self._app(scope, receive, send)
            return
        request.fault, request.status = fault.kind, 403
        if fault.kind == "hang":
            await _until_gone(receive, fault.seconds)
        await send({"type": "websocket.close", "code": 1011})


class Answer(JSONResponse):
    """JSON in ASCII, so that half a surrogate pair sent by a client can be shown back."""

    def render(self, content: Any) -> bytes:
        """The body."""
        return json.dumps(content, separators=(",", ":")).encode()


def ledger(routes: Iterable[BaseRoute]) -> tuple[str, ...]:
    """What these routes serve, as sorted ``"METHOD /path/{name}"`` lines; a network's `SUPPORTED` must equal it."""
    lines: set[str] = set()
    for route in routes:
        if isinstance(route, Route):
            lines |= {f"{method} {route.path}" for method in (route.methods or ()) if method != "HEAD"}
        elif isinstance(route, WebSocketRoute):
            lines.add(f"WEBSOCKET {route.path}")
    return tuple(sorted(lines))


def _dated(headers: Iterable[tuple[bytes, bytes]], at: datetime) -> list[tuple[bytes, bytes]]:
    """The headers with the hour of the sandbox's own clock, unless a scripted fault brought another."""
    given = list(headers)
    if any(name.lower() == b"date" for name, _ in given):
        return given
    return [*given, (b"date", format_datetime(at, usegmt=True).encode())]


async def _read(receive: Receive) -> bytes | None:
    """The whole body; None when the client went away first. A body above the limit is cut (and fails to parse)."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        if len(body) < MAX_BODY_BYTES:
            body += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    pending = [body]

    async def replay() -> Message:
        if pending:
            return {"type": "http.request", "body": pending.pop(), "more_body": False}
        return await receive()

    return replay


def _come_again(headers: Mapping[bytes, bytes], now: float) -> float | None:
    after, reset = headers.get(b"retry-after", b""), headers.get(b"x-rate-limit-reset", b"")
    if after.isdigit():
        return float(after)
    return max(0.0, float(reset) - now) if reset.isdigit() else None


async def _answer(send: Send, status: int, content: tuple[bytes, bytes], headers: list[tuple[bytes, bytes]]) -> None:
    kind, body = content
    base = [(b"content-length", str(len(body)).encode())]
    if not any(name == b"content-type" for name, _ in headers):
        base.append((b"content-type", kind))
    await send({"type": "http.response.start", "status": status, "headers": base + headers})
    await send({"type": "http.response.body", "body": body})


async def _until_gone(receive: Receive, seconds: float | None) -> None:
    """Wait until the client goes away, or for `seconds`."""

    async def gone() -> None:
        while (await receive())["type"] not in ("http.disconnect", "websocket.disconnect"):
            pass

    try:
        async with asyncio.timeout(seconds):
            await gone()
    except TimeoutError:
        return


async def _drop(scope: Scope, receive: Receive, send: Send) -> None:
    """End the connection without a byte of answer; under a server that cannot, answer an empty 502."""
    drop = scope.get(DROP)
    if drop is None:
        await _answer(send, 502, (b"text/plain", b""), [])
        return
    drop()
    await _until_gone(receive, 5.0)


def _fault_body(network: str, fault: Fault) -> tuple[bytes, bytes]:
    if isinstance(fault.body, str):
        return b"text/plain; charset=utf-8", fault.body.encode()
    body = fault.body
    if body is None and network == "slack":
        body = {"ok": False, "error": "ratelimited" if fault.status == 429 else "internal_error"}
    elif body is None:
        title = _TITLES.get(fault.status, "Service Unavailable")
        body = {"title": title, "detail": title, "type": "about:blank", "status": fault.status}
    return b"application/json; charset=utf-8", json.dumps(body).encode()


_TITLES: Final = {
    400: "Invalid Request",
    401: "Unauthorized",
    402: "Payment Required",
    403: "Forbidden",
    404: "Not Found",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


def _header(scope: Scope, name: bytes) -> str:
    return next((bytes(v).decode("latin-1") for k, v in scope["headers"] if k == name), "")
