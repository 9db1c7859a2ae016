"""X's endpoints: authentication, then limits, then parameters, then the answer; refusals on the way are problems."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from twelp.sandbox.wire import Clock
from twelp.sandbox.x import creating, directs_api, pages, params, search
from twelp.sandbox.x.activity import Activity
from twelp.sandbox.x.creating import Creator
from twelp.sandbox.x.directs import Directs
from twelp.sandbox.x.limits import Limits
from twelp.sandbox.x.oauth import Gate, Signed, base_url
from twelp.sandbox.x.people import Account, People
from twelp.sandbox.x.problems import (
    Refusal,
    forbidden,
    invalid,
    not_authorized,
    not_found,
    suspended,
    unsupported_authentication,
)
from twelp.sandbox.x.shapes import Shaper
from twelp.sandbox.x.state import Post, Posts

SUPPORTED: Final = (
    "DELETE /2/activity/subscriptions",
    "DELETE /2/tweets/{id}",
    "GET /2/activity/stream",
    "GET /2/activity/subscriptions",
    "GET /2/dm_conversations/with/{participant_id}/dm_events",
    "GET /2/dm_events",
    "GET /2/tweets",
    "GET /2/tweets/search/recent",
    "GET /2/tweets/{id}",
    "GET /2/users",
    "GET /2/users/by",
    "GET /2/users/by/username/{username}",
    "GET /2/users/me",
    "GET /2/users/{id}",
    "GET /2/users/{id}/mentions",
    "GET /2/users/{id}/tweets",
    "POST /2/activity/subscriptions",
    "POST /2/dm_conversations/with/{participant_id}/messages",
    "POST /2/tweets",
)
"""The ledger: what this X serves, and nothing else."""

_APP_ONLY: Final = frozenset({"DELETE /2/activity/subscriptions", "GET /2/activity/stream"})
_STREAM: Final = "GET /2/activity/stream"
_CREATES: Final = frozenset({"POST /2/tweets", "POST /2/dm_conversations/with/{participant_id}/messages"})
_USER_ONLY: Final = frozenset(
    {
        *("GET /2/users/me", "POST /2/tweets", "DELETE /2/tweets/{id}", "GET /2/dm_events"),
        "GET /2/dm_conversations/with/{participant_id}/dm_events",
        "POST /2/dm_conversations/with/{participant_id}/messages",
    }
)
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One admitted request."""

    path: dict[str, str]
    asked: Json
    body: Any


@dataclass(frozen=True, slots=True)
class Served:
    """What the endpoints work on; `access` is what the account's tokens allow."""

    people: People
    posts: Posts
    directs: Directs
    activity: Activity
    brand: Account
    gate: Gate
    limits: Limits
    creator: Creator
    clock: Clock
    access: str = "read-write-directmessages"


