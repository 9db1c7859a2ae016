"""What is measured for one method on one set: the right topic first, or among three; noise; nobody; time; memory."""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

Row = dict[str, Any]
_ANSWERS = 2_000


def measure(fit: Callable[[dict[str, list[str]]], Any], folder: Path, most: int = 0) -> Iterator[Row]:
    """Figures in four settings: ten examples; keywords and five; the same with noise; five and 2,000 answers.

    ``most`` limits the questions asked of a set (a sample, always the same); 0 asks all.
    """
    topics = json.loads((folder / "topics.json").read_text(encoding="utf8"))
    queries, history = _rows(folder / "queries.jsonl"), _rows(folder / "history.jsonl")
    if 0 < most < len(queries):
        queries = random.Random(1).sample(queries, most)
    for setting, cut in (("10 examples", _examples(10)), ("keywords + 5", _keywords)):
        rank: Any = None  # one at a time in memory
        start = time.perf_counter()
        rank = fit({t: cut(text) for t, text in topics.items()})
        built = time.perf_counter() - start
        yield {"setting": setting, "build_s": built, **_figures(rank, queries)}
    dice = random.Random(7)
    yield {"setting": "same, noisy", **_figures(rank, [{**q, "text": noisy(q["text"], dice)} for q in queries])}
    random.Random(3).shuffle(history)
    answers = history[:_ANSWERS]
    given = {t: _examples(5)(text) for t, text in topics.items()}
    start = time.perf_counter()
    online = hasattr(rank, "learn")
    rank = None
    if online:
        rank = fit(given)
        for answer in answers:
            rank.learn(answer["text"], answer["topic"])
    else:
        for answer in answers:
            given[answer["topic"]].append(answer["text"])
        rank = fit(given)
    learned = time.perf_counter() - start
    yield {"setting": f"5 + {len(answers)} answers", "build_s": learned, **_figures(rank, queries)}


def line(row: Row) -> str:
    """A row of figures for people."""
    if "left_out" in row:
        return f"{row['set']:18}{row['method']:14}left out: {row['left_out']}"
    nobody = f"{100 * row['rejected']:5.1f}" if row["rejected"] is not None else "    -"
    figures = f"top-1 {100 * row['top1']:5.1f}  top-3 {100 * row['top3']:5.1f}  nobody@95 {nobody}"
    costs = f"build {row.get('build_s', 0):6.2f} s  {row['ms']:6.2f} ms  {row['mb']:4.0f} MB"
    return f"{row['set']:18}{row['method']:14}{row['setting']:20}{figures}  {costs}"


def noisy(text: str, dice: random.Random) -> str:
    """The text as a hurried person types it on a phone."""
    found = []
    for word in text.split():
        kind = dice.random()
        at = dice.randrange(1, len(word) - 1) if len(word) > 3 else 0
        if at and kind < 0.06:
            word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        elif at and kind < 0.12:
            word = word[:at] + word[at + 1 :]
        elif at and kind < 0.15:
            word = word[:at] + word[at] * 4 + word[at + 1 :]
        elif kind < 0.18:
            word = "#" + word
        found.append(word)
    ends = [" https://t.co/x1Yz", " 😡", " smh", " @12345", "", ""]
    return f"@AcmeHelp {' '.join(found)}{dice.choice(ends)}"


def _figures(rank: Callable[[str], list[tuple[str, float]]], queries: Sequence[Row]) -> Row:
    start = time.perf_counter()
    answers = [rank(q["text"]) for q in queries]
    took = time.perf_counter() - start
    pairs = [(q["topic"], found) for q, found in zip(queries, answers, strict=True)]
    places = [[t for t, _ in found].index(topic) for topic, found in pairs if topic is not None]
    asked = [found[0][1] for topic, found in pairs if topic is not None]
    idle = [found[0][1] for topic, found in pairs if topic is None]
    kept = float(np.quantile(asked, 0.05))
    return {
        "top1": float(np.mean([p < 1 for p in places])),
        "top3": float(np.mean([p < 3 for p in places])),
        "rejected": float(np.mean([score < kept for score in idle])) if idle else None,
        "ms": 1000 * took / len(queries),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10),
    }


def _examples(count: int) -> Callable[[Row], list[str]]:
    return lambda topic: [topic["name"], *topic["seeds"][:count]]


def _keywords(topic: Row) -> list[str]:
    return [topic["name"], *topic["keywords"], *topic["seeds"][:5]]


def _rows(path: Path) -> list[Row]:
    return [json.loads(text) for text in path.read_text(encoding="utf8").splitlines()]
