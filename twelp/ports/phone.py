"""A bridge to telephones: what is told of each step of a crisis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Phone(Protocol):
    """Somebody else's service that rings people up."""

    def ring(self, key: str, told: Mapping[str, str | int]) -> None:
        """Tells it once; `key` is the same however often this is tried. Raises TryAgain where it did not take it."""
