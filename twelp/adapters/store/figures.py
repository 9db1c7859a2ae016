"""Figures by day, kept as counts; `twelp.ports.counts` says what each method promises.

A count is added to in the transaction in which it happens, as its very last statement and in the order of the rows'
keys: two transactions never wait for each other, and what everybody wants is held for a moment only. On Postgres each
count lies in a few rows, one of which a connection adds to, so that transactions at once seldom want the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

import sqlalchemy as sa

from twelp.adapters.store.counting import CountingTx
from twelp.adapters.store.queries import figures as queries
from twelp.model import Count, Dimension, Figure

_PARTS: Final = 8


class FigureTx(CountingTx):
    """The part of a transaction that counts."""

    def __init__(self, connection: sa.Connection) -> None:
        super().__init__(connection)
        self._counts: Counter[tuple[str, str, str, str]] = Counter()

    def count(self, counts: Iterable[Count]) -> None:
        """One more of each of these, right before the commit."""
        self._counts.update((one.dimension.value, one.day, one.value, one.figure.value) for one in counts)

    def write_last(self) -> None:
        """The last thing that a transaction does before its commit: whatever was gathered, and counts."""
        if self._unordered:  # those of people come before
            self.write_gathered()
        counts, self._counts = self._counts, Counter()
        part = 0 if self._dialect == "sqlite" else self._driver.info.backend_pid % _PARTS
        rows = [
            {"dimension": dimension, "day": day, "value": value, "figure": figure, "part": part, "times": times}
            for (dimension, day, value, figure), times in sorted(counts.items())
        ]
        for row in rows:
            self.gather(queries.ADD[self._dialect], row)
        self.write_gathered()

    def counted(
        self, dimension: Dimension, since: str, until: str, value: str | None = None
    ) -> Mapping[str, Mapping[Figure, int]]:
        """What was counted in those days, by value and figure."""
        days: dict[str, Any] = {"dimension": dimension.value, "since": since, "until": until}
        if value is None:
            found = self._all(queries.BY_VALUE, days)
        else:
            found = self._all(queries.OF_VALUE, {**days, "value": value})
        by_value: dict[str, dict[Figure, int]] = {}
        for of, figure, times in found:
            if figure in _KNOWN:
                by_value.setdefault(of, {})[Figure(figure)] = int(times)
        return by_value

    def counted_each_day(
        self, dimension: Dimension, since: str, until: str
    ) -> Mapping[tuple[str, str], Mapping[Figure, int]]:
        """What was counted in those days, by day, value and figure."""
        by_day: dict[tuple[str, str], dict[Figure, int]] = {}
        days = {"dimension": dimension.value, "since": since, "until": until}
        for day, of, figure, times in self._all(queries.BY_DAY, days):
            if figure in _KNOWN:
                by_day.setdefault((day, of), {})[Figure(figure)] = int(times)
        return by_day


_KNOWN: Final = frozenset(figure.value for figure in Figure)
"""A newer version beside this one may count more."""
