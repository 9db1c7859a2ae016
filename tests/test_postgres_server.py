"""The Postgres server of the tests: one for a whole run, and gone with it however the run ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import postgres

ROOT = Path(__file__).parents[1]
RUN = """
import pathlib, psycopg, sys, time
from tests import postgres
run = postgres.Run()
server = postgres.address(run.folder)
assert postgres.address(run.folder) == server, "one for all"
print(run.folder, server, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["killed", "Ctrl-C"])
def test_the_server_ends_with_the_run_that_wanted_it(postgres_server: str, how: signal.Signals):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", RUN], stdout=pipe, stderr=pipe, text=True, env=environment) as run:
        assert run.stdout is not None
        folder, _ = run.stdout.readline().split()
        assert Path(folder, "data", "postmaster.pid").exists()
        pid = int(Path(folder, "data", "postmaster.pid").read_text().split()[0])
        run.send_signal(how)
        run.communicate()
    deadline = time.monotonic() + 30
    while Path(folder).exists():
        assert time.monotonic() < deadline, "its folder is still there"
        time.sleep(0.01)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_secret_that_a_test_writes_into_postgres_is_found(postgres_server: str):
    import psycopg

    with (
        pytest.raises(AssertionError, match=r"must hold no secret: Postgres' .* holds a secret"),
        postgres.database(postgres_server) as url,
        psycopg.connect(url.replace("+psycopg", "")) as connection,
    ):
        connection.execute("CREATE TABLE told AS SELECT 'hush-' || 'hush' AS word")


def test_a_server_that_does_not_start_says_why(tmp_path: Path):
    (tmp_path / "data").write_text("in the way")
    try:
        postgres.programs()
    except postgres.MissingError as error:
        pytest.skip(str(error))
    with pytest.raises(RuntimeError, match=r"did not start: (?s:.)*initdb"):
        postgres.address(tmp_path)
