"""How many questions a second go the whole way: `python -m benchmarks.throughput [--quick] [--json]`.

Customers post on a local X, eager scripted experts answer in a local Slack, and a question counts when its reply stands
on X. Every contestant is a process of its own, beside the sandbox's process, over the same wire: `twelp run` on SQLite,
on Postgres with one and with two workers, and two baselines (`benchmarks.bots`): a bare script without durability and a
hand-written outbox. Limits are lifted on both sides, nothing is held before it is posted. All
ask as many people about each question; with `--surge` twelp's waves grow with the queue, as they do in a house.
On this machine X and Slack answer within a millisecond; `--away 0.25` has them answer after a quarter of a second,
about as the real ones do: a worker waits more than it computes then, and what a second adds shows without more cores.

`--only NAME` (sqlite, postgres1, postgres2, bare, outbox, waiting) runs some; given more than once.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from benchmarks import filling, postgres, statements
from benchmarks.arguments import at_least, need_postgres
from twelp import wiring
from twelp.adapters.store import SqlStore
from twelp.roster import load

_EXPERTS = 40
_AHEAD = 48
"""Questions that are under way at the same time; three times as many as the sandbox's people have hands for."""

WARM_UP = 24
_REST_S = 30.0
_STUCK_S = 60.0
ROOT = Path(__file__).resolve().parent.parent
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Bot:
    """What a contestant is made of: its processes, all in one folder."""

    folder: Path
    root: Path = ROOT
    children: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *command: str) -> None:
        """Starts a process and waits until it says that it is ready."""
        said = self.folder / f"said-{len(self.children)}.txt"
        env = {k: v for k, v in os.environ.items() if not k.startswith(("X_", "SLACK_", "TWELP_", "DATABASE_"))}
        env["PYTHONPATH"] = str(self.root)
        with said.open("wb") as out:
            child = subprocess.Popen(
                [sys.executable, *command], cwd=self.folder, env=env, stdout=out, stderr=subprocess.STDOUT
            )
        self.children.append(child)
        until = time.monotonic() + 120
        while "Ready:" not in said.read_text(errors="replace"):
            if child.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"it did not start: {said.read_text(errors='replace')[-2000:]}")
            time.sleep(0.02)

    def cpu_s(self) -> float:
        """Processor seconds that its processes have taken."""
        return sum(cpu_s(child.pid) for child in self.children)

    def stop(self) -> None:
        """Ends them."""
        for child in self.children:
            child.terminate()
        for child in self.children:
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def cpu_s(pid: int) -> float:
    """Processor seconds that a process has taken so far, its own and the system's for it."""
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / _TICK


@contextmanager
def stage(experts: int = _EXPERTS, *, eager: bool = True) -> Iterator[tuple[Path, wiring.SandboxProcess]]:
    """A folder with a roster, and a sandbox in which its people answer at once, or not by themselves."""
    with tempfile.TemporaryDirectory(prefix="twelp-throughput-") as name:
        folder = Path(name)
        (folder / "experts.yaml").write_text(_roster(experts), encoding="utf-8")
        town = {"pace": "eager", "customers": False, "answers": {"*": ["Hold the power button for ten seconds."]}}
        sandbox = wiring.SandboxProcess(wiring.seed(load(folder / "experts.yaml"), town=town if eager else None))
        try:
            lifted = {"lifted": True}
            httpx.post(f"{sandbox.url}/_sandbox/limits", json=lifted, trust_env=False).raise_for_status()
            yield folder, sandbox
        finally:
            sandbox.stop()


def _roster(people: int) -> str:
    topic = "  - {id: tv, name: TV, keywords: [tv, picture, hdmi, screen], examples: [my tv shows no picture]}"
    experts = [
        f"  - {{slack: p{n}@volt.example, name: Pat Number{n}, "
        f"initials: {''.join(chr(65 + n // 26**place % 26) for place in (2, 1, 0))}, "
        "topics: [tv], zone: UTC, daily_asks: 100}"
        for n in range(people)
    ]
    head = ["version: 1", "brand: {name: Volt, handles: {x: VoltHelp}}", "topics:", topic, "experts:"]
    return "\n".join([*head, *experts]) + "\n"


def env(url: str, database: str, wave: int, *, surge: bool = False) -> str:
    """The `.env` of a contestant that is twelp; `surge`: its waves grow with the queue."""
    chosen = {
        "DATABASE_URL": database,
        "X_POLL_SECONDS": 0.2,
        "PORT": 0,
        "TWELP_HOLD_SECONDS": 0,
        "TWELP_WAVE_SIZE": wave,
        "TWELP_SURGE_FROM": 20 if surge else 1_000_000,
        "TWELP_LIFT_LIMITS": "true",
        "TWELP_SEMANTIC": "off",
        "TWELP_GROUPING": "false",  # they all ask the same, and each is to go the whole way
    }
    return "\n".join([wiring.dotenv(url), *(f"{name}={value}" for name, value in chosen.items())]) + "\n"


