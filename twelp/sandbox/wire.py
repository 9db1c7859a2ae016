"""What every local network shares on the wire: its clock, the record of requests, and scripted faults.

Each network (X, Slack) is an ordinary ASGI app wrapped in `Wire`, so that what is recorded and what can go wrong is the
same for all of them and no handler has to think of it. Rules:

- A request is recorded when it arrives (status ``None``), and completed when it is answered; a hung request is visible.
- Secrets never enter the record: headers are not kept, and parameters that carry secrets are masked.
- A fault decides before the network sees the request, except ``lost_response`` and ``slow``, which let it act first.
- Several threads may look and script while the server runs; each object guards itself.
"""

from __future__ import annotations

import asyncio
import fnmatch
import json
import re
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol
from urllib.parse import parse_qsl

from starlette.routing import BaseRoute, Route, WebSocketRoute

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

DROP: Final = "twelp.drop"
"""Scope key under which the server offers to drop the connection without an answer (see `server.DroppableProtocol`)."""

FAULT_KINDS: Final = ("status", "hang", "lost_response", "html", "close", "slow")
NETWORKS: Final = ("x", "slack", "control")
MAX_BODY_BYTES: Final = 5_000_000
_KEPT_REQUESTS: Final = 20_000
_KEPT_BYTES: Final = 64_000_000
_SECRET_NAME: Final = re.compile(r"token|secret|password|signature|authorization", re.IGNORECASE)
_NOT_SECRET: Final = frozenset({"pagination_token", "next_token", "previous_token"})
_RELATIVE_TIME: Final = re.compile(r"now([+-]\d+)?")
_FAULT_HTML: Final = b"<!DOCTYPE html><html><head><title>503</title></head><body><h1>Over capacity</h1></body></html>"


class Clock:
    """Real time plus an offset that tests and the control plane move forward."""

    def __init__(self) -> None:
        self._offset = timedelta()

    def now(self) -> datetime:
        """The sandbox's time, aware UTC."""
        return datetime.now(UTC) + self._offset

    def time(self) -> float:
        """The sandbox's time in seconds since 1970."""
        return time.time() + self._offset.total_seconds()

    @property
    def offset_s(self) -> float:
        """How far the sandbox is ahead of real time, in seconds."""
        return self._offset.total_seconds()

    def advance(self, seconds: float) -> None:
        """Move forward by `seconds`.

        Raises:
            ValueError: for a negative number; ids and limits rely on time that never runs backwards.
        """
        if not 0 <= seconds < 10 * 366 * 86_400:
            raise ValueError(f"advance_s is {seconds!r}; expected 0 or more seconds, at most ten years")
        self._offset += timedelta(seconds=seconds)

    def reset(self) -> None:
        """Back to real time."""
        self._offset = timedelta()


@dataclass(slots=True)
class Request:
    """One request as it was recorded. `status` is None while it is open, and 0 when the connection was dropped."""

    number: int
    at: datetime
    network: str
    method: str
    path: str
    query: dict[str, Any]
    params: Any
    status: int | None = None
    fault: str | None = None
    kept_bytes: int = field(default=0, repr=False)

    def as_json(self) -> dict[str, Any]:
        """A JSON-ready dict; `at` in ISO 8601."""
        shown = asdict(self)
        del shown["kept_bytes"]
        shown["at"] = self.at.isoformat()
        return shown


