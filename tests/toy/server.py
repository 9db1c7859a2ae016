"""The toy network itself: members post, over HTTP on loopback. It shares no code with the bot."""

from __future__ import annotations

import html
import json
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "toy-token-hush"
MOST = 500


@dataclass
class Posted:
    """One post; editing changes it in place."""

    id: str
    author: str
    text: str
    created_at: datetime
    parent: str | None
    thread: str
    edited_at: datetime | None = None
    deleted: bool = False

    def shown(self) -> dict[str, Any]:
        """As the API shows it."""
        paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in self.text.split("\n"))
        return {
            "id": self.id,
            "author": {"id": f"m-{self.author}", "handle": self.author, "name": self.author.title()},
            "html": re.sub(r"@(\w+)", r'<a class="mention" href="/\1">@<span>\1</span></a>', paragraphs),
            "created_at": self.created_at.isoformat(),
            "parent": self.parent,
            "thread": self.thread,
            "mentions": re.findall(r"@(\w+)", self.text),
            "edited_at": self.edited_at.isoformat() if self.edited_at else None,
            "deleted": self.deleted,
            "likes": 0,
        }


@dataclass
class ToyNetwork:
    """Members and their posts.

    Attributes:
        now: the hour.
        brand: the handle of the account the token stands for.
        asked: every request, as method and path.
        lose: the answers to so many posts get lost on their way, after the post was made.
        down: answers nothing but 503.
        wait_s: asks for so many seconds of peace instead of telling mentions; 0: tells them.
    """

    now: Callable[[], datetime]
    brand: str = "volthelp"
    posts: dict[str, Posted] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    lose: int = 0
    down: bool = False
    wait_s: int = 0
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def post(self, text: str, who: str = "mia", parent: str | None = None) -> str:
        """A member posts; the key under which the bot knows it."""
        return f"toy:{self._add(who, text, parent).id}"

    def standing(self, key: str) -> list[str]:
        """What the brand has standing under that post."""
        parent = key.partition(":")[2]
        return [p.text for p in self.ours() if p.parent == parent]

    def ours(self) -> list[Posted]:
        """Everything that the brand has standing."""
        return [p for p in self.posts.values() if p.author == self.brand and not p.deleted]

    def _add(self, who: str, text: str, parent: str | None) -> Posted:
        number = f"p-{len(self.posts) + 1}-z"
        thread = self.posts[parent].thread if parent else number
        made = self.posts[number] = Posted(number, who, text, self.now(), parent, thread)
        return made

    # ------------------------------------------------------------ the API

    def answer(self, method: str, target: str, headers: Any, body: Any) -> tuple[int, Any, bool]:
        """Status, body, and whether the answer gets lost."""
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        with self.lock:
            self.asked.append(f"{method} {parts.path}")
            if self.down:
                return 503, {}, False
            if headers.get("Authorization") != f"Bearer {TOKEN}":
                return 401, {}, False
            if method == "POST":
                return self._create(headers.get("Idempotency-Key", ""), body)
            status, shown = self._shown(method, parts.path, query, body)
            return status, shown, False

    def _create(self, key: str, body: Any) -> tuple[int, Any, bool]:
        if key not in self.keys or not key:
            if len(body["text"]) > MOST:
                return 422, {}, False
            parent = self.posts.get(body["parent"])
            if parent is None or parent.deleted:
                return 404, {}, False
            self.keys[key] = self._add(self.brand, body["text"], parent.id).id
        lost, self.lose = self.lose > 0, max(0, self.lose - 1)
        return 201, {"id": self.keys[key]}, lost

    def _shown(self, method: str, path: str, query: dict[str, str], body: Any) -> tuple[int, Any]:
        if path == "/account":
            return 200, {"id": "m-brand", "handle": self.brand, "name": "Volt"}
        if path == "/mentions":
            return (429, {}) if self.wait_s else (200, self._mentions(query.get("after")))
        if path == "/account/posts":
            return 200, {"posts": [p.shown() for p in self.ours() if p.created_at.isoformat() >= query["since"]]}
        if path == "/posts":
            found = [self.posts[one] for one in query["ids"].split(",") if one in self.posts]
            return 200, {"posts": [post.shown() for post in found]}
        post = self.posts.get(path.removeprefix("/posts/"))
        if post is None or post.deleted:
            return 404, {}
        if method == "DELETE":
            post.deleted = True
        elif method == "PUT":
            post.text, post.edited_at = body["text"], self.now()
        return 200, post.shown()

    def _mentions(self, after: str | None) -> dict[str, Any]:
        posts = list(self.posts.values())
        start = next((n for n, p in enumerate(posts, 1) if p.id == after), 0)
        found = [p for p in posts[start:] if f"@{self.brand}" in p.text and p.author != self.brand and not p.deleted]
        return {"posts": [post.shown() for post in found], "last": found[-1].id if found else after}


@contextmanager
def serve(network: ToyNetwork) -> Iterator[ToyNetwork]:
    """The network on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def handle_any(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(length)) if length else None
            status, shown, lost = network.answer(self.command, self.path, self.headers, body)
            if lost:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
                self.connection.close()
                return
            content = json.dumps(shown).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            if status == 429:
                self.send_header("Retry-After", str(network.wait_s))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815 - the names that the library calls

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    network.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield network
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
