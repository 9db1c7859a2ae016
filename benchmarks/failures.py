"""Every way in which X and Slack fail here, and what makes them fail while questions are under way.

A refusal for good (403 on a reply) is an outcome, not a failure. Source of the documented ones: docs.x.com (response
codes, rate limits), docs.slack.dev (errors of each method, rate limits, Socket Mode, retries of events).
"""

from __future__ import annotations

import random
import threading
from typing import Any, Final

from benchmarks.experiment import Crowd

Failure = dict[str, Any]

_EVERYWHERE: Final[tuple[Failure, ...]] = (
    {"kind": "close"},
    {"kind": "lost_response"},
    {"kind": "half"},
    {"kind": "drip", "seconds": 1.0},
    {"kind": "slow", "seconds": 0.5},
    {"kind": "hang", "seconds": 3.0},
    {"kind": "html"},
    {"kind": "reordered"},
    {"kind": "altered", "headers": {"content-type": "text/html"}},
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 502, "body": ""},
    {"kind": "status", "status": 503},
    {"kind": "status", "status": 429, "headers": {"retry-after": "1"}},
    {"kind": "status", "status": 429},
    {"kind": "status", "status": 200, "body": "<html>hello</html>", "headers": {"content-type": "text/html"}},
    {"kind": "status", "status": 200, "body": "[]"},
    {"kind": "status", "status": 200, "body": "{"},
)
_X: Final[tuple[Failure, ...]] = (
    {"kind": "status", "status": 429, "headers": {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "now+2"}},
    {"kind": "status", "status": 429, "headers": {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "now-60"}},
    {"kind": "status", "status": 200, "body": {}},
    {"kind": "altered", "fields": {"data": "posts"}},
    {"kind": "altered", "fields": {"data": None, "meta": None}},
    {"kind": "altered", "fields": {"referenced_tweets": "referenced_posts", "note_tweet": "note_post"}},
    {"kind": "altered", "fields": {"includes": None, "author_id": None, "created_at": None, "entities": None}},
)
_SLACK: Final[tuple[Failure, ...]] = (
    *(
        {"kind": "status", "status": 200, "body": {"ok": False, "error": error}}
        for error in ("internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited")
    ),
    {"kind": "altered", "fields": {"ts": "message_ts", "channel": None, "messages": "items", "url": "address"}},
    {"kind": "altered", "fields": {"ok": None}},
)
_X_PATHS: Final = ("/2/tweets", "/2/users/*/mentions", "/2/users/*/tweets")
_SLACK_METHODS: Final = (
    "chat.postMessage",
    "chat.update",
    "conversations.open",
    "conversations.history",
    "apps.connections.open",
    "views.open",
)
FAILURES: Final[tuple[Failure, ...]] = (
    *({**f, "network": "x", "path": path} for f in (*_EVERYWHERE, *_X) for path in _X_PATHS),
    *({**f, "network": "slack", "path": f"/api/{m}"} for f in (*_EVERYWHERE, *_SLACK) for m in _SLACK_METHODS),
)
_REVOKED: Final[dict[str, Failure]] = {
    "x": {"kind": "status", "status": 401, "network": "x"},
    "slack": {
        "kind": "status",
        "status": 200,
        "body": {"ok": False, "error": "token_revoked"},
        "network": "slack",
        "path": "/api/*",
    },
}
_TURN_S: Final = 0.2


class Trouble:
    """A thread that makes about every fifth call fail, each method in every way in turn.

    Now and then a method is down altogether for seconds, Slack repeats an event after later ones, and sockets end.

    Args:
        crowd: whose networks.
        dice: draws the order.
        short: leaves out limits that do not say for how long, which cost a minute each.
    """

    def __init__(self, crowd: Crowd, dice: random.Random, *, short: bool = False) -> None:
        self._crowd = crowd
        self._failures = [failure for failure in FAILURES if not (short and _is_long(failure))]
        self._dice = dice
        self._over = threading.Event()
        self._left: dict[str, list[Failure]] = {}
        self._revoking = threading.Lock()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def begin(self) -> None:
        """From now on."""
        self._thread.start()

    def end(self) -> None:
        """All is well again."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()
        self._crowd.control("DELETE", "faults")

    def revoke(self, network: str, seconds: float) -> None:
        """A token is refused for so long, whatever is called; then it is good again, and nobody tells us."""
        with self._revoking:
            self._crowd.control("DELETE", "faults")
            self._crowd.control("POST", "faults", {**_REVOKED[network], "times": None})
            if network == "slack":
                self._crowd.control("POST", "slack/disconnect", {"reason": "link_disabled"})
            self._over.wait(seconds)
            self._crowd.control("DELETE", "faults")

    def _run(self) -> None:
        turn = 0
        while not self._over.wait(_TURN_S):
            turn += 1
            with self._revoking:
                if turn % 100 == 50:
                    self._down(3.0)
                self._add()
            if turn % 25 == 0 and (events := self._crowd.control("GET", "slack/events")["events"]):
                event_id = self._dice.choice(events[-50:])["event_id"]
                self._crowd.control("POST", "slack/redeliver", {"event_id": event_id})
            if turn % 60 == 0:
                self._crowd.control("POST", "slack/disconnect", {})

    def _add(self) -> None:
        waiting = {fault["path"] for fault in self._crowd.control("GET", "faults")["faults"] if fault["times"]}
        for path in sorted({failure["path"] for failure in self._failures} - waiting):
            if not self._left.get(path):
                ways = [failure for failure in self._failures if failure["path"] == path]
                self._left[path] = self._dice.sample(ways, len(ways))
            self._crowd.control("POST", "faults", {**self._left[path].pop(), "after": self._dice.randint(1, 8)})

    def _down(self, seconds: float) -> None:
        network, path = self._dice.choice((("x", "/2/tweets"), ("slack", "/api/chat.*"), ("slack", "/api/*")))
        self._crowd.control("DELETE", "faults")
        self._crowd.control("POST", "faults", {"kind": "html", "network": network, "path": path, "times": None})
        self._over.wait(seconds)
        self._crowd.control("DELETE", "faults")


def _is_long(failure: Failure) -> bool:
    headers = failure.get("headers", {})
    limited = failure.get("status") == 429 or "ratelimited" in str(failure.get("body"))
    return limited and headers.get("retry-after") is None and headers.get("x-rate-limit-reset") != "now+2"
