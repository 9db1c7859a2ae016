"""X's part of the control plane: customers post, write privately, edit, like, delete, are renamed or protected.

The whole record is shown. The brand posts here too, when a person writes from its account by hand.

JSON in, JSON out. A mistake answers 400 with ``error`` naming the field; with several posts, those before the mistake
were made and are listed in ``posts``.
"""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import Any, Final, Protocol

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from twelp.sandbox.wire import Answer
from twelp.sandbox.x.directs import Directs
from twelp.sandbox.x.people import Account, People
from twelp.sandbox.x.state import Draft, Media, Post, Posts

_POST: Final = ("text", "as", "name", "reply_to", "quotes", "repost_of", "created_at", "unmentioned", "media")
_MEDIA: Final = ("type", "url", "alt_text")
_TYPES: Final = ("photo", "video", "animated_gif")
_EDIT: Final = ("text", "own_conversation", "beyond_limits")
_DIRECT: Final = ("text", "as", "to", "encrypted")
_PAGE: Final = 1000


class Town(Protocol):
    """What the control plane asks of the local X."""

    @property
    def people(self) -> People: ...

    @property
    def posts(self) -> Posts: ...

    directs: Directs

    def account(self, handle: str, name: str | None = None) -> Account: ...

    def rename(self, handle: str, to: str) -> Account | None: ...

    def post(self, as_: str, draft: Draft) -> Post: ...

    def edit(self, post_id: int, text: str, *, own_conversation: bool, beyond_limits: bool) -> Post | None: ...


class Control:
    """The routes under ``/_sandbox/x``."""

    def __init__(self, world: Town) -> None:
        self._world = world

    def routes(self) -> list[BaseRoute]:
        """All routes, relative."""
        return [
            Route("/posts", self._post, methods=["POST"]),
            Route("/posts", self._list, methods=["GET"]),
            Route("/posts/{id}", self._delete, methods=["DELETE"]),
            Route("/posts/{id}/edits", self._edit, methods=["POST"]),
            Route("/posts/{id}/likes", self._like, methods=["POST"]),
            Route("/directs", self._write, methods=["POST"]),
            Route("/directs", self._directs, methods=["GET"]),
            Route("/accounts", self._accounts, methods=["GET"]),
            Route("/accounts/{handle}", self._account, methods=["POST"]),
        ]

    async def _post(self, request: Request) -> Answer:
        body = await _json(request)
        if not isinstance(body, dict):
            return _wrong('the body is not an object; expected one post, or {"posts": [...]}')
        several = "posts" in body
        given = body["posts"] if several else [body]
        if several and (set(body) != {"posts"} or not isinstance(given, list)):
            return _wrong("posts stands alone and is a list of posts")
        made: list[dict[str, Any]] = []
        for number, one in enumerate(given):
            try:
                made.append(self._make(one).as_json())
            except ValueError as error:
                where = f"posts[{number}]: " if several else ""
                return _wrong(f"{where}{error}", posts=made)
        ids = [post["id"] for post in made]
        return Answer({"ids": ids, "posts": made} if several else {"id": ids[0], **made[0]}, 201)

    def _make(self, given: Any) -> Post:
        if not isinstance(given, dict):
            raise ValueError(f"a post is {given!r}; expected an object with {', '.join(_POST)}")
        if unknown := sorted(set(given) - set(_POST)):
            raise ValueError(f"{unknown[0]} is not known; known: {', '.join(_POST)}")
        if not isinstance(given.get("as"), str):
            raise ValueError("as is missing; expected the handle of the account that posts")
        for name in ("text", "name"):
            if not isinstance(given.get(name, ""), str):
                raise ValueError(f"{name} is {given[name]!r}; expected text")
        draft = Draft(
            text=given.get("text", ""),
            reply_to=_an_id(given, "reply_to"),
            quotes=_an_id(given, "quotes"),
            repost_of=_an_id(given, "repost_of"),
            created_at=_a_time(given.get("created_at")),
            populate_all=not _a_switch(given, "unmentioned"),
            media=_media(given.get("media", [])),
        )
        self._world.account(given["as"], given.get("name"))
        return self._world.post(given["as"], draft)

    async def _list(self, request: Request) -> Answer:
        try:
            after = _an_id(dict(request.query_params), "after") or 0
            limit = _an_id(dict(request.query_params), "limit")
        except ValueError as error:
            return _wrong(str(error))
        limit = min(limit or _PAGE, 10 * _PAGE)
        shown = self._world.posts.after(after, limit + 1)
        more = len(shown) > limit
        return Answer({"posts": [p.as_json() for p in shown[:limit]], "more": more})

    async def _edit(self, request: Request) -> Answer:
        given, body = request.path_params["id"], await _json(request)
        if not isinstance(body, dict) or set(body) - set(_EDIT) or not isinstance(body.get("text"), str):
            return _wrong(f"expected an object with {', '.join(_EDIT)}; text is the new text")
        try:
            own, beyond = _a_switch(body, "own_conversation"), _a_switch(body, "beyond_limits")
            post_id = int(given) if given.isascii() and given.isdigit() else -1
            post = self._world.edit(post_id, body["text"], own_conversation=own, beyond_limits=beyond)
        except ValueError as error:
            return _wrong(str(error))
        return _wrong(f"post {given} is not there", 404) if post is None else Answer(post.as_json(), 201)

    async def _delete(self, request: Request) -> Answer:
        given = request.path_params["id"]
        post = self._world.posts.delete(int(given)) if given.isascii() and given.isdigit() else None
        if post is None:
            return _wrong(f"post {given} is not there, or was deleted before", 404)
        return Answer(post.as_json())

    async def _like(self, request: Request) -> Answer:
        given = request.path_params["id"]
        found = self._world.posts.after(int(given) - 1, 1) if given.isascii() and given.isdigit() else []
        if not found or found[0].id != int(given) or found[0].deleted:
            return _wrong(f"post {given} is not there", 404)
        return Answer({"id": given, "likes": self._world.posts.like(found[0])})

    async def _write(self, request: Request) -> Answer:
        body = await _json(request)
        if not isinstance(body, dict) or set(body) - set(_DIRECT):
            return _wrong(f"expected an object with {', '.join(_DIRECT)}")
        if not all(isinstance(body.get(name), str) for name in ("as", "text")):
            return _wrong("as and text are missing; expected a handle, and what that person writes")
        if not isinstance(body.get("to", ""), str):
            return _wrong(f"to is {body['to']!r}; expected a handle")
        try:
            encrypted = _a_switch(body, "encrypted")
            made = self._world.directs.write(body["as"], body["text"], body.get("to"), encrypted=encrypted)
        except ValueError as error:
            return _wrong(str(error))
        return Answer(made.as_json(), 201)

    async def _directs(self, request: Request) -> Answer:
        try:
            after = _an_id(dict(request.query_params), "after") or 0
        except ValueError as error:
            return _wrong(str(error))
        return Answer({"directs": [one.as_json() for one in self._world.directs.after(after)]})

    async def _accounts(self, request: Request) -> Answer:
        with self._world.posts.lock:
            accounts = list(self._world.people)
        shown = [
            {"handle": a.handle, "name": a.name, "id": str(a.id), "protected": a.protected, "suspended": a.suspended}
            for a in accounts
        ]
        return Answer({"accounts": shown})

    async def _account(self, request: Request) -> Answer:
        body = await _json(request)
        known = ("suspended", "protected", "name", "handle")
        if not isinstance(body, dict) or set(body) - set(known):
            return _wrong(f"expected an object with {', '.join(known)}")
        for name in ("suspended", "protected"):
            if not isinstance(body.get(name, False), bool):
                return _wrong(f"{name} is {body[name]!r}; expected true or false")
        for name in ("name", "handle"):
            if not isinstance(body.get(name, ""), str):
                return _wrong(f"{name} is {body[name]!r}; expected text")
        handle = request.path_params["handle"]
        try:
            if "handle" in body and self._world.rename(handle, body["handle"]) is None:
                return _wrong(f"@{handle} is nobody here, and cannot be renamed", 404)
            account = self._world.account(body.get("handle", handle), body.get("name"))
        except ValueError as error:
            return _wrong(str(error))
        account.suspended = body.get("suspended", account.suspended)
        account.protected = body.get("protected", account.protected)
        return Answer(
            {
                "handle": account.handle,
                "id": str(account.id),
                "protected": account.protected,
                "suspended": account.suspended,
            }
        )


