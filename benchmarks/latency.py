"""How long people wait for the machine: `python -m benchmarks.latency [--quick] [--json]`.

Three figures, each from the sandbox's own record, with `twelp run` as a process of its own on SQLite and limits lifted:

- `card`: from a customer's post to the first card about it, while questions come at a steady rate and eager scripted
  people answer every one. The wait for the next read of X is not the machine's: it is taken off, but never more than
  the interval of reading, so that a read that comes late counts.
- `reply`: from an expert's confirmation to the request that posts the reply; nothing is held for Undo.
- `ack`: how long Slack waits for the acknowledgement while people click within one second, each on a card of their own.

`--roster 3000` instead: what a large roster costs, in a workspace of as many people: the start, the first question's
card (for which the member list is read), the next one's, and memory.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

from benchmarks.arguments import at_least, positive
from benchmarks.throughput import Bot, env, rss_mb, stage
from twelp.roster import load

_POLL_S = 0.2
_WARM_UP = 10
_PATIENCE_S = 120.0
_BUTTONS = ("Answer", "Claim", "Not me")
WANTED_MS = {"card": ("p95", 500), "reply": ("p95", 500), "ack": ("p99", 1000)}


class Town:
    """The control plane of one sandbox."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http

    def get(self, path: str, **query: Any) -> Any:
        """What it shows there."""
        return self.http.get(f"/_sandbox/{path}", params=query).raise_for_status().json()

    def ask(self, number: int) -> str:
        """A customer posts; the words by which the question is known again."""
        mark = f"(no. {number})"
        body = {"text": f"@VoltHelp why does my tv show no picture? {mark}", "as": f"c{number}"}
        self.http.post("/_sandbox/x/posts", json=body).raise_for_status()
        return mark

    def replies(self) -> int:
        """How many stand on X."""
        posts = self.get("x/posts", limit=5000)["posts"]
        return sum(post["author"] == "VoltHelp" for post in posts)

    def record(self) -> Iterator[Request]:
        """Every request so far, oldest first."""
        more, last = True, 0
        while more:
            page = self.get("requests", after=last)
            for found in page["requests"]:
                last = found["number"]
                at_s = datetime.fromisoformat(found["at"]).timestamp()
                yield Request(at_s, found["method"], found["path"], json.dumps(found["params"], ensure_ascii=False))
            more = page["more"]


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the sandbox recorded it when it arrived; `said` is its body."""

    at_s: float
    method: str
    path: str
    said: str


@contextmanager
def house(experts: int, *, eager: bool) -> Iterator[tuple[Town, Path, Bot]]:
    """A sandbox with so many people, and a bot that is ready."""
    with stage(experts, eager=eager) as (folder, sandbox):
        (folder / ".env").write_text(env(sandbox.url, f"sqlite:///{folder}/twelp.db", 3), encoding="utf-8")
        bot = Bot(folder)
        try:
            bot.start("-m", "twelp", "run")
            with httpx.Client(base_url=sandbox.url, trust_env=False, timeout=30) as http:
                yield Town(http), folder, bot
        finally:
            bot.stop()


def ways(questions: int, rate: float) -> dict[str, dict[str, float]]:
    """From post to card and from confirmation to reply, at so many questions a second."""
    with house(40, eager=True) as (town, folder, _):
        first, marks = time.monotonic(), []
        for number in range(_WARM_UP + questions):
            time.sleep(max(0.0, first + number / rate - time.monotonic()))
            marks.append(town.ask(number))
        until = time.monotonic() + _PATIENCE_S
        while (replies := town.replies()) < len(marks):
            if time.monotonic() > until:
                raise RuntimeError(f"{len(marks) - replies} questions got no reply")
            time.sleep(0.5)
        record, acts = list(town.record()), town.get("slack/acts")["acts"]
        people = {user["profile"].get("email"): user["id"] for user in town.get("slack/users")["users"]}
        signed = {f"^{e.initials}": people[e.id] for e in load(folder / "experts.yaml").experts.values()}
    whole, machine = zip(*to_card(marks[_WARM_UP:], record), strict=True)
    sent = to_reply(marks[_WARM_UP:], record, acts, signed)
    return {"card": figures(machine), "card_with_reading": figures(whole), "reply": figures(list(sent))}


def to_card(marks: Sequence[str], record: Sequence[Request]) -> Iterator[tuple[float, float]]:
    """Of each question the seconds from post to first card: all, and without the wait for X to be read."""
    reads = [r.at_s for r in record if r.method == "GET" and r.path.endswith("/mentions")]
    posts = [r for r in record if r.path == "/_sandbox/x/posts" and r.method == "POST"]
    cards = [r for r in record if r.path == "/api/chat.postMessage"]
    for mark in marks:
        posted_at = next(r.at_s for r in posts if mark in r.said)
        card_at = next(r.at_s for r in cards if mark in r.said)
        read_at = next((at for at in reads if at >= posted_at), posted_at)
        waited = min(read_at - posted_at, _POLL_S) if read_at <= card_at else 0.0
        yield card_at - posted_at, card_at - posted_at - waited


def to_reply(
    marks: Sequence[str], record: Sequence[Request], acts: Sequence[dict[str, Any]], signed: dict[str, str]
) -> Iterator[float]:
    """Of each reply the seconds since its author, told by the signature, pressed the last window's button."""
    pressed: dict[str, list[float]] = defaultdict(list)
    for act in acts:
        if act["act"] == "submit":
            pressed[act["user"]].append(act["at_s"] - act["ms"] / 1000)
    sent = [r for r in record if r.method == "POST" and r.path == "/2/tweets"]
    for reply in sent[-len(marks) :]:
        author = signed[json.loads(reply.said)["text"].rpartition(" ")[2]]
        yield reply.at_s - max(at for at in pressed[author] if at < reply.at_s)


