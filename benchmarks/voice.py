"""How well posts are understood: precision and recall by kind and by language, urgency, and what is kept or dropped.

    python -m benchmarks.voice                                  # on the corpus of the tests
    python -m benchmarks.voice --data FOLDER                    # also on airline_tweets, twcs_spotify, clinc150 there
    python -m benchmarks.voice --all                            # on the whole corpus, not only on its kept part

The corpus is our own. What is in FOLDER stays there: nothing is learned from it, and no text of it is printed.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from twelp.flow import triage
from twelp.model import FOR_PEOPLE, Account, Brand, Kind, Post, Urgency, Verdict, Way

CORPUS: Final = Path(__file__).parents[1] / "tests/data/triage/corpus.tsv"
FRESH: Final = CORPUS.with_name("fresh.tsv")
"""The newest texts: nothing was learned of them, and nothing mended for them."""
BRAND: Final = Brand("Acme", {"x": "acme"})
NOW: Final = datetime(2026, 11, 30, tzinfo=UTC)
WANTING: Final = frozenset({Kind.QUESTION, Kind.COMPLAINT, Kind.IDEA, Kind.PRIVATE})
JUNK: Final = frozenset({Kind.THANKS, Kind.CHATTER, Kind.SPAM, Kind.ABUSE, Kind.OPT_OUT})
_KEPT_EACH: Final = 3
_SAMPLE: Final = 3000


@dataclass(frozen=True, slots=True)
class Line:
    """One text of the corpus; `kept`: never trained on."""

    kind: Kind
    urgency: Urgency
    language: str
    text: str
    kept: bool


def corpus(path: Path = CORPUS) -> Iterator[Line]:
    """The corpus, in its order."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        kind, urgency, language, text = line.split("\t")
        yield Line(Kind(kind), Urgency(urgency), language, text, number % _KEPT_EACH == 0)


def judged(text: str) -> Verdict:
    """What triage takes a text for, by itself."""
    return triage.judge(Post("x", "1", Account("2", "a"), text, NOW, "1"), brand=BRAND, open_question=None)


def rates(pairs: Iterable[tuple[object, object]]) -> dict[object, tuple[int, float, float]]:
    """How often each true class came, how often it was seen (recall), and how often its name was right (precision)."""
    true, said, both = Counter[object](), Counter[object](), Counter[object]()
    for is_, taken in pairs:
        true[is_] += 1
        said[taken] += 1
        both[is_] += is_ == taken
    return {key: (true[key], both[key] / true[key], both[key] / said[key] if said[key] else 1.0) for key in true}


def tell_corpus(lines: Sequence[Line]) -> None:
    """Prints the tables of the corpus."""
    verdicts = [judged(line.text) for line in lines]
    pairs = list(zip(lines, verdicts, strict=True))
    print(f"{len(lines)} texts\n\nkind          texts  recall  precision")
    for kind, (count, recall, precision) in rates((line.kind, v.kind) for line, v in pairs).items():
        print(f"{kind!s:12} {count:6} {recall:7.0%} {precision:10.0%}")
    print("\nlanguage  texts  kind right  language right  people seen")
    by_language: dict[str, list[tuple[Line, Verdict]]] = defaultdict(list)
    for pair in pairs:
        by_language[pair[0].language].append(pair)
    for language, part in by_language.items():
        people = [v.way is Way.PEOPLE for line, v in part if line.kind in FOR_PEOPLE]
        right = sum(line.kind is v.kind for line, v in part) / len(part)
        named = sum(line.language == v.language for line, v in part) / len(part)
        print(f"{language:8} {len(part):6} {right:11.0%} {named:15.0%} {sum(people) / max(1, len(people)):12.0%}")
    ordinary = [v for line, v in pairs if line.kind not in FOR_PEOPLE]
    print(f"\nfalse alarms among ordinary posts: {sum(v.way is Way.PEOPLE for v in ordinary) / len(ordinary):.1%}")
    high = rates((line.urgency is Urgency.HIGH, v.urgency is Urgency.HIGH) for line, v in pairs)[True]
    print(f"urgent: recall {high[1]:.0%}, precision {high[2]:.0%}")
    tell_ways("the corpus", [v for line, v in pairs if line.kind in WANTING], [v for li, v in pairs if li.kind in JUNK])


def tell_ways(name: str, wanting: Sequence[Verdict], junk: Sequence[Verdict]) -> None:
    """Prints how much of what wants an answer is kept or asked about, and how much of the rest is dropped."""
    every = [*wanting, *junk]
    if wanting:
        lost = sum(v.way is Way.DROP for v in wanting) / len(wanting)
        print(f"{name}: wants an answer {len(wanting)}, kept or asked about {1 - lost:.1%}")
    if junk:
        print(f"{name}: junk {len(junk)}, dropped {sum(v.way is Way.DROP for v in junk) / len(junk):.1%}")
    print(f"{name}: asked cheaply {sum(v.way is Way.ASK for v in every) / max(1, len(every)):.1%}")


def tell_folder(folder: Path) -> None:
    """Prints figures of the public sets that are there; of none, their texts."""
    airline = folder / "airline_tweets"
    if airline.is_dir():
        rows = [row for name in ("queries", "history") for row in _rows(airline / f"{name}.jsonl")]
        wanting = [judged(row["text"]) for row in rows if row.get("topic")]
        junk = [judged(row["text"]) for row in rows if not row.get("topic")]
        tell_ways("airline_tweets", wanting, junk)
        _tell_people("airline_tweets", [*wanting, *junk])
    spotify = folder / "twcs_spotify" / "inbound.jsonl"
    if spotify.is_file():
        rows = list(_rows(spotify))
        chosen = random.Random(1).sample(rows, min(_SAMPLE, len(rows)))
        began = time.process_time()
        verdicts = [judged(row["text"]) for row in chosen]
        ways = Counter(v.way.value for v in verdicts)
        told = ", ".join(f"{way} {count / len(verdicts):.1%}" for way, count in ways.most_common())
        each = (time.process_time() - began) / len(verdicts) * 1000
        print(f"twcs_spotify (no labels): {len(verdicts)} posts: {told}; {each:.2f} ms each")
        _tell_people("twcs_spotify", verdicts)
    clinc = folder / "clinc150"
    for path in sorted(clinc.glob("*queries*.jsonl")) if clinc.is_dir() else ():
        strange = [judged(row["text"]) for row in _rows(path) if not row.get("topic")]
        if strange:
            _tell_people("clinc150 out of scope", strange)


def _tell_people(name: str, verdicts: Sequence[Verdict]) -> None:
    seen = Counter(v.kind.value for v in verdicts if v.way is Way.PEOPLE)
    print(f"{name}: for people {sum(seen.values()) / len(verdicts):.1%} of {len(verdicts)}: {dict(seen)}")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main() -> None:
    """Tells."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--all", action="store_true")
    asked = parser.parse_args()
    tell_corpus([line for line in corpus() if asked.all or line.kept])
    print("\nthe newest, of which nothing was learned")
    tell_corpus(list(corpus(FRESH)))
    if asked.data:
        print()
        tell_folder(asked.data)


if __name__ == "__main__":
    main()
