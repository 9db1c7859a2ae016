"""What can go wrong, and whose move it is.

    TwelpError
    ├── ConfigError          the operator's: .env or the environment
    ├── RosterError          the admin's: experts.yaml
    ├── StoreError           the operator's: the database (locked, unreachable, of another version)
    └── RemoteError          the other side (X, Slack)
        ├── TryAgain         passing: the call certainly did nothing; try again later
        ├── InDoubt          the call may have been carried out: look before trying again
        ├── WaitUntil        over a limit: nothing was done, and it says when to come back
        ├── Halted           a moderator paused it a moment ago: nothing was sent
        ├── Refused          final for this call: trying again cannot help
        └── Locked           the whole account is stopped (token, billing, suspension): the operator's move
            └── WrongAccount the credentials are another account's than the roster names

A message says what happened with the value, what was expected, what to do. Adapters translate their libraries' errors
at the rim, with `from`. Refusals that are part of the day (somebody else was first) are returned, not raised.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class TwelpError(Exception):
    """The root: everything twelp raises on purpose."""


class ConfigError(TwelpError):
    """A setting is missing or wrong; names the variable and the remedy."""


class RosterError(TwelpError):
    """experts.yaml cannot be used; names file, line, field and the likely fix."""


class StoreError(TwelpError):
    """The database cannot be used; names it and the remedy.

    Args:
        message: what happened, and what to do.
        absent: there is none yet.
        away: it may come back.
        overtaken: two transactions waited for each other, and this one was ended: it may be begun anew at once.
    """

    def __init__(self, message: str, *, absent: bool = False, away: bool = False, overtaken: bool = False) -> None:
        super().__init__(message)
        self.absent = absent
        self.away = away
        self.overtaken = overtaken


class RemoteError(TwelpError):
    """The other side did not do what was asked."""


class TryAgain(RemoteError):  # noqa: N818 - named for the move, not for the fault
    """Certainly not carried out, and passing: come back later.

    Args:
        after_s: seconds the other side asked us to wait, if it said.
    """

    def __init__(self, message: str, after_s: float | None = None) -> None:
        super().__init__(message)
        self.after_s = after_s


class InDoubt(RemoteError):  # noqa: N818
    """Sent, and no answer came: it may have been carried out. Look before trying again."""


class WaitUntil(RemoteError):  # noqa: N818
    """Over a limit; `at` (aware UTC) is when the other side will listen again.

    `paced`: the other side asked for nothing: it is we who spread our calls.
    """

    def __init__(self, message: str, at: datetime, *, paced: bool = False) -> None:
        super().__init__(message)
        self.at = at
        self.paced = paced


class Halted(RemoteError):  # noqa: N818
    """A moderator paused what it is about, right before the call: nothing was sent. It comes again once resumed."""


class RefusalReason(StrEnum):
    """Why the other side refused, as far as the next step depends on it; the message says it to people.

    NOT_SUMMONED: we may not reply there. DUPLICATE: it has this text from us already; DUPLICATE_UNSEEN: the same, yet
    it shows it nowhere. GONE: the target is not there. EDITED: it says something
    else by now. UNCLEAR: nobody can tell whether it was done. NOT_A_MEMBER: no
    person of this workspace.
    """

    NOT_SUMMONED = "not_summoned"
    DUPLICATE = "duplicate"
    DUPLICATE_UNSEEN = "duplicate_unseen"
    GONE = "gone"
    EDITED = "edited"
    TOO_LONG = "too_long"
    UNCLEAR = "unclear"
    NOT_A_MEMBER = "not_a_member"
    OTHER = "other"


class Refused(RemoteError):  # noqa: N818
    """Final for this call: trying again cannot help. `reason` tells what can."""

    def __init__(self, message: str, reason: RefusalReason = RefusalReason.OTHER) -> None:
        super().__init__(message)
        self.reason = reason


class Locked(RemoteError):  # noqa: N818
    """The account cannot act at all: bad or revoked token, empty balance, suspension. The operator's move."""


class WrongAccount(Locked):
    """The credentials are another account's than the roster names: nothing is read or sent in its name."""
