"""Self-service: what a person writes after `/twelp`, read into what they want, or told what cannot be read.

Rules: hours and days are those of the person's own clock; nothing is guessed beyond what a colleague would understand;
a refusal names what was written and shows what would do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from twelp.model import QuietHours
from twelp.texts import acts

LONGEST_PAUSE: Final = timedelta(days=365)
MORNING: Final = time(8)
"""When a pause "until monday" ends: who has quiet hours is not asked before those end, either."""

BUDGET_MOST: Final = 100

_LENGTH = re.compile(r"(\d{1,4}(?:[.,]\d)?)\s*([a-z]+)")
_UNITS: Final = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("w", "wk", "week", "weeks"), timedelta(weeks=1)),
}
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOUR = re.compile(r"([01]?\d|2[0-3])(?:[:.]([0-5]\d)|\s*h\s*([0-5]\d)?)")
_HOURS_AND_MINUTES = re.compile(r"\d{1,2}\s*h\s*\d{2}")
_HALF = re.compile(r"\b(0?[1-9]|1[0-2])(?:[:.]([0-5]\d))?\s*([ap])\.?m\b\.?")
_SPAN = re.compile(
    r"([01]?\d|2[0-3])(?:[:.h]([0-5]\d))?\s*h?\s*(?:-{1,2}|~|to|until)\s*([01]?\d|2[0-4])(?:[:.h]([0-5]\d))?\s*h?"
)
_OWN_NAME = re.compile(r"[/@]?twelp(?:\s+|$)", re.IGNORECASE)
_ASSIGNED = re.compile(r"/?(\w+)\s*[:=]\s*(.*)")
_QUOTES: Final = frozenset("\"'`´“”„‟«»‹›‘’‚‛′″〝〞〟「」『』")
_AROUND: Final = "*_~()[]{}<>|"
_BEHIND: Final = f"{_AROUND}.,;:!?。、！？…"
_MINUS: Final = "\u2212"


@dataclass(frozen=True, slots=True)
class Unclear:
    """What was written cannot be read; `message` says so and what would do."""

    message: str


def plain(text: str) -> str:
    """The words with single spaces: no quotes, no emphasis, no full stop behind, every dash a `-`, nothing unseen.

    >>> plain("“until\u00a0Monday”.")
    'until Monday'
    >>> plain("quiet *22:00 – 08:00*!")
    'quiet 22:00 - 08:00'
    """
    seen = "".join(_spelt(char) for char in unicodedata.normalize("NFKC", text))
    words = (word.rstrip(_BEHIND).lstrip(_AROUND) for word in seen.split())
    return " ".join(word for word in words if word)


def _spelt(char: str) -> str:
    if char in _QUOTES or unicodedata.category(char) == "Cf":
        return ""
    return "-" if char == _MINUS or unicodedata.category(char) == "Pd" else char


def switch(text: str) -> bool | None:
    """`on` or `off`; None for anything else."""
    return {"on": True, "off": False}.get(plain(text).casefold())


def word_of(text: str, known: Collection[str]) -> tuple[str, str]:
    """The first word (small letters; `help` when there is none) and the rest. The command's own name may be repeated.

    `known`: the words that there are; of those a sign may stand behind.

    >>> known = ("pause", "digest")
    >>> word_of("/twelp Pause: 2h", known), word_of("digest=on", known), word_of("", known)
    (('pause', '2h'), ('digest', 'on'), ('help', ''))
    """
    said = _OWN_NAME.sub("", plain(text))
    found = _ASSIGNED.match(said)
    first, rest = (found[1], found[2]) if found and found[1].casefold() in known else said.partition(" ")[::2]
    return first.removeprefix("/").casefold() or "help", rest


def pause_end(text: str, now: datetime, zone: ZoneInfo) -> datetime | Unclear:
    """When a pause ends, aware UTC.

    >>> now, utc = datetime(2026, 11, 22, 12, tzinfo=UTC), ZoneInfo("UTC")  # a Sunday
    >>> f"{pause_end('2h', now, utc):%a %H:%M}", f"{pause_end('until monday', now, utc):%a %H:%M}"
    ('Sun 14:00', 'Mon 08:00')
    """
    said = plain(text).casefold().removeprefix("- ")
    wish = said.removeprefix("for ").removeprefix("until ").removeprefix("till ").removeprefix("on ")
    if not wish:
        return Unclear(acts.PAUSE_HOW)
    moment = _in_24_hours(wish)
    until = said.startswith(("until ", "till "))  # "until 17h30" is an hour, "17h30" a length
    if not until and _HOURS_AND_MINUTES.fullmatch(wish):
        wish = f"{wish}m"
    try:
        end = None if until else _length(wish, now)
        end = end or _hour(moment, now, zone) or _day(wish, now, zone) or _length(wish, now)
    except (ValueError, OverflowError):
        end = None
    if end is None:
        return Unclear(acts.PAUSE_UNCLEAR(said=text[:60]))
    if end <= now:
        return Unclear(acts.PAUSE_OVER(said=text[:60]))
    if end - now > LONGEST_PAUSE:
        return Unclear(acts.PAUSE_LONG)
    return end


def _length(wish: str, now: datetime) -> datetime | None:
    parts = _LENGTH.findall(wish)
    if not parts or not wish[0].isdigit() or _LENGTH.sub("", wish).replace("and", "").strip(" ,"):
        return None
    if any(unit not in _UNITS for _, unit in parts):
        return None
    return now + sum((float(n.replace(",", ".")) * _UNITS[unit] for n, unit in parts), timedelta())


def _hour(wish: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    found = _HOUR.fullmatch(wish)
    if found is None:
        return None
    today, hour = now.astimezone(zone).date(), time(int(found[1]), int(found[2] or found[3] or 0))
    # an hour that comes twice, as clocks are set back, may be over once and yet to come
    ahead = [(day, fold) for day in (today, today + timedelta(days=1)) for fold in (0, 1)]
    ends = (datetime.combine(day, hour.replace(fold=fold), tzinfo=zone).astimezone(UTC) for day, fold in ahead)
    return next((end for end in ends if end > now), None)


def _in_24_hours(said: str) -> str:
    """The text with `10pm` as `22:00`.

    >>> _in_24_hours("10pm-8:30 a.m.")
    '22:00-8:30'
    """
    return _HALF.sub(lambda at: f"{int(at[1]) % 12 + 12 * (at[3] == 'p')}:{at[2] or '00'}", said)


def _day(wish: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    today = now.astimezone(zone).date()
    name = wish.removeprefix("next ")
    ahead = {"tomorrow": 1, "today": 1, "week": 7 - today.weekday()}.get(name)
    if ahead is None:
        weekday = next((n for n, day in enumerate(_DAYS) if len(name) >= 3 and day.startswith(name)), None)
        ahead = None if weekday is None else (weekday - today.weekday() - 1) % 7 + 1
    day = date.fromisoformat(wish) if ahead is None else today + timedelta(days=ahead)
    return datetime.combine(day, MORNING, tzinfo=zone).astimezone(UTC)


def day_and_hour(at: datetime, zone: ZoneInfo) -> str:
    """A moment on somebody's own clock, as people say it.

    >>> print(day_and_hour(datetime(2026, 11, 23, 8, tzinfo=UTC), ZoneInfo("UTC")))
    Monday, 23 November, 08:00
    """
    local = at.astimezone(zone)
    weekday, month = acts.WEEKDAYS[local.weekday()], acts.MONTHS[local.month - 1]
    return acts.DAY_AND_HOUR(weekday=weekday, day=local.day, month=month, hour=f"{local:%H:%M}")


def quiet_hours(text: str) -> QuietHours | Unclear | None:
    """Quiet hours; `start` equal to `end` for none at all; None: as the roster says.

    >>> quiet_hours("22-8")
    QuietHours(start=datetime.time(22, 0), end=datetime.time(8, 0))
    """
    said = plain(text).casefold().removeprefix("- ").removeprefix("from ")
    if said in ("off", "none", "no"):
        return QuietHours(time(), time())
    if said == "default":
        return None
    found = _SPAN.fullmatch(_in_24_hours(said))
    if found is None:
        return Unclear(acts.QUIET_UNCLEAR(said=text[:60]))
    start, end = (time(int(found[i]) % 24, int(found[i + 1] or 0)) for i in (1, 3))
    if start == end:
        return Unclear(acts.QUIET_EMPTY(said=text[:60]))
    return QuietHours(start, end)


def budget(text: str) -> int | Unclear | None:
    """Asks a day; None: as the roster says."""
    said = plain(text).casefold()
    if said == "default":
        return None
    if said.isascii() and said.isdigit() and len(said) < 5 and int(said) <= BUDGET_MOST:
        return int(said)
    return Unclear(acts.BUDGET_UNCLEAR(said=text[:60], most=BUDGET_MOST))
