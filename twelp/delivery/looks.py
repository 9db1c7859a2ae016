"""Whether customers' posts still stand: looked up before further people are asked, before somebody begins to write, and
before an answer goes out; of everything else once a day.

A look never stands in the way: where the network does not tell, or not soon enough, what was to be done is done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from datetime import datetime, timedelta
from typing import Final, Protocol

from twelp.errors import RemoteError
from twelp.model import Post, Question
from twelp.ports import Clock, ConversationsTx, Jobs, Network, Page, PostsTx, Presence, QuestionsTx, Seen, Store
from twelp.ports.posts import ErasingTx
from twelp.ports.queue import JobsTx

log = logging.getLogger("twelp.delivery")

QUICK_S: Final = 1.0
"""Seconds that somebody who presses *Answer* waits at most for a look; Slack gives three for everything."""

EVERY: Final = timedelta(hours=20)
"""From one daily sweep to the next: what was deleted is gone here within a day, however long a sweep takes."""

_FIRST: Final = timedelta(minutes=10)
_BREATH: Final = timedelta(seconds=5)
"""Between two calls of a sweep: 180 in a quarter of an hour, a fifth of what X allows an account."""

_LATER: Final = timedelta(minutes=5)
BITE: Final = 100
"""Posts in one call."""

AS_FAR_BACK: Final = timedelta(days=30)
"""Posts heard before are not looked up any more: each look is charged."""


class LooksRows(ConversationsTx, ErasingTx, JobsTx, PostsTx, QuestionsTx, Protocol):
    """Rows that `Looks` touches."""


class Desk(Protocol):
    """What a look tells."""

    def post_gone(self, key: str, why: str) -> None:
        """A post is not to be seen any more."""

    def points_at_nothing(self, key: str, ids: Collection[str]) -> None:
        """What a heard post answers or quotes is not to be seen any more."""

    def ours_gone(self, question_id: str, ids: Collection[str]) -> None:
        """These posts of a question's public answer do not stand any more."""

    def hear(self, network: str, page: Page) -> object:
        """Takes in newer versions of posts."""

    def widen(self, question_id: str, wave: int) -> None:
        """Asks the next wave."""

    def lapse(self, question_id: str) -> None:
        """A lease ran out."""


