"""A SQLite database as files: who may read them, who holds them, whether they are whole, copies, and their size.

A copy is taken by SQLite's own online backup, beside a running twelp, checked, and only then given its name: a file
with the name of a backup is a good one. Restoring puts a checked copy in the database's place in one step and keeps
what was there under another name. A file that may be somebody else's is only read.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from twelp.adapters.store.queries import house
from twelp.errors import StoreError

QUICKLY: Final = 32_000_000
"""Bytes up to which a database is read through at each start (about 0.1 s); a larger one once a day."""

_WAL_BYTES: Final = 16_000_000
"""What the write-ahead log may keep on disk once it was written back."""

_PAGES: Final = 1_000
_STEPS: Final = 500
"""Up to 2 GB a day, 4 MB at a time."""

_DAMAGED: Final = "Keep a copy of it, then put a backup in its place with `twelp db restore FILE`"

_ADDRESS: Final = "Is DATABASE_URL right, and may twelp write there?"
_FOLDER: Final = "Is the folder there, and may twelp write in it?"

AT_FIRST: Final = "auto_vacuum=INCREMENTAL"
"""Takes effect where nothing was made yet, before the WAL; later it only fails, where the disk is full."""

PATIENT: Final = "busy_timeout=30000"

PRAGMAS: Final = (
    PATIENT,
    "journal_mode=WAL",
    f"journal_size_limit={_WAL_BYTES}",
    "synchronous=NORMAL",
    "foreign_keys=ON",
)


@dataclass(frozen=True, slots=True)
class Look:
    """What stands in a file: whose tables, and the schema that ours say they have."""

    tables: tuple[str, ...]
    schema: str | None

    @property
    def ours(self) -> bool:
        """Whether any table is twelp's."""
        return any(name.startswith("twelp_") for name in self.tables)


def look(path: Path) -> Look:
    """Looks at a file without a trace; raises `sqlite3.Error`."""
    with closing(_to_read(path)) as connection:
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
        tables = tuple(name for (name,) in connection.execute(names))
        asked = "SELECT value FROM twelp_house WHERE name = 'schema'"
        row = connection.execute(asked).fetchone() if "twelp_house" in tables else None
    return Look(tables, row and row[0])


def be_ours(path: Path) -> None:
    """Lets a database of twelp's pass, and one in which nothing was made yet, or none; damage is for others to tell.

    Raises:
        StoreError: it is somebody else's.
    """
    found = Look((), None)
    with contextlib.suppress(sqlite3.Error):
        found = look(path)
    if found.tables and not found.ours:
        named = ", ".join(found.tables[:3]) + (", …" if found.tables[3:] else "")
        raise StoreError(
            f"database {path} holds other tables ({named}) and none of twelp's: nothing was changed. "
            "Give DATABASE_URL a file of twelp's own."
        )


def _to_read(path: Path) -> sqlite3.Connection:
    """Writes nothing; nor beside it, where nobody works on it: SQLite would leave an empty log there."""
    at_rest = _keeps_a_log(path) and not Path(f"{path}-wal").exists()
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if at_rest else ''}", uri=True)


def _keeps_a_log(path: Path) -> bool:
    """By the header of its format (https://www.sqlite.org/fileformat2.html, 1.3.3)."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        return file.read(20)[18:] == b"\2\2"
    return False


def hold(path: Path) -> int:
    """Takes the database for this process; the open lock file, to be closed when it is over.

    Raises:
        StoreError: another process has it, or no database can be there.
    """
    try:
        if path.exists() and not path.is_file():
            raise StoreError(f"database {path} cannot be used: it is no file. {_ADDRESS}")
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(f"database {path} cannot be used: {error}. {remedy(str(error))}") from error
    for attempt in range(20):  # a process that was just killed lets go a moment later
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if attempt == 19:
                holder = os.pread(lock, 32, 0).decode(errors="replace").strip() or "unknown"
                os.close(lock)
                raise StoreError(
                    f"database {path} is in use by another twelp (process {holder}). SQLite serves one process: "
                    "stop the other one, or set DATABASE_URL to Postgres to run several."
                ) from error
            time.sleep(0.05)
        else:
            break
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)
    return lock


def make_private(path: Path) -> None:
    """Nobody but its owner reads the database; SQLite gives its log the same mode."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        with contextlib.suppress(OSError):  # not there, or another's, who decides
            if file.stat().st_mode & 0o077:
                file.chmod(0o600)


