"""Which of the posts that were read belong to the past, so that nobody is asked about them.

Rules:

- At the first start reading begins somewhere (`ReadingStart`); what was posted before is not ours and is not kept.
- What was posted between the beginning and the first start is wanted, however late it is read.
- Otherwise a question that is older than the age limit when it is read is kept, and nobody is asked about it.
- A question that the brand answered itself, there or below a later post of the same customer in that conversation, is
  kept, and nobody is asked about it.

Ages are by the network's own clock.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from twelp.model import Kind, Post, Verdict

FRESH: Final = timedelta(minutes=2)
"""So old a post may be when it is read on an ordinary day: before anybody can have answered it by hand."""


@dataclass(frozen=True, slots=True)
class ReadingStart:
    """From when posts are read (`at`), when that was decided (`started_at`), how many older ones were seen (`older`).

    >>> told = ReadingStart(datetime.fromisoformat("2026-01-01T08:45Z"), datetime.fromisoformat("2026-01-01T09:00Z"), 3)
    >>> ReadingStart.read(str(told)) == told
    True
    """

    at: datetime
    started_at: datetime
    older: int = 0

    def __str__(self) -> str:
        """As a row holds it."""
        return f"{self.at.isoformat()} {self.started_at.isoformat()} {self.older}"

    @classmethod
    def read(cls, row: str) -> ReadingStart:
        """What a row holds."""
        at, started_at, older = row.split(" ")
        return cls(datetime.fromisoformat(at), datetime.fromisoformat(started_at), int(older))


def since(posts: Sequence[Post], beginning: ReadingStart | None) -> tuple[Post, ...]:
    """The posts that were not written before the beginning, in their order."""
    return tuple(post for post in posts if beginning is None or post.created_at >= beginning.at)


def oldest(posts: Sequence[Post], now: datetime, *, started_at: datetime) -> datetime | None:
    """When the oldest of them was posted, if any is so old that somebody may have answered it; None otherwise.

    People answer by hand while twelp is down: nothing is fresh that was posted before it started.
    """
    found = min((post.created_at for post in posts), default=now)
    return found if found < max(now - FRESH, started_at) else None


def leave(
    posts: Sequence[Post],
    *,
    now: datetime,
    beginning: ReadingStart | None,
    max_age: timedelta,
    replied_to: Collection[str],
) -> dict[str, Verdict]:
    """Posts, by key, about which nobody is to be asked, with the reason.

    Args:
        posts: read now, and not heard before.
        now: the hour by the network's clock.
        beginning: of reading, where one is known.
        max_age: how old a post may be.
        replied_to: ids of posts that the brand's account has replied to, or quoted with its answer.
    """
    answered: dict[tuple[str, str], int] = {}
    for number, post in enumerate(posts):
        if post.id in replied_to:
            answered[post.conversation, post.author.id] = number
    found: dict[str, Verdict] = {}
    for number, post in enumerate(posts):
        if number <= answered.get((post.conversation, post.author.id), -1):
            found[post.key] = Verdict(Kind.ANSWERED, ("our own account has replied to it already",))
        elif now - post.created_at > max_age and not _wanted(post, beginning):
            age, limit = in_words(now - post.created_at), in_words(max_age)
            found[post.key] = Verdict(Kind.OLD, (f"was {age} old when it was read; the limit is {limit}",))
    return found


def _wanted(post: Post, beginning: ReadingStart | None) -> bool:
    return beginning is not None and beginning.at <= post.created_at <= beginning.started_at


def in_words(span: timedelta) -> str:
    """A span of time to its largest unit.

    >>> in_words(timedelta(hours=30)), in_words(timedelta(days=3, hours=1)), in_words(timedelta(minutes=1))
    ('30 hours', '3 days', '1 minute')
    """
    minutes = span / timedelta(minutes=1)
    for unit, size, least in (("day", 1440, 2), ("hour", 60, 1)):
        if minutes >= size * least:
            return _count(minutes / size, unit)
    return _count(minutes, "minute")


def _count(number: float, unit: str) -> str:
    return f"{number:.0f} {unit}{'' if f'{number:.0f}' == '1' else 's'}"


def own_timeline(network: str) -> str:
    """Under which name it is remembered how far a network's own timeline was read."""
    return f"{network}:own"


def read_until(cursor: str | None) -> datetime | None:
    """The hour up to which it was read; None: it never was."""
    return None if cursor is None else datetime.fromisoformat(cursor)
