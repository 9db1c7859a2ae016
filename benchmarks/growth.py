"""What grows when the years go by: `python -m benchmarks.growth [--quick] [--database postgres] [--json]`.

Each row is one figure with little behind it and with much, taken in the same run one after the other, and their ratio:
of the day (how many were asked today) or of the history (questions of the past year, of which four fifths were
answered, a tenth set aside, and a tenth found nobody). What is wanted is a ratio, or for the start seconds.

    dispatch    hearing one question, with no asks of today and with 60,000      (`benchmarks.dispatching`)
    home        a moderator's Home tab
    status      what `twelp status` reads: questions by stage, jobs, today's figures
    figures     a month's figures by hour of the week
    trail       one question whole
    shortcut    the ask whose card is a given message
    leave       what lies before one person and before whom at all something lies: read when somebody leaves and at
                each start; the thousand latest that nobody answered are looked through, so from 10,000 on it is flat
    sweep       a daily sweep after which nothing new is old, without the look at the whole file
    start       from the command to "Ready:", processor seconds
    memory      what a process has resident that learns from 10,000 answers a day, on its third morning and after a week

Milliseconds are medians; on SQLite of processor time. `--quick` takes 20,000 in place of a million, 6,000 in place of
60,000, and a matcher that remembers a tenth: for a gate, which sees a ratio there, too.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks import dispatching, filling, postgres
from benchmarks.arguments import need_postgres
from benchmarks.throughput import Bot, env, rss_mb, stage
from twelp import reading, wiring
from twelp.adapters.store import Keep, Keeper, SqlStore
from twelp.adapters.store.tables import LessonRow
from twelp.adapters.x.rules import RULES
from twelp.config import Settings
from twelp.desk import Desk
from twelp.engine import Engine, JobQueue
from twelp.model import Account, Roster
from twelp.roster import load
from twelp.wiring.bot import _give_back

_LITTLE = 1_000
_US = Account("1", "VoltHelp", "Volt")
_KEEP = Keep(journal=timedelta(days=400), deliveries=timedelta(days=90), events=timedelta(days=7))
_PEOPLE = 2_000
"""So many can be asked about a million questions a year: a handful a day each."""

_FLAT = 1.5
_START_S = 5.0
_ROWS = ("dispatch", "home", "status", "figures", "trail", "shortcut", "leave", "sweep", "start", "memory")


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: `little` and `much` in `unit`; `of` says little and much of what.

    It is good where it grows at most by `most`, or is never more than `enough`, which nobody notices.
    """

    name: str
    of: str
    unit: str
    little: float
    much: float
    most: float
    enough: float = 0.0

    @property
    def ratio(self) -> float:
        """How many times as much."""
        return self.much / max(self.little, 1e-9)

    @property
    def good(self) -> bool:
        """Whether it is what is wanted."""
        return self.ratio <= self.most or self.much <= self.enough


class DeskAlone:
    """A desk on a database with that much history, without networks."""

    def __init__(self, store: SqlStore, roster: Roster) -> None:
        self.store = store
        self.clock = wiring.RealClock()
        engine = Engine(store, self.clock)
        engine.prepare()
        matcher = wiring.matcher(Settings.model_validate({"TWELP_SEMANTIC": "off"}), roster, None)
        self.desk = Desk(
            store, engine.jobs, self.clock, roster, matcher, wiring.policy(Settings()), {"x": _US}, {"x": RULES}
        )
        self.moderator = next(who.id for who in roster.moderators())
        self.person = next(iter(roster.experts))

    def home(self) -> float:
        """The moderator's tab."""
        return self._median_ms(lambda tx: self.desk.home(tx, self.moderator), 20)

    def status(self) -> float:
        """The overview."""
        return self._median_ms(lambda tx: reading.read_overview(tx, self.clock.now()), 20)

    def figures(self) -> float:
        """The last thirty days."""
        until = self.clock.now().date()
        return self._median_ms(
            lambda tx: reading.read_figures(tx, reading.By.HOUR_OF_WEEK, until - timedelta(days=30), until), 20
        )

    def trail(self) -> float:
        """One question of the past."""
        key, jobs = f"x:{1_000_000_000_000 + _LITTLE // 2}", JobQueue(self.clock)
        return self._median_ms(lambda tx: reading.read_question(tx, key, jobs=jobs), 20)

    def shortcut(self) -> float:
        """An old message's ask."""
        return self._median_ms(lambda tx: tx.ask_at("D1", "5.1"), 100)

    def leave(self) -> float:
        """What is read when somebody leaves, and at each start."""
        return self._median_ms(
            lambda tx: (tx.before(self.person), tx.undecided(self.person), tx.over(self.person, 50)), 20
        ) + self._median_ms(lambda tx: tx.undecided_people(), 20)

    def _median_ms(self, act: Callable[[Any], object], times: int) -> float:
        found = []
        for number in range(times + 2):
            with self.store.read() as tx:
                began = _s(self.store)
                act(tx)
                if number >= 2:  # the first ones read statements and pages
                    found.append(1_000 * (_s(self.store) - began))
        return statistics.median(found)


