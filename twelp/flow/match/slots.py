"""Where a feature's numbers stand, so that tables hold only what was ever used and grow with it.

Rules: slot 0 belongs to every place never used and stays zero. One writer, any number of readers without a lock: the
writer makes tables long enough *before* it hands out slots, so a reader who looks up the slot first and takes the
table second never reaches beyond its end.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from .features import Places

T = TypeVar("T", bound=np.generic)


class Slots:
    """From places to rows of tables."""

    def __init__(self, places: int) -> None:
        self._slot = np.zeros(places, np.int32)
        self.used = 1

    def find(self, places: Places) -> Places:
        """The slots of places; 0 for those never used."""
        return np.asarray(self._slot[places])

    def take(self, places: Places) -> Places:
        """The slots of places (no place twice), new ones where there were none."""
        slots = self._slot[places]
        new = slots == 0
        count = int(np.count_nonzero(new))
        if count:
            slots[new] = np.arange(self.used, self.used + count)
            self.used += count
            self._slot[places] = slots
        return np.asarray(slots)


def grown(table: npt.NDArray[T], rows: int) -> npt.NDArray[T]:
    """The table, or a longer copy when it has fewer rows; new rows are zero."""
    if len(table) >= rows:
        return table
    longer = np.zeros((max(rows, len(table) + len(table) // 2), *table.shape[1:]), table.dtype)
    longer[: len(table)] = table
    return longer
