"""One outage, many askers: `python -m benchmarks.storm [--posts FILE.jsonl] [--count N] [--json]`.

Posts of one outage (varied wording, slips, upper case, three languages) with a tenth of other matters among them are
posted on a local X within ten minutes; scripted experts answer in a local Slack; `twelp run` in a process of its own
does the rest. All of it goes ten times as fast, people and waves alike (`--over`: the seconds that ten minutes take).
What is printed is read from the networks' own record and from twelp's rows, beside the same run without grouping.

`--posts`: JSON lines with `text` and, where known, `matter` (what it is about: posts of one matter are the same).

    experts_asked   how many people got a card about the largest matter
    asks            how many cards went out in all
    answered        how many customers have a reply standing, and `answered_once`: exactly one
    distinct_senses how many different answers stand to the largest matter, its greeting left out
    wrongly_joined  share of joined posts that joined another matter's
    missed_joins    share of the posts of a matter of many that were asked by themselves, but for the first per language
    others_ratio    the others' median time to an answer, by that of a run with the others alone
    joining_ms      processor time that joining takes a post, the mean, beside 10,000 open matters
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from benchmarks.arguments import at_least
from benchmarks.storm_posts import Asked, made_up
from benchmarks.throughput import ROOT, Bot
from twelp import wiring
from twelp.adapters.store import SqlStore
from twelp.config import Settings
from twelp.desk import find
from twelp.flow import sameness
from twelp.flow.triage.signs import language
from twelp.model import AskRole
from twelp.roster import load
from twelp.sandbox.server import serve

_REST_S = 30.0
_OPEN = 10_000
_STUCK_S = 240.0
_SPEED = 600.0
"""Seconds that the posts come within, were it not told faster."""
_GREETING = re.compile(
    r"(?:^|\s)@\w+[!,.]?"
    r"|(?:Thanks for writing|Danke für die Nachricht|¡?Gracias por escribir)[^.!]*[!.]?\s*$"
    r"|^(?:Hi|Hello|Hallo|¡?Hola|Bonjour|Guten Tag|Danke[^.]*|Gracias[^.]*|thanks for writing)[!,. ]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Run:
    """What one run came to."""

    figures: dict[str, Any]
    others_s: float | None


def run(asked: Sequence[Asked], *, grouping: bool, over_s: float) -> Run:
    """Posts all of them, evenly within so many seconds, and waits until nothing more happens."""
    roster = load(ROOT / "experts.yaml")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        running = stack.enter_context(serve(wiring.seed(roster, town={"pace": "human", "speed": _SPEED / over_s})))
        control = stack.enter_context(httpx.Client(base_url=running.url, trust_env=False, timeout=30))
        control.post("/_sandbox/limits", json={"lifted": True}).raise_for_status()
        database = f"sqlite:///{folder / 'storm.db'}"
        chosen = {"DATABASE_URL": database, "X_POLL_SECONDS": 1, "PORT": 0, "TWELP_HOLD_SECONDS": 0}
        chosen |= {
            "TWELP_GROUPING": str(grouping).lower(),
            "TWELP_WAVE_MINUTES": 7 * over_s / _SPEED,
            "TWELP_LIFT_LIMITS": "true",
        }
        lines = [wiring.dotenv(running.url), *(f"{name}={value}" for name, value in chosen.items())]
        (folder / ".env").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (folder / "experts.yaml").write_text((ROOT / "experts.yaml").read_text(encoding="utf-8"), encoding="utf-8")
        bot = Bot(folder)
        stack.callback(bot.stop)
        bot.start("-m", "twelp", "run")
        ids: dict[str, Asked] = {}
        for number, one in enumerate(asked):
            body = {"text": one.text, "as": f"customer{number}"}
            ids[str(control.post("/_sandbox/x/posts", json=body).raise_for_status().json()["id"])] = one
            time.sleep(over_s / len(asked))
        _wait(control, len(ids))
        store = SqlStore(database, reading=True)
        stack.callback(store.close)
        return _read(control, store, ids)


def _wait(control: httpx.Client, wanted: int) -> None:
    """Until every post has a reply, or none has come for a while."""
    began = moved = time.monotonic()
    seen = -1
    while time.monotonic() - began < _STUCK_S and time.monotonic() - moved < _REST_S:
        now = len({post["in_reply_to"] for post in _ours(control)})
        if now != seen:
            seen, moved = now, time.monotonic()
        if now >= wanted:
            return
        time.sleep(0.5)


def _ours(control: httpx.Client) -> list[dict[str, Any]]:
    posts = control.get("/_sandbox/x/posts").raise_for_status().json()["posts"]
    return [post for post in posts if post["author"] == "VoltHelp" and not post["deleted"]]


def _read(control: httpx.Client, store: SqlStore, ids: dict[str, Asked]) -> Run:
    ours = [post for post in _ours(control) if post["in_reply_to"] in ids]
    replies = Counter(post["in_reply_to"] for post in ours)
    sizes = Counter(one.matter for one in ids.values())
    largest = sizes.most_common(1)[0][0]
    storm = {post_id for post_id, one in ids.items() if one.matter == largest}
    joined_to: dict[str, str] = {}
    people: set[str] = set()
    asks, waits, questions = 0, list[float](), 0
    alone: dict[tuple[str, str], int] = defaultdict(int)
    with store.read() as tx:
        for post_id, one in ids.items():
            question = tx.question(f"x:{post_id}")
            if question is None:
                continue
            questions += 1
            cards = [ask for ask in tx.asks(question.id) if ask.role is AskRole.ANSWER and ask.sent]
            asks += len(cards)
            if post_id in storm:
                people |= {ask.expert for ask in cards}
            if question.matter is not None:
                joined_to[post_id] = question.matter.partition(":")[2]
            elif sizes[one.matter] > 1:
                alone[one.matter, language(one.text)] += 1
            trail = tx.trail(question.id)
            done = next((entry.at for entry in trail if entry.step.value == "published"), None)
            if done is not None and post_id not in storm:
                waits.append((done - question.post.created_at).total_seconds())
    wrong = sum(1 for post_id, lead in joined_to.items() if lead in ids and ids[lead].matter != ids[post_id].matter)
    missed = sum(max(0, count - 1) for count in alone.values())
    many = sum(count for count in sizes.values() if count > 1)
    senses = {_sense(post["text"]) for post in ours if post["in_reply_to"] in storm}
    figures = {
        "posts": len(ids),
        "questions": questions,
        "experts_asked": len(people),
        "asks": asks,
        "answered": len(replies),
        "answered_once": sum(1 for count in replies.values() if count == 1),
        "answered_storm": sum(1 for post_id in storm if replies[post_id]),
        "storm": len(storm),
        "distinct_senses": len(senses),
        "joined": len(joined_to),
        "wrongly_joined": round(wrong / max(1, len(joined_to)), 4),
        "missed_joins": round(missed / max(1, many), 4),
        "others_p50_s": round(statistics.median(waits), 1) if waits else None,
    }
    return Run(figures, statistics.median(waits) if waits else None)


def _sense(text: str) -> str:
    """The answer's own words: no handles, no greeting, no signature."""
    bare = text.rpartition("^")[0] or text
    for _ in range(3):
        bare = _GREETING.sub(" ", bare).strip(" !,.")
    return " ".join(bare.split()).casefold()


