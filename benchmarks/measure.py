"""What is measured of one method on one set: the right topic first, or among three; noise; nobody; time; memory."""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

Row = dict[str, Any]
Fit = Callable[[dict[str, list[str]]], Any]
FIVE, TEN, KEYWORDS, NOISY, ANSWERS, COSTS, RANKING, STARTED = (
    "5 examples",
    "10 examples",
    "keywords + 5",
    "same but noisy",
    "5 + 2000 answers",
    "costs",
    "costs of ranking",
    "started with answers",
)
_ANSWERS = 2_000
_REMEMBERED = 10_000
"""Answers that a start learns from the rows."""
_MORE = 1_000


def measure(fit: Fit, folder: Path, settings: Sequence[str], most: tuple[int, int, int] = (0, 0, 0)) -> Iterator[Row]:
    """Figures in these settings.

    ``most`` limits the questions asked (a sample, always the same), without more, with noise, with answers; 0 asks all.
    """
    topics = json.loads((folder / "topics.json").read_text(encoding="utf8"))
    everything, history = rows(folder / "queries.jsonl"), rows(folder / "history.jsonl")
    random.Random(3).shuffle(history)
    queries, fewer, after = (_sample(everything, count) for count in most)
    rank: Any = None
    for setting in settings:
        start = time.process_time()
        if setting == NOISY:
            dice = random.Random(7)
            found = _figures(rank, [{**q, "text": noisy(q["text"], dice)} for q in fewer])
            yield {"setting": setting, "loss": _figures(rank, fewer)["top1"] - found["top1"], **found}
        elif setting in (COSTS, RANKING):
            rank = None  # one at a time in memory
            yield {"setting": setting, **_costs_of_ranking(fit, topics, queries)}
            if setting == COSTS:
                yield {"setting": STARTED, **_costs_with_answers(fit, topics, queries, history)}
        else:
            rank = None
            rank = _after(fit, topics, history) if setting == ANSWERS else fit(given(topics, setting))
            built = time.process_time() - start
            yield {"setting": setting, "build_s": built, **_figures(rank, after if setting == ANSWERS else queries)}


def given(topics: Row, setting: str) -> dict[str, list[str]]:
    """What an admin wrote in a setting: the name first."""
    if setting == TEN:
        return {t: [text["name"], *text["seeds"][:10]] for t, text in topics.items()}
    keywords = setting == KEYWORDS
    return {
        t: [text["name"], *(text["keywords"] if keywords else ()), *text["seeds"][:5]] for t, text in topics.items()
    }


def costs_can_be_told(folder: Path) -> bool:
    """Whether a set has enough answers for that."""
    return len(rows(folder / "history.jsonl")) >= _REMEMBERED + _MORE


def rows(path: Path) -> list[Row]:
    """A file's rows."""
    return [json.loads(text) for text in path.read_text(encoding="utf8").splitlines()]


def _sample(queries: list[Row], most: int) -> list[Row]:
    return random.Random(1).sample(queries, most) if 0 < most < len(queries) else queries


_NEAR = {
    a: b for line in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for a, b in zip(line, line[1:] + line[-2], strict=True)
}
_SHORT = {"you": "u", "are": "r", "please": "pls", "your": "ur", "because": "bc", "to": "2", "for": "4"}


def noisy(text: str, dice: random.Random) -> str:
    """The text as a hurried person types it on a phone: slips, short forms, handles, links, emoji."""
    found = " ".join(_slip(word, dice) for word in text.split())
    if dice.random() < 0.6:
        found = re.sub(r"[.,?!']", "", found)
    found = f"@AcmeHelp {found}" if dice.random() < 0.9 else f"{found} @AcmeHelp"
    if dice.random() < 0.3:
        found += f" @{dice.randint(115_000, 800_000)}"
    if dice.random() < 0.3:
        found += " https://t.co/x1YzQ7b2Kd"
    if dice.random() < 0.4:
        found += dice.choice([" 😡", " 🙄", " 😭😭", " smh", " ugh", " !!!!", " #fail", " #help"])
    return dice.choice(["hey ", "omg ", "so ", "hi there "]) + found if dice.random() < 0.25 else found


