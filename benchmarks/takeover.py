"""Two workers on Postgres, one dead for good in the middle of its work: how long until the other has done all of it.

`python -m benchmarks.crash --takeover`. `taken_over_s`: from the death until no job is the dead one's any more.
`answered_s`: from the death until every question that was under way is answered. Both at most a minute.
"""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import psycopg
from rich.console import Console

from benchmarks import postgres
from benchmarks.experiment import Bot, Crowd, count, roster
from twelp import wiring
from twelp.roster import load
from twelp.sandbox.server import serve

MOST_S: Final = 60.0
_QUESTIONS: Final = 60


def measure() -> dict[str, Any]:
    """The figures."""
    with tempfile.TemporaryDirectory(prefix="twelp-takeover-") as where, postgres.running() as server:
        folder = Path(where)
        (folder / "experts.yaml").write_text(roster(), encoding="utf-8")
        seeded = wiring.seed(load(folder / "experts.yaml"), town={"pace": "eager", "customers": False})
        database = server.database()
        with serve(seeded) as running:
            crowd = Crowd(running.url)
            houses = [Bot(folder / f"house-{n}", running.url, database) for n in range(2)]
            try:
                for house in houses:
                    house.start()
                for house in houses:
                    house.until_ready()
                return _die(crowd, houses, database)
            finally:
                for house in houses:
                    house.kill()


def _die(crowd: Crowd, houses: list[Bot], database: str) -> dict[str, Any]:
    dead, other = houses
    assert dead.process is not None
    whose = f"%-{dead.process.pid}-%"
    with psycopg.connect(database, autocommit=True) as connection:

        def left() -> int:
            asked = "SELECT count(*) FROM twelp_job WHERE owner LIKE %s"
            row = connection.execute(asked, (whose,)).fetchone()
            return int(row[0]) if row else 0

        crowd.ask(_QUESTIONS)
        until = time.monotonic() + 60
        while left() < 5 and time.monotonic() < until:
            time.sleep(0.005)
        dead.kill()
        died_at, jobs, answered = time.monotonic(), left(), crowd.answered()
        crowd.until(left, 0)
        taken_over_s = time.monotonic() - died_at
        crowd.until(crowd.answered, _QUESTIONS)
        answered_s = time.monotonic() - died_at
    crowd.until(lambda: crowd.cards()[1], 0)
    stopped_s = time.time()
    other.stop()
    found = {"jobs_held": jobs, "answered_before": answered}
    spent = {"taken_over_s": round(taken_over_s, 1), "answered_s": round(answered_s, 1)}
    return {**found, **spent, **count(crowd, database, stopped_s)}


def main(*, as_json: bool) -> None:
    """Prints them; exit status 1 when it took longer than a minute, or anything was lost or doubled."""
    figures = measure()
    if as_json:
        print(json.dumps(figures, indent=2))
    else:
        Console().print(figures)
    late = max(figures["taken_over_s"], figures["answered_s"]) > MOST_S
    raise SystemExit(1 if late or any(figures[n] for n in ("lost", "double_posts", "double_cards", "stuck")) else 0)
