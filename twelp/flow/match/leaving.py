"""What a remembered text would look like had it not been learned: the stand-ins for questions yet to come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from .counts import Counts
from .dense import Dense
from .features import Floats
from .linear import Linear, Row
from .meaning import NOWHERE, Meaning
from .nobody import Curve, calibrate, near
from .reading import words_beside
from .values import By

_SAMPLE: Final = 400
Pair = tuple[float, float]
"""How near a text is to its topic or a better one, and how near once its topic is hidden."""
Both = tuple[float | None, float | None]
NEITHER: Final[Both] = (None, None)


def read_by(row: Row) -> By:
    """What the words of a remembered text stand beside."""
    if len(row.rows):
        return By.VECTOR
    return By.WORDS if row.spot == NOWHERE else By.EMBEDDING


def left_out(
    row: Row, linear: Linear, counts: Counts, meaning: Meaning | None = None, dense: Dense | None = None
) -> dict[By, Pair]:
    """How near a text of a topic is to the topics without itself: by words alone, and by each that reads it beside."""
    places, scale = row.places.astype(np.int64), words_beside(read_by(row), meaning)
    spoken, by_vector, meant = (scores[:-1] for scores in linear.without(row, counts.worth))
    spoken = spoken / scale
    alone = row.vector.astype(np.float32) / scale
    parts = counts.shares(places, (row.column, row.weight)) * (alone * counts.worth(places))[:, None]
    second = parts.sum(axis=0)[:-1]

    def pair(learned: Floats, cosines: Both = NEITHER, means: Both = NEITHER) -> Pair:
        hidden = np.delete(learned, row.column), np.delete(second, row.column)
        return near(learned, second, cosines[0], means[0]), near(*hidden, cosines[1], means[1])

    found = {By.WORDS: pair(spoken)}
    if meaning is not None and row.spot != NOWHERE:
        vector = meaning.at([row.spot])[0]
        nearest = meaning.nearest(vector, left_out=row.spot), meaning.nearest(vector, hidden=row.column)
        found[By.EMBEDDING] = pair(words_beside(By.EMBEDDING, meaning) * spoken + meant, nearest)
    if dense is not None and len(row.rows):
        vector = dense.texts.vector(row.rows)
        means = dense.nearest(vector, without=(row.column, row.weight)), dense.nearest(vector, hidden=row.column)
        found[By.VECTOR] = pair(words_beside(By.VECTOR, meaning) * spoken + by_vector, means=means)
    return found


def curves(
    linear: Linear, counts: Counts, nobody: int, meaning: Meaning | None = None, dense: Dense | None = None
) -> Mapping[By, Curve]:
    """The curves of "nobody" by what a text is read by, from a sample of the texts of topics."""
    rows = [row for row in linear.rows if row.column != nobody]
    long = [row for row in rows if len(row.text.split()) > 2]
    rows = long if len(long) >= _SAMPLE // 10 else rows
    rows = rows[:: max(len(rows) // _SAMPLE, 1)] if nobody > 1 else []
    found = [left_out(row, linear, counts, meaning, dense) for row in rows]
    return {by: calibrate([pairs[by] for pairs in found if by in pairs]) for by in By}
