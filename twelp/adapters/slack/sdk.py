"""Slack's SDK as we use it: it never retries, never logs, never waits long, and asks no proxy about this machine.

Its own retries would send a message twice after a broken connection, and its debug log holds addresses and texts.
It opens a connection for every call (seen with slack_sdk 3.47), which costs a handshake with Slack each time, and about
half of a call's processor time: ours are kept open, by urllib3, which tweepy stands on as well.
"""

from __future__ import annotations

import json
import logging
from typing import Any, Final
from urllib.parse import unquote, urlencode, urlsplit

import urllib3
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from twelp.ports.last_moment import check_last_moment

WEBHOOK_TIMEOUT_S: Final = 10

CONNECTIONS: Final = 48
"""Kept open at most: one for each thread that may call Slack at the same time."""


_ONCE: Final = urllib3.Retry(False, redirect=False)


class KeptOpen(WebClient):
    """The SDK's client over connections that are kept between calls. Safe to use from several threads.

    Nothing is sent twice by itself and no redirect is followed. `proxy` may be changed until the first call. All calls
    go to `base_url`, so its pool is asked right away, which takes two thirds of the time that looking it up does.
    """

    _pool: urllib3.HTTPConnectionPool | None = None

    def _perform_urllib_http_request(self, *, url: str, args: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """What the SDK calls its transport: status, headers and text of the answer.

        Raises:
            urllib3.exceptions.HTTPError, UnicodeDecodeError: there was none, or none that can be read.
            TryAgain: this process stood still; nothing was sent.
        """
        headers = dict(args["headers"])
        if args["json"]:
            body, headers["Content-Type"] = json.dumps(args["json"]), "application/json;charset=utf-8"
        else:
            body, headers["Content-Type"] = urlencode(args["params"] or {}), "application/x-www-form-urlencoded"
        if self._pool is None:
            many = _through(self.proxy) if self.proxy else urllib3.PoolManager(maxsize=CONNECTIONS)
            self._pool = many.connection_from_url(self.base_url)
        by_proxy = self.proxy and self._pool.scheme == "http"  # which wants to know the whole address
        where = url if by_proxy else urlsplit(url).path
        how: dict[str, Any] = {"timeout": self.timeout, "retries": _ONCE, "redirect": False, "assert_same_host": False}
        if url.endswith("/chat.postMessage"):
            check_last_moment()
        answer = self._pool.urlopen("POST", where, body=body.encode(), headers=headers, **how)
        return {"status": answer.status, "headers": dict(answer.headers), "body": answer.data.decode()}


def _through(proxy: str) -> urllib3.ProxyManager:
    """By that proxy, whose address may hold a name and a password for it."""
    auth = urllib3.util.parse_url(proxy).auth
    headers = urllib3.make_headers(proxy_basic_auth=unquote(auth)) if auth else None
    return urllib3.ProxyManager(proxy, maxsize=CONNECTIONS, proxy_headers=headers)


def web_client(base_url: str, token: str, timeout_s: float) -> WebClient:
    """A client for the Web API at `base_url` (`https://slack.com`, or any server that speaks its protocol)."""
    client = KeptOpen(
        token=token,
        base_url=base_url.rstrip("/") + "/api/",
        timeout=timeout_s,  # type: ignore[arg-type] # fractions work, too
        logger=silent("web"),
        retry_handlers=[],
    )
    if is_loopback(base_url):
        client.proxy = None
    beneath = logging.getLogger("urllib3")
    if beneath.level == logging.NOTSET:
        beneath.setLevel(logging.INFO)
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
