"""What the database does for a question: `python -m benchmarks.statements [--by] [--beside CHECKOUT]`.

`twelp run` on a private Postgres, which counts each statement (`pg_stat_statements`) while questions go the whole way,
as in `benchmarks.throughput`. Printed are, for one question: statements, transactions that wrote, sessions opened,
processor time of the server and of the bot, and the statements by text, the most frequent first. `--beside` takes
another checkout of the project, whose code is run in the same way before this one's: the two stand side by side.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg

from benchmarks import postgres
from benchmarks.arguments import at_least, checkout, need_postgres

_FOUND_BEFORE: Final = {"statements": "204 to 250", "transactions": 17}
"""What was counted of a question before any of it was cut."""

_WANTED: Final = {"statements": 100, "transactions": 10}
_SHOWN: Final = 60
_RARE: Final = 0.02
"""Statements a question of which a part is not shown."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a server has done so far."""

    statements: dict[str, int]
    written: int
    sessions: int
    server_s: float

    def since(self, before: Counted, questions: int) -> dict[str, Any]:
        """What one of so many questions took."""
        each = {text: (count - before.statements.get(text, 0)) / questions for text, count in self.statements.items()}
        by_text = sorted(((round(n, 2), text) for text, n in each.items() if n > 0), reverse=True)
        return {
            "statements": round(sum(each.values()), 1),
            "transactions": round((self.written - before.written) / questions, 1),
            "sessions": round((self.sessions - before.sessions) / questions, 2),
            "server_ms": round(1000 * (self.server_s - before.server_s) / questions, 1),
            "by_text": by_text,
        }


def begin(server: postgres.Server, address: str) -> None:
    """Lets a database's statements be counted from now on."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_stat_statements")
    if server.cpu_s() < 0:
        raise RuntimeError("the server does not run")


def count(server: postgres.Server, address: str) -> Counted:
    """What it has done until now; this look not counted."""
    with psycopg.connect(address, autocommit=True) as connection:
        database = "dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"
        found = connection.execute(
            f"SELECT query, sum(calls) FROM pg_stat_statements WHERE {database} GROUP BY query"
        ).fetchall()
        row = connection.execute(
            "SELECT pg_snapshot_xmax(pg_current_snapshot())::text, sessions FROM pg_stat_database"
            " WHERE datname = current_database()"
        ).fetchone()
    assert row is not None
    ours = {" ".join(text.split()): int(calls) for text, calls in found if "pg_stat_" not in text}
    return Counted(ours, int(row[0]), int(row[1]), server.cpu_s())


def _compare(found: dict[str, dict[str, Any]]) -> None:
    """Prints the figures of each, and the statements."""
    print(f"{'a question':>14}", *(f"{name:>12}" for name in found), f"{'wanted':>8}  found at first")
    for what in ("statements", "transactions", "sessions", "server_ms", "bot_ms", "qps"):
        row = [f"{figures[what]:12}" for figures in found.values()]
        print(f"{what:>14}", *row, f"{_WANTED.get(what, ''):>8}  {_FOUND_BEFORE.get(what, '')}")
    texts: dict[str, list[float]] = {}
    for place, figures in enumerate(found.values()):
        for times, text in figures["by_text"]:
            texts.setdefault(text, [0.0] * len(found))[place] = times
    for text, times in sorted(texts.items(), key=lambda one: -max(one[1]))[:_SHOWN]:
        print(*(f"{one:7.2f}" for one in times), f" {text[:150]}")


def main() -> None:
    """Prints the table, or JSON."""
    from benchmarks import throughput

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=at_least(1), default=200)
    parser.add_argument("--workers", type=at_least(1), default=1)
    parser.add_argument("--wave", type=at_least(1), default=3, help="experts asked about each question")
    parser.add_argument("--beside", type=checkout, help="another checkout of the project, to compare with")
    parser.add_argument("--by", action="store_true", help="by the part that began each transaction; one worker")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    need_postgres(parser, "nothing: this is about Postgres")
    if given.by:
        _by_part(given.questions, given.wave)
        return
    found: dict[str, dict[str, Any]] = {}
    for root in filter(None, (given.beside, throughput.ROOT)):
        name = throughput.contestant("postgres", given.workers)
        found[_commit(root)] = throughput.run(name, questions=given.questions, wave=given.wave, root=root)
    if given.json:
        print(json.dumps(found, indent=2))
    else:
        _compare(found)


def _by_part(questions: int, wave: int) -> None:
    """Prints each part's transactions and statements, for one question; those of the warm-up among them."""
    from benchmarks import throughput

    with tempfile.TemporaryDirectory(prefix="twelp-watched-") as folder:
        file = Path(folder) / "watched.json"
        throughput.run("postgres1", questions=questions, wave=wave, watched=file)
        parts = json.loads(file.read_text(encoding="utf-8"))
    each = questions + throughput.WARM_UP
    print(f"{'begun':>6} {'wrote':>6} {'statements':>10}  a question")
    for place, part in sorted(parts.items(), key=lambda one: -sum(one[1]["statements"].values())):
        count = sum(part["statements"].values())
        if count / each >= _RARE:
            print(f"{part['transactions'] / each:6.2f} {part['wrote'] / each:6.2f} {count / each:10.2f}  {place}")
            for name, times in sorted(part["statements"].items(), key=lambda one: -one[1]):
                print(f"{'':14}{times / each:10.2f}      {name}")


def _commit(root: Path) -> str:
    said = subprocess.run(
        ["git", "-C", root, "describe", "--always", "--dirty"],
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip() or root.name


if __name__ == "__main__":
    main()