def run(
    name: str,
    *,
    questions: int,
    wave: int,
    surge: bool = False,
    away_s: float = 0.0,
    root: Path = ROOT,
    watched: Path | None = None,
) -> dict[str, Any]:
    """One contestant's figures; X and Slack answer after `away_s`; `root`: the checkout whose twelp is run.

    `watched`: the file into which it writes what each of its parts asked of the database (`benchmarks.watched`).
    """
    with stage() as (folder, sandbox), ExitStack() as leaving:
        if away_s:
            slow = {"kind": "slow", "seconds": away_s, "times": None}
            calls = [{**slow, "network": "x"}, {**slow, "network": "slack", "path": "/api/*"}]
            httpx.post(f"{sandbox.url}/_sandbox/faults", json={"faults": calls}, trust_env=False).raise_for_status()
        bot = Bot(folder, root)
        leaving.callback(bot.stop)
        server, database = None, f"sqlite:///{folder}/twelp.db"
        if name in ("bare", "outbox"):
            keys = json.dumps(dict(line.split("=", 1) for line in wiring.dotenv(sandbox.url).splitlines()))
            bot.start("-m", "benchmarks.bots", name, sandbox.url, "--keys", keys, "--wave", str(wave))
        else:
            if name != "sqlite":
                server = leaving.enter_context(postgres.running(counting=True))
                database = server.database()
            (folder / ".env").write_text(env(sandbox.url, database, wave, surge=surge), encoding="utf-8")
            for _ in range(int(name.removeprefix("postgres") or 1) if server is not None else 1):
                bot.start("-m", *(("benchmarks.watched", str(watched)) if watched else ("twelp",)), "run")
        figures = _drive(sandbox, bot, questions, server, database)
        if watched is not None:
            bot.stop()
        return figures


def contestant(database: str, workers: int) -> str:
    """The name of twelp on a database, with so many workers."""
    return database if database == "sqlite" else f"{database}{workers}"


def _drive(
    sandbox: wiring.SandboxProcess, bot: Bot, questions: int, server: postgres.Server | None, database: str
) -> dict[str, Any]:
    with httpx.Client(base_url=sandbox.url, trust_env=False, timeout=30) as http:
        feed = _Feed(http)
        feed.go(WARM_UP)
        if server is not None:
            statements.begin(server, database)
            counted = statements.count(server, database)
        calls = _calls(http)
        before, spent = (bot.cpu_s(), cpu_s(sandbox.pid)), time.monotonic()
        feed.go(questions)
        spent = time.monotonic() - spent
        bot_s, sandbox_s = bot.cpu_s() - before[0], cpu_s(sandbox.pid) - before[1]
        whole = {} if server is None else statements.count(server, database).since(counted, questions)
        return {
            "qps": round(questions / spent, 1),
            "bot_ms": round(1000 * bot_s / questions, 1),
            "sandbox_ms": round(1000 * sandbox_s / questions, 1),
            "calls": round((_calls(http) - calls) / questions, 1),
            "doubles": feed.doubles,
            **whole,
        }


def _calls(http: httpx.Client) -> int:
    return int(http.get("/_sandbox").raise_for_status().json()["requests"])


