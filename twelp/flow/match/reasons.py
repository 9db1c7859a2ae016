"""Reasons in words, read off the numbers that made a score.

Rules: every feature's share of a topic's score, beyond the average topic's, is given to the word or pair it stands
for (a piece to the words it was cut from); the largest are shown. Nothing is shown that did not speak for the topic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from twelp.texts import reasons as texts
from twelp.texts.phrase import listed

from .clean import unspaced
from .features import Bag, Floats, pair, pieces, place
from .values import Reason

_SHOWN: Final = 3
_LEAST_SHARE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Owners:
    """Which word or pair each feature of a bag belongs to.

    Attributes:
        labels: Words, then pairs, each once.
        label: Index into ``labels``, one per link.
        feature: Index into the bag's features, one per link.
        part: What part of the feature the link gets; a feature's parts sum to 1.
    """

    labels: tuple[str, ...]
    label: np.ndarray[tuple[int], np.dtype[np.int64]]
    feature: np.ndarray[tuple[int], np.dtype[np.int64]]
    part: Floats


def owners(bag: Bag) -> Owners:
    """Links every feature of the bag to the words and pairs it came from."""
    words = tuple(dict.fromkeys(bag.words))
    pairs = tuple(dict.fromkeys(pair(a, b) for a, b in pairwise(bag.words)))
    labels = words + pairs
    found = [np.array([place(w), *pieces(w)]) for w in words] + [np.array([place(p)]) for p in pairs]
    label = np.repeat(np.arange(len(labels)), [len(f) for f in found])
    order = np.argsort(bag.places)
    at = np.searchsorted(bag.places, np.concatenate([*found, np.zeros(0, np.int64)]).astype(np.int64), sorter=order)
    feature = order[np.minimum(at, len(order) - 1)] if len(order) else at
    parts = 1.0 / np.maximum(np.bincount(feature, minlength=len(order)), 1)
    return Owners(labels, label, feature, parts[feature].astype(np.float32))


def spoken(of: Owners, shares: Floats, fixes: Mapping[str, str]) -> Reason | None:
    """The words and pairs that speak most for one topic; ``shares`` one per feature; None when none does."""
    if not of.labels:
        return None
    sums = np.bincount(of.label, shares[of.feature] * of.part, len(of.labels))
    best = [int(i) for i in np.argsort(-sums, kind="stable")[:_SHOWN] if sums[i] > 0]
    best = [i for i in best if sums[i] >= _LEAST_SHARE * sums[best[0]]]
    best = [i for i in best if not _inside(of.labels[i], [of.labels[b] for b in best])]
    if not best:
        return None
    said = listed([texts.QUOTED(words=of.labels[i]) for i in best])
    written = dict.fromkeys(w for i in best for w in of.labels[i].split() if w in fixes)
    if written:
        spelt = tuple(texts.SPELT(written=fixes[word], meant=word) for word in written)
        said = texts.SPELLING(words=said, fixes=spelt)
    return Reason("words", said, float(sum(sums[i] for i in best)))


def _inside(label: str, all_labels: Sequence[str]) -> bool:
    return any(
        label != other and (label in other.split() or (unspaced(label) and label in other)) for other in all_labels
    )