def remove(path: Path) -> None:
    """Takes away the database and what belongs to it."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def log_size(path: Path) -> int:
    """Bytes of the write-ahead log: it grows while somebody reads in one transaction, and is cut back afterwards."""
    log = Path(f"{path}-wal")
    return log.stat().st_size if log.exists() else 0


def mistakes(path: Path, *, thorough: bool = False, at_rest: bool = False) -> list[str]:
    """What is damaged, in SQLite's words; empty when it is whole.

    Args:
        path: the database.
        thorough: compares indexes with their tables, too.
        at_rest: nobody works on it, and it is only read.

    Raises:
        StoreError: it cannot be read just now, which says nothing of it.
    """
    try:
        opened = _to_read(path) if at_rest else sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)
        with closing(opened) as connection:
            connection.execute("PRAGMA query_only=ON")
            found = connection.execute(f"PRAGMA {'integrity_check' if thorough else 'quick_check'}(20)").fetchall()
    except sqlite3.OperationalError as error:
        raise StoreError(f"database {path} cannot be read: {error}. {remedy(str(error))}", away=True) from error
    except sqlite3.DatabaseError as error:
        return [str(error)]
    lines = (line for row in found for line in str(row[0]).splitlines())
    return [line for line in lines if line != "ok" and not line.startswith("*** in database")]


def remedy(reason: str, otherwise: str = _ADDRESS) -> str:
    """What to do about a SQLite file that cannot be used, by SQLite's or the system's own words for why."""
    words = reason.lower()
    if "malformed" in words or "not a database" in words:
        return f"{_DAMAGED} (docs/operations.md)."
    if "full" in words or "no space" in words or "i/o" in words:
        return "Make room on the disk, if it is full; nothing was lost."
    return otherwise


def be_whole(path: Path) -> None:
    """Lets a small database pass when it is whole, and a large one.

    Raises:
        StoreError: it is damaged.
    """
    if 0 < path.stat().st_size <= QUICKLY and (found := mistakes(path)):
        raise StoreError(
            f"database {path} is damaged ({found[0]}): nothing was changed. {_DAMAGED} (docs/operations.md)."
        )


def give_back(path: Path) -> None:
    """Gives free pages back to the disk, a few at a time so that nobody waits long, and writes the log back."""
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
        for _ in range(_STEPS):
            if not connection.execute("PRAGMA freelist_count").fetchone()[0]:
                break
            connection.executescript(f"PRAGMA incremental_vacuum({_PAGES})")  # `execute` would free a single one
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()  # any other kind lets writers wait for readers
        connection.execute("PRAGMA optimize").fetchall()


def copy(source: Path, target: Path, *, at_rest: bool = False) -> None:
    """Copies a database that may be in use; `at_rest`: that is not, and only read.

    Raises:
        StoreError: there is a file of that name, it cannot be written, or the copy is not whole.
    """
    if target.exists():
        raise StoreError(f"{target} exists already: backups are never written over; choose another name.")
    part = Path(f"{target}.part")
    try:
        make_private(part)
        opened = _to_read(source) if at_rest else sqlite3.connect(source)
        with closing(opened) as origin, closing(sqlite3.connect(part)) as made:
            origin.backup(made)  # in one go: in steps, it would begin anew whenever somebody writes
            made.execute("PRAGMA journal_mode=DELETE")  # one file, whole by itself
        if found := mistakes(part):
            raise StoreError(f"{source} cannot be copied: it is damaged ({found[0]}).")
        _settle(part)
        part.rename(target)
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreError(f"{target} cannot be written: {why}. {remedy(str(error), _FOLDER)}") from error
    except sqlite3.Error as error:
        raise StoreError(f"{source} cannot be copied to {target}: {error}. {remedy(str(error))}") from error
    finally:
        part.unlink(missing_ok=True)


def put_back(backup: Path, path: Path, at: datetime) -> Path | None:
    """Puts a copy of the backup in the database's place, with the hour of that; call while holding it.

    Returns:
        Where the former database is kept; None when there was none.

    Raises:
        StoreError: it cannot be written there; the former database is in its place.
    """
    part = Path(f"{path}.restored")
    part.unlink(missing_ok=True)
    try:
        copy(backup, part, at_rest=True)
        with closing(sqlite3.connect(part)) as made, made:
            made.execute(str(house.SET), {"name": house.RESTORED, "value": at.isoformat()})
        _settle(part)
        kept = _keep(path) if path.exists() else None
        part.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{backup} cannot be put at {path}: {error}. {remedy(str(error), _FOLDER)}") from error
    finally:
        part.unlink(missing_ok=True)
    return kept


def _keep(path: Path) -> Path:
    """Gives the database a second name, under which it stays with all that was written to it."""
    with contextlib.suppress(sqlite3.Error), closing(sqlite3.connect(path)) as former:
        former.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = next(p for n in range(1, 10_000) if not (p := Path(f"{path}.before-restore-{n}")).exists())
    try:
        os.link(path, kept)
    except OSError:  # there are file systems that know one name a file
        try:
            make_private(kept)
            shutil.copyfile(path, kept)
            _settle(kept)
        except OSError:
            kept.unlink(missing_ok=True)
            raise
    with contextlib.suppress(FileNotFoundError):  # what could not be folded in goes with it
        Path(f"{path}-wal").replace(f"{kept}-wal")
    Path(f"{path}-shm").unlink(missing_ok=True)
    return kept


def _settle(path: Path) -> None:
    """On disk, whatever happens next."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
