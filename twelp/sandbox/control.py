"""The control plane under ``/_sandbox``: what the sandbox is, its clock, limits, faults and record.

Rules: JSON only, and nothing from a web page (a request with an ``Origin`` other than this server's is refused), so
that no page open in a browser can act on a running sandbox. Every mistake answers 4xx with ``error`` naming it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import BaseRoute, Mount, Route

from twelp.sandbox.wire import NETWORKS, Answer, App, Receive, Scope, Send, ledger
from twelp.sandbox.world import Sandbox
from twelp.sandbox.x.oauth import Credentials
from twelp.sandbox.x.world import XWorld

PREFIX: Final = "/_sandbox"
_PAGE: Final = 1000


def control_app(sandbox: Sandbox) -> App:
    """The app that serves ``/_sandbox``."""
    plane = Plane(sandbox)
    mounts = [Mount(f"{PREFIX}/{name}", routes=n.control_routes()) for name, n in sandbox.networks.items()]
    return _guard(Starlette(routes=[*plane.routes(), *mounts], exception_handlers={404: _missing, 405: _missing}))


async def _missing(request: Request, error: Exception) -> Answer:
    status = getattr(error, "status_code", 404)
    message = f"{request.method} {request.url.path} is not offered; GET {PREFIX} lists what is"
    return Answer({"error": message}, status)


def _guard(app: App) -> App:
    """Refuse requests from web pages and bodies that are no JSON."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        request = Request(scope, receive)
        body = await request.body()
        if (refusal := _refusal(request, body)) is not None:
            await Answer({"error": refusal[1]}, refusal[0])(scope, receive, send)
            return
        sent = False

        async def replay() -> Any:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        await app(scope, replay, send)

    return guarded


def _refusal(request: Request, body: bytes) -> tuple[int, str] | None:
    origin = request.headers.get("origin")
    if origin is not None and origin != f"{request.url.scheme}://{request.headers.get('host', '')}":
        return 403, f"requests from web pages are refused (Origin: {origin[:100]})"
    if not body:
        return None
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return 415, f"content-type is {kind[:100]!r}; expected application/json"
    try:
        json.loads(body)
    except (ValueError, RecursionError) as error:
        return 400, f"the body is not valid JSON: {str(error)[:200]}"
    return None


