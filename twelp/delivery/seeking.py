"""Seeking: a moderator says that an answer is posted by hand; our own timeline is read for it, for some minutes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final, Protocol

from twelp.desk.lane import is_sought
from twelp.errors import RemoteError
from twelp.model import Question
from twelp.ports import AnswersTx, Clock, Jobs, Network, OwnPost, QuestionsTx, Store
from twelp.ports.queue import JobsTx

log = logging.getLogger("twelp.delivery")

_PAUSES: Final = (timedelta(seconds=20), timedelta(seconds=40), timedelta(minutes=1))
"""Between two readings; the last one goes on until the watch is over."""

_EARLIER: Final = timedelta(minutes=2)
"""Tolerance between our clock and the network's."""


class SeekingRows(AnswersTx, JobsTx, QuestionsTx, Protocol):
    """Rows that `Seeking` touches."""


class Desk(Protocol):
    """What a reading tells."""

    def see_own_posts(self, network: str, posts: Iterable[OwnPost]) -> datetime | None:
        """Takes in our own posts."""

    def posting_missed(self, question_id: str, until: datetime, *, read: bool) -> None:
        """The watch is over, and the answer was not seen."""


class Seeking:
    """Reads our own timeline for an answer that is said to stand."""

    def __init__(
        self, store: Store[SeekingRows], jobs: Jobs, clock: Clock, desk: Desk, networks: Mapping[str, Network]
    ) -> None:
        self._store = store
        self._jobs = jobs
        self._clock = clock
        self._desk = desk
        self._networks = networks

    def jobs(self) -> dict[str, Callable[..., None]]:
        """What the engine may run here, by name."""
        return {"seek": self.seek}

    def seek(self, question_id: str, until: str, number: int) -> None:
        """Reading `number`, from 0 on, of the watch that ends at that hour; sets the next one, or ends the watch."""
        ends_at = datetime.fromisoformat(until)
        question = self._sought(question_id, ends_at)
        if question is None:
            return
        read = self._read(question)
        if self._sought(question_id, ends_at) is None:
            return
        pause = _PAUSES[min(number, len(_PAUSES) - 1)]
        if self._clock.now() >= ends_at:
            self._desk.posting_missed(question_id, ends_at, read=read)
            return
        with self._store.transaction(durable=False) as tx:
            delay = min(pause, ends_at - self._clock.now())
            key, again = f"seek:{question_id}:{until}:{number + 1}", number + 1
            self._jobs.enqueue(
                tx, "seek", key, question_id, until, again, queue="network", delay=delay, subject=question_id
            )

    def _sought(self, question_id: str, until: datetime) -> Question | None:
        with self._store.read() as tx:
            question = tx.question(question_id)
        return question if question is not None and is_sought(question, until) else None

    def _read(self, question: Question) -> bool:
        """Whether our own posts could be read; those since the answer was confirmed are taken in."""
        network = self._networks.get(question.post.network)
        if network is None:
            return False
        with self._store.read() as tx:
            answers = tx.answers(question.id)
        since = min((one.written_at for one in answers if one.written_at), default=question.post.created_at)
        try:
            posts = network.own_posts(since - _EARLIER)
        except RemoteError as error:
            log.info("%s: our own posts cannot be read just now (%s)", question.id, error)
            return False
        self._desk.see_own_posts(network.name, posts)
        return True
