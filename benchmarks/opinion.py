"""Makes the weights that triage learned anew from the corpus, and says how well they do on other texts than those.

    python -m benchmarks.opinion --data FOLDER                  # each third judged by what was learned of the others
    python -m benchmarks.opinion --data FOLDER --write kinds    # writes twelp/flow/triage/learned.npz
    python -m benchmarks.opinion --data FOLDER --write wants    # writes twelp/flow/triage/weights.py

FOLDER holds clinc150 (CC BY 3.0) and banking77 (CC BY 4.0): ordinary posts, of which some are learned as such, too. The
newest texts (`tests/data/triage/fresh.tsv`) are never trained on: `benchmarks/voice.py` measures by them.
"""

from __future__ import annotations

import argparse
import base64
import json
import random
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.voice import JUNK, WANTING, Line, corpus
from twelp.flow.triage import learned, opinion, signs
from twelp.model import Kind, Urgency

HERE: Final = Path(__file__).parents[1]
_ROUNDS: Final = 300
_FOLDS: Final = 3
_REST: Final = 0.01
"""How strongly the second opinion's weights are held near zero. Source: this program, tried from 0.003 to 0.3."""
_REST_OF_KINDS: Final = 1e-4
"""The same of the kinds for people. Source: this program, tried with 0.0004."""
_PUBLIC: Final = {"clinc150": (1500, ("fraud",)), "banking77": (700, ("compromised", "stolen", "lost", "not_recog"))}
"""Ordinary posts that are learned of each public set, but for topics that people should see."""


Features = Callable[[signs.Signs], tuple[Sequence[int], Sequence[float]]]
"""The places and lengths of a text's features."""


@dataclass(frozen=True, slots=True)
class Table:
    """Sparse features of texts: row, column and length of each entry, row by row."""

    rows: np.ndarray
    columns: np.ndarray
    lengths: np.ndarray
    size: tuple[int, int]

    @classmethod
    def of(cls, texts: Sequence[str], features: Features, width: int) -> Table:
        """The features of texts."""
        rows: list[int] = []
        columns: list[int] = []
        lengths: list[float] = []
        for number, text in enumerate(texts):
            places, sizes = features(signs.read(text))
            rows += [number] * len(places)
            columns += places
            lengths += sizes
        return cls(np.array(rows), np.array(columns), np.array(lengths, np.float32), (len(texts), width))

    def times(self, weights: np.ndarray) -> np.ndarray:
        """The scores of each text."""
        each = (np.bincount(self.rows, of[self.columns] * self.lengths, self.size[0]) for of in weights.T)
        return np.stack(list(each), 1)

    def back(self, slopes: np.ndarray) -> np.ndarray:
        """What the texts' slopes mean for each weight."""
        each = (np.bincount(self.columns, of[self.rows] * self.lengths, self.size[1]) for of in slopes.T)
        return np.stack(list(each), 1)


def trained(table: Table, wanted: np.ndarray, share: np.ndarray, rest: float) -> np.ndarray:
    """Weights by regularised softmax regression; `wanted`: a column a class, `share`: how much each text counts."""
    weights = np.zeros((table.size[1], wanted.shape[1]))
    speed = np.zeros_like(weights)
    rate = 4.0 * table.size[0] / float((table.lengths**2).sum())
    for _ in range(_ROUNDS):
        scores = table.times(weights)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        slopes = (odds / odds.sum(axis=1, keepdims=True) - wanted) * share[:, None] / share.sum()
        speed = 0.9 * speed - rate * (table.back(slopes) + rest * weights)
        weights = weights + speed
    return weights


def public(folder: Path) -> list[Line]:
    """Ordinary posts of the public sets whose licence lets us ship what was learned of them."""
    chosen = []
    for name, (count, but) in _PUBLIC.items():
        with (folder / name / "history.jsonl").open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        fit = [row["text"] for row in rows if not any(word in str(row.get("topic")) for word in but)]
        texts = random.Random(3).sample(fit, min(count, len(fit)))
        chosen += [Line(Kind.QUESTION, Urgency.NORMAL, "en", text, kept=False) for text in texts]
    return chosen


