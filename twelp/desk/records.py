"""What is known of people when somebody is to be asked, gathered for `flow.dispatch`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from twelp.flow.dispatch import Past
from twelp.model import Standing, TopicScore
from twelp.ports import Tx

_RECORD_WINDOW = timedelta(days=90)
"""How far back asks tell what a person is like."""

_BUDGET_WINDOW = timedelta(hours=50)
"""How far back asks may count for somebody's present calendar day, whatever the zone."""


class Records:
    """What is known of people, read once a transaction and kept up to date within it."""

    def __init__(self, tx: Tx, now: datetime) -> None:
        self._tx = tx
        self._now = now
        self._asked = {e: list(hours) for e, hours in tx.asks_since(now - _BUDGET_WINDOW).items()}
        self._holding = tx.holding()
        self._writing = tx.writing_since(now - _BUDGET_WINDOW)
        self._standings: dict[str, Mapping[str, Standing]] = {}

    def add(self, expert: str, at: datetime) -> None:
        """The expert is asked in this transaction."""
        self._asked.setdefault(expert, []).append(at)

    def past(self, topics: Iterable[TopicScore]) -> Past:
        """What a plan for these topics needs."""
        for found in topics:
            if found.topic not in self._standings:
                self._standings[found.topic] = self._tx.standings(found.topic, self._now - _RECORD_WINDOW)
        return Past(self._asked, self._standings, self._holding, self._writing)
