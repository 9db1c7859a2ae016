"""Hostile input of every kind: `python -m benchmarks.fuzz [--cases 100000] [--seed 7] [--json]`.

Posts and answers, X's JSON, Slack's requests and socket messages, rosters and settings, each made from dice that are
the same for the same seed: `--only KIND --from N --cases 1` gives one case again. Everything is counted that must not
be (see `benchmarks.hostile.COLUMNS`); the exit status is 1 when anything was. `--keep FILE` keeps what offended, whole.
Times are processor time of this process, the sandbox's and the house's threads included.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn
from rich.table import Table

from benchmarks.arguments import at_least, writable
from benchmarks.hostile import COLUMNS, Kind
from benchmarks.hostile.posts import Posts
from benchmarks.hostile.rosters import Rosters
from benchmarks.hostile.settings import SettingsFiles
from benchmarks.hostile.slack import SlackRequests, SocketMessages
from benchmarks.hostile.watch import Watch, secrets_in
from benchmarks.hostile.x_answers import XAnswers

SHARES: Final[dict[Callable[[], Kind], float]] = {
    Posts: 0.40,
    XAnswers: 0.15,
    SlackRequests: 0.12,
    SocketMessages: 0.05,
    Rosters: 0.20,
    SettingsFiles: 0.08,
}
"""Each kind's share of the cases."""

_KEPT: Final = 10
"""Faults of one kind that are kept with their input."""


@dataclass
class Tally:
    """What was counted for one kind."""

    kind: str
    cases: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    slowest_ms: float = 0.0
    slowest: str = ""
    total_s: float = 0.0
    faults: list[dict[str, Any]] = field(default_factory=list)

    @property
    def bad(self) -> int:
        """Everything that must be 0."""
        return sum(self.counts.values())

    def add(self, number: int, given: Any, found: list[tuple[str, str]], took_s: float) -> None:
        """Counts one case."""
        self.cases += 1
        self.total_s += took_s
        if took_s * 1000 > self.slowest_ms:
            self.slowest_ms, self.slowest = took_s * 1000, f"#{number}: {given!r:.200}"
        for column, what in found:
            self.counts[column] += 1
            if len(self.faults) < _KEPT:
                self.faults.append({"case": number, "column": column, "what": what, "given": repr(given)})


def torment(kind: Kind, watch: Watch, numbers: range, seed: int, step: Callable[[], None] = lambda: None) -> Tally:
    """Gives one kind its cases; what was counted."""
    tally = Tally(kind.name)
    for number in numbers:
        given = kind.make(Random(f"{seed}:{kind.name}:{number}"))  # the same again, whatever ran before
        began = time.process_time()
        found: list[tuple[str, str]] = []
        try:
            found.extend(kind.faults(given))
        except Exception as error:
            said, where = traceback.format_exception_only(error), traceback.format_tb(error.__traceback__)[-3:]
            place = "".join(said)[:300] + "".join(where)
            found.append(("crashes", place))
            found.extend(secrets_in(str(error)))
        took_s = time.process_time() - began
        found.extend(watch.faults())
        tally.add(number, given, found, took_s)
        step()
    if close := getattr(kind, "close", None):
        ended = list(close() or ())
        tally.counts.update(column for column, _ in ended)
        tally.faults += [{"case": "the end", "column": column, "what": what, "given": ""} for column, what in ended]
    return tally


def measure(cases: int, seed: int, *, only: str | None = None, first: int = 0) -> list[Tally]:
    """Runs every kind, or one; the counts of each."""
    made = {make: max(1, round(cases * (1 if only else share))) for make, share in SHARES.items()}
    console = Console(stderr=True)
    tallies = []
    with Progress(
        *Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn(), console=console
    ) as bar:
        for make, count in made.items():
            if only and make.name != only:  # type: ignore[attr-defined]
                continue
            watch = Watch("text")
            kind = make()
            task = bar.add_task(kind.name, total=count)
            try:
                numbers = range(first, first + count)
                tallies.append(torment(kind, watch, numbers, seed, lambda task=task: bar.advance(task)))  # type: ignore[misc]
            finally:
                watch.close()
    return tallies


def _print(tallies: list[Tally]) -> None:
    table = Table("kind", "cases", *COLUMNS, "ms a case", "slowest ms", "slowest case", box=None, pad_edge=False)
    for tally in tallies:
        counts = [f"{tally.counts[column]:,}" for column in COLUMNS]
        mean = 1000 * tally.total_s / max(1, tally.cases)
        table.add_row(
            tally.kind,
            f"{tally.cases:,}",
            *counts,
            f"{mean:.1f}",
            f"{tally.slowest_ms:.0f}",
            ascii(tally.slowest)[1:60],
        )
    console = Console(width=None if sys.stdout.isatty() else 170, markup=False)
    console.print(table)
    for tally in tallies:
        for fault in tally.faults:
            console.print(f"\n{tally.kind} #{fault['case']} {fault['column']}: {ascii(fault['what'])[1:-1]:.1200}")
            console.print(f"    given {ascii(fault['given'])[1:400]}")


def main() -> None:
    """Runs what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=at_least(1), default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", choices=[make.name for make in SHARES], help="one kind alone")  # type: ignore[attr-defined]
    parser.add_argument("--from", dest="first", type=at_least(0), default=0, help="number of the first case")
    parser.add_argument("--keep", type=writable, help="a file for every fault kept, with its whole input")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    tallies = measure(asked.cases, asked.seed, only=asked.only, first=asked.first)
    rows = [
        {"kind": t.kind, "cases": t.cases, **{c: t.counts[c] for c in COLUMNS}, "slowest_ms": round(t.slowest_ms, 1),
         "mean_ms": round(1000 * t.total_s / max(1, t.cases), 2), "slowest": t.slowest, "faults": t.faults}
        for t in tallies
    ]  # fmt: skip
    if asked.keep:
        asked.keep.write_text(json.dumps(rows, indent=1), encoding="ascii")
    if asked.json:
        print(json.dumps({"seed": asked.seed, "cases": sum(t.cases for t in tallies), "kinds": rows}))
    else:
        _print(tallies)
    sys.exit(1 if any(tally.bad for tally in tallies) else 0)


if __name__ == "__main__":
    main()
