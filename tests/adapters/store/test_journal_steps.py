"""Every step of the journal is a value; what it is about stands beside it, and rows of earlier versions still read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from twelp.adapters.store import SqlStore
from twelp.model import Entry, JournalStep, Kind

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
EARLIER = [
    ("wave 2", JournalStep.WAVE, "2"),
    ("ask Ann Lee", JournalStep.ASK, "Ann Lee"),
    ("ask Bo wants quiet", JournalStep.ASK, "Bo wants quiet"),
    ("ask {0} %s Ünal\nLi", JournalStep.ASK, "{0} %s Ünal\nLi"),
    ("did not ask Ann Lee", JournalStep.DID_NOT_ASK, "Ann Lee"),
    ("shown in C123", JournalStep.SHOWN, "C123"),
    ("could not reach Bob Roe", JournalStep.UNREACHABLE, "Bob Roe"),
    ("could not post in C123", JournalStep.NOT_POSTED, "C123"),
    ("Ann Lee wants quiet", JournalStep.WANTS_QUIET, "Ann Lee"),
    ("2 of 3 stands", JournalStep.STANDS, "2 of 3"),
    ("1 of 3 taken down", JournalStep.TAKEN_DOWN, "1 of 3"),
    ("a step of another version", JournalStep.UNKNOWN, "a step of another version"),
    ("", JournalStep.UNKNOWN, ""),
]
"""What a row of an earlier version held, the step it is read as, and whom or what that is about."""


@pytest.mark.parametrize(("text", "step", "about"), EARLIER)
def test_a_row_of_an_earlier_version_reads_as_one_of_today(database_url: str, text: str, step: JournalStep, about: str):
    store = SqlStore(database_url)
    insert = sa.text(
        "INSERT INTO twelp_journal (at, subject, actor, step, reasons) VALUES (:at, 'x:1', 'd', :step, :why)"
    )
    with store.transaction() as tx:
        tx.add_entry(Entry(NOW, "x:1", "d", step, (about, "because")))
        tx.write_gathered()
        at = tx.connection.execute(sa.text("SELECT at FROM twelp_journal")).scalar_one()
        tx.connection.execute(insert, {"at": at, "step": text, "why": json.dumps(["because"])})
    with store.read() as tx:
        trail = tx.trail("x:1")
        lines = [entry for _, entry in tx.journal(0)]
    store.close()
    assert trail == lines
    assert trail[0] == trail[1]
    assert trail[1].told() == (text, ("because",)), "people read what they read before"


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    store = SqlStore(f"sqlite:///{tmp_path_factory.mktemp('steps') / 'a.db'}")
    yield store
    store.close()


@pytest.mark.parametrize("step", JournalStep)
def test_a_step_comes_back_from_the_database_as_it_was_written(one_store: SqlStore, step: JournalStep):
    store, subject = one_store, f"x:{step.name}"
    with store.transaction() as tx:
        tx.add_entry(Entry(NOW, subject, "dispatch", step, ("Ann Lee", "because")))
        tx.add_entry(Entry(NOW, subject, "dispatch", step))
    with store.read() as tx:
        told, bare = tx.trail(subject)
        assert tx.counts()["journal"][step.value] == 2
    assert (told.step, told.reasons) == (step, ("Ann Lee", "because"))
    assert (bare.step, bare.told()) == (step, (step.value, ()))


@pytest.mark.parametrize("kind", Kind)
def test_whatever_a_post_is_taken_for_is_a_step(kind: Kind):
    assert JournalStep(kind).value == kind.value
