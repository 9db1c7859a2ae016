"""The roster's file: which of its versions is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A version of the file that cannot be used. `why`: its first mistake, with place and remedy."""

    digest: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RosterFile:
    """The version of the file that is in force.

    Attributes:
        number: how many versions have been in force until now, this one included.
        digest: the first twelve hexadecimal digits of the SHA-256 of the file's bytes.
        at: when it was taken up.
        who: who wrote it, where git tells; empty: not known.
        told: what it changed, in one sentence.
        refused: the version that stands in the file now, where that cannot be used.
    """

    number: int
    digest: str
    at: datetime
    who: str = ""
    told: str = ""
    refused: RefusedFile | None = None
