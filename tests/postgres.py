"""One private Postgres server for a whole run of the tests, whichever worker asks for it first.

Whoever began the run (the controller of xdist's workers, or the only process) makes a folder and holds a lock in it for
as long as it lives. The first test that wants a database starts a keeper: this module as a program, which makes the
server, runs it, and waits for that lock. The system gives a lock back however a process ends, so the server ends with
the run: at its end, at Ctrl-C, and when the run is killed.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ENOUGH_MEMORY = 1_000_000_000
"""Bytes of shared memory that must be free for the server to keep its files there, where a copy of a database is made
in a tenth of the time. Each copy has 8 MB and is gone after its test."""

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "300",
    "shared_buffers": "16MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "1h",
}
"""Nothing need outlive the machine, and no table lives long enough to need tidying."""


def memory() -> Path | None:
    """Where files are kept in memory; None where there is too little of it."""
    shared = Path("/dev/shm")
    return shared if shared.is_dir() and shutil.disk_usage(shared).free >= ENOUGH_MEMORY else None


class MissingError(Exception):
    """PostgreSQL's server programs (initdb, postgres) are not installed."""


def programs() -> Path:
    """The folder of the server's programs.

    Raises:
        MissingError: there is none.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise MissingError(MissingError.__doc__)
    return found[-1].parent if found else Path(str(on_path)).resolve().parent


class Run:
    """The server of this run of the tests, if any test wants one."""

    def __init__(self) -> None:
        where = memory() or Path("/tmp")  # short names: the folder holds a Unix socket
        self.folder = Path(tempfile.mkdtemp(prefix="twelp-pg-", dir=where))
        self._alive = _lock(self.folder / "alive")

    def end(self, last_look: Callable[[Path], list[str]]) -> list[str]:
        """Ends the server and takes its folder away; what `last_look` finds in what it wrote."""
        (self.folder / "ending").touch()
        os.close(self._alive)
        os.close(_lock(self.folder / "kept"))  # free once the keeper has ended
        data = self.folder / "data"
        found = last_look(data) if (data / "base").exists() else []
        shutil.rmtree(self.folder, ignore_errors=True)
        return found


def address(folder: Path) -> str:
    """The address of the run's server, which is started if it is not yet.

    Raises:
        MissingError: its programs are not installed.
        RuntimeError: it did not start.
    """
    programs()
    told = folder / "address"
    starting = _lock(folder / "starting")
    try:
        if not told.exists():
            _start_keeper(folder, told)
        return told.read_text(encoding="utf-8")
    finally:
        os.close(starting)


def _start_keeper(folder: Path, told: Path) -> None:
    kept = _lock(folder / "kept")  # handed on: the keeper's from here on
    command = [sys.executable, str(Path(__file__)), str(folder)]
    with (folder / "log").open("ab") as log:
        subprocess.run(command, stdout=log, stderr=log, pass_fds=[kept], start_new_session=True, check=True)
    os.close(kept)
    while not told.exists():
        time.sleep(0.02)
        if _is_free(folder / "kept") and not told.exists():
            raise RuntimeError("the private PostgreSQL server did not start: " + (folder / "log").read_text())


@contextmanager
def database(server: str, like: str | None = None) -> Iterator[str]:
    """The address of a new database, empty or a copy of another; gone afterwards, whoever is still connected.

    Raises:
        AssertionError: what was written into it holds a secret.
    """
    import psycopg

    from tests import leaks

    name = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{server.replace('+psycopg', '')}/postgres", autocommit=True) as at:
        copied = f' TEMPLATE "{like}"' if like else ""
        how = " STRATEGY FILE_COPY" if at.info.server_version >= 150_000 else ""
        at.execute(f'CREATE DATABASE "{name}"{copied}{how}')  # type: ignore[call-overload]
        try:
            yield f"{server}/{name}"
            at.execute("CHECKPOINT")  # all is in its files
            row = at.execute(
                "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = %s", [name]
            ).fetchone()
            assert row is not None
            found = leaks.in_database(Path(row[0]) / "base" / str(row[1]))
        finally:
            at.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[call-overload]
    assert not found, "what a test wrote into Postgres must hold no secret: " + "; ".join(found)


# ---------------------------------------------------------------- the keeper


def keep(folder: Path) -> None:
    """Runs the server until the run of the tests ends, however it ends."""
    server, address = _serve(folder, programs())
    try:
        ready = [programs() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", address.rpartition(":")[2], "-t", "1"]
        while subprocess.run(ready, check=False).returncode != 0:
            if server.poll() is not None:
                raise SystemExit("it ended by itself")
        (folder / "address.new").write_text(address, encoding="utf-8")
        (folder / "address.new").rename(folder / "address")
        _lock(folder / "alive")
    finally:
        server.send_signal(signal.SIGINT)  # at once, whoever is still connected
        server.wait(timeout=20)
        if not (folder / "ending").exists():  # nobody is left who would look at it
            shutil.rmtree(folder, ignore_errors=True)


def _serve(folder: Path, where: Path) -> tuple[subprocess.Popen[bytes], str]:
    account: dict[str, object] = {}
    if os.geteuid() == 0:  # the server refuses root
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder, **account}
    make = [where / "initdb", "-D", folder / "data", "-U", "twelp", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run(make, check=True, **quiet)  # type: ignore[call-overload]
    serve = [where / "postgres", "-D", folder / "data", "-k", folder, "-p", str(port)]
    serve += [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    server = subprocess.Popen(serve, stderr=subprocess.DEVNULL, **quiet)  # type: ignore[call-overload]
    return server, f"postgresql+psycopg://twelp@127.0.0.1:{port}"


def _lock(path: Path) -> int:
    """Waits for the lock and takes it; the open file, to be closed when it is over."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


def _is_free(path: Path) -> bool:
    file = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(file)
    return True


if __name__ == "__main__":
    if os.fork() == 0:  # nobody's child: whoever asked for the server may end before it
        keep(Path(sys.argv[1]))
