"""Sizes and pauses that an operator may set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """Sizes and pauses, which an operator may set.

    `wave_size` is the least a wave has, `surely` the chance that somebody of it shall take the question in a minute,
    `surge_from` how many questions wait when waves grow and come sooner.
    With `group`, a question that is the same matter as another joins it and is not asked by itself.
    `keep_private`: how long the words of a private message are kept.
    `unlimited` lifts people's quiet hours and daily budgets: for replays, never for people.
    """

    wave_size: int = 3
    surely: float = 0.9
    wave_after: timedelta = timedelta(minutes=5)
    claim_for: timedelta = timedelta(minutes=10)
    give_up_after: timedelta = timedelta(hours=4)
    hold_for: timedelta = timedelta(seconds=10)
    surge_from: int = 20
    unlimited: bool = False
    group: bool = True
    keep_private: timedelta = timedelta(days=30)
