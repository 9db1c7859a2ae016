"""What a remembered text would look like had it not been learned: the stand-ins for questions yet to come."""

from __future__ import annotations

from typing import Final

import numpy as np

from .counts import Counts
from .linear import Linear, Row
from .meaning import NOWHERE, Meaning
from .nobody import Curve, calibrate, near
from .reading import WORDS

_SAMPLE: Final = 400
Pair = tuple[float, float]
"""How near a text is to its topic or a better one, and how near once its topic is hidden."""


def left_out(row: Row, linear: Linear, counts: Counts, meaning: Meaning | None) -> tuple[Pair, Pair | None]:
    """How near a text of a topic is to the topics without itself: by words alone; with its embedding, if it has one."""
    places = row.places.astype(np.int64)
    spoken, meant = linear.without(row, counts.worth)
    alone = row.vector.astype(np.float32) / (1.0 if row.spot == NOWHERE else WORDS)
    parts = counts.shares(places, (row.column, row.weight)) * (alone * counts.worth(places))[:, None]
    second = parts.sum(axis=0)[:-1]
    words = spoken[:-1] / (1.0 if row.spot == NOWHERE else WORDS)
    hidden = np.delete(words, row.column), np.delete(second, row.column)
    by_words = near(words, second, None), near(*hidden, None)
    if meaning is None or row.spot == NOWHERE:
        return by_words, None
    vector = meaning.at([row.spot])[0]
    both = (spoken + meant)[:-1]
    by_meaning = (
        near(both, second, meaning.nearest(vector, left_out=row.spot)),
        near(np.delete(both, row.column), second, meaning.nearest(vector, hidden=row.column)),
    )
    return by_words, by_meaning


def curves(linear: Linear, counts: Counts, meaning: Meaning | None, nobody: int) -> tuple[Curve, Curve]:
    """The curves of "nobody", without and with an embedding, from a sample of the texts of topics."""
    rows = [row for row in linear.rows if row.column != nobody]
    long = [row for row in rows if len(row.text.split()) > 2]
    rows = long if len(long) >= _SAMPLE // 10 else rows
    rows = rows[:: max(len(rows) // _SAMPLE, 1)] if nobody > 1 else []
    found = [left_out(row, linear, counts, meaning) for row in rows]
    return calibrate([f[0] for f in found]), calibrate([f[1] for f in found if f[1]])
