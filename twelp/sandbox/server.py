"""Carries the sandbox on one address: X at ``/2``, Slack at ``/api``, the control plane at ``/_sandbox``.

`serve` runs it in a thread of this process, `run_forever` as a process of its own. Bound to loopback unless told
otherwise; everything in it is fictional, but a control plane is nothing to leave open.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from uvicorn.protocols.http.h11_impl import H11Protocol

from twelp.sandbox.control import PREFIX, control_app
from twelp.sandbox.wire import DROP, App, Receive, Scope, Send, Wire
from twelp.sandbox.world import Sandbox

_START_S: Final = 10.0
_STOP_S: Final = 5.0
_HUNG_S: Final = 0.3


class DroppableProtocol(H11Protocol):
    """HTTP/1.1 that lets a scripted fault end the connection without a byte of answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Offer the drop to the app in each request's scope."""
        app: Any = self.config.loaded_app

        async def droppable(scope: Any, receive: Any, send: Any) -> None:
            scope[DROP] = transport.close
            await app(scope, receive, send)

        self.app = droppable
        super().connection_made(transport)

    def shutdown(self) -> None:
        """Finish as usual, but let no hung request hold the stop up."""
        super().shutdown()
        self.loop.call_later(_HUNG_S, self.transport.close)


def build(seed: Mapping[str, Any] | None = None) -> Sandbox:
    """A sandbox from its seed.

    Raises:
        ValueError: for a seed that cannot be used, naming the field.
    """
    return Sandbox(seed)


def app_of(sandbox: Sandbox) -> App:
    """The ASGI app that carries a sandbox: the first part of the path tells the network."""
    parts: dict[str, App] = {}
    for name, network in sandbox.networks.items():
        routes = network.routes()
        inner = Starlette(routes=routes, exception_handlers={404: _nowhere, 405: _nowhere})
        wire = Wire(inner, name, sandbox.record, sandbox.faults)
        parts |= {r.path.split("/")[1]: wire for r in routes if isinstance(r, Route | WebSocketRoute)}
    control = Wire(control_app(sandbox), "control", sandbox.record, sandbox.faults)
    parts[PREFIX.strip("/")] = control
    nowhere = Wire(Starlette(exception_handlers={404: _nowhere}), "control", sandbox.record, sandbox.faults)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        part = scope["path"].split("/")[1] if "/" in scope["path"] else ""
        await parts.get(part, nowhere)(scope, receive, send)

    return app


async def _nowhere(request: Request, error: Exception) -> JSONResponse:
    status = getattr(error, "status_code", 404)
    title = "Method Not Allowed" if status == 405 else "Not Found"
    detail = f"{request.method} {request.url.path} is not offered by this sandbox; GET {PREFIX} lists what is"
    return JSONResponse({"title": title, "detail": detail, "type": "about:blank", "status": status}, status)


@dataclass(frozen=True, slots=True)
class Running:
    """A sandbox that is being served.

    `url` is its base address without a final slash, for X and for Slack alike.
    """

    sandbox: Sandbox
    url: str


@contextlib.contextmanager
def serve(seed: Mapping[str, Any] | None = None, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[Running]:
    """Serve a sandbox in a thread of this process; ready when entered, stopped when left.

    Args:
        seed: see `Sandbox`.
        host: address to bind.
        port: 0 picks a free one.

    Raises:
        ValueError: for a bad seed.
        OSError: when the address is taken.
    """
    sandbox = build(seed)
    with _bound(host, port) as listener:
        server = _server(sandbox)
        thread = threading.Thread(target=server.run, args=([listener],), name="sandbox", daemon=True)
        thread.start()
        try:
            if not server.ready.wait(_START_S):
                raise RuntimeError(f"the sandbox did not start within {_START_S:.0f} s")
            yield Running(sandbox, _url(host, listener))
        finally:
            server.should_exit = True
            thread.join(_STOP_S)


def run_forever(
    seed: Mapping[str, Any] | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    on_ready: Callable[[Running], None] | None = None,
    until_stdin_ends: bool = False,
) -> None:
    """Serve a sandbox in this process until SIGTERM or SIGINT; returns after a clean stop.

    Args:
        seed: see `Sandbox`.
        host: address to bind.
        port: 0 picks a free one.
        on_ready: called once with the address, when requests are answered.
        until_stdin_ends: stop also when standard input ends, so that the sandbox dies with the parent that holds it.

    Raises:
        ValueError: for a bad seed.
        OSError: when the address is taken.
    """
    sandbox = build(seed)
    with _bound(host, port) as listener:
        server = _server(sandbox)
        if on_ready is not None:
            server.on_ready = lambda: on_ready(Running(sandbox, _url(host, listener)))
        if until_stdin_ends:
            threading.Thread(target=_stop_at_end_of_input, args=(server,), name="stdin", daemon=True).start()
        with _signals(server):
            server.run([listener])


class _Server(uvicorn.Server):
    """Uvicorn without its own signal handling, which tells when it is ready."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self.on_ready: Callable[[], None] = lambda: None

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to whoever runs this."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets)
        if self.started:
            self.ready.set()
            self.on_ready()


def _server(sandbox: Sandbox) -> _Server:
    return _Server(
        uvicorn.Config(
            app_of(sandbox),
            http=DroppableProtocol,
            ws="websockets-sansio",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
            timeout_keep_alive=75,
        )
    )


@contextlib.contextmanager
def _bound(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise OSError(error.errno, f"the sandbox cannot listen on {host}:{port}: {error.strerror}") from error
        yield listener


def _url(host: str, listener: socket.socket) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{listener.getsockname()[1]}"


def _stop_at_end_of_input(server: _Server) -> None:
    while sys.stdin.buffer.read(4096):
        pass
    server.should_exit = True


@contextlib.contextmanager
def _signals(server: _Server) -> Iterator[None]:
    """SIGTERM and SIGINT stop the server; the earlier handlers come back afterwards."""

    def stop(*_: object) -> None:
        server.should_exit = True

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
