"""Who may look at the console while there is no sign-in: this machine, by its own name, and no other site's page."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

Handler = Callable[[Request], Awaitable[Response]]

HEADERS: Final = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def guarded(handler: Handler) -> Handler:
    """The handler for requests of this machine alone, with the usual headers on each answer."""

    async def serve(request: Request) -> Response:
        refusal = _refusal(request)
        response = await handler(request) if refusal is None else PlainTextResponse(refusal, status_code=403)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return serve


def _refusal(request: Request) -> str | None:
    if request.client is not None and not _is_loopback(request.client.host):
        return "The console is shown on the machine where twelp runs, and nowhere else.\n"
    if not _is_loopback(urlsplit(f"//{request.headers.get('host', '')}").hostname or ""):
        return "The console answers at 127.0.0.1 or localhost, and under no other name.\n"
    if request.headers.get("sec-fetch-site") in ("cross-site", "same-site") and request.method != "GET":
        return "Another site's page can press nothing here.\n"
    return None


def _is_loopback(name: str) -> bool:
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
