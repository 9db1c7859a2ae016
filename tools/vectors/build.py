"""Builds the table of word vectors that ships with twelp.

    python tools/vectors/build.py --weights FOLDER --wordnet FOLDER [--out FOLDER] [--every N]

See README.md beside this file for where weights and WordNet come from. One thread and some minutes; the sentences'
vectors are kept in `--cache`, so a second run only fits. `--every 10` takes a tenth of the sentences.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]
# ruff: noqa: E402

import conversations
import fitting
import numpy as np
import wordnet
from fitting import Floats
from minilm import MiniLM

from twelp.adapters.vectors import table
from twelp.adapters.vectors.english import as_bits
from twelp.adapters.vectors.vocabulary import as_slots

DIMENSIONS: Final = 192
EVERYDAY: Final = Path(__file__).parent / "everyday.txt"
WHOLE: Final = 4_600
"""Words that the vocabulary has in pieces only and that get a row of their own."""
_FREQUENT: Final = 3
EXAMPLES, DEFINITIONS, WRITTEN, FILLED = 42_000, 30_000, 42_000, 42_000
"""Sentences of each kind: what WordNet gives as examples and definitions, the grammar's, and the filled shapes."""
SENTENCES: Final = 82_000
"""How many of them are read, of all kinds alike: what one core reads in ten minutes."""
_KEPT_BACK: Final = 50
"""One sentence in so many is not fitted, but measured."""
_BATCH: Final = 2_000


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences cut into pieces, with the network's vectors of them."""

    cut: Sequence[Sequence[int]]
    vectors: Floats

    def part(self, chosen: np.ndarray) -> Sentences:
        """Those that are chosen."""
        return Sentences([self.cut[i] for i in np.flatnonzero(chosen)], self.vectors[chosen])


def main() -> None:
    """Build, say how good it is, write."""
    parser = argparse.ArgumentParser(description="word vectors from a sentence-embedding model")
    parser.add_argument("--weights", type=Path, required=True, help="folder with model.safetensors and vocab.txt")
    parser.add_argument("--wordnet", type=Path, required=True, help="folder with data.noun and the others")
    parser.add_argument("--out", type=Path, default=table.HERE)
    parser.add_argument("--sentences", type=int, default=SENTENCES, help="how many are read")
    parser.add_argument("--every", type=int, default=1, help="one sentence in so many")
    parser.add_argument("--cache", type=Path, help="folder for the sentences' vectors")
    parser.add_argument("--dimensions", type=int, default=DIMENSIONS)
    asked = parser.parse_args()
    network, entries = MiniLM(asked.weights), list(wordnet.entries(asked.wordnet))
    pieces = len(network.vocabulary)
    cut = corpus(network, entries)
    whole = whole_words(network, cut, WHOLE)
    alone = read(network, [*([piece] for piece in range(pieces)), *whole], asked.cache)
    sentences = read(network, cut[: asked.sentences][:: asked.every], asked.cache)
    rows = {parts: pieces + at for at, parts in enumerate(whole)}
    sentences = Sentences([joined(network, parts, rows) for parts in sentences.cut], sentences.vectors)
    vectors = fitted(sentences, alone, pieces, asked.dimensions)
    words = [*network.vocabulary, *(network.spelled(parts) for parts in whole)]
    write(asked.out, words, vectors, (word.lower() for entry in entries for word in entry.words))


def corpus(network: MiniLM, entries: Sequence[wordnet.Entry]) -> list[list[int]]:
    """All sentences in pieces, each once; the kinds are mixed, so that any beginning of the list has all of them."""
    words = {(entry.kind, word): None for entry in entries for word in entry.words if word in network.vocabulary}
    kinds = (
        _spread(wordnet.examples(entries), EXAMPLES),
        list(conversations.written(WRITTEN)),
        _spread(list(conversations.filled(words)), FILLED),
        _spread(wordnet.definitions(entries), DEFINITIONS),
    )
    texts = dict.fromkeys(text for some in zip_longest(*kinds) for text in some if text)
    return [pieces for text in texts if (pieces := network.tokens(text))]


