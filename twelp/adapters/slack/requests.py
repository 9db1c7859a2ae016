"""How Slack's payloads reach the app in HTTP mode: signed requests come in. Loaded only where that mode is used.

Nothing is believed before Bolt has checked the signature and its hour, and little is done: a body has a size, and one
that is nested without end is turned away. A signed request that was answered well is answered again without being acted
upon, whoever sends it: within the five minutes for which its signature holds, it could be anybody who overheard it.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Final

from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

BODY_LIMIT: Final = 2_000_000
"""Bytes of a request we are willing to read before its signature is checked."""

SIGNED_FOR_S: Final = 330.0
"""How long Bolt takes a signature for fresh, and a little more."""

_MOST: Final = 20_000
_SIGNATURE: Final = "x-slack-signature"

PATH: Final = "/slack/events"


def http_app(app: App) -> Starlette:
    """HTTP mode: one route that takes events, interactions and commands, checked against the signing secret by Bolt."""
    acted_on = _Seen()

    async def receive(request: Request) -> Response:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT:
                return PlainTextResponse("too large", status_code=413)
        signature = request.headers.get(_SIGNATURE, "")
        if signature in acted_on:
            return PlainTextResponse("")
        try:
            wanted = to_bolt_request(request, bytes(body))
            answer = to_starlette_response(await run_in_threadpool(app.dispatch, wanted))
        except (ValueError, RecursionError):
            return PlainTextResponse("not a request of Slack's", status_code=400)
        if answer.status_code < 300:
            acted_on.add(signature)
        return answer

    return Starlette(routes=[Route(PATH, receive, methods=["POST"])])


class _Seen:
    """Signatures of requests that were acted upon, as long as somebody could use them again."""

    def __init__(self) -> None:
        self._until: OrderedDict[str, float] = OrderedDict()

    def __contains__(self, signature: str) -> bool:
        return self._until.get(signature, 0.0) > time.monotonic()

    def add(self, signature: str) -> None:
        """Remembers it, and forgets those whose time is over."""
        now = time.monotonic()
        self._until[signature] = now + SIGNED_FOR_S
        while len(self._until) > _MOST or next(iter(self._until.values())) <= now:
            self._until.popitem(last=False)
