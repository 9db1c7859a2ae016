"""A server of raw answers, such as no well-behaved Slack gives: half texts, wrong types, silence, resets."""

from __future__ import annotations

import json
import socket
import struct
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    """What the server says next. `status` 0 resets the connection, -1 says nothing until the client gives up."""

    status: int = 200
    body: Any = field(default_factory=lambda: {"ok": True})
    headers: dict[str, str] = field(default_factory=dict)


class OddServer(ThreadingHTTPServer):
    """Answers each API method with what was put in `answers` (the last one again and again)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, list[Answer]] = {}
        self.calls: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.connections = 0
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections += 1
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gave up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: OddServer
    protocol_version = "HTTP/1.1"
    timeout = 5

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        method = self.path.rpartition("/")[2]
        self.server.calls.append(method)
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        left = self.server.answers.get(method) or [Answer()]
        answer = left.pop(0) if len(left) > 1 else left[0]
        if answer.status == -1:
            self.server.released.wait(10)
            return
        if answer.status == 0:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            return
        body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        self.send_response(answer.status)
        kind = "application/json" if not isinstance(answer.body, bytes) else "text/html"
        for name, value in {"content-type": f"{kind}; charset=utf-8", "content-length": str(len(body))}.items():
            self.send_header(name, value)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""
