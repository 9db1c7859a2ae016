"""A database of an older version is brought up without loss; one of a newer is refused; revisions and tables agree."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from twelp.adapters.store import SqlStore, schema
from twelp.adapters.store.tables import SCHEMA_VERSION
from twelp.cli import db
from twelp.errors import StoreError

_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def _old(url: str, version: int) -> None:
    """A database as a twelp of that version left it, before there were revisions, with a lesson and a journal line."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        command.upgrade(schema.revisions(connection), f"{version:04}")
        connection.execute(sa.text(f"DROP TABLE {schema.REVISIONS}"))
        connection.execute(sa.text("INSERT INTO twelp_house (name, value) VALUES ('schema', :v)"), {"v": str(version)})
        learned = "INSERT INTO twelp_lesson (question, text, topic, at) VALUES ('x:1', 'no sound', 'audio', :at)"
        noted = (
            """INSERT INTO twelp_journal (at, subject, actor, step, reasons) VALUES (:at, 'x:1', 'triage', 'q', '[]')"""
        )
        for statement in (learned, noted):
            connection.execute(sa.text(statement), {"at": _AT.replace(tzinfo=None)})
    engine.dispose()


@pytest.mark.parametrize("version", [2, 3, 6, 9])
def test_an_older_database_is_upgraded_without_loss_and_is_then_as_a_new_one(database_url: str, version: int):
    _old(database_url, version)
    store = SqlStore(database_url)
    assert store.found == version
    with store.transaction() as tx:
        assert tx.lesson("x:1") == ("no sound", "audio")
        assert [line.at for line in tx.trail("x:1")] == [_AT]
    with store.engine.connect() as connection:
        opened = MigrationContext.configure(connection, opts={"version_table": schema.REVISIONS})
        differences = compare_metadata(opened, SQLModel.metadata)
    store.close()
    assert differences == [], "tables.py says otherwise: add a revision (CONTRIBUTING.md)"
    again = SqlStore(database_url)
    assert again.found == SCHEMA_VERSION
    again.close()


def test_the_last_revision_is_the_version_of_the_tables():
    with sa.create_engine("sqlite://").connect() as connection:
        heads = ScriptDirectory.from_config(schema.revisions(connection)).get_heads()
    assert heads == [f"{SCHEMA_VERSION:04}"]


def test_a_reader_says_how_an_older_database_is_upgraded(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'old.db'}"
    _old(url, 2)
    with pytest.raises(StoreError, match="twelp db upgrade"):
        SqlStore(url, reading=True)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_several_processes_that_start_together_upgrade_once(database_url: str):
    _old(database_url, 2)
    opened: list[SqlStore] = []
    threads = [Thread(target=lambda: opened.append(SqlStore(database_url))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for store in opened:
        store.close()
    assert len(opened) == 4


def test_an_upgrade_that_fails_changes_nothing(database_url: str, monkeypatch: pytest.MonkeyPatch):
    _old(database_url, 2)

    def breaks(_: object) -> None:
        raise RuntimeError("the ground went away")

    monkeypatch.setattr(schema, "_note", breaks)
    with pytest.raises(RuntimeError):
        SqlStore(database_url)
    monkeypatch.undo()
    store = SqlStore(database_url)
    assert store.found == 2
    store.close()


def test_a_start_with_nothing_to_upgrade_does_not_call_the_migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(schema, "_upgrade")
    for _ in range(2):
        store = SqlStore(f"sqlite:///{tmp_path / 'a.db'}")
        assert store.found in (None, SCHEMA_VERSION)
        store.close()


def test_a_schema_that_was_changed_by_hand_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    store = SqlStore(url)
    with store.transaction() as tx:
        tx.connection.execute(sa.text(f"UPDATE {schema.REVISIONS} SET version_num = '0003'"))
    assert db.check(as_json=False) == 1
    assert "twelp_schema says 0003" in capsys.readouterr().out
    with store.transaction() as tx:
        tx.connection.execute(sa.text("UPDATE twelp_house SET value = 'abc' WHERE name = 'schema'"))
    store.close()
    for opening in (lambda: db.check(as_json=False), lambda: SqlStore(url)):
        with pytest.raises(StoreError, match="'abc' for its schema, which should be a number"):
            opening()


def test_the_verbs_upgrade_and_check_each_database(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("DATABASE_URL", database_url)
    _old(database_url, 2)
    assert db.check(as_json=False) == 1
    assert "twelp db upgrade" in capsys.readouterr().out
    db.upgrade(as_json=False)
    assert f"from schema 2 to {SCHEMA_VERSION}" in capsys.readouterr().out
    assert db.check(as_json=True) == 0
