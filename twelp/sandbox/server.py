"""Carries the sandbox on one address: X at ``/2``, Slack at ``/api``, the control plane at ``/_sandbox``, and the town
in a browser at ``/town``.

`serve` runs it in a thread of this process, `run_forever` as a process of its own. Bound to loopback unless told
otherwise; everything in it is fictional, but a control plane is nothing to leave open.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
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

from twelp.sandbox.browser import LEAVE, PATH, town_app
from twelp.sandbox.control import PREFIX, control_app
from twelp.sandbox.town import Town
from twelp.sandbox.wire import DROP, App, Receive, Scope, Send, Wire
from twelp.sandbox.world import Sandbox

_START_S: Final = 10.0
_STOP_S: Final = 5.0
_PING_S: Final = 3.0
_PONG_S: Final = 3.0
"""An app whose socket does not answer a ping for so long has lost it, and is given nothing there any more. Slack pings,
too (its own clients expect one within 30 s); how soon it gives up is not documented."""
_HUNG_S: Final = 0.3
_ANSWERING_S: Final = 1.0


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
    """A sandbox from its seed, whose ``town`` (see `Town`) is left to whoever serves it.

    Raises:
        ValueError: for a seed that cannot be used, naming the field.
    """
    return Sandbox({name: part for name, part in (seed or {}).items() if name != "town"})


def _settled(sandbox: Sandbox, seed: Mapping[str, Any] | None) -> Town | None:
    given = (seed or {}).get("town")
    return None if given is None else Town(given, x=sandbox.x, slack=sandbox.slack, record=sandbox.record)


def app_of(sandbox: Sandbox, town: Town | None = None) -> App:
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

    async def account(request: Request) -> JSONResponse:
        return JSONResponse({"town": town.account() if town else None})

    showing = Starlette(routes=[Route(f"{PREFIX}/town", account)], exception_handlers={405: _nowhere})
    people = Wire(showing, "control", sandbox.record, sandbox.faults)

    browser = town_app(sandbox)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] in (PATH, LEAVE) or scope["path"].startswith(f"{PATH}/"):
            await browser(scope, receive, send)
            return
        part = scope["path"].split("/")[1] if "/" in scope["path"] else ""
        chosen = people if scope["path"] == f"{PREFIX}/town" else parts.get(part, nowhere)
        await chosen(scope, receive, send)

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
    town = _settled(sandbox, seed)
    with _bound(host, port) as listener:
        server = _server(sandbox, town)
        thread = threading.Thread(target=server.run, args=([listener],), name="sandbox", daemon=True)
        thread.start()
        try:
            if not server.ready.wait(_START_S):
                raise RuntimeError(f"the sandbox did not start within {_START_S:.0f} s")
            yield Running(sandbox, _url(host, listener))
        finally:
            server.stop()
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
    town = _settled(sandbox, seed)
    with _bound(host, port) as listener:
        server = _server(sandbox, town)
        if on_ready is not None:
            server.on_ready = lambda: on_ready(Running(sandbox, _url(host, listener)))
        if until_stdin_ends:
            threading.Thread(target=_stop_at_end_of_input, args=(server,), name="stdin", daemon=True).start()
        with _signals(server):
            server.run([listener])


class _Server(uvicorn.Server):
    """Uvicorn without its own signal handling, which tells when it is ready and stops as soon as it is told to."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self.on_ready: Callable[[], None] = lambda: None
        self.town: Town | None = None
        self._living: asyncio.Task[None] | None = None
        self._told = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def stop(self) -> None:
        """End; may be called from any thread and from a signal's handler."""
        self.should_exit = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # it ended already
                self._loop.call_soon_threadsafe(self._told.set)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to whoever runs this."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if self.started:
            self._living = asyncio.create_task(self.town.live()) if self.town else None
            self.ready.set()
            self.on_ready()

    async def main_loop(self) -> None:
        """Wait to be told to stop; uvicorn would look ten times a second."""
        if not await self.on_tick(0):
            await self._told.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Send the town's people home, then stop once all is answered; uvicorn would sleep in between."""
        if self._living is not None:
            self._living.cancel()
            await asyncio.gather(self._living, return_exceptions=True)
        for listening in (*self.servers, *(sockets or ())):
            listening.close()
        state = self.server_state
        for connection in list(state.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_ANSWERING_S):
                while state.connections or state.tasks:
                    await asyncio.sleep(0.005)
        for task in state.tasks:
            task.cancel()


def _server(sandbox: Sandbox, town: Town | None = None) -> _Server:
    server = _Server(
        uvicorn.Config(
            app_of(sandbox, town),
            http=DroppableProtocol,
            ws="websockets-sansio",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            date_header=False,  # each answer carries the sandbox's own hour
            timeout_keep_alive=75,
            ws_ping_interval=_PING_S,
            ws_ping_timeout=_PONG_S,
        )
    )
    server.town = town
    return server


@contextlib.contextmanager
def _bound(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small answers at once only on sockets that say TCP; without it each would wait 40 ms
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
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
    """Read past the buffer, whose lock would abort an interpreter that ends while this waits."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    server.stop()


@contextlib.contextmanager
def _signals(server: _Server) -> Iterator[None]:
    """SIGTERM and SIGINT stop the server; the earlier handlers come back afterwards."""

    def stop(*_: object) -> None:
        server.stop()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
