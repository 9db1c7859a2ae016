"""`twelp db`: the database looked at, upgraded, copied and put back, as far as that is ours to do."""

from __future__ import annotations

import json
import os
import shlex
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path

import sqlalchemy as sa

from twelp.adapters.store import SqlStore, files, restoring, schema
from twelp.adapters.store.tables import SCHEMA_VERSION
from twelp.config import Settings
from twelp.errors import ConfigError, StoreError
from twelp.wiring import RealClock, databases
from twelp.wiring.processes import parts


@dataclass(frozen=True, slots=True)
class State:
    """What a look found: `schema` beside the `newest` this twelp knows; sizes in bytes."""

    database: str
    schema: int
    newest: int
    size: int
    free: int
    mistakes: list[str]


def check(*, as_json: bool) -> int:
    """Prints the database's state; 1 when it is damaged or of another version."""
    found = _state(_url(Settings.read()))
    good = not found.mistakes and found.schema == found.newest
    if as_json:
        print(json.dumps({"ok": good, **asdict(found)}, ensure_ascii=False, indent=2))
        return 0 if good else 1
    free = f", {_megabytes(found.free)} of them free" if found.free else ""
    of = f"schema {found.schema}, " if found.schema else ""
    print(f"{found.database}: {of}{_megabytes(found.size)}{free}")
    for mistake in found.mistakes:
        print(f"damaged: {mistake}")
    if found.mistakes:
        print("Keep a copy of it, then put a backup in its place: twelp db restore FILE")
    elif found.schema < found.newest:
        print(f"This twelp's schema is {found.newest}: run `twelp db upgrade`, or start twelp, which does it.")
    elif found.schema > found.newest:
        print(f"This twelp knows schemas up to {found.newest}: install the newer one.")
    else:
        print("good")
    return 0 if good else 1


def upgrade(*, as_json: bool) -> None:
    """Brings the tables up to this twelp's version, all or nothing."""
    url = _url(Settings.read())
    path = Path(sa.make_url(url).database or "")
    new = url.startswith("sqlite") and not path.exists()
    store = SqlStore(url)
    store.close()
    if as_json:
        print(json.dumps({"from": store.found, "to": SCHEMA_VERSION}))
    elif store.found == SCHEMA_VERSION:
        print(f"Nothing to do: schema {SCHEMA_VERSION} is the newest.")
    elif new:
        print(f"Made a new, empty database at {path}, of schema {SCHEMA_VERSION}.")
    elif store.found is None:
        print(f"Made the tables, of schema {SCHEMA_VERSION}.")
    else:
        print(f"Upgraded from schema {store.found} to {SCHEMA_VERSION}.")


def backup(file: Path) -> None:
    """Copies the database, beside a running twelp."""
    path = _sqlite(Settings.read(), f"pg_dump --format=custom --file={file} --dbname=ADDRESS")
    if not path.exists():
        raise StoreError(f"there is no database at {path} yet: run twelp first", absent=True)
    files.be_ours(path)
    files.copy(path, file)
    print(f"{path} → {file} ({_megabytes(file.stat().st_size)}, checked)")


def restore(file: Path) -> None:
    """Puts a backup in the database's place."""
    settings = Settings.read()
    instead = f"pg_restore --clean --if-exists --single-transaction --dbname=ADDRESS {file}, and then twelp db restored"
    path = _sqlite(settings, instead)
    _be_a_backup(file)
    files.be_ours(path)
    held = files.hold(path)
    try:
        kept = files.put_back(file, path, RealClock().now())
    finally:
        os.close(held)
    print(f"{file} → {path}" + (f"; what was there is now {kept}" if kept else ""))


def restored() -> None:
    """Writes down that the database was put back by other means, while nobody works on it."""
    url, now = _url(Settings.read()), RealClock().now()
    if not _state(url).schema:
        raise StoreError("there is no twelp in that database: put the backup back, then run `twelp db restored`.")
    store = SqlStore(url)
    try:
        with store.transaction() as tx:
            if busy := [part.instance for part in parts(tx)]:
                raise StoreError(
                    f"{' and '.join(busy)} worked on this database within the last half a minute: "
                    "stop every twelp, put the backup back, then run `twelp db restored`."
                )
            restoring.mark_restored(tx, now)
    finally:
        store.close()
    print(f"Put back at {now:%Y-%m-%d %H:%M} UTC: what is older is looked for before it is sent.")


def _be_a_backup(file: Path) -> None:
    """Lets a whole database of twelp's pass, of a schema it knows; the file is only read."""
    advice = "nothing was changed. Name a file that `twelp db backup` made."
    if not file.is_file():
        raise StoreError(f"there is no file {file}: {advice}")
    try:
        found = files.look(file)
    except sqlite3.Error as error:
        raise StoreError(f"{file} is no twelp database ({error}): {advice}") from error
    if not found.ours:
        holds = "holds other tables" if found.tables else "is empty"
        raise StoreError(f"{file} is no twelp database, it {holds}: {advice}")
    if damaged := files.mistakes(file, thorough=True, at_rest=True):
        raise StoreError(f"{file} is damaged ({damaged[0]}): nothing was changed. Take an older backup.")
    number = schema.number(found.schema, str(file))
    if number is None or not schema.OLDEST <= number <= SCHEMA_VERSION:
        install = "Install the newer twelp." if number and number > SCHEMA_VERSION else "Take another backup."
        known = f"this twelp knows {schema.OLDEST} to {SCHEMA_VERSION}"
        raise StoreError(f"{file} has schema {number}; {known}: nothing was changed. {install}")


def _state(url: str) -> State:
    path = Path(sa.make_url(url).database or "")
    sqlite = url.startswith("sqlite")
    shown = str(path) if sqlite else sa.make_url(url).render_as_string(hide_password=True)
    if sqlite and not path.exists():
        raise StoreError(f"there is no database at {path} yet: run twelp first", absent=True)
    if sqlite:
        files.be_ours(path)
    damaged = files.mistakes(path, thorough=True) if sqlite else []
    if damaged:
        return State(shown, 0, SCHEMA_VERSION, path.stat().st_size, 0, damaged)
    store = SqlStore(url, reading=True, any_version=True)
    try:
        with store.read() as tx:
            wrong = schema.disagreement(tx.connection, store.found) if store.found else None
        return State(shown, store.found or 0, SCHEMA_VERSION, *store.size(), [wrong] if wrong else [])
    finally:
        store.close()


def _url(settings: Settings) -> str:
    """The database that is there; else where it would be."""
    urls = databases(settings)
    there = (u for u in urls if not u.startswith("sqlite") or Path(sa.make_url(u).database or "").exists())
    return next(there, urls[0])


def _sqlite(settings: Settings, instead: str) -> Path:
    url = _url(settings)
    if not url.startswith("sqlite"):
        to = sa.make_url(url)
        query = {name: value for name, value in to.query.items() if "password" not in name}
        to = sa.URL.create("postgresql", to.username, host=to.host, port=to.port, database=to.database, query=query)
        said = instead.replace("ADDRESS", shlex.quote(to.render_as_string()))
        raise ConfigError(f"Postgres has its own programs for this: {said} (docs/operations.md tells more).")
    return Path(sa.make_url(url).database or "")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
