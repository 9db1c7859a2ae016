"""Reasons in words, read off the numbers that made a score.

Rules: every feature's share of a topic's score, beyond the average topic's, is given to the word or pair it stands
for (a piece to the words it was cut from), and a word's part of the text's vector to the word; the largest are shown.
Nothing is shown that did not speak for the topic. A word that speaks by its meaning, too, is shown with the roster's
word that it is close to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
_BY_MEANING: Final = 0.25
"""Part of a word's share that must come from its vector, before the word it is close to is named."""
NO_WORDS: Final[Mapping[str, float]] = {}


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


def spoken(
    of: Owners,
    shares: Floats,
    fixes: Mapping[str, str],
    meant: Mapping[str, float] = NO_WORDS,
    close: Callable[[str], str | None] = lambda word: None,
) -> Reason | None:
    """The words and pairs that speak most for one topic; None when none does.

    Args:
        of: whose each feature is.
        shares: each feature's share of the score.
        fixes: corrected words, each with what was written.
        meant: each word's share by its vector.
        close: the topic's own word that a word is close to.
    """
    if not of.labels:
        return None
    letters = np.bincount(of.label, shares[of.feature] * of.part, len(of.labels))
    by_vector = np.array([meant.get(label, 0.0) for label in of.labels])
    sums = letters + by_vector
    best = [int(i) for i in np.argsort(-sums, kind="stable")[:_SHOWN] if sums[i] > 0]
    best = [i for i in best if sums[i] >= _LEAST_SHARE * sums[best[0]]]
    best = [i for i in best if not _inside(of.labels[i], [of.labels[b] for b in best])]
    if not best:
        return None
    said = listed([_named(of.labels[i], close if by_vector[i] > _BY_MEANING * sums[i] else None) for i in best])
    written = dict.fromkeys(w for i in best for w in of.labels[i].split() if w in fixes)
    if written:
        spelt = tuple(texts.SPELT(written=fixes[word], meant=word) for word in written)
        said = texts.SPELLING(words=said, fixes=spelt)
    return Reason("words", said, float(sum(sums[i] for i in best)))


def _named(label: str, close: Callable[[str], str | None] | None) -> str:
    known = close(label) if close else None
    if known is None or known == label:
        return texts.QUOTED(words=label)
    return texts.CLOSE_TO(words=label, known=known)


def _inside(label: str, all_labels: Sequence[str]) -> bool:
    return any(
        label != other and (label in other.split() or (unspaced(label) and label in other)) for other in all_labels
    )
