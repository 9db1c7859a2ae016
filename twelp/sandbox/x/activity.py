"""X's activity API, as far as deletions go: who is watched, and the stream of what they delete.

An app subscribes to `post.delete` of single users, 1,500 at most, and holds one stream open. An event is one line of
JSON; between events comes an empty line now and then. What happens while no stream is open is not told later.

Source: X's OpenAPI description 2.166, ``/2/activity``; docs.x.com, X Activity API.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

from twelp.sandbox.wire import Clock
from twelp.sandbox.x.problems import bad_request, invalid, too_many
from twelp.sandbox.x.state import Posts, iso

Json = dict[str, Any]

MOST: Final = 1_500
_LOOK_S: Final = 0.05
_ALIVE_S: Final = 10.0
_KNOWN: Final = ("event_type", "filter", "tag", "webhook_id")


class Activity:
    """What the app has subscribed to, and the streams that tell of it.

    Args:
        clock: the sandbox's clock.
        posts: whose deletions are told.
    """

    def __init__(self, clock: Clock, posts: Posts) -> None:
        self._clock = clock
        self._posts = posts
        self._subscriptions: dict[str, Json] = {}
        self.streams = 0

    def create(self, body: Any) -> Json:
        """A subscription to what one user deletes.

        Raises:
            Refusal: for a body that is none, or an event that this X does not tell of.
        """
        if not isinstance(body, Mapping) or set(body) - set(_KNOWN) or "event_type" not in body or "filter" not in body:
            raise invalid(f"expected an object with {', '.join(_KNOWN)}")
        if body["event_type"] != "post.delete":
            raise bad_request(f"event_type {body['event_type']!r} is not offered by this sandbox; post.delete is")
        user = body["filter"].get("user_id") if isinstance(body["filter"], Mapping) else None
        if not (isinstance(user, str) and user.isascii() and user.isdigit()):
            raise invalid("filter.user_id is missing; expected an id as text")
        if any(one["filter"]["user_id"] == user for one in self._subscriptions.values()):
            raise bad_request("DuplicateSubscription")
        if len(self._subscriptions) >= MOST:
            raise bad_request(f"at most {MOST} subscriptions are allowed")
        now = iso(self._clock.now())
        made: Json = {
            "subscription_id": str(secrets.randbits(60)),
            "event_type": "post.delete",
            "filter": {"user_id": user},
        }
        made |= {"created_at": now, "updated_at": now} | ({"tag": body["tag"]} if "tag" in body else {})
        self._subscriptions[made["subscription_id"]] = made
        return {"data": {"subscription": made}, "meta": {"total_subscriptions": len(self._subscriptions)}}

    def page(self, most: int, token: str | None) -> Json:
        """A page of the subscriptions."""
        start = int(token or 0)
        shown = list(self._subscriptions.values())[start : start + most]
        meta: Json = {"result_count": len(shown)}
        if start + most < len(self._subscriptions):
            meta["next_token"] = f"{start + most:016}"
        return {"data": shown, "meta": meta} if shown else {"meta": meta}

    def remove(self, ids: list[str]) -> Json:
        """Ends subscriptions."""
        for one in ids:
            self._subscriptions.pop(one, None)
        return {"data": {"deleted": True}, "meta": {"total_subscriptions": len(self._subscriptions)}}

    def stream(self) -> AsyncIterator[bytes]:
        """Lines as they come, from now on.

        Raises:
            Refusal: 429 while another stream is open.
        """
        if self.streams:
            raise too_many()
        return self._lines(len(self._posts.deleted))

    async def _lines(self, told: int) -> AsyncIterator[bytes]:
        self.streams += 1
        quiet_s = 0.0
        try:
            while True:
                fresh = self._posts.deleted[told:]
                told += len(fresh)
                for post in fresh:
                    for one in list(self._subscriptions.values()):
                        if one["filter"]["user_id"] == str(post.author.id):
                            yield (json.dumps(_event(one, post.id, post.author.id)) + "\r\n").encode()
                quiet_s = 0.0 if fresh else quiet_s + _LOOK_S
                if quiet_s >= _ALIVE_S:
                    quiet_s = 0.0
                    yield b"\r\n"
                await asyncio.sleep(_LOOK_S)
        finally:
            self.streams -= 1


def _event(subscription: Json, post_id: int, author_id: int) -> Json:
    data = {"event_type": "post.delete", "event_uuid": str(secrets.randbits(60)), "filter": subscription["filter"]}
    data |= {"payload": {"id": str(post_id), "author_id": str(author_id)}}
    return {"data": data | ({"tag": subscription["tag"]} if "tag" in subscription else {})}
