"""Rows to nouns and back: nothing but field for field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from twelp.adapters.store.columns import held, parted, said
from twelp.adapters.store.post_rows import post, post_beside
from twelp.adapters.store.queries.stages import stage_columns
from twelp.model import (
    Added,
    Answer,
    AnswerState,
    Ask,
    AskRole,
    AskState,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Entry,
    Point,
    Question,
    Stage,
    TopicScore,
    Trouble,
)
from twelp.model.journal import step_of
from twelp.texts.catalogue import line, read


class Part:
    """Those columns of a row whose names begin with a prefix, by the rest of their names."""

    def __init__(self, row: Any, prefix: str) -> None:
        self._row = row
        self._prefix = prefix

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, self._prefix + name)


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
        "points": _points(question.points) or None,
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
    if "points" in changes:
        written["points"] = _points(changes["points"])
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


def _points(found: Iterable[Point]) -> list[dict[str, Any]]:
    return [{"words": held(one.words), "topic": one.topic, "answer": one.answer} for one in found]


def question(row: Any, its_post: Any = None) -> Question:
    """The question of a row. Where its post has none of its own, its columns stand there with the prefix `post_`."""
    return Question(
        id=row.id,
        post=post_beside(row) if its_post is None else post(its_post),
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
        points=tuple(Point(one["words"], one["topic"], one["answer"]) for one in row.points or ()),
        ask_first=bool(row.ask_first),
        near=row.near,
    )


def _added(found: Mapping[str, Any]) -> Added:
    at, edited, leaves = datetime.fromisoformat(found["at"]), found.get("edited", False), found.get("leaves", False)
    return Added(found["post"], found["text"], at, found["ours"], found["settles"], edited, leaves)


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
        covers=tuple(row.covers or ()),
        shared_from=row.shared_from,
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
