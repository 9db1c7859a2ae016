"""How likely it is that nobody should get a post, from its distance to every topic.

Rules: calibrated on the texts at hand alone. Each remembered text, with its own pull taken out, stands for a question
of its topic; the same text, with its topic hidden, stands for a post of no topic at all. A logistic curve between the
two tells, for the best topic's linear score, the chance of "nobody" if both kinds were equally common; what to do
with it is up to the cost.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_FEWEST = 20
_STEPS = 25


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


def calibrate(with_topic: Sequence[float], without: Sequence[float]) -> Curve:
    """The curve between scores of questions with their topic and the same with their topic hidden (one each)."""
    if len(with_topic) < _FEWEST:
        return Curve()
    scores = np.concatenate([with_topic, without])
    truth = np.concatenate([np.ones(len(with_topic)), np.zeros(len(without))])
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
