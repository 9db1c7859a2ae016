"""What all tests share: databases of both kinds, and a clock driven by hand."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Generator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests import leaks


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--cases FOLDER`, for tests/test_cases.py."""
    parser.addoption("--cases", metavar="FOLDER", help="play the cases (*.yaml) of this folder, not the project's own")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Whatever a test produced is looked through for secrets."""
    report = yield
    leaks.judge(item, report)
    return report


@pytest.fixture(scope="session", autouse=True)
def what_is_read_is_noted() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        leaks.listen(patch)
        yield


class DrivenClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime | None = None) -> None:
        self.at = at or datetime.now(UTC)

    def now(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> DrivenClock:
    return DrivenClock()


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A private Postgres server on a free port; skips, saying why, where the programs are missing."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL's server programs (initdb, postgres) are not installed")
    folder = Path(tempfile.mkdtemp(prefix="twelp-pg-", dir="/tmp"))  # short: it holds a Unix socket
    account: dict[str, object] = {}
    if os.geteuid() == 0:  # the server refuses root
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **account}
    make = [programs / "initdb", "-D", folder / "data", "-U", "twelp", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run(make, check=True, **quiet)  # type: ignore[call-overload]
    serve = [programs / "postgres", "-D", folder / "data", "-k", folder, "-p", str(port)]
    serve += ["-c", "listen_addresses=127.0.0.1"]
    serve += ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "max_connections=200"]
    server = subprocess.Popen(serve, **quiet)  # type: ignore[call-overload]
    try:
        ready = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port), "-t", "1"]
        for _ in range(200):
            if subprocess.run(ready, check=False).returncode == 0:
                break
            if server.poll() is not None:
                pytest.fail("the private PostgreSQL server ended by itself")
        yield f"postgresql+psycopg://twelp@127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGINT)  # at once, whoever is still connected
        server.wait(timeout=20)
        found = leaks.in_postgres(folder / "data")
        shutil.rmtree(folder, ignore_errors=True)
    assert not found, "what the tests wrote into Postgres must hold no secret: " + "; ".join(found)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'twelp.db'}"
    return fresh_postgres(request.getfixturevalue("postgres_server"))


def fresh_postgres(server: str) -> str:
    """The address of a new, empty database on a server."""
    import psycopg

    name = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{server.replace('+psycopg', '')}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
    return f"{server}/{name}"
