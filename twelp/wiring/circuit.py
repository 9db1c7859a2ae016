"""A call that fails again and again is made by one at a time, until it works: no storm while the other side is down.

Each job has its own back-off, but a hundred jobs that wait for the same thing would still ask a hundred times in each
round. So once a call has failed `TRIPS` times in a row, whoever asks for it, one try is made per pause; everybody else
is told at once to come back, and nothing is sent. The first answer that is one, a refusal too, ends it. Only what says
nothing of the one post or person counts as failing: silence, a server's error, an account that may not act. Should it
be the fault of one call after all, others still have their turn: who failed before lets those go first who did not.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from twelp.errors import InDoubt, Locked, Refused, RemoteError, TryAgain, WaitUntil
from twelp.ports import Clock

TRIPS: Final = 4
SHORTEST: Final = timedelta(seconds=5)
LONGEST: Final = timedelta(seconds=60)
OTHERS_FIRST: Final = timedelta(seconds=20)
"""How long after a pause those are waited for who were told to come back at its end, and spread themselves."""

_MOST: Final = 50


@dataclass(slots=True)
class _Line:
    """One call: `failures` in a row, the last one's words, and from when to when it is not made.

    `failed` is what it was asked with when it failed; `others` whether anything else was asked for since the last time.
    """

    failures: int = 0
    since: datetime | None = None
    until: datetime | None = None
    said: str = ""
    locked: bool = False
    failed: list[object] = field(default_factory=list)
    others: bool = False


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
            asked = args, kwargs
            self._enter(line, asked)
            try:
                answer = method(*args, **kwargs)
            except (TryAgain, InDoubt, Locked) as error:
                self._failed(line, error, asked)
                raise
            except (Refused, WaitUntil):
                self._works(line)
                raise
            self._works(line)
            return answer

        return run

    def _enter(self, line: _Line, asked: object) -> None:
        """Lets one through a pause; the others are told when it may be their turn."""
        now = self._clock.now()
        with self._guard:
            if line.failures < TRIPS:
                return
            again = asked in line.failed
            if line.since is not None and line.until is not None and line.since <= now:
                wait = line.until - now
                if wait <= timedelta() and again and line.others and now < line.until + OTHERS_FIRST:
                    wait = SHORTEST
                if wait > timedelta():
                    line.others |= not again
                    raise Locked(line.said) if line.locked else TryAgain(line.said, wait.total_seconds())
            line.since, line.until = now, now + SHORTEST

    def _failed(self, line: _Line, error: RemoteError, asked: object) -> None:
        now = self._clock.now()
        with self._guard:
            line.failures += 1
            line.said, line.locked = str(error), isinstance(error, Locked)
            line.failed, line.others = [*line.failed[-_MOST:], asked], False
            pause = LONGEST if line.locked else SHORTEST * 2 ** min(max(0, line.failures - TRIPS), 4)
            line.since, line.until = now, now + min(LONGEST, pause)

    def _works(self, line: _Line) -> None:
        with self._guard:
            line.failures, line.since, line.until, line.failed = 0, None, None, []
