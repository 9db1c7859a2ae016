"""What a house loses when it is killed and tormented again and again.

    python -m benchmarks.crash --rounds 200                          # SQLite
    python -m benchmarks.crash --database postgres --workers 2       # a private server of the installed PostgreSQL
    python -m benchmarks.crash --rounds 1000 --into crash.jsonl      # goes on where it was broken off
    python -m benchmarks.crash --sum crash.jsonl                     # all that stands in there, added up
    python -m benchmarks.crash --takeover                            # two workers on Postgres, one dead for good

The real program as a child process, the local X and Slack outside it. Questions come in while, round after round, one
torment drawn by seed happens (`benchmarks.torments`); nothing waits for the former round's questions. After each
hundred rounds a house that nobody torments finishes, and the sandbox's record is counted: `lost`, `double_posts`,
`double_cards`, `stuck`, `orphaned_jobs`, `lessons_lost`, `words_kept` must be 0. Then a fresh database and fresh
networks follow. Meanwhile people do what they do beside asking and answering (`benchmarks.happenings`): they edit,
delete, post anew, answer by hand, correct, post what no program may; not so with `--plain` or `--limits`.

With `--limits` people's budgets and quiet hours hold, some have few asks and some sleep; `beyond_budget` and `at_night`
are counted from Slack's record, too, and must be 0.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGCONT
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from benchmarks import postgres, takeover
from benchmarks.arguments import at_least, empty_folder, need_postgres, writable
from benchmarks.experiment import count, overdue, roster, under_way
from benchmarks.happenings import Happenings
from benchmarks.torments import TORMENTS, Experiment
from twelp import wiring
from twelp.roster import load
from twelp.sandbox.server import serve

_LOSSES: Final = ("lost", "double_posts", "double_cards", "stuck", "orphaned_jobs", "lessons_lost")
_BREACHES: Final = ("beyond_budget", "at_night", "words_kept")
MUST_BE_NONE: Final = (*_LOSSES, *_BREACHES)
_PART: Final = 100
"""Rounds on one database and one pair of networks: memory and the count at the end stay small."""

_MOST_OPEN: Final = 120
"""Questions under way: when more are, the next torment waits a moment, so that they do not pile up to the end."""

_FEW_OPEN: Final = 6
_WORDS: Final = ("Traceback", "deadlock", "in doubt", "took over", "clock was put back")


@dataclass(frozen=True, slots=True)
class Part:
    """Some rounds in a row; what makes them the same ones again."""

    database: str
    workers: int
    seed: int
    rounds: int
    questions: int
    only: str = ""
    limits: bool = False
    plain: bool = False

    @property
    def eventful(self) -> bool:
        """Whether people do other things, too."""
        return not (self.plain or self.limits)

    @property
    def grouped(self) -> bool:
        """Whether questions of the same matter are asked once, as all of these are: with every third seed."""
        return not self.limits and self.seed % 3 == 0

    @property
    def named(self) -> dict[str, Any]:
        """As figures."""
        return {name: getattr(self, name) for name in self.__slots__} | {"grouped": self.grouped}


def parts(
    database: str,
    *,
    workers: int,
    seed: int,
    rounds: int,
    questions: int,
    only: str,
    limits: bool = False,
    plain: bool = False,
) -> Iterator[Part]:
    """All rounds, a hundred at a time, each with a seed of its own."""
    for number, begin in enumerate(range(0, rounds, _PART)):
        end = min(rounds, begin + _PART)
        share = questions * end // rounds - questions * begin // rounds
        yield Part(database, workers, seed + number, end - begin, share, only, limits, plain)


def torment(part: Part, *, keep: Path | None = None) -> dict[str, Any]:
    """Does it; the figures."""
    dice = random.Random(part.seed)
    began = time.monotonic()
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="twelp-crash-")))
        folder.mkdir(parents=True, exist_ok=True)
        asleep_at = datetime.now(UTC) if part.limits else None
        (folder / "experts.yaml").write_text(roster(asleep_at, moderated=part.eventful), encoding="utf-8")
        people = load(folder / "experts.yaml")
        server = stack.enter_context(postgres.running(small=True)) if part.database == "postgres" else None
        seeded = wiring.seed(people, town={"pace": "eager", "customers": False})
        running = stack.enter_context(serve(seeded))
        chosen = {"limits": part.limits, "eventful": part.eventful, "grouped": part.grouped}
        experiment = Experiment(folder, running.url, server, part.workers, **chosen)
        stack.enter_context(_ended(experiment))
        happenings = Happenings(experiment.crowd) if part.eventful else None
        done = _rounds(part, experiment, dice, happenings)
        early = experiment.crowd.answered()
        figures = _finish(experiment, happenings, dice)
        breaches = experiment.crowd.breaches(people) if part.limits else (0, 0)
        figures |= dict(zip(_BREACHES, breaches, strict=False))
        said = {f"said {word}": sum(house.said(word) for house in experiment.houses) for word in _WORDS}
    spent = {name: round(seconds, 1) for name, seconds in experiment.seconds.items()}
    whole = {"answered_under_torment": early, **figures, **said, "seconds": round(time.monotonic() - began, 1)}
    whole["while one stood still"] = dict(experiment.meanwhile)
    return {**part.named, "torments": dict(done), **whole, "seconds_spent": spent}


def _rounds(part: Part, experiment: Experiment, dice: random.Random, happenings: Happenings | None) -> Counter[str]:
    done: Counter[str] = Counter()
    choice = part.only.split(",") if part.only else TORMENTS[part.database]
    crowd = experiment.crowd
    for number in range(part.rounds):
        kind = dice.choice(choice)
        wanted = part.questions * (number + 1) // part.rounds
        if wanted - crowd.answered() > _MOST_OPEN:
            experiment.work_off(_MOST_OPEN // 2)
        crowd.ask(wanted - len(crowd.asked))
        if happenings is not None:
            if number % 2:  # or nothing would be answered yet to which anything could happen
                experiment.work_off(_FEW_OPEN)
            happenings.happen(dice)
        experiment.torment(kind, dice)
        done[kind] += 1
        state = (
            f"round {number + 1} of {part.rounds}, seed {part.seed}: {kind}; {crowd.answered()} of {wanted} answered"
        )
        print(state, file=sys.stderr, flush=True)
    return done


def _finish(experiment: Experiment, happenings: Happenings | None, dice: random.Random) -> dict[str, Any]:
    """Everything comes to rest, undisturbed; then it is counted."""
    began = time.monotonic()
    crowd = experiment.crowd
    experiment.start()
    if happenings is None:
        crowd.until(crowd.answered, len(crowd.asked))
    else:
        crowd.control("DELETE", "faults")
        crowd.until(lambda: _left(experiment.database, happenings, dice), 0)
    crowd.until(lambda: crowd.cards()[1], 0)
    crowd.until(lambda: overdue(experiment.database), 0)
    time.sleep(2)
    rest_s = round(time.monotonic() - began, 1)
    stopped_s = time.time()
    for house in experiment.houses:
        house.stop()
    counted = count(crowd, experiment.database, stopped_s)
    if happenings is not None:
        counted |= happenings.count(experiment.database)
    return {**counted, "seconds_to_rest": rest_s}


def _left(database: str, happenings: Happenings, dice: random.Random) -> int:
    """How many posts are not heard yet, and questions under way; the moderator works on."""
    happenings.work_off(dice)
    return happenings.unheard(database) + under_way(database)


@contextmanager
def _ended(experiment: Experiment) -> Iterator[None]:
    try:
        yield
    finally:
        for house in experiment.houses:
            house.send(SIGCONT)
            house.kill()
        for way in experiment.relays:
            way.close()


def total(found: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Several parts as one: figures are added up, torments counted together."""
    rows = list(found)
    summed = ("rounds", "questions", "answered_under_torment", *MUST_BE_NONE)
    added: dict[str, Any] = {
        name: sum(row.get(name, 0) if name in _BREACHES else row[name] for row in rows) for name in summed
    }
    torments: Counter[str] = Counter()
    for row in rows:
        torments.update(row["torments"])
    said = {name: sum(row[name] for row in rows) for name in rows[0] if name.startswith("said ")} if rows else {}
    seeds = sorted({row["seed"] for row in rows})
    slowest = max((row["seconds_to_rest"] for row in rows), default=0.0)
    alone: Counter[str] = Counter()
    for row in rows:
        alone.update(row.get("while one stood still", {}))
    spent = {"seconds": round(sum(row["seconds"] for row in rows), 1), "seconds_to_rest": slowest}
    return {**added, **spent, "torments": dict(torments), "while one stood still": dict(alone), **said, "seeds": seeds}


