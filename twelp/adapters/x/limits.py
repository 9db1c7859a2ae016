"""What X says is left: its answers carry the limit of the route, what is left of it, and when it is full again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from twelp.ports import Limit

_OFF_BY: Final = timedelta(minutes=10)
"""X refuses requests that are signed by a clock further off than 5 minutes: a greater difference is no clock's."""


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