def wants(lines: Sequence[Line]) -> np.ndarray:
    """Weights of the second opinion on whether a post wants an answer; both answers count alike."""
    table = Table.of([line.text for line in lines], _opinion_features, opinion.PLACES)
    y = np.array([line.kind in WANTING for line in lines])
    share = np.where(y, 0.5 / max(y.mean(), 1e-6), 0.5 / max(1 - y.mean(), 1e-6))
    weights = trained(table, np.stack([~y, y], 1).astype(float), share, _REST)
    return weights[:, 1] - weights[:, 0]


def kinds(lines: Sequence[Line]) -> np.ndarray:
    """Weights of the kinds for people only."""
    table = Table.of([line.text for line in lines], _kind_features, learned.PLACES)
    y = [learned.KINDS.index(line.kind) if line.kind in learned.KINDS else 0 for line in lines]
    return trained(table, np.eye(len(learned.KINDS))[y], np.ones(len(lines)), _REST_OF_KINDS)


def _opinion_features(seen: signs.Signs) -> tuple[list[int], list[float]]:
    found = opinion.features(seen)
    return [place for place, _, _ in found], [length for _, length, _ in found]


def _kind_features(seen: signs.Signs) -> tuple[list[int], list[float]]:
    found = learned.features(seen)
    return found.places, found.lengths


def write_opinion(weights: np.ndarray, path: Path) -> None:
    """The second opinion's weights in a byte each, as a module."""
    scale = float(np.abs(weights).max()) / 127
    packed = zlib.compress((np.round(weights / scale) + 128).astype(np.uint8).tobytes(), 9)
    text = base64.b32encode(packed).decode()
    lines = "\n".join(f'    "{text[i : i + 110]}"' for i in range(0, len(text), 110))
    path.write_text(
        '"""The second opinion\'s weights, made by `benchmarks/opinion.py`; never change them by hand."""\n\n'
        "from __future__ import annotations\n\nfrom typing import Final\n\n"
        f"SCALE: Final = {scale!r}\nWEIGHTS: Final = (\n{lines}\n)\n",
        encoding="utf-8",
    )


def write_kinds(weights: np.ndarray, path: Path) -> None:
    """The kinds' weights in a byte each."""
    scale = float(np.abs(weights).max()) / 127
    np.savez_compressed(path, weights=np.round(weights / scale).astype(np.int8), scale=np.float32(scale))


def tell_folds(lines: Sequence[Line], more: Sequence[Line]) -> None:
    """Prints how well each third is judged by what was learned of the others."""
    right: list[bool] = []
    chances: list[tuple[float, bool]] = []
    for fold in range(_FOLDS):
        learn = [line for number, line in enumerate(lines) if number % _FOLDS != fold]
        test = [line for number, line in enumerate(lines) if number % _FOLDS == fold]
        weights = kinds([*learn, *more])
        scores = Table.of([line.text for line in test], _kind_features, learned.PLACES).times(weights)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances += [(1 - odds[i, 0] / odds[i].sum(), line.kind in learned.KINDS) for i, line in enumerate(test)]
        about = [line for line in learn if line.kind in WANTING or line.kind in JUNK]
        tried = [line for line in test if line.kind in WANTING or line.kind in JUNK]
        said = Table.of([line.text for line in tried], _opinion_features, opinion.PLACES).times(wants(about)[:, None])
        right += [(score > 0) == (line.kind in WANTING) for score, line in zip(said[:, 0], tried, strict=True)]
    print(f"wants an answer or not, each third by the others: {len(right)} texts, right {np.mean(right):.1%}")
    people = [chance for chance, is_ in chances if is_]
    others = [chance for chance, is_ in chances if not is_]
    for limit in (0.5, 0.7, 0.8, 0.85, 0.9):
        seen, false = np.mean([c >= limit for c in people]), np.mean([c >= limit for c in others])
        print(f"for people from {limit}: {seen:.1%} of {len(people)} seen, {false:.1%} of {len(others)} others")


def main() -> None:
    """Trains, tells, and writes where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", choices=("kinds", "wants"))
    asked = parser.parse_args()
    lines, more = list(corpus()), public(asked.data)
    if asked.write == "kinds":
        write_kinds(kinds([*lines, *more]), HERE / "twelp/flow/triage" / learned.WEIGHTS)
    elif asked.write == "wants":
        about = [line for line in lines if (line.kind in WANTING or line.kind in JUNK) and not line.kept]
        write_opinion(wants(about), HERE / "twelp/flow/triage/weights.py")
    else:
        tell_folds(lines, more)


if __name__ == "__main__":
    main()
