"""Slack's rate limits as token buckets that fill by the sandbox's clock.

Slack names minimum rates and tolerates bursts; here each tier gives exactly its named rate with a small fixed burst, so
that a client that ignores ``Retry-After`` is found out.

Source: https://docs.slack.dev/apis/web-api/rate-limits (tiers; one message a second per channel, several hundred a
minute per workspace). Bursts are ours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from twelp.sandbox.clock import Clock


@dataclass(frozen=True, slots=True)
class Rate:
    """`per_minute` calls a minute, `burst` of them at once after a rest."""

    per_minute: float
    burst: int


TIER_1: Final = Rate(1, 15)
TIER_2: Final = Rate(20, 30)
TIER_3: Final = Rate(50, 75)
TIER_4: Final = Rate(100, 200)
HUNDREDS: Final = Rate(600, 300)
PER_CHANNEL: Final = Rate(60, 4)
PER_WORKSPACE: Final = Rate(400, 200)


class Limits:
    """All buckets of one workspace."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}
        self.lifted = False

    def reset(self) -> None:
        """Fill every bucket; whether limits are lifted stays."""
        self._buckets.clear()

    def take(self, wanted: dict[str, Rate]) -> int | None:
        """Take one from each bucket named; from none of them if one is empty.

        Returns:
            None when there was enough, else the whole seconds to wait (``Retry-After``), at least 1.
        """
        if self.lifted:
            return None
        now = self._clock.time()
        left: dict[str, float] = {}
        wait_s = 0.0
        for key, rate in wanted.items():
            level, at_s = self._buckets.get(key, (float(rate.burst), now))
            level = min(float(rate.burst), level + max(0.0, now - at_s) * rate.per_minute / 60)
            left[key] = level - 1
            if level < 1:
                wait_s = max(wait_s, (1 - level) * 60 / rate.per_minute)
        if wait_s > 0:
            return max(1, math.ceil(wait_s))
        self._buckets |= {key: (level, now) for key, level in left.items()}
        return None
