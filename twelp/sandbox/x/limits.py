"""X's rate limits: fixed windows of 15 minutes per endpoint, with daily ones for posts and for
private messages. How often private messages may be read, and all of activity's but the stream, is from memory.

Source: docs.x.com rate limits, as of August 2026. Windows run on the sandbox's clock, so that moving it forward opens
them again.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Final

from twelp.sandbox.wire import Clock
from twelp.sandbox.x.problems import Refusal, too_many

WINDOW_S: Final = 900
DAY_S: Final = 86_400
POSTS_A_DAY: Final = 10_000
DIRECTS_A_DAY: Final = 1_440


@dataclass(frozen=True, slots=True)
class Limit:
    """Calls per window, for a user's token and for the app's."""

    user: int
    app: int


LIMITS: Final = {
    "GET /2/users/me": Limit(75, 75),
    "GET /2/users": Limit(900, 300),
    "GET /2/users/{id}": Limit(900, 300),
    "GET /2/users/by": Limit(900, 300),
    "GET /2/users/by/username/{username}": Limit(900, 300),
    "GET /2/users/{id}/mentions": Limit(300, 450),
    "GET /2/users/{id}/tweets": Limit(900, 10_000),
    "GET /2/tweets": Limit(5_000, 3_500),
    "GET /2/tweets/{id}": Limit(900, 450),
    "GET /2/tweets/search/recent": Limit(300, 450),
    "POST /2/tweets": Limit(100, 100),
    "DELETE /2/tweets/{id}": Limit(50, 50),
    "GET /2/activity/subscriptions": Limit(500, 500),
    "POST /2/activity/subscriptions": Limit(500, 500),
    "DELETE /2/activity/subscriptions": Limit(500, 500),
    "GET /2/activity/stream": Limit(50, 50),
    "GET /2/dm_events": Limit(15, 15),
    "GET /2/dm_conversations/with/{participant_id}/dm_events": Limit(15, 15),
    "POST /2/dm_conversations/with/{participant_id}/messages": Limit(15, 1_440),
}

_DAILY: Final = {
    "POST /2/tweets": (POSTS_A_DAY, "x-app-limit-24hour-"),
    "POST /2/dm_conversations/with/{participant_id}/messages": (DIRECTS_A_DAY, "x-user-limit-24hour-"),
}


@dataclass(slots=True)
class _Window:
    ends_s: float
    used: int = 0


class Limits:
    """Counts calls and refuses those above the limit, unless lifted. While lifted, nothing is counted."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._windows: dict[tuple[str, bool], _Window] = {}
        self.lifted = False

    def reset(self) -> None:
        """Open every window again."""
        with self._lock:
            self._windows.clear()

    def count(self, line: str, *, as_user: bool) -> tuple[dict[str, str], Refusal | None]:
        """Count one call.

        Returns:
            The rate-limit headers of the answer (none while lifted), and the refusal to answer with when the limit is
            reached.
        """
        if self.lifted:
            return {}, None
        limit = LIMITS[line].user if as_user else LIMITS[line].app
        with self._lock:
            headers, full = self._use((line, as_user), limit, WINDOW_S, "x-rate-limit-")
            if line in _DAILY and not full:
                most, prefix = _DAILY[line]
                daily, full = self._use((f"{line} a day", as_user), most, DAY_S, prefix)
                headers |= daily
        return headers, too_many() if full else None

    def _use(self, key: tuple[str, bool], limit: int, length_s: int, prefix: str) -> tuple[dict[str, str], bool]:
        now = self._clock.time()
        window = self._windows.get(key)
        if window is None or now >= window.ends_s:
            window = self._windows[key] = _Window(now + length_s)
        full = window.used >= limit
        if not full:
            window.used += 1
        shown = {"limit": limit, "remaining": limit - window.used, "reset": int(window.ends_s) + 1}
        return {f"{prefix}{name}": str(value) for name, value in shown.items()}, full
