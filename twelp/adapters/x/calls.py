"""One call to X: through tweepy, in the richest manner the server takes, its failures told apart.

Rules:

- OAuth 1.0a for the one account; a client per thread, so that the listener and the delivery never share a session.
- Nothing is asked twice here, but a manner of asking (`manners`) that X will not take. Waiting and trying again belong
  to whoever called.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import requests
import tweepy

from twelp.adapters.x import limits
from twelp.adapters.x.faults import Misasked, judge, judge_failure, used_up_until
from twelp.adapters.x.manners import Manner, Manners
from twelp.adapters.x.wire import XSession, checked_base_url, hush_libraries, new_pool
from twelp.errors import RemoteError, StoreError, TryAgain, WaitUntil
from twelp.ports import Clock, Limit
from twelp.ports.budgets import Together

PAGE_SIZE: Final = 100
_NEVER: Final = datetime.min.replace(tzinfo=UTC)

_log = logging.getLogger("twelp.x")
_NUMBERS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Keys:
    """OAuth 1.0a: the app's pair and the account's pair."""

    consumer_key: str
    consumer_secret: str
    access_token: str
    access_token_secret: str

    def __repr__(self) -> str:
        return "Keys(…)"


class Calls:
    """Calls in the name of one account. Safe to use from several threads.

    Args:
        base_url: scheme, host and optional path of the server.
        keys: in whose name.
        timeout_s: seconds to connect, and between two pieces of an answer.
        clock: by which waits are counted.
        together: X's limits, where several processes share them.

    Raises:
        ConfigError: `base_url` is no http(s) address.
    """

    def __init__(self, base_url: str, keys: Keys, timeout_s: float, clock: Clock, together: Together) -> None:
        self._base_url = checked_base_url(base_url)
        self._keys = keys
        self._timeout_s = timeout_s
        self._clock = clock
        self._together = together
        self._pool = new_pool()
        self._local = threading.local()
        self.manners = Manners()
        self._shut: dict[str, tuple[datetime, datetime]] = {}
        self.limits: dict[str, Limit] = {}
        """What X said was left, by route, at its latest answer."""
        self.clock_ahead = timedelta()
        """How far our clock is ahead of X's, as its latest answer told."""
        self.access = ""
        """What the tokens allow (`read-write`), as X's latest answer told; empty: it did not."""
        hush_libraries()

    def now(self) -> datetime:
        """The hour, aware UTC."""
        return self._clock.now()

    def close(self) -> None:
        """Closes the connections. Later calls open new ones."""
        self._pool.close()

    def ask(self, doing: str, call: Callable[[tweepy.Client], Any], *, writing: bool = False) -> Mapping[str, Any]:
        """Asks once; the answer's JSON object. After a 429, nothing of the kind is asked before the hour it named.

        Args:
            doing: what is asked, for messages: "publish the reply to 1934…".
            call: the one tweepy call.
            writing: whether repeating it could publish twice.

        Raises:
            RemoteError: what happened instead; `InDoubt` only when `writing`.
        """
        kind = _NUMBERS.sub("*", doing)
        told_at, until = self._shut.get(kind, (_NEVER, _NEVER))
        if told_at <= self.now() < until:  # a clock that was put back since then cannot tell
            raise WaitUntil(f"X told us to wait when asked to {doing}", until)
        self._spend(kind, doing)
        try:
            return self._ask(doing, call, writing=writing)
        except WaitUntil as error:
            self._shut[kind] = self.now(), error.at
            raise
        finally:
            self._tell(kind)
            self._stop_in_time(kind)

    def _spend(self, kind: str, doing: str) -> None:
        """Takes a call off what is left to all processes.

        Raises:
            WaitUntil: nothing is left.
            TryAgain: what is left cannot be asked.
        """
        if (budgets := self._together.budgets) is None:
            return
        try:
            until = budgets.spend(f"x:{kind}", self.now())
        except StoreError as error:
            raise TryAgain(f"the limits that all processes share cannot be asked ({error})") from error
        if until is not None:
            raise WaitUntil(f"nothing is left of X's limit when asked to {doing}", until)

    def _tell(self, kind: str) -> None:
        """Lets all processes know what X said was left."""
        if (budgets := self._together.budgets) is None:
            return
        _, session = self._client()
        found = None
        if session.last is not None:
            found = limits.read("", "", session.last.headers, self.now())
        try:
            if found is None:
                budgets.untold(f"x:{kind}")
            else:
                budgets.told(f"x:{kind}", found.remaining, found.reset_at)
        except StoreError as error:
            _log.info("what X leaves us could not be told to other processes (%s)", error)

    def _stop_in_time(self, kind: str) -> None:
        """Nothing of a kind is asked any more once an answer said that nothing of its limit is left."""
        _, session = self._client()
        now = self.now()
        until = used_up_until(session.last.headers, now) if session.last is not None else None
        if until is not None:
            self._shut[kind] = now, until

    def _ask(self, doing: str, call: Callable[[tweepy.Client], Any], *, writing: bool) -> Mapping[str, Any]:
        client, session = self._client()
        session.last = None
        try:
            answer = call(client)
        except (tweepy.TweepyException, requests.RequestException) as error:
            raise self._judged(session, error, doing, writing=writing) from error
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
            if session.last is None:
                raise
            raise self._judged(session, error, doing, writing=writing) from error
        finally:
            self._note_limit(session)
        if not isinstance(answer, Mapping):
            raise self.unusable(doing, writing=writing)
        return answer

    def _note_limit(self, session: XSession) -> None:
        if session.last is not None:
            asked, now = session.last.request, self.now()
            self.access = str(session.last.headers.get("x-access-level") or self.access)
            self.clock_ahead = limits.clock_ahead(session.last.headers, now)
            found = limits.read(asked.method or "", asked.url or "", session.last.headers, now)
            if found is not None:
                self.limits[found.route] = found

    def timeline(
        self, route: str, doing: str, page: Mapping[str, Any], *, must_tell_replies: bool = False
    ) -> Mapping[str, Any]:
        """One page of posts, asked for in the best manner this server takes; the manner is remembered.

        Args:
            route: `/2/users/ID/mentions`, `/2/users/ID/tweets`, `/2/tweets` or `/2/tweets/search/recent`.
            doing: what is asked, for messages.
            page: which posts: `since_id` and `pagination_token`, `ids`, or `query`; None is left out.
            must_tell_replies: rather fail than get posts without what they reply to.
        """
        asked = {name: value for name, value in page.items() if value is not None}
        refused: set[str] = set()
        last: Misasked | None = None
        waiting = list(self.manners.to_try(self.now(), must_tell_replies=must_tell_replies))
        while waiting:
            manner = waiting.pop(0)
            if refused.intersection(manner.values):
                continue
            try:
                answer = self._page(doing, route, asked, manner, must_tell_replies=must_tell_replies)
            except Misasked as refusal:
                blamed, last = manner.blamed(refusal.problem), refusal
                if not blamed:
                    raise
                lesser = manner.without(refusal.problem)
                if lesser is None or (must_tell_replies and not lesser.tells_replies):
                    refused |= blamed
                else:
                    waiting.insert(0, lesser)
                continue
            self.manners.took(manner, self.now(), tried_full=last is not None)
            return answer
        assert last is not None, "there is a manner to try, and it was refused"
        raise last

    def _page(
        self, doing: str, route: str, asked: Mapping[str, Any], manner: Manner, *, must_tell_replies: bool
    ) -> Mapping[str, Any]:
        """One page in one manner; asked once more where X will not take the manner, which may pass."""
        params = manner.bare_params if must_tell_replies else manner.params
        call = _page_call(route, {**asked, **params})
        try:
            return self.ask(doing, call)
        except Misasked as refusal:
            if self.manners.degraded or not manner.blamed(refusal.problem):
                raise
        return self.ask(doing, call)

    def unusable(self, doing: str, *, writing: bool = False) -> RemoteError:
        """The error for this thread's latest answer: a success that says nothing."""
        _, session = self._client()
        assert session.last is not None, "only after an answer"
        return judge(session.last, self.now(), doing, writing=writing)

    def _judged(self, session: XSession, error: Exception, doing: str, *, writing: bool) -> RemoteError:
        """tweepy's own errors fail on odd bodies, so the answer itself is judged wherever there is one."""
        if session.last is None:
            return judge_failure(error, doing, writing=writing)
        return judge(session.last, self.now(), doing, writing=writing)

    def _client(self) -> tuple[tweepy.Client, XSession]:
        """This thread's client and its session, over the shared connections."""
        if not hasattr(self._local, "client"):
            keys = self._keys
            session = XSession(self._base_url, self._pool, self._timeout_s)
            client = tweepy.Client(
                consumer_key=keys.consumer_key,
                consumer_secret=keys.consumer_secret,
                access_token=keys.access_token,
                access_token_secret=keys.access_token_secret,
                return_type=dict,
                wait_on_rate_limit=False,
            )
            client.session.close()
            client.session = session
            self._local.client, self._local.session = client, session
        return self._local.client, self._local.session


def _page_call(route: str, params: Mapping[str, Any]) -> Callable[[tweepy.Client], Any]:
    """The call for one page of posts; tweepy's own methods know only the old names."""
    if "post.fields" in params:
        return lambda client: client.request("GET", route, params=params, user_auth=True).json()
    *_, user, which = route.split("/")
    named = {name.replace(".", "_"): value for name, value in params.items()}
    if "ids" in named:
        return lambda client: client.get_tweets(user_auth=True, **named)
    if "query" in named:
        return lambda client: client.search_recent_tweets(user_auth=True, **named)
    if which == "mentions":
        return lambda client: client.get_users_mentions(user, user_auth=True, **named)
    return lambda client: client.get_users_tweets(user, user_auth=True, **named)
