"""The numbers of the table, read from their file row by row as words turn up.

Rules: what people write needs a tenth of the rows, and mapped into memory the file would be there as a whole. A row
that was read stays. The file stays open, so that an update of twelp under a running bot changes nothing in it. Those
who read from the file take turns; the others need no lock: rows are there before their places are told.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int8]
Rows = npt.NDArray[np.uint16]


class StoredRows:
    """Rows of a file of NumPy's, in 8 bits; safe to use from several threads.

    Args:
        path: the file, with two dimensions.

    Attributes:
        width: numbers in a row.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)
        weakref.finalize(self, self._file.close)
        version = np.lib.format.read_magic(self._file)
        if version != (1, 0):
            raise ValueError(f"{path} has format {version}; expected (1, 0)")
        (count, self.width), _, _ = np.lib.format.read_array_header_1_0(self._file)
        self._begin = self._file.tell()
        self._place = np.zeros(count, np.uint16)  # 0: not read yet
        self._read: Numbers = np.zeros((1, self.width), np.int8)
        self._used = 1
        self._one_at_a_time = Lock()

    def __getitem__(self, rows: Rows) -> Numbers:
        """These rows, in this order: (rows, width)."""
        places = self._place[rows]
        if not places.all():
            self._fetch(rows[places == 0].tolist())
            places = self._place[rows]
        return np.asarray(self._read[places])

    def _fetch(self, rows: Iterable[int]) -> None:
        with self._one_at_a_time:
            missing = [row for row in dict.fromkeys(rows) if not self._place[row]]
            end = self._used + len(missing)
            if end > len(self._read):
                longer = np.zeros((end + end // 2, self.width), np.int8)
                longer[: self._used] = self._read[: self._used]
                self._read = longer
            for at, row in enumerate(missing, self._used):
                self._file.seek(self._begin + row * self.width)
                self._read[at] = np.frombuffer(self._file.read(self.width), np.int8)
            self._place[missing] = np.arange(self._used, end)
            self._used = end
