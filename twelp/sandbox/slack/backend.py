"""What the Web API, the people and the control plane share: the workspace, its views, limits and outgoing events."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from twelp.sandbox.slack.limits import Limits
from twelp.sandbox.slack.played import Played
from twelp.sandbox.slack.views import Views
from twelp.sandbox.slack.workspace import Json, Workspace

RESPONSE_URL_LIFE_S: Final = 1800.0
RESPONSE_URL_USES: Final = 5
DEFAULT_EVENTS: Final = (
    "message.im", "message.channels", "app_home_opened", "team_join", "user_change", "dnd_updated_user",
)  # fmt: skip


class Outgoing(Protocol):
    """Whoever carries events and interactions to the app."""

    def emit(self, event: Json) -> str:
        """Send an event in the background, with retries; returns its event id."""

    def ticket(self) -> str:
        """A one-use ticket for a Socket Mode connection."""


@dataclass(slots=True)
class ResponseUrl:
    """The right to answer an act: five times within half an hour."""

    channel: str
    user: str
    ts: str | None
    expires_s: float
    uses: int = RESPONSE_URL_USES


SCOPES = (
    *("channels:history", "channels:read", "chat:write", "commands", "dnd:read", "groups:history"),
    *("im:history", "im:write", "users:read", "users:read.email"),
)


@dataclass(slots=True)
class Backend:
    """One workspace with everything around it. `base_url` is the address under which the app last called us."""

    workspace: Workspace
    views: Views
    limits: Limits
    outgoing: Outgoing
    base_url: str = "http://127.0.0.1"
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    played: Played = field(default_factory=Played)

    @property
    def bot_token(self) -> str:
        """The token the app uses for everything but connections."""
        return str(self.workspace.seed.get("bot_token", "xoxb-sandbox"))

    @property
    def app_token(self) -> str:
        """The app-level token, for Socket Mode connections."""
        return str(self.workspace.seed.get("app_token", "xapp-sandbox"))

    @property
    def scopes(self) -> list[str]:
        """What the app was granted; every scope that a bot like this one may want, unless the seed says otherwise."""
        return list(self.workspace.seed.get("scopes", SCOPES))

    def response_url(self, channel: str, user: str, ts: str | None) -> str:
        """A new response_url for an act of `user` in `channel`, on the message `ts` if there is one."""
        key = secrets.token_hex(12)
        self.response_urls[key] = ResponseUrl(channel, user, ts, self.workspace.clock.time() + RESPONSE_URL_LIFE_S)
        return f"{self.base_url}/response/{key}"

    def emit(self, name: str, event: Json) -> None:
        """Send an event if the app subscribes to `name`."""
        wanted: Any = self.workspace.seed.get("events", DEFAULT_EVENTS)
        if name in wanted:
            self.outgoing.emit(event)
