"""How often each expert was asked on their present day: kept as a count, so that a plan need not read the day's asks.

A row holds one expert's latest day. Transactions add to it right before they commit, expert by expert in the order of
their ids, so that two of them never wait for each other; an ask that no longer fits the budget makes the whole
transaction be decided anew. So Postgres, where two transactions at once do not see each other's asks, keeps budgets as
SQLite does.

Where the row is of another day (a new day, another zone) or there is none, the asks themselves are counted, under the
row's lock. For two days after an upgrade that is done each time, as a process of the version before, which knows
nothing of counts, may be asking people, too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import counts as queries
from twelp.adapters.store.queries.pieces import texts
from twelp.model import Asked
from twelp.ports import Conflict

_NO_DAY = datetime.min.replace(tzinfo=UTC)
_ANY = 2**31 - 100_001
"""More asks than anybody ever gets in a day."""


@dataclass(slots=True)
class _More:
    """What a transaction adds to one expert's day."""

    day: datetime
    until: datetime
    most: int
    at: datetime
    asks: int = 1


class CountingTx(Base):
    """The part of a transaction that counts asks by expert and day."""

    def __init__(self, connection: sa.Connection) -> None:
        super().__init__(connection)
        self._more: dict[str, _More] = {}
        self._less: dict[str, list[datetime]] = {}
        self._kept: dict[str, Asked] = {}
        self._unsure = False

    @property
    def _unordered(self) -> bool:
        """Whether people's counts are still to be written."""
        return bool(self._kept or self._more or self._less)

    def asked(self, experts: Collection[str], now: datetime) -> Mapping[str, Asked]:
        """What is counted for each of these experts; see the port."""
        until = self._value(queries.COUNTED_FROM)
        self._unsure = until is not None and now < datetime.fromisoformat(until)
        found = self._all(queries.THESE[self._dialect], {"experts": texts(self._dialect, experts)})
        if self._unsure:
            return {expert: Asked(_NO_DAY, 0, last_at) for expert, _, _, last_at in found}
        return {expert: Asked(day, asks, last_at) for expert, day, asks, last_at in found}

    def asks_of_day(self, expert: str, day: datetime, until: datetime) -> Asked:
        """The asks themselves, counted; see the port."""
        count, last_at = self._first(queries.OF_DAY, {"expert": expert, "day": day, "until": until})
        return Asked(day, int(count), last_at)

    def asks_since(self, since: datetime) -> Mapping[str, list[datetime]]:
        """Who was asked to answer when, from `since` on: expert id → hours, oldest first; see the port."""
        found: dict[str, list[datetime]] = {}
        for expert, at in self._all(queries.SINCE, {"since": since}):
            found.setdefault(expert, []).append(at)
        return found

    def count_ask(self, expert: str, *, day: datetime, until: datetime, at: datetime, most: int | None) -> None:
        """One more ask of that day, counted right before the commit; see the port."""
        more = self._more.get(expert)
        if more is None:
            self._more[expert] = _More(day, until, _ANY if most is None else most, at)
        else:
            more.asks, more.at = more.asks + 1, at
            more.most = max(more.most, _ANY if most is None else most)

    def keep_counts(self, found: Mapping[str, Asked]) -> None:
        """Keeps what was counted from the asks, where nothing newer is kept; see the port."""
        self._kept.update(found)

    def take_off(self, expert: str, asked_at: datetime) -> None:
        """An ask of that hour asked nobody after all."""
        self._less.setdefault(expert, []).append(asked_at)

    def write_gathered(self) -> None:
        """The counts last, as their rows are wanted by everybody.

        Raises:
            Conflict: somebody has no asks left for what this transaction asks them.
        """
        super().write_gathered()
        if self._dialect != "sqlite" and len(self._more) > 1 and not (self._kept or self._less or self._unsure):
            self._add_several()
        while self._kept or self._more or self._less:
            expert = min((*self._kept, *self._more, *self._less))
            kept = self._kept.pop(expert, None)
            if kept is not None:
                row = {"expert": expert, "day": kept.day, "asks": kept.count, "last_at": kept.last_at}
                self._do(queries.KEEP[self._dialect], row)
            more = self._more.pop(expert, None)
            if more is not None:
                self._add(expert, more)
            for asked_at in self._less.pop(expert, ()):
                last = self._value(queries.LATEST, {"expert": expert})
                self._do(queries.TAKE_OFF, {"who": expert, "at": asked_at, "last": last})

    def _add_several(self) -> None:
        """All for whom the present day is counted already, and who want more."""
        each = [self._more[expert] for expert in sorted(self._more)]
        given = {
            "whos": sorted(self._more),
            "days": [more.day for more in each],
            "more": [more.asks for more in each],
            "most": [more.most for more in each],
            "ats": [more.at for more in each],
        }
        for expert in self._values(queries.ADD_SEVERAL, given):
            del self._more[expert]

    def _add(self, expert: str, more: _More) -> None:
        given = {"who": expert, "its_day": more.day, "more": more.asks, "most": more.most, "at": more.at}
        for _ in range(3):
            if not self._unsure and self._changed(queries.ADD, given):
                return
            held = self._first(queries.HOLD, {"expert": expert})
            found = self.asks_of_day(expert, more.day, more.until)
            if found.count > more.most:
                raise Conflict(f"{expert} was asked {found.count} times today, {more.most} at most")
            if held is not None:
                self._do(queries.SET, {"who": expert, "its_day": more.day, "count": found.count, "at": more.at})
                return
            row = {"expert": expert, "day": more.day, "asks": found.count, "last_at": more.at}
            if self._value(queries.NEW[self._dialect], row) is not None:
                return
            # another worker made the row between our two looks
        raise Conflict(f"the count of {expert} is never the same")
