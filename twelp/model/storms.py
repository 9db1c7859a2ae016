"""Storms: what many ask at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class StormState(StrEnum):
    """DECLARED: moderators were told. NONE: one of them said that it is none. OVER: nobody asks it any more."""

    DECLARED = "declared"
    NONE = "none"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Storm:
    """What many ask at once.

    Attributes:
        matter: the question that leads it.
        normal: how many questions about its topic are usual within ten minutes.
        closed_by: the moderator who said that it is none.
    """

    matter: str
    state: StormState
    declared_at: datetime
    normal: float
    closed_at: datetime | None = None
    closed_by: str | None = None


@dataclass(frozen=True, slots=True)
class StormShown:
    """A storm as a moderator's card says it.

    Attributes:
        lately: how many asked within the last ten minutes.
        normal: how many are usual in its topic.
        curve: how many asked, each ten minutes of the last two hours, as small bars; oldest first.
        topic: its topic's name; empty: none is known.
        held: its topic, or everything, is paused.
        over: why there is nothing to decide any more; None: there is.
    """

    lately: int
    normal: float
    curve: str
    topic: str
    held: bool
    over: StormState | None = None
