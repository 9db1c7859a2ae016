"""Volunteers: who may be asked, and when, once people's own words are laid over experts.yaml.

Rules: with `rules` in the roster, being listed is an invitation, and only who accepted the present version takes part;
without, being listed is enough. Who left takes no part either way. Quiet hours and budget that a person set for
themselves stand in place of the file's, even where they allow more: the file asks, the person decides. The file itself
is never changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from twelp.model import Break, Expert, QuietHours, Roster, Rules, Volunteer
from twelp.texts import acts

_WEEKLY = time(9)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def takes_part(volunteer: Volunteer | None, rules: Rules | None) -> bool:
    """Whether a listed person is enrolled; `volunteer` is None for who never said anything."""
    if volunteer is not None and volunteer.left_at is not None:
        return False
    return rules is None or (volunteer is not None and volunteer.accepted == rules.version)


def in_effect(roster: Roster, volunteers: Mapping[str, Volunteer]) -> Roster:
    """The roster as it holds now: only who takes part, each with what they set for themselves."""
    experts = {
        person: with_own_words(expert, volunteers.get(person))
        for person, expert in roster.experts.items()
        if takes_part(volunteers.get(person), roster.rules)
    }
    return replace(roster, experts=experts)


def with_own_words(expert: Expert, own: Volunteer | None) -> Expert:
    """The expert with their own quiet hours, budget, pause and do-not-disturb."""
    if own is None:
        return expert
    pause = (Break(_LONG_AGO, own.paused_until),) if own.paused_until else ()
    disturb = (own.disturb,) if own.disturb else ()
    return replace(
        expert,
        quiet=expert.quiet if own.quiet is None else own.quiet if own.quiet.start != own.quiet.end else None,
        daily_asks=expert.daily_asks if own.daily_asks is None else own.daily_asks,
        breaks=(*pause, *disturb),
    )


def hours(quiet: QuietHours | None) -> str:
    """Quiet hours as people write them.

    >>> from datetime import time
    >>> hours(QuietHours(time(22), time(8)))
    '22:00-08:00'
    >>> print(hours(None))
    none
    """
    return f"{quiet.start:%H:%M}-{quiet.end:%H:%M}" if quiet is not None and quiet.start != quiet.end else acts.NO_QUIET


def differences(expert: Expert, own: Volunteer, now: datetime) -> tuple[tuple[str, str, str], ...]:
    """What a person's own words change, as (field, experts.yaml's value, theirs)."""
    found = []
    if own.quiet is not None and hours(own.quiet) != hours(expert.quiet):
        found.append(("quiet", hours(expert.quiet), hours(own.quiet)))
    if own.daily_asks is not None and own.daily_asks != expert.daily_asks:
        found.append(("daily_asks", str(expert.daily_asks), str(own.daily_asks)))
    if own.paused_until is not None and own.paused_until > now:
        found.append(("paused_until", "", own.paused_until.astimezone(expert.zone).isoformat(timespec="minutes")))
    return tuple(found)


def next_monday(now: datetime, zone: ZoneInfo) -> datetime:
    """The next Monday at nine, on the person's own clock, aware UTC; never `now` itself."""
    local = now.astimezone(zone)
    day = local.date() - timedelta(days=local.weekday())
    while (at := datetime.combine(day, _WEEKLY, tzinfo=zone).astimezone(UTC)) <= now:
        day += timedelta(days=7)
    return at
