"""A local Slack on a free port with a real Bolt app beside it, for tests of the sandbox's Slack."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.starlette import SlackRequestHandler
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from twelp.sandbox.clock import Clock
from twelp.sandbox.server import serve
from twelp.sandbox.slack import SlackWorld

SECRET = "shh"
PEOPLE: list[dict[str, Any]] = [
    {"id": "U1", "name": "jo", "real_name": "Jo Doe", "email": "jo@shop.example", "tz": "Europe/Berlin"},
    {"id": "U2", "name": "ana", "real_name": "Ana Ruiz", "email": "ana@shop.example", "tz": "America/Lima"},
    {"id": "U3", "name": "gone", "real_name": "Gone Away", "email": "gone@shop.example", "deleted": True},
]


@dataclass(frozen=True, slots=True)
class Stage:
    """A running local Slack."""

    base: str
    world: SlackWorld
    clock: Clock
    reset: Callable[[], None]

    def fresh(self) -> Stage:
        """Back to the seed, with limits enforced and no app connected: as good as a new one, and quicker."""
        until(lambda: self.world.delivery.sockets.count == 0)
        self.world.delivery.request_url = None
        self.world.lift_limits(False)
        self.reset()
        return self

    def client(self, token: str = "xoxb-sandbox") -> WebClient:
        return WebClient(token, base_url=f"{self.base}/api/", timeout=10)

    def control(self, method: str, path: str, **body: Any) -> httpx.Response:
        url = f"{self.base}/_sandbox/slack{path}"
        with httpx.Client(trust_env=False, verify=False, timeout=20) as client:
            return client.request(method, url, json=body or None)

    def app(self, **options: Any) -> App:
        return App(client=self.client(), signing_secret=SECRET, **options)


@contextmanager
def listening(app: Any) -> Iterator[str]:
    """An ASGI app on a free port of loopback; gives its base address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="websockets-sansio"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        until(lambda: server.started)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@contextmanager
def stage(**seed: Any) -> Iterator[Stage]:
    """A local Slack with Jo, Ana and the deactivated Gone."""
    with serve({"slack": {"users": PEOPLE, "signing_secret": SECRET, **seed}}) as running:
        yield Stage(running.url, running.sandbox.slack, running.sandbox.clock, running.sandbox.reset)


@contextmanager
def socket_mode(on: Stage, app: App, connections: int = 1, ping_s: float = 10) -> Iterator[None]:
    """The app connected over Socket Mode; it looks every `ping_s` whether its connection still lives."""
    sockets = on.world.delivery.sockets
    handlers = [SocketModeHandler(app, "xapp-sandbox", ping_interval=ping_s) for _ in range(connections)]
    for handler in handlers:
        handler.connect()  # type: ignore[no-untyped-call]
    until(lambda: sockets.count == connections)
    try:
        yield
    finally:
        disconnect(on.world, *handlers)


def disconnect(slack: SlackWorld, *handlers: SocketModeHandler) -> None:
    """Ends the connections without the SDK's waits: 3 s for a silent socket, 1 s for a queue that stays empty."""
    for handler in handlers:
        handler.client.auto_reconnect_enabled = False
    slack.do(slack.delivery.sockets.cut())
    for handler in handlers:  # the SDK's reader and `close` must not both end one socket: it raises
        until(lambda handler=handler: not handler.client.is_connected())  # type: ignore[misc]
        threading.Thread(target=handler.close).start()


@contextmanager
def http_mode(on: Stage, app: App, *, verify: bool = True) -> Iterator[str]:
    """The app listening for signed requests, and known to the local Slack."""
    handler = SlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    with listening(Starlette(routes=[Route("/slack/events", events, methods=["POST"])])) as base:
        url = f"{base}/slack/events"
        assert on.control("POST", "/request_url", url=url, verify=verify).status_code == 200
        yield url


def until(true: Callable[[], Any], timeout_s: float = 30.0) -> Any:
    """Wait for something to come true and return it."""
    end = time.monotonic() + timeout_s
    while not (found := true()):
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.005)
    return found


def button(action_id: str = "claim", label: str = "Claim", **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": {"type": "plain_text", "text": label}, **more}


def actions(*elements: dict[str, Any], block_id: str = "row") -> dict[str, Any]:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def modal(title: str = "Answer", *, live: bool = False, **more: Any) -> dict[str, Any]:
    """A modal with one text field ``draft/text``."""
    element: dict[str, Any] = {"type": "plain_text_input", "action_id": "text", "multiline": True, "max_length": 400}
    block: dict[str, Any] = {"type": "input", "block_id": "draft", "element": element, "label": plain("Your answer")}
    if live:
        block["dispatch_action"] = True
        element["dispatch_action_config"] = {"trigger_actions_on": ["on_character_entered"]}
    view = {"type": "modal", "callback_id": "answer", "title": plain(title), "submit": plain("Send")}
    return {**view, "blocks": [block], **more}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def section(text: str, kind: str = "mrkdwn") -> dict[str, Any]:
    return {"type": "section", "text": {"type": kind, "text": text}}
