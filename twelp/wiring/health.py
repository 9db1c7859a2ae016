"""How the bot is: checks with reasons for `/readyz`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from twelp.adapters.slack import Slack
from twelp.adapters.store import SqlStore
from twelp.config import Settings
from twelp.engine import Engine
from twelp.errors import StoreError
from twelp.model import Roster
from twelp.ports import Clock, Limit
from twelp.reading import read_overview
from twelp.wiring.bounded import Bounded
from twelp.wiring.meters import Meters
from twelp.wiring.networks import Connected
from twelp.wiring.processes import Check, Part, Use, parts
from twelp.wiring.roles import Role
from twelp.wiring.roster_watch import RosterWatch

_LAG_S: Final = 60.0
"""A job that is due for so long means that nobody runs them, or not fast enough."""

_READ_S: Final = 120.0
_WINDOW: Final = timedelta(minutes=16)
"""Most calls are counted by the quarter of an hour; what is used up for longer is of a day. A minute for the clocks."""

_AT_NETWORKS: Final = frozenset({Role.LISTEN, Role.WORK})
_STANDS_BY: Final = "stands by: another process reads"
_TOLD_BY: Final = {Role.LISTEN: "listener", Role.WORK: "engine", Role.SLACK: "slack"}


class Bot(Protocol):
    """What is looked at."""

    settings: Settings
    roles: frozenset[Role]
    store: SqlStore
    engine: Engine
    networks: Mapping[str, Connected]
    workspace: Slack
    meters: Meters
    clock: Clock
    watch: RosterWatch | None

    @property
    def roster(self) -> Roster:
        """Topics and experts, as they are in force."""


def glance(bot: Bot) -> Callable[[], list[Check]]:
    """`checks`, for whoever cannot wait for a database that hangs: then it says so, and what is known without it."""
    looking = Bounded(lambda: checks(bot))

    def take() -> list[Check]:
        try:
            return looking.take()
        except StoreError as error:
            return [Check("database", False, str(error)), *_without_database(bot)]

    return take


def checks(bot: Bot) -> list[Check]:
    """Each part this process has a share in, the database first; who answers for all adds what others told."""
    found = own(bot)
    if found[0].ok and Role.WEB in bot.roles and not bot.store.sqlite:
        with bot.store.read() as tx:
            told = [part for part in parts(tx) if part.instance != bot.engine.executor]
        found = whole(found, told, _needed(bot))
        if bot.roles & _AT_NETWORKS or any(part.roles & _AT_NETWORKS for part in told):
            alone = [check for check in found if check.name != "limits"]
            found = [*alone, limits([use(bot), *(part.use for part in told)], bot.clock.now())]
    return found


def _needed(bot: Bot) -> tuple[Role, ...]:
    """What somebody must do; in HTTP mode Slack comes to `web` itself."""
    needed = (Role.LISTEN, Role.WORK, Role.SLACK) if bot.settings.socket_mode else (Role.LISTEN, Role.WORK)
    return tuple(role for role in needed if role not in bot.roles)


def whole(found: list[Check], told: list[Part], needed: tuple[Role, ...]) -> list[Check]:
    """One's own checks and those that others told, each name once: who is unwell counts, and a part that is missing.

    Several may be connected to Slack, or wait for their turn to read: one that is well is enough for Slack.
    """
    by_name = {check.name: [check] for check in found}
    for role in needed:
        part_name, those = _TOLD_BY[role], [part for part in told if role in part.roles]
        if not those:
            by_name[part_name] = [Check(part_name, False, f"no `twelp {role}` is alive")]
        for name, others in _by_name(those, part_name).items():
            well = [check for check in others if check.ok]
            by_name[name] = well[:1] if role is Role.SLACK and well else by_name.get(name, []) + others
    for part_name in ("accounts", "reading", "roster"):
        for name, others in _by_name(told, part_name).items():
            by_name[name] = by_name.get(name, []) + others
    return [_worst(those) for those in by_name.values() if those]


def _by_name(those: Iterable[Part], part_name: str) -> dict[str, list[Check]]:
    """What they told of a part, by the check's name: with several networks, each has one of its own."""
    found: dict[str, list[Check]] = {}
    for check in (check for part in those for check in part.checks):
        if check.name.partition(" ")[0] == part_name:
            found.setdefault(check.name, []).append(check)
    return found


def _worst(those: list[Check]) -> Check:
    """The one that is not well; else the one that says most: to stand by is what it says of another."""
    return min(those, key=lambda check: (check.ok, check.said == _STANDS_BY, -len(check.said)))


def own(bot: Bot) -> list[Check]:
    """What this process has a share in."""
    found = [_database(bot)]
    if found[0].ok and bot.roles & {Role.WORK, Role.WEB}:
        found.append(_engine(bot))
    if found[0].ok and Role.LISTEN in bot.roles:
        found += _reading(bot)
    if found[0].ok and bot.watch is not None:
        found.append(_roster(bot, bot.watch))
    return found + _without_database(bot)


def _roster(bot: Bot, watch: RosterWatch) -> Check:
    """Which version of the roster's file is in force: an old one is no reason to send nobody here."""
    with bot.store.read() as tx:
        file = tx.roster_file()
    if file is None:
        return Check("roster", True, "as it was read at the start")
    said = [f"version {file.number} ({watch.in_use}) of {file.at:%Y-%m-%d %H:%M} UTC", watch.apart]
    if file.refused is not None:
        said.append(f"what stands in the file is not used: {file.refused.why}")
    return Check("roster", True, "; ".join(part for part in said if part))


