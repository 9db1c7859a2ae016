"""The HTTP side: whether the process lives, whether it is ready and why not, its numbers, and in HTTP mode Slack."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from contextlib import suppress

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from twelp.console import Sources, console_routes
from twelp.errors import TwelpError
from twelp.wiring.health import Bot, glance
from twelp.wiring.readings import Readings

log = logging.getLogger("twelp.web")


def app(bot: Bot, *, slack: bool, console: bool = False) -> Starlette:
    """The application.

    Args:
        bot: whose.
        slack: with the route that Slack's signed requests come to.
        console: with the pages that anybody on this machine may see.
    """
    checks = glance(bot)
    readings = Readings(bot, checks)
    bot.meters.registry.register(readings)

    def numbers() -> bytes:
        readings.look()
        return generate_latest(bot.meters.registry)

    async def live(_: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def ready(_: Request) -> Response:
        found = await run_in_threadpool(checks)
        good = all(check.ok for check in found)
        body = {"ready": good, "checks": {check.name: {"ok": check.ok, "said": check.said} for check in found}}
        return JSONResponse(body, status_code=200 if good else 503)

    async def metrics(_: Request) -> Response:
        told = await run_in_threadpool(numbers)
        return Response(told, media_type=CONTENT_TYPE_LATEST)

    routes: list[BaseRoute] = [Route("/healthz", live), Route("/readyz", ready), Route("/metrics", metrics)]
    if console:
        prices = tuple(one.network.rules.prices for one in bot.networks.values())
        routes += console_routes(Sources(bot.store, bot.engine.jobs, lambda: bot.roster, bot.clock, prices))
    if slack:
        routes.append(Mount("/", app=bot.workspace.incoming.http_app()))
    made = Starlette(routes=routes)
    made.router.redirect_slashes = False  # the address of a redirect would be made of the Host that was sent
    return made


class _Server(uvicorn.Server):
    """Uvicorn that stops as soon as it is told to, and looks at the clock once a second instead of ten times."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._told = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def stop(self) -> None:
        """Ends it, from any thread."""
        self.should_exit = True
        if self._loop is not None:
            with suppress(RuntimeError):  # it ended already
                self._loop.call_soon_threadsafe(self._told.set)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, and can be told to stop from here on."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)

    async def main_loop(self) -> None:
        """Keeps the date that each answer carries, until it is told to stop."""
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self._told.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Takes nothing in any more, and ends once everything is answered; uvicorn would sleep in between."""
        for listening in (*self.servers, *(sockets or ())):
            listening.close()
        state = self.server_state
        for connection in list(state.connections):
            connection.shutdown()
        while state.connections or state.tasks:
            await asyncio.sleep(0.005)


class Web:
    """A server in a thread.

    Args:
        app: what it serves.
        host: the address to listen on.
        port: 0 picks a free one.

    Raises:
        TwelpError: the address cannot be listened on.
    """

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            self._socket = socket.create_server((host, port), family=family, backlog=2048)
        except OSError as error:
            raise TwelpError(
                f"cannot listen on {host}:{port}: is the port taken? "
                f"Set PORT (0 picks a free one) and TWELP_HOST. ({error.strerror or error})"
            ) from error
        config = uvicorn.Config(
            app,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_level="warning",
            access_log=False,
            server_header=False,
        )
        config.load()
        asyncio.run(run_in_threadpool(bool))  # with what the first request would wait for otherwise
        self._server = _Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="http", daemon=True
        )
        self._thread.start()
        name, number = self._socket.getsockname()[:2]
        self.address = f"http://[{name}]:{number}" if ":" in name else f"http://{name}:{number}"

    def stop(self) -> None:
        """Takes no more requests; those that are being answered have a moment."""
        self._server.stop()
        self._thread.join(timeout=3)
