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
from contextlib import contextmanager
from pathlib import Path


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
    """

    def __init__(self, where: Path, folder: Path, *, counting: bool = False) -> None:
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
        self._serve += ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200"]
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
def running(*, counting: bool = False) -> Iterator[Server]:
    """A server for as long as the block lasts; `counting`: its statements are counted.

    Raises:
        FileNotFoundError: the programs are not installed.
    """
    where = programs()
    if where is None:
        raise FileNotFoundError("PostgreSQL's server programs (initdb, postgres) are not installed")
    folder = Path(tempfile.mkdtemp(prefix="twelp-pg-", dir="/tmp"))  # short: it holds a Unix socket
    server = Server(where, folder, counting=counting)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
