"""Who may ask: pages of this machine's own town. No other site's page reads or presses anything here.

A page from elsewhere could reach this address in two ways: by its browser sending a form here (Origin and
Sec-Fetch-Site tell), and by a name of its own that leads to 127.0.0.1 (the Host that is asked for tells).
"""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

from twelp.sandbox.wire import App, Message, Receive, Scope, Send

_CSP: Final = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)
HEADERS: Final = {
    "content-security-policy": _CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Guard:
    """ASGI middleware that lets only this machine's own pages in, and puts the usual headers on each answer."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carries one request, or refuses it."""
        if scope["type"] != "http":
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        refusal = _refusal(scope, Headers(scope=scope))
        answer = self._app if refusal is None else PlainTextResponse(refusal, status_code=403)
        await answer(scope, receive, guarded)


def _refusal(scope: Scope, headers: Headers) -> str | None:
    client = scope.get("client")
    if client is not None and not is_loopback(client[0]):
        return "The town is shown on the machine where it runs, and nowhere else.\n"
    host = headers.get("host", "")
    if not is_loopback(urlsplit(f"//{host}").hostname or ""):
        return "The town answers at 127.0.0.1 or localhost, and under no other name.\n"
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if scope["method"] in ("GET", "HEAD"):
        return None
    if (origin is not None and urlsplit(origin).netloc != host) or site not in (None, "same-origin", "none"):
        return "Another site's page cannot press anything in the town.\n"
    return None


def is_loopback(name: str) -> bool:
    """Whether a host name or address is this machine's own."""
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
