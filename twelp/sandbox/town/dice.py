"""Dice that fall the same way for the same seed and the same occasion, in whatever order things happen."""

from __future__ import annotations

import random


def dice(seed: int, *about: object) -> random.Random:
    """Dice for one occasion.

    >>> dice(7, "answer", 3).random() == dice(7, "answer", 3).random()
    True
    """
    return random.Random("|".join(map(str, (seed, *about))))  # noqa: S311 - people's whims, no secrets


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set that can be read as a text."""
    return frozenset(text.split())
