"""Settings of policy: what is still a question, how many are asked how soon, and how long people have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, Literal

from pydantic import BaseModel

from twelp.config.fields import number, setting
from twelp.config.values import Moment, moment


@dataclass(frozen=True, slots=True)
class Pace:
    """How sure a wave shall be that somebody of it takes the question within a minute, and when the next one comes."""

    surely: float
    wave_minutes: float


PACES: Final = MappingProxyType({"calm": Pace(0.2, 8), "balanced": Pace(0.4, 7), "fast": Pace(0.9, 5)})
"""Measured: docs/attention.md."""


class PaceSettings(BaseModel):
    """From when posts count, and when a question's next step comes."""

    backlog: Moment = setting(
        "TWELP_BACKLOG",
        "15m",
        "From when mentions are read at the first start; older ones are left and counted.",
        "now, a span of time before the start (30m, 6h, 3d), or a date and time (2026-11-30T09:00+01:00)",
    )
    max_age_hours: float = number(
        "TWELP_MAX_AGE_HOURS",
        24,
        "hours",
        "How old a question may be when it is read, after a standstill; nobody is asked about older ones.",
        least=0.01,
        most=8760,
    )
    hold_s: float = number(
        "TWELP_HOLD_SECONDS", 10, "seconds", "How long a confirmed answer waits, with Undo.", least=0, most=3600
    )
    pace: Literal["calm", "balanced", "fast"] = setting(
        "TWELP_PACE",
        "balanced",
        "How many people a question is put before, and how soon. Of 3,000 volunteers: calm 9 asks an answer, and "
        "half of the answers within 7 minutes; balanced 12 and 5; fast 30 and 3½.",
        "calm, balanced or fast",
    )
    wave_minutes: float = number(
        "TWELP_WAVE_MINUTES",
        0,
        "minutes",
        "After how long more experts are asked, at most; 0: as TWELP_PACE has it (8, 7 or 5).",
        least=0,
        most=1440,
    )
    wave_size: int = setting(
        "TWELP_WAVE_SIZE", 3, "How many experts a wave asks, at least.", "a whole number from 1 to 50", ge=1, le=50
    )
    surge_from: int = setting(
        "TWELP_SURGE_FROM",
        20,
        "How many questions nobody has taken make a surge: waves grow and come sooner.",
        "a whole number from 1 to 1000000",
        ge=1,
        le=1_000_000,
    )
    grouping: bool = setting(
        "TWELP_GROUPING",
        True,
        "Whether a question that is the same matter as another joins it: it is not asked by itself, and its customer "
        "gets that one's answer, and what becomes of it.",
        "true or false",
    )
    claim_minutes: float = number(
        "TWELP_CLAIM_MINUTES", 10, "minutes", "How long a claim lasts.", least=0.001, most=1440
    )
    give_up_minutes: float = number(
        "TWELP_GIVE_UP_MINUTES", 240, "minutes", "After how long a question is given up.", least=0.001, most=43200
    )
    lift_limits: bool = setting(
        "TWELP_LIFT_LIMITS", False, "Lifts the bot's own pacing and daily budgets, for replays.", "true or false"
    )

    @property
    def hold(self) -> timedelta:
        """How long a confirmed answer waits before it is published."""
        return timedelta(seconds=self.hold_s)

    @property
    def max_age(self) -> timedelta:
        """How old a question may be when it is read."""
        return timedelta(hours=self.max_age_hours)

    def begin(self, now: datetime) -> datetime:
        """From when mentions are read, if the first start is now; never later than now."""
        return min(now, moment(self.backlog, now))

    @property
    def wave(self) -> timedelta:
        """After how long more experts are asked."""
        return timedelta(minutes=self.wave_minutes or PACES[self.pace].wave_minutes)

    @property
    def claim(self) -> timedelta:
        """How long a claim lasts."""
        return timedelta(minutes=self.claim_minutes)

    @property
    def give_up(self) -> timedelta:
        """After how long a question without an answer is given up."""
        return timedelta(minutes=self.give_up_minutes)
