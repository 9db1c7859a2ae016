"""What a house loses when it is killed and tormented again and again.

    python -m benchmarks.crash --rounds 200                          # SQLite
    python -m benchmarks.crash --database postgres --workers 2       # a private server of the installed PostgreSQL

The real program as a child process, the local X and Slack outside it. Questions come in while, round after round, one
torment drawn by seed happens; at the end a house that nobody torments finishes, and the sandbox's record is counted:
`lost`, `double_posts`, `double_cards`, `stuck`, `orphaned_jobs`, `lessons_lost` must be 0.

Torments: `random` (SIGKILL at any moment), `commit`, `committed`, `call`, `called` (SIGKILL at that point, see
`benchmarks.wounded`), `stop` (SIGSTOP, on Postgres past the lease, and thawed), `clock` (the clock jumps by up to a
minute, and back), `disk` (no file may grow for two seconds; SQLite), `database` (the server crashes and comes back;
Postgres), `network` (X and Slack end every connection for two seconds).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks import postgres
from benchmarks.experiment import Crowd, House, count, roster
from benchmarks.wounded import POINTS
from twelp import wiring
from twelp.roster import load
from twelp.sandbox.server import serve

LEASE_S = 30.0
MUST_BE_NONE = ("lost", "double_posts", "double_cards", "stuck", "orphaned_jobs", "lessons_lost")
_TORMENTS = ("random", "random", "random", *POINTS, "stop", "clock", "network")
_OF = {"sqlite": ("disk",), "postgres": ("database",)}


class Experiment:
    """Houses on one database, and what is done to them."""

    def __init__(self, folder: Path, url: str, server: postgres.Server | None, workers: int) -> None:
        self.folder = folder
        self.server = server
        self.database = f"sqlite:///{folder}/crash.db" if server is None else server.database()
        self.crowd = Crowd(url)
        self.houses = [House(folder / f"house-{n}", url, self.database) for n in range(workers)]
        self.thawed = 0

    def torment(self, kind: str, dice: random.Random) -> None:
        """One round. Whatever happens to one house, the others work on."""
        victim = dice.choice(self.houses)
        wounds = {"CRASH_AT": f"{kind}:{dice.randint(1, 40)}"} if kind in POINTS else {}
        clock = self.folder / "clock"
        clock.write_text("0")
        if kind == "clock":
            wounds = {"CLOCK_FILE": str(clock)}
        if wounds:
            victim.kill()
        for house in self.houses:
            if not house.alive:
                house.start(**(wounds if house is victim else {}))
        if kind != "random" or dice.random() < 0.8:
            for house in self.houses:
                house.until_ready()
        getattr(self, f"_{kind if kind not in POINTS else 'point'}")(victim, dice)

    def _random(self, victim: House, dice: random.Random) -> None:
        time.sleep(dice.uniform(0.0, 2.0))
        victim.kill()

    def _point(self, victim: House, dice: random.Random) -> None:
        until = time.monotonic() + 3
        while victim.alive and time.monotonic() < until:
            time.sleep(0.02)
        victim.kill()

    def _stop(self, victim: House, dice: random.Random) -> None:
        """Now and then for longer than the lease, so that others took over what the sleeper still believes its own."""
        long = self.server is not None and len(self.houses) > 1 and self.thawed < 3
        self.thawed += long
        victim.send(signal.SIGSTOP)
        time.sleep(LEASE_S + 8 if long else dice.uniform(0.5, 3.0))
        victim.send(signal.SIGCONT)
        time.sleep(1)

    def _clock(self, victim: House, dice: random.Random) -> None:
        (self.folder / "clock").write_text(str(dice.uniform(-60, 60)))
        time.sleep(dice.uniform(0.5, 2.0))
        victim.kill()  # the next one has the right hour again

    def _disk(self, victim: House, dice: random.Random) -> None:
        if victim.process is None:
            return
        largest = max(p.stat().st_size for p in self.folder.glob("crash.db*"))
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        try:
            resource.prlimit(victim.process.pid, resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
            time.sleep(2)
            resource.prlimit(victim.process.pid, resource.RLIMIT_FSIZE, unlimited)
        except ProcessLookupError:
            return
        time.sleep(1)

    def _database(self, victim: House, dice: random.Random) -> None:
        assert self.server is not None
        self.server.crash()
        time.sleep(dice.uniform(0.5, 4.0))
        self.server.start()
        time.sleep(1)

    def _network(self, victim: House, dice: random.Random) -> None:
        for network in ("x", "slack"):
            self.crowd.control("POST", "faults", {"kind": "close", "network": network, "times": None})
        time.sleep(2)
        self.crowd.control("DELETE", "faults")
        time.sleep(1)

    def finish(self) -> dict[str, Any]:
        """Everything comes to rest, undisturbed; then it is counted."""
        began = time.monotonic()
        for house in self.houses:
            if not house.alive:
                house.start()
        self.crowd.until(self.crowd.answered, len(self.crowd.asked))
        self.crowd.until(lambda: self.crowd.cards()[1], 0)
        time.sleep(2)
        rest_s = round(time.monotonic() - began, 1)
        for house in self.houses:
            house.stop()
        return {**count(self.crowd, self.database), "seconds_to_rest": rest_s}


def measure(
    kind: str, *, rounds: int, questions: int, seed: int, workers: int, only: str = "", keep: Path | None = None
) -> dict[str, Any]:
    """Runs it; the figures."""
    dice = random.Random(seed)
    began = time.monotonic()
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="twelp-crash-")))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "experts.yaml").write_text(roster(), encoding="utf-8")
        server = stack.enter_context(postgres.running()) if kind == "postgres" else None
        seeded = wiring.seed(load(folder / "experts.yaml"), town={"pace": "eager", "customers": False})
        running = stack.enter_context(serve(seeded))
        experiment = Experiment(folder, running.url, server, workers)
        stack.enter_context(_ended(experiment))
        done: Counter[str] = Counter()
        choice = only.split(",") if only else [*_TORMENTS, *_OF[kind]]
        for number in track(range(rounds), f"{kind}, {workers} at work", console=Console(stderr=True)):
            torment = dice.choice(choice)
            experiment.crowd.ask(questions * (number + 1) // rounds - questions * number // rounds)
            experiment.torment(torment, dice)
            done[torment] += 1
        early = experiment.crowd.answered()
        figures = experiment.finish()
        words = ("Traceback", "deadlock", "in doubt", "took over")
        said = {f"said {word}": sum(house.said(word) for house in experiment.houses) for word in words}
    head = {"database": kind, "workers": workers, "rounds": rounds, "seed": seed, "torments": dict(done)}
    return {**head, "answered_under_torment": early, **figures, **said, "seconds": round(time.monotonic() - began, 1)}


@contextmanager
def _ended(experiment: Experiment) -> Iterator[None]:
    try:
        yield
    finally:
        for house in experiment.houses:
            house.send(signal.SIGCONT)
            house.kill()


def main() -> None:
    """Prints a table, or the figures as JSON; exit status 1 when anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--questions", type=int, default=0, help="how many in all (default: 20 a round)")
    parser.add_argument("--workers", type=int, default=1, help="processes at work (Postgres)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default="", help="these torments, with commas between them")
    parser.add_argument("--keep", type=Path, help="an empty folder for databases and logs, which stay")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.database == "sqlite" and given.workers > 1:
        parser.error("SQLite serves one process; --workers needs --database postgres")
    os.environ.pop("PYTHONPATH", None)
    figures = measure(
        given.database,
        rounds=given.rounds,
        questions=given.questions or 20 * given.rounds,
        seed=given.seed,
        workers=given.workers,
        only=given.only,
        keep=given.keep,
    )
    if given.json:
        print(json.dumps(figures, indent=2))
    else:
        table = Table(
            "figure", "found", "wanted", title=f"{figures['rounds']} rounds, {figures['questions']} questions"
        )
        for name, value in figures.items():
            table.add_row(name, str(value), "0" if name in MUST_BE_NONE else "")
        Console().print(table)
    raise SystemExit(1 if any(figures[name] for name in MUST_BE_NONE) else 0)


if __name__ == "__main__":
    main()
