"""From sentences and the network's vectors of them to one vector a word piece.

Rules: the weighted mean of a sentence's pieces is to be the network's vector of the sentence. One sparse ridge finds
the pieces' vectors, starting from what the network says of each piece alone, so a piece that no sentence holds keeps
that. Only the principal dimensions of the sentences are fitted. The same input always gives the same table.

Source: Arora et al. (2017) for the weights; van Dongen, Tulkens (2024), Model2Vec, for the start.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse  # type: ignore[import-untyped]

Floats = npt.NDArray[np.float32]
SMOOTH: Final = 1e-4
RIDGE: Final = 0.1
_STEPS: Final = 60
_STILL: Final = 1e-4


def weights(pieces: int) -> Floats:
    """How much each piece counts: by its rank in the vocabulary, which goes from frequent to rare (Zipf)."""
    rank = np.arange(1, pieces + 1)
    share = 1 / rank / (1 / rank).sum()
    return np.asarray(SMOOTH / (SMOOTH + share), np.float32)


def principal(vectors: Floats, dimensions: int) -> Floats:
    """The directions in which sentences differ most: (384, dimensions)."""
    values, directions = np.linalg.eigh((vectors.T @ vectors).astype(np.float64))
    best = directions[:, np.argsort(-values)[:dimensions]]
    return np.asarray(best * np.sign(best[np.abs(best).argmax(axis=0), np.arange(dimensions)]), np.float32)


def means(texts: Sequence[Sequence[int]], weight: Floats) -> sparse.csr_matrix:
    """The matrix that takes pieces' vectors to sentences' weighted means: (sentences, pieces)."""
    counts = [len(text) for text in texts]
    columns = np.fromiter((p for text in texts for p in text), np.int32, sum(counts))
    found = sparse.csr_matrix((weight[columns], columns, np.cumsum([0, *counts])), (len(texts), len(weight)))
    found.sum_duplicates()
    sums = np.maximum(np.asarray(found.sum(axis=1)).ravel(), 1e-9)
    return sparse.csr_matrix(sparse.diags((1 / sums).astype(np.float32)) @ found)


def fit(matrix: sparse.csr_matrix, wanted: Floats, start: Floats, ridge: float = RIDGE) -> Floats:
    """The pieces' vectors: least squares towards what is wanted, drawn to the start (conjugate gradients)."""
    found, turned = start.copy(), matrix.T.tocsr()
    left = turned @ (wanted - matrix @ start)
    way, size = left.copy(), np.square(left).sum(axis=0)
    first = size.copy()
    for _ in range(_STEPS):
        ahead = turned @ (matrix @ way) + ridge * way
        step = size / np.maximum((way * ahead).sum(axis=0), 1e-12)
        found += step * way
        left -= step * ahead
        now = np.square(left).sum(axis=0)
        if (now <= _STILL**2 * first).all():
            break
        way = left + now / np.maximum(size, 1e-12) * way
        size = now
    return np.asarray(found, np.float32)


def cosine(matrix: sparse.csr_matrix, wanted: Floats, vectors: Floats) -> float:
    """How near the means of pieces' vectors are to what is wanted, 1 being the same; the mean over sentences."""
    found = matrix @ vectors
    sizes = np.linalg.norm(found, axis=1) * np.linalg.norm(wanted, axis=1)
    return float(((found * wanted).sum(axis=1) / np.maximum(sizes, 1e-9)).mean())
