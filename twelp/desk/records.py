"""What is known of people when somebody is to be asked, gathered for `flow.dispatch`."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from twelp.flow.dispatch import Past, rhythms
from twelp.model import Expert, Rhythm, Standing, TopicScore
from twelp.ports import Tx

_RECORD_WINDOW = timedelta(days=90)
"""How far back asks tell what a person is like."""

_BUDGET_WINDOW = timedelta(hours=50)
"""How far back asks may count for somebody's present calendar day, whatever the zone."""


_RHYTHM_WINDOW = timedelta(days=30)
"""How far back asks tell how soon people react: shifts and habits change."""

_RHYTHM_AGE = timedelta(minutes=10)
"""How old that may be. It is counted from many rows, and hardly changes from one question to the next."""


@dataclass(frozen=True, slots=True)
class Rhythms:
    """How soon people react, kept between transactions."""

    of: Mapping[str, Rhythm] = field(default_factory=dict)
    house: Rhythm = field(default_factory=Rhythm)
    counted_at: datetime | None = None

    def fresh(self, tx: Tx, experts: Mapping[str, Expert], now: datetime) -> Rhythms:
        """These, counted anew where they are too old."""
        if self.counted_at is not None and timedelta() <= now - self.counted_at < _RHYTHM_AGE:
            return self
        return Rhythms(*rhythms(tx.reactions(now - _RHYTHM_WINDOW), experts, now), now)


class Records:
    """What is known of people, read once a transaction and kept up to date within it."""

    def __init__(self, tx: Tx, now: datetime, rhythms: Rhythms | None = None) -> None:
        self._tx = tx
        self._now = now
        self._asked = {e: list(hours) for e, hours in tx.asks_since(now - _BUDGET_WINDOW).items()}
        self._holding = tx.holding()
        self._writing = tx.writing_since(now - _BUDGET_WINDOW)
        self._rhythms = rhythms or Rhythms()
        self._standings: dict[str, Mapping[str, Standing]] = {}

    def add(self, expert: str, at: datetime) -> None:
        """The expert is asked in this transaction."""
        insort(self._asked.setdefault(expert, []), at)

    def past(self, topics: Iterable[TopicScore]) -> Past:
        """What a plan for these topics needs."""
        for found in topics:
            if found.topic not in self._standings:
                self._standings[found.topic] = self._tx.standings(found.topic, self._now - _RECORD_WINDOW)
        return Past(self._asked, self._standings, self._holding, self._writing, self._rhythms.of, self._rhythms.house)
