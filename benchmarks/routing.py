"""Routing benchmark: how well topics are found, beside the methods anyone would try first.

    python -m benchmarks.routing --data DIR [--sets banking77,...] [--methods default,...] [--json]

DIR holds one folder a set, each with topics.json ({id: {name, keywords, seeds}}), history.jsonl and queries.jsonl
({text, topic}; topic null = nobody should get it). Every method runs in a process of its own, on one thread, so that
time and memory are its own. At the end stands what was wanted beside what was reached, by words alone and as it is.
``fit``, ``fit_words`` and the others are the doors for other evaluations: topic -> texts in, ``rank`` out.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import cache
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]  # so that it runs as a file, too
# ruff: noqa: E402

from benchmarks import baselines, measure, report
from benchmarks.arguments import at_least
from twelp.adapters.embed import Embedder, Multilingual, load_multilingual
from twelp.adapters.embed import load as load_embedder
from twelp.adapters.vectors import Table
from twelp.adapters.vectors import load as load_table
from twelp.errors import ConfigError
from twelp.flow.match import Lesson, Matcher, TopicText
from twelp.flow.match import fit as fit_matcher
from twelp.flow.match.clean import words

Ranked = list[tuple[str, float]]


class Rank:
    """The matcher as an evaluation wants it: called with a question; ``learn`` and ``learn_many`` for answers."""

    def __init__(self, matcher: Matcher, size: int) -> None:
        self.matcher, self._size = matcher, size

    def __call__(self, query: str) -> Ranked:
        """(topic, score), best first, all topics; the best one's score is the chance that somebody should get it."""
        ranking = self.matcher.rank(query, self._size, explain=False)
        sure = 1.0 - ranking.none_score
        best = ranking.topics[0].score or 1.0
        return [(m.topic, sure * m.score / best) for m in ranking.topics]

    def learn(self, query: str, topic: str | None) -> None:
        """One answered question."""
        self.matcher.learn(query, topic)

    def learn_many(self, rows: Sequence[tuple[str, str | None]]) -> None:
        """Answered questions, one at a time."""
        for query, topic in rows:
            self.learn(query, topic)

    def start_from(self, rows: Sequence[tuple[str, str | None]]) -> None:
        """Answered questions all at once, as at a start."""
        self.matcher.learn_all([Lesson(query, topic) for query, topic in rows])


def admin_text(texts: Sequence[str]) -> TopicText:
    """The first text is the name; texts of up to two words are keywords, longer ones example questions."""
    name, *rest = texts
    keywords = [t for t in rest if len(t.split()) <= 2 and len(words(t)) <= 4]  # four characters where none are words
    return TopicText(name, tuple(keywords), tuple(t for t in rest if t not in keywords))


def fit(topics: dict[str, list[str]]) -> Rank:
    """The default matcher: words and the vectors that come with twelp."""
    return Rank(fit_matcher({t: admin_text(texts) for t, texts in topics.items()}, vectors=_table()), len(topics))


def fit_words(topics: dict[str, list[str]]) -> Rank:
    """The matcher by words alone."""
    return Rank(fit_matcher({t: admin_text(texts) for t, texts in topics.items()}), len(topics))


def fit_semantic(topics: dict[str, list[str]]) -> Rank:
    """The matcher with sentence embeddings; needs ``twelp[semantic]``."""
    texts = {t: admin_text(texts) for t, texts in topics.items()}
    return Rank(fit_matcher(texts, embed=_embedder(), vectors=_table()), len(topics))


def fit_multilingual(topics: dict[str, list[str]]) -> Rank:
    """The matcher with a model for other languages; needs ``twelp[multilingual]``."""
    texts = {t: admin_text(texts) for t, texts in topics.items()}
    model = _multilingual()
    fitted = fit_matcher(
        texts, embed=model, vectors=_table(), vectors_first=model.after_vectors, words_length=model.words_length
    )
    return Rank(fitted, len(topics))


@cache
def _multilingual() -> Multilingual:
    return load_multilingual()


@cache
def _table() -> Table:
    return load_table()


@cache
def _embedder() -> Embedder:
    return load_embedder()


METHODS: dict[str, Callable[[dict[str, list[str]]], Any]] = {
    "default": fit,
    "words": fit_words,
    "semantic": fit_semantic,
    "multilingual": fit_multilingual,
    "WRatio": baselines.wratio,
    "BM25": baselines.bm25,
    "TF-IDF + SVC": baselines.svc,
    "SGD online": baselines.Sgd,
    "river": baselines.River,
    "Vowpal Wabbit": baselines.Vowpal,
}
_OURS = ("default", "words", "semantic")
_MOST = {
    "default": (0, 0, 700),
    "words": (0, 0, 700),
    "semantic": (0, 500, 500),
    "multilingual": (0, 500, 500),
    "WRatio": (150, 150, 150),
    "river": (50, 50, 50),
}
"""How many questions of a set are asked at most, without more, with noise, with answers; others are asked 300."""


