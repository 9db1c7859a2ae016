"""How likely it is that nobody should get a post, from its distance to every topic.

Rules: calibrated on the texts at hand alone. Each remembered text, with its own pull taken out, stands for a question
of its topic; the same text, with its topic hidden, stands for a post of no topic at all. A logistic curve between the
two tells, for how near the text is to the topics, the chance of "nobody" if both kinds were equally common; what to do
with it is up to the cost. How near: the best topic's learned score, and beside it what was not learned but is there,
the best topic's BM25, or the cosine to the nearest remembered text where there is an embedding: a post of another
world gets little of either, whatever the learned score makes of the words it shares.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .features import Floats

_FEWEST = 20
_STEPS = 25
_BM25 = 1.0
_COSINE = 3.0
_MEAN = 8.0
"""Weights beside the learned score; flat between half and twice. Source: docs/decisions/0004-matching.md."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Chance of nobody = 1 / (1 + exp(slope x (score - middle))).

    >>> round(Curve(slope=2.0, middle=1.0).chance(1.0), 2)
    0.5
    """

    slope: float = 1.0
    middle: float = 0.5

    def chance(self, score: float) -> float:
        """The chance of nobody for the best topic's score."""
        return 1.0 / (1.0 + math.exp(min(max(self.slope * (score - self.middle), -50.0), 50.0)))


def near(learned: Floats, second: Floats, cosine: float | None, mean: float | None = None) -> float:
    """How near the best topic is, by its learned score and what was not learned but is there.

    Args:
        learned: the topics' learned scores.
        second: their BM25.
        cosine: that of the embedding to the nearest text's, where there is one.
        mean: that of the vector to the nearest topic's mean, where there is one.
    """
    if cosine is not None:
        return float(learned.max()) + _COSINE * cosine
    return float(learned.max()) + _BM25 * float(second.max()) + (_MEAN * mean if mean is not None else 0.0)


def calibrate(pairs: Sequence[tuple[float, float]]) -> Curve:
    """The curve between questions with their topic and the same with their topic hidden: how near each is."""
    if len(pairs) < _FEWEST:
        return Curve()
    scores = np.array(pairs).T.ravel()
    truth = np.repeat([1.0, 0.0], len(pairs))
    mean, spread = float(scores.mean()), max(float(scores.std()), 1e-6)
    x = np.stack([(scores - mean) / spread, np.ones(len(scores))], axis=1)
    beta = np.array([1.0, 0.0])
    for _ in range(_STEPS):  # Newton's method with a slight ridge: two numbers, always converges
        p = 1.0 / (1.0 + np.exp(-x @ beta))
        gradient = x.T @ (p - truth) + 0.01 * beta
        curvature = (x * (p * (1 - p))[:, None]).T @ x + 0.01 * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        beta = beta - np.clip(step, -2.0, 2.0)
    slope = max(float(beta[0]), 0.1)
    return Curve(slope / spread, mean - spread * float(beta[1]) / slope)
