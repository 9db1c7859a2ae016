"""The last moment before a call that must not be made twice.

Whoever makes such a call has just looked at its row and is its only worker. A process that stands still between that
look and the call is believed dead after half a minute, and another makes the call. So an adapter asks right before it
sends, whatever it had to do before (open a channel, wait for its turn), whether the look is still fresh.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from twelp.errors import TryAgain

FRESH_S = 15.0
"""Half of the time after which a worker that gives no sign of life is believed dead."""

_looked_at: ContextVar[list[float] | None] = ContextVar("looked_at", default=None)


@contextmanager
def fresh_look() -> Iterator[None]:
    """In this block, calls are made on the strength of a look at the row that was taken just now."""
    before = _looked_at.set([time.monotonic()])
    try:
        yield
    finally:
        _looked_at.reset(before)


def looked_again() -> None:
    """The row was looked at once more, and is still ours."""
    look = _looked_at.get()
    if look is not None:
        look[0] = time.monotonic()


def check_last_moment() -> None:
    """To be called right before something is sent.

    Raises:
        TryAgain: the look is not fresh; nothing was sent.
    """
    look = _looked_at.get()
    if look is not None and (late_s := time.monotonic() - look[0]) > FRESH_S:
        raise TryAgain(f"stood still for {late_s:.0f} s before the call: others may have made it")
