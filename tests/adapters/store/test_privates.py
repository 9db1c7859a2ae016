"""Private cases as rows: one customer, one case; no message twice; of two who change one, one wins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from twelp.adapters.store import SqlStore
from twelp.model import Kind, MessageState, PrivateCase, PrivateMessage, PrivateState

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
CASE = PrivateCase("private:0a1b", "x", "17", "mia", PrivateState.INVITED, AT, question="x:1", owner="ann@volt.example")
SAID = PrivateMessage(0, CASE.id, ours=False, text="my order", at=AT, state=MessageState.HEARD, remote_id="x:5")


@pytest.fixture
def store(database_url: str) -> Iterator[SqlStore]:
    made = SqlStore(database_url)
    yield made
    made.close()


def test_a_case_is_there_once_and_is_changed_by_one_at_a_time(store: SqlStore):
    with store.transaction() as tx:
        assert tx.add_private_case(CASE)
        assert not tx.add_private_case(replace(CASE, owner=None))
        moved = tx.move_private_case(CASE, state=PrivateState.WAITING, wrote_at=AT, kind=Kind.QUESTION)
        assert moved == replace(CASE, state=PrivateState.WAITING, wrote_at=AT, kind=Kind.QUESTION, version=1)
        assert tx.move_private_case(CASE, owner=None) is None
        assert tx.private_case(CASE.id) == tx.private_case_of("x:1") == moved
        alarmed = tx.move_private_case(moved, alarm="x:9")
        assert tx.private_case_of("x:9") == alarmed
        assert tx.private_case_of("x:2") is None


def test_a_message_is_there_once_and_its_words_can_be_removed(store: SqlStore):
    with store.transaction() as tx:
        first = tx.add_private_message(SAID)
        assert first is not None
        assert tx.add_private_message(SAID) is None
        ours = tx.add_private_message(replace(SAID, ours=True, remote_id=None, state=MessageState.HELD, text="hm"))
        other = tx.add_private_message(replace(SAID, ours=True, remote_id=None, state=MessageState.HELD, text="oh"))
        assert ours is not None
        assert other is not None
        sent = tx.set_private_message(ours, MessageState.SENT, remote_id="x:6", until=AT + timedelta(minutes=1))
        assert tx.set_private_message(ours, MessageState.TAKEN_BACK) is None
        gone = tx.set_private_message(first, MessageState.HEARD, text="", removed_at=AT)
        assert tx.private_messages(CASE.id) == [gone, sent, other]
        assert tx.private_message(first.id) == gone


def test_a_card_knows_where_it_is(store: SqlStore):
    with store.transaction() as tx:
        copy = tx.add_private_copy(CASE.id, "ann@volt.example")
        again = tx.add_private_copy(CASE.id, "ann@volt.example")
        assert copy.id != again.id
        tx.set_private_copy(copy.id, channel="D1", ts="1.2", shown=3, is_open=False)
        assert tx.private_copy(copy.id) == replace(copy, channel="D1", ts="1.2", shown=3, is_open=False)
        assert [one.sent for one in tx.private_copies(CASE.id)] == [True, False]
