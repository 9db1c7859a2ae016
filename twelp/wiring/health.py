"""How the house is: checks with reasons for `/readyz`, and numbers from the database for `/metrics`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Protocol

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from twelp import __version__
from twelp.adapters.slack import Slack
from twelp.adapters.store import Lease, SqlStore
from twelp.adapters.x import X
from twelp.config import Settings
from twelp.engine import Engine, backlog
from twelp.errors import StoreError
from twelp.listener import Listener
from twelp.model import Entry
from twelp.ports import Clock, Tx
from twelp.wiring.meters import Meters
from twelp.wiring.presence import Check, Part, parts
from twelp.wiring.roles import Role

_LAG_S: Final = 60.0
"""A job that is due for so long means that nobody runs them, or not fast enough."""

_READ_S: Final = 120.0
_STANDS_BY: Final = "stands by: another process reads"
_TOLD_BY: Final = {Role.LISTEN: "listener", Role.WORK: "engine", Role.SLACK: "slack"}
_AT_ONCE: Final = 500
_MOST_LINES: Final = 20_000
_STEPS: Final = {"claim": "claimed", "confirm": "confirmed", "published": "published", "gave up": "given up"}


class House(Protocol):
    """What is looked at."""

    settings: Settings
    roles: frozenset[Role]
    store: SqlStore
    engine: Engine
    network: X
    workspace: Slack
    listener: Listener
    lease: Lease
    meters: Meters
    clock: Clock


def checks(house: House) -> list[Check]:
    """Each part this process has a share in; whoever answers for the whole house adds what the others told."""
    found = own(house)
    if found[0].ok and Role.WEB in house.roles and not house.store.sqlite:
        with house.store.look() as tx:
            found = whole(found, parts(tx), _needed(house))
    return found


def _needed(house: House) -> tuple[Role, ...]:
    """What somebody must do; in HTTP mode Slack comes to `web` itself."""
    needed = (Role.LISTEN, Role.WORK, Role.SLACK) if house.settings.socket_mode else (Role.LISTEN, Role.WORK)
    return tuple(role for role in needed if role not in house.roles)


def whole(found: list[Check], told: list[Part], needed: tuple[Role, ...]) -> list[Check]:
    """One's own checks and those that others told, each name once: who is unwell counts, and a part that is missing.

    Several may be connected to Slack, or wait for their turn to read: one that is well is enough for Slack.
    """
    by_name = {check.name: [check] for check in found}
    for role in needed:
        name, those = _TOLD_BY[role], [part for part in told if role in part.roles]
        others = [check for part in those for check in part.checks if check.name == name]
        if not those:
            by_name[name] = [Check(name, False, f"no `twelp {role}` is alive")]
        else:
            well = [check for check in others if check.ok]
            by_name[name] = well[:1] if role is Role.SLACK and well else by_name.get(name, []) + others
    for name in ("accounts", "limits"):
        others = [check for part in told for check in part.checks if check.name == name]
        by_name[name] = by_name.get(name, []) + others
    return [_worst(those) for those in by_name.values() if those]


def _worst(those: list[Check]) -> Check:
    """The one that is not well; else the one that says most: to stand by is what it says of another."""
    return min(those, key=lambda check: (check.ok, check.said == _STANDS_BY))


def own(house: House) -> list[Check]:
    """What this process has a share in."""
    found = [_database(house)]
    if found[0].ok and house.roles & {Role.WORK, Role.WEB}:
        found.append(_engine(house))
    if Role.LISTEN in house.roles:
        found.append(_listener(house))
    if Role.SLACK in house.roles:
        connected = house.workspace.listening
        found.append(Check("slack", connected, "connected" if connected else "Slack has no way to us; see the log"))
    if house.roles & {Role.LISTEN, Role.WORK}:
        found += [_accounts(house), _limits(house)]
    return found


def _database(house: House) -> Check:
    try:
        with house.store.look() as tx:
            tx.cursor(house.network.name)
    except StoreError as error:
        return Check("database", False, str(error))
    except Exception as error:
        return Check("database", False, f"cannot be read: {type(error).__name__}")
    return Check("database", True, "can be read")


def _engine(house: House) -> Check:
    with house.store.look() as tx:
        queues = backlog(tx, house.clock.now())
    lag_s = max(queue.lag_s for queue in queues.values())
    due = sum(queue.due for queue in queues.values())
    if Role.WORK in house.roles and not house.engine.alive:
        return Check("engine", False, "does not run")
    return Check("engine", lag_s < _LAG_S, f"{due} jobs due, the oldest for {lag_s:.0f} s")


def _listener(house: House) -> Check:
    listener = house.listener
    if not house.lease.held():
        return Check("listener", True, _STANDS_BY)
    if listener.trouble:
        return Check("listener", False, listener.trouble)
    lag_s = (house.clock.now() - listener.read_at).total_seconds()
    return Check("listener", lag_s < max(_READ_S, 3 * listener.every_s), f"read {lag_s:.0f} s ago")


def _accounts(house: House) -> Check:
    """Token, billing, suspension: until an operator acts, that call will not be answered."""
    locked = dict(house.meters.locked)
    said = "; ".join(f"{call}: {why}" for call, why in locked.items())
    return Check("accounts", not locked, said or "nothing is refused to them")


def _limits(house: House) -> Check:
    now = house.clock.now()
    known = [limit for limit in house.network.limits() if limit.reset_at > now]
    spent = [limit for limit in known if limit.remaining == 0]
    if spent:
        said = "; ".join(f"{limit.route} is used up until {limit.reset_at:%H:%M:%S} UTC" for limit in spent)
    else:
        said = "; ".join(f"{limit.route} {limit.remaining} of {limit.limit} left" for limit in known)
    cost = f"about ${house.meters.spent():.2f} of X since the start"
    return Check("limits", not spent, f"{said or 'nothing is used up'}; {cost}")


class Readings(Collector):
    """Numbers that are read when somebody asks for them.

    Args:
        house: whose.
        meters: where what the journal tells is counted.
    """

    def __init__(self, house: House, meters: Meters) -> None:
        self._house = house
        self._meters = meters
        self._after: int | None = None

    def describe(self) -> list[Any]:
        """Nothing beforehand: the database need not be there when this is registered."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """This process's part, and, where it answers for the whole house, what the database tells."""
        house = self._house
        info = GaugeMetricFamily("twelp_build_info", "Which twelp this is.", labels=["version"])
        info.add_metric([__version__], 1)
        yield info
        passed = GaugeMetricFamily("twelp_ready", "1 where /readyz is content with a part.", labels=["part"])
        for check in checks(house):
            passed.add_metric([check.name], check.ok)
        yield passed
        yield from self._limits()
        if Role.LISTEN in house.roles and house.lease.held():
            lag_s = (house.clock.now() - house.listener.read_at).total_seconds()
            yield _gauge("twelp_listener_lag_seconds", "Since the network was read to the end.", lag_s)
        if Role.WEB in house.roles:
            try:
                yield from self._told_by_rows()
            except Exception:  # twelp_ready says so
                return

    def _limits(self) -> Iterator[GaugeMetricFamily]:
        left = GaugeMetricFamily("twelp_x_limit_remaining", "Calls left until X's window ends.", labels=["route"])
        of = GaugeMetricFamily("twelp_x_limit", "Calls X allows in a window.", labels=["route"])
        for limit in self._house.network.limits():
            left.add_metric([limit.route], limit.remaining)
            of.add_metric([limit.route], limit.limit)
        yield from (left, of)

    def _told_by_rows(self) -> Iterator[GaugeMetricFamily]:
        house = self._house
        with house.store.look() as tx:
            queues = backlog(tx, house.clock.now())
            under_way = tx.under_way()
            self._read_journal(tx)
        jobs = GaugeMetricFamily("twelp_queue_jobs", "Jobs that are due, or wait.", labels=["queue", "state"])
        lag = GaugeMetricFamily("twelp_queue_lag_seconds", "Age of the oldest job that is due.", labels=["queue"])
        for name, queue in queues.items():
            jobs.add_metric([name, "due"], queue.due)
            jobs.add_metric([name, "waiting"], queue.waiting)
            lag.add_metric([name], queue.lag_s)
        stages = GaugeMetricFamily("twelp_questions", "Questions that are under way.", labels=["stage"])
        for stage, count in under_way.items():
            stages.add_metric([stage], count)
        size, free = house.store.size()
        yield from (jobs, lag, stages)
        yield _gauge("twelp_database_bytes", "Size of the database.", size)
        yield _gauge("twelp_database_free_bytes", "Of them, free (SQLite).", free)
        if (logged := house.store.log_size()) is not None:
            yield _gauge("twelp_database_log_bytes", "Size of SQLite's write-ahead log, beside it.", logged)

    def _read_journal(self, tx: Tx) -> None:
        """Counts what was noted since the last look, by any process."""
        if self._after is None:
            self._after = tx.progress()[2]
        for _ in range(_MOST_LINES // _AT_ONCE):
            lines = tx.journal(self._after, _AT_ONCE)
            for number, line in lines:
                self._after = number
                self._count(tx, line)
            if len(lines) < _AT_ONCE:
                return

    def _count(self, tx: Tx, line: Entry) -> None:
        if line.actor == "triage":
            self._meters.posts.labels(line.step).inc()
        until = _STEPS.get(line.step)
        question = tx.question(line.subject) if until else None
        if until and question is not None:
            self._meters.question.labels(until).observe((line.at - question.opened_at).total_seconds())


def _gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value=value)
