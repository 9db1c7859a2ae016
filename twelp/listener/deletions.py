"""What customers delete, as their network tells it by itself; where it does, and is wanted.

Whose posts were heard in the last days is watched, the latest people first where they are too many. Nothing is told
later of what happened meanwhile (this process was down, the stream broke off): the look before each wave and before
sending, and the daily look at all posts, find that. Only the process that reads the network does this.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Final, Protocol

from twelp.errors import RemoteError, StoreError
from twelp.ports import Clock, Store
from twelp.ports.network import TellsDeletions
from twelp.ports.posts import ErasingTx

log = logging.getLogger("twelp.listener")

_BACK: Final = timedelta(days=30)
_BITE: Final = 100
_MOST: Final = 1_500
_EVERY_S: Final = 5.0
_FIRST_PAUSE_S: Final = 1.0
_WORST_PAUSE_S: Final = 120.0


class PostGone(Protocol):
    """How the desk hears of it; see `Desk.post_gone`."""

    def __call__(self, key: str, why: str) -> None: ...


class Deletions:
    """Two threads: one keeps watched who is to be, one hears what they delete.

    Args:
        store: whose posts were heard.
        network: its name, in posts' keys.
        source: what tells of deletions.
        gone: how the desk hears of one.
        clock: by which the last days are counted.
        leads: whether this process is the one that reads the network.
    """

    def __init__(
        self,
        store: Store[ErasingTx],
        network: str,
        source: TellsDeletions,
        gone: PostGone,
        clock: Clock,
        leads: Callable[[], bool],
    ) -> None:
        self._store = store
        self._network = network
        self._source = source
        self._gone = gone
        self._clock = clock
        self._leads = leads
        self._people: dict[str, None] = {}
        self._place = (clock.now() - _BACK, "")
        self._asked: tuple[str, ...] | None = None
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begins to watch and to hear."""
        for name, run in (("watch-deletions", self._watch), ("hear-deletions", self._hear)):
            thread = threading.Thread(target=run, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Ends both."""
        self._stop.set()
        self._source.hang_up()
        for thread in self._threads:
            thread.join(timeout=5)

    def look(self) -> None:
        """Has whose posts are new watched, too.

        Raises:
            RemoteError: the network does not take it just now.
        """
        self._read()
        wanted = tuple(self._people)
        if wanted != self._asked:
            self._source.watch(wanted)
            self._asked = wanted

    def _read(self) -> None:
        """Whose posts were heard since the last look; who writes again counts as new."""
        while True:
            with self._store.read() as tx:
                since, after = self._place
                found = tx.heard_since(self._network, since, after, _BITE)
            for at, post in found:
                self._people.pop(post.author.id, None)
                self._people[post.author.id] = None
                self._place = (at, post.key)
            if len(found) < _BITE:
                break
        for person in list(self._people)[:-_MOST]:
            del self._people[person]

    def _watch(self) -> None:
        failing = False
        while not self._stop.wait(_EVERY_S if self._asked is not None else 0.1):
            if not self._leads():
                continue
            try:
                self.look()
                failing = False
            except (RemoteError, StoreError) as error:
                if not failing:
                    log.warning("whose deletions are told cannot be said just now (%s)", error)
                failing = True
                self._stop.wait(_WORST_PAUSE_S / 4)

    def _hear(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while not self._stop.is_set():
            if self._leads():
                try:
                    for post_id in self._source.told(self._stop):
                        pause_s = _FIRST_PAUSE_S
                        self._gone(f"{self._network}:{post_id}", "deleted, as its network told")
                except (RemoteError, StoreError) as error:
                    log.info("what is deleted is not told just now (%s); again in %.0f s", error, pause_s)
                except Exception:
                    log.exception("what was deleted could not be taken in; again in %.0f s", pause_s)
            self._stop.wait(pause_s)
            pause_s = min(_WORST_PAUSE_S, 2 * pause_s)
