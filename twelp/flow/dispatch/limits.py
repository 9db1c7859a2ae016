"""What must never be overstepped: a person's absence, their quiet hours and their own day's budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta

from twelp.model import Expert


def refusal(expert: Expert, asked: Mapping[str, Sequence[datetime]], now: datetime) -> str:
    """Why this person must not be asked anything now; empty when they may."""
    if (back := expert.away_until(now)) is not None:
        return f"is away until {back.astimezone(expert.zone):%A %H:%M} there"
    if quiet(expert, now):
        return f"has quiet hours ({now.astimezone(expert.zone):%H:%M} there)"
    if asked_today(expert, asked.get(expert.id, ()), now) >= expert.daily_asks:
        return f"was asked {expert.daily_asks} times today, which is enough"
    return ""


def quiet(expert: Expert, now: datetime) -> bool:
    """True when it is the expert's quiet hours, in their own zone."""
    if expert.quiet is None or expert.quiet.start == expert.quiet.end:
        return False
    local = now.astimezone(expert.zone).time()
    start, end = expert.quiet.start, expert.quiet.end
    return start <= local < end if start < end else local >= start or local < end


def asked_today(expert: Expert, hours: Sequence[datetime], now: datetime) -> int:
    """How many of these asks fell on the expert's own calendar day."""
    today = now.astimezone(expert.zone).date()
    return sum(1 for at in hours if at.astimezone(expert.zone).date() == today)


def free_at(expert: Expert, hours: Sequence[datetime], now: datetime) -> datetime:
    """The next hour at which neither absence nor quiet hours nor the day's budget speak against asking."""
    hour = expert.away_until(now) or now
    if expert.daily_asks <= asked_today(expert, hours, hour):
        tomorrow = hour.astimezone(expert.zone).date() + timedelta(days=1)
        hour = datetime.combine(tomorrow, time(), tzinfo=expert.zone).astimezone(UTC)
    if expert.quiet is not None and quiet(expert, hour):
        local = hour.astimezone(expert.zone)
        end = datetime.combine(local.date(), expert.quiet.end, tzinfo=expert.zone)
        if end <= local:
            end = datetime.combine(local.date() + timedelta(days=1), expert.quiet.end, tzinfo=expert.zone)
        hour = end.astimezone(UTC)
    return expert.away_until(hour) or hour