def measure(wanted: Iterable[Part], *, into: Path | None = None, keep: Path | None = None) -> list[dict[str, Any]]:
    """All these parts; those that a file holds already are taken from there, the others added to it."""
    found = []
    known = _read(into) if into is not None and into.exists() else []
    for part in wanted:
        same = [row for row in known if all(row.get(name) == value for name, value in part.named.items())]
        row = same[0] if same else torment(part, keep=keep and keep / f"seed-{part.seed}")
        if into is not None and not same:
            with into.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
        found.append(row)
    return found


def _read(file: Path) -> list[dict[str, Any]]:
    """The rows of a file that `measure` wrote; raises ArgumentTypeError when it holds anything else."""
    rows: list[dict[str, Any]] = []
    try:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            total([row])
            rows.append(row)
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{file} cannot be read: {error.strerror}") from error
    except (ValueError, LookupError, TypeError) as error:
        told = f"{file}: line {len(rows) + 1} holds no figures as --into writes them"
        raise argparse.ArgumentTypeError(told) from error
    return rows


def _figures(text: str) -> list[dict[str, Any]]:
    rows = _read(Path(text))
    if not rows:
        raise argparse.ArgumentTypeError(f"{text} holds no figures: nothing was measured")
    return rows


def _into(text: str) -> Path:
    _read(file := writable(text))
    return file


