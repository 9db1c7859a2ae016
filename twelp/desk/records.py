"""What is known of people when somebody is to be asked, gathered for `flow.dispatch`.

What it costs must not grow with the day: asks are kept as counts, what changes slowly is read every while and kept
between transactions, and of what was written only the latest is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from twelp.flow.dispatch import Moment, Past, asks_of_day, day_after, rhythms
from twelp.model import Asked, Expert, Rhythm, Standing, TopicScore
from twelp.ports import AskedTx, RecordsTx, Store, WaitingTx

_RECORD_WINDOW = timedelta(days=90)
"""How far back asks tell what a person is like."""

_BUDGET_WINDOW = timedelta(hours=50)
"""How far back asks may count for somebody's present calendar day, whatever the zone."""

_WRITING_WINDOW = timedelta(hours=2)
"""How far back it matters that somebody wrote."""

_OVERLAP = timedelta(minutes=1)
"""What was written so long before is read again: another process may have committed it only now."""

_RHYTHM_WINDOW = timedelta(days=30)
"""How far back asks tell how soon people react: shifts and habits change."""

_RHYTHM_AGE = timedelta(minutes=10)
"""How old that may be. It is counted from many rows, and hardly changes from one question to the next."""

_STANDING_AGE = timedelta(minutes=1)
"""How old may be how people fared with a topic: counted from a thousand rows."""


class RecordsRows(AskedTx, RecordsTx, WaitingTx, Protocol):
    """Rows that `Records` touches."""


@dataclass(frozen=True, slots=True)
class Rhythms:
    """How soon people react, kept between transactions."""

    of: Mapping[str, Rhythm] = field(default_factory=dict)
    everyone: Rhythm = field(default_factory=Rhythm)
    counted_at: datetime | None = None

    def fresh(self, tx: RecordsRows, experts: Mapping[str, Expert], now: datetime) -> Rhythms:
        """These, counted anew where they are too old."""
        if not self.old(now):
            return self
        return Rhythms(*rhythms(tx.reactions(now - _RHYTHM_WINDOW), experts, now), now)

    def old(self, now: datetime) -> bool:
        """Whether they are to be counted anew."""
        return not _is_fresh(self.counted_at, now, _RHYTHM_AGE)


class Habits:
    """What is kept of people between transactions. Several threads may use it: they replace what they read anew."""

    def __init__(self, rhythms: Rhythms | None = None) -> None:
        self.rhythms = rhythms or Rhythms()
        self._standings: dict[str, tuple[datetime, Mapping[str, Standing]]] = {}
        self._writing: Mapping[str, datetime] = {}
        self._written_until: datetime | None = None

    def refresh(self, store: Store[RecordsRows], experts: Mapping[str, Expert], now: datetime) -> None:
        """Counts anew how soon people react, where that is too old, outside of anybody's transaction."""
        if self.rhythms.old(now):
            with store.read() as tx:
                self.rhythms = self.rhythms.fresh(tx, experts, now)

    def standings(self, tx: RecordsRows, topic: str, now: datetime) -> Mapping[str, Standing]:
        """How people fared with the topic."""
        known = self._standings.get(topic)
        if known is None or not _is_fresh(known[0], now, _STANDING_AGE):
            known = self._standings[topic] = (now, tx.standings(topic, now - _RECORD_WINDOW))
        return known[1]

    def writing(self, tx: RecordsRows, now: datetime) -> Mapping[str, datetime]:
        """Who wrote something lately, and when last."""
        known, until = self._writing, self._written_until
        since = now - _WRITING_WINDOW
        if until is not None and timedelta() <= now - until < _WRITING_WINDOW:
            since = until - _OVERLAP
        else:
            known = {}
        self._writing = known = {**known, **tx.writing_since(since)}
        self._written_until = now
        return known


class Records:
    """What is known of people, read once a transaction and kept up to date within it."""

    def __init__(self, tx: RecordsRows, now: datetime, habits: Habits | None = None) -> None:
        self._tx = tx
        self._now = now
        self._moment = Moment(now)
        self._asked: dict[str, Asked] = {}
        self._read: set[str] = set()
        self._habits = habits or Habits()
        self._holding = tx.holding()
        self._writing = self._habits.writing(tx, now)
        self._sure: set[str] = set()
        self._standings: dict[str, Mapping[str, Standing]] = {}

    def ask(self, expert: Expert, *, unlimited: bool = False) -> None:
        """The expert is asked in this transaction, which counts it against their budget."""
        day, until = self._moment.day(expert.zone), day_after(expert.zone, self._now)
        most = None if unlimited else expert.daily_asks
        self._tx.count_ask(expert.id, day=day, until=until, at=self._now, most=most)
        count = self._moment.asked_today(expert, self._asked.get(expert.id))
        self._asked[expert.id] = Asked(day, count + 1, self._now)
        self._sure.add(expert.id)

    def past(self, topics: Iterable[TopicScore], people: Iterable[str]) -> Past:
        """What a plan for these topics needs, when these people are those who may be asked."""
        unread = [person for person in people if person not in self._read]
        if unread:
            self._read.update(unread)
            self._asked = {**self._tx.asked(unread, self._now), **self._asked}
        for found in topics:
            if found.topic not in self._standings:
                self._standings[found.topic] = self._habits.standings(self._tx, found.topic, self._now)
        rhythms = self._habits.rhythms
        return Past(self._asked, self._standings, self._holding, self._writing, rhythms.of, rhythms.everyone)

    def surprised_by(self, chosen: Collection[Expert], everybody: Iterable[Expert]) -> bool:
        """Whether some of those who were chosen were asked more often today than was known: then it is planned anew.

        Nothing is known of who was not asked yet on their present day. Should one of these turn out to have been asked
        (the database was filled by others, a zone was changed), everybody is counted and kept at once.
        """
        for expert in chosen:
            day = self._moment.day(expert.zone)
            known = self._asked.get(expert.id)
            if expert.id in self._sure or (known is not None and known.day == day):
                continue
            found = self._tx.asks_of_day(expert.id, day, day_after(expert.zone, self._now))
            self._sure.add(expert.id)
            if found.count:
                self._count(everybody)
                return True
        return False

    def _count(self, everybody: Iterable[Expert]) -> None:
        hours = self._tx.asks_since(self._now - _BUDGET_WINDOW)
        kept = {}
        for expert in everybody:
            known = self._asked.get(expert.id)
            if known is None or known.day != self._moment.day(expert.zone):
                found = asks_of_day(expert.zone, hours.get(expert.id, ()), self._now)
                self._asked[expert.id] = found
                if found.count:
                    kept[expert.id] = found
            self._sure.add(expert.id)
        self._tx.keep_counts(kept)


def _is_fresh(counted_at: datetime | None, now: datetime, age: timedelta) -> bool:
    """Whether something is not older than that; nothing is that a clock put back has left in the future."""
    return counted_at is not None and timedelta() <= now - counted_at < age
