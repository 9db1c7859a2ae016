"""The vocabulary of word pieces, in a few arrays: as a dictionary of 32,000 texts it would take ten times the memory.

Rules: the pieces stand one after the other as they do in their file, and a table of slots made with them says where
each begins: a piece is looked for at the slot that its CRC-32 names and in those after it, up to an empty one.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

SLOTS: Final = 1 << 17
"""Four times the pieces: most of what is no piece meets an empty slot at once."""
_NONE: Final = 0
Slots = npt.NDArray[np.uint16]


class Vocabulary:
    """Word pieces with their rows; safe to use from several threads.

    Args:
        pieces: as their file holds them, each with a line's end.
        slots: see :func:`as_slots`.

    >>> known = Vocabulary(b"router\\n##s\\n", as_slots(["router", "##s"]))
    >>> known.get("##s"), known.get("modem"), "router" in known
    (1, None, True)
    """

    def __init__(self, pieces: bytes, slots: Slots) -> None:
        self._pieces = pieces
        ends = np.flatnonzero(np.frombuffer(pieces, np.uint8) == ord("\n"))
        self._ends = np.concatenate([np.full(1, -1, np.int64), ends]).data
        self._slots = np.ascontiguousarray(slots).data

    def get(self, piece: str, /) -> int | None:
        """The row of a piece; None where it is none."""
        wanted = piece.encode()
        at = zlib.crc32(wanted) % SLOTS
        while (row := self._slots[at]) != _NONE:
            if self._pieces[self._ends[row - 1] + 1 : self._ends[row]] == wanted:
                return row - 1
            at = (at + 1) % SLOTS
        return None

    def __contains__(self, piece: str) -> bool:
        return self.get(piece) is not None

    def __len__(self) -> int:
        return len(self._ends) - 1


def as_slots(pieces: Sequence[str]) -> Slots:
    """Where each piece is to be found: its row and 1; 0 is empty."""
    slots = np.zeros(SLOTS, np.uint16)
    for row, piece in enumerate(pieces, 1):
        at = zlib.crc32(piece.encode()) % SLOTS
        while slots[at] != _NONE:
            at = (at + 1) % SLOTS
        slots[at] = row
    return slots
