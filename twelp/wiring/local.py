"""The local X and Slack, as a child process that dies with us, and the settings that point a bot at them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

import httpx
from pydantic import SecretStr

from twelp.adapters.store import SqlStore
from twelp.adapters.x.rules import RULES
from twelp.config import Settings
from twelp.errors import TwelpError
from twelp.model import Roster

SANDBOX_DATABASE = "sqlite:///.twelp/sandbox.db"

SECRETS = {
    "x_consumer_key": "sandbox-consumer-key",
    "x_consumer_secret": "sandbox-consumer-secret",
    "x_access_token": "sandbox-access-token",
    "x_access_token_secret": "sandbox-access-token-secret",
    "slack_bot_token": "xoxb-sandbox",
    "slack_app_token": "xapp-sandbox",
}
"""What the sandbox takes for credentials; known to everybody, worth nothing."""

LOCAL: Final = RULES.name
"""The public network that the sandbox speaks."""

TOWN = {"pace": "human", "customers": True, "every_s": 20.0, "first": 12, "later_every_s": 120.0}
"""The demo's town: lively for four minutes, then as many posts as the sample roster's people have asks left for."""

_SIGNING_SECRET = "sandbox-signing-secret"  # noqa: S105 - as above


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
    def town(self) -> str:
        """Where the town is seen in a browser."""
        return f"{self.url}/town"

    def told_at(self, address: str) -> None:
        """Tells the town where the bot tells of its questions; without, the town shows less."""
        with suppress(httpx.HTTPError):
            httpx.post(f"{self.url}/_sandbox/town/app", json={"url": address}, timeout=5, trust_env=False)

    @property
    def alive(self) -> bool:
        """False once it ended."""
        return self._child.poll() is None

    def be_alive(self) -> None:
        """Lets it pass while it runs.

        Raises:
            TwelpError: it ended by itself.
        """
        status = self._child.poll()
        if status is not None:
            how = f"exit status {status}" if status >= 0 else signal.Signals(-status).name
            raise TwelpError(
                f"the local X and Slack ended by themselves ({how}), and without them there is nothing to do: "
                "start again."
            )

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


def on_local_network(roster: Roster) -> Roster:
    """The roster as the sandbox can play it: on its one public network alone, under the roster's own handle there."""
    handles = roster.brand.handles
    handle = handles.get(LOCAL) or next((h for h in handles.values() if RULES.handle.match(h)), "brand")
    return replace(roster, brand=replace(roster.brand, handles={LOCAL: handle}))


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
    names = [user["name"] for user in users]
    channels = [
        {"id": channel, "name": topic.id, "members": names}
        for channel, topic in {topic.channel: topic for topic in roster.topics.values() if topic.channel}.items()
    ]
    alarmed = (one for listed in (*roster.alarms.people.values(), roster.alarms.others) for one in listed)
    for channel in dict.fromkeys(one for one in alarmed if one not in roster.experts):
        named = (
            {"name": channel.removeprefix("#")} if channel.startswith("#") else {"id": channel, "name": channel.lower()}
        )
        channels.append({**named, "members": names})
    keys = {name.removeprefix("x_"): value for name, value in SECRETS.items() if name.startswith("x_")}
    return {
        "x": {
            "brand": {"handle": on_local_network(roster).brand.handles[LOCAL], "name": roster.brand.name},
            "credentials": keys,
        },
        "slack": {
            "bot": {"name": "twelp"},
            "bot_token": SECRETS["slack_bot_token"],
            "app_token": SECRETS["slack_app_token"],
            "signing_secret": _SIGNING_SECRET,
            "users": users,
            "channels": channels,
            "shortcuts": [{"callback_id": "twelp_suggest", "name": "Suggest as answer"}],
            **({"request_url": events} if events else {}),
        },
        **({"town": dict(town)} if town is not None else {}),
    }


def sandboxed(settings: Settings, url: str, **changes: Any) -> Settings:
    """The settings, pointed at a sandbox."""
    keys = {name: SecretStr(value) for name, value in SECRETS.items()}
    pace = {} if "x_poll_s" in settings.model_fields_set else {"x_poll_s": 1.0}
    database = settings.database_url or SecretStr(SANDBOX_DATABASE)
    update = {"x_base_url": url, "slack_base_url": url, "database_url": database, **keys, **pace, **changes}
    return settings.model_copy(update=update)


def dotenv(url: str, *, http: bool = False) -> str:
    """The lines of `.env` that point a bot at the sandbox at `url`; `http`: in HTTP mode instead of Socket Mode."""
    keys = dict(SECRETS)
    if http:
        del keys["slack_app_token"]
        keys["slack_signing_secret"] = _SIGNING_SECRET
    lines = [f"X_BASE_URL={url}", f"SLACK_BASE_URL={url}"]
    return "\n".join(lines + [f"{name.upper()}={value}" for name, value in keys.items()])


def forget(url: str) -> None:
    """Empties a sandbox's database, unless a process is using it: each local town begins anew."""
    SqlStore(url, fresh=True).close()