class Looks:
    """Looks customers' posts up."""

    def __init__(
        self, store: Store[LooksRows], jobs: Jobs, clock: Clock, desk: Desk, networks: Mapping[str, Network]
    ) -> None:
        self._store = store
        self._jobs = jobs
        self._clock = clock
        self._desk = desk
        self._networks = networks
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="look")

    def jobs(self) -> dict[str, Callable[..., None]]:
        """What the engine may run here, by name: timers that look first, one question, our answer, the daily sweep."""
        own = {"look_at": self.question, "look_at_ours": self.ours}
        return {"widen": self._widen, "lapse": self._lapse, "look_again": self.sweep, **own}

    def close(self) -> None:
        """Waits for no look any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    # ------------------------------------------------------------ one question

    def quickly(self, question_id: str) -> None:
        """Looks a question's posts up, and waits a moment for it; what comes later is taken in later."""
        try:
            looking: Future[None] = self._threads.submit(self.question, question_id)
            looking.result(QUICK_S)
        except TooLate:
            log.info("%s: its network does not tell soon enough whether it still stands", question_id)
        except RuntimeError:  # the bot is being closed
            return

    def question(self, question_id: str) -> None:
        """Looks up what a question consists of, and tells the desk."""
        with self._store.read() as tx:
            question = tx.question(question_id)
            standing = () if question is None else _standing(tx, question.id)
        if question is not None and not question.post.gone:
            network = question.post.network
            found = self.posts(network, list(_posts_of(question)), ours=standing)
            self._pointed(question.id, question.post, found)
            self._look_at_ours_again(question.id, standing, found)

    def ours(self, question_id: str) -> None:
        """The second look at our own answer, which the first one did not find: what just went out may show late."""
        with self._store.read() as tx:
            standing = _standing(tx, question_id)
        found = self.posts(question_id.partition(":")[0], (), ours=standing)
        gone = _gone(standing, found)
        if gone:
            self._desk.ours_gone(question_id, gone)

    def _look_at_ours_again(self, question_id: str, standing: Collection[str], found: Mapping[str, Seen]) -> None:
        if _gone(standing, found):
            with self._store.transaction(durable=False) as tx:
                self._jobs.enqueue(
                    tx, "look_at_ours", f"look_at_ours:{question_id}", question_id, queue="network", delay=_LATER
                )

    def posts(self, network: str, ids: Collection[str], *, ours: Collection[str] = ()) -> Mapping[str, Seen]:
        """Looks these posts up, and tells the desk of customers' that are gone or edited; empty where that failed."""
        if network not in self._networks or not (ids or ours):
            return {}
        try:
            found = self._networks[network].look_up([*ids, *ours])
        except RemoteError as error:
            log.info("%s does not tell whether posts still stand (%s)", network, error)
            return {}
        self._tell(network, {one: seen for one, seen in found.items() if one not in ours})
        return found

    def _tell(self, network: str, found: Mapping[str, Seen]) -> None:
        newer: dict[str, Post] = {}
        for post_id, seen in found.items():
            if seen.presence is not Presence.STANDS:
                self._desk.post_gone(f"{network}:{post_id}", seen.presence.value)
            elif seen.post is not None and seen.post.id != post_id:
                newer[seen.post.id] = seen.post
        if newer:
            self._desk.hear(network, Page(tuple(newer.values()), None))

    def _pointed(self, key: str, post: Post, found: Mapping[str, Seen]) -> None:
        """Tells what of that which a post points at is gone."""
        pointed = [one.id for one in (post.parent, post.quoted) if one is not None]
        gone = [one for one in pointed if one in found and found[one].presence is not Presence.STANDS]
        if gone:
            self._desk.points_at_nothing(key, gone)

    def _widen(self, question_id: str, wave: int) -> None:
        self.question(question_id)
        self._desk.widen(question_id, wave)

    def _lapse(self, question_id: str) -> None:
        self.question(question_id)
        self._desk.lapse(question_id)

    # ------------------------------------------------------------ all of them, once a day

    def begin(self) -> None:
        """Sets each network's sweep, unless it is set already."""
        now = self._clock.now()
        for network in self._networks:
            with self._store.transaction(durable=False) as tx:
                attempt = tx.cursor(_source(network))
                if attempt is None:
                    self._set(tx, network, _FIRST, once=True)
                elif datetime.fromisoformat(attempt) + EVERY < now:
                    self._set(tx, network, _FIRST)

    def sweep(self, network: str, attempt: str, since: str = "", after: str = "") -> None:
        """One call's posts, from this place on; then sets itself anew.

        Args:
            network: whose posts.
            attempt: which of all sweeps that were ever set this is; only the latest counts.
            since: the hour up to which posts were looked up.
            after: the key of the last of them.
        """
        start = datetime.fromisoformat(since) if since else self._clock.now() - AS_FAR_BACK
        with self._store.read() as tx:
            if tx.cursor(_source(network)) != attempt:
                return
            posts = tx.heard_since(network, start, after, BITE)
        seen = {} if not posts else self._whole(network, posts)
        with self._store.transaction(durable=False) as tx:
            if tx.cursor(_source(network)) != attempt:
                return
            if seen is None:
                self._set(tx, network, _LATER, since, after)
            elif len(posts) < BITE:
                self._set(tx, network, EVERY)
            else:
                last_at, last = posts[-1]
                self._set(tx, network, _BREATH, last_at.isoformat(), last.key)

    def _whole(self, network: str, posts: Collection[tuple[datetime, Post]]) -> Mapping[str, Seen] | None:
        """What a network tells of these posts and of what they point at; None: nothing just now."""
        if network not in self._networks:
            return {}
        pointed = [one.id for _, post in posts for one in (post.parent, post.quoted) if one is not None]
        with self._store.read() as tx:
            standing = {post.key: _standing(tx, post.key) for _, post in posts}
        ours = {one for ids in standing.values() for one in ids}
        try:
            found = self._networks[network].look_up(list(dict.fromkeys((*(p.id for _, p in posts), *pointed, *ours))))
        except RemoteError as error:
            log.warning("the daily look at %s's posts goes on later (%s)", network, error)
            return None
        self._tell(network, {one: seen for one, seen in found.items() if one not in ours})
        for _, post in posts:
            self._pointed(post.key, post, found)
            self._look_at_ours_again(post.key, standing[post.key], found)
        return found

    def _set(self, tx: LooksRows, network: str, delay: timedelta, *place: str, once: bool = False) -> None:
        """`once`: of several processes that start together one sets it; the others' jobs find another attempt there."""
        attempt = (self._clock.now() + delay).isoformat()
        write = tx.set_cursor_once if once else tx.set_cursor
        write(_source(network), attempt)
        self._jobs.enqueue(tx, "look_again", f"look_again:{network}", network, attempt, *place, delay=delay)


def _standing(tx: LooksRows, question_id: str) -> tuple[str, ...]:
    """The posts of a question's public answer."""
    answer = tx.spoke_last(question_id)
    return () if answer is None else answer.post_ids


def _gone(ids: Collection[str], found: Mapping[str, Seen]) -> list[str]:
    return [one for one in ids if one in found and found[one].presence is Presence.GONE]


def _source(network: str) -> str:
    return f"look-ups:{network}"


def _posts_of(question: Question) -> Iterator[str]:
    """By ids of the network: the question, what its customer added, what it points at."""
    yield question.post.id
    yield from (one.post for one in question.added if one.post and not one.ours)
    yield from (one.id for one in (question.post.parent, question.post.quoted) if one is not None)
