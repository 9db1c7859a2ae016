"""When a row is tried again, by what ended the try before."""

from __future__ import annotations

from datetime import datetime, timedelta

from twelp.errors import InDoubt, Locked, RemoteError, TryAgain, WaitUntil
from twelp.model import Delivery, Trouble

_LOOK_AFTER_S = 5.0
"""How long after a first call in doubt we look: the other side may need a moment to show what it did."""

_LOCKED_PAUSE = timedelta(minutes=1)
_BACKOFF_S = (2.0, 5.0, 15.0, 30.0, 60.0)


def trouble_of(error: RemoteError) -> Trouble:
    """What kind of trouble the error is, for the ledger."""
    if isinstance(error, InDoubt):
        return Trouble.DOUBT
    if isinstance(error, Locked):
        return Trouble.LOCKED
    return Trouble.LIMIT if isinstance(error, WaitUntil) else Trouble.PASSING


def next_try(row: Delivery, error: RemoteError, now: datetime) -> datetime:
    """The hour of the row's next try."""
    if isinstance(error, WaitUntil):
        return max(error.at, now + timedelta(seconds=1))
    if isinstance(error, Locked):
        return now + _LOCKED_PAUSE
    backoff_s = _BACKOFF_S[max(0, min(row.attempts, len(_BACKOFF_S)) - 1)]
    if isinstance(error, InDoubt):  # which counts two attempts: the call, and that it stayed in doubt
        backoff_s = min(_BACKOFF_S[-1], _LOOK_AFTER_S * 2 ** min(10, max(0, row.attempts // 2 - 1)))
    elif isinstance(error, TryAgain) and error.after_s is not None:
        backoff_s = max(1.0, error.after_s)
    spread = 1 + row.id % 8 / 32  # what failed together does not come again together
    return now + timedelta(seconds=backoff_s * spread)
