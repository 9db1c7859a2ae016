"""One call to X: through tweepy, in the richest manner the server takes, its failures told apart.

Rules:

- OAuth 1.0a for the one account; a client per thread, so that the listener and the delivery never share a session.
- A refused field is not asked for again: what a server will not tell (expansions, fields) has a stand-in in `parse`.
- Nothing is asked twice here. Waiting and trying again belong to whoever called.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import requests
import tweepy

from twelp.adapters.x import limits
from twelp.adapters.x.faults import Misasked, judge, judge_failure, used_up_until
from twelp.adapters.x.wire import XSession, checked_base_url, hush_libraries, new_pool
from twelp.errors import RemoteError, WaitUntil
from twelp.ports import Clock

PAGE_SIZE: Final = 100
_NEVER: Final = datetime.min.replace(tzinfo=UTC)

_log = logging.getLogger("twelp.x")
_NUMBERS: Final = re.compile(r"\d+")
_FIELDS: Final = ("author_id", "conversation_id", "created_at", "entities")


@dataclass(frozen=True, slots=True)
class Keys:
    """OAuth 1.0a: the app's pair and the account's pair."""

    consumer_key: str
    consumer_secret: str
    access_token: str
    access_token_secret: str

    def __repr__(self) -> str:
        return "Keys(…)"


@dataclass(frozen=True, slots=True)
class Manner:
    """One way to ask for posts: query parameters beside the page's own, and whether it tells what replies to what."""

    params: Mapping[str, str]
    tells_replies: bool = True


def _manners() -> tuple[Manner, ...]:
    """Ways to ask, best first: as documented, in the new names, without the author's account, with nothing extra."""
    tweet_fields = ",".join((*_FIELDS, "note_tweet", "referenced_tweets"))
    post_fields = ",".join((*_FIELDS, "note_post", "referenced_posts"))
    author = {"expansions": "author_id", "user.fields": "name,username"}
    return (
        Manner({"tweet.fields": tweet_fields, **author}),
        Manner({"post.fields": post_fields, **author}),
        Manner({"tweet.fields": tweet_fields}),
        Manner({}, tells_replies=False),
    )


class Calls:
    """Calls in the name of one account. Safe to use from several threads.

    Args:
        base_url: scheme, host and optional path of the server.
        keys: in whose name.
        timeout_s: seconds to connect, and between two pieces of an answer.
        clock: by which waits are counted.

    Raises:
        ConfigError: `base_url` is no http(s) address.
    """

    def __init__(self, base_url: str, keys: Keys, timeout_s: float, clock: Clock) -> None:
        self._base_url = checked_base_url(base_url)
        self._keys = keys
        self._timeout_s = timeout_s
        self._clock = clock
        self._pool = new_pool()
        self._local = threading.local()
        self._manners = _manners()
        self._shut: dict[str, tuple[datetime, datetime]] = {}
        self.limits: dict[str, limits.Limit] = {}
        """What X said was left, by route, at its latest answer."""
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
        try:
            return self._ask(doing, call, writing=writing)
        except WaitUntil as error:
            self._shut[kind] = self.now(), error.at
            raise
        finally:
            self._stop_in_time(kind)

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
            asked = session.last.request
            found = limits.read(asked.method or "", asked.url or "", session.last.headers)
            if found is not None:
                self.limits[found.route] = found

    def timeline(
        self, route: str, doing: str, page: Mapping[str, Any], *, must_tell_replies: bool = False
    ) -> Mapping[str, Any]:
        """One page of posts, asked for in the best manner this server takes; the manner is remembered.

        Args:
            route: `/2/users/ID/mentions` or `/2/users/ID/tweets`.
            doing: what is asked, for messages.
            page: `since_id` and `pagination_token`; None is left out.
            must_tell_replies: rather fail than get posts without what they reply to.
        """
        asked = {"max_results": PAGE_SIZE, **{name: value for name, value in page.items() if value is not None}}
        manners = [m for m in self._manners if m.tells_replies or not must_tell_replies]
        for manner in manners:
            try:
                answer = self.ask(doing, _page_call(route, {**asked, **manner.params}))
            except Misasked as refusal:
                if manner is manners[-1] or not _about_manner(refusal):
                    raise
                continue
            if manner is not manners[0]:
                _log.warning("X refused a richer way to %s; going on without some fields", doing)
                self._manners = self._manners[self._manners.index(manner) :]
            return answer
        raise AssertionError("the last manner either answers or raises")

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
    """The call for one timeline page; tweepy's own methods know only the old names."""
    if "post.fields" in params:
        return lambda client: client.request("GET", route, params=params, user_auth=True).json()
    *_, user, which = route.split("/")
    named = {name.replace(".", "_"): value for name, value in params.items()}
    if which == "mentions":
        return lambda client: client.get_users_mentions(user, user_auth=True, **named)
    return lambda client: client.get_users_tweets(user, user_auth=True, **named)


def _about_manner(refusal: Misasked) -> bool:
    """Whether a 400 may be about expansions or fields: it says so, or it blames nothing at all."""
    problem = refusal.problem
    if problem.blames("expansions") or problem.blames(".fields"):
        return True
    return not problem.parameters and not any(map(problem.blames, ("since_id", "pagination_token", "max_results")))
