"""Builds the house from settings and a roster: the only place that knows every part, the real clock and the sandbox.

Without credentials the house is built against local X and Slack servers in a child process, which dies with us; nothing
else in the house can tell.
"""

from __future__ import annotations

import ctypes
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from twelp.adapters.slack import Slack
from twelp.adapters.store import SqlStore
from twelp.adapters.x import X
from twelp.config import Settings
from twelp.delivery import Courier
from twelp.desk import Desk
from twelp.engine import Engine
from twelp.errors import ConfigError, StoreError, TwelpError
from twelp.flow import match
from twelp.listener import Listener
from twelp.model import Account, Policy, Roster
from twelp.ports import Clock, Network

if TYPE_CHECKING:
    from twelp.adapters.embed import Embedder

log = logging.getLogger("twelp.wiring")

LIVE_DATABASE = "sqlite:///twelp.db"
SANDBOX_DATABASE = "sqlite:///.twelp/sandbox.db"

_SECRETS = {
    "x_consumer_key": "sandbox-consumer-key",
    "x_consumer_secret": "sandbox-consumer-secret",
    "x_access_token": "sandbox-access-token",
    "x_access_token_secret": "sandbox-access-token-secret",
    "slack_bot_token": "xoxb-sandbox",
    "slack_app_token": "xapp-sandbox",
}
"""What the sandbox takes for credentials; known to everybody, worth nothing."""

_SIGNING_SECRET = "sandbox-signing-secret"  # noqa: S105 - as above


class RealClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present, aware UTC."""
        return datetime.now(UTC)


class _Us(Mapping[str, Account]):
    """Our account on each network, asked when first needed."""

    def __init__(self, networks: Mapping[str, Network]) -> None:
        self._networks = networks

    def __getitem__(self, name: str) -> Account:
        return self._networks[name].me()

    def __iter__(self) -> Any:
        return iter(self._networks)

    def __len__(self) -> int:
        return len(self._networks)


# ---------------------------------------------------------------- the house


@dataclass
class House:
    """Everything built and connected; `start` sets it going, `stop` ends it cleanly."""

    settings: Settings
    roster: Roster
    store: SqlStore
    engine: Engine
    desk: Desk
    network: X
    workspace: Slack
    listener: Listener
    clock: Clock
    address: str = ""
    _server: Any = field(default=None, repr=False)

    def start(self, *, listen: bool = True) -> None:
        """Begins to work: first the queue, which takes up what was left unfinished, then Slack, then X.

        Args:
            listen: False leaves the reading of X to whoever calls `listener.look`.

        Raises:
            TwelpError: a credential is refused, or an address is taken.
        """
        courier = Courier(self.store, self.engine.later, self.clock, self.desk, self.network, self.workspace)
        self.engine.start({**self.desk.jobs(), **courier.jobs()})
        self.workspace.connect(self.desk)
        if self.settings.socket_mode:
            self.workspace.start()
        else:
            self.address = self._serve()
        if listen:
            self.listener.start()
        _give_back()

    def stop(self) -> None:
        """Takes nothing in any more, finishes what is under way, closes everything."""
        self.listener.stop()
        if self._server is not None:
            self._server.should_exit = True
        self.workspace.stop()
        self.engine.stop()
        self.network.close()
        self.store.close()

    def _serve(self) -> str:
        import uvicorn

        config = uvicorn.Config(
            self.workspace.http_app(), host=self.settings.host, port=self.settings.port, log_level="warning"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, name="http", daemon=True)
        thread.start()
        while not server.started:
            if not thread.is_alive():
                raise TwelpError(
                    f"cannot listen on {self.settings.host}:{self.settings.port}: is the port taken? "
                    "Set PORT (0 picks a free one) and TWELP_HOST."
                )
            thread.join(0.02)
        self._server = server
        host, port = server.servers[0].sockets[0].getsockname()[:2]
        return f"http://{host}:{port}"


def build(settings: Settings, roster: Roster, *, clock: Clock | None = None, quick: bool = False) -> House:
    """The house of these settings, not yet started.

    Args:
        settings: with credentials, real or the sandbox's.
        roster: topics and experts.
        clock: the house's clock; the machine's by default.
        quick: looks at its queues more often: for replays and tests.

    Raises:
        StoreError: the database cannot be used.
    """
    clock = clock or RealClock()
    store = SqlStore(settings.database_url.get_secret_value() if settings.database_url else LIVE_DATABASE)
    engine = Engine(store.engine, clock, poll_s=0.04 if quick else 0.25)
    network = X(
        settings.x_base_url,
        *(_plain(getattr(settings, name)) for name in list(_SECRETS)[:4]),
        timeout_s=settings.x_timeout_s,
        clock=clock,
    )
    workspace = Slack(
        settings.slack_base_url,
        _plain(settings.slack_bot_token),
        roster=roster,
        clock=clock,
        app_token=_plain(settings.slack_app_token) or None,
        signing_secret=_plain(settings.slack_signing_secret) or None,
    )
    us = _Us({network.name: network})
    desk = Desk(store, engine.later, clock, roster, matcher(settings, roster, store), policy(settings), us)
    listener = Listener(store, clock, desk, network, every=timedelta(seconds=settings.x_poll_s))
    return House(settings, roster, store, engine, desk, network, workspace, listener, clock)


def matcher(settings: Settings, roster: Roster, store: SqlStore | None) -> match.Matcher:
    """A matcher that knows the roster's topics and every lesson in the store."""
    topics = {t.id: match.TopicText(t.name, t.keywords, t.examples, t.aliases) for t in roster.topics.values()}
    fitted = match.fit(topics, embed=embedder(settings))
    if store is not None:
        with store.look() as tx:
            fitted.learn_all(match.Lesson(text, topic, ref=question) for question, text, topic in tx.learned())
    return fitted