class Record:
    """The last requests, oldest first, bounded by number and by bytes; numbers grow by one and are never reused."""

    def __init__(self, clock: Clock, limit: int = _KEPT_REQUESTS, limit_bytes: int = _KEPT_BYTES) -> None:
        self._clock = clock
        self._limit = limit
        self._limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._kept: deque[Request] = deque()
        self._bytes = 0
        self.total = 0

    def open(self, network: str, method: str, path: str, *, query: Any, params: Any, size: int) -> Request:
        """Record an arriving request and return it, to be completed by whoever answers it."""
        with self._lock:
            self.total += 1
            request = Request(
                self.total, self._clock.now(), network, method, path, query, params, kept_bytes=size + 400
            )
            self._kept.append(request)
            self._bytes += request.kept_bytes
            while len(self._kept) > self._limit or (self._bytes > self._limit_bytes and len(self._kept) > 1):
                self._bytes -= self._kept.popleft().kept_bytes
            return request

    def requests(self, *, after: int = 0, network: str | None = None) -> list[Request]:
        """Recorded requests with a number above `after`, oldest first."""
        with self._lock:
            kept = list(self._kept)
        return [r for r in kept if r.number > after and network in (None, r.network)]

    def clear(self) -> None:
        """Forget all requests; numbering goes on."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0


@dataclass(slots=True)
class Fault:
    """One scripted fault. `times` None means until removed; `after` requests that match pass before it starts."""

    kind: str
    network: str = "*"
    method: str = "*"
    path: str = "*"
    times: int | None = 1
    after: int = 0
    status: int = 503
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    seconds: float | None = None
    id: int = 0
    applied: int = 0

    def matches(self, network: str, method: str, path: str) -> bool:
        """Whether a request is the kind of request this fault waits for."""
        return (
            self.network in ("*", network)
            and self.method in ("*", method)
            and fnmatch.fnmatchcase(path, self.path)
            and (self.times is None or self.times > 0)
        )

    @classmethod
    def parse(cls, given: Mapping[str, Any]) -> Fault:
        """Read a fault from JSON.

        Raises:
            ValueError: naming the field, its value and what was expected.
        """
        known = {"kind", "network", "method", "path", "times", "after", "status", "headers", "body", "seconds"}
        if unknown := sorted(set(given) - known):
            raise ValueError(f"fault field {unknown[0]!r} is not known; known: {', '.join(sorted(known))}")
        if given.get("kind") not in FAULT_KINDS:
            raise ValueError(f"fault kind {given.get('kind')!r} is not known; expected one of {', '.join(FAULT_KINDS)}")
        if given.get("network", "*") not in ("*", *NETWORKS[:2]):
            raise ValueError(f"fault network {given['network']!r} is not known; expected x, slack or *")
        for name, low in (("times", 1), ("after", 0), ("status", 200)):
            value = given.get(name, low)
            if name == "times" and value is None:
                continue
            if not isinstance(value, int) or isinstance(value, bool) or value < low:
                raise ValueError(f"fault {name} is {value!r}; expected a whole number of at least {low}")
        if given.get("status", 200) > 599:
            raise ValueError(f"fault status is {given['status']}; expected 200 to 599")
        seconds = given.get("seconds")
        if seconds is not None and (not isinstance(seconds, int | float) or isinstance(seconds, bool) or seconds < 0):
            raise ValueError(f"fault seconds is {seconds!r}; expected 0 or more seconds")
        for name in ("method", "path"):
            if not isinstance(given.get(name, ""), str):
                raise ValueError(f"fault {name} is {given[name]!r}; expected text")
        headers = given.get("headers", {})
        if not isinstance(headers, dict):
            raise ValueError(f"fault headers is {headers!r}; expected an object of name: value")
        fields = {**given, "headers": {str(k): str(v) for k, v in headers.items()}}
        fields["method"] = str(given.get("method", "*")).upper()
        return cls(**fields)


class Faults:
    """The script, first match first. A header value ``now``, ``now+60`` or ``now-5`` becomes that epoch second."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._script: list[Fault] = []
        self._last_id = 0

    def add(self, fault: Fault | Mapping[str, Any]) -> Fault:
        """Append a fault and return it with its id.

        Raises:
            ValueError: for a mapping that is no fault.
        """
        parsed = fault if isinstance(fault, Fault) else Fault.parse(fault)
        with self._lock:
            self._last_id += 1
            parsed.id = self._last_id
            self._script.append(parsed)
        return parsed

    def clear(self) -> None:
        """Remove every fault."""
        with self._lock:
            self._script.clear()

    def script(self) -> list[dict[str, Any]]:
        """All faults, spent ones too (``times`` 0), as JSON-ready dicts."""
        with self._lock:
            return [asdict(f) for f in self._script]

    def take(self, network: str, method: str, path: str) -> Fault | None:
        """The fault to apply to this request, counted as applied; None when all is well."""
        with self._lock:
            for fault in self._script:
                if not fault.matches(network, method, path):
                    continue
                if fault.after > 0:
                    fault.after -= 1
                    continue
                if fault.times is not None:
                    fault.times -= 1
                fault.applied += 1
                return fault
        return None

    def headers(self, fault: Fault) -> list[tuple[bytes, bytes]]:
        """A fault's headers, with relative times filled in from the sandbox's clock."""

        def value(text: str) -> str:
            relative = _RELATIVE_TIME.fullmatch(text)
            return str(int(self._clock.time()) + int(relative[1] or 0)) if relative else text

        return [(k.lower().encode("latin-1"), value(v).encode("latin-1")) for k, v in fault.headers.items()]


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
        query = _shown(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        params = _params(body, _header(scope, b"content-type"))
        request = self._record.open(self._network, method, path, query=query, params=params, size=len(body))
        fault = None if self._network == "control" else self._faults.take(self._network, method, path)

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                request.status = message["status"]
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
            await _answer(tell, fault.status, *_fault_body(self._network, fault), self._faults.headers(fault))
        elif fault.kind == "html":
            await _answer(tell, 503, b"text/html; charset=utf-8", _FAULT_HTML, self._faults.headers(fault))
        else:
            if fault.kind == "lost_response":
                await self._app(scope, replay, _swallow)
            elif fault.kind == "hang":
                await _until_gone(receive, fault.seconds)
            request.status = 0
            await _drop(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = _shown(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
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


def ledger(routes: Iterable[BaseRoute]) -> tuple[str, ...]:
    """What these routes serve, as sorted ``"METHOD /path/{name}"`` lines; a network's `SUPPORTED` must equal it."""
    lines: set[str] = set()
    for route in routes:
        if isinstance(route, Route):
            lines |= {f"{method} {route.path}" for method in (route.methods or ()) if method != "HEAD"}
        elif isinstance(route, WebSocketRoute):
            lines.add(f"WEBSOCKET {route.path}")
    return tuple(sorted(lines))


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


async def _swallow(message: Message) -> None:
    """Take an answer that nobody will hear."""


async def _answer(send: Send, status: int, kind: bytes, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
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
        await _answer(send, 502, b"text/plain", b"", [])
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


def _params(body: bytes, content_type: str) -> Any:
    """The body's parameters with secrets masked; None for an empty one, a note for one that cannot be shown."""
    if not body:
        return None
    try:
        if "json" in content_type:
            return _masked(json.loads(body))
        if "urlencoded" in content_type:
            return _shown(parse_qsl(body.decode(), keep_blank_values=True))
    except (ValueError, RecursionError):
        return {"unreadable_bytes": len(body)}
    return {"bytes": len(body)}


def _shown(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name, value in pairs:
        kept = "***" if _is_secret(name) else value
        if name in shown:
            shown[name] = [*(shown[name] if isinstance(shown[name], list) else [shown[name]]), kept]
        else:
            shown[name] = kept
    return shown


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: "***" if _is_secret(k) and isinstance(v, str) else _masked(v) for k, v in value.items()}
    return [_masked(v) for v in value] if isinstance(value, list) else value


def _is_secret(name: str) -> bool:
    return name not in _NOT_SECRET and bool(_SECRET_NAME.search(name))
