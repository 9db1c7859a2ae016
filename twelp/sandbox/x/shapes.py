"""Posts and accounts as X's API shows them: default fields, asked-for fields, expansions.

Only ``id``, ``text`` and ``edit_history_tweet_ids`` (for a user ``id``, ``name``, ``username``) come unasked; an
expansion brings the field it expands. What a post refers to and cannot be shown becomes an entry of ``errors``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from twelp.sandbox.x import text as texts
from twelp.sandbox.x.people import Account, People
from twelp.sandbox.x.problems import not_authorized, not_found
from twelp.sandbox.x.state import MAX_EDITS, Media, Post, Posts, iso

Lookup = Callable[[int], Post | None]

_TWEET_DEFAULT: Final = frozenset({"id", "text", "edit_history_tweet_ids"})
_MEDIA_DEFAULT: Final = frozenset({"media_key", "type"})
_USER_DEFAULT: Final = frozenset({"id", "name", "username"})
_BROUGHT: Final = {
    "author_id": "author_id",
    "in_reply_to_user_id": "in_reply_to_user_id",
    "referenced_tweets.id": "referenced_tweets",
    "referenced_tweets.id.author_id": "referenced_tweets",
    "entities.mentions.username": "entities",
    "attachments.media_keys": "attachments",
    "referenced_tweets.id.attachments.media_keys": "referenced_tweets",
}
_COUNTS: Final = ("retweet_count", "reply_count", "like_count", "quote_count", "bookmark_count", "impression_count")


@dataclass(slots=True)
class Shaper:
    """Renders for one request.

    Args:
        people: all accounts.
        posts: all posts.
        viewer: whose eyes see (the brand), for protected accounts.
        asked: the request's checked parameters (``tweet.fields``, ``user.fields``, ``expansions``).
    """

    people: People
    posts: Posts
    viewer: Account
    asked: dict[str, Any]
    errors: list[dict[str, Any]] = field(default_factory=list)

    def _fields(self, name: str) -> frozenset[str]:
        return frozenset(self.asked.get(name, ()))

    def tweets(self, shown: list[Post]) -> dict[str, Any]:
        """``data`` (absent when empty) with ``includes`` and ``errors`` where there are any."""
        answer: dict[str, Any] = {"data": [self.tweet(p) for p in shown]} if shown else {}
        return answer | self._included(shown)

    def one_tweet(self, post: Post) -> dict[str, Any]:
        """As `tweets`, for an endpoint that shows one."""
        return {"data": self.tweet(post)} | self._included([post])

    def users(self, shown: list[Account]) -> dict[str, Any]:
        """``data`` (absent when empty) with each one's latest post in ``includes`` where that was asked for."""
        answer: dict[str, Any] = {"data": [self.user(a) for a in shown]} if shown else {}
        return answer | self._latest(shown)

    def one_user(self, account: Account) -> dict[str, Any]:
        """As `users`, for an endpoint that shows one."""
        return {"data": self.user(account)} | self._latest([account])

    def user(self, account: Account) -> dict[str, Any]:
        """One user object."""
        own = self.posts.by_author.get(account.id, [])
        brought = self._fields("expansions") & {"most_recent_tweet_id"}
        every: dict[str, Any] = {
            "id": str(account.id),
            "name": account.name,
            "username": account.handle,
            "created_at": iso(account.created_at),
            "description": account.description,
            "protected": account.protected,
            "verified": False,
            "verified_type": "none",
            "url": "",
            "most_recent_tweet_id": str(own[-1]) if own else None,
            "public_metrics": {
                "followers_count": 0,
                "following_count": 0,
                "tweet_count": len(own),
                "listed_count": 0,
                "like_count": 0,
            },
        }
        return _only(every, _USER_DEFAULT | self._fields("user.fields") | brought)

    def tweet(self, post: Post) -> dict[str, Any]:
        """One post object."""
        expansions = self._fields("expansions")
        wanted = _TWEET_DEFAULT | self._fields("tweet.fields") | {_BROUGHT[e] for e in expansions if e in _BROUGHT}
        text, note = _spelled(post)
        every: dict[str, Any] = {
            "id": str(post.id),
            "text": text,
            "edit_history_tweet_ids": [str(each) for each in post.edit_history],
            "author_id": str(post.author.id),
            "conversation_id": str(post.conversation_id),
            "created_at": iso(post.created_at),
            "in_reply_to_user_id": None if post.in_reply_to_user_id is None else str(post.in_reply_to_user_id),
            "lang": "und",
            "possibly_sensitive": False,
            "reply_settings": post.reply_settings,
            "display_text_range": [min(post.prefix_chars, len(text)), len(text)],
            "attachments": {"media_keys": [one.key for one in post.media]} if post.media else None,
            "referenced_tweets": [{"type": kind, "id": str(other)} for kind, other in _references(post)] or None,
        }
        if "public_metrics" in wanted:
            every["public_metrics"] = dict.fromkeys(_COUNTS, 0) | post.counts
        if "entities" in wanted:
            every["entities"] = _entities(post, text) or None
        if "edit_controls" in wanted:
            left = max(0, MAX_EDITS + 1 - len(post.edit_history))
            until = iso(post.editable_until)
            every["edit_controls"] = {"edits_remaining": left, "is_edit_eligible": False, "editable_until": until}
        if note is not None and "note_tweet" in wanted:
            every["note_tweet"] = {"text": note} | ({"entities": e} if (e := _entities(post, note)) else {})
        return _only(every, wanted)

    def _latest(self, accounts: list[Account]) -> dict[str, Any]:
        if "most_recent_tweet_id" not in self._fields("expansions"):
            return {}
        latest = [self.posts.by_author[a.id][-1] for a in accounts if self.posts.by_author.get(a.id)]
        shown = [p for i in latest if (p := self.posts.visible(i, to=self.viewer))]
        return {"includes": {"tweets": [self.tweet(p) for p in shown]}} if shown else {}

    def _included(self, shown: list[Post]) -> dict[str, Any]:
        expansions = self._fields("expansions")
        users: dict[int, Account] = {}
        others: dict[int, Post] = {}
        for post in shown:
            if "author_id" in expansions:
                users[post.author.id] = post.author
            if "in_reply_to_user_id" in expansions and (to := self.people.get(post.in_reply_to_user_id)):
                users[to.id] = to
            if "entities.mentions.username" in expansions:
                users |= {a.id: a for a in post.mentioned}
            if any(expansion.startswith("referenced_tweets.id") for expansion in expansions):
                self._refer(post, others)
        if "referenced_tweets.id.author_id" in expansions:
            users |= {p.author.id: p.author for p in others.values()}
        media = [one for post in shown for one in post.media] if "attachments.media_keys" in expansions else []
        if "referenced_tweets.id.attachments.media_keys" in expansions:
            media += [one for post in others.values() for one in post.media]
        includes: dict[str, Any] = {}
        if media:
            includes["media"] = [self._media(one) for one in dict.fromkeys(media)]
        if users:
            includes["users"] = [self.user(a) for a in users.values()]
        if others:
            includes["tweets"] = [self.tweet(p) for p in others.values()]
        return ({"includes": includes} if includes else {}) | ({"errors": self.errors} if self.errors else {})

    def _media(self, media: Media) -> dict[str, Any]:
        where = "url" if media.type == "photo" else "preview_image_url"
        every = {"media_key": media.key, "type": media.type, where: media.url, "alt_text": media.alt_text or None}
        return _only(every, _MEDIA_DEFAULT | self._fields("media.fields"))

    def _refer(self, post: Post, others: dict[int, Post]) -> None:
        for _, other_id in _references(post):
            other = self.posts.visible(other_id, to=self.viewer)
            if other is not None:
                others[other_id] = other
                continue
            hidden = self.posts.get(other_id)
            protected = hidden is not None and not hidden.deleted and hidden.author.protected
            where = "referenced_tweets.id"
            entry = not_authorized(where, str(other_id), "includes") if protected else None
            self.errors.append(entry or not_found("tweet", where, str(other_id)))


def _references(post: Post) -> Iterable[tuple[str, int]]:
    for kind, other in (("retweeted", post.repost_of), ("quoted", post.quotes), ("replied_to", post.in_reply_to)):
        if other is not None:
            yield kind, other


def _spelled(post: Post) -> tuple[str, str | None]:
    """A post's text as the API spells it and, when that had to be cut, the whole."""
    whole = post.full_text
    body = whole[post.prefix_chars :]
    if post.repost_of is not None or len(body) <= texts.MAX_WEIGHT // 2 or texts.weigh(body) <= texts.MAX_WEIGHT:
        return texts.escape(whole), None
    link = texts.short_link(f"https://x.com/i/web/status/{post.id}")
    cut = f"{whole[: post.prefix_chars]}{texts.fitting(body)}… {link}"
    return texts.escape(cut), texts.escape(whole)


def _entities(post: Post, text: str) -> dict[str, Any]:
    user_ids = {a.handle.lower(): str(a.id) for a in post.mentioned}
    return texts.Entities(text, user_ids, post.expanded).as_json()


def _only(every: dict[str, Any], wanted: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in every.items() if name in wanted and value is not None}