class _Sweeper(Keeper):
    """One that leaves the look at the whole file out, which is no transaction and lets nobody wait."""

    def _tidy(self) -> None:
        pass


class _Enqueued:
    """Jobs that nobody runs: only what they were given is kept."""

    def __init__(self, waiting: list[tuple[Any, ...]]) -> None:
        self._waiting = waiting

    def enqueue(self, _tx: Any, _job: str, _key: str, *args: Any, **_: Any) -> None:
        self._waiting.append(args)


class _Tomorrow:
    """The clock that many days on."""

    days = 0

    def now(self) -> Any:
        return wiring.RealClock().now() + timedelta(days=self.days)


def sweep(store: SqlStore) -> float:
    """Milliseconds that a daily sweep is at work, at the median of a week, once the first one is over."""
    waiting: list[tuple[Any, ...]] = []
    clock = _Tomorrow()
    made = _Sweeper(store, _Enqueued(waiting), clock, _KEEP)
    made.begin()
    found = []
    for clock.days in range(8):
        found.append(0.0)
        while not found[-1] or len(waiting[-1]) > 1:  # which begins at the beginning again is tomorrow's
            began = _s(store)
            made.sweep(*waiting.pop())
            found[-1] += 1_000 * (_s(store) - began)
    return statistics.median(found[1:])


def _s(store: SqlStore) -> float:
    """Processor time on SQLite, which works in our own thread: what others do on the machine does not count."""
    return time.thread_time() if store.sqlite else time.perf_counter()


def start(database: str) -> float:
    """Processor seconds from the command to Ready, which is the wait on a machine that has nothing else to do."""
    with stage() as (folder, sandbox):
        (folder / ".env").write_text(env(sandbox.url, database, 3), encoding="utf-8")
        bot = Bot(folder)
        try:
            bot.start("-m", "twelp", "run")
            return bot.cpu_s()
        finally:
            bot.stop()


def memory(remembered: int, *after: int) -> tuple[float, float]:
    """Megabytes that a process has whose matcher remembers so many lessons, after it learned as many as `after` says.

    From the first of these on, there are no more places for new features.
    """
    mine = [sys.executable, "-m", "benchmarks.growth", "--lessons", *map(str, (remembered, *after))]
    found = subprocess.run(mine, check=True, capture_output=True, text=True).stdout.split()
    return float(found[0]), float(found[1])


def learn(remembered: int, *after: int) -> None:
    """In a process of its own: prints what it has resident after so many lessons each."""
    with _folder() as folder:
        roster = _roster(folder)
        store = SqlStore(f"sqlite:///{folder}/twelp.db")
        house = DeskAlone(store, roster)
        house.desk.lessons.remembers = remembered
        dice = random.Random(3)
        for number in range(0, after[-1], 1_000):
            _teach(store, dice, range(number, number + 1_000))
            house.desk.lessons.catch_up()
            if number + 1_000 not in after:
                continue
            gc.collect()
            _give_back()
            print(rss_mb(os.getpid()), flush=True)
        store.close()


def _teach(store: SqlStore, dice: random.Random, numbers: range) -> None:
    """Questions of a language that goes on: old words, and in each a name that nobody said before."""
    at = wiring.RealClock().now()
    for start_at in range(numbers.start, numbers.stop, 500):
        rows = [
            {"question": f"x:{n}", "topic": "tv", "forgotten": False, "at": at, "text": _text(dice, n)}
            for n in range(start_at, min(start_at + 500, numbers.stop))
        ]
        with store.transaction(durable=False) as tx:
            tx.connection.execute(sa.insert(LessonRow), rows)


