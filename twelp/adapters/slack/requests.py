"""How Slack's payloads reach the app in HTTP mode: signed requests come in. Loaded only where that mode is used.

The signature and its hour are checked here, before anything is parsed: Bolt parses first, and what is deeply nested,
oddly typed or no object breaks it (seen with slack_bolt 1.30); then it checks again. A body has a size. A signed
request that was answered well is answered again without being acted upon, whoever sends it: within the five minutes
for which its signature holds, it could be anybody who overheard it.
"""

from __future__ import annotations

import logging
import re
import time
from collections import OrderedDict
from typing import Final

from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from twelp.adapters.slack.refusals import Refusals

BODY_LIMIT: Final = 2_000_000
"""Bytes of a request we are willing to read before its signature is checked."""

_FRESH_FOR_S: Final = 300
SIGNED_FOR_S: Final = 330.0
"""How long Bolt takes a signature for fresh, and a little more."""

_MOST: Final = 20_000
_STAMP: Final = re.compile(r"[0-9]{1,12}")
_SIGNATURE: Final = re.compile(r"v0=[0-9a-f]{64}")
_LOOK_AT_THE_CERTIFICATE: Final = re.compile(rb"(?:\A|&)ssl_check=1(?:&|\Z)")
"""Slack's own look, without a signature. Source: docs.slack.dev/interactivity/implementing-slash-commands."""

_LOG = logging.getLogger(__name__)

PATH: Final = "/slack/events"


def http_app(app: App, signing_secret: str, refusals: Refusals) -> Starlette:
    """HTTP mode: one route that takes events, interactions and commands, checked against the signing secret.

    What is turned away is told to `refusals`.
    """
    verifier = SignatureVerifier(signing_secret)
    acted_on = _Seen()

    async def receive(request: Request) -> Response:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT:
                refusals.refuse("too_large")
                return PlainTextResponse("too large", status_code=413)
        signature, cause = _signature(request, bytes(body), verifier)
        if cause:
            if cause == "unsigned" and len(body) < 10_000 and _LOOK_AT_THE_CERTIFICATE.search(body):
                return Response()
            refusals.refuse(cause)
            return PlainTextResponse("not signed by Slack", status_code=401)
        refusals.accept()
        if signature in acted_on:
            return PlainTextResponse("")
        try:
            answer = await run_in_threadpool(_answer, app, request, bytes(body))
        except Exception as error:  # the outermost rim: Bolt, or what it calls before our listeners
            _LOG.error("slack: a signed request could not be read (%s)", type(error).__name__)
            return PlainTextResponse("not a request of Slack's", status_code=400)
        if answer.status_code < 300:
            acted_on.add(signature)
        return answer

    made = Starlette(routes=[Route(PATH, receive, methods=["POST"])])
    made.router.redirect_slashes = False  # the address of a redirect would be made of the Host that was sent
    return made


def _signature(request: Request, body: bytes, verifier: SignatureVerifier) -> tuple[str, str]:
    """The signature, and why it does not do; no cause when Slack sent this within the last five minutes."""
    stamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    if not _STAMP.fullmatch(stamp) or not _SIGNATURE.fullmatch(signature):
        return "", "unsigned"
    try:
        if verifier.is_valid(body, stamp, signature):
            return signature, ""
    except UnicodeDecodeError:
        return "", "signature"
    return "", "old" if abs(verifier.clock.now() - int(stamp)) > _FRESH_FOR_S else "signature"


def _answer(app: App, request: Request, body: bytes) -> Response:
    return to_starlette_response(app.dispatch(to_bolt_request(request, body)))


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
