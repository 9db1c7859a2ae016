"""The answered question that speaks most for a topic: which, and how much.

Rules: the answered questions of a topic stand side by side in long arrays, so that comparing a text with all of them
takes numpy a moment and Python none. Only the latest are compared, so that a long history costs no more than a short
one. The arrays never change; the one who learns puts longer ones in their place, all at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from .dense import DENSE, IN_8_BITS, Dense
from .features import PLACES, Floats, Places
from .linear import Row
from .meaning import Meaning
from .reading import Reading
from .values import Reason

_COMPARED: Final = 2_000
_WEIGHED: Final = 20
"""Of those, the most alike, whose pull is worked out: they hardly differ in it."""
_MOST_PULL: Final = 1.1
"""No text pulls its own topic by more than this times its strength: chances add up to 1, within half precision."""
_LEAST_LIFT: Final = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """The latest answered questions of one topic, oldest first; those without any feature are none.

    Attributes:
        rows: The texts.
        places: All their features, one text after the other.
        vectors: Those features' lengths before worth.
        starts: Where each text begins in ``places``.
        strengths: How strongly each may pull.
        meant: Their word vectors in 8 bits, one row a text; no columns where there are none.
    """

    rows: tuple[Row, ...]
    places: npt.NDArray[np.uint16]
    vectors: Floats
    starts: Places
    strengths: npt.NDArray[np.float64]
    meant: npt.NDArray[np.int8]

    def plus(self, rows: Sequence[Row], dense: Dense | None = None) -> Answered:
        """These and further ones, with their word vectors where there are some."""
        more = [row for row in rows if len(row.places)][-_COMPARED:]
        if not more:
            return self
        gone = max(len(self.rows) + len(more) - _COMPARED, 0)
        begin = int(self.starts[gone]) if gone < len(self.rows) else len(self.places)
        ends = np.cumsum([len(self.places) - begin, *(len(row.places) for row in more)])
        return Answered(
            (*self.rows[gone:], *more),
            np.concatenate([self.places[begin:], *(row.places for row in more)]),
            np.concatenate([self.vectors[begin:], *(row.vector.astype(np.float32) for row in more)]),
            np.concatenate([self.starts[gone:] - begin, ends[:-1]]),
            np.concatenate([self.strengths[gone:], [row.strength for row in more]]),
            _joined(self.meant[gone:], [dense.texts.in_8_bits(row.rows) for row in more]) if dense else self.meant,
        )


NONE: Final = Answered(
    (),
    np.zeros(0, np.uint16),
    np.zeros(0, np.float32),
    np.zeros(0, np.int64),
    np.zeros(0),
    np.zeros((0, 0), np.int8),
)


def most_alike(reading: Reading, of: Answered, scale: float, meaning: Meaning | None) -> Reason | None:
    """The one of these texts that lifted its topic most; its bare text as the reason. None where none did."""
    rows = of.rows
    if not rows:
        return None
    seen = np.zeros(PLACES, np.float32)
    seen[reading.bag.places] = reading.vector * np.square(reading.worth)
    likeness = np.add.reduceat(seen[of.places] * of.vectors, of.starts)
    if reading.mean is not None and len(of.meant):
        likeness = likeness + DENSE / IN_8_BITS * (of.meant @ reading.of_text)
    if meaning is not None:
        likeness = likeness + [meaning.likeness(row.spot, reading.meaning) for row in rows]
    bounds = scale * _MOST_PULL * likeness * of.strengths
    best, most = None, 0.0
    for at in np.argsort(-bounds, kind="stable")[:_WEIGHED]:
        if bounds[at] <= most:
            break
        row = rows[at]
        share = scale * float(likeness[at]) * float(row.pull()[row.column])
        if share > most:
            best, most = row, share
    return Reason("similar", best.text, most, best.ref) if best is not None and most >= _LEAST_LIFT else None


def _joined(before: npt.NDArray[np.int8], more: Sequence[npt.NDArray[np.int8]]) -> npt.NDArray[np.int8]:
    return np.concatenate([before, more]) if len(before) else np.array(more, np.int8)
