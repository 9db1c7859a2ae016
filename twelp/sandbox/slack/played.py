"""Who of the people is played by somebody at a terminal or in a browser, for as long as that says so."""

from __future__ import annotations

import time
from typing import Final

MOST_S: Final = 60.0
"""A terminal says it again at least this often; one that ended without a word is forgotten."""


class Played:
    """People who are played, by id. Real seconds: whatever the sandbox's clock says.

    Attributes:
        hold: everybody stands still, as if all were played, and customers write nothing by themselves.
    """

    def __init__(self) -> None:
        self._until_s: dict[str, float] = {}
        self.hold = False

    def keep(self, user: str, for_s: float) -> None:
        """Somebody plays this person for so many seconds more; 0: no longer.

        Raises:
            ValueError: for seconds below 0 or above `MOST_S`.
        """
        if not 0 <= for_s <= MOST_S:
            raise ValueError(f"for_s is {for_s!r}; expected 0 to {MOST_S:.0f} seconds")
        self._until_s[user] = time.monotonic() + for_s

    def by_hand(self, user: str) -> bool:
        """Whether somebody plays this person."""
        return time.monotonic() < self._until_s.get(user, 0.0)

    def __contains__(self, user: object) -> bool:
        return isinstance(user, str) and (self.hold or self.by_hand(user))
