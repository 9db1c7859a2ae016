"""What X says is left: its answers carry the limit of the route, what is left of it, and when it is full again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

KEPT_BACK: Final = 6
"""Calls of a window that a paced reader leaves: for answers of several pages, and for who shares the account."""
_LONGEST: Final = timedelta(hours=25)
_OFF_BY: Final = timedelta(minutes=10)
"""X refuses requests that are signed by a clock further off than 5 minutes: a greater difference is no clock's."""


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

    def pace(self, now: datetime) -> timedelta:
        """The time between two calls with which the window lasts to its end; none is needed once it ended.

        A window longer than X's longest is not believed.

        >>> at = datetime(2026, 1, 1, tzinfo=UTC)
        >>> Limit("GET /", 300, 300, at + timedelta(seconds=882)).pace(at)
        datetime.timedelta(seconds=3)
        """
        rest = self.reset_at - now
        if not timedelta() < rest <= _LONGEST:
            return timedelta()
        return rest / max(1, self.remaining - KEPT_BACK)


def clock_ahead(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How far our clock is ahead of X's, to the second, by the hour of its answer; nothing where it tells none."""
    try:
        at = parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError, TypeError):
        return timedelta()
    ahead = now - (at if at.tzinfo else at.replace(tzinfo=UTC))
    return ahead if timedelta(seconds=2) < abs(ahead) < _OFF_BY else timedelta()


def read(method: str, url: str, headers: Mapping[str, str], now: datetime | None = None) -> Limit | None:
    """The limit that an answer tells of; None when it tells none, or nonsense.

    Its end is by our clock, of which `now` is the hour; without `now`, by X's.

    Source: docs.x.com/x-api/fundamentals/rate-limits.
    """
    try:
        limit, remaining, reset = (int(headers[f"x-rate-limit-{name}"]) for name in ("limit", "remaining", "reset"))
        at = datetime.fromtimestamp(reset, UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return None
    route = re.sub(r"/\d{2,}", "/:id", urlsplit(url).path)
    ahead = clock_ahead(headers, now) if now is not None else timedelta()
    return Limit(f"{method} {route}", limit, remaining, at + ahead)
