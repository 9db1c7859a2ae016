"""Posts to rows and back, with what came along with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from twelp.adapters.store.columns import held, said
from twelp.model import Account, Context, Kind, Media, Post, Verdict


def post_row(post: Post, verdict: Verdict, heard_at: datetime, question: str | None) -> dict[str, Any]:
    """The row of a heard post. What a database cannot hold becomes U+FFFD."""
    return {
        "key": post.key,
        "network": post.network,
        "id": post.id,
        "author_id": post.author.id,
        "handle": held(post.author.handle),
        "name": held(post.author.name),
        "text": held(post.text),
        "created_at": post.created_at,
        "heard_at": heard_at,
        "conversation": post.conversation,
        "reply_to": post.reply_to,
        "quotes": post.quotes,
        "repost_of": post.repost_of,
        "mentions": list(post.mentions),
        "url": held(post.url),
        "kind": verdict.kind.value,
        "reasons": said(verdict.reasons),
        "question": question,
        "context": _context_of(post),
    }


def reworded(post: Post) -> dict[str, Any]:
    """What its author's edit changes in the row of a post: what it says, points at and is found by; not its key."""
    return {
        "handle": held(post.author.handle),
        "name": held(post.author.name),
        "text": held(post.text),
        "mentions": list(post.mentions),
        "url": held(post.url),
        "context": _context_of(post),
    }


def _context_of(post: Post) -> dict[str, Any] | None:
    """What came along with a post, as its row holds it; None where nothing did."""
    found = {
        "prefix": post.prefix,
        "media": [_media_row(one) for one in post.media],
        "parent": _pointed_row(post.parent),
        "quoted": _pointed_row(post.quoted),
        "earlier": list(post.earlier),
    }
    return {name: value for name, value in found.items() if value} or None


def _media_row(media: Media) -> list[str]:
    return [media.kind, held(media.url), held(media.alt_text)]


def _pointed_row(pointed: Context | None) -> dict[str, Any] | None:
    if pointed is None:
        return None
    return {
        "id": pointed.id,
        "author": [pointed.author.id, held(pointed.author.handle), held(pointed.author.name)],
        "text": held(pointed.text),
        "media": [_media_row(one) for one in pointed.media],
        "answers": pointed.answers,
    }


def _with_context(post: Post, found: Mapping[str, Any] | None, *, gone: bool) -> Post:
    if gone:
        return replace(post, gone=True)
    if not found:
        return post
    return replace(
        post,
        prefix=found.get("prefix", 0),
        media=tuple(Media(*one) for one in found.get("media", ())),
        parent=_pointed(found.get("parent")),
        quoted=_pointed(found.get("quoted")),
        earlier=tuple(found.get("earlier", ())),
    )


def _pointed(found: Mapping[str, Any] | None) -> Context | None:
    if found is None:
        return None
    media = tuple(Media(*one) for one in found["media"])
    return Context(found["id"], Account(*found["author"]), found["text"], media, found["answers"])


def post(row: Any) -> Post:
    """The post of a row."""
    found = Post(
        network=row.network,
        id=row.id,
        author=Account(row.author_id, row.handle, row.name),
        text=row.text,
        created_at=row.created_at,
        conversation=row.conversation,
        reply_to=row.reply_to,
        quotes=row.quotes,
        repost_of=row.repost_of,
        mentions=tuple(row.mentions),
        url=row.url,
    )
    return _with_context(found, row.context, gone=row.gone_at is not None)


def verdict(row: Any) -> Verdict:
    """The verdict of a row."""
    return Verdict(Kind(row.kind), row.reasons)


def post_beside(row: Any) -> Post:
    """The post whose columns stand in a question's row, with the prefix `post_`."""
    found = Post(
        network=row.post_network,
        id=row.post_id,
        author=Account(row.post_author_id, row.post_handle, row.post_name),
        text=row.post_text,
        created_at=row.post_created_at,
        conversation=row.post_conversation,
        reply_to=row.post_reply_to,
        quotes=row.post_quotes,
        repost_of=row.post_repost_of,
        mentions=tuple(row.post_mentions),
        url=row.post_url,
    )
    return _with_context(found, row.post_context, gone=row.post_gone_at is not None)
