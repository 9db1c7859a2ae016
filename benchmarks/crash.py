"""What a house loses when it is killed again and again: `python -m benchmarks.crash [--rounds 15] [--questions 150]`.

A real `twelp run` (a process of its own) works against a local X and Slack with eager experts, and is killed with
SIGKILL at random moments while questions come in. What is reported is counted from the sandbox's own record: questions
without a reply, replies too many, cards too many. DATABASE: `sqlite` or the address of an empty Postgres database.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx

from twelp import wiring
from twelp.roster import load
from twelp.sandbox.server import serve

_TOPIC = "  - {id: tv, name: TV, keywords: [tv, picture, hdmi, screen], examples: [my tv shows no picture]}"
_EXPERT = (
    "  - {{slack: p{n}@volt.example, name: Pat {name}, initials: P{initial}, topics: [tv], zone: UTC, daily_asks: 100}}"
)
_OPEN = ('"Claim"', '"Not me"', '"Undo"')
"""Buttons that no card has once its question is answered."""

_PATIENCE_S = 180.0


def _roster() -> str:
    experts = [_EXPERT.format(n=n, name=chr(65 + n) + "x", initial=chr(65 + n)) for n in range(8)]
    head = ["version: 1", "brand: {name: Volt, handles: {x: VoltHelp}}", "topics:", _TOPIC, "experts:"]
    return "\n".join([*head, *experts]) + "\n"


class _House:
    """One `twelp run` in a folder."""

    def __init__(self, folder: Path, url: str, database: str) -> None:
        chosen = {"DATABASE_URL": database, "X_POLL_SECONDS": 0.5, "PORT": 0, "TWELP_HOLD_SECONDS": 0.2}
        lines = [wiring.dotenv(url), *(f"{name}={value}" for name, value in chosen.items())]
        (folder / ".env").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self._folder = folder
        self._number = 0

    def start(self) -> subprocess.Popen[bytes]:
        self._number += 1
        with (self._folder / f"said-{self._number}.txt").open("wb") as out:
            command = [sys.executable, "-m", "twelp", "run"]
            root = str(Path(__file__).resolve().parent.parent)
            env = {**os.environ, "PYTHONPATH": root}
            return subprocess.Popen(command, cwd=self._folder, env=env, stdout=out, stderr=subprocess.STDOUT)

    def until_ready(self) -> None:
        """Waits until the process started last says that it is."""
        said = self._folder / f"said-{self._number}.txt"
        until = time.monotonic() + 60
        while "Ready:" not in said.read_text(errors="replace") and time.monotonic() < until:
            time.sleep(0.05)

    def said(self, word: str) -> int:
        """How often the processes said this."""
        return sum(p.read_text(errors="replace").count(word) for p in self._folder.glob("said-*.txt"))


def measure(database: str, *, rounds: int, questions: int, seed: int = 7) -> dict[str, Any]:
    """Runs it; the figures."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="twelp-crash-") as name:
        folder = Path(name)
        (folder / "experts.yaml").write_text(_roster(), encoding="utf-8")
        url = f"sqlite:///{folder}/crash.db" if database == "sqlite" else database
        town = {"pace": "eager", "customers": False}
        with serve(wiring.seed(load(folder / "experts.yaml"), town=town)) as running:
            http = httpx.Client(base_url=running.url, trust_env=False, timeout=30)
            http.post("/_sandbox/limits", json={"lifted": True}).raise_for_status()
            house = _House(folder, running.url, url)
            ids: list[str] = []
            feeder = threading.Thread(target=_feed, args=(http, ids, questions))
            began = time.monotonic()
            feeder.start()
            for _ in range(rounds):
                process = house.start()
                house.until_ready()
                time.sleep(dice.uniform(1.0, 8.0))
                process.send_signal(signal.SIGKILL)
                process.wait()
            killed_s = time.monotonic() - began
            early = len(set(_replies(http)) & set(ids))
            process = house.start()
            feeder.join()
            _until_done(http, ids)
            settled = _until_settled(http, ids)
            process.terminate()
            process.wait(30)
            figures = {**_count(http, ids), "seconds_until_cards_were_true": settled}
            words = ("Traceback", "deadlock", "in doubt", "took over")
            http.close()
            return {
                "database": "sqlite" if database == "sqlite" else "postgres",
                "kills": rounds,
                "answered_between_kills": early,
                **figures,
                "seconds_of_kills": round(killed_s, 1),
                "seconds": round(time.monotonic() - began, 1),
                **{f"said {word}": house.said(word) for word in words},
            }


def _feed(http: httpx.Client, ids: list[str], questions: int) -> None:
    for n in range(questions):
        body = {"text": f"@VoltHelp why does my tv show no picture? ({n})", "as": f"c{n}"}
        ids.append(str(http.post("/_sandbox/x/posts", json=body).raise_for_status().json()["id"]))
        time.sleep(0.4)


def _replies(http: httpx.Client) -> Counter[str]:
    posts = http.get("/_sandbox/x/posts").raise_for_status().json()["posts"]
    return Counter(p["in_reply_to"] for p in posts if p["author"] == "VoltHelp" and not p["deleted"])


def _until_done(http: httpx.Client, ids: list[str]) -> None:
    """Until all are answered, or nothing happens for long."""
    last, moved_at = -1, time.monotonic()
    while time.monotonic() - moved_at < _PATIENCE_S:
        answered = len(set(_replies(http)) & set(ids))
        if answered == len(ids):
            return
        if answered != last:
            last, moved_at = answered, time.monotonic()
        time.sleep(0.5)


def _until_settled(http: httpx.Client, ids: list[str]) -> float:
    """Until no card has a button any more, or none loses one for long; the seconds it took."""
    began = moved_at = time.monotonic()
    last = -1
    while time.monotonic() - moved_at < _PATIENCE_S / 3:
        stale = _count(http, ids)["stale_cards"]
        if stale == 0:
            break
        if stale != last:
            last, moved_at = stale, time.monotonic()
        time.sleep(1)
    return round(time.monotonic() - began, 1)


def _count(http: httpx.Client, ids: list[str]) -> dict[str, int]:
    replies = _replies(http)
    cards: Counter[tuple[str, str]] = Counter()
    stale = 0
    for n in range(8):
        query = {"user": f"p{n}@volt.example"}
        for message in http.get("/_sandbox/slack/messages", params=query).raise_for_status().json()["messages"]:
            if message.get("only_for") or not message.get("blocks"):
                continue
            shown = json.dumps(message["blocks"])
            cards.update((query["user"], post_id) for post_id in ids if post_id in shown)
            stale += any(label in shown for label in _OPEN)
    return {
        "questions": len(ids),
        "answered": len(set(replies) & set(ids)),
        "unanswered": len(set(ids) - set(replies)),
        "double_replies": sum(n - 1 for n in replies.values()),
        "cards": len(cards),
        "double_cards": sum(n - 1 for n in cards.values()),
        "stale_cards": stale,
    }


def main() -> None:
    """Prints the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", nargs="?", default="sqlite")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--questions", type=int, default=150)
    given = parser.parse_args()
    print(json.dumps(measure(given.database, rounds=given.rounds, questions=given.questions), indent=2))


if __name__ == "__main__":
    main()
