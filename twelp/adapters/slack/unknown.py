"""What Slack sends and nobody here listens to: told in the log by kind and name, once an hour each, in both modes.

It happens when the app's settings at Slack subscribe to more than the manifest in `docs/` does, or when an older or
newer version of twelp has left buttons behind. Never anything of a payload's contents but its type and its name.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final

from twelp.ports import Clock

EVERY: Final = timedelta(hours=1)
MOST: Final = 50
"""Kinds that are told apart; more than that are told together."""

_NAME: Final = re.compile(r"[A-Za-z0-9_./:-]{1,60}")

_LOG = logging.getLogger(__name__)


class Unknown:
    """What one process heard and did not know.

    Args:
        clock: the hour.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._told_at: dict[str, datetime] = {}
        self._since: dict[str, int] = {}

    def hear(self, body: Mapping[str, Any]) -> None:
        """One came: told, unless its kind was told within the last hour."""
        kind = kind_of(body)
        now = self._clock.now()
        with self._lock:
            if kind not in self._told_at and len(self._told_at) >= MOST:
                kind = "a payload of yet another kind"
            before = self._told_at.get(kind)
            if (
                before is not None and timedelta() <= now - before < EVERY
            ):  # a clock that was put back keeps nothing quiet
                self._since[kind] = self._since.get(kind, 0) + 1
                return
            self._told_at[kind] = now
            more = self._since.pop(kind, 0)
        again = f", and {more} more since it was last told" if more else ""
        _LOG.warning("slack: %s is not known here and was passed over%s: see docs/slack-app-manifest.yaml", kind, again)


def kind_of(body: Mapping[str, Any]) -> str:
    """The kind of a payload and its name, and nothing else of it.

    >>> kind_of({"type": "event_callback", "event": {"type": "reaction_added", "reaction": "heart"}})
    'event "reaction_added"'
    >>> kind_of({"type": "block_actions", "actions": [{"action_id": "poll_vote", "value": "yes"}]})
    'block_actions "poll_vote"'
    """
    event, view, actions = body.get("event"), body.get("view"), body.get("actions")
    if isinstance(event, Mapping):
        parts = (event.get("type"), event.get("subtype"))
        return f"event {_quoted('/'.join(str(part) for part in parts if part))}"
    if "command" in body:
        return f"command {_quoted(body['command'])}"
    action = actions[0] if isinstance(actions, list) and actions and isinstance(actions[0], Mapping) else body
    inside = view if isinstance(view, Mapping) else {}
    name = action.get("action_id") or body.get("callback_id") or inside.get("callback_id")
    kind = body.get("type")
    shown = kind if isinstance(kind, str) and _NAME.fullmatch(kind) else "payload"
    return f"{shown} {_quoted(name)}"


def _quoted(name: object) -> str:
    return f'"{name}"' if isinstance(name, str) and _NAME.fullmatch(name) else "without a name"
