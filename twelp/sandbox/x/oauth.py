"""OAuth 1.0a with HMAC-SHA1, checked for real: a client that signs wrongly here would be refused by X too.

Written from RFC 5849 and not with a library, so that the client's library is checked against the text and not against
itself. Source: RFC 5849 sections 3.3 to 3.6.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
import time
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote, unquote

from twelp.sandbox.wire import Clock
from twelp.sandbox.x.problems import unauthorized

WINDOW_S: Final = 300
_REQUIRED: Final = (
    "oauth_consumer_key",
    "oauth_token",
    "oauth_signature_method",
    "oauth_signature",
    "oauth_timestamp",
    "oauth_nonce",
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """The app's and the brand account's keys, fixed so that a configuration can be written down."""

    consumer_key: str = "sandbox-consumer-key"
    consumer_secret: str = "sandbox-consumer-secret"  # noqa: S105 - public, valid nowhere else
    access_token: str = "sandbox-access-token"  # noqa: S105
    access_token_secret: str = "sandbox-access-token-secret"  # noqa: S105
    bearer_token: str = "sandbox-bearer-token"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Signed:
    """The parts of a request that a signature covers.

    `url` is the address the client used, without query; `query` and `form` are raw, still encoded.
    """

    method: str
    url: str
    query: str
    form: str
    authorization: str


class Gate:
    """Admits requests that are signed with the credentials, each signature once."""

    def __init__(self, credentials: Credentials, clock: Clock) -> None:
        self.credentials = credentials
        self._clock = clock
        self._lock = threading.Lock()
        self._nonces: set[tuple[str, str]] = set()
        self._seen: deque[tuple[float, tuple[str, str]]] = deque()

    def admit(self, signed: Signed) -> bool:
        """Whether the caller acts as the brand's user (True) or as the app alone (False).

        Raises:
            Refusal: 401, its note naming what is wrong.
        """
        scheme, _, rest = signed.authorization.partition(" ")
        if scheme.lower() == "bearer":
            if not hmac.compare_digest(rest.strip().encode(), self.credentials.bearer_token.encode()):
                raise unauthorized("bearer token is not known")
            return False
        if scheme.lower() != "oauth":
            raise unauthorized("no Authorization header with OAuth 1.0a or Bearer")
        given = _header_params(rest)
        for name in _REQUIRED:
            if not given.get(name):
                raise unauthorized(f"{name} is missing")
        self._check_identity(given)
        self._check_signature(signed, given)
        self._check_freshness(given)
        return True

    def _check_identity(self, given: Mapping[str, str]) -> None:
        if given["oauth_consumer_key"] != self.credentials.consumer_key:
            raise unauthorized("oauth_consumer_key is not known")
        if given["oauth_token"] != self.credentials.access_token:
            raise unauthorized("oauth_token is not known")
        if given["oauth_signature_method"] != "HMAC-SHA1":
            raise unauthorized("oauth_signature_method is not HMAC-SHA1")
        if given.get("oauth_version", "1.0") != "1.0":
            raise unauthorized("oauth_version is not 1.0")

    def _check_signature(self, signed: Signed, given: Mapping[str, str]) -> None:
        pairs = [(k, v) for k, v in given.items() if k not in ("oauth_signature", "realm")]
        pairs += parse_qsl(signed.query, keep_blank_values=True)
        pairs += parse_qsl(signed.form, keep_blank_values=True)
        keys = (self.credentials.consumer_secret, self.credentials.access_token_secret)
        expected = signature(signed.method, signed.url, pairs, keys)
        if not hmac.compare_digest(expected.encode(), given["oauth_signature"].encode()):
            raise unauthorized("oauth_signature does not match")

    def _check_freshness(self, given: Mapping[str, str]) -> None:
        """Refuse old signatures and used nonces.

        A time is fresh by the sandbox's clock or by the real one: clients cannot follow a clock that is driven forward.
        """
        text = given["oauth_timestamp"]
        if not (text.isascii() and text.isdigit() and len(text) < 13):
            raise unauthorized("oauth_timestamp is not a number of seconds")
        at = int(text)
        if min(abs(at - self._clock.time()), abs(at - time.time())) > WINDOW_S:
            raise unauthorized("oauth_timestamp is more than 5 minutes off")
        key = (text, given["oauth_nonce"])
        with self._lock:
            now = time.monotonic()
            while self._seen and self._seen[0][0] < now - 2 * WINDOW_S:
                self._nonces.discard(self._seen.popleft()[1])
            if key in self._nonces:
                raise unauthorized("oauth_nonce was used before")
            self._nonces.add(key)
            self._seen.append((now, key))


def signature(method: str, url: str, pairs: Iterable[tuple[str, str]], secrets: tuple[str, str]) -> str:
    """The HMAC-SHA1 signature, base64, of a request with these decoded parameters.

    Args:
        method: HTTP method.
        url: scheme, host (with a port that is not the default) and path, without query.
        pairs: all parameters except ``oauth_signature`` and ``realm``.
        secrets: the consumer's and the token's.
    """
    normal = "&".join(f"{k}={v}" for k, v in sorted((_escape(k), _escape(v)) for k, v in pairs))
    base = "&".join((method.upper(), _escape(url), _escape(normal)))
    key = "&".join(_escape(s) for s in secrets)
    return base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode()


def base_url(scheme: str, host: str, path: str) -> str:
    """The address that is signed: lower-case scheme and host, the default port left out."""
    host = host.lower()
    default = {"http": ":80", "https": ":443"}.get(scheme.lower(), "")
    if default and host.endswith(default):
        host = host[: -len(default)]
    return f"{scheme.lower()}://{host}{path}"


def _escape(text: str) -> str:
    return quote(text, safe="-._~")


def _header_params(rest: str) -> dict[str, str]:
    params: dict[str, str] = {}
    for part in rest.split(","):
        name, equals, value = part.strip().partition("=")
        if not equals or not (value.startswith('"') and value.endswith('"') and len(value) >= 2):
            raise unauthorized(f'Authorization header has a part that is not name="value": {name[:40]!a}')
        if unquote(name) in params:
            raise unauthorized(f"{name[:40]!a} is given twice")
        params[unquote(name)] = unquote(value[1:-1])
    return params
