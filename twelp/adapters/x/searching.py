"""X's query for the roster's words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

LONGEST: Final = 512
"""Characters of a query. Source: docs.x.com, recent search, for who pays by use."""


def query_of(words: Collection[str], handle: str) -> tuple[str, tuple[str, ...]]:
    """The query for any of these words, without our own posts, those that mention us and reposts; what has no room.

    >>> query_of(["Volt TV", "voltbar"], "VoltHelp")
    ('("Volt TV" OR "voltbar") -from:VoltHelp -@VoltHelp -is:retweet', ())
    """
    beside = f" -from:{handle} -@{handle} -is:retweet"
    taken: list[str] = []
    left: list[str] = []
    for word in dict.fromkeys(" ".join(one.replace(chr(34), " ").split()) for one in words):
        if not word:
            continue
        longer = " OR ".join((*taken, f'"{word}"'))
        if len(longer) + 2 + len(beside) <= LONGEST:
            taken.append(f'"{word}"')
        else:
            left.append(word)
    return (f"({' OR '.join(taken)}){beside}" if taken else "", tuple(left))
