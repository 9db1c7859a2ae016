"""What a house costs that has much to remember: questions that wait, and years of history, filled in by bulk inserts.

Used by `benchmarks.throughput` and `benchmarks.growth`. The rows are those that a house leaves: a waiting question has
been put before three people and has its timers; a question of the past was answered by one of them, set aside, or found
nobody, and its outbox was cleared away since, but for what proves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from twelp.adapters.store import SqlStore, tables
from twelp.adapters.store.migrations.versions import v0009_figures_counted as counted
from twelp.adapters.store.queries.pieces import table
from twelp.engine import Engine
from twelp.model import JournalStep
from twelp.wiring import RealClock

_AT_ONCE = 2_000
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
        with store.transaction(durable=False) as tx:
            _write(tx.connection, [_question(10**15 + n, now) for n in numbers])
            for n in numbers:
                key = f"x:{10**15 + n}"
                engine.jobs.enqueue(tx, "give_up", f"give_up:{key}", key, delay=timedelta(hours=3, seconds=n % 3600))
                engine.jobs.enqueue(tx, "widen", f"widen:{key}:1", key, 1, delay=timedelta(hours=1, seconds=n % 3600))
    _settle(store)


def remember(store: SqlStore, questions: int, *, days: float = 365.0, people: int = _EXPERTS) -> None:
    """Puts so many questions of the past into that time, evenly; the database makes the rows itself.

    Of twenty, two were dismissed, two found nobody, and sixteen were answered, each of those with thanks now and then.
    """
    if not questions:
        return
    over = timedelta(days=days)
    given = {
        "count": questions,
        "begin": (datetime.now(UTC) - over).timestamp(),
        "step": over.total_seconds() / questions,
    }
    words = _SQLITE if store.sqlite else _POSTGRES
    with store.transaction(durable=False) as tx:
        for statement in _MAKE:
            text = statement.format(experts=people, **words)
            tx.connection.execute(sa.text(text), given if ":count" in text else {})
        tx.connection.execute(sa.text("DELETE FROM twelp_count"))
        counted.fill(tx.connection)
    _settle(store)


_SQLITE = {
    "numbers": "WITH RECURSIVE number(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM number WHERE i + 1 < :count) SELECT",
    "at": "strftime('%Y-%m-%d %H:%M:%f000', :begin + i * :step, 'unixepoch')",
    "from_numbers": "FROM number",
}
_POSTGRES = {
    "numbers": "SELECT",
    "at": "to_timestamp(:begin + i * :step)",
    "from_numbers": "FROM generate_series(0, :count - 1) AS i",
}

_MAKE = (
    """CREATE TEMP TABLE past AS {numbers} i, 'x:' || (1000000000000 + i) AS key,
      CAST(1000000000000 + i AS text) AS id, {at} AS at,
      '@VoltHelp why does my tv show no picture since day ' || (i % 365) || ', number ' || i || '?' AS text,
      'p' || (i % {experts}) || '@volt.example' AS author,
      CASE WHEN i % 20 < 2 THEN 'dismissed' WHEN i % 20 < 4 THEN 'unanswered' ELSE 'published' END AS stage,
      'tv' AS topic {from_numbers}""",
    """INSERT INTO twelp_post (key, network, id, author_id, handle, name, text, created_at, heard_at, conversation,
      mentions, url, kind, reasons, question)
    SELECT key, 'x', id, CAST(i % 50000 AS text), 'c', 'C', text, at, at, id, '["volthelp"]',
      'https://x.com/c/status/' || id, 'question', '["asks with why"]', key FROM past""",
    """INSERT INTO twelp_question (id, stage, version, topics, wave, opened_at, reason, reply_url, claimed_by,
      closed_at)
    SELECT key, stage, 4, '[{{"topic": "tv", "score": 0.8, "reasons": ["picture"]}}]', 1, at, '',
      'https://x.com/v/status/1', CASE WHEN stage = 'unanswered' THEN NULL ELSE author END, at FROM past""",
    """INSERT INTO twelp_ask (question, expert, role, wave, state, reasons, created_at, channel, ts, shown, topic,
      digest)
    SELECT key, 'p' || ((i + k) % {experts}) || '@volt.example', 'answer', 1, 'open', '["you stand for TV"]', at, 'D1',
      i || '.' || k, 9, topic, '' FROM past, (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2) AS asked""",
    """INSERT INTO twelp_answer (question, expert, text, public, state, reasons, updated_at, written_at, remote_id,
      returned)
    SELECT key, author, 'Hold the power button.', 'Hold it. ^PX', 'published', '[]', at, at, '1', 0
    FROM past WHERE stage = 'published'""",
    """INSERT INTO twelp_lesson (question, text, topic, forgotten, at)
    SELECT key, text, CASE WHEN stage = 'published' THEN topic END, false, at FROM past WHERE stage <> 'unanswered'""",
    """INSERT INTO twelp_delivery (key, errand, question, subject, text, state, attempts, created_at, updated_at,
      remote_id, error)
    SELECT 'reply:' || key, 'reply', key, '1', 'Hold it. ^PX', 'sent', 1, at, at, '1', ''
    FROM past WHERE stage = 'published'""",
    """INSERT INTO twelp_journal (at, subject, actor, step, reasons)
    SELECT at, key, 'publish', stage, '["for a reason"]' FROM past""",
    """INSERT INTO twelp_thanks (post, question, expert, at)
    SELECT key, key, author, at FROM past WHERE i % 20 = 19""",
    "DROP TABLE past",
)
"""Rows of the past: a question asked of three people, answered by the first, learned from."""


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


def _question(number: int, at: datetime) -> dict[Any, list[Mapping[str, Any]]]:
    """All rows of one question that was asked, by table."""
    key, text = f"x:{number}", _TEXT.format(word=_WORDS[number % len(_WORDS)], n=number)
    people = [f"p{(number + i) % _EXPERTS}@volt.example" for i in range(_ASKED)]
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
    question = {"id": key, "stage": "asked", "version": 1, "wave": 1, "opened_at": at, "reason": "", "reply_url": ""}
    question |= {"topics": [{"topic": "tv", "score": 0.8, "reasons": ["“picture” and “tv”"]}]}
    asks = [
        {"question": key, "expert": p, "role": "answer", "wave": 1, "state": "open", "reasons": ["you stand for TV"]}
        | {"created_at": at, "channel": "D1", "ts": f"{number}.{i}", "shown": 9, "topic": "tv", "digest": ""}
        for i, p in enumerate(people)
    ]
    lines = [
        {"at": at, "subject": key, "actor": actor, "step": step, "reasons": ["for a reason"], "detail": None}
        for actor, step in (
            ("triage", JournalStep.QUESTION.value),
            ("match", JournalStep.TOPICS.value),
            ("dispatch", JournalStep.ASK.value),
        )
    ]
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
    found: dict[Any, list[Mapping[str, Any]]] = {tables.PostRow: [post], tables.QuestionRow: [question]}
    return found | {tables.AskRow: asks, tables.JournalRow: lines, tables.DeliveryRow: cards}
