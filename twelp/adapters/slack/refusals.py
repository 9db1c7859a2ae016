"""Requests in HTTP mode that were turned away: counted by cause, told once a minute, and whether we are deaf by that.

Anybody can send us a request that is not signed; that says nothing of us. When those that carry a signature are
refused one and all, Slack's are most likely among them: the secret was changed, or our clock is wrong.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from twelp.ports import Clock

REMEDIES: Final = {
    "signature": "was SLACK_SIGNING_SECRET changed? It stands in the app's settings at Slack: put it into .env",
    "old": "their hour is not ours: is this machine's clock right?",
    "unsigned": "Slack signs what it sends: somebody else, or a proxy that drops X-Slack-Signature",
    "too_large": "Slack sends nothing of that size: somebody else",
}
"""Why a request is turned away, and what to do about it."""

_SLACKS: Final = ("signature", "old")
"""Causes for which a request of Slack's would be turned away."""

IN_A_ROW: Final = 3
LATELY: Final = timedelta(minutes=15)
EVERY: Final = timedelta(minutes=1)

_LOG = logging.getLogger(__name__)


class Refusals:
    """What one process turned away.

    Args:
        clock: the hour.

    Attributes:
        counts: how many, by cause.
        understood: one of Slack's was, since the start: then refused ones may as well be somebody's who makes them up.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.counts = dict.fromkeys(REMEDIES, 0)
        self.understood = False
        self._told: dict[str, tuple[datetime, int]] = {}
        self._last: tuple[datetime, str] | None = None
        self._in_a_row = 0

    def accept(self) -> None:
        """One of Slack's was understood."""
        self._in_a_row, self.understood = 0, True

    def refuse(self, cause: str) -> None:
        """One was turned away."""
        now = self._clock.now()
        self.counts[cause] += 1
        if cause in _SLACKS:
            self._in_a_row += 1
            self._last = now, cause
        told_at, told = self._told.get(cause, (now - EVERY, 0))
        if not timedelta() <= now - told_at < EVERY:  # a clock that was put back keeps nothing quiet
            many = self.counts[cause] - told
            self._told[cause] = now, self.counts[cause]
            _LOG.warning("slack: %d request%s refused (%s): %s", many, "s" * (many > 1), cause, REMEDIES[cause])

    def trouble(self) -> str | None:
        """Why nothing of Slack's gets through; None while something does, or nobody tried lately."""
        if self._last is None or self._in_a_row < IN_A_ROW or self._clock.now() - self._last[0] > LATELY:
            return None
        return f"the last {self._in_a_row} requests were refused ({self._last[1]}): {REMEDIES[self._last[1]]}"
