"""Slack's SDK as we use it: it never retries, never logs, never waits long, and asks no proxy about this machine.

Its own retries would send a message twice after a broken connection, and its debug log holds addresses and texts.
"""

from __future__ import annotations

import logging
from typing import Final
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

WEBHOOK_TIMEOUT_S: Final = 10


def web_client(base_url: str, token: str, timeout_s: float) -> WebClient:
    """A client for the Web API at `base_url` (`https://slack.com`, or any server that speaks its protocol)."""
    client = WebClient(
        token=token,
        base_url=base_url.rstrip("/") + "/api/",
        timeout=timeout_s,  # type: ignore[arg-type] # fractions work, too
        logger=silent("web"),
        retry_handlers=[],
    )
    if is_loopback(base_url):
        client.proxy = None
    return client


def webhook(url: str) -> WebhookClient:
    """A client for one `response_url`."""
    client = WebhookClient(url, timeout=WEBHOOK_TIMEOUT_S, logger=silent("webhook"), retry_handlers=[])
    if is_loopback(url):
        client.proxy = None
    return client


def is_slacks(url: str, base_url: str) -> bool:
    """Whether this is an address at Slack (or at the server that stands for it), where an answer may be sent."""
    try:
        given, own = urlsplit(url), urlsplit(base_url)
    except ValueError:
        return False
    if given.netloc == own.netloc and given.scheme == own.scheme:
        return True
    host = given.hostname or ""
    return given.scheme == "https" and host.endswith((".slack.com", ".slack-gov.com")) and "@" not in given.netloc


def silent(part: str, level: int = logging.CRITICAL) -> logging.Logger:
    """A log that only tells of disasters: what fails is told by us, once, and without anybody's words."""
    log = logging.getLogger(f"{__name__}.{part}")
    log.setLevel(level)
    return log


def is_loopback(url: str) -> bool:
    """True for an address on this machine, where no proxy of the environment has any business."""
    return urlsplit(url).hostname in ("127.0.0.1", "::1", "localhost")
