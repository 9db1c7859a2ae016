"""Do-not-disturb, as Slack tells it: people's schedules, and not a snooze set by hand, which Slack keeps to itself.

Asked once a person and window, and again when Slack says that something changed. Where Slack does not tell (a scope is
missing, a limit), nobody is taken to be resting: quiet hours in twelp hold all the same.
Source: docs.slack.dev/reference/methods/dnd.info.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, Final

from slack_sdk import WebClient

from twelp.adapters.slack.failures import translated
from twelp.errors import RemoteError
from twelp.model import Break
from twelp.ports import Clock

FRESH_FOR: Final = timedelta(hours=1)

_LOG = logging.getLogger(__name__)


class Disturbance:
    """Who wants quiet when, cached by Slack user id. Methods may be called from any thread."""

    def __init__(self, client: WebClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._lock = Lock()
        self._known: dict[str, tuple[datetime, Break | None]] = {}
        self._complained = False

    def of(self, user: str) -> Break | None:
        """The do-not-disturb that is on now or comes next; None: none is known."""
        now = self._clock.now()
        with self._lock:
            known = self._known.get(user)
        if known is not None and now < known[0]:
            return known[1]
        try:
            with translated("dnd.info", self._clock):
                answer = self._client.dnd_info(user=user)
        except RemoteError as error:
            if not self._complained:
                _LOG.warning("slack: do-not-disturb is not known (%s)", error)
            self._complained = True
            return self._keep(user, None)
        return self.hear(user, answer.data if isinstance(answer.data, dict) else {})

    def hear(self, user: str, status: Mapping[str, Any]) -> Break | None:
        """Takes in a status as Slack sends it."""
        start, end = status.get("next_dnd_start_ts"), status.get("next_dnd_end_ts")
        if not status.get("dnd_enabled") or not isinstance(start, int) or not isinstance(end, int) or end <= start:
            return self._keep(user, None)
        return self._keep(user, Break(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC)))

    def _keep(self, user: str, during: Break | None) -> Break | None:
        now = self._clock.now()
        until = now + FRESH_FOR if during is None else max(during.end, now)
        with self._lock:
            self._known[user] = (until, during)
        return during
