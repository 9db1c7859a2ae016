"""What the town's people did, for whoever watches: the last acts, in words."""

from __future__ import annotations

from collections import deque
from datetime import datetime
from typing import Any, Final

from twelp.sandbox.wire import Clock

_KEPT: Final = 2_000
_SHOWN_CHARS: Final = 200


class Account:
    """The last acts, oldest first; at most 2,000."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: deque[tuple[datetime, str, str]] = deque(maxlen=_KEPT)

    def note(self, who: str, what: str) -> None:
        """Write down one act of one person."""
        line = " ".join(what.split())
        shown = line if len(line) <= _SHOWN_CHARS else line[: _SHOWN_CHARS - 1] + "…"
        self._kept.append((self._clock.now(), who, shown))

    def lines(self) -> list[dict[str, Any]]:
        """JSON-ready: ``at`` in ISO 8601, ``who``, ``what``."""
        return [{"at": at.isoformat(), "who": who, "what": what} for at, who, what in list(self._kept)]
