"""What each page of the console shows, read in one transaction each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from twelp.model import Roster
from twelp.networks import Prices
from twelp.ports import Clock, Jobs, Store, Tx
from twelp.reading import (
    By,
    QuestionView,
    Report,
    answered_lately,
    read_figures,
    read_overview,
    read_people,
    read_question,
    read_report,
    set_aside_lately,
    to_post,
    unanswered,
    waiting,
)
from twelp.reading.figures import Row

LINES: Final = 200
"""Of the journal, so many of its latest lines."""

_JOBS: Final = 200
_DAYS: Final = 31
"""Days that a chart shows at most."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What the console reads from; `in_force` gives the roster, `prices` are those of the connected networks."""

    store: Store[Tx]
    jobs: Jobs
    in_force: Callable[[], Roster]
    clock: Clock
    prices: tuple[Prices, ...] = ()

    @property
    def roster(self) -> Roster:
        """Topics and experts, as they are in force."""
        return self.in_force()

    def now(self) -> Mapping[str, Any]:
        """What is going on: how much waits, for how long, with whom."""
        now = self.clock.now()
        with self.store.read() as tx:
            return {
                "overview": read_overview(tx, now),
                "file": tx.roster_file(),
                "waiting": waiting(tx, 40),
                "to_post": to_post(tx, now, 20),
                "unanswered": unanswered(tx, now, 10),
                "answered": answered_lately(tx, 10),
                "aside": set_aside_lately(tx, 5),
            }

    def question(self, key: str) -> QuestionView | None:
        """A question whole."""
        with self.store.read() as tx:
            return read_question(tx, key, jobs=self.jobs, roster=self.roster)

    def people(self) -> Mapping[str, Any]:
        """Who takes part, and how topics are covered."""
        with self.store.read() as tx:
            return {"found": read_people(tx, self.roster, self.clock.now())}

    def report(self, days: int, by: By | None) -> Report:
        """The last days beside the days before."""
        since, until = self._span(days)
        with self.store.read() as tx:
            return read_report(tx, since, until, by=by, prices=self.prices)

    def each_day(self, days: int) -> list[Row]:
        """Each of the last days with what was counted, those without anything, too; at most 31."""
        since, until = self._span(min(days, _DAYS))
        with self.store.read() as tx:
            found = {row.value: row for row in read_figures(tx, By.DAY, since, until).rows}
        shown = [str(since + timedelta(days=number)) for number in range((until - since).days)]
        return [found.get(day, Row(day, {})) for day in shown]

    def journal(self) -> Mapping[str, Any]:
        """The journal's latest lines, newest first."""
        with self.store.read() as tx:
            last = tx.last_line()
            return {"lines": [entry for _, entry in reversed(tx.journal(last - LINES, LINES))]}

    def queue(self, failed: bool) -> Mapping[str, Any]:
        """What the queue has to do, parked jobs first."""
        with self.store.read() as tx:
            return {"jobs": self.jobs.list(tx, failed=failed, limit=_JOBS), "failed": failed}

    def _span(self, days: int) -> tuple[date, date]:
        until = self.clock.now().date() + timedelta(days=1)
        return until - timedelta(days=days), until
