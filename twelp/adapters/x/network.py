"""The port's verbs on X: what is asked of it, in which order, how far back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from twelp.adapters.x.calls import PAGE_SIZE, Calls, Keys
from twelp.adapters.x.checking import XChecks
from twelp.adapters.x.deletions import Deletions
from twelp.adapters.x.faults import Misasked
from twelp.adapters.x.fields import Malformed, a_while_before, account_of, number_of
from twelp.adapters.x.looking_up import seen_of
from twelp.adapters.x.own import OwnPosts
from twelp.adapters.x.parse import NETWORK, Batch, batch_of, next_token_of, raw_posts
from twelp.adapters.x.private import XPrivate
from twelp.adapters.x.rules import RULES
from twelp.adapters.x.searching import query_of
from twelp.errors import RefusalReason, Refused, TryAgain, WrongAccount
from twelp.model import Account, Post
from twelp.ports import Clock, Limit, Network, OwnPost, Page, Searches, Seen
from twelp.ports.budgets import Together

MENTIONS_REACH: Final = 800
"""How many posts X's mentions timeline goes back. Source: docs.x.com, timelines."""
MAX_PAGES: Final = 40
"""Pages may come half empty; more than this many mean a server that never ends."""
LATENESS: Final = timedelta(seconds=60)
"""How long after its id was given a post may take to show among the mentions: so far before the cursor each reading
begins. Ids are given by many machines at once and are only roughly in order. Source: docs.x.com, X IDs (snowflake)."""
LOOK_BACK_EVERY: Final = timedelta(seconds=10)
"""How often a reading begins before the cursor. Whoever reads more often would have the same minute read every time."""
CLOCK_TOLERANCE: Final = timedelta(seconds=60)
"""How far our clock may be ahead of X's when we look for what we just posted."""

_MENTIONS: Final = "/2/users/:id/mentions"
_OWN: Final = "/2/users/:id/tweets"
_log = logging.getLogger("twelp.x")
_T = TypeVar("_T")