class _Feed:
    """Customers, a few questions ahead of the answers."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        self._number = 0
        self._open: set[str] = set()
        self._done: set[str] = set()
        self._seen = "0"
        self.doubles = 0

    def go(self, questions: int) -> None:
        """Posts so many; returns when the last has its reply."""
        left, moved_at = questions, time.monotonic()
        while left or self._open:
            room = min(left, _AHEAD - len(self._open))
            if room > 7 or (room and room == left):
                self._post(room)
                left -= room
            if self._look():
                moved_at = time.monotonic()
            elif time.monotonic() - moved_at > _STUCK_S:
                raise RuntimeError(f"{len(self._open)} questions got no reply for {_STUCK_S:.0f} s")
            time.sleep(0.05)

    def _post(self, count: int) -> None:
        numbers = range(self._number, self._number + count)
        self._number += count
        posts = [{"text": f"@VoltHelp why does my tv show no picture? ({n})", "as": f"c{n % 500}"} for n in numbers]
        answer = self._http.post("/_sandbox/x/posts", json={"posts": posts}).raise_for_status().json()
        self._open |= set(answer["ids"])

    def _look(self) -> int:
        query = {"after": self._seen, "limit": 1000}
        posts = self._http.get("/_sandbox/x/posts", params=query).raise_for_status().json()["posts"]
        new = [p["in_reply_to"] for p in posts if p["author"] == "VoltHelp"]
        self._seen = posts[-1]["id"] if posts else self._seen
        self.doubles += sum(1 for n, post_id in enumerate(new) if post_id in self._done or post_id in new[:n])
        self._done |= set(new)
        self._open -= set(new)
        return len(new)


# ---------------------------------------------------------------- much that waits, much that was


def waiting(questions: int) -> dict[str, Any]:
    """A house at rest on SQLite, in which so many questions wait: memory, idle processor, start, size."""
    with stage() as (folder, sandbox), ExitStack() as leaving:
        database = f"sqlite:///{folder}/twelp.db"
        store = SqlStore(database)
        filling.wait(store, questions)
        store.close()
        chosen = env(sandbox.url, database, 3).replace("X_POLL_SECONDS=0.2", "X_POLL_SECONDS=15")
        (folder / ".env").write_text(chosen, encoding="utf-8")
        bot = Bot(folder)
        leaving.callback(bot.stop)
        began = time.monotonic()
        bot.start("-m", "twelp", "run")
        started = time.monotonic() - began
        time.sleep(_REST_S / 3)
        before = bot.cpu_s()
        time.sleep(_REST_S)
        return {
            "questions": questions,
            "rss_mb": round(rss_mb(bot.children[0].pid), 1),
            "cpu_pct": round(100 * (bot.cpu_s() - before) / _REST_S, 2),
            "restart_s": round(started, 2),
            "database_mb": round((folder / "twelp.db").stat().st_size / 1e6, 1),
        }


def latency(history: int, asked: int) -> dict[str, Any]:
    """The way of one question at a time, with so many answered ones in the database: median and 90th percentile."""
    with stage() as (folder, sandbox), ExitStack() as leaving:
        database = f"sqlite:///{folder}/twelp.db"
        store = SqlStore(database)
        began = time.monotonic()
        filling.remember(store, history)
        filled = time.monotonic() - began
        store.close()
        (folder / ".env").write_text(env(sandbox.url, database, 3), encoding="utf-8")
        bot = Bot(folder)
        leaving.callback(bot.stop)
        began = time.monotonic()
        bot.start("-m", "twelp", "run")
        started = time.monotonic() - began
        with httpx.Client(base_url=sandbox.url, trust_env=False, timeout=30) as http:
            feed = _Feed(http)
            feed.go(3)
            before, times = bot.cpu_s(), []
            for _ in range(asked):
                began = time.monotonic()
                feed.go(1)
                times.append(time.monotonic() - began)
        return {
            "history": history,
            "median_s": round(statistics.median(times), 3),
            "p90_s": round(sorted(times)[int(0.9 * len(times))], 3),
            "bot_ms": round(1000 * (bot.cpu_s() - before) / asked, 1),
            "restart_s": round(started, 2),
            "rss_mb": round(rss_mb(bot.children[0].pid), 1),
            "database_mb": round((folder / "twelp.db").stat().st_size / 1e6, 1),
            "filled_s": round(filled, 1),
        }


def rss_mb(pid: int) -> float:
    """Memory that a process has resident."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


CONTESTANTS = ("bare", "outbox", "sqlite", "postgres1", "postgres2")


def main() -> None:
    """Prints the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer questions, and a history of 20,000")
    parser.add_argument("--questions", type=at_least(1), default=0)
    parser.add_argument("--wave", type=at_least(1), default=3, help="experts asked about each question")
    parser.add_argument("--only", action="append", choices=(*CONTESTANTS, "waiting", "waiting100k", "history"))
    parser.add_argument("--surge", action="store_true", help="waves grow with the queue")
    parser.add_argument("--away", type=float, default=0.0, help="seconds after which X and Slack answer")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    wanted = given.only or (*CONTESTANTS, "waiting", "history")
    if any(name.startswith("postgres") for name in wanted):
        need_postgres(parser, "--only bare --only outbox --only sqlite --only waiting --only history")
    questions = given.questions or (150 if given.quick else 1000)
    figures: dict[str, Any] = {"machine": platform.platform(), "cores": os.cpu_count(), "wave": given.wave}

    def show(name: str, row: dict[str, Any]) -> None:
        figures[name] = row
        if not given.json:
            print(f"{name:14}", "  ".join(f"{key} {value}" for key, value in row.items()), flush=True)

    for name in CONTESTANTS:
        if name in wanted:
            row = run(name, questions=questions, wave=given.wave, surge=given.surge, away_s=given.away)
            figures[f"{name}_qps"] = row["qps"]
            row.pop("by_text", None)
            show(name, row)
    if "waiting" in wanted:
        show("waiting_none", waiting(0))
        show("waiting_10k", waiting(10_000))
    if "waiting100k" in wanted:
        show("waiting_100k", waiting(100_000))
    if "history" in wanted:
        show("history_none", latency(0, 20 if given.quick else 60))
        show("history_long", latency(20_000 if given.quick else 1_000_000, 20 if given.quick else 60))
    if given.json:
        print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