def joining_ms(texts: Sequence[str]) -> float:
    """Processor time that a post takes to be compared and to join, beside 10,000 matters of the last day."""
    roster, dice, now = load(ROOT / "experts.yaml"), random.Random(1), datetime.now(UTC)
    matcher = wiring.matcher(Settings.model_validate({}), roster, None)
    products = tuple(alias for topic in roster.topics.values() for alias in topic.aliases)
    words = [word for topic in roster.topics.values() for said in topic.examples for word in said.split()]
    index = sameness.Index(matcher.alike)

    def read(text: str, topic: str | None) -> sameness.Told:
        return sameness.told(text, products=products, language=language(text), topic=topic)

    for number in range(_OPEN):
        text = " ".join(dice.choice(words) for _ in range(9)) + f" since {number}"
        index.add(
            f"open{number}", read(text, dice.choice(list(roster.topics))), now - timedelta(hours=dice.random() * 20)
        )
    topics = [(found[0].topic if (found := find(text, matcher, roster, None).topics) else None) for text in texts]
    began = time.process_time()
    for number, (text, topic) in enumerate(zip(texts, topics, strict=True)):
        said, at = read(text, topic), now + timedelta(seconds=number)
        likely = index.find(said, at)
        if likely:
            index.joined(likely[0].matter, said, at)
        else:
            index.near(said, at)
            index.add(f"new{number}", said, at)
    return round((time.process_time() - began) / max(1, len(texts)) * 1000, 2)


def main() -> None:
    """Runs it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=Path, metavar="FILE", help="JSON lines with `text` and perhaps `matter`")
    parser.add_argument("--count", type=at_least(10), default=500, help="how many posts are made up (500)")
    parser.add_argument("--over", type=at_least(1), default=60, help="how many seconds the ten minutes take (60)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    asked = _from_file(given.posts) if given.posts else made_up(given.count, random.Random(given.seed))
    others = [one for one in asked if one.matter != Counter(o.matter for o in asked).most_common(1)[0][0]]
    grouped = run(asked, grouping=True, over_s=given.over)
    quiet = run(others, grouping=True, over_s=given.over) if others else None
    single = run(asked, grouping=False, over_s=given.over)
    usual = quiet.others_s if quiet else None
    grouped.figures["joining_ms"], single.figures["joining_ms"] = joining_ms([one.text for one in asked]), 0.0
    for one in (grouped, single):
        one.figures["others_ratio"] = round(one.others_s / usual, 2) if usual and one.others_s else None
    if given.json:
        print(json.dumps({**grouped.figures, "without_grouping": single.figures}, indent=2))
        return
    print(f"{'':<18}{'grouped':>12}{'not grouped':>14}")
    for name, value in grouped.figures.items():
        print(f"{name:<18}{value!s:>12}{single.figures[name]!s:>14}")


def _from_file(path: Path) -> list[Asked]:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Asked(line["text"], str(line.get("matter", "one"))) for line in lines]


if __name__ == "__main__":
    main()