class Plane:
    """The routes that concern no single network."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def routes(self) -> list[BaseRoute]:
        """All routes, with full paths."""
        return [
            Route(PREFIX, self._summary, methods=["GET"]),
            Route(f"{PREFIX}/", self._summary, methods=["GET"]),
            Route(f"{PREFIX}/health", self._health, methods=["GET"]),
            Route(f"{PREFIX}/reset", self._reset, methods=["POST"]),
            Route(f"{PREFIX}/limits", self._limits, methods=["POST"]),
            Route(f"{PREFIX}/faults", self._faults, methods=["GET"]),
            Route(f"{PREFIX}/faults", self._add_faults, methods=["POST"]),
            Route(f"{PREFIX}/faults", self._clear_faults, methods=["DELETE"]),
            Route(f"{PREFIX}/requests", self._requests, methods=["GET"]),
            Route(f"{PREFIX}/clock", self._clock, methods=["GET"]),
            Route(f"{PREFIX}/clock", self._advance, methods=["POST"]),
        ]

    async def _summary(self, request: Request) -> Answer:
        base = f"{request.url.scheme}://{request.headers.get('host', '')}"
        sandbox = self._sandbox
        return Answer(
            {
                "url": base,
                "x": {"base_url": base, **_x(sandbox.x)},
                "slack": {"base_url": base, "credentials": _slack_credentials(sandbox)},
                "clock": self._time(),
                "requests": sandbox.record.total,
                "faults": len(sandbox.faults.script()),
                "ledger": {name: list(ledger(n.routes())) for name, n in sandbox.networks.items()},
                "control": [f"{m} {p}" for m, p in _lines(self.routes(), sandbox.networks)],
            }
        )

    async def _health(self, request: Request) -> Answer:
        return Answer({"ok": True})

    async def _reset(self, request: Request) -> Answer:
        self._sandbox.reset()
        return Answer({"ok": True})

    async def _limits(self, request: Request) -> Answer:
        body = await _json(request)
        if not isinstance(body, dict) or set(body) != {"lifted"} or not isinstance(body["lifted"], bool):
            return _wrong('expected {"lifted": true} or {"lifted": false}')
        self._sandbox.lift_limits(body["lifted"])
        return Answer(body)

    async def _faults(self, request: Request) -> Answer:
        return Answer({"faults": self._sandbox.faults.script()})

    async def _add_faults(self, request: Request) -> Answer:
        body = await _json(request)
        given = body["faults"] if isinstance(body, dict) and set(body) == {"faults"} else [body]
        if not isinstance(given, list) or not all(isinstance(f, dict) for f in given):
            return _wrong('expected one fault, or {"faults": [...]}')
        try:
            added = self._sandbox.faults.add_all(given)
        except ValueError as error:
            return _wrong(str(error))
        return Answer({"faults": [asdict(f) for f in added]}, 201)

    async def _clear_faults(self, request: Request) -> Answer:
        self._sandbox.faults.clear()
        return Answer({"faults": []})

    async def _requests(self, request: Request) -> Answer:
        after, network = request.query_params.get("after", "0"), request.query_params.get("network")
        if not (after.isascii() and after.isdigit() and len(after) < 19):
            return _wrong(f"after is {after!r}; expected the number of a request")
        if network not in (None, *NETWORKS):
            return _wrong(f"network is {network!r}; expected one of {', '.join(NETWORKS)}")
        found = self._sandbox.record.requests(after=int(after), network=network)
        return Answer({"requests": [r.as_json() for r in found[:_PAGE]], "more": len(found) > _PAGE})

    async def _clock(self, request: Request) -> Answer:
        return Answer(self._time())

    async def _advance(self, request: Request) -> Answer:
        body = await _json(request)
        seconds = body.get("advance_s") if isinstance(body, dict) and len(body) == 1 else None
        if isinstance(seconds, bool) or not isinstance(seconds, int | float):
            return _wrong('expected {"advance_s": seconds}')
        try:
            self._sandbox.clock.advance(seconds)
        except ValueError as error:
            return _wrong(str(error))
        return Answer(self._time())

    def _time(self) -> dict[str, Any]:
        return {"now": self._sandbox.clock.now().isoformat(), "offset_s": self._sandbox.clock.offset_s}


def _slack_credentials(sandbox: Sandbox) -> dict[str, str]:
    slack = sandbox.slack
    return {
        "bot_token": slack.backend.bot_token,
        "app_token": slack.backend.app_token,
        "signing_secret": slack.delivery.signing_secret,
    }


def _lines(routes: list[BaseRoute], networks: Mapping[str, Any]) -> list[tuple[str, str]]:
    every = [("", routes), *((f"{PREFIX}/{name}", n.control_routes()) for name, n in networks.items())]
    lines = [
        line.split(" ", 1) for prefix, rs in every for line in ledger(rs) for line in [line.replace(" ", f" {prefix}")]
    ]
    return sorted({(method, path) for method, path in lines}, key=lambda line: (line[1], line[0]))


async def _json(request: Request) -> Any:
    body = await request.body()
    return json.loads(body) if body else {}


def _wrong(error: str, status: int = 400) -> Answer:
    return Answer({"error": error}, status)


def _x(world: XWorld) -> dict[str, Any]:
    """What is shown of X."""
    return {
        "brand": {"handle": world.brand.handle, "name": world.brand.name, "id": str(world.brand.id)},
        "credentials": {f.name: getattr(world.credentials, f.name) for f in fields(Credentials)},
        "accounts": len(world.people),
        "posts": len(world.posts),
        "limits_lifted": world.limits_lifted,
    }