def _text(dice: random.Random, number: int) -> str:
    name = "".join(chr(97 + number // 26**place % 26) for place in range(5))
    words = [
        f"w{chr(97 + w % 26)}{chr(97 + w // 26 % 26)}{chr(97 + w // 676)}" for w in dice.choices(range(5_000), k=9)
    ]
    return f"why does my {name}box {' '.join(words)}?"


# ---------------------------------------------------------------- all of them


def measure(names: list[str], *, quick: bool, on_postgres: bool) -> Iterator[Figure]:
    """The rows, one after the other."""
    much = 20_000 if quick else 1_000_000
    of = f"{_LITTLE:,} and {much:,} questions"
    with ExitStack() as leaving:
        server = leaving.enter_context(postgres.running()) if on_postgres else None
        folder = leaving.enter_context(_folder())
        if "dispatch" in names:
            asks = 6_000 if quick else dispatching.ASKS
            found = dispatching.measure("postgres" if on_postgres else "sqlite", asks)
            yield Figure("dispatch", f"0 and {asks:,} asks", "ms", found["none_ms"], found[f"after_{asks}_ms"], _FLAT)
        roster = _roster(folder)
        urls = []
        for name in ("little", "much"):
            url = f"sqlite:///{folder}/{name}.db" if server is None else server.database()
            urls.append(url)
        stores = [leaving.enter_context(_filled(url, count)) for url, count in zip(urls, (_LITTLE, much), strict=True)]
        houses = [DeskAlone(store, roster) for store in stores]
        for name, enough in (
            ("home", 0.0),
            ("status", 2.0),
            ("figures", 50.0),
            ("trail", 5.0),
            ("shortcut", 0.5),
            ("leave", 25.0),
        ):
            if name in names:
                yield Figure(name, of, "ms", *(getattr(house, name)() for house in houses), _FLAT, enough)
        if "sweep" in names:
            yield Figure("sweep", of, "ms", *map(sweep, stores), most=_FLAT)
        for store in stores:
            store.close()
        if "start" in names:
            yield Figure("start", of, "s", *map(start, urls), _FLAT, _START_S)
        if "memory" in names:
            lessons = (1_000, 12_000, 24_000) if quick else (10_000, 20_000, 70_000)
            before, after = memory(*lessons)
            yield Figure("memory", f"{lessons[1]:,} and {lessons[2]:,} lessons", "MB", before, after, 1.1)


@contextmanager
def _filled(url: str, questions: int) -> Iterator[SqlStore]:
    store = SqlStore(url)
    filling.remember(store, questions, people=_PEOPLE)
    yield store
    store.close()


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="twelp-growth-") as name:
        yield Path(name)


def _roster(folder: Path) -> Roster:
    """As many people as a million questions a year need, at a handful of asks a day."""
    lines = [
        "version: 1",
        "brand: {name: Volt, handles: {x: VoltHelp}}",
        "topics:",
        "  - {id: tv, name: TV, keywords: [tv, picture], examples: [my tv shows no picture]}",
        "experts:",
        "  - {slack: mo@volt.example, name: Mo Derator, initials: MO, topics: [], zone: UTC, level: moderator}",
    ]
    lines += [
        f"  - {{slack: p{n}@volt.example, name: Pat {n}, initials: "
        f"{''.join(chr(65 + n // 26**place % 26) for place in (2, 1, 0))}, topics: [tv], zone: UTC}}"
        for n in range(_PEOPLE)
    ]
    (folder / "experts.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load(folder / "experts.yaml")


def main() -> None:
    """Prints the table, or JSON; exit status 1 where something grows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="20,000 in place of a million")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--only", action="append", choices=_ROWS)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lessons", type=int, nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.lessons:
        learn(*given.lessons)
        return
    if given.database == "postgres":
        need_postgres(parser, "--database sqlite")
    figures = []
    for figure in measure(given.only or list(_ROWS), quick=given.quick, on_postgres=given.database == "postgres"):
        figures.append(figure)
        if not given.json:
            wanted = f"{figure.most:g} times" + (f" or {figure.enough:g} {figure.unit}" if figure.enough else "")
            numbers = f"{figure.little:10.2f} {figure.much:10.2f} {figure.unit:2} {figure.ratio:8.2f} times"
            print(
                f"{figure.name:9} {figure.of:32} {numbers}   {wanted:18} {'yes' if figure.good else 'NO'}", flush=True
            )
    if given.json:
        rows = [asdict(figure) | {"ratio": figure.ratio, "good": figure.good} for figure in figures]
        print(json.dumps({"database": given.database, "quick": given.quick, "figures": rows}, indent=2))
    raise SystemExit(0 if all(figure.good for figure in figures) else 1)


if __name__ == "__main__":
    main()
