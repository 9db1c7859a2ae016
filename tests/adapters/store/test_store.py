"""The store on both databases: what is promised of rows, compare-and-set and transactions."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from twelp.adapters.store import SqlStore
from twelp.adapters.store.columns import Utc
from twelp.adapters.store.queries import history, journal, outbox, questions
from twelp.adapters.store.queries.pieces import table
from twelp.adapters.store.ready import ready
from twelp.adapters.store.tables import LessonRow
from twelp.errors import StoreError
from twelp.model import (
    Account,
    AnswerState,
    AskRole,
    AskState,
    DeliveryKind,
    DeliveryState,
    Entry,
    JournalStep,
    Kind,
    Post,
    Question,
    Reaction,
    Stage,
    Standing,
    TopicScore,
    Verdict,
)
from twelp.ports import Place

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ASKS = Verdict(Kind.QUESTION, ("asks",))


@pytest.fixture
def store(database_url: str):
    made = SqlStore(database_url)
    yield made
    made.close()


def post(number: int = 1, **changes: object) -> Post:
    values: dict[str, object] = {
        "network": "x",
        "id": str(number),
        "author": Account("7", "mia", "Mia"),
        "text": "why is there no sound?",
        "created_at": NOW,
        "conversation": "1",
        "mentions": ("volthelp",),
    }
    return Post(**(values | changes))  # type: ignore[arg-type]


def opened(store: SqlStore, number: int = 1) -> Question:
    topics = (TopicScore("tv", 0.9, ("“sound”",)),)
    with store.transaction() as tx:
        asked = post(number)
        assert tx.add_post(asked, ASKS, NOW, asked.key)
        tx.open_question(Question(asked.key, asked, Stage.OPEN, 0, topics, 0, NOW))
    with store.read() as tx:
        question = tx.question(f"x:{number}")
    assert question is not None
    return question


def test_a_question_comes_back_as_it_was_put_in(store):
    question = opened(store)
    assert question.post == post()
    assert question.topics == (TopicScore("tv", 0.9, ("“sound”",)),)
    assert (question.stage, question.version, question.opened_at) == (Stage.OPEN, 0, NOW)


def test_a_post_is_heard_once(store):
    opened(store)
    with store.transaction() as tx:
        assert not tx.add_post(post(), ASKS, NOW, None)
        assert tx.known_posts(["x:1", "x:2"]) == {"x:1"}


def test_a_text_with_nul_is_kept_without_it(store):
    with store.transaction() as tx:
        tx.add_post(post(5, text="a\0b"), Verdict(Kind.CHATTER, ("\0",)), NOW, None)
    with store.read() as tx:
        found = tx.post("x:5")
    assert found is not None
    assert found[0].text == "a�b"


def test_a_step_on_an_old_version_does_nothing(store):
    question = opened(store)
    with store.transaction() as tx:
        moved = tx.move(question, Stage.ASKED, wave=1)
        assert moved is not None
        assert (moved.stage, moved.version, moved.wave) == (Stage.ASKED, 1, 1)
    with store.transaction() as tx:
        assert tx.move(question, Stage.CLAIMED, claimed_by="jo") is None
    with store.read() as tx:
        assert tx.question("x:1").stage is Stage.ASKED


def test_of_many_who_step_at_once_one_wins(store):
    question = opened(store)
    won: list[str] = []
    gate = threading.Barrier(8)

    def claim(name: str) -> None:
        gate.wait()
        with store.transaction() as tx:
            if tx.move(question, Stage.CLAIMED, claimed_by=name):
                won.append(name)

    threads = [threading.Thread(target=claim, args=(f"e{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    with store.read() as tx:
        assert tx.question("x:1").claimed_by == won[0]


def test_an_error_in_a_transaction_leaves_nothing_behind(store):
    with pytest.raises(ZeroDivisionError), store.transaction() as tx:
        tx.add_post(post(9), ASKS, NOW, None)
        tx.set_cursor("x", "9")
        _ = 1 / 0
    with store.read() as tx:
        assert tx.post("x:9") is None
        assert tx.cursor("x") is None


def test_the_cursor_moves(store):
    for value in ("10", "20"):
        with store.transaction() as tx:
            tx.set_cursor("x", value)
    with store.read() as tx:
        assert tx.cursor("x") == "20"


def test_the_latest_question_of_a_customer_is_found_in_its_conversation(store):
    question = opened(store)
    with store.read() as tx:
        assert tx.latest_in_conversation("x", "1", "7").id == "x:1"
        assert tx.latest_in_conversation("x", "1", "8") is None
    with store.transaction() as tx:
        tx.move(question, Stage.DISMISSED)
    with store.read() as tx:
        assert tx.latest_in_conversation("x", "1", "7").stage is Stage.DISMISSED


def test_asks_are_kept_counted_and_changed(store):
    opened(store)
    with store.transaction() as tx:
        ask = tx.add_ask("x:1", "jo", role=AskRole.ANSWER, wave=1, reasons=["knows tv"], at=NOW)
        tx.add_ask("x:1", "mo", role=AskRole.REVIEW, wave=1, reasons=[], at=NOW)
        tx.set_ask(ask.id, state=AskState.PASSED, place=Place("D1", "1.2"), shown=3)
    with store.read() as tx:
        first, second = tx.asks("x:1")
        assert (first.state, first.channel, first.ts, first.shown) == (AskState.PASSED, "D1", "1.2", 3)
        assert second.role is AskRole.REVIEW
        assert tx.asks_since(NOW - timedelta(hours=1)) == {"jo": [NOW]}
        assert tx.asks_since(NOW + timedelta(hours=1)) == {}


def ask_on_tv(tx, question: str, who: str, *, hours: int = 1, wave: int = 1) -> int:
    at = NOW - timedelta(hours=hours)
    return tx.add_ask(question, who, role=AskRole.ANSWER, wave=wave, reasons=[], at=at, topic="tv").id


def test_standings_tell_how_each_expert_fared_with_a_topic(store):
    """Jo answered two and one came back first; Al passed; Bo let one lie and was outrun at the other."""
    for number in (1, 2, 3):
        opened(store, number)
    with store.transaction() as tx:
        for who in ("jo", "al", "bo"):
            ask = ask_on_tv(tx, "x:1", who, hours=3)
            if who == "al":
                tx.set_ask(ask, state=AskState.PASSED)
        ask_on_tv(tx, "x:2", "jo")
        ask_on_tv(tx, "x:2", "bo", hours=2)
        tx.add_ask("x:3", "jo", role=AskRole.ANSWER, wave=1, reasons=[], at=NOW, topic="audio")
        tx.add_ask("x:3", "jo", role=AskRole.REVIEW, wave=1, reasons=[], at=NOW, topic="tv")
        for number, state in ((1, AnswerState.PUBLISHED), (2, AnswerState.DRAFT)):
            answer = tx.save_answer(f"x:{number}", "jo", "t", ("t",), state=AnswerState.HELD, reasons=(), at=NOW)
            tx.set_answer(answer.id, state, NOW, returned=number == 2)
        tx.move(tx.question("x:1"), Stage.PUBLISHED, wave=1)
        tx.move(tx.question("x:2"), Stage.UNANSWERED, wave=1)
    with store.read() as tx:
        found = tx.standings("tv", NOW - timedelta(days=1))
        assert tx.standings("tv", NOW) == {}
    assert found == {
        "jo": Standing(2, 1, 0, 1, 1, 1, NOW - timedelta(hours=1), NOW),
        "al": Standing(1, passed=1, last_asked_at=NOW - timedelta(hours=3)),
        "bo": Standing(2, let_by=1, last_asked_at=NOW - timedelta(hours=2)),
    }


def test_reactions_tell_what_became_of_each_ask(store):
    """Jo took the first; Al passed it, Bo was too late. Nobody has the second, and nobody ever had the third."""
    for number in (1, 2, 3):
        opened(store, number)
    soon, later = NOW - timedelta(minutes=50), NOW - timedelta(minutes=5)
    with store.transaction() as tx:
        for who in ("jo", "al", "bo"):
            ask = ask_on_tv(tx, "x:1", who)
            if who == "al":
                tx.set_ask(ask, state=AskState.PASSED)
        ask_on_tv(tx, "x:2", "bo", hours=2)
        ask_on_tv(tx, "x:3", "bo", hours=3)
        tx.save_answer("x:1", "jo", "t", ("t",), state=AnswerState.HELD, reasons=(), at=later)
        tx.move(tx.question("x:1"), Stage.HELD, claimed_by="jo", claimed_at=soon)
        tx.move(tx.question("x:3"), Stage.DISMISSED, closed_at=later)
        assert tx.unclaimed() == 1
    hour = NOW - timedelta(hours=1)
    with store.read() as tx:
        assert tx.reactions(NOW) == []
        assert tx.reactions(NOW - timedelta(hours=4)) == [
            Reaction("bo", NOW - timedelta(hours=3), later),
            Reaction("bo", NOW - timedelta(hours=2)),
            Reaction("jo", hour, soon, acted=True, answered=True),
            Reaction("al", hour, hour, acted=True, passed=True),
            Reaction("bo", hour, soon),
        ]


def test_it_is_known_who_holds_questions_and_who_writes(store):
    first, second = opened(store, 1), opened(store, 2)
    with store.transaction() as tx:
        tx.move(first, Stage.CLAIMED, claimed_by="jo")
        tx.move(second, Stage.HELD, claimed_by="jo")
        tx.save_answer("x:1", "jo", "t", (), state=AnswerState.DRAFT, reasons=(), at=NOW)
    with store.read() as tx:
        assert tx.holding() == {"jo": 1}
        assert tx.writing_since(NOW) == {"jo": NOW}
        assert tx.writing_since(NOW + timedelta(seconds=1)) == {}


def test_a_draft_is_replaced_not_doubled(store):
    opened(store)
    with store.transaction() as tx:
        tx.save_answer("x:1", "jo", "dr", (), state=AnswerState.DRAFT, reasons=(), at=NOW)
        tx.save_answer("x:1", "jo", "done", ("done ^JD",), state=AnswerState.ACCEPTED, reasons=("ok",), at=NOW)
    with store.transaction() as tx:
        (answer,) = tx.answers("x:1")
        assert (answer.text, answer.public, answer.state) == ("done", "done ^JD", AnswerState.ACCEPTED)
        tx.set_answer(answer.id, AnswerState.PUBLISHED, NOW, post_ids=("77",))
        assert tx.answer(answer.id).post_ids == ("77",)


def test_an_outbox_key_is_taken_once(store):
    with store.transaction() as tx:
        number = tx.add_delivery("reply:x:1", DeliveryKind.REPLY, question="x:1", subject="1", pieces=("hi",), at=NOW)
        assert number is not None
        assert (
            tx.add_delivery("reply:x:1", DeliveryKind.REPLY, question="x:1", subject="1", pieces=("hi",), at=NOW)
            is None
        )


def test_of_two_workers_on_one_outbox_row_one_goes_on(store):
    with store.transaction() as tx:
        number = tx.add_delivery("card:1", DeliveryKind.CARD, question="x:1", subject="1", pieces=(), at=NOW)
        row = tx.delivery(number)
    with store.transaction() as tx:
        called = tx.set_delivery(row, DeliveryState.CALLING, NOW)
        assert called.attempts == 1
    with store.transaction() as tx:
        assert tx.set_delivery(row, DeliveryState.CALLING, NOW) is None
        assert tx.set_delivery(called, DeliveryState.SENT, NOW, done=("9",)).done == ("9",)


def test_events_are_acted_on_once_even_when_they_come_together(store):
    first: list[bool] = []

    def come() -> None:
        with store.transaction() as tx:
            first.append(tx.first_time("Ev1", NOW))

    threads = [threading.Thread(target=come) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(first) == [False] * 5 + [True]


def test_the_journal_reads_in_order_and_by_post(store):
    with store.transaction() as tx:
        for step in (JournalStep.CLAIM, JournalStep.RELEASE):
            tx.add_entry(Entry(NOW, "x:1", "triage", step, ("why",)))
        tx.add_entry(Entry(NOW, "x:2", "triage", JournalStep.CHATTER))
    with store.read() as tx:
        assert [entry.step for entry in tx.trail("x:1")] == [JournalStep.CLAIM, JournalStep.RELEASE]
        lines = tx.journal(0)
        assert [entry.step for _, entry in lines] == [JournalStep.CLAIM, JournalStep.RELEASE, JournalStep.CHATTER]
        assert [entry.step for _, entry in tx.journal(lines[1][0])] == [JournalStep.CHATTER]
        assert tx.counts()["journal"] == {"claim": 1, "release": 1, "chatter": 1}


def test_lessons_come_back_in_order(store):
    with store.transaction() as tx:
        tx.learn("x:1", "no sound", "tv", NOW)
        tx.learn("x:2", "lol", None, NOW)
    with store.read() as tx:
        assert list(tx.learned()) == [("x:1", "no sound", "tv"), ("x:2", "lol", None)]


def test_a_question_teaches_one_lesson_the_latest_until_it_is_undone(store):
    with store.transaction() as tx:
        tx.learn("x:1", "no sound", "tv", NOW)
        tx.learn("x:1", "no sound", "audio", NOW)
        assert list(tx.learned()) == [("x:1", "no sound", "audio")]
        assert tx.lesson("x:1") == ("no sound", "audio")
        tx.unlearn("x:1", NOW)
        assert tx.lesson("x:1") is None
        assert list(tx.learned()) == []


def test_what_changed_since_a_number_is_told_also_what_was_forgotten(store):
    with store.transaction() as tx:
        for number in range(3):
            tx.learn(f"x:{number}", "no sound", "tv", NOW)
        first, *_, last = tx.lessons_since(0)
        assert first.number < last.number
        tx.unlearn("x:0", NOW)
        tx.unlearn("x:9", NOW)
        changes = list(tx.lessons_since(last.number))
    assert [(c.question, c.text, c.topic, c.forgotten) for c in changes] == [("x:0", "", None, True)]


def test_refreshes_under_way_are_found_by_their_question_however_much_waits(tmp_path: Path):
    """Of two indexes that seem as good, SQLite takes the one that was made last; which one that is, is chance."""
    store = SqlStore(f"sqlite:///{tmp_path / 'a.db'}")
    with store.transaction() as tx:
        for change in ("DROP INDEX ix_twelp_delivery_state", "CREATE INDEX other ON twelp_delivery (state)"):
            tx.connection.exec_driver_sql(change)
        for statement in (outbox.REFRESHING, outbox.REFRESHING_ONE):
            text = str(statement.compile(dialect=tx.connection.dialect))
            plan = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", ("a",) * text.count("?")).all()
            assert "ix_twelp_delivery_question" in str(plan)
    store.close()


def test_hours_stand_in_sqlite_as_sqlalchemy_writes_them():
    dialect, kind = sqlite.dialect(), Utc()
    written = kind.bind_processor(dialect)(NOW.astimezone(timezone(timedelta(hours=5))))
    assert written == sa.DateTime().dialect_impl(dialect).bind_processor(dialect)(NOW.replace(tzinfo=None))
    assert kind.result_processor(dialect, None)(written) == NOW
    assert kind.result_processor(dialect, None)(None) is None
    assert kind.bind_processor(dialect)(None) is None


def test_a_naive_hour_is_refused(store):
    with pytest.raises(Exception, match="naive datetime"), store.transaction() as tx:
        tx.add_entry(Entry(datetime(2026, 1, 1), "x:1", "a", JournalStep.CLAIM))  # noqa: DTZ001
        tx.session.flush()


def test_a_second_process_on_sqlite_is_told_who_holds_it(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    first = SqlStore(url)
    with pytest.raises(StoreError, match=r"in use by another twelp \(process \d+\).*Postgres"):
        SqlStore(url)
    reader = SqlStore(url, reading=True)
    reader.close()
    first.close()
    SqlStore(url).close()


def test_who_is_at_work_when_the_database_is_closed_leaves_no_log_behind(tmp_path: Path):
    store = SqlStore(f"sqlite:///{tmp_path / 'a.db'}")
    opened(store)
    with store.transaction() as tx:
        store.close()
        tx.learn("x:1", "no sound", "tv", NOW)
    assert not (tmp_path / "a.db-wal").exists()


def test_reading_where_nothing_is_says_so_and_makes_nothing(tmp_path: Path):
    path = tmp_path / "none.db"
    with pytest.raises(StoreError, match="no database at") as told:
        SqlStore(f"sqlite:///{path}", reading=True)
    assert told.value.absent
    assert not path.exists()


def test_a_newer_database_is_refused(database_url: str):
    import sqlalchemy as sa

    store = SqlStore(database_url)
    with store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE twelp_house SET value = '999' WHERE name = 'schema'"))
    store.close()
    with pytest.raises(StoreError, match="newer than this twelp's"):
        SqlStore(database_url)


def test_an_unreachable_server_is_named_without_its_password():
    with pytest.raises(StoreError, match="cannot be used") as told:
        SqlStore("postgresql+psycopg://u:s3cret@127.0.0.1:1/x")
    assert "s3cret" not in str(told.value)


def test_an_answer_of_several_posts_goes_through_the_ledger_post_by_post(store: SqlStore):
    """What is done counts for the compare-and-set: a worker that was frozen at the first post cannot end the second."""
    asked = opened(store)
    posts = ("First. And", "then.\n\nLast. ^JD")
    with store.transaction() as tx:
        answer = tx.save_answer(asked.id, "jo", "t", posts, state=AnswerState.PUBLISHED, reasons=(), at=NOW)
        tx.set_answer(answer.id, AnswerState.PUBLISHED, NOW, post_ids=("7", "8"))
        kept = tx.answer(answer.id)
        assert (kept.posts, kept.post_ids, kept.public) == (posts, ("7", "8"), "First. And\n\nthen.\n\nLast. ^JD")
        assert [said.text for said in tx.conversation(asked.post)] == [kept.public]
        number = tx.add_delivery("r", DeliveryKind.THREAD, question=asked.id, subject="1", pieces=posts, at=NOW)
        row = tx.delivery(number)
        assert (row.pieces, row.done) == (posts, ())
        frozen = tx.set_delivery(row, DeliveryState.CALLING, NOW)
        one = tx.set_delivery(frozen, DeliveryState.READY, NOW, done=("7",))
        two = tx.set_delivery(one, DeliveryState.CALLING, NOW)
        assert (two.attempts, two.done, tx.delivery(number)) == (1, ("7",), two)
        assert tx.set_delivery(frozen, DeliveryState.SENT, NOW, done=("7",)) is None
        assert tx.set_delivery(two, DeliveryState.FAILED, NOW, error="no").done == ("7",)
        assert tx.posted(asked.id) == {"7"}


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_two_refreshes_of_a_question_that_end_together_do_not_wait_for_each_other(store: SqlStore):
    """Each has ended its own row and asks whether its own card wants another: neither holds what the other needs."""
    asked = opened(store)
    with store.transaction() as tx:
        add = {"question": asked.id, "pieces": (), "at": NOW}
        numbers = [tx.add_delivery(f"refresh:{n}", DeliveryKind.REFRESH, subject=str(n), **add) for n in (1, 2)]
    both, failures = threading.Barrier(2), []

    def end(ask: int, number: int) -> None:
        try:
            with store.transaction() as tx:
                row = tx.delivery(number)
                assert tx.set_delivery(row, DeliveryState.SENT, NOW)
                both.wait(5)
                assert tx.refreshing(asked.id, ask) == set()
        except Exception as error:  # a deadlock, told by whichever was chosen
            failures.append(error)

    threads = [threading.Thread(target=end, args=pair) for pair in zip((1, 2), numbers, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert failures == []


def test_a_database_that_was_never_released_is_refused_with_the_remedy(tmp_path: Path):
    import sqlalchemy as sa

    url = f"sqlite:///{tmp_path / 'old.db'}"
    store = SqlStore(url)
    with store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE twelp_house SET value = '1' WHERE name = 'schema'"))
    store.close()
    with pytest.raises(StoreError, match=r"never released .* move it aside"):
        SqlStore(url)
    SqlStore(url, fresh=True).close()
    SqlStore(url).close()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_houses_that_start_together_on_an_empty_database_all_start(database_url: str):
    together, failures = threading.Barrier(4), []

    def start() -> None:
        together.wait(5)
        try:
            SqlStore(database_url).close()
        except StoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert failures == []


def test_a_statement_is_the_same_whoever_runs_it(store: SqlStore) -> None:
    """What a driver is handed directly gives the rows that SQLAlchemy would, conversions and all."""
    asked = post("1")
    with store.transaction() as tx:
        assert tx.add_post(asked, ASKS, NOW, asked.key)
        tx.open_question(Question(asked.key, asked, Stage.OPEN, 0, (), 0, NOW))
        tx.add_entry(Entry(NOW, asked.key, "triage", JournalStep.QUESTION, ("why",), {"score": 0.5}))
        tx.add_entry(Entry(NOW, asked.key, "match", JournalStep.TOPICS, (), {}))
    for statement, params in (
        (questions.ONE, {"question": asked.key}),
        (questions.IN_CONVERSATION, {"network": "x", "conversation": asked.conversation, "author": asked.author.id}),
        (journal.TRAIL, {"subject": asked.key}),
        (journal.PROGRESS, {}),
        (history.UNCLAIMED, {}),
    ):
        with store.read() as tx:
            usual = [tuple(row) for row in tx.connection.execute(statement, params)]
            assert usual
            assert ready(statement, params, tx.connection.dialect) is not None
            assert [tuple(row) for row in tx._all(statement, params)] == usual


def test_a_column_that_is_left_out_has_its_default(store: SqlStore) -> None:
    insert, row = sa.insert(table(LessonRow)), {"question": "x:1", "text": "why?", "topic": "tv", "at": NOW}
    with store.transaction() as tx:
        tx.do(insert, row)
    with store.read() as tx:
        assert tx.connection.execute(sa.select(LessonRow.forgotten)).scalar() is False


def test_what_follows_a_commit_is_done_though_something_before_it_failed(
    store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    """And whoever asked for the commit does not hear that it had failed."""
    done = []
    with store.transaction() as tx:
        tx.after(lambda: [][0])
        tx.after(lambda: done.append("the rest"))
    assert done == ["the rest"]
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [IndexError]
