"""When somebody is free: the first moment at which neither absence nor quiet hours nor the day's budget bars.

Everything is reckoned in UTC, and each bar is looked at again until none is left: a holiday may end in quiet hours, and
quiet hours on a day whose asks are used up. Where a clock is set back, an hour of the wall comes twice, and what holds
then holds twice; where it is set forward, quiet hours that end in the missing hour end with the change.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from twelp.flow.dispatch.limits import Moment, day_after, within
from twelp.model import Asked, Expert, QuietHours

_STEP = timedelta(hours=6)
"""No zone changes its clock twice within less."""

_DAY = timedelta(days=1)


def free_at(expert: Expert, now: datetime, asked: Asked | None = None) -> datetime | None:
    """The first moment from `now` on at which nothing bars; `now` itself when nothing does.

    Args:
        expert: who.
        now: aware UTC.
        asked: what was asked of them today; None: their budget plays no part, as for a note.

    Returns:
        Aware UTC; None for who is never to be asked, as their budget is 0.
    """
    if asked is not None and expert.daily_asks <= 0:
        return None
    at = now.astimezone(UTC)
    while True:
        found = (expert.away_until(at) or at).astimezone(UTC)
        if expert.quiet is not None:
            found = _awake_at(expert.zone, expert.quiet, found)
        if asked is not None and Moment(found).asked_today(expert, asked) >= expert.daily_asks:
            found = day_after(expert.zone, found)
        if found == at:
            return at
        at = found


@lru_cache(maxsize=4_096)
def _awake_at(zone: ZoneInfo, quiet: QuietHours, now: datetime) -> datetime:
    """The first moment from `now` on that is not within these quiet hours."""
    at = now
    while within(quiet, (local := at.astimezone(zone)).time()):
        left = datetime.combine(local.date(), quiet.end) - local.replace(tzinfo=None)
        end = at + left % _DAY
        at = _next_change(zone, at, end) or end
    return at


def _next_change(zone: ZoneInfo, start: datetime, end: datetime) -> datetime | None:
    """The first moment after `start`, up to `end`, from which the clock there differs otherwise from UTC."""
    offset, before = start.astimezone(zone).utcoffset(), start
    while before < end:
        after = min(end, before + _STEP)
        if after.astimezone(zone).utcoffset() != offset:
            return _found(zone, before, after)
        before = after
    return None


def _found(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The whole second of the change between these two."""
    offset = before.astimezone(zone).utcoffset()
    low, high = int(before.timestamp()), -int(-after.timestamp() // 1)
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)
