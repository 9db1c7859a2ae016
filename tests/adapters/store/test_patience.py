"""Nobody waits for ever for a database, nor for somebody else who stands still: Postgres."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from benchmarks.relay import Relay
from twelp.adapters.store import SqlStore, patient
from twelp.errors import StoreError

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
NOW = datetime.now(UTC)
COUNT_UP = sa.text("INSERT INTO tried (at, value) VALUES (:at, :value) ON CONFLICT (at, value) DO NOTHING")


@pytest.fixture
def store(database_url: str) -> Iterator[SqlStore]:
    made = SqlStore(database_url)
    yield made
    made.close()


def test_the_store_itself_asks_the_server_for_patience_and_says_who_it_is(store: SqlStore):
    with store.read() as tx:
        found = {
            name: tx.connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in ("idle_in_transaction_session_timeout", "lock_timeout", "application_name")
        }
    assert found == {
        "idle_in_transaction_session_timeout": "10s",
        "lock_timeout": "20s",
        "application_name": "twelp",
    }


def test_an_address_that_says_so_itself_is_obeyed(database_url: str):
    url = sa.make_url(database_url).update_query_dict({"options": "-c lock_timeout=7s", "application_name": "other"})
    store = SqlStore(url.render_as_string(hide_password=False))
    with store.read() as tx:
        found = [
            tx.connection.exec_driver_sql(f"SHOW {name}").scalar() for name in ("lock_timeout", "application_name")
        ]
    store.close()
    assert found == ["7s", "other"]


def test_whoever_stands_still_in_a_transaction_loses_it_and_the_others_go_on(database_url: str, store: SqlStore):
    """What they had written is undone, and they are told so when they wake up."""
    url = sa.make_url(database_url).update_query_dict({"options": "-c idle_in_transaction_session_timeout=300ms"})
    sleeper = SqlStore(url.render_as_string(hide_password=False))
    with store.transaction() as tx:
        tx.set_cursor("x", "1")
    with pytest.raises(StoreError), sleeper.transaction() as asleep:
        asleep.set_cursor("x", "2")
        began = time.monotonic()
        with store.transaction() as tx:
            tx.set_cursor("x", "3")
        assert time.monotonic() - began < 10
        asleep.cursor("x")
    with store.read() as tx:
        assert tx.cursor("x") == "3"
    with sleeper.transaction() as tx:
        tx.set_cursor("x", "4")
    sleeper.close()


def test_an_answer_that_never_comes_is_not_waited_for(database_url: str, monkeypatch: pytest.MonkeyPatch):
    """Nothing passes any more on the way to the server, and no connection ends; then it does again."""
    monkeypatch.setattr(patient, "ANSWERS_WITHIN_S", 0.5)
    address = sa.make_url(database_url)
    proxy = Relay(str(address.host), int(address.port or 5432))
    through = address.set(port=proxy.port).update_query_dict({"connect_timeout": "2"})
    store = SqlStore(through.render_as_string(hide_password=False))
    with store.transaction() as tx:
        tx.set_cursor("x", "1")
    proxy.cut()
    for _ in range(2):
        with pytest.raises(StoreError) as error, store.transaction() as tx:
            tx.set_cursor("x", "2")
        assert error.value.away
    proxy.mend()
    with store.transaction() as tx:
        assert tx.cursor("x") == "1"
    store.close()
    proxy.close()


def test_who_listens_hears_calls_but_its_own(store: SqlStore):
    stop, heard = threading.Event(), threading.Semaphore(0)
    ears = threading.Thread(target=store.hear, args=(stop, heard.release), kwargs={"but": "me"})
    ears.start()
    assert heard.acquire(timeout=20), "of what was said before"
    for caller in ("me", "another"):
        with store.at_once() as tx:
            tx.call_workers(caller)
    assert heard.acquire(timeout=20)
    stop.set()
    ears.join(20)
    assert not heard.acquire(blocking=False)


def test_whoever_is_cut_off_between_two_rows_of_one_statement_loses_them(database_url: str):
    """The server would keep them for ever, were they sent in one go: each is a question of its own."""
    address = sa.make_url(database_url)
    proxy = Relay(str(address.host), int(address.port or 5432))
    through = address.set(port=proxy.port).update_query_dict({"options": "-c idle_in_transaction_session_timeout=1s"})
    store = SqlStore(through.render_as_string(hide_password=False))
    cut = threading.Event()

    def write(part: int) -> None:
        with suppress(StoreError):
            while not cut.is_set():
                with store.transaction() as tx:
                    tx.do(COUNT_UP, *({"at": f"{part}", "value": str(n)} for n in range(9)))

    others = sa.create_engine(database_url)
    with others.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE tried (at text, value text, PRIMARY KEY (at, value))")
    writers = [threading.Thread(target=write, args=(part,)) for part in range(6)]
    for each in writers:
        each.start()
    time.sleep(0.5)
    proxy.cut()
    cut.set()
    held = sa.text("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'twelp' AND xact_start IS NOT NULL")
    until = time.monotonic() + 15
    with others.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while connection.execute(held).scalar_one():
            assert time.monotonic() < until, "a transaction is held for ever"
            time.sleep(0.1)
    proxy.mend()
    for each in writers:
        each.join(30)
    proxy.close()
    store.close()
    others.dispose()


def test_of_two_who_wait_for_each_other_one_is_told_to_begin_anew(store: SqlStore):
    """What the desk does is begun anew then; nobody who pressed a button hears of it."""
    with store.transaction() as tx:
        tx.set_cursor("a", "0")
        tx.set_cursor("b", "0")
    both, ended = threading.Barrier(2), list[bool]()

    def move(first: str, second: str) -> None:
        try:
            with store.transaction() as tx:
                tx.set_cursor(first, "1")
                both.wait(10)
                tx.set_cursor(second, "1")
        except StoreError as error:
            ended.append(error.overtaken)

    movers = [threading.Thread(target=move, args=pair) for pair in (("a", "b"), ("b", "a"))]
    for each in movers:
        each.start()
    for each in movers:
        each.join(30)
    assert ended == [True]
