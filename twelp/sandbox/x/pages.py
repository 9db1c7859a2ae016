"""Pages of a timeline: newest first, bounded by ids and times, with tokens to the older and the newer page."""

from __future__ import annotations

import bisect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from twelp.sandbox.wire import Clock
from twelp.sandbox.x.params import make_token
from twelp.sandbox.x.problems import Refusal, invalid
from twelp.sandbox.x.state import Post, iso, snowflake

MENTIONS_REACH: Final = 800
TIMELINE_REACH: Final = 3200
SEARCH_WINDOW: Final = timedelta(days=7)

Show = Callable[[int], Post | None]


@dataclass(frozen=True, slots=True)
class Page:
    """Posts, newest first, and the ``meta`` that goes with them."""

    posts: list[Post]
    meta: dict[str, Any]


def page(index: list[int], show: Show, asked: dict[str, Any], reach: int | None) -> Page:
    """One page of the posts in `index` (ids, ascending).

    Args:
        index: the timeline's ids, ascending.
        show: the post for an id, or None when it is not to be shown.
        asked: the request's checked parameters.
        reach: how many posts back the timeline goes; None for all.
    """
    start = max(0, len(index) - reach) if reach is not None else 0
    low, high = _bounds(index, asked, start)
    direction, boundary = asked.get("pagination_token") or asked.get("next_token") or ("", 0)
    size = asked.get("max_results", 10)
    if direction == "p":
        at = max(low, bisect.bisect_right(index, boundary))
        found, at = _collect(index, show, range(at, high), size)
        found.reverse()
    else:
        if direction == "n":
            high = min(high, bisect.bisect_left(index, boundary))
        found, at = _collect(index, show, range(high - 1, low - 1, -1), size)
    meta: dict[str, Any] = {"result_count": len(found)}
    if found:
        meta |= {"newest_id": str(found[0].id), "oldest_id": str(found[-1].id)}
        low, high = _bounds(index, asked, start)
        if bisect.bisect_left(index, found[-1].id) > low:
            meta["next_token"] = make_token("n", found[-1].id)
        if direction and bisect.bisect_right(index, found[0].id) < high:
            meta["previous_token"] = make_token("p", found[0].id)
    elif direction == "n":
        meta["previous_token"] = make_token("p", boundary - 1)
    return Page(found, meta)


def _collect(index: list[int], show: Show, places: range, size: int) -> tuple[list[Post], int]:
    found: list[Post] = []
    at = places.start
    for at in places:
        if (post := show(index[at])) is not None:
            found.append(post)
            if len(found) == size:
                break
    return found, at


def _bounds(index: list[int], asked: dict[str, Any], start: int) -> tuple[int, int]:
    """The half-open range of places in `index` that the asked ids and times leave."""
    low, high = start, len(index)
    if (since_id := asked.get("since_id")) is not None:
        low = max(low, bisect.bisect_right(index, since_id))
    if (start_time := asked.get("start_time")) is not None:
        low = max(low, bisect.bisect_left(index, snowflake(start_time)))
    if (until_id := asked.get("until_id")) is not None:
        high = min(high, bisect.bisect_left(index, until_id))
    if (end_time := asked.get("end_time")) is not None:
        high = min(high, bisect.bisect_left(index, snowflake(end_time)))
    return low, max(low, high)


def check_recent(asked: dict[str, Any], clock: Clock) -> Refusal | None:
    """Why recent search refuses these bounds, or None: it knows the last seven days, up to ten seconds ago.

    Source: docs.x.com, "Recent search", `start_time`, `end_time` and `since_id`.
    """
    now = clock.now()
    oldest = now - SEARCH_WINDOW
    for name in ("start_time", "end_time"):
        at: datetime | None = asked.get(name)
        if at is not None and at < oldest:
            message = f"Invalid '{name}':'{iso(at)}'. '{name}' must be on or after {iso(oldest)}"
            return invalid(message, name, iso(at))
    end = asked.get("end_time")
    if end is not None and end > now - timedelta(seconds=10):
        message = (
            f"Invalid 'end_time':'{iso(end)}'. 'end_time' must be a minimum of 10 seconds prior to the request time."
        )
        return invalid(message, "end_time", iso(end))
    since = asked.get("since_id")
    if since is not None and since < snowflake(oldest):
        message = (
            f"'since_id' must be a tweet id created after [{iso(oldest)}]. "
            f"Please use a 'since_id' that is larger than {snowflake(oldest)}"
        )
        return invalid(message, "since_id", str(since))
    return None