def whole_words(network: MiniLM, cut: Iterable[Sequence[int]], most: int) -> list[tuple[int, ...]]:
    """Words that the vocabulary has in pieces only and that get rows of their own: everyday ones, then frequent."""
    counts = Counter(parts for pieces in cut for parts in network.words(pieces) if len(parts) > 1)
    frequent = [parts for parts, count in counts.most_common() if count >= _FREQUENT]
    found = dict.fromkeys([*map(network.wordpiece.pieces, EVERYDAY.read_text(encoding="utf8").split()), *frequent])
    return [parts for parts in found if len(parts) > 1 and network.spelled(parts).isalpha()][:most]


def joined(network: MiniLM, pieces: Sequence[int], rows: Mapping[tuple[int, ...], int]) -> list[int]:
    """A sentence whose whole words are one row each."""
    return [row for parts in network.words(pieces) for row in ([rows[parts]] if parts in rows else parts)]


def read(network: MiniLM, cut: Sequence[Sequence[int]], cache: Path | None) -> Sentences:
    """The network's vectors of the sentences, from the cache where it has them."""
    parts = [cut[at : at + _BATCH] for at in range(0, len(cut), _BATCH)]
    return Sentences(cut, np.concatenate([_batch(network, part, cache) for part in parts]))


def fitted(sentences: Sentences, alone: Sentences, pieces: int, dimensions: int) -> Floats:
    """The rows' vectors, each times its weight; prints how near they come to the network."""
    weight = fitting.weights(pieces)
    weight = np.concatenate([weight, np.full(len(alone.cut) - pieces, weight[-1], np.float32)])
    principal = fitting.principal(sentences.vectors, dimensions)
    start = alone.vectors @ principal
    back = np.arange(len(sentences.cut)) % _KEPT_BACK == 0
    given, kept = sentences.part(~back), sentences.part(back)
    vectors = fitting.fit(fitting.means(given.cut, weight), given.vectors @ principal, start)
    held = fitting.means(kept.cut, weight)
    before, after = (fitting.cosine(held, kept.vectors @ principal, found) for found in (start, vectors))
    print(f"{len(given.cut)} sentences; cosine on {len(kept.cut)} kept back: {before:.3f} before, {after:.3f} after")
    return vectors * weight[:, None]


def write(folder: Path, names: Sequence[str], vectors: Floats, dictionary: Iterable[str]) -> None:
    """The vocabulary, where each piece is found, the numbers in 8 bits, scales, a dictionary's words; their SHA-256."""
    words = [(word, at) for at, word in enumerate(names) if table.readable(word)]
    vectors = vectors[[at for _, at in words]]
    scales = np.abs(vectors).max(axis=1) / 127
    numbers = np.round(vectors / np.maximum(scales, 1e-12)[:, None]).astype(np.int8)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / table.VOCABULARY).write_text("".join(f"{word}\n" for word, _ in words), encoding="utf8")
    np.save(folder / table.PLACES, as_slots([word for word, _ in words]))
    np.save(folder / table.NUMBERS, numbers)
    np.save(folder / table.SCALES, scales.astype(np.float32))
    np.save(folder / table.ENGLISH, as_bits(dictionary))
    sums = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in table.FILES]
    (folder / table.SUMS).write_text("".join(sums), encoding="utf8")
    print(f"{len(words)} pieces of {numbers.shape[1]} dimensions, {numbers.nbytes / 1e6:.1f} MB, in {folder}")


def _spread(texts: Sequence[str], most: int) -> list[str]:
    """So many of the texts, from all over them."""
    step = max(len(texts) / most, 1.0)
    return [texts[int(i * step)] for i in range(min(most, len(texts)))]


def _batch(network: MiniLM, cut: Sequence[Sequence[int]], cache: Path | None) -> Floats:
    name = hashlib.sha256(repr(list(map(tuple, cut))).encode()).hexdigest()[:16]
    file = cache / f"{name}.npy" if cache else None
    if file and file.is_file():
        return np.asarray(np.load(file), np.float32)
    found = network.vectors(cut).astype(np.float16)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        np.save(file, found)
    print(f"read {len(cut)} sentences", flush=True)
    return np.asarray(found, np.float32)


if __name__ == "__main__":
    main()
