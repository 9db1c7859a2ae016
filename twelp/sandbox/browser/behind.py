"""What goes on behind the scenes: what the app tells of the selected question, and the requests on the wire."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote, urlsplit

import httpx

from twelp.sandbox.browser.guard import is_loopback
from twelp.sandbox.record import Request
from twelp.sandbox.world import Sandbox

_LINES: Final = 40
_LOOKED_AT: Final = 400
_WAIT_S: Final = 2.0
_NOTHING_STAYS_OPEN: Final = httpx.Limits(max_keepalive_connections=0)
"""So that there is nothing to close when the sandbox ends, however it does."""
_CURSORS: Final = frozenset({"since_id", "until_id"})
"""These name a post that is not asked for."""

_NUMBER: Final = re.compile(r"/\d{6,}")

FAULTS: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    "x503": ("X answers the next post with 503", {"kind": "status", "network": "x", "method": "POST", "status": 503}),
    "xlost": ("X posts, and its answer is lost", {"kind": "lost_response", "network": "x", "method": "POST"}),
    "x429": (
        "X is asked too often, for 30 s",
        {
            "kind": "status",
            "network": "x",
            "status": 429,
            "times": 3,
            "headers": {"x-rate-limit-reset": "now+30", "x-rate-limit-remaining": "0"},
        },
    ),
    "slow": ("Slack is slow: 2 s, ten times", {"kind": "slow", "network": "slack", "times": 10, "seconds": 2.0}),
    "cut": ("Slack ends the next three connections", {"kind": "close", "network": "slack", "times": 3}),
}
"""What may be made to go wrong: in words, and as the wire knows it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on the wire. `times`: so many alike in a row; `status`: empty while it is open; `bad`: it failed."""

    at: datetime
    who: str
    what: str
    status: str
    bad: bool
    marked: bool
    times: int = 1


class Told:
    """Asks the app what it knows of a question, at the address that it left; several who look share one answer."""

    def __init__(self) -> None:
        self.url = ""
        self._client: httpx.AsyncClient | None = None
        self._lock = asyncio.Lock()
        self._kept: tuple[str, float, Mapping[str, Any] | None] = ("", 0.0, None)

    def leave(self, url: str) -> None:
        """From now on, ask there.

        Raises:
            ValueError: it is no address of this machine's.
        """
        parts = urlsplit(url)
        if parts.scheme != "http" or not is_loopback(parts.hostname or ""):
            raise ValueError(f"url is {url[:100]!r}; expected an address like http://127.0.0.1:8080")
        self.url = url.rstrip("/")

    async def of(self, post_id: str) -> Mapping[str, Any] | None:
        """What is known of the question with this post; None where nothing is, or nobody answers."""
        if not (self.url and post_id):
            return None
        async with self._lock:
            now = asyncio.get_running_loop().time()
            kept, at, answer = self._kept
            if kept == post_id and now - at < 0.4:
                return answer
            answer = await self._asked(post_id)
            self._kept = (post_id, asyncio.get_running_loop().time(), answer)
            return answer

    async def _asked(self, post_id: str) -> Mapping[str, Any] | None:
        self._client = self._client or httpx.AsyncClient(trust_env=False, timeout=_WAIT_S, limits=_NOTHING_STAYS_OPEN)
        try:
            response = await self._client.get(f"{self.url}/questions/x:{quote(post_id)}.json")
            found = response.json() if response.status_code == 200 else None
        except (httpx.HTTPError, ValueError):
            return None
        return found if isinstance(found, dict) else None


def on_the_wire(sandbox: Sandbox, marked: frozenset[str]) -> list[Line]:
    """What was asked and done lately, newest first; the same thing again and again is one line."""
    lines = [_request(one, marked) for one in sandbox.record.requests(after=sandbox.record.total - _LOOKED_AT)]
    lines += [_act(sandbox, act) for act in list(sandbox.slack.acts.log)[-_LINES:]]
    shown: list[Line] = []
    for line in sorted((line for line in lines if line is not None), key=lambda line: line.at):
        last = shown[-1] if shown else None
        if last is not None and (last.what, last.status, last.marked) == (line.what, line.status, line.marked):
            again = Line(line.at, line.who, line.what, line.status, line.bad, line.marked, last.times + 1)
            shown[-1] = again
        else:
            shown.append(line)
    return shown[: -_LINES - 1 : -1]


def _request(one: Request, marked: frozenset[str]) -> Line | None:
    if one.network not in ("x", "slack"):
        return None
    status = "…" if one.status is None else "lost" if one.status == 0 else str(one.status)
    bad = one.status is not None and not 100 < one.status < 400
    asked = {name: value for name, value in one.query.items() if name not in _CURSORS}
    words = json.dumps([one.params, asked, one.path]) if marked else ""
    path = one.path.removeprefix("/api/") if one.network == "slack" else _NUMBER.sub("/…", f"{one.method} {one.path}")
    is_marked = any(post_id in words for post_id in marked)
    return Line(one.at, f"app → {'X' if one.network == 'x' else 'Slack'}", path, status, bad, is_marked)


def _act(sandbox: Sandbox, act: Mapping[str, Any]) -> Line:
    person = sandbox.slack.workspace.people.get(str(act.get("user")))
    status = f"{act['ms']:.0f} ms" if act.get("acked") else str(act.get("error") or "refused")
    at = datetime.fromtimestamp(float(act["at_s"]), UTC)
    return Line(
        at, "Slack → app", f"{person.real_name if person else '?'}: {act['act']}", status, not act["acked"], False
    )
