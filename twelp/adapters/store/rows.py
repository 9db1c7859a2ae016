"""Rows to nouns and back: nothing but field for field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from twelp.adapters.store.queries.stages import stage_columns
from twelp.model import (
    Account,
    Added,
    Answer,
    AnswerState,
    Ask,
    AskRole,
    AskState,
    Context,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Entry,
    Kind,
    Media,
    Post,
    Question,
    Stage,
    TopicScore,
    Trouble,
    Verdict,
)
from twelp.model.journal import step_of
from twelp.texts.catalogue import Held, hold, line, read

_BETWEEN = "\x1e"
"""Between an answer's posts in one column: the record separator, which no text has that was cleaned. So one post stands
there as it always did, and what reads a single one (an older twelp at work meanwhile) offers the network a text that
is too long in any case, never half of an answer."""

_UNHELD = re.compile("[\0\ud800-\udfff]")
"""NULs and halves of characters: Postgres holds neither, and no database the latter."""


class Part:
    """Those columns of a row whose names begin with a prefix, by the rest of their names."""

    def __init__(self, row: Any, prefix: str) -> None:
        self._row = row
        self._prefix = prefix

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, self._prefix + name)


def held(text: str) -> str:
    """The text as a database holds it."""
    return _UNHELD.sub("\ufffd", text)


def joined(pieces: Iterable[str]) -> str:
    """Several texts in one column."""
    return _BETWEEN.join(piece.replace(_BETWEEN, " ") for piece in pieces)


def parted(column: str) -> tuple[str, ...]:
    """What `joined` joined; nothing in an empty column."""
    return tuple(column.split(_BETWEEN)) if column else ()


def whole(column: str) -> str:
    """The same as one text."""
    return "\n\n".join(parted(column))


def listed(ids: Iterable[str]) -> str:
    """Several ids of the other side in one column."""
    return " ".join(one for one in ids if one)


def said(reasons: Iterable[str]) -> list[Held]:
    """Reasons as their row holds them."""
    return [hold(reason, held) for reason in reasons]


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


def question_row(question: Question) -> dict[str, Any]:
    """The row of a new question."""
    return {
        "id": question.id,
        **stage_columns(question.stage, question.version),
        "version": question.version,
        "topics": topics(question.topics),
        "wave": question.wave,
        "opened_at": question.opened_at,
        "reason": line(question.reason),
        "reply_url": "",
        "turn": question.turn,
        "reply_to": question.reply_to,
        "added": _said_since(question.added) or None,
        "corrects": None,
        "matter": question.matter,
        "askers": question.askers,
    }


def topics(found: Iterable[TopicScore]) -> list[dict[str, Any]]:
    """A question's topics as its row holds them."""
    return [{"topic": t.topic, "score": t.score, "reasons": said(t.reasons)} for t in found]


def changed(changes: Mapping[str, Any]) -> dict[str, Any]:
    """What a question's step changes, as its row holds it."""
    written = dict(changes)
    if "topics" in changes:
        written["topics"] = topics(changes["topics"])
    if "added" in changes:
        written["added"] = _said_since(changes["added"])
    if "reason" in changes:
        written["reason"] = line(changes["reason"])
    return written


def _said_since(said: Iterable[Added]) -> list[dict[str, Any]]:
    return [
        {
            "post": one.post,
            "text": held(one.text),
            "at": one.at.isoformat(),
            "ours": one.ours,
            "settles": one.settles,
            "edited": one.edited,
            "leaves": one.leaves,
        }
        for one in said
    ]


def question(row: Any, its_post: Any = None) -> Question:
    """The question of a row. Where its post has none of its own, its columns stand there with the prefix `post_`."""
    return Question(
        id=row.id,
        post=_post_of(row) if its_post is None else post(its_post),
        stage=Stage(row.stands),
        version=row.version,
        topics=row.topics,
        wave=row.wave,
        opened_at=row.opened_at,
        claimed_by=row.claimed_by,
        claimed_at=row.claimed_at,
        claimed_until=row.claimed_until,
        closed_at=row.closed_at,
        reason=read(row.reason),
        reply_url=row.reply_url,
        turn=row.turn,
        reply_to=row.reply_to,
        added=tuple(_added(one) for one in row.added or ()),
        corrects=row.corrects,
        matter=row.matter,
        askers=row.askers,
    )


def _added(found: Mapping[str, Any]) -> Added:
    at, edited, leaves = datetime.fromisoformat(found["at"]), found.get("edited", False), found.get("leaves", False)
    return Added(found["post"], found["text"], at, found["ours"], found["settles"], edited, leaves)


def _post_of(row: Any) -> Post:
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


def ask(row: Any) -> Ask:
    """The ask of a row."""
    return Ask(
        id=row.id,
        question=row.question,
        expert=row.expert,
        role=AskRole(row.role),
        wave=row.wave,
        state=AskState(row.state),
        reasons=row.reasons,
        created_at=row.created_at,
        channel=row.channel,
        ts=row.ts,
        shown=row.shown,
        topic=row.topic or None,
        digest=row.digest or None,
    )


def answer(row: Any) -> Answer:
    """The answer of a row."""
    return Answer(
        id=row.id,
        question=row.question,
        expert=row.expert,
        text=row.text,
        posts=parted(row.public),
        state=AnswerState(row.state),
        reasons=row.reasons,
        updated_at=row.updated_at,
        post_ids=tuple(row.remote_id.split()),
        written_at=row.written_at,
        variants=tuple(row.variants or ()),
    )


def delivery(row: Any) -> Delivery:
    """The delivery of a row."""
    pieces = parted(row.text) or ("",)
    return Delivery(
        id=row.id,
        key=row.key,
        errand=DeliveryKind(row.errand),
        question=row.question,
        subject=row.subject,
        pieces=tuple(map(read, pieces)) if row.errand == DeliveryKind.NOTE.value else pieces,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        created_at=row.created_at,
        done=tuple(row.remote_id.split()),
        error=row.error,
        trouble=None if row.trouble is None else Trouble(row.trouble),
        target=row.target,
    )


def journal_row(entry: Entry) -> dict[str, Any]:
    """The row of a journal line."""
    return {
        "at": entry.at,
        "subject": entry.subject,
        "actor": entry.actor,
        "step": entry.step.value,
        "reasons": said(entry.reasons),
        "detail": dict(entry.detail) or None,
    }


def entry(row: Any, *, with_detail: bool = True) -> Entry:
    """The journal line of a row."""
    detail = (row.detail or {}) if with_detail else {}
    step, about = step_of(row.step)
    return Entry(row.at, row.subject, row.actor, step, (*about, *row.reasons), detail)
