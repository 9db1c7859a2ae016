"""Time zones as admins write them: what is none gets a hint that stays in its country, what is a trap a warning.

A zone names a place, as `Europe/Paris` does, so that it knows when its clocks change. Rules: a hint never leads to
another continent than the one that was written; letters like `IST` stand for places, never for other letters; a city
that has no zone of its own is sent to its country's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz.distance import OSA

_LETTERS: Final[dict[str, tuple[str, ...]]] = {
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"), "BST": ("Europe/London", "Asia/Dhaka"),
    "CST": ("America/Chicago", "Asia/Shanghai"), "CDT": ("America/Chicago",), "EDT": ("America/New_York",),
    "MDT": ("America/Denver",), "PST": ("America/Los_Angeles", "Asia/Manila"), "PDT": ("America/Los_Angeles",),
    "AST": ("America/Halifax", "Asia/Riyadh"), "ADT": ("America/Halifax",), "NST": ("America/St_Johns",),
    "NDT": ("America/St_Johns",), "AKST": ("America/Anchorage",), "AKDT": ("America/Anchorage",),
    "HDT": ("Pacific/Honolulu",), "ET": ("America/New_York",), "CT": ("America/Chicago",), "MT": ("America/Denver",),
    "PT": ("America/Los_Angeles",), "BRT": ("America/Sao_Paulo",), "ART": ("America/Argentina/Buenos_Aires",),
    "CLT": ("America/Santiago",), "COT": ("America/Bogota",), "PET": ("America/Lima",), "CEST": ("Europe/Paris",),
    "MEZ": ("Europe/Berlin",), "MESZ": ("Europe/Berlin",), "EEST": ("Europe/Athens",), "WEST": ("Europe/Lisbon",),
    "MSK": ("Europe/Moscow",), "TRT": ("Europe/Istanbul",), "WAT": ("Africa/Lagos",), "CAT": ("Africa/Maputo",),
    "EAT": ("Africa/Nairobi",), "SAST": ("Africa/Johannesburg",), "GST": ("Asia/Dubai",), "PKT": ("Asia/Karachi",),
    "NPT": ("Asia/Kathmandu",), "ICT": ("Asia/Bangkok",), "WIB": ("Asia/Jakarta",), "SGT": ("Asia/Singapore",),
    "MYT": ("Asia/Kuala_Lumpur",), "HKT": ("Asia/Hong_Kong",), "PHT": ("Asia/Manila",), "JST": ("Asia/Tokyo",),
    "KST": ("Asia/Seoul",), "AWST": ("Australia/Perth",), "ACST": ("Australia/Adelaide",),
    "ACDT": ("Australia/Adelaide",), "AEST": ("Australia/Sydney", "Australia/Brisbane"),
    "AEDT": ("Australia/Sydney",), "NZST": ("Pacific/Auckland",), "NZDT": ("Pacific/Auckland",),
}  # fmt: skip
"""What people mean by letters that are no zone, the likeliest first."""

_NO_PLACE: Final = {
    "EST": "America/New_York", "MST": "America/Denver", "HST": "Pacific/Honolulu", "EST5EDT": "America/New_York",
    "CST6CDT": "America/Chicago", "MST7MDT": "America/Denver", "PST8PDT": "America/Los_Angeles",
    "CET": "Europe/Paris", "MET": "Europe/Paris", "EET": "Europe/Athens", "WET": "Europe/Lisbon",
    "GMT": "Europe/London", "GMT0": "Europe/London", "GMT+0": "Europe/London", "GMT-0": "Europe/London",
    "Greenwich": "Europe/London", "UCT": "UTC", "Universal": "UTC", "Zulu": "UTC",
}  # fmt: skip
"""Zones that are kept for old programs: letters, not places. Many of them never change their clocks."""

_NO_ZONE: Final = {
    "Factory": "says that no zone was chosen yet",
    "localtime": "is whatever this machine is set to",
    "posixrules": "is whatever this machine is set to",
}

_CITIES: Final = {
    "Bern": "Europe/Zurich", "Basel": "Europe/Zurich", "Geneva": "Europe/Zurich", "Munich": "Europe/Berlin",
    "Hamburg": "Europe/Berlin", "Frankfurt": "Europe/Berlin", "Cologne": "Europe/Berlin", "Milan": "Europe/Rome",
    "Barcelona": "Europe/Madrid", "Manchester": "Europe/London", "Edinburgh": "Europe/London",
    "Lyon": "Europe/Paris", "Rotterdam": "Europe/Amsterdam", "Krakow": "Europe/Warsaw", "Porto": "Europe/Lisbon",
    "Ankara": "Europe/Istanbul", "Mumbai": "Asia/Kolkata", "Bombay": "Asia/Kolkata", "Delhi": "Asia/Kolkata",
    "New_Delhi": "Asia/Kolkata", "Bangalore": "Asia/Kolkata", "Bengaluru": "Asia/Kolkata", "Chennai": "Asia/Kolkata",
    "Hyderabad": "Asia/Kolkata", "Pune": "Asia/Kolkata", "Beijing": "Asia/Shanghai", "Shenzhen": "Asia/Shanghai",
    "Osaka": "Asia/Tokyo", "Kyoto": "Asia/Tokyo", "Busan": "Asia/Seoul", "Hanoi": "Asia/Ho_Chi_Minh",
    "Abu_Dhabi": "Asia/Dubai", "Tel_Aviv": "Asia/Jerusalem", "Islamabad": "Asia/Karachi", "Lahore": "Asia/Karachi",
    "Boston": "America/New_York", "Washington": "America/New_York", "Miami": "America/New_York",
    "Atlanta": "America/New_York", "Philadelphia": "America/New_York", "Dallas": "America/Chicago",
    "Houston": "America/Chicago", "Austin": "America/Chicago", "San_Francisco": "America/Los_Angeles",
    "Seattle": "America/Los_Angeles", "San_Diego": "America/Los_Angeles", "Las_Vegas": "America/Los_Angeles",
    "Portland": "America/Los_Angeles", "Ottawa": "America/Toronto", "Calgary": "America/Edmonton",
    "Rio_De_Janeiro": "America/Sao_Paulo", "Brasilia": "America/Sao_Paulo", "Canberra": "Australia/Sydney",
    "Wellington": "Pacific/Auckland", "Cape_Town": "Africa/Johannesburg", "Abuja": "Africa/Lagos",
}  # fmt: skip
"""Cities without a zone of their own."""

_OFFSET: Final = re.compile(r"(?:UTC|GMT)? ?[+\-−–]\d{1,2}(?::?\d{2})?", re.I)
_COPIES: Final = ("right/", "posix/")
_UTC: Final = frozenset({"UTC", "Etc/UTC"})


@cache
def zones() -> frozenset[str]:
    """The names of the time zones this machine knows (or the `tzdata` package brings)."""
    return frozenset(available_timezones())


def trap(name: str) -> tuple[str, str]:
    """What is wrong with a zone that there is, and the likely fix; two empty texts for a good one.

    >>> trap("Etc/GMT+2")[0]
    'Etc/GMT+2 is UTC-2: its sign is turned round'
    >>> trap("Europe/Paris")
    ('', '')
    """
    if name in _NO_ZONE:
        return f"{name} {_NO_ZONE[name]}", "write a place like Europe/Paris"
    bare = name.removeprefix("Etc/")
    if name in _UTC or (bare == name and name not in _NO_PLACE):
        return "", ""
    winter, summer = (_offset(name, month) for month in (1, 7))
    if re.fullmatch(r"GMT[+-][1-9]\d?", bare):
        return f"{name} is {winter}: its sign is turned round", "write a place like Europe/Paris, or UTC"
    place = _NO_PLACE.get(bare, "UTC")
    fix = f"write {place}" if place == "UTC" else f"write the place that is meant, like {place}"
    if winter != summer:
        return f"{name} is no place, but a rule for old programs ({winter}, in summer {summer})", fix
    return f"{name} is no place: it is {winter} all the year, without summer time", fix


def hint(name: str) -> str:
    """The likely fix for a zone that there is not; empty when nothing is likely.

    >>> hint("IST")
    'did you mean "Asia/Kolkata" (or Europe/Dublin, Asia/Jerusalem)?'
    >>> hint("Europe/Berln"), hint("Asia/Pariss")
    ('did you mean "Europe/Berlin"?', '')
    """
    if name in _NO_ZONE:
        return "write a place like Europe/Paris"
    if _OFFSET.fullmatch(name):
        return "an offset does not know summer time: write the place that is meant"
    written = re.sub(r"[\s-]+", "_", name.strip())
    for copy in _COPIES:
        written = written.removeprefix(copy)
    area, slash, city = written.partition("/")
    found = _within(area, city) if slash and city else _anywhere(written, name)
    if not found or found[0] not in zones():
        return ""
    others = f" (or {', '.join(found[1:])})" if found[1:] else ""
    return f'did you mean "{found[0]}"{others}?'


def _within(area: str, city: str) -> tuple[str, ...]:
    """For `Area/City`: the zone of that area whose city is spelt most alike, or that the city belongs to."""
    areas = {zone.partition("/")[0] for zone in zones() if "/" in zone} - {"Etc"}
    meant = _nearest(area, areas, at_most=2)
    if meant is None:
        return _of_city(city)
    zone = _of_city(city)
    if zone and zone[0].startswith(f"{meant}/"):
        return zone
    there = {zone.partition("/")[2]: zone for zone in zones() if zone.startswith(f"{meant}/")}
    there |= {zone.rpartition("/")[2]: zone for zone in there.values()}
    best = _nearest(city, there, at_most=max(1, len(city) // 4))
    return () if best is None else (there[best],)


def _anywhere(written: str, name: str) -> tuple[str, ...]:
    """For a word without an area: letters, a city, or a zone in other letters."""
    if name.upper() in _LETTERS:
        return _LETTERS[name.upper()]
    same = next((zone for zone in sorted(zones()) if zone.casefold() in (name.casefold(), written.casefold())), "")
    if same:
        place = _NO_PLACE.get(same, same)
        return () if same in _NO_ZONE else (place,)
    city = _of_city(written)
    if city or len(written) < 5:
        return city
    by_city = _by_city()
    best = _nearest(written, by_city, at_most=len(written) // 4)
    return () if best is None else (by_city[best],)


def _of_city(city: str) -> tuple[str, ...]:
    """The zone of exactly this city, in letters of any size."""
    known = {name.casefold(): zone for name, zone in (_CITIES | _by_city()).items()}
    zone = known.get(city.rpartition("/")[2].casefold())
    return (zone,) if zone else ()


@cache
def _by_city() -> dict[str, str]:
    return {zone.rpartition("/")[2]: zone for zone in sorted(zones()) if "/" in zone and not zone.startswith("Etc/")}


def _nearest(word: str, known: Iterable[str], *, at_most: int) -> str | None:
    """The one known word that fewest slips of the keyboard lead from; None where two are as near, or none is near."""
    slips = sorted((OSA.distance(word.casefold(), other.casefold(), score_cutoff=at_most), other) for other in known)
    near = [found for found in slips if found[0] <= at_most]
    if not near or (len(near) > 1 and near[0][0] == near[1][0] and near[0][0] > 0):
        return None
    return near[0][1]


def _offset(name: str, month: int) -> str:
    """How far that zone's clocks are from UTC in a month: `UTC-5`, `UTC+5:30`, `UTC`."""
    ahead = ZoneInfo(name).utcoffset(datetime(2026, month, 15, tzinfo=UTC).replace(tzinfo=None)) or timedelta()
    minutes = round(abs(ahead).total_seconds() / 60)
    if not minutes:
        return "UTC"
    part = f":{minutes % 60:02}" if minutes % 60 else ""
    return f"UTC{'-' if ahead < timedelta() else '+'}{minutes // 60}{part}"
