"""What a house makes of networks that fail in every way: `python -m benchmarks.faults [--questions 1000] [--json]`.

The same questions on a fresh house each: on good networks; while calls fail all the time, drawn by seed from every
failure that X and Slack document and those they do not (`benchmarks.failures`), a token of each is refused for a while
and good again, and Slack repeats events and ends sockets; and within the networks' limits, with time going five times
as fast. Nobody helps. `--quick`: the second alone, without tokens and without limits that last a minute: for a gate.

From the sandbox's record: `lost`, `double_posts`, `double_cards`, `stuck`. `repetitions_per_failure`: calls that were
the same as one before, and looks at what stands there already, a failed call. `requests_per_failure`: all calls more
than on good networks, also for people who were asked because a question waited, a failed call. Polling is left out of
both. `limits_exceeded`: calls made before the hour that a 429 named. `over_limit`: calls that X or Slack itself refused
as too many. `recovered_s`: from a token's return to the first call that was answered.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from benchmarks import postgres
from benchmarks.arguments import at_least, need_postgres
from benchmarks.calls import Record
from benchmarks.experiment import Bot, Crowd, count, roster
from benchmarks.failures import Trouble
from twelp import wiring
from twelp.roster import load
from twelp.sandbox.clock import Clock
from twelp.sandbox.server import serve

MUST_BE_NONE: Final = (
    "lost",
    "double_posts",
    "double_cards",
    "stuck",
    "orphaned_jobs",
    "lessons_lost",
    "limits_exceeded",
)
MOST_A_FAILURE: Final = 5.0
_SPEED: Final = 5
_STEP_S: Final = 0.02
_WITHIN_LIMITS: Final = 120
"""Questions that are asked within limits: more than X lets an account answer in its 15 minutes."""

_TOLD: Final = {"x": "keys or tokens are not accepted", "slack": "token_revoked"}
"""What the log says to an operator when a token is refused."""


@dataclass(frozen=True, slots=True)
class Run:
    """One house on fresh networks, and what is asked there."""

    crowd: Crowd
    record: Record
    house: Bot
    progress: Progress
    task: TaskID
    database: str

    def ask(self, many: int, *, few: int, patience_s: float) -> None:
        """So many questions, a few at a time; goes on when only `few` are open, or after a while, come what may."""
        self.crowd.ask(many)
        until = time.monotonic() + patience_s
        while len(self.crowd.asked) - self.answered() > few and time.monotonic() < until:
            time.sleep(0.2)

    def answered(self) -> int:
        """How many questions have a reply; takes in what was recorded meanwhile."""
        self.record.read()
        found = self.crowd.answered()
        self.progress.update(self.task, completed=found)
        return found

    def finish(self) -> dict[str, Any]:
        """Everything comes to rest; then it is counted."""
        rest_s = self.crowd.until(self.answered, len(self.crowd.asked))
        self.crowd.until(lambda: self.crowd.cards()[1], 0)
        time.sleep(1)
        self.record.read()
        stopped_s = time.time()
        self.house.stop()
        words = {f"said {word}": self.house.said(word) for word in ("Traceback", "in doubt")}
        return {
            **count(self.crowd, self.database, stopped_s),
            **self.record.figures(),
            "seconds_to_rest": rest_s,
            **words,
        }


@contextmanager
def _running(what: str, folder: Path, database: str, progress: Progress, many: int, **how: Any) -> Iterator[Run]:
    folder.mkdir()
    (folder / "experts.yaml").write_text(roster(), encoding="utf-8")
    seeded = wiring.seed(load(folder / "experts.yaml"), town={"pace": "eager", "customers": False})
    wounds = how.pop("wounds", {})
    with serve(seeded) as running:
        crowd = Crowd(running.url)
        settings = {"X_TIMEOUT_SECONDS": 2, "TWELP_WAVE_MINUTES": 2, **how}
        house = Bot(folder / "house", running.url, database, **settings)
        house.start(**wounds)
        try:
            house.until_ready()
            yield Run(crowd, Record(running), house, progress, progress.add_task(what, total=many), database)
        finally:
            house.kill()


def good(folder: Path, database: str, progress: Progress, questions: int) -> dict[str, Any]:
    """Networks that work."""
    began = time.monotonic()
    with _running("good networks", folder, database, progress, questions) as run:
        while len(run.crowd.asked) < questions:
            run.ask(min(10, questions - len(run.crowd.asked)), few=50, patience_s=20)
        return {**run.finish(), "seconds": round(time.monotonic() - began, 1)}


def bad(
    folder: Path, database: str, progress: Progress, questions: int, seed: int, *, tokens: bool = True
) -> dict[str, Any]:
    """Networks that fail; with `tokens`, a third of the way X refuses ours for a while, and after two thirds Slack."""
    began = time.monotonic()
    with _running("bad networks", folder, database, progress, questions) as run:
        trouble = Trouble(run.crowd, random.Random(seed), short=not tokens)
        trouble.begin()
        recovered: dict[str, Any] = {}
        try:
            for network, share in (("x", 1 / 3), ("slack", 2 / 3), ("", 1.0)):
                while len(run.crowd.asked) < share * questions:
                    run.ask(min(10, questions - len(run.crowd.asked)), few=50, patience_s=20)
                if network and tokens:
                    recovered[network] = _revoked(run, trouble, network)
            run.ask(0, few=10, patience_s=60)
        finally:
            trouble.end()
        told = {network: run.house.said(words) for network, words in _TOLD.items() if tokens}
        figures = {**run.finish(), "recovered_s": recovered, "operator_told": told}
        return {**figures, "seconds": round(time.monotonic() - began, 1)}


def _revoked(run: Run, trouble: Trouble, network: str) -> float | None:
    """While nobody may be asked, questions come in all the same; the seconds after its return until it is used."""
    run.crowd.ask(2)
    trouble.revoke(network, 5.0)
    good_again = time.time()
    run.crowd.until(lambda: run.answered() and run.record.answered_after(network, good_again) is not None, True)
    return run.record.answered_after(network, good_again)


def within_limits(folder: Path, database: str, progress: Progress) -> dict[str, Any]:
    """Networks that work and keep their limits, for customers in a hurry; time goes faster on both sides."""
    clock = folder.parent / "clock"
    clock.write_text("0")
    how = {"wounds": {"CLOCK_FILE": str(clock)}, "X_POLL_SECONDS": 5, "TWELP_LIFT_LIMITS": "false"}
    with _running("within limits", folder, database, progress, _WITHIN_LIMITS, **how) as run:
        run.crowd.control("POST", "limits", {"lifted": False})
        over = threading.Event()
        lapse = threading.Thread(target=_hurry, args=(run.record.clock, clock, over), daemon=True)
        lapse.start()
        run.crowd.ask(_WITHIN_LIMITS)
        for _ in range(3):  # X's window lasts longer than `until` is patient
            run.crowd.until(run.answered, _WITHIN_LIMITS)
        over.set()
        lapse.join()
        figures = run.record.figures()
        done = run.crowd.answered()
    return {"questions": _WITHIN_LIMITS, "answered": done, **{n: figures[n] for n in ("limits_exceeded", "over_limit")}}


def _hurry(networks: Clock, ours: Path, over: threading.Event) -> None:
    """Time goes faster on both sides, in steps so small that neither is far ahead of the other."""
    ahead_s = 0.0
    while not over.wait(_STEP_S):
        networks.advance((_SPEED - 1) * _STEP_S)
        ahead_s += (_SPEED - 1) * _STEP_S
        ours.with_suffix(".new").write_text(str(ahead_s))
        ours.with_suffix(".new").replace(ours)


def measure(kind: str, *, questions: int, seed: int, quick: bool = False) -> dict[str, Any]:
    """All runs, and what the second took more than the first."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="twelp-faults-")))
        server = stack.enter_context(postgres.running()) if kind == "postgres" else None
        progress = stack.enter_context(Progress(console=Console(stderr=True)))

        def run(what: Callable[..., dict[str, Any]], *how: Any, **more: Any) -> dict[str, Any]:
            name = what.__name__
            database = f"sqlite:///{folder}/{name}.db" if server is None else server.database()
            return what(folder / name, database, progress, *how, **more)

        at_ease = {} if quick else run(good, questions)
        figures = run(bad, questions, seed, tokens=not quick)
        limited = {} if quick else run(within_limits)
    failed = sum(figures["failures"].values())
    again = sum(figures["repetitions"].values())
    found = {"failed_calls": failed, "repetitions_per_failure": round(again / max(failed, 1), 2)}
    if not quick:
        extra = figures["calls"] - at_ease["calls"]
        found |= {"requests_per_failure": round(extra / max(failed, 1), 2), "extra_asks": extra - again}
        found |= {"within_limits": limited}
    return {"database": kind, "seed": seed, "good": at_ease, **figures, **found}


