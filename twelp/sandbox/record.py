"""The record of requests: what arrived, in order, with secrets masked and memory bounded."""

from __future__ import annotations

import json
import re
import threading
from collections import deque
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl

from twelp.sandbox.clock import Clock

_KEPT_REQUESTS: Final = 20_000
_KEPT_BYTES: Final = 64_000_000
_SECRET_NAME: Final = re.compile(r"token|secret|password|signature|authorization", re.IGNORECASE)
_NOT_SECRET: Final = frozenset({"pagination_token", "next_token", "previous_token"})


@dataclass(slots=True)
class Request:
    """One request as it was recorded.

    Attributes:
        status: None while it is open, and 0 when the connection was dropped.
        retry_after_s: after how many seconds a 429 told to come again.
    """

    number: int
    at: datetime
    network: str
    method: str
    path: str
    query: dict[str, Any]
    params: Any
    status: int | None = None
    fault: str | None = None
    retry_after_s: float | None = None
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


def shown_body(body: bytes, content_type: str) -> Any:
    """The body's parameters with secrets masked; None for an empty one, a note for one that cannot be shown."""
    if not body:
        return None
    try:
        if "json" in content_type:
            return _masked(json.loads(body))
        if "urlencoded" in content_type:
            return shown_form(body.decode())
    except (ValueError, RecursionError):
        return {"unreadable_bytes": len(body)}
    return {"bytes": len(body)}


def shown_form(encoded: str) -> dict[str, Any]:
    """The parameters of a query or form with secrets masked; a repeated one becomes a list."""
    shown: dict[str, Any] = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
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
