"""Slack's refusals and silences in our words: whose move it is, and whether the call may have been carried out.

The SDK neither retries nor sleeps for us (its connection-error handler would send a message twice), so every failure
arrives here. A call that is `repeatable` may be made again after a silence; one that is not (a new message) is in
doubt then. Source: the error tables of docs.slack.dev/reference/methods, docs.slack.dev/apis/web-api/rate-limits.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final, TypeVar

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ProxyError, SSLError

from twelp.errors import InDoubt, Locked, RefusalReason, Refused, RemoteError, TryAgain, WaitUntil
from twelp.ports import Clock

LOCKED: Final = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "missing_scope",
        "no_permission",
        "access_denied",
        "org_login_required",
        "ekm_access_denied",
        "not_allowed_token_type",
        "team_access_not_granted",
        "enterprise_is_restricted",
        "messages_tab_disabled",
        "invalid_app",
        "two_factor_setup_required",
    }
)
"""The whole app is stopped: a token, a scope or a setting of the workspace."""

GONE: Final = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
"""The message is not there any more, or not ours to change."""

NOT_A_MEMBER: Final = frozenset(
    {
        "channel_not_found",
        "user_not_found",
        "users_not_found",
        "user_disabled",
        "user_not_visible",
        "cannot_dm_bot",
        "is_archived",
    }
)
"""The person is not in this workspace, or not any more."""

LIMITED: Final = frozenset({"ratelimited", "rate_limited"})

PASSING: Final = frozenset({"request_timeout", "team_added_to_org", "accesslimited"})
"""Certainly not carried out, and passing."""

UNSURE: Final = frozenset({"internal_error", "fatal_error", "service_unavailable"})
"""Slack's own words: some part of the call may have been carried out."""

DEFAULT_WAIT_S: Final = 30.0
"""What we wait when a 429 does not say how long."""

LONGEST_WAIT_S: Final = 3600.0
"""What we wait when it says longer: then Slack is asked again."""

T = TypeVar("T")
_CODE = re.compile(r"[a-z][a-z0-9_]*\Z")


@contextmanager
def translated(method: str, clock: Clock, *, repeatable: bool = True) -> Iterator[None]:
    """Turns what goes wrong inside into one of our errors.

    Raises:
        WaitUntil: over a limit.
        Locked: the app's token or scopes do not do any more.
        Refused: `gone`, `not_a_member` or `other`.
        TryAgain: nothing was done, or doing it again does no harm.
        InDoubt: not `repeatable`, and it may have been carried out.
    """
    try:
        yield
    except SlackApiError as error:
        raise of_api(method, error, clock, repeatable=repeatable) from error
    except HTTPError as error:
        raise _of_transport(method, error, repeatable=repeatable) from error
    except SlackClientError as error:
        raise Refused(f"{method} was never sent: {error}") from error
    except UnicodeDecodeError as error:
        raise _silence(f"{method}: Slack's answer could not be read", repeatable=repeatable) from error


def told(answer: SlackResponse, name: str, kind: type[T], method: str) -> T:
    """A field without which an answer says nothing.

    Raises:
        TryAgain: it is missing, or of another kind.
    """
    found = answer.get(name)
    if not isinstance(found, kind):
        raise TryAgain(f"{method}: Slack's answer has no {name}")
    return found


def code_of(error: SlackApiError) -> str:
    """Slack's error code, or nothing when the answer was not one of Slack's."""
    found = error.response.get("error") if isinstance(error.response.data, dict) else None
    return found if isinstance(found, str) and _CODE.match(found) else ""


def of_api(method: str, error: SlackApiError, clock: Clock, *, repeatable: bool) -> RemoteError:
    """What an answer other than `ok` means."""
    code, status = code_of(error), error.response.status_code
    wait_s = over_limit_for_s(error)
    if wait_s is not None:
        return WaitUntil(f"{method}: over Slack's limit for {wait_s:g} s", clock.now() + timedelta(seconds=wait_s))
    if code in LOCKED:
        needed = error.response.get("needed") or ""
        remedy = f"add the scope {needed} and reinstall the app" if needed else "check its token and workspace"
        return Locked(f"{method}: Slack said {code}; {remedy}")
    if code in GONE:
        return Refused(f"{method}: Slack said {code}", RefusalReason.GONE)
    if code in NOT_A_MEMBER:
        return Refused(f"{method}: Slack said {code}", RefusalReason.NOT_A_MEMBER)
    if code in PASSING:
        return TryAgain(f"{method}: Slack said {code}")
    if status >= 500 or code in UNSURE or not code:
        return _silence(f"{method}: Slack answered {status} {code or '(not its own format)'}", repeatable=repeatable)
    return Refused(f"{method}: Slack said {code}")


def _of_transport(method: str, error: HTTPError, *, repeatable: bool) -> RemoteError:
    said = f"{method}: {type(error).__name__}: {error.__cause__ or error}"
    if isinstance(error, (ConnectTimeoutError, NewConnectionError, ProxyError)) or _no_certificate(error):
        return TryAgain(said)  # there never was a connection
    return _silence(said, repeatable=repeatable)


def _no_certificate(error: HTTPError) -> bool:
    return isinstance(error, SSLError) and any(isinstance(why, ssl.SSLCertVerificationError) for why in error.args)


def _silence(said: str, *, repeatable: bool) -> RemoteError:
    return TryAgain(said) if repeatable else InDoubt(f"{said}; it may have been carried out")


def over_limit_for_s(error: SlackApiError) -> float | None:
    """For how many seconds Slack wants no such call; None when it was refused for something else."""
    limited = error.response.status_code == 429 or code_of(error) in LIMITED
    return _retry_after_s(error) if limited else None


def _retry_after_s(error: SlackApiError) -> float:
    for name, value in error.response.headers.items():
        if name.lower() == "retry-after" and str(value).strip().isdigit():
            return min(float(value), LONGEST_WAIT_S)
    return DEFAULT_WAIT_S