def _named(bot: Bot, part_name: str, one: Connected) -> str:
    """The name of a network's own check: with several networks, each tells its own."""
    return part_name if len(bot.networks) == 1 else f"{part_name} {one.network.name}"


def _reading(bot: Bot) -> list[Check]:
    """What was left of the past, and what a network does not tell of posts; nothing where all is read in full."""
    found = []
    for one in bot.networks.values():
        said = [part for part in (one.network.missing(), one.listener.catchup.summary()) if part]
        if said:
            found.append(Check(_named(bot, "reading", one), True, "; ".join(said)))
    return found


def _without_database(bot: Bot) -> list[Check]:
    found = []
    if Role.LISTEN in bot.roles:
        found += [_listener(bot, one) for one in bot.networks.values()]
    if Role.SLACK in bot.roles or (Role.WEB in bot.roles and not bot.settings.socket_mode):
        found.append(_slack(bot))
    if bot.roles & _AT_NETWORKS:
        found += [_accounts(bot), limits([use(bot)], bot.clock.now())]
    return found


def _database(bot: Bot) -> Check:
    try:
        with bot.store.read() as tx:
            tx.cursor(next(iter(bot.networks)))
    except StoreError as error:
        return Check("database", False, str(error))
    except Exception as error:
        return Check("database", False, f"cannot be read: {type(error).__name__}")
    return Check("database", True, "can be read")


def _engine(bot: Bot) -> Check:
    with bot.store.read() as tx:
        found = read_overview(tx, bot.clock.now())
    if Role.WORK in bot.roles and not bot.engine.alive:
        return Check("engine", False, "does not run")
    failed = f"; {found.parked} failed too often and are parked: twelp jobs --failed" if found.parked else ""
    return Check("engine", found.lag_s < _LAG_S, f"{found.due} jobs due, the oldest for {found.lag_s:.0f} s{failed}")


def _listener(bot: Bot, one: Connected) -> Check:
    listener, name = one.listener, _named(bot, "listener", one)
    if not one.lease.held():
        return Check(name, True, _STANDS_BY)
    lag_s = (bot.clock.now() - listener.read_at).total_seconds()
    if listener.trouble is not None:
        return Check(name, False, f"{listener.trouble}; read {lag_s:.0f} s ago")
    return Check(name, lag_s < max(_READ_S, 3 * listener.every_s), f"read {lag_s:.0f} s ago")


def _slack(bot: Bot) -> Check:
    if bot.settings.socket_mode:
        incoming = bot.workspace.incoming
        connected = incoming.listening
        return Check("slack", connected, "connected" if connected else f"no socket is open: {incoming.trouble}")
    refusals = bot.workspace.incoming.refusals
    trouble = refusals.trouble()
    return Check("slack", refusals.understood or trouble is None, trouble or "takes Slack's requests")


def _accounts(bot: Bot) -> Check:
    """Token, billing, suspension: until an operator acts, that call will not be answered."""
    locked = dict(bot.meters.locked)
    said = "; ".join(f"{call}: {why}" for call, why in locked.items())
    return Check("accounts", not locked, said or "nothing is refused to them")


def use(bot: Bot) -> Use:
    """What this process has had of the networks; with several, each route begins with its network's name."""
    paused, several = bot.meters.paused(bot.clock.now()), len(bot.networks) > 1
    found: list[Limit] = []
    for one in bot.networks.values():
        before = f"{one.display_name} " if several else ""
        found += [replace(limit, route=f"{before}{limit.route}") for limit in one.network.limits()]
    spent = bot.meters.spent()
    dollars = {one.display_name: spent.get(name, 0.0) for name, one in bot.networks.items()}
    return Use(dollars, tuple(found), tuple(paused.items()))


def limits(uses: Iterable[Use], now: datetime) -> Check:
    """What is left of the networks' limits, by the one that knows of the least, and what all together have cost."""
    dollars, scarcest, pauses = dict[str, float](), dict[str, Limit](), dict[str, datetime]()
    for one in uses:
        for network, spent in one.dollars.items():
            dollars[network] = dollars.get(network, 0.0) + spent
        pauses |= {call: at for call, at in one.pauses if at > now}
        for limit in one.limits:
            if limit.reset_at > now and limit.remaining <= scarcest.get(limit.route, limit).remaining:
                scarcest[limit.route] = limit
    used_up = [limit for limit in scarcest.values() if limit.remaining == 0]
    if used_up:
        said = "; ".join(f"{limit.route} is used up until {limit.reset_at:%H:%M:%S} UTC" for limit in used_up)
    else:
        said = "; ".join(f"{limit.route} {limit.remaining} of {limit.limit} left" for limit in scarcest.values())
    waits = [f"`{call}` waits until {at:%H:%M:%S} UTC, as it was asked to" for call, at in sorted(pauses.items())]
    cost = ", ".join(f"${spent:.2f} of {network}" for network, spent in dollars.items()) or "$0.00"
    said = "; ".join([said or "nothing is used up", *waits])
    long = any(limit.reset_at - now > _WINDOW for limit in used_up)
    return Check("limits", not long, f"{said}; about {cost} since the start")
