"""What is counted as it happens, so that figures of a month cost no look at its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from twelp.model import Count, Dimension, Figure


class CountsTx(Protocol):
    """The part of a transaction that counts. Days are texts, `2026-11-30`, in UTC; `until` is not among them."""

    def count(self, counts: Iterable[Count]) -> None:
        """One more of each of these, right before the commit; nothing where the transaction fails."""

    def counted(
        self, dimension: Dimension, since: str, until: str, value: str | None = None
    ) -> Mapping[str, Mapping[Figure, int]]:
        """What was counted in those days: value of the dimension → figure → how often. `value`: of that one alone."""

    def counted_each_day(
        self, dimension: Dimension, since: str, until: str
    ) -> Mapping[tuple[str, str], Mapping[Figure, int]]:
        """The same day by day: day and value → figure → how often."""
