"""What experiments on a running bot share: a town of eager experts, `twelp run` as a process, and the count at the end.

What is counted comes from the sandbox's own record of what was posted, on X and in Slack; only what should be left in
the bot's database (no open question, no job, a lesson for each answer) is read from there.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa

from twelp import wiring
from twelp.adapters.store import SqlStore
from twelp.flow.dispatch.limits import within
from twelp.model import Roster, Stage

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = 8
_TOPIC = "  - {id: tv, name: TV, keywords: [tv, picture, hdmi, screen], examples: [my tv shows no picture]}"
_EXPERT = (
    "  - {{slack: p{n}@volt.example, name: Pat {name}, initials: P{initial}, topics: [tv], zone: UTC, daily_asks: 100}}"
)
MODERATOR = "m0@volt.example"
_MODERATOR = "  - {slack: m0@volt.example, name: Mo Mod, initials: MM, topics: [], level: moderator, zone: UTC}"
_OPEN = ('"Claim"', '"Not me"', '"Undo"')
"""Buttons that no card has once its question is answered."""

_PATIENCE_S = 120.0


def roster(asleep_at: datetime | None = None, *, moderated: bool = False) -> str:
    """One topic, and eight people who know everything about it; `moderated`: and a moderator.

    `asleep_at`: two more have few asks a day, and two sleep then and for the next twenty hours, where they live.
    """
    experts = [_EXPERT.format(n=n, name=chr(65 + n) + "x", initial=chr(65 + n)) for n in range(PEOPLE)]
    if asleep_at is not None:
        begin, end = (f"{asleep_at + timedelta(hours=hours):%H}:00" for hours in (-2, 20))
        for n in range(PEOPLE, PEOPLE + 4):
            line = _EXPERT.format(n=n, name=chr(65 + n) + "x", initial=chr(65 + n))
            few, night = ("daily_asks: 3", f'quiet: "{begin}-{end}", daily_asks: 100')
            experts.append(line.replace("daily_asks: 100", few if n < PEOPLE + 2 else night))
    experts += [_MODERATOR] if moderated else []
    head = ["version: 1", "brand: {name: Volt, handles: {x: VoltHelp}}", "topics:", _TOPIC, "experts:"]
    return "\n".join([*head, *experts]) + "\n"


class Bot:
    """One `twelp run` in a folder of its own, killed and started again as often as wanted."""

    def __init__(self, folder: Path, url: str, database: str, *, experts: str = "", **settings: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "experts.yaml").write_text(experts or roster(), encoding="utf-8")
        chosen = {"DATABASE_URL": database, "X_POLL_SECONDS": 0.2, "PORT": 0, "TWELP_HOLD_SECONDS": 0.2}
        chosen |= {"TWELP_LIFT_LIMITS": "true", "TWELP_SEMANTIC": "off"}
        chosen |= {"TWELP_GROUPING": "false", **settings}  # or all questions, which are alike, would be one
        lines = [wiring.dotenv(url), *(f"{name}={value}" for name, value in chosen.items())]
        (folder / ".env").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None
        self._number = 0

    def start(self, **wounds: str) -> None:
        """Starts it; `wounds` are what `benchmarks.wounded` does to it, as variables of its environment."""
        self._number += 1
        with self._said.open("wb") as out:
            command = [sys.executable, "-m", "benchmarks.wounded" if wounds else "twelp", "run"]
            own = {k: v for k, v in os.environ.items() if not k.startswith(("X_", "SLACK_", "TWELP_", "DATABASE_"))}
            env = {**own, **wounds, "PYTHONPATH": str(ROOT)}
            self.process = subprocess.Popen(command, cwd=self.folder, env=env, stdout=out, stderr=subprocess.STDOUT)

    @property
    def _said(self) -> Path:
        return self.folder / f"said-{self._number}.txt"

    @property
    def alive(self) -> bool:
        """Whether its process runs (or is stopped)."""
        return self.process is not None and self.process.poll() is None

    def until_ready(self) -> None:
        """Waits until it says that it is ready, or has ended."""
        until = time.monotonic() + 60
        while self.alive and "Ready:" not in self._said.read_text(errors="replace") and time.monotonic() < until:
            time.sleep(0.02)

    def send(self, number: signal.Signals) -> None:
        """A signal, if it still lives."""
        if self.alive and self.process is not None:
            self.process.send_signal(number)

    def kill(self) -> None:
        """`kill -9`, if it still lives."""
        self.send(signal.SIGKILL)
        if self.process is not None:
            self.process.wait(30)

    def stop(self) -> None:
        """SIGTERM, and its end."""
        if self.alive and self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()

    def said(self, word: str) -> int:
        """How often its processes said this."""
        return sum(p.read_text(errors="replace").count(word) for p in self.folder.glob("said-*.txt"))


class Crowd:
    """Customers, and what they and the experts got to see."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, trust_env=False, timeout=60)
        self.control("POST", "limits", {"lifted": True})
        self.asked: list[str] = []
        self._lock = threading.Lock()
        self._answered: set[str] = set()
        self._read_to = "0"

    def control(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """The sandbox's control plane."""
        return self.http.request(method, f"/_sandbox/{path}", json=body, params=query).raise_for_status().json()

    def ask(self, many: int) -> None:
        """That many customers post a question."""
        for _ in range(many):
            number = len(self.asked)
            body = {"text": f"@VoltHelp why does my tv show no picture? ({number})", "as": f"c{number}"}
            post_id = str(self.control("POST", "x/posts", body)["id"])
            with self._lock:
                self.asked.append(post_id)

    @property
    def people(self) -> list[str]:
        """Who may be asked."""
        return [f"p{n}@volt.example" for n in range(PEOPLE)]

    def messages(self, person: str) -> list[dict[str, Any]]:
        """A person's cards, newest first."""
        found = self.control("GET", "slack/messages", user=person)["messages"]
        return [one for one in found if one.get("blocks") and not one.get("only_for")]

    def ours(self) -> list[dict[str, Any]]:
        """The brand's posts that stand."""
        return list(self._ours("0"))

    def replies(self) -> Counter[str]:
        """How many public replies stand under each post."""
        return Counter(post["in_reply_to"] for post in self._ours("0"))

    def answered(self) -> int:
        """How many questions have, or had, a reply; only what is new is read."""
        self._answered.update(post["in_reply_to"] for post in self._ours(self._read_to))
        return len(self._answered & set(self.asked))

    def _ours(self, after: str) -> Iterator[dict[str, Any]]:
        """The brand's posts that stand, from after that id on."""
        more = True
        while more:
            page = self.control("GET", "x/posts", after=after)
            posts, more = page["posts"], page["more"]
            yield from (p for p in posts if p["author"] == "VoltHelp" and not p["deleted"])
            after = self._read_to = posts[-1]["id"] if posts else after

    def cards(self) -> tuple[Counter[tuple[str, str]], int]:
        """How many cards each person has about each post, and how many cards have buttons of an open question."""
        found: Counter[tuple[str, str]] = Counter()
        stale = 0
        for person in self.people:
            for message in self.messages(person):
                if '"note:' in json.dumps(message.get("metadata")):
                    continue
                shown = json.dumps(message["blocks"])
                found.update((person, post) for post in set(re.findall(r"status/(\d+)", shown)))
                stale += any(label in shown for label in _OPEN)
        return found, stale

    def breaches(self, people: Roster) -> tuple[int, int]:
        """How many asks came beyond somebody's budget of their own day, and how many in their quiet hours.

        Counted from the messages as Slack delivered them, each at the hour at which it came.
        """
        beyond = at_night = 0
        for person in people.experts.values():
            days: Counter[date] = Counter()
            for message in self.control("GET", "slack/messages", user=person.id)["messages"]:
                if message.get("only_for") or not message.get("blocks"):
                    continue
                asks = len(set(re.findall(r"status/(\d+)", json.dumps(message["blocks"]))) & set(self.asked))
                local = datetime.fromtimestamp(float(message["ts"]), person.zone)
                days[local.date()] += asks
                at_night += asks if person.quiet is not None and within(person.quiet, local.time()) else 0
            beyond += sum(max(0, asks - person.daily_asks) for asks in days.values())
        return beyond, at_night

    def until(self, figure: Callable[[], int], wanted: int) -> float:
        """Until the figure is as wanted, or does not change for two minutes; the seconds it took."""
        began = moved_at = time.monotonic()
        last: int | None = None
        while time.monotonic() - moved_at < _PATIENCE_S:
            seen = figure()
            if seen == wanted:
                break
            if seen != last:
                last, moved_at = seen, time.monotonic()
            time.sleep(0.5)
        return round(time.monotonic() - began, 1)


def overdue(database: str, at_s: float | None = None) -> int:
    """Jobs that should have run ten seconds before that moment (default: now), in seconds since 1970.

    Those of a dead process are its own until its beat is 30 s old.
    """
    store = SqlStore(database, reading=True)
    try:
        with store.read() as tx:
            then = (time.time() if at_s is None else at_s) - 10
            late = sa.text("select count(*) from twelp_job where due < :then").bindparams(then=then)
            return int(tx.connection.execute(late).scalar_one())
    finally:
        store.close()


def under_way(database: str) -> int:
    """How many questions something or somebody will still move."""
    store = SqlStore(database, reading=True)
    try:
        with store.read() as tx:
            return tx.progress()[1]
    finally:
        store.close()


def count(crowd: Crowd, database: str, stopped_s: float) -> dict[str, Any]:
    """The figures that must be 0, beside the number of questions. To be called once everything came to rest.

    Args:
        crowd: what they got to see.
        database: the bot's.
        stopped_s: when its processes were told to stop: what became due after that is no orphan.
    """
    replies, (cards, stale) = crowd.replies(), crowd.cards()
    store = SqlStore(database, reading=True)
    try:
        with store.read() as tx:
            questions = [(post, tx.question(f"x:{post}"), tx.lesson(f"x:{post}")) for post in crowd.asked]
    finally:
        store.close()
    return {
        "questions": len(crowd.asked),
        "stages": dict(Counter(str(q.stage) if q else "unheard" for _, q, _ in questions)),
        "lost": len(set(crowd.asked) - set(replies)),
        "double_posts": sum(n - 1 for n in replies.values()),
        "cards": len(cards),
        "double_cards": sum(n - 1 for n in cards.values()),
        "stale_cards": stale,
        "stuck": sum(q is None or q.stage is not Stage.PUBLISHED for _, q, _ in questions),
        "orphaned_jobs": overdue(database, stopped_s),
        "lessons_lost": sum(
            lesson is None for post, q, lesson in questions if post in replies and q is not None and q.matter is None
        ),
    }