def show(figures: dict[str, Any]) -> None:
    """A table of them."""
    table = Table("figure", "found", "wanted", title=f"{figures['rounds']} rounds, {figures['questions']} questions")
    for name, value in figures.items():
        table.add_row(name, str(value), "0" if name in MUST_BE_NONE else "")
    Console().print(table)


def main() -> None:
    """Prints a table, or the figures as JSON; exit status 1 when anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--rounds", type=at_least(1), default=30)
    parser.add_argument("--questions", type=at_least(1), help="in all (default: 20 a round; 2 with --limits)")
    parser.add_argument("--workers", type=at_least(1), default=1, help="processes at work (Postgres)")
    parser.add_argument("--seed", type=int, default=7, help="of the first hundred rounds; the next have the next")
    parser.add_argument("--only", default="", help="these torments, with commas between them")
    parser.add_argument("--limits", action="store_true", help="budgets and quiet hours hold (default: lifted)")
    parser.add_argument("--plain", action="store_true", help="people only ask and answer")
    parser.add_argument("--into", type=_into, help="a file to which each hundred rounds are added, once")
    parser.add_argument("--sum", type=_figures, nargs="+", help="only adds up what these files hold")
    parser.add_argument("--takeover", action="store_true", help="only: two workers on Postgres, one dead for good")
    parser.add_argument("--keep", type=empty_folder, help="an empty folder for databases and logs, which stay")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.database == "sqlite" and given.workers > 1:
        parser.error("SQLite serves one process; --workers needs --database postgres")
    known = sorted(set(TORMENTS[given.database]))
    if unknown := [name for name in given.only.split(",") if given.only and name not in known]:
        parser.error(f"--only: no torment {', '.join(unknown)} on {given.database}; there are {', '.join(known)}")
    if not given.sum and (given.takeover or given.database == "postgres"):
        need_postgres(parser, "--database sqlite, without --takeover")
    os.environ.pop("PYTHONPATH", None)
    if given.takeover:
        takeover.main(as_json=given.json)
    elif given.sum:
        figures = total(row for rows in given.sum for row in rows)
    else:
        how = {name: getattr(given, name) for name in ("workers", "seed", "rounds", "only", "limits", "plain")}
        wanted = parts(given.database, questions=given.questions or (2 if given.limits else 20) * given.rounds, **how)
        rows = measure(wanted, into=given.into, keep=given.keep)
        head = {"database": given.database, "workers": given.workers, "seed": given.seed}
        figures = {**head, **total(rows), "parts": rows}
    if given.json:
        print(json.dumps(figures, indent=2))
    else:
        show({name: value for name, value in figures.items() if name != "parts"})
    raise SystemExit(1 if any(figures[name] for name in MUST_BE_NONE) else 0)


if __name__ == "__main__":
    main()