def embedder(settings: Settings) -> Embedder | None:
    """The sentence-embedding model of these settings; without it, questions are matched by their words alone."""
    if settings.semantic == "off":
        return None
    folder = None if settings.semantic == "auto" else Path(settings.semantic)
    if folder is None and find_spec("onnxruntime") is None:
        return None  # the extra was not asked for
    from twelp.adapters.embed import load

    try:
        return load(folder)
    except ConfigError as error:
        log.warning("matching by words alone: %s", error)
        return None


def policy(settings: Settings) -> Policy:
    """The rules of thumb of these settings."""
    return Policy(
        wave_size=settings.wave_size,
        wave_after=settings.wave,
        claim_for=settings.claim,
        give_up_after=settings.give_up,
        hold_for=settings.hold,
        unlimited=settings.lift_limits,
    )


def reading(settings: Settings) -> SqlStore | None:
    """The database as it is, for reading beside a running bot; None when there is none yet."""
    urls = [settings.database_url.get_secret_value()] if settings.database_url else [LIVE_DATABASE, SANDBOX_DATABASE]
    if not settings.database_url and not settings.live:
        urls.reverse()
    for url in urls:
        try:
            return SqlStore(url, reading=True)
        except StoreError as error:
            if settings.database_url or not error.absent:
                raise
    return None


def _give_back() -> None:
    """Gives the system back what loading everything took and no longer needs; where the C library cannot, nothing."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


# ---------------------------------------------------------------- the sandbox


class SandboxProcess:
    """Local X and Slack in a child process that dies with us.

    Args:
        seed: what there is to begin with; see `twelp.sandbox`.
        host: the address to bind to.
        port: 0 picks a free one.
    """

    def __init__(self, seed: Mapping[str, Any], *, host: str = "127.0.0.1", port: int = 0) -> None:
        command = [sys.executable, "-m", "twelp.sandbox", "--host", host, "--port", str(port)]
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(json.dumps(seed) + "\n")
        self._child.stdin.flush()
        self.pid = self._child.pid
        self._url = ""

    @property
    def url(self) -> str:
        """Where it listens; waits until it does.

        Raises:
            TwelpError: it did not start.
        """
        if not self._url:
            assert self._child.stdout is not None
            line = self._child.stdout.readline()
            if not line:
                raise TwelpError(f"the local X and Slack did not start (exit status {self._child.wait()})")
            self._url = str(json.loads(line)["url"])
        return self._url

    @property
    def alive(self) -> bool:
        """False once it ended."""
        return self._child.poll() is None

    def stop(self) -> None:
        """Ends it."""
        if self._child.stdin is not None:
            self._child.stdin.close()
        try:
            self._child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        if self._child.stdout is not None:
            self._child.stdout.close()


def seed(roster: Roster, *, town: Mapping[str, Any] | None = None, events: str | None = None) -> dict[str, Any]:
    """A sandbox in which this roster's people have Slack accounts and its brand an account on X.

    Args:
        roster: the people and the brand.
        town: who acts by themselves; nobody by default.
        events: where Slack sends signed requests, for a bot in HTTP mode.
    """
    users = []
    for number, expert in enumerate(roster.experts.values(), 1):
        reference = (
            {"email": expert.id} if "@" in expert.id else {"id": expert.id.upper(), "email": f"u{number}@x.test"}
        )
        handle = expert.id.partition("@")[0].lower()
        users.append({"name": handle, "real_name": expert.name, "tz": str(expert.zone), **reference})
    keys = {name.removeprefix("x_"): value for name, value in _SECRETS.items() if name.startswith("x_")}
    return {
        "x": {
            "brand": {"handle": roster.brand.handles.get("x", "brand"), "name": roster.brand.name},
            "credentials": keys,
        },
        "slack": {
            "bot": {"name": "twelp"},
            "bot_token": _SECRETS["slack_bot_token"],
            "app_token": _SECRETS["slack_app_token"],
            "signing_secret": _SIGNING_SECRET,
            "users": users,
            **({"request_url": events} if events else {}),
        },
        **({"town": dict(town)} if town is not None else {}),
    }


def sandboxed(settings: Settings, url: str, **changes: Any) -> Settings:
    """The settings, pointed at a sandbox."""
    keys = {name: SecretStr(value) for name, value in _SECRETS.items()}
    pace = {} if "x_poll_s" in settings.model_fields_set else {"x_poll_s": 1.0}
    database = settings.database_url or SecretStr(SANDBOX_DATABASE)
    update = {"x_base_url": url, "slack_base_url": url, "database_url": database, **keys, **pace, **changes}
    return settings.model_copy(update=update)


def dotenv(url: str, *, http: bool = False) -> str:
    """The lines of `.env` that point a bot at the sandbox at `url`; `http`: in HTTP mode instead of Socket Mode."""
    keys = dict(_SECRETS)
    if http:
        del keys["slack_app_token"]
        keys["slack_signing_secret"] = _SIGNING_SECRET
    lines = [f"X_BASE_URL={url}", f"SLACK_BASE_URL={url}"]
    return "\n".join(lines + [f"{name.upper()}={value}" for name, value in keys.items()])


def forget(url: str) -> None:
    """Empties a sandbox's database, unless a process is using it: each local town begins anew."""
    SqlStore(url, fresh=True).close()
