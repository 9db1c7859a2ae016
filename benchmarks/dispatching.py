"""What it costs to put one question before people, on a day on which many were asked already.

    python -m benchmarks.dispatching                      # SQLite: after no asks of today, and after 60,000
    python -m benchmarks.dispatching --database postgres  # on a private server of the installed PostgreSQL

The desk alone, without networks: a post is heard, judged, matched and put before three of 40 people; the ratio of the
two medians is what counts. The asks of today are answered questions, three people each, spread over the day so far.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from benchmarks import postgres
from benchmarks.arguments import at_least, need_postgres
from twelp import wiring
from twelp.adapters.store import SqlStore, tables
from twelp.adapters.store.queries.pieces import table
from twelp.adapters.x.rules import RULES
from twelp.config import Settings
from twelp.desk import Desk
from twelp.engine import Engine
from twelp.model import Account, Brand, Expert, Policy, Post, Roster, Topic
from twelp.ports import Page

ASKS = 60_000
_PEOPLE, _ON_TV = 1_200, 40
_WANTED = 1.5
"""The day's asks may make a dispatch at most so many times as slow."""

_AT_ONCE = 2_000
_US = Account("1", "VoltHelp", "Volt")


class Clock:
    """Eligible at noon, UTC, and goes on by a second with each question."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, 12, tzinfo=UTC)

    def now(self) -> datetime:
        """The hour."""
        return self.at


class Dispatcher:
    """A desk on a database, that hears one question after the other."""

    def __init__(self, store: SqlStore) -> None:
        self.clock = Clock()
        self._roster = _roster()
        engine = Engine(store, self.clock)
        engine.prepare()
        matcher = wiring.matcher(Settings.model_validate({"TWELP_SEMANTIC": "off"}), self._roster, None)
        self._desk = Desk(store, engine.jobs, self.clock, self._roster, matcher, Policy(), {"x": _US}, {"x": RULES})
        self._numbers = count(10**9)

    def median_ms(self, questions: int = 200) -> float:
        """How long hearing a question takes, at the median, once the desk is at work."""
        self._hear(20)
        return statistics.median(self._hear(questions))

    def _hear(self, questions: int) -> list[float]:
        found = []
        for number in [next(self._numbers) for _ in range(questions)]:
            self.clock.at += timedelta(seconds=1)
            page = Page((_post(number, self.clock.at),), str(number))
            began = time.perf_counter()
            self._desk.hear("x", page)
            found.append(1_000 * (time.perf_counter() - began))
        return found


def _roster() -> Roster:
    tv = Topic("tv", "TV", keywords=("tv", "picture"), examples=("my tv shows no picture",))
    audio = Topic("audio", "Audio", keywords=("sound", "speaker"), examples=("no sound from the speaker",))
    people = [_expert(n) for n in range(_PEOPLE)]
    return Roster(Brand("Volt", {"x": "VoltHelp"}), {"tv": tv, "audio": audio}, {who.id: who for who in people})


def _expert(n: int) -> Expert:
    topics = ("tv",) if n < _ON_TV else ("audio",)
    return Expert(f"p{n}@volt.example", f"Person {n}", "PX", topics, ZoneInfo("UTC"), daily_asks=100)


def _post(number: int, at: datetime) -> Post:
    text = f"@VoltHelp why does my tv show no picture since channel {number}?"
    who = Account(str(number), f"c{number}", "C")
    return Post("x", str(number), who, text, at, str(number), mentions=("volthelp",), url="https://x.com/c/status/1")


def fill(store: SqlStore, asks: int, now: datetime) -> None:
    """Lets so many asks have been made today, of questions that were answered."""
    began = now.replace(hour=0, minute=1)
    step = (now - began) / max(1, asks)
    for start in range(0, asks, _AT_ONCE):
        with store.transaction(durable=False) as tx:
            rows = list(_asks(range(start, min(asks, start + _AT_ONCE)), began, step))
            tx.connection.execute(sa.insert(table(tables.AskRow)), rows)
            questions = {row["question"]: row["created_at"] for row in rows if row["ts"] == row["question"][2:]}
            for model, made in ((tables.QuestionRow, _question), (tables.AnswerRow, _answer)):
                if questions:
                    tx.connection.execute(sa.insert(table(model)), [made(key, at) for key, at in questions.items()])


def _asks(numbers: range, began: datetime, step: timedelta) -> Iterator[dict[str, Any]]:
    for n in numbers:
        yield {
            "question": f"x:{n // 3 * 3}.0",
            "expert": f"p{n % _PEOPLE}@volt.example",
            "role": "answer",
            "wave": 1,
            "state": "open",
            "reasons": ["you stand for TV"],
            "created_at": began + n * step,
            "channel": "D1",
            "ts": f"{n}.0",
            "shown": 9,
            "topic": "tv" if n % _PEOPLE < _ON_TV else "audio",
            "digest": "",
        }


def _question(key: str, at: datetime) -> dict[str, Any]:
    topics = [{"topic": "tv", "score": 0.8, "reasons": ["“picture”"]}]
    given = {"id": key, "stage": "published", "version": 4, "wave": 1, "opened_at": at, "reason": "", "reply_url": ""}
    return given | {"topics": topics, "closed_at": at}


def _answer(key: str, at: datetime) -> dict[str, Any]:
    number = int(key.partition(":")[2].partition(".")[0])
    given = {"question": key, "expert": f"p{number % _PEOPLE}@volt.example", "text": "Hold it.", "public": "Hold it."}
    given |= {"state": "published", "reasons": [], "updated_at": at, "written_at": at, "remote_id": "1"}
    return given | {"returned": 0}


def measure(database: str = "sqlite", asks: int = ASKS) -> dict[str, Any]:
    """Both medians in milliseconds, and their ratio."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="twelp-dispatch-")))
        if database == "postgres":
            server = stack.enter_context(postgres.running())
            urls = [server.database(), server.database()]
        else:
            urls = [f"sqlite:///{folder / name}.db" for name in ("none", "many")]
        found = []
        for url, before in zip(urls, (0, asks), strict=True):
            store = SqlStore(url)
            stack.callback(store.close)
            dispatcher = Dispatcher(store)
            fill(store, before, dispatcher.clock.at)
            found.append(round(dispatcher.median_ms(), 2))
    none, many = found
    return {"database": database, "none_ms": none, f"after_{asks}_ms": many, "ratio": round(many / none, 2)}


def main() -> None:
    """Prints the figures as JSON; exit status 1 when the day's asks slow a dispatch down by more than wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--asks", type=at_least(3), default=ASKS)
    given = parser.parse_args()
    if given.database == "postgres":
        need_postgres(parser, "--database sqlite")
    figures = measure(given.database, given.asks)
    print(json.dumps(figures, indent=2))
    raise SystemExit(figures["ratio"] > _WANTED)


if __name__ == "__main__":
    main()
