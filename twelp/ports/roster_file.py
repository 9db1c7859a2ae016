"""Which version of the roster's file is in force, as a row that all processes share."""

from __future__ import annotations

from typing import Protocol

from twelp.model import RosterFile


class RosterFileTx(Protocol):
    """The part of a transaction that is about the roster's file."""

    def roster_file(self) -> RosterFile | None:
        """The version in force; None before any was taken up."""

    def set_roster_file(self, now: RosterFile) -> None:
        """It is this one now."""

    def roster_text(self) -> str:
        """The text of the version in force; empty before any was taken up."""

    def set_roster_text(self, text: str) -> None:
        """It says this."""
