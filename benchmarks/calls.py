"""What was asked of the sandbox, told apart: new calls, the same ones again, looks before a second try, refused ones.

A call is the same again when it would do the same: a reply with that text under that post, a message with that key in
that channel, an update of that message to that text. A look at what stands there already is a repetition, too: only
doubt makes one.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

from twelp.sandbox.record import Request
from twelp.sandbox.server import Running

IN_FLIGHT_S: Final = 0.3
"""A call that another thread began this soon after a 429 did not know of it."""

_OF_SOCKETS: Final = "apps.connections.open"
"""A new one is wanted whenever Slack ends one; a repetition is what follows a failed one."""


class Record:
    """Everything that was asked of the sandbox, kept beyond what it keeps itself."""

    def __init__(self, running: Running) -> None:
        self._record = running.sandbox.record
        self.clock = running.sandbox.clock
        self._seen = 0
        self.calls: list[Request] = []

    def read(self) -> None:
        """Takes in what is new; often enough that nothing has been dropped by then."""
        for request in self._record.requests(after=self._seen):
            self._seen = request.number
            if request.network in ("x", "slack"):
                self.calls.append(request)

    def figures(self) -> dict[str, Any]:
        """Calls but for polling, which has a pace of its own; how many of them failed, and were repetitions."""
        counted = [call for call in self.calls if not _polls(call)]
        early = too_early(self.calls)
        seen: set[tuple[str, ...]] = set()
        again: Counter[str] = Counter()
        failed = False
        for call in counted:
            key, method = _does(call), _method(call)
            again[method] += failed if method == _OF_SOCKETS else key is None or key in seen
            if method == _OF_SOCKETS:
                failed = bool(call.fault)
            elif key is not None:
                seen.add(key)
        return {
            "calls": len(counted),
            "failures": dict(Counter(str(call.fault) for call in counted if call.fault)),
            "repetitions": {method: many for method, many in again.items() if many},
            "new_calls": dict(Counter(key[0] for key in seen)),
            "limits_exceeded": early.total(),
            "exceeded": dict(early),
            "over_limit": dict(Counter(_method(c) for c in self.calls if c.status == 429 and not c.fault)),
        }

    def answered_after(self, network: str, hour: float) -> float | None:
        """Seconds from that hour until this network answered a call well; None when it did not."""
        good = [c.at.timestamp() for c in self.calls if c.network == network and c.status == 200 and not c.fault]
        return min((round(at - hour, 1) for at in good if at > hour), default=None)


def too_early(calls: list[Request]) -> Counter[str]:
    """By method, calls made before the hour that a 429 of the same method (and channel, in Slack) named."""
    found: Counter[str] = Counter()
    until: dict[tuple[str, ...], tuple[float, float]] = {}
    for call in calls:
        where = (call.network, call.method, call.path, str(_params(call).get("channel", "")))
        at = call.at.timestamp()
        told_at, shut = until.get(where, (0.0, 0.0))
        if told_at + IN_FLIGHT_S < at < shut - 0.1:
            found[_method(call)] += 1
        if call.status == 429 and call.retry_after_s:
            until[where] = at, at + call.retry_after_s
    return found


def _polls(call: Request) -> bool:
    return call.path.endswith("/mentions") or call.method == "WEBSOCKET"


def _does(call: Request) -> tuple[str, ...] | None:
    """What the call would do; None for one that only looks what was done."""
    params, method = _params(call), _method(call)
    if call.network == "x" and call.method == "GET" and method == "tweets":
        return None
    if method == "conversations.history":
        return None
    if call.network == "x" and method == "tweets":
        reply = params.get("reply")
        return method, str(reply), str(params.get("text"))
    if method == "chat.postMessage" and params.get("metadata"):
        metadata = params["metadata"]
        known = json.loads(metadata) if isinstance(metadata, str) else metadata
        return method, str(params.get("channel")), json.dumps(known, sort_keys=True)
    if call.path.startswith("/response/"):
        return "response_url", call.path, json.dumps(params, sort_keys=True)
    return method, call.path, json.dumps([call.query, params], sort_keys=True)


def _method(call: Request) -> str:
    return call.path.rpartition("/")[2]


def _params(call: Request) -> dict[str, Any]:
    return call.params if isinstance(call.params, dict) else {}
