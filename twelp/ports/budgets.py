"""Limits of a network or of Slack that all processes share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable


class Budgets(Protocol):
    """Rates and windows by name. Hours are by the bot's clock; one that was ahead is not believed. Raises StoreError
    where the database is away: nothing was taken then."""

    def turns(self, name: str, *, every_s: float, burst: int, most: int, now: datetime) -> tuple[int, float]:
        """Takes turns of a rate that gives one every so many seconds, `burst` of them at once after a rest.

        Returns:
            How many were taken, `most` at most; where it is none, in how many seconds there is one.
        """

    def spend(self, name: str, now: datetime) -> datetime | None:
        """Takes one call of a window. None: it may be made. Else nothing is left, until that hour."""

    def told(self, name: str, left: int, until: datetime) -> None:
        """The answer to a call that was spent says how many are left of its window, which ends then."""

    def untold(self, name: str) -> None:
        """A call that was spent is over, and no answer says what is left."""


@dataclass
class Together:
    """What one network's limits are shared by; None: this process has them to itself."""

    budgets: Budgets | None = None


@runtime_checkable
class SharesLimits(Protocol):
    """A network whose limits are the account's, however many processes call it.

    Attributes:
        together: set once several processes share them.
    """

    together: Together
