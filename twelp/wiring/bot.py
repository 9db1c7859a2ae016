"""The bot, built and connected: what is started in which order, and how it ends."""

from __future__ import annotations

import ctypes
import logging
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from twelp.adapters.slack import Slack
from twelp.adapters.store import Keeper, SqlStore
from twelp.adapters.store.restoring import restored_at
from twelp.config import Settings
from twelp.delivery import Courier, Ledger, Looks, Seeking
from twelp.delivery.phone import Telephone
from twelp.desk import Desk
from twelp.engine import Engine
from twelp.errors import ConfigError, RemoteError, TwelpError, WrongAccount
from twelp.flow import gate, triage
from twelp.flow.match import Matcher
from twelp.model import Roster, RosterFile
from twelp.ports import Clock, Network, PrivateLane, Workspace
from twelp.ports.phone import Phone
from twelp.roster.changes import compare
from twelp.wiring.circuit import Circuit
from twelp.wiring.health import own, use
from twelp.wiring.hearing import Hearing
from twelp.wiring.meters import PRIVATE_CALLS, WORKSPACE_CALLS, Meters, Timed, calls_of
from twelp.wiring.networks import Connected, rules
from twelp.wiring.processes import ProcessBoard
from twelp.wiring.reviving import revive
from twelp.wiring.roles import ALL, Role
from twelp.wiring.roster_watch import RosterWatch
from twelp.wiring.telling import Telling
from twelp.wiring.tracing import Tracing, begin

if TYPE_CHECKING:
    from twelp.wiring.web import Web

log = logging.getLogger("twelp.wiring")

_AT_NETWORKS = frozenset({Role.LISTEN, Role.WORK})

_ACTS = (
    *("begin_answer", "preview", "confirm", "undo", "claim", "release", "pass_on", "dismiss", "not_ours"),
    *("approve", "send_back", "retopic", "pass_to", "retract", "correct", "restore"),
    *("say_posted", "drop_posting"),
    *("take", "give_back", "handle", "not_a_crisis", "raise_alarm"),
)
"""What people do to a question in Slack."""


