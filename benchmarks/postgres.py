"""A private PostgreSQL server for benchmarks, from the installed programs; durable, as a real one is."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_SESSIONS: Final = 200
_DISK_MB: Final = 600


def programs() -> Path | None:
    """Where `initdb` and `postgres` are; None where they are not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


class Server:
    """One on a free port of this machine, that can crash and come back.

    Args:
        where: the folder of its programs.
        folder: where it keeps everything.
        counting: its statements are counted.
        small: its folder is a disk of its own, which can be filled up.
    """

    def __init__(self, where: Path, folder: Path, *, counting: bool = False, small: bool = False) -> None:
        self._disk = folder if small else None
        account: dict[str, object] = {}
        if os.geteuid() == 0:  # the server refuses root
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self._quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **account}
        make = [where / "initdb", "-D", folder / "data", "-U", "twelp", "-A", "trust", "-E", "UTF8", "--locale=C"]
        subprocess.run(make, check=True, **self._quiet)  # type: ignore[call-overload]
        self._serve = [where / "postgres", "-D", folder / "data", "-k", folder, "-p", str(self._port)]
        self._serve += ["-c", "listen_addresses=127.0.0.1", "-c", f"max_connections={_SESSIONS}"]
        if small:
            self._serve += ["-c", "max_wal_size=128MB"]
        if counting:
            self._serve += ["-c", "shared_preload_libraries=pg_stat_statements"]
        self._ask = [where / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self._port), "-t", "1"]
        self._running: subprocess.Popen[bytes] | None = None
        self.address = f"postgresql://twelp@127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        running = subprocess.Popen(self._serve, **self._quiet)  # type: ignore[call-overload]
        self._running = running
        for _ in range(600):
            if subprocess.run(self._ask, check=False).returncode == 0 or running.poll() is not None:
                break
            time.sleep(0.05)

    def crash(self) -> None:
        """It ends at once and cleans up nothing; what was committed is there when it comes back."""
        self._end(signal.SIGQUIT)

    def stop(self) -> None:
        """It ends at once, whoever is still connected."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        if self._running is not None and self._running.poll() is None:
            self._running.send_signal(how)
            self._running.wait(timeout=20)

    @contextmanager
    def without_sessions(self) -> Iterator[None]:
        """Others have taken every connection that is left."""
        import psycopg

        held: list[psycopg.Connection[object]] = []
        try:
            with suppress(psycopg.OperationalError):
                while len(held) < _SESSIONS:
                    held.append(psycopg.connect(f"{self.address}/postgres"))
            yield
        finally:
            for each in held:
                each.close()

    @contextmanager
    def full(self) -> Iterator[None]:
        """Its disk is full, if that can be. A server that ended of it is started again, as a supervisor would."""
        if self._disk is None:
            yield
            return
        filler = self._disk / "filler"
        try:
            with filler.open("wb") as file, suppress(OSError):
                while True:
                    file.write(b"\0" * 65_536)
                    file.flush()
            yield
        finally:
            filler.unlink()
            if self._running is not None and self._running.poll() is not None:
                self.start()

    def cpu_s(self) -> float:
        """Processor seconds that it has taken so far, sessions that ended among them; -1 when it does not run."""
        if self._running is None or self._running.poll() is not None:
            return -1.0
        ticks = 0
        for process in Path("/proc").glob("[0-9]*"):
            try:
                parts = (process / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            if int(process.name) == self._running.pid:
                ticks += sum(map(int, parts[11:15]))
            elif int(parts[1]) == self._running.pid:
                ticks += sum(map(int, parts[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def database(self) -> str:
        """A new, empty database; its address."""
        import psycopg

        name = f"b{uuid.uuid4().hex[:12]}"
        with psycopg.connect(f"{self.address}/postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
        return f"{self.address}/{name}"


@contextmanager
def running(*, counting: bool = False, small: bool = False) -> Iterator[Server]:
    """A server for as long as the block lasts.

    Args:
        counting: its statements are counted.
        small: it has a small disk to itself, where one may be mounted.

    Raises:
        FileNotFoundError: the programs are not installed.
    """
    where = programs()
    if where is None:
        raise FileNotFoundError("PostgreSQL's server programs (initdb, postgres) are not installed")
    folder = Path(tempfile.mkdtemp(prefix="twelp-pg-", dir="/tmp"))  # short: it holds a Unix socket
    small = small and _mounted(folder)
    server = Server(where, folder, counting=counting, small=small)
    try:
        yield server
    finally:
        server.stop()
        if small:
            subprocess.run(["umount", folder], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _mounted(folder: Path) -> bool:
    """Whether a small disk could be mounted there; that takes an administrator's rights."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK_MB}m", "none", folder]
    with suppress(OSError):
        return subprocess.run(mount, check=False, capture_output=True).returncode == 0
    return False
