"""The local Slack on a real port, people in it, and a small desk that writes down what it was asked."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import uvicorn
from starlette.applications import Starlette

from tests.adapters.slack import samples
from twelp.adapters.slack import Slack
from twelp.model import CardState, Done, Form, Press, Preview
from twelp.sandbox.clock import Clock
from twelp.sandbox.slack import SlackWorld

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-town", "xapp-town", "town-secret"
USERS = [
    {"id": "U0JO", "name": "jo", "real_name": "Jo Doe", "email": "Jo@acme.example"},
    {"id": "U0KIM", "name": "kim", "email": "kim@acme.example"},
    {"id": "U0GUEST", "name": "guest", "email": "guest@acme.example", "is_restricted": True},
    {"id": "U0SINGLE", "name": "single", "email": "single@acme.example", "is_ultra_restricted": True},
    {"id": "U0GONE", "name": "gone", "email": "gone@acme.example", "deleted": True},
    {"id": "U0FAR", "name": "far", "email": "far@other.example", "is_stranger": True},
    {"id": "U0ROBOT", "name": "robot", "email": "robot@acme.example", "is_bot": True},
]
JO, KIM = "jo@acme.example", "U0KIM"


def until(true: Callable[[], Any], timeout_s: float = 5.0) -> Any:
    """Waits for something another thread brings about; what it found."""
    end = time.monotonic() + timeout_s
    while not (found := true()):
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.005)
    return found


@dataclass
class NoteDesk:
    """Writes down each call, and answers what the test put into `says` (a value, an exception, or a function)."""

    calls: list[tuple[Any, ...]] = field(default_factory=list)
    says: dict[str, Any] = field(default_factory=dict)
    events: set[str] = field(default_factory=set)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*given: Any) -> Any:
            self.calls.append((name, *given))
            said = self.says.get(name, Done(True, ""))
            if isinstance(said, Exception):
                raise said
            return said(*given) if callable(said) else said

        return call

    def first_time(self, event_id: str) -> bool:
        new = event_id not in self.events
        self.events.add(event_id)
        return new

    def begin_answer(self, question: str, person: str, press: Press | None = None) -> Form | Done:
        self.calls.append(("begin_answer", question, person, press))
        said = self.says.get("begin_answer", samples.FORM)
        return said() if callable(said) else said

    def preview(self, question: str, person: str, text: str, thread: bool = False) -> Preview:
        self.calls.append(("preview", question, person, text))
        return Preview((f"{text} ^JD",), 276 - len(text), self.says.get("findings", ()))

    def held_answer(self, question: str, person: str, press: Press | None = None) -> Any:
        return self._answer("held_answer", samples.card(CardState.REVIEWING), question, person, press)

    def standing_answer(self, question: str, person: str, press: Press | None = None) -> Any:
        return self._answer("standing_answer", samples.card(CardState.PUBLISHED), question, person, press)

    def _answer(self, name: str, card: Any, *given: Any) -> Any:
        self.calls.append((name, *given))
        return self.says.get(name, replace(card, seen="q.h.present"))

    def save_draft(self, *given: Any) -> str | None:
        self.calls.append(("save_draft", *given))
        said = self.says.get("save_draft")
        if isinstance(said, Exception):
            raise said
        if callable(said):
            said(*given)
            return None
        return said

    def called(self, name: str) -> list[list[Any]]:
        """What it was asked under that name, without what the person saw."""
        return [
            [part for part in given if not isinstance(part, Press)] for called, *given in self.calls if called == name
        ]

    def presses(self, name: str) -> list[Press]:
        """What those who asked it under that name saw."""
        return [given[-1] for called, *given in self.calls if called == name]


@contextmanager
def served(app: Any, port: int = 0) -> Iterator[str]:
    """Serves an ASGI application on a port of its own; its address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        config = uvicorn.Config(app, log_config=None, lifespan="off", ws="websockets-sansio")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            until(lambda: server.started)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = server.force_exit = True
            thread.join()


class Stage:
    """One port for a whole run; each test puts its own application on it."""

    app: Any = None
    url = ""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)


class Town:
    """The local Slack and our adapter, connected by sockets, by signed requests, or not at all."""

    def __init__(self, world: SlackWorld, url: str) -> None:
        self.world = world
        self.url = url
        self.desk = NoteDesk()
        self.slack = self.adapter(JO, KIM)

    def adapter(self, *people: str, **changes: Any) -> Slack:
        """An adapter of its own for this roster."""
        keys = {"app_token": APP_TOKEN, "signing_secret": SECRET} | changes
        return Slack(self.url, BOT_TOKEN, roster=samples.roster(*people), clock=samples.Watch(), **keys)

    def act(self, what: str, *given: Any, **where: Any) -> Any:
        """Lets a person do something; what they saw of it at once."""
        return self.world.do(getattr(self.world.acts, what)(*given, **where))

    def texts(self, user: str) -> list[str]:
        """What a person sees, newest first: text of each message."""
        return [message["text"] for message in self.world.messages(user)]

    def top(self, user: str) -> dict[str, Any] | None:
        """The window a person has in front of them."""
        stack = self.world.views(user)["stack"]
        return stack[-1] if stack else None


def world() -> tuple[SlackWorld, Starlette]:
    """A workspace and the application that serves it."""
    seed = {"users": USERS, "bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "signing_secret": SECRET}
    made = SlackWorld(Clock(), seed)
    return made, Starlette(routes=made.routes())
