"""HTTP mode: signed requests to the app's request URL.

Requests are signed with real time, not the sandbox's clock: the app checks the timestamp against its own clock and
refuses what is older than five minutes.

Source: https://docs.slack.dev/authentication/verifying-requests-from-slack and https://docs.slack.dev/apis/events-api.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import ssl
import time
from typing import Any, Final
from urllib.parse import urlencode

import httpx

from twelp.sandbox.slack.sockets import Outcome
from twelp.sandbox.slack.workspace import Json

_TLS: Final = ssl.create_default_context()


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The ``X-Slack-Signature`` of a body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


async def deliver(
    url: str, secret: str, *, kind: str, payload: Json, timeout_s: float, retry: tuple[int, str] | None
) -> Outcome:
    """Send one event, interaction or command, and take the answer.

    Args:
        url: the app's request URL.
        secret: the app's signing secret.
        kind: ``events_api`` (JSON), ``interactive`` (a form with ``payload``) or ``slash_commands`` (a form).
        payload: what to send.
        timeout_s: how long the app may take, in real seconds.
        retry: number and reason of a repeated event; (0, "") or None the first time.
    """
    if kind == "events_api":
        content_type, body = "application/json", json.dumps(payload).encode()
    else:
        fields = {"payload": json.dumps(payload)} if kind == "interactive" else payload
        content_type, body = "application/x-www-form-urlencoded", urlencode(fields, errors="surrogatepass").encode()
    now = str(int(time.time()))
    headers = {
        "Content-Type": content_type,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": signature(secret, now, body),
    }
    if retry is not None and retry[0] > 0:
        headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
    started = time.monotonic()
    try:
        async with httpx.AsyncClient(timeout=timeout_s, verify=_TLS, trust_env=False) as client:
            response = await client.post(url, content=body, headers=headers)
    except httpx.TimeoutException:
        return Outcome(False, "http", _ms(started), "http_timeout")
    except (httpx.HTTPError, httpx.InvalidURL):
        return Outcome(False, "http", _ms(started), "connection_failed")
    if not response.is_success:
        again = response.headers.get("x-slack-no-retry") != "1"
        return Outcome(False, "http", _ms(started), "http_error", _read(response), may_retry=again)
    return Outcome(True, "http", _ms(started), payload=_read(response))


def _read(response: httpx.Response) -> Any:
    """The answer's JSON, or its text; None for an empty one."""
    if not response.content:
        return None
    try:
        return response.json()
    except ValueError:
        return response.text


def _ms(started: float) -> float:
    return round((time.monotonic() - started) * 1000, 1)
