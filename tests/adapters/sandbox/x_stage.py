"""A local X on a free port with a real tweepy client beside it, for tests of the sandbox's X."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import requests
import tweepy

from twelp.sandbox import server
from twelp.sandbox.server import Sandbox
from twelp.sandbox.x import Draft, Post

KEYS = {
    "consumer_key": "sandbox-consumer-key",
    "consumer_secret": "sandbox-consumer-secret",
    "access_token": "sandbox-access-token",
    "access_token_secret": "sandbox-access-token-secret",
}


class LocalSession(requests.Session):
    """Sends what is meant for api.twitter.com to the sandbox, before it is signed."""

    def __init__(self, base: str, timeout_s: float = 5.0) -> None:
        super().__init__()
        self.trust_env = False
        self._base = base
        self._timeout_s = timeout_s

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:  # type: ignore[override]
        kwargs.setdefault("timeout", self._timeout_s)
        return super().request(method, url.replace("https://api.twitter.com", self._base), *args, **kwargs)


@dataclass(frozen=True, slots=True)
class Stage:
    """A running local X."""

    url: str
    sandbox: Sandbox
    http: httpx.Client

    def client(self, timeout_s: float = 5.0, **keys: str) -> tweepy.Client:
        client = tweepy.Client(**{**KEYS, **keys}, return_type=dict)
        client.session = LocalSession(self.url, timeout_s)
        return client

    def post(self, text: str, as_: str = "ada", **refers: Any) -> Post:
        return self.sandbox.x.post(as_, Draft(text, **refers))

    def control(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return self.http.request(method, f"/_sandbox{path}", json=body, headers=headers)

    @property
    def brand_id(self) -> str:
        return str(self.sandbox.x.brand.id)


@contextmanager
def stage(**seed: Any) -> Iterator[Stage]:
    """A local X with the default brand, @VoltHelp."""
    with (
        server.serve({"x": seed} if seed else None) as running,
        httpx.Client(base_url=running.url, trust_env=False, timeout=10) as http,
    ):
        yield Stage(running.url, running.sandbox, http)


def spec_file() -> Path:
    """Where X's own description is looked for."""
    shared = os.environ.get("TWELP_SHARED", str(Path(__file__).resolve().parents[4] / "shared"))
    return Path(shared) / "specs" / "x-openapi-2.166.json"
