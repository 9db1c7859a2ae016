"""The local X as one thing: what a server mounts, and what scripted people in the same process use.

Acts and looks work from any thread. Posts by customers come in through `post` and `account`, and go by `posts.delete`;
posts of the brand come through the API, or through `post` when a person writes them by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from starlette.routing import BaseRoute

from twelp.sandbox.wire import Clock
from twelp.sandbox.x import text as texts
from twelp.sandbox.x.activity import Activity
from twelp.sandbox.x.api import Api, Served
from twelp.sandbox.x.control import Control
from twelp.sandbox.x.creating import Creator
from twelp.sandbox.x.directs import Directs
from twelp.sandbox.x.limits import Limits
from twelp.sandbox.x.oauth import Credentials, Gate
from twelp.sandbox.x.people import Account, People
from twelp.sandbox.x.state import MAX_EDITS, Draft, Post, Posts, iso

_SEED = ("brand", "credentials", "accounts", "access")
_ACCOUNT = ("handle", "name", "id", "description")


class XWorld:
    """X with one brand account, its app's credentials, and customers who appear on first use.

    Args:
        clock: the sandbox's clock.
        seed: ``brand`` ({handle, name, id, description}), ``credentials`` (see `Credentials`), ``accounts`` (a list
            of objects like ``brand``), ``access`` (what the account's tokens allow: ``read-write``).

    Attributes:
        directs: all private messages.

    Raises:
        ValueError: for a seed that cannot be used, naming the field.
    """

    directs: Directs

    def __init__(self, clock: Clock, seed: Mapping[str, Any] | None = None) -> None:
        self.clock = clock
        self._seed = dict(seed or {})
        _known("x", self._seed, _SEED)
        self.credentials = _credentials(self._seed.get("credentials", {}))
        self._access = str(self._seed.get("access", "read-write-directmessages"))
        self._limits = Limits(clock)
        self._served = self._build()

    def _build(self) -> Served:
        people = People()
        brand = _account(people, "x.brand", {"handle": "VoltHelp", "name": "Volt Help", **self._seed.get("brand", {})})
        for number, given in enumerate(self._seed.get("accounts", [])):
            _account(people, f"x.accounts[{number}]", given)
        posts = Posts(self.clock, people)
        gate = Gate(self.credentials, self.clock)
        creator = Creator(posts, brand, self.clock)
        self.directs = Directs(self.clock, people, brand)
        activity = Activity(self.clock, posts)
        return Served(
            people, posts, self.directs, activity, brand, gate, self._limits, creator, self.clock, self._access
        )

    @property
    def brand(self) -> Account:
        """The account whose credentials the app has."""
        return self._served.brand

    @property
    def people(self) -> People:
        """All accounts."""
        return self._served.people

    @property
    def posts(self) -> Posts:
        """All posts."""
        return self._served.posts

    def routes(self) -> list[BaseRoute]:
        """The routes an app calls, with full paths; `api.SUPPORTED` lists them."""
        return Api(lambda: self._served).routes()

    def control_routes(self) -> list[BaseRoute]:
        """The routes that drive customers, relative to ``/_sandbox/x``."""
        return Control(self).routes()

    def reset(self) -> None:
        """Back to the seed; limits open, used signatures forgotten."""
        self._limits.reset()
        self._served = self._build()

    def lift_limits(self, lifted: bool) -> None:
        """Stop or resume enforcing rate limits."""
        self._limits.lifted = lifted

    @property
    def limits_lifted(self) -> bool:
        """Whether rate limits are off."""
        return self._limits.lifted

    def account(self, handle: str, name: str | None = None) -> Account:
        """The account with this handle, made on first use.

        Raises:
            ValueError: for a handle that X would not accept.
        """
        with self.posts.lock:
            return self.people.ensure(handle, name)

    def post(self, as_: str, draft: Draft) -> Post:
        """Let somebody post and return the post.

        Raises:
            ValueError: naming what is wrong with the text, the handle, the time or what the draft refers to.
        """
        if draft.text.strip() or (draft.repost_of is None and not draft.media):
            _check_text(draft.text)
        with self.posts.lock:
            author = self.account(as_)
            if author.suspended:
                raise ValueError(f"@{author.handle} is suspended and cannot post")
            return self.posts.add(author, draft)

    def edit(
        self, post_id: int, text: str, *, own_conversation: bool = False, beyond_limits: bool = False
    ) -> Post | None:
        """Let an author edit a post and return the new version, which has an id of its own; None when there is none.

        Args:
            post_id: any version of the post.
            text: the words of the new version.
            own_conversation: whether the new version opens a conversation of its own; X has been seen to do both.
            beyond_limits: also edit what X lets nobody edit: replies, more than five times, after more than an hour.

        Raises:
            ValueError: naming what is wrong with the text, or why X would not let this post be edited.

        Source: docs.x.com, "Edit posts".
        """
        _check_text(text)
        with self.posts.lock:
            post = self.posts.get(post_id)
            if post is None:
                return None
            if not beyond_limits:
                _check_editable(post, self.clock.now())
            return self.posts.edit(post, text, own_conversation=own_conversation)

    def rename(self, handle: str, to: str) -> Account | None:
        """Give the account another handle and return it; None when nobody has the first one.

        Raises:
            ValueError: for a handle that X would not accept, or that is somebody else's.
        """
        with self.posts.lock:
            if (account := self.people.find(handle.removeprefix("@"))) is not None:
                self.people.rename(account, to)
            return account


def _check_text(text: str) -> None:
    if not text.strip():
        raise ValueError("text is empty; a post needs text")
    if len(text) > texts.MAX_CHARS:
        raise ValueError(f"text has {len(text)} characters; at most {texts.MAX_CHARS} are allowed")
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise ValueError("text holds half a surrogate pair; expected whole characters")


def _check_editable(post: Post, now: datetime) -> None:
    why = "is a reply" if post.in_reply_to is not None else "is a repost" if post.repost_of is not None else ""
    if len(post.versions) > MAX_EDITS:
        why = f"was edited {MAX_EDITS} times"
    elif now >= post.editable_until:
        why = f"could be edited until {iso(post.editable_until)}"
    if why:
        raise ValueError(f"post {post.id} {why}; X lets nobody edit it (beyond_limits does)")


def _known(where: str, given: Any, names: tuple[str, ...]) -> None:
    if not isinstance(given, Mapping):
        raise ValueError(f"{where} is {given!r}; expected an object with {', '.join(names)}")
    if unknown := sorted(set(given) - set(names)):
        raise ValueError(f"{where}.{unknown[0]} is not known; known: {', '.join(names)}")


def _credentials(given: Any) -> Credentials:
    names = tuple(f.name for f in fields(Credentials))
    _known("x.credentials", given, names)
    for name, value in given.items():
        if not isinstance(value, str) or not value:
            raise ValueError(f"x.credentials.{name} is not a text; expected the value the app is configured with")
    return Credentials(**given)


def _account(people: People, where: str, given: Any) -> Account:
    _known(where, given, _ACCOUNT)
    if "handle" not in given:
        raise ValueError(f"{where}.handle is missing")
    account_id = given.get("id")
    if account_id is not None and not (str(account_id).isdigit() and 0 < int(account_id) < 2**63):
        raise ValueError(f"{where}.id is {account_id!r}; expected a number of at most 19 digits")
    try:
        account = people.ensure(
            str(given["handle"]), given.get("name"), None if account_id is None else int(account_id)
        )
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None
    account.description = str(given.get("description", ""))
    return account
