"""The sandbox's time: real time plus an offset that tests and the control plane move forward."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Real time plus an offset that tests and the control plane move forward."""

    def __init__(self) -> None:
        self._offset = timedelta()

    def now(self) -> datetime:
        """The sandbox's time, aware UTC."""
        return datetime.now(UTC) + self._offset

    def time(self) -> float:
        """The sandbox's time in seconds since 1970."""
        return time.time() + self._offset.total_seconds()

    @property
    def offset_s(self) -> float:
        """How far the sandbox is ahead of real time, in seconds."""
        return self._offset.total_seconds()

    def advance(self, seconds: float) -> None:
        """Move forward by `seconds`.

        Raises:
            ValueError: for a negative number; ids and limits rely on time that never runs backwards.
        """
        if not 0 <= seconds < 10 * 366 * 86_400:
            raise ValueError(f"advance_s is {seconds!r}; expected 0 or more seconds, at most ten years")
        self._offset += timedelta(seconds=seconds)

    def reset(self) -> None:
        """Back to real time."""
        self._offset = timedelta()
