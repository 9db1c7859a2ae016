"""The local Slack as one thing: what a server mounts, and what scripted people in the same process use.

Everything that acts runs on the server's event loop. Code on that loop awaits the acts (`world.acts.click(...)`); code
in another thread wraps them: ``world.do(world.acts.click(...))``. Looking (`messages`, `views`, `pings`, `changes`,
`wait`) works from any thread.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from twelp.sandbox.clock import Clock
from twelp.sandbox.slack import web_api
from twelp.sandbox.slack.acts import Acts
from twelp.sandbox.slack.backend import Backend
from twelp.sandbox.slack.control import Control
from twelp.sandbox.slack.delivery import Delivery
from twelp.sandbox.slack.finding import visible
from twelp.sandbox.slack.limits import Limits
from twelp.sandbox.slack.shapes import members_json, seen_json
from twelp.sandbox.slack.views import Views
from twelp.sandbox.slack.workspace import Change, Json, Workspace, pings

T = TypeVar("T")
_POLL_S = 0.02


class SlackWorld:
    """A workspace with one app installed.

    Args:
        clock: the sandbox's clock.
        seed: ``team``, ``bot``, ``bot_token``, ``app_token``, ``signing_secret``, ``users``, ``channels``,
            ``request_url``, and for tests ``events`` (subscriptions), ``scopes`` (what the app was granted) and
            ``ack_timeout_s``.

    Raises:
        ValueError: for a seed that cannot be used, naming the field.
    """

    def __init__(self, clock: Clock, seed: Json | None = None) -> None:
        self.workspace = Workspace(clock, dict(seed or {}))
        self.delivery = Delivery(self.workspace)
        self._limits = Limits(clock)
        self.backend = Backend(self.workspace, Views(self.workspace), self._limits, self.delivery)
        self.acts = Acts(self.backend, self.delivery)
        self._loop: asyncio.AbstractEventLoop | None = None

    def routes(self) -> list[BaseRoute]:
        """The routes an app calls, with full paths; `web_api.SUPPORTED` lists them."""

        async def call(request: Request) -> Response:
            self._loop = asyncio.get_running_loop()
            name = request.path_params.get("method") or request.url.path.removeprefix("/api/")
            return await web_api.call(self.backend, name, request)

        async def respond(request: Request) -> Response:
            return await web_api.respond(self.backend, request.path_params["key"], request)

        async def link(socket: WebSocket) -> None:
            self._loop = asyncio.get_running_loop()
            await self.delivery.sockets.connect(socket)

        verbs = ["GET", "POST"]
        return [
            *(Route(f"/api/{name}", call, methods=verbs) for name in web_api.METHODS),
            Route("/api/{method}", call, methods=verbs),
            Route("/response/{key}", respond, methods=["POST"]),
            WebSocketRoute("/link", link),
            WebSocketRoute("/link/", link),
        ]

    def control_routes(self) -> list[BaseRoute]:
        """The routes that drive people and show what they see, relative to ``/_sandbox/slack``."""
        return Control(self.backend, self.acts, self.delivery, self._on_loop).routes()

    def reset(self) -> None:
        """Back to the seed. The app's connections and the request URL stay, so that a running app goes on."""
        with self.workspace.lock:
            self.workspace.reset()
            self.backend.views.reset()
            self.backend.response_urls.clear()
            self._limits.reset()
            self.acts.log.clear()
        if self._loop is not None and self._loop.is_running():
            self._loop.call_soon_threadsafe(self.delivery.reset)

    def lift_limits(self, lifted: bool) -> None:
        """Stop or resume enforcing rate limits."""
        self._limits.lifted = lifted

    def do(self, act: Coroutine[Any, Any, T], timeout_s: float = 15.0) -> T:
        """Run an act from another thread on the server's loop and return what it returns.

        Raises:
            RuntimeError: when no server carries this world yet, or on the server's own thread.
            TimeoutError: after `timeout_s` real seconds.
        """
        if self._loop is None or not self._loop.is_running():
            act.close()
            raise RuntimeError("nobody has called this Slack yet: serve it and let the app connect first")
        return asyncio.run_coroutine_threadsafe(act, self._loop).result(timeout_s)

    def users(self) -> list[Json]:
        """Every member, as ``users.list`` shows them."""
        with self.workspace.lock:
            return members_json(self.workspace)

    def messages(self, user: str, channel: str | None = None) -> list[Json]:
        """What a person sees now, newest first, with blocks, metadata, pings and history.

        Raises:
            LookupError: for a person or conversation that is not there.
        """
        with self.workspace.lock:
            person = self.workspace.find(user)
            return [seen_json(self.workspace, m) for m in visible(self.workspace, person, channel)]

    def views(self, user: str) -> Json:
        """A person's open modals (``stack``, the one on top last) and ``home`` tab (or None).

        Raises:
            LookupError: for a person who is not there.
        """
        with self.workspace.lock:
            return self.backend.views.of(self.workspace.find(user).id)

    def pings(self) -> list[Json]:
        """Every time a message pinged someone, its earlier versions included, oldest first."""
        with self.workspace.lock:
            return pings(self.workspace)

    def changes(self, after: int = 0) -> list[Change]:
        """What changed since change number `after`, oldest first."""
        with self.workspace.lock:
            return [c for c in self.workspace.changes if c.number > after]

    def wait(self, after: int, timeout_s: float) -> int:
        """Block until something changed since change number `after`, at most `timeout_s` real seconds.

        Returns:
            The number of the last change, which is `after` when nothing happened.
        """
        with self.workspace.changed:
            self.workspace.changed.wait_for(lambda: self.workspace.number > after, timeout_s)
            return max(after, self.workspace.number)

    async def wait_async(self, after: int, timeout_s: float) -> int:
        """Like `wait`, for code on the server's loop."""
        until = time.monotonic() + timeout_s
        while self.workspace.number <= after and time.monotonic() < until:
            await asyncio.sleep(_POLL_S)
        return max(after, self.workspace.number)

    def _on_loop(self) -> None:
        self._loop = asyncio.get_running_loop()