def clicks(people: int) -> dict[str, float]:
    """How long the acknowledgements take while so many people click within one second, while cards go out as well."""
    with house(people, eager=False) as (town, _, _):
        for number in range(people):
            town.ask(number)
        users = [user["id"] for user in town.get("slack/users")["users"] if not user["is_bot"]]
        until = time.monotonic() + _PATIENCE_S
        while len(waiting := [u for u in users if _buttons(town, u)]) < people:
            if time.monotonic() > until:
                break
            time.sleep(0.5)
        seen = asyncio.run(_storm(str(town.http.base_url), waiting[:people]))
    acked = [act["ms"] / 1000 for act in seen if act["acked"]]
    return {**figures(acked), "people": len(seen), "not_acknowledged": len(seen) - len(acked)}


def _buttons(town: Town, user: str) -> bool:
    return any(message["blocks"] for message in town.get("slack/messages", user=user)["messages"])


async def _storm(url: str, users: Sequence[str]) -> list[dict[str, Any]]:
    """Each clicks at a moment of their own; left out is whose button went, as another took the question."""
    limits = httpx.Limits(max_connections=len(users))
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=30, limits=limits) as http:

        async def click(place: int, user: str) -> dict[str, Any] | None:
            await asyncio.sleep(place / len(users))
            body = {"user": user, "label": _BUTTONS[place % len(_BUTTONS)]}
            answer = await http.post("/_sandbox/slack/click", json=body)
            return answer.json() if answer.is_success else None

        seen = await asyncio.gather(*(click(place, user) for place, user in enumerate(users)))
    return [act for act in seen if act is not None]


def large(people: int) -> dict[str, float]:
    """What so large a roster costs: the start, two questions one after the other, memory, requests for the members."""
    began = time.monotonic()
    with house(people, eager=False) as (town, _, bot):
        found = {"people": people, "sandbox_and_start_s": round(time.monotonic() - began, 2)}
        for name in ("first_card_s", "next_card_s"):
            mark, asked = town.ask(len(found)), time.monotonic()
            while not any(mark in r.said for r in town.record() if r.path == "/api/chat.postMessage"):
                if time.monotonic() - asked > _PATIENCE_S:
                    raise RuntimeError("no card came")
                time.sleep(0.05)
            found[name] = round(time.monotonic() - asked, 2)
        found["rss_mb"] = round(rss_mb(bot.children[0].pid), 1)
        found["pages_of_members"] = sum(r.path == "/api/users.list" for r in town.record())
        bot.stop()
        bot.children.clear()
        began = time.monotonic()
        bot.start("-m", "twelp", "run")
        found["start_s"] = round(time.monotonic() - began, 2)
    return found


def figures(found_s: Sequence[float]) -> dict[str, float]:
    """Milliseconds: the median and what 95 and 99 of a hundred stay within, the longest, and how many there are."""
    row = sorted(1000 * each for each in found_s)
    parts = {f"p{part}_ms": round(row[min(len(row) - 1, len(row) * part // 100)], 1) for part in (50, 95, 99)}
    return {**parts, "max_ms": round(row[-1], 1), "count": len(row)}


def table(found: dict[str, Any]) -> Table:
    """For people, with what is wanted beside it."""
    shown = Table("ms", "p50", "p95", "p99", "longest", "of", "wanted")
    for name, row in found.items():
        if isinstance(row, dict):
            part, most = WANTED_MS.get(name, ("", 0))
            cells = [f"{row[key]:g}" for key in ("p50_ms", "p95_ms", "p99_ms", "max_ms", "count")]
            shown.add_row(name.replace("_", " "), *cells, f"{part} ≤ {most}" if part else "")
    return shown


def main() -> None:
    """Prints the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="60 questions")
    parser.add_argument("--questions", type=at_least(1), default=0)
    parser.add_argument("--rate", type=positive, default=5.0, help="questions a second")
    parser.add_argument("--people", type=at_least(1), default=100, help="who click within one second")
    parser.add_argument("--roster", type=at_least(1), default=0, help="a roster of so many people, instead")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.roster:
        print(json.dumps(large(given.roster), indent=2))
        return
    questions = given.questions or (60 if given.quick else 300)
    found: dict[str, Any] = {"machine": platform.platform(), "cores": os.cpu_count(), "rate": given.rate}
    found |= ways(questions, given.rate)
    found["ack"] = clicks(given.people)
    found["load"] = round(os.getloadavg()[0], 1)
    if given.json:
        print(json.dumps(found, indent=2))
    else:
        Console().print(table(found))


if __name__ == "__main__":
    main()
