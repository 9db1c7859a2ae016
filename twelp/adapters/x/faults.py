"""X's refusals into ours: what was not done, whose move it is, and when.

Rules:

- Reading may always be repeated, so whatever is unclear becomes `TryAgain`.
- Publishing may not. Once the request has left, only a clear refusal says that nothing was published; silence, a server
  error or an unreadable answer become `InDoubt`.
- A page of HTML is somebody between us and X, whatever its status: nothing final follows from it.
- Messages hold the status, X's own short title and the kind of problem; never its free text, which may quote a
  customer.

Source: X's response codes (docs.x.com, response codes and errors), the problem types of its OpenAPI description, and
the older numeric codes that the same endpoints still send.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

import requests
from urllib3.exceptions import NewConnectionError

from twelp.errors import InDoubt, Locked, RefusalReason, Refused, RemoteError, TryAgain, WaitUntil

DEFAULT_WAIT: Final = timedelta(seconds=60)
"""How long to stay away when X says "too many" without a believable hour."""
LONGEST_WAIT: Final = timedelta(hours=25)
"""X's longest window is 24 hours; a later hour is not believed."""
UNDER_WAY: Final = 4
"""Calls of a kind that may be on their way at once, when one is told how many are left."""
PAUSE: Final = timedelta(minutes=15)
"""How long to stay away when X takes us for a nuisance, or the day's posts are used up without a word of until when."""

