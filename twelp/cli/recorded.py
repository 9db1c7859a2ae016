"""Recorded posts, read from JSON lines or CSV, in the order in which they were written.

Only `text` is needed. `tweet_id`, `in_response_to_tweet_id` and `response_tweet_id` rebuild threads, `author_id` tells
people apart, `created_at` orders, `inbound` (false: the brand wrote it) leaves out what was an answer then. `topic`, a
topic's id of the roster, says what a post really was about.
"""

from __future__ import annotations

import csv
import html
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from twelp.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Recorded:
    """One customer's post as it was recorded; `number` is its place in the file, `reply_to` another one's `id`."""

    number: int
    id: str
    author: str
    text: str
    created_at: datetime | None
    reply_to: str | None
    topic: str = ""


@dataclass(slots=True)
class Recording:
    """What a file holds: customers' posts, oldest first, and how many rows were left out, by reason."""

    posts: list[Recorded] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


def read(path: Path, limit: int | None = None) -> Recording:
    """Reads a recording; at most `limit` customers' posts, the first in the file.

    Raises:
        ConfigError: the file cannot be read, has no `text`, or no post at all; names the place and the remedy.
    """
    found = Recording()
    parents: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            rows = _csv(lines, path) if path.suffix.lower() == ".csv" else _json_lines(lines, path, found.skipped)
            for number, row in enumerate(rows, 1):
                if limit is not None and len(found.posts) >= limit:
                    break
                _take(found, parents, number, row)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}. Name a file of JSON lines or a CSV.") from error
    if not found.posts:
        raise ConfigError(f"{path}: no customer's post found; expected JSON lines or CSV with a non-empty `text`.")
    found.posts = [_threaded(post, parents, {p.id for p in found.posts}) for post in found.posts]
    never = datetime.max.replace(tzinfo=UTC)
    if all(post.created_at for post in found.posts):
        found.posts.sort(key=lambda post: (post.created_at or never, post.number))
    return found


def _take(found: Recording, parents: dict[str, str], number: int, row: Mapping[str, Any]) -> None:
    post_id = _id(row.get("tweet_id") or row.get("id")) or f"row-{number}"
    parent = _id(row.get("in_response_to_tweet_id"))
    if parent:
        parents[post_id] = parent
    for answer in filter(None, map(_id, str(row.get("response_tweet_id") or "").split(","))):
        parents.setdefault(answer, post_id)  # a brand's, which the recording may leave out
    if str(row.get("inbound", "true")).strip().lower() in ("false", "0", "no"):
        found.skipped["written by a brand"] += 1
        return
    text = html.unescape(str(row.get("text") or "")).strip()
    if not text:
        found.skipped["no text"] += 1
        return
    author = str(row.get("author_id") or row.get("author") or f"customer{number}")
    when = _when(str(row.get("created_at") or ""))
    topic = str(row.get("topic") or "").strip()
    found.posts.append(Recorded(number, post_id, author, text, when, parent, topic))


def _threaded(post: Recorded, parents: Mapping[str, str], known: set[str]) -> Recorded:
    """Its nearest forefather among the customers' posts: a thread stays one where brands' posts were left out."""
    parent, seen = post.reply_to, {post.id}
    while parent and parent not in known and parent not in seen:
        seen.add(parent)
        parent = parents.get(parent)
    parent = parent if parent in known and parent != post.id else None
    return replace(post, reply_to=parent)


def _json_lines(lines: Any, path: Path, skipped: Counter[str]) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            if number == 1:
                raise ConfigError(
                    f"{path}:1: not JSON ({error}); expected one JSON object a line, or a file named *.csv."
                ) from error
            skipped["not JSON"] += 1
            continue
        if isinstance(row, dict):
            yield row
        else:
            skipped["not an object"] += 1


def _csv(lines: Any, path: Path) -> Iterator[Mapping[str, Any]]:
    csv.field_size_limit(1_000_000)
    rows = csv.DictReader(lines, restkey="more")
    if "text" not in (rows.fieldnames or []):
        columns = ", ".join(rows.fieldnames or []) or "none"
        raise ConfigError(f"{path}:1: no column `text`; it has: {columns}. Rename the column that holds the posts.")
    yield from rows


def _id(value: Any) -> str:
    text = str(value or "").strip()
    return text.removesuffix(".0") if text.lower() not in ("nan", "none", "null") else ""


def _when(text: str) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        try:
            at = datetime.strptime(text, "%a %b %d %H:%M:%S %z %Y")
        except ValueError:
            try:
                at = parsedate_to_datetime(text)
            except (ValueError, TypeError):
                return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
