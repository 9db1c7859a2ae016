"""Our queue beside those that exist, on the same work: `python -m benchmarks.engines [--questions 300] [--json]`.

    pip install procrastinate pgqueuer asyncpg psycopg-pool chancy dbos      # one that is missing is left out

Each in a process of its own, on a fresh database of a private Postgres; process and server have one core to themselves.
A question is a row and eleven jobs, three of them an hour away (`benchmarks.queues`). Questions a second until the last
is over, and processor time a question of the process and of the server. Nothing is sent anywhere: the queue alone.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from benchmarks import postgres
from benchmarks.arguments import at_least, need_postgres

_ROOT: Final = Path(__file__).resolve().parent.parent
_ENGINES: Final = {
    "ours": "twelp",
    "with_procrastinate": "procrastinate",
    "with_pgqueuer": "pgqueuer",
    "with_chancy": "chancy",
    "with_dbos": "dbos",
}
_MOST_S: Final = 300.0


def measure(name: str, questions: int) -> dict[str, Any]:
    """One queue's figures."""
    with postgres.running() as server:
        command = [sys.executable, "-m", "benchmarks.engines", "--run", name, server.database()]
        before, began = server.cpu_s(), time.monotonic()
        done = subprocess.run(
            [*command, "--questions", str(questions)],
            cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join((str(_ROOT), os.environ.get("PYTHONPATH", "")))},
            timeout=_MOST_S,
            check=True,
            capture_output=True,
            text=True,
        )
        own: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return {
            "version": metadata.version(_ENGINES[name]),
            "qps": round(questions / own["seconds"], 1),
            "process_ms": round(1000 * own["cpu_s"] / questions, 1),
            "server_ms": round(1000 * (server.cpu_s() - before) / questions, 1),
            "seconds": round(time.monotonic() - began, 1),
        }


def _work(name: str, address: str, questions: int) -> None:
    run = importlib.import_module(f"benchmarks.queues.{name}").run
    began, spent = time.monotonic(), time.process_time()
    run(address, questions)
    print(json.dumps({"seconds": time.monotonic() - began, "cpu_s": time.process_time() - spent}))


def _installed(name: str) -> bool:
    try:
        return bool(metadata.version(_ENGINES[name]))
    except metadata.PackageNotFoundError:
        return False


def main() -> None:
    """Prints the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=at_least(1), default=300)
    parser.add_argument("--only", action="append", choices=tuple(_ENGINES))
    parser.add_argument("--run", nargs=2, metavar=("NAME", "ADDRESS"), help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.run:
        _work(*given.run, given.questions)
        return
    need_postgres(parser, "nothing: this is about Postgres")
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    found = {name: measure(name, given.questions) for name in given.only or _ENGINES if _installed(name)}
    if given.json:
        print(json.dumps(found, indent=2))
        return
    for name, row in found.items():
        print(f"{name:20}", "  ".join(f"{key} {value}" for key, value in row.items()))


if __name__ == "__main__":
    main()