class Api:
    """The endpoints over the state that `served` names at the time of the call (a reset replaces it)."""

    def __init__(self, served: Callable[[], Served]) -> None:
        self._served = served

    def routes(self) -> list[BaseRoute]:
        """All routes, fixed paths before those with parameters."""
        table: dict[str, Callable[[Served, Call], Json]] = {
            "GET /2/users/me": _me,
            "GET /2/users": _users,
            "GET /2/users/by": _users_by,
            "GET /2/users/by/username/{username}": _user_by_username,
            "GET /2/users/{id}/mentions": _mentions,
            "GET /2/users/{id}/tweets": _timeline,
            "GET /2/users/{id}": _user,
            "GET /2/tweets/search/recent": _search,
            "GET /2/tweets": _tweets,
            "GET /2/tweets/{id}": _tweet,
            "GET /2/dm_events": _directs,
            "GET /2/dm_conversations/with/{participant_id}/dm_events": _directs_with,
            "POST /2/dm_conversations/with/{participant_id}/messages": _write_directly,
            "POST /2/tweets": _create,
            "DELETE /2/tweets/{id}": _delete,
            "GET /2/activity/subscriptions": _subscriptions,
            "POST /2/activity/subscriptions": _subscribe,
            "DELETE /2/activity/subscriptions": _unsubscribe,
        }
        method, _, path = _STREAM.partition(" ")
        stream = Route(path, self._tell, methods=[method])
        return [*(self._route(line, answer) for line, answer in table.items()), stream]

    async def _tell(self, request: Request) -> Response:
        """What is deleted, as it is."""
        headers: dict[str, str] = {}
        try:
            await self._admit(_STREAM, request, headers)
            lines = self._served().activity.stream()
        except Refusal as refusal:
            return _json(refusal.body, refusal.status, headers | {"content-type": "application/problem+json"})
        return StreamingResponse(lines, headers=headers, media_type="application/json")

    def _route(self, line: str, answer: Callable[[Served, Call], Json]) -> Route:
        method, _, path = line.partition(" ")

        async def endpoint(request: Request) -> Response:
            headers: dict[str, str] = {}
            try:
                call = await self._admit(line, request, headers)
                served = self._served()
                with served.posts.lock:
                    content = answer(served, call)
                status = 201 if line in _CREATES else 200
            except Refusal as refusal:
                headers |= {"content-type": "application/problem+json"}
                if refusal.note:
                    headers["x-sandbox-note"] = refusal.note
                content, status = refusal.body, refusal.status
            return _json(content, status, headers)

        return Route(path, endpoint, methods=[method])

    async def _admit(self, line: str, request: Request, headers: dict[str, str]) -> Call:
        served = self._served()
        raw = await request.body()
        as_user = served.gate.admit(_signed(request, raw))
        if as_user:
            headers["x-access-level"] = served.access
        if not as_user and line in _USER_ONLY:
            raise unsupported_authentication()
        if as_user and line in _APP_ONLY:
            raise forbidden("When authenticating requests to this endpoint, you must use the app's bearer token.")
        counted, full = served.limits.count(line, as_user=as_user)
        headers |= counted
        if full is not None:
            raise full
        path = {name: str(value) for name, value in request.path_params.items()}
        for name in ("id", "participant_id"):
            if name in path:
                params.an_id(name, path[name])
        if "username" in path:
            params.a_username("username", path["username"])
        asked = params.ACCEPTS[line].read(list(request.query_params.multi_items()))
        return Call(path, asked, _body(raw) if line.startswith("POST") else None)


