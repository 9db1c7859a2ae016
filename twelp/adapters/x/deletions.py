"""What X tells by itself of posts that are deleted: subscriptions to their authors, and one stream of events.

It takes the app's bearer token. X charges nothing for it, lets an app watch 1,500 people, and tells nothing later of
what happened while no stream was open: the daily look at all posts stays. tweepy knows none of it; its client makes the
calls, and the stream is read here.

Source: X's OpenAPI description 2.166, ``/2/activity``.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

import requests
import tweepy

from twelp.adapters.x.faults import judge, judge_failure
from twelp.adapters.x.wire import XSession, new_pool
from twelp.errors import Refused, TryAgain
from twelp.ports import Clock

MOST: Final = 1_500
"""People that an app may watch. Source: docs.x.com, X Activity API, self-serve."""

_SUBSCRIPTIONS: Final = "/2/activity/subscriptions"
_STREAM: Final = "/2/activity/stream"
_EVENT: Final = "post.delete"
_SILENT_S: Final = 60.0
"""A stream that brings nothing for so long, not even an empty line, is dead. Source: docs.x.com, streams: 20 s."""
_AT_ONCE: Final = 100
_PAGES: Final = 20
_LONGEST: Final = 65_536
_log = logging.getLogger("twelp.x")


class Deletions:
    """Watches people's deletions with an app's bearer token.

    Args:
        base_url: `https://api.x.com` in production.
        bearer: the app's token.
        timeout_s: seconds to connect, and for the answer to a call.
        clock: by which waits are counted.
    """

    def __init__(self, base_url: str, bearer: str, timeout_s: float, clock: Clock) -> None:
        self._base_url = base_url
        self._bearer = bearer
        self._timeout_s = timeout_s
        self._clock = clock
        self._session = XSession(base_url, new_pool(), timeout_s)
        self._client = tweepy.Client(bearer_token=bearer, return_type=dict, wait_on_rate_limit=False)
        self._client.session.close()
        self._client.session = self._session
        self._stream: requests.Response | None = None
        self._known: dict[str, str] | None = None

    def watch(self, people: Collection[str]) -> None:
        """From now on the deletions of these people are told, the last of them at most 1,500, and of nobody else.

        Raises:
            RemoteError: X does not take it just now; what was taken stays.
        """
        wanted = list(people)[-MOST:]
        known = self._known if self._known is not None else self._listed()
        self._known = known
        left = [number for user, number in known.items() if number and user not in set(wanted)]
        for start in range(0, len(left), _AT_ONCE):
            part = left[start : start + _AT_ONCE]
            self._call("end subscriptions", "DELETE", _SUBSCRIPTIONS, params={"ids": ",".join(part)})
            self._known = known = {user: number for user, number in known.items() if number not in part}
        why = ""
        for user in wanted:
            if user not in known:
                body = {"event_type": _EVENT, "filter": {"user_id": user}, "tag": "twelp"}
                try:
                    answer = self._call("watch somebody's deletions", "POST", _SUBSCRIPTIONS, json=body)
                except Refused as error:  # this person's posts are looked at now and then, as all were before
                    known[user], why = "", str(error)
                    continue
                made = (answer.get("data") or {}).get("subscription") or {}
                known[user] = str(made.get("subscription_id", ""))
        if why:
            _log.warning("X does not tell of everybody's deletions (%s)", why)

    def _listed(self) -> dict[str, str]:
        """What is subscribed to already: person → subscription."""
        found: dict[str, str] = {}
        token: str | None = None
        for _ in range(_PAGES):
            params = {"max_results": 1000} | ({"pagination_token": token} if token else {})
            answer = self._call("show subscriptions", "GET", _SUBSCRIPTIONS, params=params)
            for one in answer.get("data") or ():
                user = (one.get("filter") or {}).get("user_id") if isinstance(one, Mapping) else None
                if user and one.get("event_type") == _EVENT:
                    found[str(user)] = str(one.get("subscription_id", ""))
            token = (answer.get("meta") or {}).get("next_token")
            if not token:
                break
        return found

    def _call(self, doing: str, method: str, route: str, **what: Any) -> Mapping[str, Any]:
        self._session.last = None
        try:
            answer = self._client.request(method, route, **what).json()
        except (tweepy.TweepyException, requests.RequestException, ValueError) as error:
            last = self._session.last
            if last is None:
                raise judge_failure(error, doing, writing=False) from error
            if last.status_code == 400 and "uplicate" in last.text:
                return {}  # watched already: a call whose answer was lost
            raise judge(last, self._clock.now(), doing, writing=False) from error
        if not isinstance(answer, Mapping):
            raise TryAgain(f"X was asked to {doing} and the answer is no object")
        return answer

    def told(self, stop: threading.Event) -> Iterator[str]:
        """Ids of posts as they are deleted, until the stream ends or it is to stop. One stream at a time.

        Raises:
            RemoteError: X does not open the stream.
        """
        doing = "tell of deletions"
        session = requests.Session()
        session.trust_env = self._session.trust_env
        headers = {"Authorization": f"Bearer {self._bearer}"}
        try:
            made = session.get(
                f"{self._base_url}{_STREAM}", headers=headers, stream=True, timeout=(self._timeout_s, _SILENT_S)
            )
        except requests.RequestException as error:
            session.close()
            raise judge_failure(error, doing, writing=False) from error
        if made.status_code != 200:
            with made, session:
                raise judge(made, self._clock.now(), doing, writing=False)
        self._stream = made
        try:
            with made, session:
                for line in made.iter_lines(chunk_size=1):
                    if stop.is_set():
                        return
                    if (post_id := deleted_in(line)) is not None:
                        yield post_id
        except (requests.RequestException, AttributeError, OSError) as error:
            if not stop.is_set():
                raise TryAgain(f"X's stream of deletions broke off ({type(error).__name__})") from error
        finally:
            self._stream = None

    def hang_up(self) -> None:
        """Ends the stream that is read."""
        if (made := self._stream) is not None:
            made.close()


def deleted_in(line: bytes) -> str | None:
    """The id of the post that one line of the stream tells the deletion of.

    >>> deleted_in(b'{"data":{"event_type":"post.delete","payload":{"id":"7","author_id":"2"}}}'), deleted_in(b"")
    ('7', None)
    """
    if not line.strip() or len(line) > _LONGEST:
        return None
    try:
        event = json.loads(line)["data"]
        post_id = event["payload"]["id"] if event["event_type"] == _EVENT else None
    except (ValueError, LookupError, TypeError, RecursionError):
        _log.warning("a line of X's stream of deletions was passed over: it is no event")
        return None
    return post_id if isinstance(post_id, str) and post_id.isascii() and post_id.isdigit() else None
