"""The brand's own timeline, read on a schedule: what colleagues answer by hand is seen there.

How far it was read is written down after the posts were taken in, so that a crash reads them again; posts that were
seen before change nothing. Reading it never keeps mentions from being read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from twelp.errors import RemoteError
from twelp.flow import past
from twelp.ports import Clock, Network, OwnPost, PostsTx, Store

log = logging.getLogger("twelp.listener")

_LATENESS: Final = timedelta(minutes=2)
"""How long an own post, or the question that it answers, may take to show: so far back each reading goes again."""

_WRITTEN_EVERY: Final = timedelta(hours=1)
_FARTHEST: Final = timedelta(days=1)
"""How far back a first reading goes, and one after a long standstill."""

SeeOwnPosts = Callable[[str, Iterable[OwnPost]], datetime | None]
"""How the desk takes in own posts; see `Desk.see_own_posts`."""


@dataclass
class OwnTimeline:
    """Reads the brand's own posts on one network.

    Args:
        store: where it is written down how far they were read.
        see: how the desk takes them in.
        network: where they are read.
        clock: by which readings are spread.
    """

    store: Store[PostsTx]
    see: SeeOwnPosts
    network: Network
    clock: Clock
    _next_at: datetime | None = field(default=None, init=False, repr=False)
    _failing: bool = field(default=False, init=False, repr=False)
    _written: datetime | None = field(default=None, init=False, repr=False)

    def is_due(self) -> bool:
        """Whether the pause after the last reading is over."""
        return self._next_at is None or self.clock.now() >= self._next_at

    def read(self) -> Reading:
        """What is new on it; nothing where the network does not tell just now."""
        self._next_at = self.clock.now() + max(self.network.own_every, self.network.pace(own=True))
        until = self.network.now().astimezone(UTC)
        try:
            posts = self.network.own_posts(self._since(until))
        except RemoteError as error:
            if not self._failing:
                name = self.network.rules.display_name
                log.warning("%s does not show our own posts (%s): answers by hand are not seen", name, error)
            self._failing = True
            return Reading((), None)
        self._failing = False
        return Reading(posts, until)

    def hear(self, reading: Reading) -> datetime | None:
        """Takes in what was read; when the oldest post was made that needs another look."""
        return self.see(self.network.name, reading.posts) if reading.posts else None

    def finish(self, reading: Reading, undecided: datetime | None) -> None:
        """Writes down how far it was read: no further than what needs another look; with nothing new, once an hour."""
        if reading.until is None or self._is_written(reading):
            return
        until = reading.until if undecided is None else min(undecided, reading.until)
        with self.store.transaction(durable=False) as tx:
            tx.set_cursor(past.own_timeline(self.network.name), until.isoformat())
        self._written = reading.until

    def _is_written(self, reading: Reading) -> bool:
        """Whether nothing is new since it was written down a moment ago."""
        if reading.posts or self._written is None or reading.until is None:
            return False
        return timedelta() <= reading.until - self._written < _WRITTEN_EVERY

    def _since(self, now: datetime) -> datetime:
        name = self.network.name
        with self.store.read() as tx:
            read, begin = past.read_until(tx.cursor(past.own_timeline(name))), tx.cursor(f"{name}:begin")
        if read is None and begin is not None:
            read = past.ReadingStart.read(begin).at
        farthest = now - _FARTHEST
        return max(farthest, read - _LATENESS) if read is not None else farthest


@dataclass(frozen=True, slots=True)
class Reading:
    """Own posts, and the hour up to which they were read; None: they were not."""

    posts: Sequence[OwnPost]
    until: datetime | None