@dataclass
class Bot:
    """Everything built and connected; `start` sets it going, `stop` ends it cleanly.

    `watch`: looks at the roster's file, once `follow` was called; None: the roster stays as it was read.
    `local`: its networks are the sandbox's, and its pages are shown to this machine without sign-in.
    """

    settings: Settings
    store: SqlStore
    engine: Engine
    desk: Desk
    networks: Mapping[str, Connected]
    workspace: Slack
    keeper: Keeper
    meters: Meters
    clock: Clock
    fit: Callable[[Roster], Matcher]
    lanes: Mapping[str, PrivateLane] = field(default_factory=dict)
    local: bool = False
    bridge: Phone | None = None
    roles: frozenset[Role] = ALL
    address: str = ""
    slack_address: str = ""
    _web: Web | None = field(default=None, repr=False)
    _tracing: Tracing | None = field(default=None, repr=False)
    _presence: ProcessBoard | None = field(default=None, repr=False)
    _hearing: Hearing | None = field(default=None, repr=False)
    _looks: Looks | None = field(default=None, repr=False)
    _telling: Telling | None = field(default=None, repr=False)
    watch: RosterWatch | None = field(default=None, repr=False)

    @property
    def roster(self) -> Roster:
        """Topics and experts, as they are in force."""
        return self.desk.roster

    def start(self, roles: Collection[Role] = ALL, *, driven: bool = False) -> None:
        """Begins to work: first the queue, which takes up what was left unfinished, then Slack, then the networks.

        Args:
            roles: this process's part.
            driven: the clock is moved and each `listener.look` called by hand: nothing begins by itself.

        Raises:
            TwelpError: a credential is refused or another account's, or an address is taken.
        """
        if driven or _AT_NETWORKS & frozenset(roles):
            self._know_the_accounts()
        self.roles = frozenset(roles) - ({Role.LISTEN, Role.WEB} if driven else frozenset())
        self._tracing = begin(self.store, self.engine.executor, self.roles)
        if self._tracing is not None:
            self.desk.context.told = self._tracing.line
        networks = {name: self._watched(one.network) for name, one in self.networks.items()}
        looks = self._looks = Looks(self.store, self.engine.jobs, self.clock, self.desk, networks)
        self.desk.context.look = looks.quickly
        if Role.WORK in self.roles:
            self._work(networks, looks, tidy=not driven)
        else:
            self.engine.prepare()
        desk = self.meters.timed_acts(self.desk, _ACTS)
        self.workspace.incoming.connect(desk if self._tracing is None else self._tracing.acts(desk, _ACTS))
        in_http_mode = not self.settings.socket_mode and bool(self.roles & {Role.SLACK, Role.WEB})
        if in_http_mode or Role.SLACK in self.roles:
            for one in self.networks.values():
                one.network.rules.load()  # the first window would come late: Slack waits three seconds for it
        if in_http_mode or not driven:
            self._serve(slack=in_http_mode)
        if self.settings.socket_mode and Role.SLACK in self.roles:
            self.workspace.incoming.start()
        if Role.LISTEN in self.roles:
            for one in self.networks.values():
                one.lease.start()
                one.listener.start()
                if one.deletions is not None:
                    one.deletions.start()
        self._presence = ProcessBoard(self.store, self.engine.executor, self.roles, lambda: (own(self), use(self)))
        self._presence.start()
        if self.store.shared and self.settings.socket_mode and Role.SLACK in self.roles:
            self._hearing = Hearing(self.workspace.incoming, self._presence.silent_s)
            self._hearing.start()
        if not driven:
            threading.Thread(target=self._learn, name="lessons", daemon=True).start()
        _give_back()

    def follow(self, path: Path, fit: Callable[[Roster], Roster] = lambda roster: roster) -> None:
        """Takes up what is changed in the roster's file from now on; `fit` makes of it what this bot can play."""
        self.watch = RosterWatch(path, self, fit, tuple(rules().values()))
        self.watch.start()

    def take_up(self, roster: Roster, digest: str, who: str = "", text: str = "") -> RosterFile:
        """The roster is this one from now on, in all parts of this process."""
        changes = compare(self.roster, roster)
        if changes.matching:
            with self.store.read() as tx:
                known_to = tx.last_lesson()
            fitted = self.fit(roster)
            self.workspace.people.take_up(roster)
            now = self.desk.take_up_roster(roster, digest, who, text)
            self.desk.lessons.match_with(fitted, known_to)
        else:
            self.workspace.people.take_up(roster)
            now = self.desk.take_up_roster(roster, digest, who, text)
        for one in self.networks.values():
            if one.listener.watching is not None:
                one.listener.watching.words = roster.brand.watch
        return now

    def roster_file(self) -> RosterFile | None:
        """The version of the roster's file in force, as all processes know it."""
        with self.store.read() as tx:
            return tx.roster_file()

    def refuse_roster(self, digest: str, why: str) -> None:
        """What stands in the roster's file cannot be used: the version before stays in force."""
        self.desk.refuse_roster(digest, why)

    def _know_the_accounts(self) -> None:
        """Makes sure that the credentials are the brand's accounts, and writes down where reading begins on each.

        A network that cannot tell just now is asked again before anything is read or sent there.

        Raises:
            ConfigError: they are another's.
        """
        for one in self.networks.values():
            try:
                one.network.me()
            except WrongAccount as error:
                raise ConfigError(f"{self.settings.experts}: {error}.") from error
            except RemoteError as error:
                log.warning("whose account it is will be asked again before anything is read or sent (%s)", error)
            one.listener.catchup.beginning()

    def _learn(self) -> None:
        """What is not learned yet of a long history: before a question is heard, if need be, it is learned then."""
        if Role.LISTEN in self.roles:
            triage.load()
        if Role.SLACK in self.roles:
            gate.load()
        try:
            self.desk.catch_up()
        except TwelpError as error:
            log.warning("the history is learned when the next question is heard (%s)", error)

    def _work(self, networks: Mapping[str, Network], looks: Looks, *, tidy: bool) -> None:
        workspace = cast(Workspace, Timed(self.workspace, "slack", WORKSPACE_CALLS, self.meters))
        if self._tracing is not None:
            workspace = self._tracing.calls(workspace, "slack", WORKSPACE_CALLS)
        workspace = cast(Workspace, Circuit(workspace, WORKSPACE_CALLS, self.clock))
        with self.store.read() as tx:
            back_at = restored_at(tx)
        ledger = Ledger(self.store, self.engine.jobs, self.clock, self.desk, restored_at=back_at)
        courier = Courier(ledger, networks, workspace, looks, self._watched_lanes())
        seeking = Seeking(self.store, self.engine.jobs, self.clock, self.desk, networks)
        telephone = Telephone(self.store, self.clock, self.bridge)
        jobs = {**self.desk.jobs(), **courier.jobs(), **self.keeper.jobs(), **looks.jobs(), **seeking.jobs()}
        jobs |= telephone.jobs()
        self.engine.start(self.meters.timed_jobs(jobs), before=courier.begin_together)
        revive(self.store, self.engine.jobs, self.clock, self.desk.policy)
        self.desk.begin()
        if tidy:
            self.keeper.begin()
            looks.begin()
            self._telling = Telling(self.desk.tell_of_pauses)
            self._telling.start()

    def _watched_lanes(self) -> dict[str, PrivateLane]:
        """Private messages, their calls measured, and held back by themselves while they fail."""
        found = {}
        for name, lane in self.lanes.items():
            measured = self.meters.timed_private(self.networks[name].network, lane)
            found[name] = cast(PrivateLane, Circuit(measured, PRIVATE_CALLS, self.clock))
        return found

    def _watched(self, network: Network) -> Network:
        """The network with its calls measured, traced, and held back by themselves while they fail."""
        calls = calls_of(network)
        watched = self.meters.timed_network(network)
        if self._tracing is not None:
            watched = self._tracing.calls(watched, network.name, calls)
        return cast(Network, Circuit(watched, calls, self.clock))

    def _serve(self, *, slack: bool) -> None:
        from twelp.wiring.web import Web, app

        try:
            made = app(self, slack=slack, console=self.local)
            try:
                self._web = Web(made, self.settings.host, self.settings.port)
            except TwelpError:
                if not self.local or slack:
                    raise
                self._web = Web(made, self.settings.host, 0)  # somebody else has the port: the town needs any
        except TwelpError as error:
            if slack or self.roles == {Role.WEB}:
                raise
            log.warning("no health and metrics: %s", error)
            return
        self.address = self._web.address
        self.slack_address = f"{self.address}/slack/events" if slack else ""

    def stop(self) -> None:
        """Takes nothing in any more, finishes what is under way, closes everything."""
        if self._hearing is not None:
            self._hearing.stop()
        if self._presence is not None:
            self._presence.stop()
        if self._telling is not None:
            self._telling.stop()
        if self.watch is not None:
            self.watch.stop()
        if self._looks is not None:
            self._looks.close()
        for one in self.networks.values():
            if one.deletions is not None:
                one.deletions.stop()
            one.listener.stop()
            one.lease.stop()
        if self._web is not None:
            self._web.stop()
        self.workspace.incoming.stop()
        self.engine.stop()
        for one in self.networks.values():
            one.network.close()
        if self._tracing is not None:
            self._tracing.stop()
        self.store.close()


def _give_back() -> None:
    """Gives the system back what loading everything took and no longer needs; where the C library cannot, nothing."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
