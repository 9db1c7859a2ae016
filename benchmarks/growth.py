"""What a house costs that has much to remember: questions that wait, and years of history, filled in by bulk inserts.

Used by `benchmarks.throughput`. The rows are those that a house leaves: a waiting question has been put before three
people and has its timers; a question of the past was answered by one of them, and its journal and outbox were cleared
away since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from twelp.adapters.store import SqlStore, tables
from twelp.adapters.store.base import table
from twelp.engine import Engine
from twelp.wiring import RealClock

_AT_ONCE = 2_000
_AGO = timedelta(days=365)
_EXPERTS = 40
_ASKED = 3
_TEXT = "@VoltHelp why does my tv show no picture since {word} {n}?"
_WORDS = ("monday", "the update", "it rained", "we moved", "the storm", "june", "yesterday", "the new cable")


def wait(store: SqlStore, questions: int) -> None:
    """Lets so many questions wait, asked a moment ago, each with two timers hours away."""
    engine = Engine(store, RealClock())
    engine.prepare()
    now = datetime.now(UTC)
    for numbers in _parts(questions):
        with store.begin(durable=False) as tx:
            _write(tx.connection, [_question(10**15 + n, now, over=False) for n in numbers])
            for n in numbers:
                key = f"x:{10**15 + n}"
                engine.later(tx, "give_up", f"give_up:{key}", key, delay=timedelta(hours=3, seconds=n % 3600))
                engine.later(tx, "widen", f"widen:{key}:1", key, 1, delay=timedelta(hours=1, seconds=n % 3600))
    _settle(store)


def remember(store: SqlStore, questions: int) -> None:
    """Puts so many answered questions into the past year, evenly."""
    begin = datetime.now(UTC) - _AGO
    for numbers in _parts(questions):
        with store.begin(durable=False) as tx:
            at = [(n, begin + _AGO * (n / max(1, questions))) for n in numbers]
            _write(tx.connection, [_question(10**12 + n, hour, over=True) for n, hour in at])
    _settle(store)


def _settle(store: SqlStore) -> None:
    """Statistics as a database that is in use has them."""
    with store.engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql("ANALYZE")


def _parts(count: int) -> Iterator[range]:
    for start in range(0, count, _AT_ONCE):
        yield range(start, min(start + _AT_ONCE, count))


def _write(connection: sa.Connection, questions: list[dict[Any, list[Mapping[str, Any]]]]) -> None:
    for model in questions[0]:
        rows = [row for one in questions for row in one[model]]
        connection.execute(sa.insert(table(model)), rows)


def _question(number: int, at: datetime, *, over: bool) -> dict[Any, list[Mapping[str, Any]]]:
    """All rows of one question, by table."""
    key, text = f"x:{number}", _TEXT.format(word=_WORDS[number % len(_WORDS)], n=number)
    people = [f"p{(number + i) % _EXPERTS}@volt.example" for i in range(_ASKED)]
    author = people[0]
    post = {
        "key": key,
        "network": "x",
        "id": str(number),
        "author_id": str(number % 50_000),
        "handle": "c",
        "name": "C",
    }
    post |= {"text": text, "created_at": at, "heard_at": at, "conversation": str(number), "mentions": ["volthelp"]}
    post |= {
        "url": f"https://x.com/c/status/{number}",
        "kind": "question",
        "reasons": ["asks with “why”"],
        "question": key,
    }
    question = {"id": key, "stage": "published" if over else "asked", "version": 4 if over else 1, "wave": 1}
    question |= {"topics": [{"topic": "tv", "score": 0.8, "reasons": ["“picture” and “tv”"]}], "opened_at": at}
    question |= {"reason": "", "reply_url": "https://x.com/v/status/1" if over else ""}
    question |= {"claimed_by": author if over else None, "closed_at": at if over else None}
    asks = [
        {"question": key, "expert": p, "role": "answer", "wave": 1, "state": "open", "reasons": ["you stand for TV"]}
        | {"created_at": at, "channel": "D1", "ts": f"{number}.{i}", "shown": 9, "topic": "tv", "digest": ""}
        for i, p in enumerate(people)
    ]
    lines = [
        {"at": at, "subject": key, "actor": actor, "step": step, "reasons": ["for a reason"], "detail": None}
        for actor, step in (("triage", "question"), ("match", "topics"), ("dispatch", "ask"))
    ]
    found: dict[Any, list[Mapping[str, Any]]] = {tables.PostRow: [post], tables.QuestionRow: [question]}
    found[tables.AskRow] = asks
    sent = {
        "text": "",
        "state": "sent",
        "attempts": 1,
        "created_at": at,
        "updated_at": at,
        "remote_id": "1",
        "error": "",
    }
    cards = [
        {"key": f"card:{key}:{i}", "errand": "card", "question": key, "subject": str(i), **sent} for i in range(_ASKED)
    ]
    if not over:
        found |= {tables.JournalRow: lines, tables.DeliveryRow: cards}
    else:
        answer = {"question": key, "expert": author, "text": "Hold the power button.", "public": "Hold it. ^PX"}
        answer |= {"state": "published", "reasons": [], "updated_at": at, "written_at": at, "remote_id": "1"}
        found[tables.AnswerRow] = [answer | {"returned": 0}]
        lesson = {"question": key, "text": text, "topic": "tv", "forgotten": False, "at": at}
        found[tables.LessonRow] = [lesson]
    return found
