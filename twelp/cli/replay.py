"""`twelp replay`: recorded posts through a private sandbox over the real wire, and an account of what became of each.

`lost` and `duplicates` are counted from the sandbox's own record of what stands on X, never from the bot's database
alone: a post is lost when the bot has no verdict on it, when its question is still open at the end, or when the bot
believes its answer published and the sandbox does not have it; a duplicate is every reply beyond the first under one
post that asks one thing. `learning` tells whether the right people were asked first; see `twelp/cli/learning_curve.py`.
With `beside_words` the same posts go through a second bot that knows words alone, and `by_words` tells what that one
learned. `details`, `details_to_asker`, `details_dropped`, `asked_anew` and `reopened` tell what became of what
customers wrote on in their own threads; see `twelp/cli/details.py`.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from twelp.cli import details, logs
from twelp.cli.doubled import doubled
from twelp.cli.learning_curve import LearningCurve, told
from twelp.cli.recorded import Recorded, Recording, read
from twelp.config import Settings
from twelp.flow.lifecycle import UNDER_WAY
from twelp.model import JournalStep, Kind, Roster, Stage
from twelp.roster import load
from twelp.wiring import ALL, LOCAL, Bot, Role, SandboxProcess, build, on_local_network, rules, sandboxed, seed

_BATCH = 50
_AHEAD = 300
"""Posts that may wait unread on X: well within the 800 that its mentions timeline reaches back."""

_SAY_S = 10.0
"""Seconds between two lines on how far it is, where there is no terminal for a progress bar."""

_OPEN_MOST = 100
"""Questions that may be open at once: more than the sandbox's people have hands for, and few enough that the later ones
are asked by what the earlier ones taught."""

_OPEN_WHERE_TAUGHT = 20
"""The same where the recording tells what its posts are about: what an answer teaches is there for the next posts."""

_STUCK_S = 90.0
"""Without any progress for so long, the replay ends and what is open counts as lost."""

_FOR_PEOPLE = (Stage.CRISIS, Stage.HANDLED)
"""Cases for moderators, of whom none is played: told among what is no question, by their kind."""

_OPEN = tuple(stage.value for stage in Stage if stage in UNDER_WAY - {*_FOR_PEOPLE})
_LIFTED = {
    "x_poll_s": 0.2,
    "hold_s": 0.0,
    "wave_minutes": 0.25,
    "claim_minutes": 1.0,
    "give_up_minutes": 1.5,
    "lift_limits": True,
}


def replay(file: Path, *, limit: int | None, real_limits: bool, as_json: bool, beside_words: bool = False) -> int:
    """Runs a replay and prints its report; 0 when nothing was lost and nothing posted twice.

    Args:
        file: the recording.
        limit: at most so many of its posts.
        real_limits: whether rate limits, budgets and quiet hours are kept.
        as_json: whether the report is JSON.
        beside_words: whether a second bot, with a database of its own, replays them by words alone.
    """
    settings = Settings.read(env_file=None)
    logs.begin(settings, quiet=True)
    roster = on_local_network(load(settings.experts, networks=rules().values()))
    recording = read(file, limit)
    report = _replayed(settings, roster, recording, real_limits=real_limits, shown=not as_json)
    if beside_words:
        by_words = settings.model_copy(update={"semantic": "words", "database_url": None})
        other = _replayed(by_words, roster, recording, real_limits=real_limits, shown=not as_json)
        report["by_words"] = {name: other[name] for name in ("lost", "duplicates", "learning", "seconds")}
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _print(report)
    runs = (report, report.get("by_words", report))
    return 0 if not any(run["lost"] or run["duplicates"] for run in runs) else 1


def _replayed(
    settings: Settings, roster: Roster, recording: Recording, *, real_limits: bool, shown: bool
) -> dict[str, Any]:
    """What became of the recording, with these settings."""
    town = {"pace": "eager", "customers": False, "seed": 7}
    sandbox = SandboxProcess(seed(roster, town=town))
    try:
        if not real_limits:
            httpx.post(f"{sandbox.url}/_sandbox/limits", json={"lifted": True}, trust_env=False).raise_for_status()
        with tempfile.TemporaryDirectory(prefix="twelp-replay-") as folder:
            database = settings.database_url or SecretStr(f"sqlite:///{folder}/replay.db")
            pace: dict[str, Any] = {"x_poll_s": 1.0} if real_limits else dict(_LIFTED)
            bot = build(sandboxed(settings, sandbox.url, database_url=database, **pace), roster, quick=True)
            run = _Replay(bot, sandbox.url, recording, shown=shown)
            try:
                bot.start(ALL - {Role.WEB})
                run.run()
                return run.report(real_limits=real_limits)
            finally:
                bot.stop()
    finally:
        sandbox.stop()


class _Replay:
    """One replay under way."""

    def __init__(self, bot: Bot, url: str, recording: Recording, *, shown: bool) -> None:
        self._bot = bot
        self._url = url
        self._recording = recording
        self._handle = bot.roster.brand.handles[LOCAL]
        self._ids: dict[str, str] = {}
        self._addressed = 0
        self._shown = shown
        self._seconds = 0.0
        self._open = 0
        self._curve = LearningCurve(bot, recording.posts, self._ids)
        self._room = _OPEN_WHERE_TAUGHT if self._curve.labelled else _OPEN_MOST

    def run(self) -> None:
        """Feeds everything, then waits until nothing is open or nothing moves any more."""
        posts = self._recording.posts
        began = time.monotonic()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        console = Console(stderr=True)
        with Progress(*columns, console=console, disable=not (self._shown and console.is_terminal)) as progress:
            task = progress.add_task("posts done", total=len(posts))
            fed, last, moved_at, said_at = 0, (-1, -1), began, began
            while True:
                heard, self._open, journal = self._standing()
                if fed < len(posts) and fed - heard < _AHEAD and fed - heard + self._open < self._room:
                    many = min(_BATCH, self._room)
                    self._feed(posts[fed : fed + many])
                    fed = min(fed + many, len(posts))
                self._curve.put_right()
                progress.update(task, completed=max(0, heard - self._open))
                if self._shown and progress.disable and time.monotonic() - said_at > _SAY_S:
                    said_at = time.monotonic()
                    print(f"{heard} of {len(posts)} heard, {self._open} questions open", file=sys.stderr, flush=True)
                if (heard, journal) != last:
                    last, moved_at = (heard, journal), time.monotonic()
                if fed >= len(posts) and heard >= len(posts) and not self._open:
                    break
                if time.monotonic() - moved_at > _STUCK_S:
                    break
                time.sleep(0.1)
        self._seconds = time.monotonic() - began

    def report(self, *, real_limits: bool) -> dict[str, Any]:
        """What became of every post, checked against the sandbox's record."""
        with self._bot.store.read() as tx:
            counts = tx.counts()
            ends, answered_below = {}, {}
            for recorded_id in self._ids.values():
                question = tx.question(f"{LOCAL}:{recorded_id}")
                answered_below[recorded_id] = (question.reply_to if question else "") or recorded_id
                heard = tx.post(f"{LOCAL}:{recorded_id}")
                asks = question is not None and question.stage not in _FOR_PEOPLE
                ends[recorded_id] = question.stage if question and asks else heard[1].kind if heard else None
            conversed = details.count(tx, self._recording.posts, self._ids, LOCAL, self._bot.roster)
            ours = [p for p in self._record() if p["author"] == self._handle and not p["deleted"]]
            replies = Counter(str(p["in_reply_to"]) for p in ours)
            too_many = doubled(tx, replies)
        lost = [
            post_id
            for post_id, end in ends.items()
            if end is None or end in _OPEN or (end is Stage.PUBLISHED and not replies[answered_below[post_id]])
        ]
        journal, stages = counts["journal"], counts["questions"]
        kinds = dict(Counter(end.value for end in ends.values() if isinstance(end, Kind)))
        answers = counts["answers"]
        return {
            "posts": len(self._recording.posts),
            "skipped": dict(self._recording.skipped),
            "questions": sum(count for stage, count in stages.items() if stage not in _FOR_PEOPLE),
            "not_questions": kinds,
            "asks": counts["asks"].get("answer", 0),
            "claims": journal.get(JournalStep.CLAIM, 0),
            "answers": sum(n for state, n in answers.items() if state != "draft"),
            "alternatives": answers.get("alternative", 0),
            "reviewed": journal.get(JournalStep.APPROVE, 0),
            "held": answers.get("held", 0) + answers.get("refused", 0),
            "held_reasons": self._held_reasons(),
            "published": sum(1 for post_id in ends if replies[post_id]),
            "unanswered": stages.get("unanswered", 0) + stages.get("dismissed", 0) + stages.get("withdrawn", 0),
            "open": sum(stages.get(stage, 0) for stage in _OPEN),
            "lost": len(lost),
            "lost_ids": lost[:20],
            "duplicates": too_many,
            **conversed,
            "learning": self._curve.report(),
            "seconds": round(self._seconds, 2),
            "posts_per_s": round(len(self._recording.posts) / max(self._seconds, 1e-9), 2),
            "addressed": self._addressed,
            "limits": "X's, Slack's, budgets and quiet hours kept"
            if real_limits
            else "lifted: X's and Slack's rate limits, daily ask budgets, quiet hours; no hold before publishing",
        }

    def _held_reasons(self) -> dict[str, int]:
        found: Counter[str] = Counter()
        with self._bot.store.read() as tx:
            for post_id in self._ids.values():
                for answer in tx.answers(f"{LOCAL}:{post_id}"):
                    if answer.state.value in ("held", "refused"):
                        found.update(answer.reasons or ("no reason",))
        return dict(found)

    def _standing(self) -> tuple[int, int, int]:
        """Posts heard, questions open, and a number that grows with every line of the journal."""
        with self._bot.store.read() as tx:
            return tx.progress()

    def _feed(self, batch: Sequence[Recorded]) -> None:
        """Posts a batch; replies to posts of the same batch go in a later call, when their parent has an id."""
        waiting = list(batch)
        while waiting:
            own = {post.id for post in waiting}
            ready = [p for p in waiting if p.reply_to not in own] or waiting
            answer = self._call("POST", "/_sandbox/x/posts", {"posts": [self._body(post) for post in ready]})
            self._ids.update(zip((post.id for post in ready), answer["ids"], strict=True))
            done = {post.id for post in ready}
            waiting = [post for post in waiting if post.id not in done]

    def _body(self, post: Recorded) -> Mapping[str, Any]:
        text = post.text
        if f"@{self._handle}".lower() not in text.lower():
            text = f"@{self._handle} {text}"
            self._addressed += 1
        author = "".join(c for c in post.author if c.isalnum() or c == "_")[:12] or "customer"
        body: dict[str, Any] = {"text": text, "as": f"c_{author}"}
        if post.reply_to in self._ids:
            body["reply_to"] = self._ids[post.reply_to]
        return body

    def _record(self) -> list[dict[str, Any]]:
        posts: list[dict[str, Any]] = []
        more = True
        while more:
            after = posts[-1]["id"] if posts else "0"
            page = self._call("GET", f"/_sandbox/x/posts?after={after}&limit=5000")
            posts += page["posts"]
            more = page["more"]
        return posts

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        response = httpx.request(method, f"{self._url}{path}", json=body, timeout=30, trust_env=False)
        response.raise_for_status()
        return response.json()


def _print(report: Mapping[str, Any]) -> None:
    for name, value in report.items():
        if name == "learning":
            told(value, report.get("by_words", {}).get("learning"))
        elif name == "by_words":
            print(f"{'by words alone':<14} lost {value['lost']}, duplicates {value['duplicates']}")
        elif isinstance(value, dict):
            print(f"{name:<14} {sum(value.values())}")
            for reason, count in sorted(value.items(), key=lambda item: -item[1]):
                print(f"  {reason:<40} {count}")
        elif value != []:
            print(f"{name:<14} {value}")
    if report["lost"] or report["duplicates"]:
        print("Something was lost or posted twice: keep this recording, it is a bug.", file=sys.stderr)
