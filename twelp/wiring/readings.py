"""Numbers that are read when somebody asks for them: from the database, and what the journal tells is counted.

What is of all processes together is told by whoever answers for it, the same by each: it is to be taken once.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from twelp import __version__
from twelp.errors import StoreError
from twelp.model import CrisisState, Kind
from twelp.reading import read_lately, read_overview
from twelp.reading.lately import REACHED, LatelyRows
from twelp.wiring.bounded import Bounded
from twelp.wiring.health import Bot
from twelp.wiring.meters import ONCE_ALONE
from twelp.wiring.processes import Check
from twelp.wiring.roles import Role

log = logging.getLogger("twelp.health")

_CASES: Final = 1_000
_AT_ONCE: Final = 500
_COUNTED_FOR_S: Final = 1.0
"""What is left of the journal after so long is counted the next time: somebody waits."""


class Readings(Collector):
    """One process's numbers beside those of its meters; what is noted in the journal from now on is counted.

    Args:
        bot: whose.
        checks: how it is, the database first, within a moment.
    """

    def __init__(self, bot: Bot, checks: Callable[[], list[Check]]) -> None:
        self._bot = bot
        self._checks = checks
        self._rows = Bounded(lambda: list(self._told_by_rows()))
        self._after: int | None = None
        self._read: list[Metric] = []
        if Role.WEB in bot.roles:
            for kind in Kind:
                bot.meters.posts.labels(kind.value)
            for until in REACHED.values():
                bot.meters.question.labels(until)
            with suppress(StoreError), bot.store.read() as tx:  # away just now: then from the first look on
                self._after = tx.last_line()

    def describe(self) -> list[Any]:
        """Nothing beforehand: the database need not be there when this is registered."""
        return []

    def look(self) -> None:
        """Reads what `collect` then tells; before it, as it also counts.

        A database that hangs is told within a moment, and nothing of what it would have told.
        """
        found, rows = self._checks(), list[GaugeMetricFamily]()
        if Role.WEB in self._bot.roles and found[0].ok:
            try:
                rows = self._rows.take()
            except StoreError as error:
                found = [Check("database", False, str(error)), *found[1:]]
            except Exception:  # a mistake of ours: this process's own numbers are told all the same
                log.exception("the bot's numbers could not be read")
        self._read = [*self._numbers(found), *rows]

    def collect(self) -> Iterator[Metric]:
        """What was read last."""
        return iter(self._read)

    def _numbers(self, found: list[Check]) -> Iterator[Metric]:
        """This process's part."""
        bot = self._bot
        info = GaugeMetricFamily("twelp_build_info", "Which twelp this is.", labels=["version"])
        info.add_metric([__version__], 1)
        yield info
        passed = GaugeMetricFamily("twelp_ready", "1 where /readyz is content with a part.", labels=["part"])
        for check in found:
            passed.add_metric([check.name], check.ok)
        yield passed
        yield from self._limits()
        refused = CounterMetricFamily("twelp_slack_refused", "Requests in HTTP mode turned away.", labels=["cause"])
        for cause, count in bot.workspace.incoming.refusals.counts.items():
            refused.add_metric([cause], count)
        yield refused
        lag = GaugeMetricFamily(
            "twelp_listener_lag_seconds", "Since the network was read to the end.", labels=["network"]
        )
        for name, one in bot.networks.items() if Role.LISTEN in bot.roles else ():
            if one.lease.held():
                lag.add_metric([name], (bot.clock.now() - one.listener.read_at).total_seconds())
        if lag.samples:
            yield lag

    def _limits(self) -> Iterator[GaugeMetricFamily]:
        where = ["network", "route"]
        left = GaugeMetricFamily("twelp_network_limit_remaining", "Calls left until the window ends.", labels=where)
        of = GaugeMetricFamily("twelp_network_limit", "Calls a network allows in a window.", labels=where)
        left_once = GaugeMetricFamily(
            "twelp_x_limit_remaining", "Former name of twelp_network_limit_remaining.", labels=["route"]
        )
        of_once = GaugeMetricFamily("twelp_x_limit", "Former name of twelp_network_limit.", labels=["route"])
        now = self._bot.clock.now()
        for name, one in self._bot.networks.items():
            for limit in one.network.limits():
                left.add_metric([name, limit.route], limit.left(now))
                of.add_metric([name, limit.route], limit.limit)
                if name == ONCE_ALONE:
                    left_once.add_metric([limit.route], limit.left(now))
                    of_once.add_metric([limit.route], limit.limit)
        yield from (left, of, left_once, of_once)

    def _told_by_rows(self) -> Iterator[GaugeMetricFamily]:
        bot = self._bot
        with bot.store.read() as tx:
            found = read_overview(tx, bot.clock.now())
            self._read_journal(tx)
            cases = Counter(crisis.state for crisis in tx.open_crises(_CASES))
        jobs = GaugeMetricFamily(
            "twelp_queue_jobs", "Jobs that are due, wait, or are parked.", labels=["queue", "state"]
        )
        lag = GaugeMetricFamily("twelp_queue_lag_seconds", "Age of the oldest job that is due.", labels=["queue"])
        for name, queue in found.queues.items():
            jobs.add_metric([name, "due"], queue.due)
            jobs.add_metric([name, "waiting"], queue.waiting)
            jobs.add_metric([name, "parked"], queue.parked)
            lag.add_metric([name], queue.lag_s)
        stages = GaugeMetricFamily("twelp_questions", "Questions that are under way.", labels=["stage"])
        for stage, count in found.questions.items():
            stages.add_metric([stage], count)
        today = GaugeMetricFamily("twelp_today", "Counted since midnight, UTC.", labels=["figure"])
        for figure, count in found.today.items():
            today.add_metric([figure.value], count)
        size, free = bot.store.size()
        crises = GaugeMetricFamily("twelp_crises", "Cases for people that are not over.", labels=["state"])
        for state in (CrisisState.OPEN, CrisisState.TAKEN):
            crises.add_metric([state.value], cases[state])
        yield from (jobs, lag, stages, today, crises)
        yield _gauge("twelp_database_bytes", "Size of the database.", size)
        yield _gauge("twelp_database_free_bytes", "Of them, free (SQLite).", free)
        if (logged := bot.store.log_size()) is not None:
            yield _gauge("twelp_database_log_bytes", "Size of SQLite's write-ahead log, beside it.", logged)

    def _read_journal(self, tx: LatelyRows) -> None:
        """Counts what was noted since the last look, by any process."""
        if self._after is None:
            self._after = tx.last_line()
        meters, until = self._bot.meters, time.monotonic() + _COUNTED_FOR_S
        while time.monotonic() < until:
            found = read_lately(tx, self._after, _AT_ONCE)
            self._after = found.last
            for kind in found.posts:
                meters.posts.labels(kind).inc()
            for came_to, seconds in found.took:
                meters.question.labels(came_to).observe(seconds)
            if found.lines < _AT_ONCE:
                return


def _gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value=value)
