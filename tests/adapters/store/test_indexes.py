"""No statement of an ordinary day reads all of a table that grows with the years; its indexes stand in nobody's way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from sqlmodel import SQLModel

from benchmarks import filling
from tests.adapters.store.test_keeping import Enqueued, keeper
from tests.conftest import DrivenClock
from twelp.adapters.store import Keeper, SqlStore, indexes, keeping, schema
from twelp.adapters.store.sql import SqlTx
from twelp.adapters.store.tables import AskRow
from twelp.model import Dimension, Kind, Stage

NOW = datetime.now(UTC)
WHO, KEY, CONVERSATION = "p3@volt.example", "x:1000000000005", "1000000000005"
WAITING = (Stage.OPEN, Stage.ASKED, Stage.CLAIMED, Stage.HELD, Stage.REVIEW)
HOT: dict[str, Callable[[SqlTx], Any]] = {
    "heard": lambda tx: tx.known_posts([KEY]),
    "question": lambda tx: tx.question(KEY),
    "latest_in_conversation": lambda tx: tx.latest_in_conversation("x", CONVERSATION, "5"),
    "conversation": lambda tx: tx.conversation(tx.question(KEY).post),  # type: ignore[union-attr]
    "lately_of": lambda tx: tx.lately_of("x", "5", NOW - timedelta(minutes=30)),
    "joined_in": lambda tx: tx.joined_in("x", CONVERSATION, "5"),
    "repeat_of": lambda tx: tx.repeat_of(tx.question(KEY)),  # type: ignore[arg-type]
    "answered_in": lambda tx: tx.answered_in("x", CONVERSATION, "5"),
    "answered": lambda tx: tx.answered(["tv", "rare"]),
    "heard_as": lambda tx: tx.heard_as(Kind.CRISIS, NOW - timedelta(hours=1), NOW),
    "asks": lambda tx: tx.asks(KEY),
    "asks_since": lambda tx: tx.asks_since(NOW - timedelta(hours=50)),
    "asked_hours": lambda tx: tx.asked_hours(WHO, NOW - timedelta(hours=50)),
    "answers": lambda tx: tx.answers(KEY),
    "standings": lambda tx: tx.standings("tv", NOW - timedelta(days=90)),
    "reactions": lambda tx: tx.reactions(NOW - timedelta(days=1)),
    "writing_since": lambda tx: tx.writing_since(NOW - timedelta(hours=50)),
    "unclaimed": lambda tx: tx.unclaimed(),
    "holding": lambda tx: tx.holding(),
    "ask_at": lambda tx: tx.ask_at("D1", "5.1"),
    "before": lambda tx: tx.before(WHO, 10),
    "undecided": lambda tx: tx.undecided(WHO),
    "undecided_people": lambda tx: tx.undecided_people(),
    "over": lambda tx: tx.over(WHO, 50),
    "digest": lambda tx: tx.digest(f"digest:{WHO}:2026-11-30"),
    "waiting": lambda tx: tx.waiting(WAITING, 10),
    "unanswered": lambda tx: tx.waiting((Stage.UNANSWERED,), 10, newest=True, since=NOW - timedelta(days=7)),
    "set aside": lambda tx: tx.waiting((Stage.DISMISSED,), 5, newest=True),
    "how_many": lambda tx: tx.how_many((Stage.UNANSWERED,), NOW, 1_000),
    "waiting_about": lambda tx: tx.waiting_about(WAITING),
    "answered_lately": lambda tx: tx.answered_lately(10),
    "tally": lambda tx: tx.tally(WHO, NOW - timedelta(days=1)),
    "thanks": lambda tx: tx.thanks(WHO),
    "refreshing": lambda tx: tx.refreshing(KEY),
    "unfinished": lambda tx: tx.unfinished(KEY),
    "posted": lambda tx: tx.posted(KEY),
    "spoke last": lambda tx: tx.spoke_last(KEY),
    "sent": lambda tx: tx.sent(f"reply:{KEY}"),
    "trail": lambda tx: tx.trail(KEY),
    "journal": lambda tx: tx.journal(900),
    "last_line": lambda tx: tx.last_line(),
    "under_way": lambda tx: tx.under_way(),
    "counted": lambda tx: tx.counted(Dimension.PERSON, "2026-11-01", "2026-12-01"),
    "counted of one": lambda tx: tx.counted(Dimension.PERSON, "2026-11-01", "2026-12-01", WHO),
    "counted each day": lambda tx: tx.counted_each_day(Dimension.HOUR, "2026-11-01", "2026-12-01"),
    "first_time": lambda tx: tx.first_time("event", NOW),
    "last_lesson": lambda tx: tx.last_lesson(),
    "lessons_since": lambda tx: list(tx.lessons_since(tx.last_lesson())),
    "lesson": lambda tx: tx.lesson(KEY),
}
HOT["sweep"] = lambda tx: keeping._sweep_deliveries(tx, 0, NOW)
GROWS = "count|post|question|ask|answer|delivery|journal|event|lesson|thanks"


@pytest.fixture
def store(database_url: str) -> Iterator[SqlStore]:
    made = SqlStore(database_url)
    filling.remember(made, 1_000)
    yield made
    made.close()


def test_a_statement_that_reads_all_of_a_table_would_be_seen(store: SqlStore):
    found = whole(store, lambda tx: tx.rows(sa.select(AskRow.id).where(AskRow.channel == "D2"), {}))
    assert found


def test_the_sweep_goes_by_the_index_on_errands_though_nothing_but_proof_is_there(store: SqlStore):
    """By their numbers, all rows would have to be passed to find none."""
    if not store.sqlite:
        return
    with store.transaction() as tx:
        driver: Any = tx.connection.connection.dbapi_connection
        with _traced(driver) as said:
            keeping._sweep_deliveries(tx, 0, NOW)
        plans = [str(driver.execute(f"EXPLAIN QUERY PLAN {text}").fetchall()) for text in said]
    assert len(plans) == len(keeping._PASSING)
    assert all("ix_twelp_delivery_errand" in plan and "TEMP B-TREE" not in plan for plan in plans)


@pytest.mark.parametrize("statistics", ["with", "without"])
def test_no_statement_of_an_ordinary_day_reads_all_of_a_table(store: SqlStore, statistics: str):
    """Whatever the database thinks of its tables: SQLite may never have counted their rows."""
    if statistics == "without" and store.sqlite:
        with store.transaction() as tx:
            tx.connection.exec_driver_sql("DROP TABLE sqlite_stat1")
    if store.sqlite and statistics == "without":
        store.engine.dispose()
    wrong = {name: found for name, act in HOT.items() if (found := whole(store, act))}
    assert not wrong


def test_the_daily_sweep_does_not_look_at_what_stays(
    store: SqlStore, clock: DrivenClock, monkeypatch: pytest.MonkeyPatch
):
    """Old rows that prove what was published are more with each day: the sweep passes them without a look."""
    monkeypatch.setattr(keeping, "BITE", 100)
    made, jobs = keeper(store, clock)
    made.begin()
    replies = _replies(store)
    assert _bites(made, jobs) > 8, "the journal's old lines go"
    clock.advance(days=1)
    assert _bites(made, jobs) == 1
    assert _replies(store) == replies == 800


def _replies(store: SqlStore) -> int:
    with store.read() as tx:
        return tx.counts()["deliveries"]["reply sent"]


def _bites(made: Keeper, jobs: Enqueued) -> int:
    """How many transactions one sweep takes."""
    for number in count(1):
        args, _ = jobs.set.pop()
        made.sweep(*args)
        if jobs.set[-1][1] >= keeping.EVERY:
            return number
    raise AssertionError


# ---------------------------------------------------------------- what a database says of how it finds rows


def whole(store: SqlStore, act: Callable[[SqlTx], Any]) -> list[str]:
    """What of growing tables is read from one end to the other."""
    with store.transaction() as tx:
        return _by_sqlite(tx, act) if store.sqlite else _by_postgres(tx, act)


def _by_sqlite(tx: SqlTx, act: Callable[[SqlTx], Any]) -> list[str]:
    driver: Any = tx.connection.connection.dbapi_connection
    with _traced(driver) as said:
        act(tx)
    assert said, "it asked the database nothing"
    plans = (driver.execute(f"EXPLAIN QUERY PLAN {text}").fetchall() for text in said)
    steps = [row[3] for plan in plans for row in plan]
    return [step for step in steps if re.match(rf"SCAN twelp_({GROWS})\b", step)]


@contextmanager
def _traced(driver: Any) -> Iterator[list[str]]:
    said: list[str] = []
    driver.set_trace_callback(said.append)
    try:
        yield said
    finally:
        driver.set_trace_callback(None)
    said[:] = [text for text in said if text.lstrip().startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]


def _by_postgres(tx: SqlTx, act: Callable[[SqlTx], Any]) -> list[str]:
    """As if reading all of a table cost the most: then it is done where there is no other way."""
    driver: Any = tx.connection.connection.dbapi_connection
    plans: list[str] = []
    driver.execute("LOAD 'auto_explain'")
    for setting in ("enable_seqscan = off", "client_min_messages = log", "auto_explain.log_min_duration = 0"):
        driver.execute(f"SET LOCAL {setting}")
    driver.add_notice_handler(lambda notice: plans.append(notice.message_primary))
    act(tx)
    driver.execute("SET LOCAL client_min_messages = warning")
    assert plans, "it asked the database nothing"
    return [step for plan in plans for step in _ends_to_ends(plan)]


def _ends_to_ends(plan: str) -> Iterator[str]:
    """Scans of growing tables that no condition of an index narrows, but for those that end after a few rows."""
    few = re.search(r"^ *(?:-> +)?Limit", plan, re.MULTILINE) is not None
    first = {index.name: index.columns[0].name for table in SQLModel.metadata.sorted_tables for index in table.indexes}
    for node in re.split(r"\n(?= *->)", plan):
        if not (scan := re.search(rf"(\w+ )*Scan[^\n]* on twelp_({GROWS})\b[^\n]*", node)):
            continue
        used = re.search(r"(?:using|on) (ix_\w+)", node)
        narrowed = re.search(r"Index Cond: (.*)", node)
        by_its_first = narrowed and (used is None or first[used[1]] in narrowed[1])
        if not (by_its_first or "Bitmap Heap" in node or ("Index" in scan[0] and few)):
            yield node


# ---------------------------------------------------------------- made beside those who work


@pytest.fixture
def older(database_url: str) -> Iterator[sa.Engine]:
    """A database of the version before, and a connection of its own to it."""
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        command.upgrade(schema.revisions(connection), "0005")
        connection.execute(sa.text("INSERT INTO twelp_house (name, value) VALUES ('schema', '5')"))
    yield engine
    engine.dispose()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_new_indexes_wait_for_nobody_and_nobody_for_them(
    older: sa.Engine, database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """Somebody has been in a transaction for hours: the start does without the indexes, and the next one makes them."""
    monkeypatch.setattr(indexes, "_PATIENCE", "50ms")
    with older.connect() as busy:
        busy.execute(sa.text("INSERT INTO twelp_event (id, at) VALUES ('a', now())"))
        store = SqlStore(database_url)
        assert "the next start tries again" in caplog.text
        with store.transaction() as tx:
            assert tx.first_time("b", NOW), "who starts meanwhile can write"
        busy.execute(sa.text("INSERT INTO twelp_event (id, at) VALUES ('c', now())"))
        busy.commit()
        store.close()
    caplog.clear()
    SqlStore(database_url).close()
    assert not caplog.text
    with older.connect() as connection:
        assert indexes._missing(connection) == []
    assert indexes.build(older) == []


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_who_finds_another_making_them_goes_on_without(older: sa.Engine, database_url: str):
    with older.connect() as other:
        other.execute(sa.select(sa.func.pg_advisory_lock(indexes._MAKING)))
        SqlStore(database_url).close()
        assert indexes._missing(other) != []
