"""The last moment before a call that must not be made twice.

Whoever makes such a call has just looked at its row and is its only worker. A process that stands still between that
look and the call is believed dead after half a minute, and another makes the call. So an adapter asks right before it
sends, whatever it had to do before (open a channel, wait for its turn), whether the look is still fresh; and whether a
moderator has paused it meanwhile, in any process.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from twelp.errors import TryAgain

FRESH_S = 15.0
"""Half of the time after which a worker that gives no sign of life is believed dead."""

_looked_at: ContextVar[list[float] | None] = ContextVar("looked_at", default=None)
_check_paused: ContextVar[Callable[[], None] | None] = ContextVar("check_paused", default=None)


@contextmanager
def fresh_look(check_paused: Callable[[], None] | None = None, looked_at: float | None = None) -> Iterator[None]:
    """In this block, calls are made on the strength of a look at the row that was taken just now, or at that moment of
    the steady clock.

    `check_paused` raises `Halted` where a moderator has paused what the calls are about.
    """
    before, check_before = (
        _looked_at.set([time.monotonic() if looked_at is None else looked_at]),
        _check_paused.set(check_paused),
    )
    try:
        yield
    finally:
        _looked_at.reset(before)
        _check_paused.reset(check_before)


def looked_again() -> None:
    """The row was looked at once more, and is still ours."""
    look = _looked_at.get()
    if look is not None:
        look[0] = time.monotonic()


def check_last_moment() -> None:
    """To be called right before something is sent.

    Raises:
        TryAgain: the look is not fresh; nothing was sent.
        Halted: a moderator has paused it; nothing was sent.
    """
    check_paused = _check_paused.get()
    if check_paused is not None:
        check_paused()
    look = _looked_at.get()
    if look is not None and (late_s := time.monotonic() - look[0]) > FRESH_S:
        raise TryAgain(f"stood still for {late_s:.0f} s before the call: others may have made it")