def _signed(request: Request, raw: bytes) -> Signed:
    scope = request.scope
    path = bytes(scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    form = raw.decode("latin-1") if "form-urlencoded" in request.headers.get("content-type", "") else ""
    return Signed(
        method=request.method,
        url=base_url(scope["scheme"], request.headers.get("host", ""), path),
        query=scope["query_string"].decode("latin-1"),
        form=form,
        authorization=request.headers.get("authorization", ""),
    )


def _body(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise invalid("Requests with bodies must have content-type of application/json and hold valid JSON.") from None


def _json(content: Json, status: int, headers: dict[str, str]) -> Response:
    body = json.dumps(content, separators=(",", ":")).encode()
    return Response(body, status, {"content-type": "application/json; charset=utf-8", **headers})


def _shaper(served: Served, call: Call) -> Shaper:
    return Shaper(served.people, served.posts, served.brand, call.asked)


def _me(served: Served, call: Call) -> Json:
    return _shaper(served, call).one_user(served.brand)


def _user(served: Served, call: Call) -> Json:
    given = call.path["id"]
    return _one_user(served, call, served.people.get(int(given)), ("id", given))


def _user_by_username(served: Served, call: Call) -> Json:
    given = call.path["username"]
    return _one_user(served, call, served.people.find(given), ("username", given))


def _one_user(served: Served, call: Call, account: Account | None, where: tuple[str, str]) -> Json:
    if account is None:
        return {"errors": [not_found("user", *where)]}
    if account.suspended:
        return {"errors": [suspended(*where)]}
    return _shaper(served, call).one_user(account)


def _users(served: Served, call: Call) -> Json:
    return _many_users(served, call, "ids", lambda given: served.people.get(int(given)))


def _users_by(served: Served, call: Call) -> Json:
    return _many_users(served, call, "usernames", served.people.find)


def _many_users(served: Served, call: Call, name: str, find: Callable[[str], Account | None]) -> Json:
    found: dict[int, Account] = {}
    errors: list[Json] = []
    for given in call.asked[name]:
        account = find(given)
        if account is None:
            errors.append(not_found("user", name, given))
        elif account.suspended:
            errors.append(suspended(name, given))
        else:
            found[account.id] = account
    answer = _shaper(served, call).users(list(found.values()))
    return answer | ({"errors": errors} if errors else {})


def _tweet(served: Served, call: Call) -> Json:
    given = call.path["id"]
    post = _newest(served, int(given))
    if post is None:
        return {"errors": [_unseen(served, int(given), ("id", given))]}
    return _shaper(served, call).one_tweet(post)


def _tweets(served: Served, call: Call) -> Json:
    found: dict[int, Post] = {}
    errors: list[Json] = []
    for given in call.asked["ids"]:
        post = _newest(served, int(given))
        if post is None:
            errors.append(_unseen(served, int(given), ("ids", given)))
        else:
            found[post.id] = post
    shaper = _shaper(served, call)
    shaper.errors += errors
    return shaper.tweets(list(found.values()))


def _newest(served: Served, post_id: int) -> Post | None:
    """What a look-up of this id shows: the newest version, whose id is another when the post was edited."""
    post = served.posts.visible(post_id, to=served.brand)
    return post and post.newest


def _unseen(served: Served, post_id: int, where: tuple[str, str]) -> Json:
    post = served.posts.get(post_id)
    if post is not None and not post.deleted and post.author.protected:
        return not_authorized(*where)
    return not_found("tweet", *where)


def _mentions(served: Served, call: Call) -> Json:
    owner = served.people.get(int(call.path["id"]))
    index = served.posts.by_mention.get(owner.id, []) if owner else []
    return _timeline_page(served, call, owner, (index, pages.MENTIONS_REACH))


def _timeline(served: Served, call: Call) -> Json:
    owner = served.people.get(int(call.path["id"]))
    index = served.posts.by_author.get(owner.id, []) if owner else []
    return _timeline_page(served, call, owner, (index, pages.TIMELINE_REACH))


def _timeline_page(served: Served, call: Call, owner: Account | None, of: tuple[list[int], int]) -> Json:
    if owner is None:
        return {"errors": [not_found("user", "id", call.path["id"])]}
    if owner.suspended:
        return {"errors": [suspended("id", call.path["id"])]}
    excluded = call.asked.get("exclude", frozenset())

    def show(post_id: int) -> Post | None:
        post = served.posts.visible(post_id, to=served.brand)
        if post is None or ("replies" in excluded and post.in_reply_to is not None):
            return None
        return None if "retweets" in excluded and post.repost_of is not None else post

    page = pages.page(of[0], show, call.asked, of[1])
    return _shaper(served, call).tweets(page.posts) | {"meta": page.meta}


def _search(served: Served, call: Call) -> Json:
    if (refusal := pages.check_recent(call.asked, served.clock)) is not None:
        raise refusal
    matches = search.parse(call.asked["query"])
    oldest = served.clock.now() - pages.SEARCH_WINDOW
    asked = {**call.asked, "start_time": max(call.asked.get("start_time", oldest), oldest)}

    def show(post_id: int) -> Post | None:
        post = served.posts.visible(post_id)
        return post if post is not None and matches(post) else None

    page = pages.page(served.posts.live, show, asked, None)
    page.meta.pop("previous_token", None)
    return _shaper(served, call).tweets(page.posts) | {"meta": page.meta}


def _directs(served: Served, call: Call) -> Json:
    return directs_api.events(served.directs, _shaper(served, call), served.brand)


def _directs_with(served: Served, call: Call) -> Json:
    given = call.path["participant_id"]
    return directs_api.events_with(served.directs, _shaper(served, call), served.people, served.brand, given)


def _write_directly(served: Served, call: Call) -> Json:
    return directs_api.create(served.directs, served.people, served.brand, call.path["participant_id"], call.body)


def _create(served: Served, call: Call) -> Json:
    post = served.creator.create(creating.read(call.body))
    shaped = _shaper(served, call).tweet(post)
    return {"data": {name: shaped[name] for name in ("id", "text", "edit_history_tweet_ids")}}


def _delete(served: Served, call: Call) -> Json:
    given = call.path["id"]
    post = served.posts.get(int(given))
    if post is None or post.deleted:
        return {"errors": [not_found("tweet", "id", given)]}
    if post.author is not served.brand:
        raise forbidden("You are not authorized to delete this Tweet.")
    served.posts.delete(post.id)
    return {"data": {"deleted": True}}


def _subscriptions(served: Served, call: Call) -> Json:
    return served.activity.page(call.asked.get("max_results", 1000), call.asked.get("pagination_token"))


def _subscribe(served: Served, call: Call) -> Json:
    return served.activity.create(call.body)


def _unsubscribe(served: Served, call: Call) -> Json:
    return served.activity.remove(call.asked["ids"])
