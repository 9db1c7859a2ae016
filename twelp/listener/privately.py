"""Private messages are read beside the mentions, with a cursor of their own, and handed to the desk.

What fails is read again later and keeps nothing else from being read: a network that takes us for a stranger there is
told of once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

from twelp.errors import Locked, RemoteError
from twelp.ports import Clock, DirectPage, PrivateLane, Store
from twelp.ports.posts import PostsTx

log = logging.getLogger("twelp.listener")

_FROM: Final = "from "
_ROUNDED: Final = timedelta(seconds=2)
"""Networks tell hours to the second."""


class Hear(Protocol):
    """How the desk takes in messages; see `Desk.hear_privately`."""

    def __call__(self, network: str, page: DirectPage, source: str) -> int: ...


@dataclass
class PrivateReading:
    """Reads one network's private messages.

    Args:
        store: where it is written down how far they were read.
        hear: how the desk takes them in.
        name: the network's name.
        display_name: the same as people write it.
        lane: where they are read.
        clock: by which readings are spread.

    Attributes:
        wanted: whether the roster says how customers are asked to write privately; only then anything is read.
    """

    store: Store[PostsTx]
    hear: Hear
    name: str
    display_name: str
    lane: PrivateLane
    clock: Clock
    wanted: Callable[[], bool] = field(default=lambda: True)
    _next_at: datetime | None = field(default=None, init=False, repr=False)
    _failing: bool = field(default=False, init=False, repr=False)

    def is_due(self) -> bool:
        """Whether it is wanted, and the pause after the last reading is over."""
        return self.wanted() and (self._next_at is None or self.clock.now() >= self._next_at)

    def look(self) -> int:
        """One reading: how many messages were new."""
        source = f"{self.name}:private"
        self._next_at = self.clock.now() + self.lane.every
        cursor, since = self._place(source)
        try:
            page = self.lane.messages(cursor, since)
        except RemoteError as error:
            if not self._failing:
                cure = ": does the app have Direct Message permission?" if isinstance(error, Locked) else ""
                log.warning("%s does not show private messages (%s)%s", self.display_name, error, cure)
            self._failing = True
            return 0
        finally:
            self._next_at = self.clock.now() + max(self.lane.every, self.lane.pace())
        self._failing = False
        return self.hear(self.name, page, source)

    def _place(self, source: str) -> tuple[str | None, datetime]:
        """How far was read; before anything was, the hour of the first reading, which is written down."""
        with self.store.read() as tx:
            known = tx.cursor(source)
        if known is None:
            known = f"{_FROM}{(self.lane.now() - _ROUNDED).isoformat()}"
            with self.store.transaction() as tx:
                tx.set_cursor_once(source, known)
        if known.startswith(_FROM):
            return None, datetime.fromisoformat(known.removeprefix(_FROM))
        return known, self.lane.now() - timedelta(days=1)
