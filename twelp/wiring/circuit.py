"""A call that fails again and again is made by one at a time, until it works: no storm while the other side is down.

Each job has its own back-off, but a hundred jobs that wait for the same thing would still ask a hundred times in each
round. So once a call has failed `TRIPS` times in a row, whoever asks for it, one try is made per pause; everybody else
is told at once to come back, and nothing is sent. The first answer that is one, a refusal too, ends it. Only what says
nothing of the one post or person counts as failing: silence, a server's error, an account that may not act.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from twelp.errors import InDoubt, Locked, Refused, RemoteError, TryAgain, WaitUntil
from twelp.ports import Clock

TRIPS: Final = 4
SHORTEST: Final = timedelta(seconds=5)
LONGEST: Final = timedelta(seconds=60)


@dataclass(slots=True)
class _Line:
    """One call: `failures` in a row, the last one's words, and from when to when it is not made."""

    failures: int = 0
    since: datetime | None = None
    until: datetime | None = None
    said: str = ""
    locked: bool = False


class Circuit:
    """An adapter whose calls are held back while they fail; everything else is its own.

    Args:
        inner: the adapter.
        calls: the methods that ask the other side something.
        clock: the hour.
    """

    def __init__(self, inner: Any, calls: tuple[str, ...], clock: Clock) -> None:
        self._inner = inner
        self._clock = clock
        self._guard = threading.Lock()
        for call in calls:
            setattr(self, call, self._guarded(getattr(inner, call), _Line()))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def _guarded(self, method: Callable[..., Any], line: _Line) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            self._enter(line)
            try:
                answer = method(*args, **kwargs)
            except (TryAgain, InDoubt, Locked) as error:
                self._failed(line, error)
                raise
            except (Refused, WaitUntil):
                self._works(line)
                raise
            self._works(line)
            return answer

        return run

    def _enter(self, line: _Line) -> None:
        """Lets one through a pause; the others are told when it may be their turn."""
        now = self._clock.now()
        with self._guard:
            if line.failures < TRIPS:
                return
            if line.since is not None and line.until is not None and line.since <= now < line.until:
                wait_s = (line.until - now).total_seconds()
                raise Locked(line.said) if line.locked else TryAgain(line.said, wait_s)
            line.since, line.until = now, now + SHORTEST

    def _failed(self, line: _Line, error: RemoteError) -> None:
        now = self._clock.now()
        with self._guard:
            line.failures += 1
            line.said, line.locked = str(error), isinstance(error, Locked)
            pause = LONGEST if line.locked else SHORTEST * 2 ** min(max(0, line.failures - TRIPS), 4)
            line.since, line.until = now, now + min(LONGEST, pause)

    def _works(self, line: _Line) -> None:
        with self._guard:
            line.failures, line.since, line.until = 0, None, None