def _an_id(given: dict[str, Any], name: str) -> int | None:
    value = given.get(name)
    if value is None:
        return None
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdigit() and len(text) <= 19):
        raise ValueError(f"{name} is {value!r}; expected a number of at most 19 digits")
    return int(text)


def _media(given: Any) -> tuple[Media, ...]:
    """At most four pictures or films, each with an address of its own: X serves them, not we."""
    if not isinstance(given, list) or len(given) > 4:
        raise ValueError(f"media is {given!r}; expected a list of at most four")
    found = []
    for one in given:
        if not isinstance(one, dict) or set(one) - set(_MEDIA) or not all(isinstance(v, str) for v in one.values()):
            raise ValueError(f"media holds {one!r}; expected objects with {', '.join(_MEDIA)}, each a text")
        kind = one.get("type", "photo")
        if kind not in _TYPES:
            raise ValueError(f"media.type is {kind!r}; expected one of {', '.join(_TYPES)}")
        key = f"3_{secrets.randbits(60)}"
        found.append(
            Media(key, kind, one.get("url", f"https://pbs.twimg.com/media/{key}.jpg"), one.get("alt_text", ""))
        )
    return tuple(found)


def _a_switch(given: dict[str, Any], name: str) -> bool:
    value = given.get(name, False)
    if not isinstance(value, bool):
        raise ValueError(f"{name} is {value!r}; expected true or false")
    return value


def _a_time(value: Any) -> datetime | None:
    """A time with its zone; ids follow it, so that a post of last year is older than every cursor of today."""
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value)
        if at.tzinfo is None or at.year < 2011:
            raise ValueError(value)
        return at.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"created_at is {value!r}; expected ISO 8601 with a zone, 2011 or later") from None


async def _json(request: Request) -> Any:
    body = await request.body()
    return json.loads(body) if body else {}


def _wrong(error: str, status: int = 400, **more: Any) -> Answer:
    return Answer({"error": error, **more}, status)
