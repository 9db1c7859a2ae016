"""A server of raw bytes, for the answers no well-behaved server gives: half bodies, wrong types, silence, resets."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from twelp.adapters.x import X

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ME = {"id": "42", "username": "ElectroMart", "name": "ElectroMart Help"}
Answer = bytes | Callable[[socket.socket], None]


@dataclass
class Asked:
    """One request as it came in."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass
class Odd:
    """Answers by path; the last answer of a path is given for ever. Everything asked is kept."""

    url: str
    answers: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    asked: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def on(self, path: str, *answers: Answer) -> None:
        self.answers[path] = list(answers)

    def to(self, path: str) -> list[Asked]:
        return [one for one in self.asked if one.path == path]

    def serve(self, connection: socket.socket) -> None:
        with connection:
            stream = connection.makefile("rb")
            method, target, _ = stream.readline().decode().split(" ", 2)
            headers = {}
            while line := stream.readline().strip():
                name, _, value = line.decode().partition(":")
                headers[name.lower()] = value.strip()
            body = stream.read(int(headers.get("content-length", 0)))
            parts = urlsplit(target)
            self.asked.append(Asked(method, parts.path, dict(parse_qsl(parts.query)), headers, body))
            script = self.answers[parts.path]
            answer = script.pop(0) if len(script) > 1 else script[0] if script else reply({}, 404)
            if callable(answer):
                answer(connection)
            else:
                connection.sendall(answer)

    def hang(self, connection: socket.socket) -> None:
        """Says nothing until the test is over."""
        self.over.wait(5)

    def drip(self, connection: socket.socket) -> None:
        """A piece now and then, never done."""
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not self.over.wait(0.05):
            connection.sendall(b" ")


def reset(connection: socket.socket) -> None:
    """Hangs up rudely."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def hang_up(connection: socket.socket) -> None:
    """Hangs up politely, without a word."""


def reply(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> bytes:
    """An HTTP answer; a body that is no bytes is sent as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = {"Content-Type": "application/json", "Content-Length": str(len(content)), "Connection": "close"}
    lines = "".join(f"{name}: {value}\r\n" for name, value in {**head, **(headers or {})}.items())
    return f"HTTP/1.1 {status} Some Reason\r\n{lines}\r\n".encode() + content


def html(status: int) -> bytes:
    return reply(b"<!doctype html><h1>Over capacity</h1>", status, {"Content-Type": "text/html"})


class Wire:
    """The bytes above, for tests that cannot import a conftest."""

    reply = staticmethod(reply)
    html = staticmethod(html)
    reset = staticmethod(reset)
    hang_up = staticmethod(hang_up)


class StoppedClock:
    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def wire() -> type[Wire]:
    return Wire


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def odd() -> Iterator[Odd]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = Odd(f"http://127.0.0.1:{listener.getsockname()[1]}")
    server.on("/2/users/me", reply({"data": ME}))
    threads: list[threading.Thread] = []

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=_quietly, args=(server, connection))
            thread.start()
            threads.append(thread)

    accepting = threading.Thread(target=accept)
    accepting.start()
    yield server
    server.over.set()
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    accepting.join()
    for thread in threads:
        thread.join()


def _quietly(server: Odd, connection: socket.socket) -> None:
    """Serves one connection; that the other side is gone is part of these tests."""
    try:
        server.serve(connection)
    except (OSError, ValueError):
        connection.close()


@pytest.fixture
def driven() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def x(odd: Odd, driven: StoppedClock) -> Iterator[X]:
    account = X(odd.url, "ck", "cs", "42-at", "ats", timeout_s=1.5, clock=driven)
    yield account
    account.close()