_LIMITS: Final = ("x-rate-limit", "x-app-limit-24hour", "x-user-limit-24hour")
_LOCKED_KINDS: Final = frozenset(
    {
        "client-forbidden",
        "oauth1-permissions",
        "unsupported-authentication",
        "credits",
        "credits-depleted",
        "usage-capped",
    }
)
_LOCKED_CODES: Final = frozenset({32, 64, 87, 89, 99, 135, 215, 220, 261, 326, 453})
_LOCKED_WORDS: Final = re.compile(
    r"not[- ]enrolled|access level|app permissions|attached to a project|credits?\b|billing|payment|usage cap"
    r"|spend(ing)? (cap|limit)|your account (is|has been) (suspended|locked)|account is (suspended|temporarily locked)"
)
_LIMIT_CODES: Final = frozenset({88, 185})
_LIMIT_WORDS: Final = re.compile(r"daily (status|tweet|post)( update)? limit|too many (tweets|posts|requests)")
_AUTOMATION_CODES: Final = frozenset({226})
_REASONS: Final[tuple[tuple[RefusalReason, frozenset[int], frozenset[str], re.Pattern[str]], ...]] = (
    (
        RefusalReason.NOT_SUMMONED,
        frozenset(),
        frozenset(),
        re.compile(r"only reply to or quote|not been mentioned or otherwise engaged"),
    ),
    (RefusalReason.DUPLICATE, frozenset({187}), frozenset(), re.compile(r"duplicate")),
    (
        RefusalReason.TOO_LONG,
        frozenset({186, 354}),
        frozenset(),
        re.compile(r"too long|bit shorter|max(imum)?[ _]length|character limit|longer than|over \d+ characters"),
    ),
    (
        RefusalReason.GONE,
        frozenset({34, 63, 144, 179, 385}),
        frozenset({"resource-not-found", "not-authorized-for-resource", "resource-unavailable"}),
        re.compile(r"deleted|not visible|not found|could not find|no status|does not exist|no longer exists"),
    ),
)
_MEANING: Final = {
    RefusalReason.NOT_SUMMONED: "its author neither mentioned nor quoted this account; a person can reply by hand",
    RefusalReason.DUPLICATE: "this account already published the same text",
    RefusalReason.TOO_LONG: "the text is longer than X allows",
    RefusalReason.GONE: "what it is about is deleted or not visible to this account",
    RefusalReason.OTHER: "X will not do this",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What an answer that is no success says. `words` (lower case) are for recognising only, never for showing."""

    status: int
    title: str = ""
    kind: str = ""
    codes: frozenset[int] = frozenset()
    parameters: frozenset[str] = frozenset()
    words: str = ""
    html: bool = False

    def blames(self, name: str) -> bool:
        """Whether the problem is about this request parameter, or one whose name has this in it."""
        return any(name in one for one in self.parameters) if self.parameters else name in self.words

    def __str__(self) -> str:
        named = " ".join(part for part in (str(self.status), self.title) if part)
        return f"{named} ({self.kind})" if self.kind else named


class Misasked(Refused):
    """A 400: the request itself, with the problem that tells which part of it."""

    def __init__(self, message: str, reason: RefusalReason, problem: Problem) -> None:
        super().__init__(message, reason)
        self.problem = problem


def judge(response: requests.Response, now: datetime, doing: str, *, writing: bool = False) -> RemoteError:
    """The error that stands for this answer, which was no usable success.

    Args:
        response: the whole answer; a 2xx here is one that could not be understood.
        now: the hour, aware UTC, by which waits are counted.
        doing: what was asked, for the message: "publish the reply to 1934…".
        writing: whether repeating it could publish twice.
    """
    problem = read_problem(response)
    says = f"X answered {problem} when asked to {doing}"
    if response.status_code == 429:
        if problem.kind == "usage-capped" or "usage cap" in problem.words:
            return Locked(f"{says}: the account's usage cap is reached; raise it in X's developer console")
        return WaitUntil(f"{says}: too many requests", listening_again_at(response.headers, now))
    if 200 <= response.status_code < 300 or response.status_code >= 500 or response.status_code == 408:
        after_s = _retry_after_s(response.headers, now)
        if writing:
            return InDoubt(f"{says}: no telling whether it was done; look before trying again")
        return TryAgain(f"{says}: no usable answer; it will be asked again", after_s)
    if response.is_redirect:
        return TryAgain(f"{says}: redirects are not followed; point X_BASE_URL at the address itself")
    if problem.html:
        return TryAgain(f"{says}: a web page, not X's API; check X_BASE_URL and any proxy between")
    return _judge_refusal(problem, now, says, writing=writing)


def _judge_refusal(problem: Problem, now: datetime, says: str, *, writing: bool) -> RemoteError:
    """A clear 4xx of the API: nothing was done."""
    if problem.status == 401:
        return Locked(f"{says}: the keys or tokens are not accepted; check the X_ settings and this machine's clock")
    if problem.status == 402:
        return Locked(f"{says}: the balance is empty or a spend cap is reached; see billing in X's developer console")
    for reason, codes, kinds, words in _REASONS[:1]:
        if _fits(problem, codes, kinds, words):
            return Refused(f"{says}: {_MEANING[reason]}", reason)
    if problem.status == 403 and _fits(problem, _LOCKED_CODES, _LOCKED_KINDS, _LOCKED_WORDS):
        return Locked(f"{says}: the app or account may not act; see its state and plan in X's developer console")
    if _fits(problem, _LIMIT_CODES, frozenset(), _LIMIT_WORDS):
        return WaitUntil(f"{says}: the account's limit is reached", now + PAUSE)
    if problem.codes & _AUTOMATION_CODES:
        return TryAgain(f"{says}: X takes it for automation and wants a pause", PAUSE.total_seconds())
    fitting = (name for name, codes, kinds, words in _REASONS if _fits(problem, codes, kinds, words))
    reason = next(fitting, RefusalReason.OTHER)
    if reason is RefusalReason.OTHER and (
        problem.status == 404 or (writing and problem.blames("in_reply_to_tweet_id"))
    ):
        reason = RefusalReason.GONE
    message = f"{says}: {_MEANING[reason]}"
    return Misasked(message, reason, problem) if problem.status == 400 else Refused(message, reason)


def judge_failure(error: Exception, doing: str, *, writing: bool = False) -> RemoteError:
    """The error that stands for a request without a whole answer."""
    cause = type(error).__name__
    if never_left(error):
        return TryAgain(f"X could not be reached to {doing} ({cause}); check X_BASE_URL and the network")
    if writing:
        return InDoubt(f"X was asked to {doing} and no answer came ({cause}); look before trying again")
    return TryAgain(f"X was asked to {doing} and no answer came ({cause}); it will be asked again")


def never_left(error: BaseException) -> bool:
    """Whether the request certainly never reached a server: no connection, no name, no trust, no valid address."""
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    if isinstance(error, requests.RequestException) and isinstance(error, ValueError):
        return not isinstance(error, requests.exceptions.InvalidJSONError)
    return any(isinstance(link, NewConnectionError | ssl.SSLCertVerificationError) for link in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was made of, at most ten deep."""
    link: Any = error
    for _ in range(10):
        if not isinstance(link, BaseException):
            return
        yield link
        inner = link.args[0] if link.args and isinstance(link.args[0], BaseException) else None
        link = getattr(link, "reason", None) or inner or link.__cause__


def read_problem(response: requests.Response) -> Problem:
    """What the answer says went wrong, however oddly it is built."""
    status = response.status_code
    content = response.content or b""
    if content.lstrip()[:1] == b"<" or "html" in response.headers.get("content-type", ""):
        return Problem(status, html=True)
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return Problem(status)
    if not isinstance(body, Mapping):
        return Problem(status)
    parts = [body, *_mappings(body.get("errors")), *_mappings(body.get("error"))]
    words = " ".join(str(part.get(key, "")) for part in parts for key in ("title", "detail", "message", "reason"))
    return Problem(
        status,
        title=_shown(body.get("title") or (parts[1].get("title") if len(parts) > 1 else "")),
        kind=next((kind for part in parts if (kind := _kind(part.get("type")))), ""),
        codes=frozenset(part["code"] for part in parts if isinstance(part.get("code"), int)),
        parameters=frozenset(_parameters(parts)),
        words=words.lower(),
    )


def _parameters(parts: list[Mapping[str, Any]]) -> Iterator[str]:
    """Blamed request parameters by their last word (`reply.in_reply_to_tweet_id` is that id); fields keep both."""
    for part in parts:
        named = part.get("parameters")
        names = [*named] if isinstance(named, Mapping) else []
        if isinstance(part.get("parameter"), str):
            names.append(part["parameter"])
        for name in map(str, names):
            yield name if name.endswith(".fields") else name.rpartition(".")[2]


def _fits(problem: Problem, codes: frozenset[int], kinds: frozenset[str], words: re.Pattern[str]) -> bool:
    return bool(problem.codes & codes or problem.kind in kinds or words.search(problem.words))


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    found = value if isinstance(value, list) else [value]
    return [{"message": one} if isinstance(one, str) else one for one in found if isinstance(one, Mapping | str)]


def _kind(value: Any) -> str:
    """`https://api.twitter.com/2/problems/client-forbidden` → `client-forbidden`; anything else is nothing."""
    found = re.fullmatch(r"https?://[\w.]+/2/problems/([a-z0-9-]{1,40})", value) if isinstance(value, str) else None
    return found[1] if found else ""


def _shown(value: Any) -> str:
    """A title as X writes them (a few plain words), or nothing."""
    return value if isinstance(value, str) and re.fullmatch(r"[A-Za-z][A-Za-z ]{0,40}", value) else ""


def listening_again_at(headers: Mapping[str, str], now: datetime) -> datetime:
    """When X will listen again: the latest believable hour among the limits that are used up.

    An hour that is past, absent or more than `LONGEST_WAIT` away is not believed; without any it is `DEFAULT_WAIT` from
    now.

    Source: docs.x.com, rate limits: `x-rate-limit-*` for the window, `x-app-limit-24hour-*` and `x-user-limit-24hour-*`
    for the day; RFC 9110 for `Retry-After`.
    """
    used_up = [name for name in _LIMITS if headers.get(f"{name}-remaining", "0").strip() == "0"]
    hours = [_epoch(headers.get(f"{name}-reset")) for name in used_up or _LIMITS[:1]]
    after_s = _retry_after_s(headers, now)
    hours.append(now + timedelta(seconds=after_s) if after_s else None)
    believable = [at for at in hours if at is not None and now < at <= now + LONGEST_WAIT]
    return max(believable, default=now + DEFAULT_WAIT)


def used_up_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """When the limits that this answer calls all but used up are open again; None while enough is left of each."""
    left = {name: headers.get(f"{name}-remaining", "").strip() for name in _LIMITS}
    used_up = [name for name, count in left.items() if count.isdigit() and int(count) < UNDER_WAY]
    hours = [at for name in used_up if (at := _epoch(headers.get(f"{name}-reset"))) is not None]
    return max((at for at in hours if now < at <= now + LONGEST_WAIT), default=None)


def _epoch(value: str | None) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(value or ""), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds from `Retry-After` (a number or a date); None when absent, past or beyond `LONGEST_WAIT`."""
    value = headers.get("retry-after", "").strip()
    try:
        seconds = float(value) if re.fullmatch(r"\d+(\.\d+)?", value) else _seconds_to(value, now)
    except (ValueError, OverflowError):
        return None
    return seconds if 0 < seconds <= LONGEST_WAIT.total_seconds() else None


def _seconds_to(http_date: str, now: datetime) -> float:
    at = parsedate_to_datetime(http_date)
    return ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds()
