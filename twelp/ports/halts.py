"""What moderators paused, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from twelp.model import Halt


class HaltsTx(Protocol):
    """The part of a transaction that is about what moderators paused."""

    def halts(self, *, hold: bool = False) -> Sequence[Halt]:
        """What is paused now, oldest first.

        `hold`: until this transaction ends, nothing of it is resumed; who resumes meanwhile sees what is written here.
        """

    def halt(self, halt: Halt) -> bool:
        """It is paused from now on; False: its scope is paused already, and stays as it was."""

    def agree_to_resume(self, halt: Halt, person: str) -> bool:
        """This person wants to resume; False: that very pause is over, or somebody said so first."""

    def resume(self, halt: Halt) -> bool:
        """It is over, once nobody holds it; False: that very pause was over already."""

    def waiting_to_resume(self) -> Sequence[str]:
        """Keys of the jobs that wait for a pause's end, those of the oldest question first."""
