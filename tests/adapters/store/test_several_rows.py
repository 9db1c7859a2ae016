"""Several rows are written in one statement where each statement is a way to another machine and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from twelp.adapters.store import SqlStore
from twelp.adapters.store.queries import figures as counts
from twelp.adapters.store.queries import journal, lists
from twelp.adapters.store.ready import ready
from twelp.model import Count, DeliveryKind, Dimension, Entry, Figure, JournalStep

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def store(database_url: str) -> Iterator[SqlStore]:
    made = SqlStore(database_url)
    yield made
    made.close()


def test_lines_of_the_journal_keep_their_order_and_all_they_say(store: SqlStore):
    lines = [
        Entry(
            NOW, "x:1", "triage", JournalStep.CHATTER, (f"it’s “{n}”", "{a,b}", 'c"d\\'), {"n": [n, None]} if n else {}
        )
        for n in range(7)
    ]
    with store.transaction() as tx:
        for line in lines:
            tx.add_entry(line)
    with store.read() as tx:
        assert list(tx.trail("x:1")) == lines


def test_what_is_counted_several_times_at_once_adds_up(store: SqlStore):
    each = [Count("2026-11-30", Dimension.HOUR, f"{hour:02}", Figure.POSTS) for hour in range(5)]
    for _ in range(3):
        with store.transaction() as tx:
            tx.count([*each, *each])
    with store.read() as tx:
        found = tx.counted(Dimension.HOUR, "2026-11-30", "2026-12-01")
    assert found == {f"{hour:02}": {Figure.POSTS: 6} for hour in range(5)}


def test_cards_are_added_once_whatever_is_there_already(store: SqlStore):
    with store.transaction() as tx:
        (first,) = tx.add_cards(DeliveryKind.CARD, {"card:2:0": "2"}, question="x:1", at=NOW).values()
        several = {f"card:{ask}:0": str(ask) for ask in (1, 2, 3)}
        added = tx.add_cards(DeliveryKind.CARD, several, question="x:1", at=NOW)
        assert added.keys() == {"card:1:0", "card:3:0"}
        assert tx.add_cards(DeliveryKind.CARD, {}, question="x:1", at=NOW) == {}
        rows = [tx.delivery(number) for number in (added["card:1:0"], first, added["card:3:0"])]
    assert [(row.subject, row.errand, row.key) for row in rows if row] == [
        (ask, DeliveryKind.CARD, f"card:{ask}:0") for ask in "123"
    ]


@pytest.mark.parametrize("insert", [journal.NOTE, counts.ADD["postgresql"], lists.PUT_BEFORE])
def test_only_an_insert_whose_types_are_known_takes_several(store: SqlStore, insert: object):
    if store.sqlite:
        return
    names = [column.name for column in insert.table.c if column.name != "id"] if isinstance(insert, sa.Insert) else []
    made = ready(insert, dict.fromkeys(names or ("expert", "most")), store.engine.dialect)
    assert made is not None
    assert (made.for_many is not None) is bool(names)
