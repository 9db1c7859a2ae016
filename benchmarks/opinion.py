"""Makes the weights of triage's second opinion anew from the corpus, and says how well they do on its kept part.

    python -m benchmarks.opinion            # how well: trained on the training part, tried on the other
    python -m benchmarks.opinion --write    # writes twelp/flow/triage/weights.py

Every third line of the corpus is never trained on, and is what `benchmarks/voice.py` measures by.
"""

from __future__ import annotations

import argparse
import base64
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.voice import CORPUS, JUNK, WANTING, Line, corpus
from twelp.flow.triage import opinion, signs

HERE: Final = Path(__file__).parents[1]
_ROUNDS: Final = 400
_REST: Final = 0.1
"""How strongly weights are held near zero. Source: this program, tried from 0.003 to 0.3."""


def table(lines: Sequence[Line]) -> np.ndarray:
    """The features of texts, a row each."""
    rows = np.zeros((len(lines), opinion.PLACES), np.float32)
    for row, line in zip(rows, lines, strict=True):
        for place, length, _ in opinion.features(signs.read(line.text)):
            row[place] += length
    return rows


def trained(lines: Sequence[Line]) -> np.ndarray:
    """Weights by regularised logistic regression; both answers count alike."""
    x = table(lines)
    y = np.array([line.kind in WANTING for line in lines], np.float32)
    share = np.where(y > 0, 0.5 / max(y.mean(), 1e-6), 0.5 / max(1 - y.mean(), 1e-6))
    weights = np.zeros(x.shape[1], np.float32)
    speed = np.zeros_like(weights)
    rate = 4.0 / float((x * x).sum(axis=1).mean())
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-(x @ weights)))
        slope = x.T @ (share * (chance - y)) / len(lines) + _REST * weights / 10
        speed = 0.9 * speed - rate * slope
        weights = weights + speed
    return weights


def write(weights: np.ndarray, path: Path) -> None:
    """The weights in a byte each, as a module."""
    scale = float(np.abs(weights).max()) / 127
    packed = zlib.compress((np.round(weights / scale) + 128).astype(np.uint8).tobytes(), 9)
    text = base64.b32encode(packed).decode()
    lines = "\n".join(f"    {text[i : i + 110]!r}" for i in range(0, len(text), 110))
    path.write_text(
        '"""The second opinion\'s weights, made by `benchmarks/opinion.py`; never change them by hand."""\n\n'
        "from __future__ import annotations\n\nfrom typing import Final\n\n"
        f"SCALE: Final = {scale!r}\nWEIGHTS: Final = (\n{lines}\n)\n",
        encoding="utf-8",
    )


def main() -> None:
    """Trains, tells, and writes where asked to."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--write", action="store_true")
    asked = asked.parse_args()
    lines = [line for line in corpus(CORPUS) if line.kind in WANTING or line.kind in JUNK]
    learn = [line for line in lines if not line.kept]
    weights = trained(learn)
    for name, part in (("trained on", learn), ("never seen", [line for line in lines if line.kept])):
        chance = 1 / (1 + np.exp(-(table(part) @ weights)))
        wants = np.array([line.kind in WANTING for line in part])
        right = ((chance > 0.5) == wants).mean()
        print(f"{name}: {len(part)} texts, right {right:.1%}")
    if asked.write:
        write(weights, HERE / "twelp/flow/triage/weights.py")


if __name__ == "__main__":
    main()