def _slip(word: str, dice: random.Random) -> str:
    kind, at = dice.random(), dice.randrange(1, len(word) - 1) if len(word) > 3 else 0
    if at and word.isascii() and word.isalpha():
        if kind < 0.05:
            word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        elif kind < 0.09:
            word = word[:at] + word[at + 1 :]
        elif kind < 0.13:
            word = word[:at] + _NEAR.get(word[at].lower(), word[at]) + word[at + 1 :]
        elif kind < 0.16:
            word = word[:at] + word[at] * dice.randint(3, 6) + word[at + 1 :]
        elif kind < 0.19:
            word = f"#{word}"
        elif kind < 0.22:
            word = word.upper()
    return _SHORT.get(word.lower(), word) if dice.random() < 0.5 else word


def _after(fit: Fit, topics: Row, history: Sequence[Row]) -> Any:
    """A method after the answers: learned one at a time, or built anew with them where it cannot."""
    texts = given(topics, ANSWERS)
    rank = fit(texts)
    if hasattr(rank, "learn"):
        for answer in history[:_ANSWERS]:
            rank.learn(answer["text"], answer["topic"])
        return rank
    for answer in history[:_ANSWERS]:
        texts[answer["topic"]].append(answer["text"])
    return fit(texts)


def _figures(rank: Callable[[str], list[tuple[str, float]]], queries: Sequence[Row]) -> Row:
    start = time.process_time()
    answers = [rank(q["text"]) for q in queries]
    took = time.process_time() - start
    pairs = [(q["topic"], found) for q, found in zip(queries, answers, strict=True)]
    places = [[t for t, _ in found].index(topic) for topic, found in pairs if topic is not None]
    asked = [found[0][1] for topic, found in pairs if topic is not None]
    idle = [found[0][1] for topic, found in pairs if topic is None]
    kept = float(np.quantile(asked, 0.05))
    return {
        "top1": 100 * float(np.mean([p < 1 for p in places])),
        "top3": 100 * float(np.mean([p < 3 for p in places])),
        "rejected": 100 * float(np.mean([score < kept for score in idle])) if idle else None,
        "asked": len(queries),
        "ms": 1000 * took / len(queries),
        "mb": memory(),
    }


def _costs_of_ranking(fit: Fit, topics: Row, queries: Sequence[Row]) -> Row:
    """What a question costs with twice the topics: each cut in two."""
    halves = {
        f"{t}/{half}": [text["name"], *text["keywords"][half::2], *text["seeds"][half::2]]
        for t, text in topics.items()
        for half in (0, 1)
    }
    asked = timed(fit(halves), [q["text"] for q in queries[:500]])
    return {"topics": len(halves), "rank_ms": asked[len(asked) // 2], "rank_p99_ms": asked[int(0.99 * len(asked))]}


def _costs_with_answers(fit: Fit, topics: Row, queries: Sequence[Row], history: Sequence[Row]) -> Row:
    """What a start from the rows costs, and then a question, an answer, and the process as a whole."""
    start = time.process_time()
    rank: Any = fit(given(topics, KEYWORDS))
    rank.start_from([(a["text"], a["topic"]) for a in history[:_REMEMBERED]])
    started = time.process_time() - start
    asked = timed(rank, [q["text"] for q in queries[:500]])
    learned = timed(lambda a: rank.learn(a["text"], a["topic"]), history[_REMEMBERED : _REMEMBERED + _MORE])
    return {
        "topics": len(topics),
        "answers": _REMEMBERED,
        "start_s": started,
        "rank_ms": asked[len(asked) // 2],
        "rank_p99_ms": asked[int(0.99 * len(asked))],
        "learn_p99_ms": learned[int(0.99 * len(learned))],
        "mb": memory(),
        "now_mb": resident(),
    }


def timed(act: Callable[[Any], object], each: Sequence[Any]) -> list[float]:
    """Milliseconds of processor time of each call, shortest first: what others do on the machine does not count."""
    found = []
    for one in each:
        start = time.thread_time()
        act(one)
        found.append(1000 * (time.thread_time() - start))
    return sorted(found)


def memory() -> float:
    """The most memory this process ever had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def resident() -> float | None:
    """The memory of this process now, MB, what it shares with others among it; None where the system does not tell."""
    try:
        told = Path("/proc/self/status").read_text(encoding="utf8")
    except OSError:
        return None
    return next(int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("VmRSS:"))
