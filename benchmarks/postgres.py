"""A private PostgreSQL server for benchmarks, from the installed programs; durable, as a real one is."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """Where `initdb` and `postgres` are; None where they are not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


@contextmanager
def server() -> Iterator[str]:
    """Runs one on a free port of this machine; its address, without a database's name.

    Raises:
        FileNotFoundError: the programs are not installed.
    """
    where = programs()
    if where is None:
        raise FileNotFoundError("PostgreSQL's server programs (initdb, postgres) are not installed")
    folder = Path(tempfile.mkdtemp(prefix="twelp-pg-", dir="/tmp"))
    account: dict[str, object] = {}
    if os.geteuid() == 0:  # the server refuses root
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **account}
    make = [where / "initdb", "-D", folder / "data", "-U", "twelp", "-A", "trust", "-E", "UTF8", "--locale=C"]
    subprocess.run(make, check=True, **quiet)  # type: ignore[call-overload]
    serve = [where / "postgres", "-D", folder / "data", "-k", folder, "-p", str(port)]
    serve += ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200"]
    running = subprocess.Popen(serve, **quiet)  # type: ignore[call-overload]
    try:
        ready = [where / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port), "-t", "1"]
        for _ in range(300):
            if subprocess.run(ready, check=False).returncode == 0 or running.poll() is not None:
                break
        yield f"postgresql://twelp@127.0.0.1:{port}"
    finally:
        running.send_signal(signal.SIGINT)  # at once, whoever is still connected
        running.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def database(address: str) -> str:
    """A new, empty database on that server; its address."""
    import psycopg

    name = f"b{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
    return f"{address}/{name}"
