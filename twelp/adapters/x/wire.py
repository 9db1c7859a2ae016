"""The HTTP session under tweepy: where requests go, how long they may take, how much they may bring.

tweepy's host is fixed and it sets no timeout; its documented seam is `client.session`. Rules of this session:

- `https://api.twitter.com` becomes the configured base URL before the request is signed, so that the signature is
  of the address that is really asked.
- A request has a time to connect, a time between two pieces, and a time for the whole of the answer's body.
- An answer larger than `MAX_ANSWER_BYTES` is dropped; redirects are not followed; cookies are not kept.
- Environment proxies are for the outside world only, never for a server on this machine.
"""

from __future__ import annotations

import ipaddress
import logging
import time
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Final
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter

from twelp.errors import ConfigError
from twelp.ports.last_moment import check_last_moment

TWEEPY_HOST: Final = "https://api.twitter.com"
MAX_ANSWER_BYTES: Final = 8_000_000
WHOLE_ANSWER_FACTOR: Final = 2
"""The whole answer may take this many times the timeout for one piece of it."""
_PIECE_BYTES: Final = 65_536
_TALKATIVE: Final = ("tweepy", "oauthlib", "requests_oauthlib", "urllib3")


class UnreadableAnswer(requests.RequestException):
    """The answer came too slowly, too large or broken."""


class XSession(requests.Session):
    """A `requests.Session` that obeys this module's rules. Not shared between threads; the pool beneath it may be.

    Args:
        base_url: scheme, host and optional path that stand for `https://api.twitter.com`, without a trailing slash.
        pool: the connections, shared by all sessions of one account.
        timeout_s: seconds to connect, and between two pieces of an answer.
    """

    def __init__(self, base_url: str, pool: HTTPAdapter, timeout_s: float) -> None:
        super().__init__()
        self._base_url = base_url
        self._timeout_s = timeout_s
        self.trust_env = not is_on_this_machine(base_url)
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        self.mount("https://", pool)
        self.mount("http://", pool)
        self.last: requests.Response | None = None
        """The answer to the latest request; None when there was none."""

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """Points the request at the configured server, then signs it."""
        url = str(request.url)
        if url.startswith(TWEEPY_HOST):
            request.url = self._base_url + url.removeprefix(TWEEPY_HOST)
        return super().prepare_request(request)

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """Sends within the time allowed and reads the whole answer within its bounds.

        Raises:
            UnreadableAnswer: the answer began and did not end well.
            TryAgain: this process stood still; nothing was sent.
        """
        self.last = None
        until = time.monotonic() + self._timeout_s * WHOLE_ANSWER_FACTOR
        options |= {"timeout": (self._timeout_s, self._timeout_s), "stream": True}
        if request.method == "POST":
            check_last_moment()
        response = super().send(request, **options)
        try:
            response._content = _read(response.raw, until)
            response._content_consumed = True  # type: ignore[attr-defined]
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise UnreadableAnswer(f"the answer broke off: {type(error).__name__}", response=response) from error
        finally:
            response.close()
        self.last = response
        return response

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere: a signed request is for one address only."""


def _read(raw: Any, until: float) -> bytes:
    """All of the body, decompressed; raises UnreadableAnswer when it is too large or not over by `until`."""
    pieces: list[bytes] = []
    left = MAX_ANSWER_BYTES
    while piece := raw.read1(_PIECE_BYTES, decode_content=True):
        left -= len(piece)
        if left < 0:
            raise UnreadableAnswer(f"the answer is larger than {MAX_ANSWER_BYTES} bytes")
        if time.monotonic() > until:
            raise UnreadableAnswer("the answer came too slowly")
        pieces.append(piece)
    return b"".join(pieces)


def new_pool(connections: int = 4) -> HTTPAdapter:
    """The connections of one account, kept open between requests; nothing is sent twice by itself."""
    return HTTPAdapter(pool_connections=1, pool_maxsize=connections, max_retries=0)


def checked_base_url(base_url: str) -> str:
    """The base URL without a trailing slash.

    Raises:
        ConfigError: it is no http(s) address of a host.
    """
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ConfigError(f"X_BASE_URL is {base_url!r}; expected an address such as https://api.x.com")
    return base_url.rstrip("/")


def is_on_this_machine(url: str) -> bool:
    """Whether the address names this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def hush_libraries() -> None:
    """Keeps the libraries beneath from writing tokens and customers' texts to the log when the root logs everything."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        if logger.level == logging.NOTSET:
            logger.setLevel(logging.INFO)
