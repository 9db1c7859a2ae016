"""What the log is told of jobs that fail: a line for each kind of failure, now and then, and not one for every try.

A database that is away, or a full disk, makes every job fail alike, again and again. So a failure is told when it is
new and then once a minute, with how many there were. A traceback comes with what nobody expected, the first time only.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

from twelp.errors import TwelpError

log = logging.getLogger("twelp.engine")

EVERY_S: Final = 60.0
_MOST: Final = 200
"""Kinds of failure that are remembered."""


class Complaints:
    """Failures by kind. Safe to use from several threads."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._kinds: dict[tuple[str, ...], tuple[float, int]] = {}

    def tell(self, job: str, which: str, error: Exception) -> None:
        """Writes down that a job failed, or only counts it.

        Args:
            job: its name.
            which: what tells it from others of that name, and when it is tried again.
            error: what it failed with.
        """
        expected = isinstance(error, TwelpError)
        why = _said(error)
        now, kind = time.monotonic(), (job, why, _place(error))
        with self._guard:
            told_at, untold = self._kinds.get(kind, (-EVERY_S, -1))
            if now - told_at < EVERY_S:
                self._kinds[kind] = told_at, untold + 1
                return
            if len(self._kinds) >= _MOST:
                self._kinds.clear()
            self._kinds[kind] = now, 0
        more = f"; {untold} more like it since the last line" if untold > 0 else ""
        seen = expected or untold >= 0
        log.error("job %s failed (%s): %s%s", job, which, why, more, exc_info=None if seen else error)


def in_short(error: Exception) -> str:
    """An error for a row that operators read: its kind and message where we wrote that, else its kind and its place.

    What a library says may hold a customer's words, and is left out.
    """
    if isinstance(error, TwelpError):
        return _said(error)
    file, _, line = _place(error).rpartition(":")
    return f"{_said(error)} in {file.rpartition('twelp/')[2] or file}, line {line}"


def _said(error: Exception) -> str:
    name = type(error).__name__
    return f"{name}: {error}" if isinstance(error, TwelpError) else name


def _place(error: Exception) -> str:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return "" if place is None else f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}"