def main() -> None:
    """Print a line for each method, set and setting, then what was wanted beside what was reached."""
    parser = argparse.ArgumentParser(description="routing benchmark")
    parser.add_argument("--data", type=Path, default=os.environ.get("ROUTING_SETS"), help="folder with a folder a set")
    parser.add_argument("--json", action="store_true", help="JSON lines instead of a table")
    parser.add_argument("--sets", default="", help="comma-separated names; all by default")
    parser.add_argument("--methods", default=",".join(METHODS), help="comma-separated")
    parser.add_argument("--jobs", type=at_least(1), default=1, help="processes at a time; the times are processor time")
    parser.add_argument("--alone", default="", help="settings to measure in this process")
    asked = parser.parse_args()
    if asked.data is None:
        parser.error("where are the sets? --data DIR, or ROUTING_SETS in the environment")
    unknown = [method for method in asked.methods.split(",") if method not in METHODS]
    if unknown:
        parser.error(f"no method {', '.join(unknown)}; there are {', '.join(METHODS)}")
    wanted = asked.sets.split(",") if asked.sets else []
    sets = sorted(p.parent for p in asked.data.glob("*/topics.json") if not wanted or p.parent.name in wanted)
    if not sets:
        parser.error(f"{asked.data} has no folder with a topics.json" + (f" among {wanted}" if wanted else ""))
    if asked.alone:
        _alone(asked.methods, sets[0], asked.alone.split(","))
        return
    jobs = [
        (method, folder, settings)
        for method in asked.methods.split(",")
        for folder in sets
        if _bearable(method, folder)
        for settings in _settings(method, folder)
    ]
    rows: list[dict[str, Any]] = []
    start = time.monotonic()
    with ThreadPoolExecutor(asked.jobs) as pool:
        for at, found in enumerate(as_completed([pool.submit(_apart, *job) for job in jobs]), 1):
            for row in found.result():
                print(json.dumps(row) if asked.json else report.line(row), flush=True)
                rows.append(row)
            print(f"{at} of {len(jobs)} done, {time.monotonic() - start:.0f} s", end="\r", file=sys.stderr, flush=True)
    if "default" in asked.methods.split(","):
        rows.append({"method": "default", "set": "the table", "setting": report.TABLE, **_table_costs()})
        print(json.dumps(rows[-1]) if asked.json else report.line(rows[-1]), flush=True)
    if not asked.json:
        print("\n".join(report.wanted(rows)))


def _bearable(method: str, folder: Path) -> bool:
    """river takes 0.5 s a question at 77 topics; it is measured on sets of few topics."""
    return method != "river" or len(json.loads((folder / "topics.json").read_text(encoding="utf8"))) <= 20


def _settings(method: str, folder: Path) -> list[list[str]]:
    """What a method is asked for, a list a process: costs have one of their own, for memory's sake."""
    settings = [measure.TEN, measure.KEYWORDS]
    if method in ("default", "words"):
        settings.insert(0, measure.FIVE)
    if method in _OURS:
        settings.append(measure.NOISY)
    if method in ("default", "words", "TF-IDF + SVC", "Vowpal Wabbit"):
        settings.append(measure.ANSWERS)
    if method in _OURS and measure.costs_can_be_told(folder):
        return [settings, [measure.RANKING if method == "semantic" else measure.COSTS]]
    return [settings]


def _alone(method: str, folder: Path, settings: Sequence[str]) -> None:
    try:
        for row in measure.measure(METHODS[method], folder, settings, _MOST.get(method, (300, 300, 300))):
            print(json.dumps({"method": method, "set": folder.name, **row}), flush=True)
    except (ConfigError, ImportError) as missing:
        print(json.dumps({"method": method, "set": folder.name, "left_out": str(missing)}))


def _apart(method: str, folder: Path, settings: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of one method on one set, measured in a process of its own."""
    command = [__file__, "--data", str(folder.parent), "--sets", folder.name]
    command += ["--methods", method, "--alone", ",".join(settings)]
    return [json.loads(text) for text in _on_one_thread(command).splitlines() if text.startswith("{")]


def _table_costs() -> dict[str, Any]:
    """What the word vectors cost by themselves."""
    found: dict[str, Any] = json.loads(_on_one_thread([str(Path(__file__).with_name("table_costs.py"))]))
    return found


def _on_one_thread(command: Sequence[str]) -> str:
    """What a Python program prints in a process of its own."""
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    whole, env = [sys.executable, "-W", "ignore", *command], {**os.environ, **one_thread}
    return subprocess.run(whole, env=env, stdout=subprocess.PIPE, text=True, check=True).stdout


if __name__ == "__main__":
    main()
