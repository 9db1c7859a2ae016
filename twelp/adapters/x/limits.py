"""What X says is left: its answers carry the limit of the route, what is left of it, and when it is full again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Limit:
    """How often a route may still be called before `reset_at`."""

    route: str
    limit: int
    remaining: int
    reset_at: datetime

    def left(self, now: datetime) -> int:
        """How often it may be called at this hour: in full, once the window ended."""
        return self.remaining if now < self.reset_at else self.limit


def read(method: str, url: str, headers: Mapping[str, str]) -> Limit | None:
    """The limit that an answer tells of; None when it tells none, or nonsense.

    Source: docs.x.com/x-api/fundamentals/rate-limits.
    """
    try:
        limit, remaining, reset = (int(headers[f"x-rate-limit-{name}"]) for name in ("limit", "remaining", "reset"))
        at = datetime.fromtimestamp(reset, UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return None
    route = re.sub(r"/\d{2,}", "/:id", urlsplit(url).path)
    return Limit(f"{method} {route}", limit, remaining, at)
