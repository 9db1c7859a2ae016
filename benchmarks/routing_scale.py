"""How the default matcher grows: topics, answered questions, time to start, rank and learn, memory.

    python benchmarks/routing_scale.py [--topics 300] [--answers 20000] [--json]

The questions are made of invented words (no licence, any size): each topic has 40 words of its own beside 400 that
all share. Experts do not enter: the text picks a topic, and who of its people is asked costs the same however many
there are. Times are processor time: what else the machine does is left out. Start means from the rows alone: the
topics and all answers so far.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]  # so that it runs as a file, too
# ruff: noqa: E402

from benchmarks.arguments import at_least
from benchmarks.measure import memory, timed
from twelp.flow.match import Lesson, Matcher, TopicText, fit

_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ai", "on", "er")]


def main() -> None:
    """Print one line a size: a tenth of the answers, a third, and all of them."""
    parser = argparse.ArgumentParser(description="how matching grows")
    parser.add_argument("--topics", type=at_least(1), default=300)
    parser.add_argument("--answers", type=at_least(10), default=20_000, help="100000 for the long run")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    world = World(asked.topics)
    start = time.process_time()
    matcher = fit(world.topics)
    row = {"answers": 0, "start_s": time.process_time() - start, **world.times(matcher)}
    print(json.dumps(row) if asked.json else shown(row), flush=True)
    lessons: list[Lesson] = []
    for size in (asked.answers // 10, asked.answers // 3, asked.answers):
        lessons += [Lesson(*world.question()) for _ in range(size - len(lessons))]
        del matcher  # one at a time in memory
        start = time.process_time()
        matcher = fit(world.topics)
        matcher.learn_all(lessons)
        row = {"answers": size, "start_s": time.process_time() - start, **world.times(matcher)}
        print(json.dumps(row) if asked.json else shown(row), flush=True)


class World:
    """Topics and questions of invented words, the same each time."""

    def __init__(self, topics: int) -> None:
        self._dice = random.Random(1)
        self._shared = [self._word() for _ in range(400)]
        self._own = [[self._word() for _ in range(40)] for _ in range(topics)]
        self.topics = {
            f"t{i}": TopicText(own[0], tuple(own[:10]), tuple(self._text(i) for _ in range(5)))
            for i, own in enumerate(self._own)
        }

    def question(self) -> tuple[str, str]:
        """A question and its topic."""
        i = self._dice.randrange(len(self._own))
        return self._text(i), f"t{i}"

    def times(self, matcher: Matcher) -> dict[str, float]:
        """Times in ms and memory in MB; what is learned here is unlearned again."""
        asked = [self.question() for _ in range(300)]
        rank = timed(lambda pair: matcher.rank(pair[0]), asked)
        learn = timed(lambda pair: matcher.learn(*pair), asked)
        unlearn = timed(lambda pair: matcher.unlearn(*pair), asked)
        return {
            "rank_p50_ms": rank[150], "rank_p99_ms": rank[297], "learn_p50_ms": learn[150], "learn_p99_ms": learn[297],
            "unlearn_p50_ms": unlearn[150], "mb": memory(),
        }  # fmt: skip

    def _word(self) -> str:
        return "".join(self._dice.choice(_SYLLABLES) for _ in range(self._dice.randint(2, 4)))

    def _text(self, topic: int) -> str:
        own = self._dice.choices(self._own[topic], k=self._dice.randint(2, 4))
        return " ".join(self._dice.sample([*own, *self._dice.choices(self._shared, k=9)], k=9 + len(own)))


def shown(row: dict[str, float]) -> str:
    """A row for people."""
    return "  ".join(
        f"{name} {value:,.2f}" if isinstance(value, float) else f"{name} {value:>7,}" for name, value in row.items()
    )


if __name__ == "__main__":
    main()
