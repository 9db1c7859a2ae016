"""Limits that processes share on Postgres: rows of `twelp_house`, each changed by one statement.

A rate's row holds the hour up to which its turns are taken. A window's row holds the hour at which it ends, how many
calls are left of it and how many are under way: a call is taken off before it is made, and put right by what its answer
says, downwards only. Whoever dies between the two has spent a call that nobody made, until the window ends.
"""

from __future__ import annotations

from datetime import UTC, datetime

from twelp.adapters.store.queries import house as queries
from twelp.adapters.store.sql import SqlStore
from twelp.ports.budgets import Budgets


class SharedBudgets(Budgets):
    """See the port; only for a store that is shared."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def turns(self, name: str, *, every_s: float, burst: int, most: int, now: datetime) -> tuple[int, float]:
        """Takes turns of a rate."""
        given = {"name": f"rate:{name}", "now": now.timestamp()}
        with self._store.at_once() as tx:
            taken = tx.rows(queries.TAKE_TURNS, {**given, "every": every_s, "burst": burst, "most": most})
            if taken:
                return int(taken[0][0]), 0.0
            until = tx.rows(queries.TURNS_UNTIL, given)
        full = float(until[0][0]) if until else now.timestamp()
        return 0, max(0.0, full - (burst - 1) * every_s - now.timestamp())

    def spend(self, name: str, now: datetime) -> datetime | None:
        """Takes one call of a window."""
        given = {"name": f"left:{name}", "now": now.timestamp()}
        with self._store.at_once() as tx:
            if tx.do(queries.SPEND, given):
                return None
            found = tx.rows(queries.WINDOW, given)
        return datetime.fromtimestamp(float(found[0][0]), UTC) if found else now

    def told(self, name: str, left: int, until: datetime) -> None:
        """A call's answer says how many are left of the window, and until when."""
        with self._store.at_once() as tx:
            tx.do(queries.TOLD, {"name": f"left:{name}", "left": left, "until": until.timestamp()})

    def untold(self, name: str) -> None:
        """A call is over, and nothing was said of its window."""
        with self._store.at_once() as tx:
            tx.do(queries.UNTOLD, {"name": f"left:{name}"})