def wrong(figures: dict[str, Any]) -> list[str]:
    """What is not as it was wanted, in words."""
    none = MUST_BE_NONE if figures["good"] else MUST_BE_NONE[:-1]  # a gate on a slow machine: what is early may be late
    found = [f"{name} is {figures[name]}" for name in none if figures[name]]
    if figures["repetitions_per_failure"] > MOST_A_FAILURE:
        found.append(f"repetitions_per_failure is {figures['repetitions_per_failure']}, {MOST_A_FAILURE:g} at most")
    limited = figures.get("within_limits")
    if limited and (limited["answered"] < limited["questions"] or limited["limits_exceeded"] or limited["over_limit"]):
        found.append(f"within limits: {limited}")
    for network, seconds in figures["recovered_s"].items():
        if seconds is None or not figures["operator_told"][network]:
            found.append(f"{network}'s token: back after {seconds} s, told {figures['operator_told'][network]} times")
    return found


def main() -> None:
    """Prints the runs side by side, or JSON; exit status 1 when anything is not as it was wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--questions", type=at_least(1), default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="only bad networks, and no refused tokens")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.database == "postgres":
        need_postgres(parser, "--database sqlite")
    figures = measure(given.database, questions=given.questions, seed=given.seed, quick=given.quick)
    mistakes = wrong(figures)
    if given.json:
        print(json.dumps({**figures, "wrong": mistakes}, indent=2))
    else:
        table = Table("figure", "good networks", "bad networks", "wanted")
        for name, value in figures.items():
            wanted = "0" if name in MUST_BE_NONE else "5 at most" if name == "repetitions_per_failure" else ""
            if name != "good":
                table.add_row(name, str(figures["good"].get(name, "")), str(value), wanted)
        Console().print(table)
        Console().print("\n".join(mistakes) or "as wanted")
    raise SystemExit(1 if mistakes else 0)


if __name__ == "__main__":
    main()
