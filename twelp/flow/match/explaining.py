"""Why a topic, for a text that was read: each word's share in its score, by letters and by meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from twelp.texts import reasons as texts

from .clean import sentence
from .dense import NO_ROWS, Dense
from .features import Floats
from .lexicon import Lexicon
from .reading import ALIAS, Reading
from .reasons import Owners, owners, spoken
from .values import Reason, TopicText


class Explainer:
    """Tells why. Reads what the matcher learned, changes nothing.

    Args:
        topics: what the admin wrote, in the order of the columns.
        dense: word vectors, where there are.
    """

    def __init__(self, topics: Mapping[str, TopicText], dense: Dense | None) -> None:
        self._nobody = len(topics)
        self._dense = dense
        parts = ((t.name, *t.keywords, *t.examples, *t.aliases) for t in topics.values())
        said = {column: [sentence(part) for part in some] for column, some in enumerate(parts)} if dense else {}
        self._lexicon = Lexicon(dense, said) if dense else None

    def reasons(self, reading: Reading, columns: Sequence[int], scale: float) -> list[tuple[Reason, ...]]:
        """The reasons for each of these columns; ``scale`` is what one unit of a part makes in the score."""
        of: Owners = owners(reading.bag)
        shares = scale * (reading.linear + reading.beside * reading.second)
        average = shares[:, : self._nobody].mean(axis=1)
        rows = dict(reading.cut)
        by_vector = self._by_vector(reading, scale)
        found = []
        for column in columns:

            def close(word: str, column: int = column) -> str | None:
                return self._lexicon.closest(word, rows.get(word, NO_ROWS), column) if self._lexicon else None

            meant = {word: float(share[column]) for word, share in by_vector.items()}
            said = spoken(of, shares[:, column] - average, reading.fixes, meant, close)
            alias = reading.aliases.get(column)
            named = (Reason("alias", texts.NAMES(alias=alias), ALIAS),) if alias else ()
            found.append((*named, said) if said else named)
        return found

    def _by_vector(self, reading: Reading, scale: float) -> dict[str, Floats]:
        """Each word's share by its vector in every topic's score, beyond the average topic's."""
        if self._dense is None or not reading.cut:
            return {}
        shares = scale * self._dense.shares(reading.cut)[:, : self._nobody]
        shares -= shares.mean(axis=1, keepdims=True)
        found: dict[str, Floats] = {}
        for (word, _), share in zip(reading.cut, shares, strict=True):
            found[word] = np.asarray(found[word] + share if word in found else share, np.float32)
        return found