class X(Network, Searches):
    """The brand's account on X, or on any server that speaks X's protocol. Safe to use from several threads.

    Args:
        base_url: `https://api.x.com` in production.
        timeout_s: seconds to connect, and between two pieces of an answer; a whole answer takes at most twice that.
        clock: by which waits are counted.
        handle: whose account it must be; anybody's without it.
        every: how long to wait between two readings of mentions, at least.
        own_every: how long to wait between two readings of our own timeline, at least.
        search_every: how long to wait between two searches for our words; None: none is made.
        private_every: how long to wait between two readings of private messages; None: they are not read.
        bearer: the app's token, with which X tells of deletions; empty: it does not.

    Attributes:
        private: private messages; None: they are not read, and nothing is sent there.
        deletions: tells by itself what people delete; None: nothing does.

    Raises:
        ConfigError: `base_url` is no http(s) address.
    """

    name = NETWORK
    rules = RULES

    def __init__(
        self,
        base_url: str,
        consumer_key: str,
        consumer_secret: str,
        access_token: str,
        access_token_secret: str,
        *,
        timeout_s: float = 10.0,
        clock: Clock,
        handle: str | None = None,
        every: timedelta = timedelta(seconds=15),
        own_every: timedelta = timedelta(seconds=60),
        search_every: timedelta | None = None,
        private_every: timedelta | None = None,
        bearer: str = "",
    ) -> None:
        self.every = every
        self.search_every = search_every
        self.own_every = own_every
        keys = Keys(consumer_key, consumer_secret, access_token, access_token_secret)
        self.together = Together()
        self._own = OwnPosts()
        self._calls = Calls(base_url, keys, timeout_s, clock, self.together)
        self.private = XPrivate(self._calls, self.me, private_every) if private_every is not None else None
        self.checks = XChecks(self._calls, handle, private=self.private is not None)
        self.deletions = Deletions(base_url, bearer, timeout_s, clock) if bearer else None
        self._lock = threading.Lock()
        self._handle = handle
        self._me: Account | None = None
        self._looked_back_at: datetime | None = None

    def limits(self) -> Sequence[Limit]:
        """What X said was left of each route it was asked for."""
        return tuple(self._calls.limits.values())

    def missing(self) -> str:
        """What X does not tell of posts at present, since when; empty while nothing is missing."""
        return self._calls.manners.told()

    def close(self) -> None:
        """Closes the connections. Later calls open new ones."""
        self._calls.close()

    # ---------------------------------------------------------------- the port

    def me(self) -> Account:
        """The account the tokens stand for; asked once.

        Raises:
            WrongAccount: it is another than it must be.
        """
        with self._lock:
            if self._me is None:
                doing = "say whose account this is"
                answer = self._calls.ask(doing, lambda client: client.get_me(user_auth=True))
                found = answer.get("data")
                me = account_of(found) if isinstance(found, Mapping) else None
                if me is None or not (me.handle or self._handle is None):
                    raise self._calls.unusable(doing)
                self._me = me
            if self._handle is not None and self._me.handle.casefold() != self._handle.casefold():
                raise WrongAccount(
                    f"the X_ credentials are @{self._me.handle}'s (account {self._me.id}), and the roster names "
                    f"@{self._handle} (brand.handles.x). Put that account's tokens into .env, or @{self._me.handle} "
                    "into the roster, also where the account was renamed"
                )
            return self._me

    def mentions(self, cursor: str | None) -> Page:
        """Posts that mention the account and are newer than `cursor`, oldest first, no id twice in one answer.

        At most every `LOOK_BACK_EVERY`, those of the minute before `cursor` come again: one of them may have shown
        late. All pages, at most `MENTIONS_REACH` posts back. A cursor that X no longer takes (too old, no id at all)
        counts as none. The new cursor is the greatest id seen, malformed posts included; with nothing new it is the
        old one.
        """
        self.me()
        newest = number_of(cursor)
        now, back_at = self._calls.now(), self._looked_back_at
        back = back_at is None or not timedelta(0) <= now - back_at < LOOK_BACK_EVERY
        since = a_while_before(newest, LATENESS) if newest is not None and back else newest
        try:
            page = self._mentions_since(since, newest, cursor)
        except Misasked as refusal:
            if since is None or not refusal.problem.blames("since_id"):
                raise
            _log.warning("X refused since_id %s; reading mentions from the beginning it offers", since)
            page = self._mentions_since(None, None, cursor)
        if back:
            self._looked_back_at = now
        return page

    def search(self, words: Collection[str], cursor: str | None, since: datetime | None = None) -> Page:
        """Others' posts of the last seven days that hold one of the words and do not mention us, newer than `cursor`.

        One page, the newest: who is named more than a hundred times between two searches has another problem. Words
        that X's longest query has no room for are left out, and the log says so.
        """
        query, left_out = query_of(words, self.me().handle)
        if left_out:
            _log.warning("X's search has no room for these watched words: %s", ", ".join(left_out))
        if not query:
            return Page((), cursor)
        newest = number_of(cursor)
        page = {"query": query, "max_results": PAGE_SIZE, "since_id": newest}
        now, doing = self._calls.now(), "search for our words"
        answer = self._calls.timeline("/2/tweets/search/recent", doing, page)
        batch = self._understood(lambda found: batch_of(found, now), answer, doing)
        posts = tuple(sorted(batch.posts, key=lambda post: int(post.id)))
        fresh = tuple(post for post in posts if since is None or post.created_at >= since)
        last = max([*batch.ids, newest or 0])
        return Page(fresh, str(last) if last else cursor)

    def pace(self, *, own: bool = False) -> timedelta:
        """How long to wait between two calls of `mentions` (or `own_posts`), so that X's limit of the window lasts."""
        route = _OWN if own else _MENTIONS
        limits = [limit for known, limit in tuple(self._calls.limits.items()) if known.endswith(route)]
        return max((limit.pace(self._calls.now()) for limit in limits), default=timedelta())

    def now(self) -> datetime:
        """The hour by X's clock, as its latest answer told it; by ours before there was one."""
        return self._calls.now() - self._calls.clock_ahead

    def look_up(self, ids: Collection[str]) -> Mapping[str, Seen]:
        """These posts as they now stand, by the id that was asked for, edited ones in their newest version.

        What X does not tell of, and what is no id of X's, is left out.
        """
        self.me()
        found: dict[str, Seen] = {}
        numbers = list(dict.fromkeys(one for one in ids if number_of(one) is not None))
        for start in range(0, len(numbers), PAGE_SIZE):
            found |= self._looked_up(numbers[start : start + PAGE_SIZE])
        return found

    def _looked_up(self, ids: Sequence[str]) -> dict[str, Seen]:
        """At most a page of posts."""
        doing = "show posts"
        answer = self._calls.timeline("/2/tweets", doing, {"ids": ",".join(ids)})
        if answer.get("data") is None and not answer.get("errors"):
            raise self._calls.unusable(doing)
        return seen_of(answer, ids, self._calls.now())

    def reply(self, text: str, to: str, key: str = "") -> str:
        """Publishes `text` under post `to`; the new post's id. X knows no keys: `key` changes nothing.

        Raises:
            Refused: `not_summoned`, `duplicate`, `gone`, `too_long` or `other`; nothing was published.
            InDoubt: the request left, and nothing certain came back.
        """
        self.me()
        doing = f"publish the reply to {to}"
        answer = self._calls.ask(
            doing, lambda client: client.create_tweet(text=text, in_reply_to_tweet_id=to, user_auth=True), writing=True
        )
        found = answer.get("data")
        number = number_of(found.get("id")) if isinstance(found, Mapping) else None
        if number is None:
            raise self._calls.unusable(doing, writing=True)
        return str(number)

    def delete(self, post_id: str) -> None:
        """Deletes one of our posts. Repeatable: a post that is gone already is no error."""
        self.me()
        try:
            self._calls.ask(f"delete {post_id}", lambda client: client.delete_tweet(post_id, user_auth=True))
        except Refused as refusal:
            if refusal.reason is not RefusalReason.GONE:
                raise

    def own_posts(self, since: datetime, *, until: Callable[[OwnPost], bool] | None = None) -> Sequence[OwnPost]:
        """Our posts made at or after `since` (less `CLOCK_TOLERANCE`), newest first, as far back as X shows.

        Further pages are left unread once `until` is true of a post.

        Raises:
            TryAgain: X's pages did not reach so far back.
        """
        doing = "show this account's own posts"
        from_at = since - CLOCK_TOLERANCE
        found: dict[str, OwnPost] = {}
        token: str | None = None
        for _ in range(MAX_PAGES):
            answer = self._calls.timeline(
                f"/2/users/{self.me().id}/tweets",
                doing,
                {"max_results": PAGE_SIZE, "pagination_token": token},
                must_tell_replies=True,
            )
            page = self._own_posts_of(answer, doing)
            found |= {post.id: post for post in page if post.created_at >= from_at}
            ended = any(post.created_at < from_at for post in page) or (until is not None and any(map(until, page)))
            last, token = token, next_token_of(answer)
            if ended or token is None:
                return sorted(found.values(), key=lambda post: int(post.id), reverse=True)
            if token == last:
                break
        raise TryAgain(f"X was asked to {doing} and its pages do not reach back to {from_at:%Y-%m-%d %H:%M} UTC")

    def _own_posts_of(self, answer: Mapping[str, Any], doing: str) -> list[OwnPost]:
        """One page; what cannot be a post is reported and left out."""
        now, page = self._calls.now(), list[OwnPost]()
        for raw in self._understood(raw_posts, answer, doing):
            try:
                page.append(self._own.read(raw, now))
            except Malformed as cause:
                _log.warning("an own post was passed over: %s", cause)
        return page

    def likes(self, post_id: str) -> int:
        """How often people liked one of our posts; 0 where X does not tell of likes.

        Raises:
            TryAgain: X tells of an error alone.
        """
        self.me()
        fields = ["public_metrics"]
        answer = self._calls.ask(
            f"show {post_id}", lambda client: client.get_tweet(post_id, tweet_fields=fields, user_auth=True)
        )
        data = answer.get("data")
        if data is None and answer.get("errors"):
            raise self._calls.unusable(f"show {post_id}")
        metrics = data.get("public_metrics") if isinstance(data, Mapping) else None
        count = metrics.get("like_count") if isinstance(metrics, Mapping) else None
        return count if isinstance(count, int) and count > 0 else 0

    # ---------------------------------------------------------------- how it reads

    def _mentions_since(self, since: int | None, newest: int | None, cursor: str | None) -> Page:
        """All pages of mentions newer than `since`; `newest` is the newest of those read before."""
        found: dict[int, Post] = {}
        token: str | None = None
        for _ in range(MAX_PAGES):
            batch = self._mentions_page(since, token)
            fresh = [number for number in batch.ids if since is None or number > since]
            found |= {int(p.id): p for p in batch.posts if since is None or int(p.id) > since}
            newest = max(fresh, default=newest) if newest is None else max([newest, *fresh])
            last, token = token, batch.next_token
            if token is None or token == last or (batch.ids and not fresh):
                break
            if len(found) >= MENTIONS_REACH:
                _log.warning("more than %d new mentions: X does not go further back", MENTIONS_REACH)
                break
        posts = tuple(found[number] for number in sorted(found))
        return Page(posts, str(newest) if newest is not None else cursor)

    def _mentions_page(self, since: int | None, token: str | None) -> Batch:
        """One page; malformed posts are reported and left out."""
        doing = "show mentions"
        answer = self._calls.timeline(
            f"/2/users/{self.me().id}/mentions",
            doing,
            {"max_results": PAGE_SIZE, "since_id": since, "pagination_token": token},
        )
        now = self._calls.now()
        batch = self._understood(lambda found: batch_of(found, now), answer, doing)
        for cause in batch.malformed:
            _log.warning("a malformed mention was passed over: %s", cause)
        return batch

    def _understood(self, read: Callable[[Mapping[str, Any]], _T], answer: Mapping[str, Any], doing: str) -> _T:
        try:
            return read(answer)
        except Malformed as cause:
            if answer.get("errors"):
                raise self._calls.unusable(doing) from cause
            raise TryAgain(f"X was asked to {doing} and the answer is no timeline: {cause}") from cause
