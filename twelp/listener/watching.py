"""Watched words: posts that name us without our handle are searched for, where the roster has words and it is wanted.

A program may hardly ever reply to such a post: what is answered goes by the manual lane. The search has a cursor of its
own, which is written down once its posts were taken in: a crash reads the same page again.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

from twelp.errors import RemoteError
from twelp.ports import Clock, Page, PostsTx, Searches, Store

log = logging.getLogger("twelp.listener")

_AT_ONCE: Final = 10
"""Posts that the desk takes in at once, without a cursor of the mentions."""


_FROM: Final = "from "


class Hear(Protocol):
    """How the desk takes in a page; see `Desk.hear`."""

    def __call__(self, network: str, page: Page) -> object: ...


@dataclass
class Watching:
    """Searches one network for the roster's words.

    Args:
        store: where it is written down how far was searched.
        hear: how the desk takes posts in.
        network: where they are searched.
        clock: by which searches are spread.
        words: what is searched for.
        every: how long to wait between two searches.
    """

    store: Store[PostsTx]
    hear: Hear
    network: Searches
    clock: Clock
    words: Collection[str]
    every: timedelta
    _next_at: datetime | None = field(default=None, init=False, repr=False)
    _failing: bool = field(default=False, init=False, repr=False)

    def is_due(self) -> bool:
        """Whether the pause after the last search is over."""
        return self._next_at is None or self.clock.now() >= self._next_at

    def look(self) -> int:
        """One search: how many posts were found. What fails is searched again later, and keeps nothing else waiting."""
        self._next_at = self.clock.now() + self.every
        source = f"{self.network.name}:watch"
        cursor, since = self._place(source)
        try:
            page = self.network.search(self.words, cursor, since)
        except RemoteError as error:
            if not self._failing:
                log.warning("%s is not searched for our words (%s)", self.network.rules.display_name, error)
            self._failing = True
            return 0
        self._failing = False
        for start in range(0, len(page.posts), _AT_ONCE):
            self.hear(self.network.name, Page(page.posts[start : start + _AT_ONCE], None))
        if page.cursor is not None and page.cursor != cursor:
            with self.store.transaction(durable=False) as tx:
                tx.set_cursor(source, page.cursor)
        return len(page.posts)

    def _place(self, source: str) -> tuple[str | None, datetime | None]:
        """How far was searched; before anything was found, the hour of the first search, which is written down."""
        with self.store.read() as tx:
            known = tx.cursor(source)
        if known is None:
            known = f"{_FROM}{self.network.now().isoformat()}"
            with self.store.transaction() as tx:
                tx.set_cursor_once(source, known)
        if known.startswith(_FROM):
            return None, datetime.fromisoformat(known.removeprefix(_FROM))
        return known, None
