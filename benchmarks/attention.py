"""Attention: how few people are interrupted, and how soon the customer has an answer, in simulated days.

    python benchmarks/attention.py                                    # 300 and 3,000 volunteers, three rates
    python benchmarks/attention.py --experts 3000 --rate 6 --days 5   # one of them
    python benchmarks/attention.py --json                             # for machines
    python benchmarks/attention.py --storm 500 --days 1               # 500 ask the same within ten minutes
    python benchmarks/attention.py --paces                            # calm, balanced and fast beside one another
    python benchmarks/attention.py --sensitivity                      # each parameter of people halved and doubled

Volunteers in four zones notice, take, pass or ignore asks as `people.json` (or another file, `--people`) says, with its
sources. Three policies meet the same people and the same questions: `broadcast` asks everybody on the topic at once,
`round_robin` three at a time in turn, `twelp` is `twelp.flow.dispatch.plan` itself with what the desk would know.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]  # so that it runs as a file, too
# ruff: noqa: E402

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.arguments import at_least, positive, writable
from benchmarks.crowd import people
from benchmarks.crowd.days import Days
from benchmarks.crowd.figures import Figures, figures
from benchmarks.crowd.people import People
from benchmarks.crowd.picture import svg
from benchmarks.crowd.policies import PACED, POLICIES
from benchmarks.crowd.town import Town

SIZES = (300, 3_000)
RATES = {"quiet": 2.0, "normal": 6.0, "storm": 40.0}
"""Questions an hour. Twelpforce had some 31,000 answers in its first year, 3.5 an hour."""

COLUMNS = {
    "p50_minutes": "p50", "p90_minutes": "p90", "asks_per_answer": "asks", "ignored_share": "ignored",
    "quiet_hour_asks": "night", "budget_breaches": "over", "gini": "Gini", "answered_15m": "15 min",
    "answered_60m": "1 h",
}  # fmt: skip
"""Minutes to the answer; asks an answer; asks in quiet hours, over budget; answered within."""

VARIED = (
    "willing", "skill", "willing_off_work", "at_desk_min", "off_desk_min", "notice_at_desk_s", "notice_by_phone_s",
    "writing_s", "topics", "passes", "abandons", "two_topics",
)  # fmt: skip


def main() -> None:
    """One comparison as asked for, or all six."""
    asked = _arguments().parse_args()
    try:
        crowd = people.load(asked.people)
        if asked.sensitivity:
            _sensitivity(crowd, asked)
        elif asked.json:
            found = dict(compare(crowd, asked.experts or SIZES[-1], asked.rate or RATES["normal"], asked))
            print(json.dumps({"policies": found}))
            _draw(found, asked)
        else:
            _tables(crowd, asked)
    except ValueError as error:
        sys.exit(f"attention: {error}")


def compare(crowd: People, experts: int, rate: float, asked: argparse.Namespace) -> Iterator[tuple[str, Figures]]:
    """Each policy's figures, in the same town."""
    town = Town(crowd, experts=experts, rate=rate, days=asked.days, seed=asked.seed, storm=asked.storm)
    compared = PACED if asked.paces else POLICIES
    with Progress(console=Console(stderr=True), transient=True, disable=asked.json) as progress:
        for name, policy in compared.items():
            task = progress.add_task(f"{experts:,} volunteers, {rate:g} questions an hour, {name}", total=1.0)
            told = Days(town, policy(town)).run(lambda share, task=task: progress.update(task, completed=share))
            progress.remove_task(task)
            yield name, figures(town, told)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="how few people are interrupted, and how soon there is an answer")
    parser.add_argument("--experts", type=at_least(20), help="volunteers; without it and --rate: 300 and 3,000")
    parser.add_argument("--rate", type=positive, help="questions an hour, over the whole day; without it: 2, 6 and 40")
    parser.add_argument("--days", type=at_least(1), default=3, help="simulated days, beginning on a Monday")
    parser.add_argument("--seed", type=at_least(0), default=1, help="the same seed, the same people and questions")
    parser.add_argument(
        "--people", type=Path, default=people.DEFAULT, help="how people behave: a file like people.json"
    )
    parser.add_argument(
        "--sensitivity", action="store_true", help="one comparison for each parameter halved and doubled"
    )
    parser.add_argument("--paces", action="store_true", help="calm, balanced and fast in place of other policies")
    parser.add_argument(
        "--storm", type=at_least(0), default=0, help="so many ask the same within ten minutes of day one"
    )
    parser.add_argument("--json", action="store_true", help="one comparison as JSON (3,000 volunteers, 6 an hour)")
    parser.add_argument("--svg", type=writable, help="also draw the last comparison into this file")
    return parser


def _tables(crowd: People, asked: argparse.Namespace) -> None:
    console = Console()
    rates = {"": asked.rate} if asked.rate else RATES
    for experts in (asked.experts,) if asked.experts else SIZES:
        for name, rate in rates.items():
            table = _table(
                f"{experts:,} volunteers, {name} {rate:g} questions an hour, {asked.days} days".replace(", ,", ",")
            )
            found = {}
            for policy, row in compare(crowd, experts, rate, asked):
                found[policy] = row
                table.add_row(policy, *(_shown(figure, row[figure]) for figure in COLUMNS))
            console.print(table)
            _draw(found, asked)


def _sensitivity(crowd: People, asked: argparse.Namespace) -> None:
    """Does it hold when people are otherwise? Asks and time of ours, as shares of broadcast's."""
    experts, rate = asked.experts or SIZES[-1], asked.rate or RATES["normal"]
    table = Table(
        "", "broadcast p50", "twelp p50", "times", "broadcast asks", "twelp asks", "share", title_justify="left"
    )
    table.columns[0].no_wrap = True
    for name in ("", *VARIED):
        for factor in (0.5, 2.0) if name else (1.0,):
            found = dict(compare(people.scaled(crowd, name, factor) if name else crowd, experts, rate, asked))
            theirs, ours = found["broadcast"], found["twelp"]
            times = ours["p50_minutes"] / theirs["p50_minutes"]
            share = ours["asks_per_answer"] / theirs["asks_per_answer"]
            label = f"{name} {'halved' if factor < 1 else 'doubled'}" if name else "as in the file"
            minutes = (f"{row['p50_minutes']:.2f}" for row in (theirs, ours))
            asks = (f"{row['asks_per_answer']:.1f}" for row in (theirs, ours))
            table.add_row(label, *minutes, f"{times:.2f}", *asks, f"{100 * share:.1f} %")
    Console().print(table)


def _table(title: str) -> Table:
    table = Table("", title=title, title_justify="left", box=None, pad_edge=False)
    table.columns[0].min_width = max(map(len, POLICIES))
    for column in COLUMNS.values():
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _shown(figure: str, value: float) -> str:
    if figure in ("ignored_share", "answered_15m", "answered_60m"):
        return f"{100 * value:.1f} %"
    return f"{value:,}"


def _draw(found: dict[str, Figures], asked: argparse.Namespace) -> None:
    if asked.svg:
        experts, rate = asked.experts or SIZES[-1], asked.rate or RATES["normal"]
        asked.svg.write_text(svg(found, f"{experts:,} volunteers, {rate:g} questions an hour"), encoding="utf8")


if __name__ == "__main__":
    main()
