"""What the text of a setting must look like before it becomes a value.

Rules: a refusal says what is wrong and never repeats the value, which may be a secret.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr

_ADDRESSEE = re.compile(r"//.*@")
_LIKE_A_SECRET = re.compile(r"(?=[\w+=%~-]*\d)(?=[\w+=%~-]*[A-Za-z])[\w+=%~-]{12,}")


def shown(value: str) -> str:
    """A value for a message: one line, at most 80 characters, without what may be a secret in the wrong place.

    >>> shown("http://me:pass/word@host"), shown("xoxb-12345678-abc"), shown("15 s")
    ('http://…@host', '…', '15 s')
    """
    flat = "".join(c if c.isprintable() else "\ufffd" for c in value[:2_000])
    kept = _LIKE_A_SECRET.sub("…", _ADDRESSEE.sub("//…@", flat))
    return kept if len(kept) <= 80 else f"{kept[:79]}…"


_SPAN = re.compile(r"(\d{1,6})\s*(s|m|h|d|w)", re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def moment(value: str, now: datetime) -> datetime:
    """The moment that a text names: `now`, a span of time before it, or a day or an hour (UTC where it names no zone).

    >>> at = datetime(2026, 11, 30, 9, tzinfo=UTC)
    >>> f"{moment('15m', at):%H:%M}", f"{moment('2026-11-29T18:00+01:00', at):%d %H:%M}", moment("now", at) == at
    ('08:45', '29 17:00', True)

    Raises:
        ValueError: it names none.
    """
    if value.lower() in ("now", "0"):
        return now
    if span := _SPAN.fullmatch(value):
        return now - timedelta(seconds=int(span[1]) * _SECONDS[span[2].lower()])
    at = datetime.fromisoformat(value)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def _moment(value: str) -> str:
    try:
        moment(value, datetime(2026, 1, 1, tzinfo=UTC))
    except (ValueError, OverflowError):
        raise ValueError("neither a span of time nor a date") from None
    return value


def _base_url(value: str) -> str:
    """An http(s) address without user, query or fragment; a slash at its end is dropped."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("not an http or https address")
    if parts.username or parts.password or parts.query or parts.fragment or re.search(r"\s", value):
        raise ValueError("more than scheme, host, port and path")
    try:
        _ = parts.port
    except ValueError:
        raise ValueError("its port is out of range 0-65535") from None
    return value.rstrip("/")


def _token(value: SecretStr) -> SecretStr:
    """One printable ASCII word: what a header can carry."""
    word = value.get_secret_value()
    if not word.isascii() or not word.isprintable() or " " in word:
        raise ValueError("it holds white space, control characters or letters beyond ASCII (pasted wrongly?)")
    return value


def _bot_token(value: SecretStr) -> SecretStr:
    if value.get_secret_value().startswith(("xapp-", "xoxp-")):
        raise ValueError("it is an app-level or user token, not the bot's")
    return _token(value)


def _app_token(value: SecretStr) -> SecretStr:
    if value.get_secret_value().startswith(("xoxb-", "xoxp-")):
        raise ValueError("it is a bot or user token, not the app-level one")
    return _token(value)


def _database_url(value: SecretStr) -> SecretStr:
    """SQLite with a path, or Postgres through psycopg, whatever dialect name the address came with."""
    scheme, found, rest = value.get_secret_value().partition("://")
    if scheme == "sqlite" and found:
        path = rest.partition("?")[0].removeprefix("/")
        if not rest.startswith("/") or not path or path == ":memory:":
            raise ValueError("SQLite needs a file, so that what was accepted survives")
        return value
    if scheme in ("postgres", "postgresql", "postgresql+psycopg") and rest:
        return SecretStr(f"postgresql+psycopg://{rest}")
    raise ValueError("neither SQLite nor Postgres through psycopg" if found else "not an address")


def _secret_url(value: SecretStr) -> SecretStr:
    """An http(s) address, whatever stands in it."""
    parts = urlsplit(value.get_secret_value())
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", value.get_secret_value()):
        raise ValueError("not an http or https address")
    try:
        _ = parts.port
    except ValueError:
        raise ValueError("its port is out of range 0-65535") from None
    return value


def _host(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:_-]+", value) or re.fullmatch(r"[^:]+:\d+", value):
        raise ValueError("not a host name or address alone")
    return value


Url = Annotated[str, AfterValidator(_base_url)]
SecretUrl = Annotated[SecretStr, AfterValidator(_secret_url)]
Token = Annotated[SecretStr, AfterValidator(_token)]
BotToken = Annotated[SecretStr, AfterValidator(_bot_token)]
AppToken = Annotated[SecretStr, AfterValidator(_app_token)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_database_url)]
Host = Annotated[str, AfterValidator(_host)]
Moment = Annotated[str, AfterValidator(_moment)]
