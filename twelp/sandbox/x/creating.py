"""What X asks of a post made through the API, in X's order and words.

Source: X's OpenAPI description 2.166 (``TweetCreateRequest``) and docs.x.com, "Create Post", with the rule of
2026-02-23 that a reply or quote through the API is accepted only where the account was summoned.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Final

from twelp.sandbox.wire import Clock
from twelp.sandbox.x import text as texts
from twelp.sandbox.x.people import Account
from twelp.sandbox.x.problems import bad_request, forbidden, invalid
from twelp.sandbox.x.state import Draft, Post, Posts

DUPLICATE_FOR: Final = timedelta(hours=24)
NOT_SUMMONED: Final = "You can only reply to or quote posts where you are mentioned or are the author."
NOT_VISIBLE: Final = "You attempted to reply to a Tweet that is deleted or not visible to you."
DUPLICATE: Final = "You are not allowed to create a Tweet with duplicate content."
TOO_LONG: Final = (
    "Your Tweet text is too long. For more information on how Twitter determines text length see "
    "https://github.com/twitter/twitter-text."
)
_TAKEN: Final = {"text": str, "reply": dict, "quote_tweet_id": str, "reply_settings": str}
_IGNORED: Final = {"made_with_ai": bool, "paid_partnership": bool, "nullcast": bool, "for_super_followers_only": bool}
_ELSEWHERE: Final = frozenset(
    {
        "card_uri",
        "community_id",
        "direct_message_deep_link",
        "edit_options",
        "geo",
        "media",
        "poll",
        "share_with_followers",
    }
)
_REPLY: Final = {"in_reply_to_tweet_id": str, "exclude_reply_user_ids": list, "auto_populate_reply_metadata": bool}
_SETTINGS: Final = ("following", "mentionedUsers", "subscribers", "verified")


def read(body: Any) -> Draft:
    """The draft in a request's body.

    Raises:
        Refusal: 400, naming the field.
    """
    if not isinstance(body, dict):
        raise invalid("Requests with bodies must have content-type of application/json and hold an object.")
    if elsewhere := sorted(_ELSEWHERE & set(body)):
        raise invalid(f"$.{elsewhere[0]}: is not offered by this sandbox", elsewhere[0])
    _check(body, {**_TAKEN, **_IGNORED}, "$")
    reply = body.get("reply", {})
    _check(reply, _REPLY, "$.reply")
    if "reply" in body and "in_reply_to_tweet_id" not in reply:
        raise invalid("$.reply.in_reply_to_tweet_id: is missing but it is required", "reply.in_reply_to_tweet_id")
    excluded = reply.get("exclude_reply_user_ids", [])
    for name, value in (
        ("reply.in_reply_to_tweet_id", reply.get("in_reply_to_tweet_id")),
        ("quote_tweet_id", body.get("quote_tweet_id")),
        *(("reply.exclude_reply_user_ids", each) for each in excluded),
    ):
        if value is not None and not (isinstance(value, str) and re.fullmatch(r"[0-9]{1,19}", value)):
            raise invalid(f"$.{name}: does not match the regex pattern ^[0-9]{{1,19}}$", name, str(value))
    setting = body.get("reply_settings")
    if setting is not None and setting not in _SETTINGS:
        raise invalid(f"$.reply_settings: does not have a value in the enumeration [{', '.join(_SETTINGS)}]")
    return Draft(
        text=body.get("text", ""),
        reply_to=int(reply["in_reply_to_tweet_id"]) if reply else None,
        quotes=int(body["quote_tweet_id"]) if "quote_tweet_id" in body else None,
        via="api",
        populate_all=reply.get("auto_populate_reply_metadata", False),
        exclude_ids=frozenset(int(each) for each in excluded),
        reply_settings=setting or "everyone",
    )


def _check(body: dict[str, Any], known: dict[str, type], where: str) -> None:
    for name, value in body.items():
        if name not in known:
            message = (
                f"{where}.{name}: is not defined in the schema and the schema does not allow additional properties"
            )
            raise invalid(message, name, str(value)[:100])
        if not isinstance(value, known[name]):
            kind = {str: "string", dict: "object", list: "array", bool: "boolean"}[known[name]]
            raise invalid(f"{where}.{name}: {type(value).__name__} found, {kind} expected", name, str(value)[:100])


class Creator:
    """Accepts posts of one account, the brand's, as X would."""

    def __init__(self, posts: Posts, brand: Account, clock: Clock) -> None:
        self._posts = posts
        self._brand = brand
        self._clock = clock
        self._recent: dict[str, int] = {}

    def create(self, draft: Draft) -> Post:
        """Make the post.

        Raises:
            Refusal: 400 or 403.
        """
        self._check_text(draft)
        for target in (draft.reply_to, draft.quotes):
            self._check_target(target)
        key = " ".join(draft.text.split())
        self._check_duplicate(key)
        post = self._posts.add(self._brand, draft)
        self._recent[key] = post.id
        return post

    def _check_text(self, draft: Draft) -> None:
        text = draft.text
        body = texts.leading_mentions(text)[1] if draft.reply_to is not None else text
        if not body.strip():
            raise invalid("$.text: is missing or empty; a post needs text", "text", text)
        if texts.has_invalid_characters(text):
            raise bad_request("Your Tweet text contains invalid characters.")
        if len(text) > texts.MAX_CHARS or texts.weigh(body.strip()) > texts.MAX_WEIGHT:
            raise bad_request(TOO_LONG)

    def _check_target(self, target: int | None) -> None:
        if target is None:
            return
        post = self._posts.visible(target, to=self._brand)
        if post is None:
            raise forbidden(NOT_VISIBLE)
        quoted = self._posts.get(post.quotes)
        summoned = self._brand in post.mentioned or (quoted is not None and quoted.author is self._brand)
        if post.author is not self._brand and not summoned:
            raise forbidden(NOT_SUMMONED)

    def _check_duplicate(self, key: str) -> None:
        earlier = self._posts.get(self._recent.get(key))
        if earlier is not None and not earlier.deleted and self._clock.now() - earlier.created_at < DUPLICATE_FOR:
            raise forbidden(DUPLICATE)
        if len(self._recent) > 20_000:
            old = [k for k, i in self._recent.items() if self._is_old(i)]
            for k in old:
                del self._recent[k]

    def _is_old(self, post_id: int) -> bool:
        post = self._posts.get(post_id)
        return post is None or post.deleted or self._clock.now() - post.created_at >= DUPLICATE_FOR
