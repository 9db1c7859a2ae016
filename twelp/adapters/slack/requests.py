"""How Slack's payloads reach the app in HTTP mode: signed requests come in. Loaded only where that mode is used."""

from __future__ import annotations

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

PATH: Final = "/slack/events"


def http_app(app: App) -> Starlette:
    """HTTP mode: one route that takes events, interactions and commands, checked against the signing secret by Bolt."""

    async def receive(request: Request) -> Response:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT:
                return PlainTextResponse("too large", status_code=413)
        try:
            wanted = to_bolt_request(request, bytes(body))
        except (UnicodeDecodeError, ValueError):
            return PlainTextResponse("not a request of Slack's", status_code=400)
        return to_starlette_response(await run_in_threadpool(app.dispatch, wanted))

    return Starlette(routes=[Route(PATH, receive, methods=["POST"])])
