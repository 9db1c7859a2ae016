"""X's dicts into our nouns.

X is renaming tweets to posts field by field, and not every server that speaks its protocol sends every field. Rules:

- Both namings are read (`referenced_tweets` / `referenced_posts` …); keys that are not known are passed over.
- Ids are decimal numbers and are compared as numbers; here they are strings of digits.
- A post needs an id and a text. Everything else has a stand-in: the id tells the hour, the post is its conversation.
- The text is what people see: the whole of a long post, `&amp;` `&lt;` `&gt;` back to the characters they stand for,
  short links where they lead. The link that X puts in for a picture goes where the picture itself came along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from twelp.adapters.x.fields import (
    Malformed,
    account_of,
    created_at_of,
    earlier_of,
    mapping,
    mentions_of,
    number_of,
    public_url,
    reference,
    text_of,
    text_or_empty,
)
from twelp.model import Account, Context, Media, Post

NETWORK: Final = "x"
_REPLIED: Final = frozenset({"replied_to"})
_QUOTED: Final = frozenset({"quoted"})
_REPOSTED: Final = frozenset({"retweeted", "reposted"})


_PREFIX: Final = re.compile(r"(?:[@＠][A-Za-z0-9_]{1,50}\s+)*")


@dataclass(frozen=True, slots=True)
class Beside:
    """What an answer brings along besides its posts: accounts and other posts by id, media by key."""

    accounts: Mapping[str, Account] = field(default_factory=dict)
    posts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    media: Mapping[str, Media] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """One answer's posts as sent (newest first), the numbers of all ids in it, and how many were malformed."""

    posts: tuple[Post, ...]
    ids: tuple[int, ...]
    malformed: tuple[str, ...]
    next_token: str | None


def batch_of(answer: Mapping[str, Any], now: datetime) -> Batch:
    """The posts of a timeline answer; malformed ones are left out and told in `malformed`, as causes.

    Raises:
        Malformed: the answer is no timeline at all.
    """
    posts: list[Post] = []
    ids: list[int] = []
    malformed: list[str] = []
    beside = beside_of(answer)
    for raw in raw_posts(answer):
        number = number_of(mapping(raw).get("id"))
        try:
            if number is not None:
                ids.append(number)
            posts.append(post_of(raw, beside, now))
        except Malformed as cause:
            malformed.append(f"{'no id' if number is None else number}: {cause}")
    return Batch(tuple(posts), tuple(ids), tuple(malformed), next_token_of(answer))


def raw_posts(answer: Mapping[str, Any]) -> list[Any]:
    """The dicts of an answer's posts, as sent.

    Raises:
        Malformed: there is neither a list of posts nor the word that there are none.
    """
    found = answer.get("data")
    if found is None:
        if not isinstance(answer.get("meta"), Mapping):
            raise Malformed("neither posts nor the word that there are none")
        return []
    if isinstance(found, Mapping):
        return [found]
    if not isinstance(found, list):
        raise Malformed(f"data is {type(found).__name__}, expected a list")
    return found


def next_token_of(answer: Mapping[str, Any]) -> str | None:
    """Where the next page begins; None on the last one."""
    token = mapping(answer.get("meta")).get("next_token")
    return token if isinstance(token, str) and token else None


def beside_of(answer: Mapping[str, Any]) -> Beside:
    """What an answer brings along; what cannot be read of it is left out."""
    accounts = (account_of(user) for user in _included(answer, "users"))
    posts = (*_included(answer, "tweets"), *_included(answer, "posts"))
    numbered = ((number_of(raw.get("id")), raw) for raw in posts)
    media = ((text_or_empty(raw.get("media_key")), raw) for raw in _included(answer, "media"))
    return Beside(
        {account.id: account for account in accounts if account},
        {str(number): raw for number, raw in numbered if number is not None},
        {key: _media_of(raw) for key, raw in media if key},
    )


def _included(answer: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    found = mapping(answer.get("includes")).get(kind)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _media_of(raw: Mapping[str, Any]) -> Media:
    where = text_or_empty(raw.get("url")) or text_or_empty(raw.get("preview_image_url"))
    return Media(text_or_empty(raw.get("type")) or "photo", where, text_or_empty(raw.get("alt_text")).strip())


def post_of(raw: Any, beside: Beside, now: datetime) -> Post:
    """The post a dict stands for.

    Args:
        raw: one element of `data`.
        beside: what came along with it.
        now: stands in for the hour of a post that neither says nor carries one.

    Raises:
        Malformed: no id, or no text.
    """
    if not isinstance(raw, Mapping):
        raise Malformed(f"a post is {type(raw).__name__}, expected an object")
    number = number_of(raw.get("id"))
    if number is None:
        raise Malformed("the id is not a number")
    post_id = str(number)
    author = _author(raw, beside.accounts)
    media = _media(raw, beside)
    text = text_of(raw, shown=bool(media))
    reply_to, quotes = reference(raw, _REPLIED), reference(raw, _QUOTED)
    conversation = number_of(raw.get("conversation_id"))
    return Post(
        network=NETWORK,
        id=post_id,
        author=author,
        text=text,
        created_at=created_at_of(raw, now),
        conversation=str(conversation) if conversation is not None else reply_to or post_id,
        reply_to=reply_to,
        quotes=quotes,
        repost_of=reference(raw, _REPOSTED),
        mentions=mentions_of(raw, text),
        url=public_url(post_id, author.handle),
        prefix=_prefix(raw, text) if reply_to is not None else 0,
        media=media,
        parent=_context(reply_to, beside),
        quoted=_context(quotes, beside),
        earlier=earlier_of(raw, number),
    )


def _context(post_id: str | None, beside: Beside) -> Context | None:
    """The post with this id, where it came along and has a text."""
    raw = beside.posts.get(post_id or "")
    if post_id is None or raw is None:
        return None
    media = _media(raw, beside)
    try:
        text = text_of(raw, shown=bool(media))
    except Malformed:
        return None
    answers = reference(raw, _REPLIED)
    own = text[_prefix(raw, text) if answers is not None else 0 :].lstrip()
    return Context(post_id, _author(raw, beside.accounts), own, media, answers)


def _media(raw: Mapping[str, Any], beside: Beside) -> tuple[Media, ...]:
    keys = mapping(raw.get("attachments")).get("media_keys")
    found = (beside.media.get(str(key)) for key in keys) if isinstance(keys, list) else ()
    return tuple(one for one in found if one is not None)


def _prefix(raw: Mapping[str, Any], text: str) -> int:
    """How many characters in front X put there itself, by its own word; they are handles, and nothing else."""
    told = raw.get("display_text_range")
    start = told[0] if isinstance(told, list) and told and isinstance(told[0], int) else 0
    handles = _PREFIX.match(text)
    return min(max(0, start), handles.end() if handles else 0)


def _author(raw: Mapping[str, Any], accounts: Mapping[str, Account]) -> Account:
    number = number_of(raw.get("author_id"))
    author_id = "" if number is None else str(number)
    return accounts.get(author_id) or Account(id=author_id, handle=text_or_empty(raw.get("username")).lstrip("@"))
