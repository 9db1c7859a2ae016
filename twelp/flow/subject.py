"""The words that tell what a post is about: its own, those of its links and pictures, and what it answers or quotes.

People write "can you help her?" under somebody's post, or the second half of their own; the trouble stands in what they
point at. Their own words come first; of a link the words of its path count, as shops name their products there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from twelp.model import Media, Post

_LINK: Final = re.compile(r"https?://[^\s/]+(/[^\s?#]*)?\S*", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]{2,}|\d{1,4}(?!\d)")
_LONGEST: Final = 24
"""Characters; what is longer in an address is an id."""


def words(post: Post) -> str:
    """All of them as one text, in the order in which they count.

    >>> from datetime import UTC, datetime
    >>> from twelp.model import Account, Context
    >>> june, at = Account("1", "june"), datetime(2026, 1, 1, tzinfo=UTC)
    >>> words(Post("x", "2", june, "is this any good? https://shop.example/audio/bar-500", at, "2"))
    'is this any good? https://shop.example/audio/bar-500 audio bar 500'
    >>> parent = Context("1", june, "No sound from the soundbar")
    >>> words(Post("x", "2", june, "@acme can you help?", at, "1", parent=parent))
    '@acme can you help? No sound from the soundbar'
    """
    return " ".join(_parts(post))


def _parts(post: Post) -> Iterator[str]:
    yield from _text(post.own_text, post.media)
    for pointed in (post.parent, post.quoted):
        if pointed is not None:
            yield from _text(pointed.text, pointed.media)


def _text(text: str, media: tuple[Media, ...]) -> Iterator[str]:
    yield text
    for link in _LINK.finditer(text):
        yield from (word for word in _WORD.findall(unquote(link[1] or "")) if len(word) <= _LONGEST)
    yield from (one.alt_text for one in media if one.alt_text)
