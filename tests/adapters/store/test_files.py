"""The database as files: copies, damage, and who may read it; as an operator meets it in `twelp db`."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.adapters.store.test_store import opened
from twelp.adapters.store import SqlStore, files
from twelp.adapters.store.restoring import restored_at
from twelp.cli import db, watch
from twelp.errors import ConfigError, StoreError
from twelp.wiring.processes import ProcessBoard, Use


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///a.db")
    monkeypatch.setenv("PORT", "9")  # where nobody answers
    return Path("a.db")


def spoil(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 4 * 4096)


def test_a_backup_taken_beside_a_running_twelp_can_be_put_back(path: Path, capsys: pytest.CaptureFixture[str]):
    store = SqlStore("sqlite:///a.db")
    opened(store, 1)
    db.backup(Path("b.db"))
    opened(store, 2)
    with pytest.raises(StoreError, match="in use by another twelp"):
        db.restore(Path("b.db"))
    with pytest.raises(StoreError, match="never written over"):
        db.backup(Path("b.db"))
    store.close()
    db.restore(Path("b.db"))
    store = SqlStore("sqlite:///a.db")
    with store.read() as tx:
        assert tx.question("x:1") is not None
        assert tx.question("x:2") is None
    store.close()
    former = SqlStore("sqlite:///a.db.before-restore-1")
    with former.read() as tx:
        assert tx.question("x:2") is not None
    former.close()
    assert "what was there is now a.db.before-restore-1" in capsys.readouterr().out


def test_only_its_owner_may_read_the_database_and_its_copies(path: Path):
    path.touch(0o644)
    store = SqlStore("sqlite:///a.db")
    opened(store, 1)
    db.backup(Path("b.db"))
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in Path().iterdir()}
    store.close()
    assert set(modes) >= {"a.db", "a.db-wal", "b.db"}
    assert set(modes.values()) == {0o600}


def test_a_damaged_database_is_not_opened_nor_copied_and_check_says_so(path: Path, capsys: pytest.CaptureFixture[str]):
    SqlStore("sqlite:///a.db").close()
    assert db.check(as_json=False) == 0
    db.backup(Path("good.db"))
    spoil(path)
    with pytest.raises(StoreError, match=r"damaged .* `twelp db restore FILE`") as told:
        SqlStore("sqlite:///a.db")
    assert "\n" not in str(told.value), "one line, however much is damaged"
    with pytest.raises(StoreError, match="damaged"):
        db.backup(Path("bad.db"))
    assert not Path("bad.db").exists()
    assert db.check(as_json=False) == 1
    assert "twelp db restore" in capsys.readouterr().out
    db.restore(Path("good.db"))
    assert db.check(as_json=False) == 0


def test_a_backup_that_cannot_be_made_says_what_to_do(path: Path):
    SqlStore("sqlite:///a.db").close()
    why = os.strerror(errno.ENOENT)
    with pytest.raises(StoreError, match=rf"gone/b.db cannot be written: {why}\. Is the folder there"):
        db.backup(Path("gone/b.db"))
    path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(StoreError, match=r"a.db cannot be copied to b.db: .+\. .* db restore FILE"):
        db.backup(Path("b.db"))


def test_a_damaged_database_that_is_only_read_names_the_same_remedy(path: Path):
    path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(StoreError, match=r"a.db cannot be used: .+\. .* `twelp db restore FILE`"):
        SqlStore("sqlite:///a.db", reading=True)
    assert "Make room" in files.remedy("database or disk is full")


def test_damage_that_is_met_later_is_named_with_the_remedy(path: Path):
    store = SqlStore("sqlite:///a.db")
    opened(store, 1)
    with store.read() as tx:
        root = tx.connection.exec_driver_sql(
            "SELECT rootpage FROM sqlite_master WHERE name = 'twelp_question'"
        ).scalar()
    store.close()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    store = SqlStore("sqlite:///a.db", reading=True)
    with pytest.raises(StoreError, match="twelp db restore"), store.read() as tx:
        tx.question("x:1")
    store.close()


def test_an_empty_database_can_be_made_ahead_of_the_start_and_looked_at(path: Path, capsys: pytest.CaptureFixture[str]):
    db.upgrade(as_json=False)
    assert capsys.readouterr().out.startswith("Made a new, empty database at a.db")
    assert watch.status(as_json=False) == 1, "nobody runs"
    assert "0 jobs due" in capsys.readouterr().out


def test_what_is_no_backup_is_not_put_back_nor_touched(path: Path):
    Path("notes.txt").write_text("hello" * 2000)
    Path("empty.db").touch()
    with closing(sqlite3.connect("other.db")) as other:
        other.executescript("PRAGMA journal_mode=WAL; CREATE TABLE invoice(id)")
    Path("newer.db").touch()
    newer = SqlStore("sqlite:///newer.db")
    with newer.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE twelp_house SET value = '999' WHERE name = 'schema'")
    newer.close()
    before = {file: file.read_bytes() for file in Path().iterdir()}
    for name, why in (
        ("notes.txt", "notes.txt is no twelp database"),
        ("empty.db", "no twelp database, it is empty: .* `twelp db backup` made"),
        ("other.db", "no twelp database, it holds other tables"),
        ("newer.db", "schema 999; .* Install the newer"),
        ("gone.db", "no file gone.db: .* `twelp db backup` made"),
    ):
        with pytest.raises(StoreError, match=why):
            db.restore(Path(name))
    assert {file: file.read_bytes() for file in Path().iterdir()} == before


def test_somebody_elses_database_is_neither_taken_over_nor_changed(path: Path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE invoice(id)")
    Path("b.db").touch()
    SqlStore("sqlite:///b.db").close()
    before = {file: file.read_bytes() for file in Path().iterdir()}
    tried: list[Callable[[], object]] = [
        lambda: db.upgrade(as_json=False),
        lambda: db.check(as_json=False),
        lambda: db.backup(Path("c.db")),
        lambda: db.restore(Path("b.db")),
        lambda: SqlStore("sqlite:///a.db", reading=True),
    ]
    for verb in tried:
        with pytest.raises(StoreError, match=r"holds other tables \(invoice\) and none of twelp's"):
            verb()
    assert {file: file.read_bytes() for file in Path().iterdir()} == before


def test_on_postgres_the_line_to_run_is_told_without_the_password(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://volt:hush@db.example/twelp?host=/run/pg&sslpassword=hush")
    line = r"pg_dump .*--file=b.db --dbname='postgresql://volt@db.example/twelp\?host=%2Frun%2Fpg'"
    with pytest.raises(ConfigError, match=line) as told:
        db.backup(Path("b.db"))
    assert "hush" not in str(told.value)


def test_where_no_file_can_be_nothing_is_put_back_and_nothing_left_behind(path: Path, monkeypatch: pytest.MonkeyPatch):
    SqlStore("sqlite:///a.db").close()
    db.backup(Path("b.db"))
    Path("folder").mkdir()
    before = sorted(Path().iterdir())
    monkeypatch.setenv("DATABASE_URL", "sqlite:///folder")
    with pytest.raises(StoreError, match=r"folder cannot be used: it is no file. Is DATABASE_URL right"):
        db.restore(Path("b.db"))
    assert sorted(Path().iterdir()) == before


def test_a_file_system_without_second_names_keeps_a_copy_or_what_was_there(path: Path, monkeypatch: pytest.MonkeyPatch):
    def refused(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    SqlStore("sqlite:///a.db").close()
    db.backup(Path("b.db"))
    before, former = sorted(Path().iterdir()), path.read_bytes()
    monkeypatch.setattr("os.link", refused)
    with monkeypatch.context() as full, pytest.raises(StoreError, match=r"b.db cannot be put at a.db: .*Make room"):
        full.setattr("shutil.copyfile", refused)
        db.restore(Path("b.db"))
    assert sorted(Path().iterdir()) == before
    db.restore(Path("b.db"))
    assert Path("a.db.before-restore-1").read_bytes() == former


def test_a_place_where_no_database_can_be_is_named_with_the_remedy(tmp_path: Path):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    for place in (tmp_path / "file" / "a.db", tmp_path / "folder"):
        with pytest.raises(StoreError, match=f"{place}.* cannot be used"):
            SqlStore(f"sqlite:///{place}")


def test_a_database_put_back_by_other_means_is_marked_once_nobody_works_on_it(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("DATABASE_URL", database_url)
    store = SqlStore(database_url)
    presence = ProcessBoard(store, "worker-1", [], lambda: ([], Use()))
    if not store.sqlite:
        presence.tell()
    with pytest.raises(StoreError, match=r"worker-1 worked on|in use by another twelp"):
        db.restored()
    with store.read() as tx:
        assert restored_at(tx) is None
    if not store.sqlite:
        with store.transaction() as tx:
            tx.connection.exec_driver_sql("DELETE FROM twelp_house WHERE name = 'part:worker-1'")
    store.close()
    db.restored()
    db.restored()
    store = SqlStore(database_url)
    with store.read() as tx:
        assert restored_at(tx) is not None
    store.close()
    assert "what is older is looked for" in capsys.readouterr().out
