"""How X counts a post's characters, and where it sees links: by X's own rules, from the library that states them."""

from __future__ import annotations

import re
import sys
from functools import cache, lru_cache
from importlib.resources import files
from types import ModuleType
from typing import Final

LIMIT: Final = 280
LINK: Final = 23
WIDE: Final = 2
"""Weighted characters of one post, of a link, and of a CJK character or an emoji. Source: X, counting characters."""

_COUNTED: Final = 4_000
"""Characters that are counted exactly; a longer text is over the limit in any case but is still counted, one each."""

_DOTTED_RUN = re.compile(r"(?:[^\s.．。｡]{0,63}[.．。｡]){16,}")
"""No host name of use has this many labels, and the parser's time grows with the square of their number."""

_COMMAS = str.maketrans({".": ",", "．": "，", "。": "、", "｡": "､"})  # of the same weight

_SURROGATE = re.compile("[\ud800-\udfff]")


def weigh(text: str) -> int:
    """A text's weighted characters. A reply names the customer by itself and for free: no mention is discounted.

    >>> weigh("Hold the power button for ten seconds. ^JD")
    42
    >>> weigh("See https://example.com/a/long/path 👍")
    30
    """
    if len(text) <= _COUNTED and text.isascii() and text.replace("\n", " ").isprintable():
        dotted = [piece for piece in text.split() if "." in piece.rstrip(".")]  # a link has a dot inside, no blank
        return len(text) + sum(_weight(piece) - len(piece) for piece in dotted)
    return _weight(text[:_COUNTED]) + max(len(text) - _COUNTED, 0)


@lru_cache(4096)
def _weight(text: str) -> int:
    """By X's own rules, which take a millisecond; the same text is counted several times on its way."""
    weight: int = _library().parse_tweet(_countable(text)).weightedLength
    return weight


def find_links(text: str) -> list[tuple[int, int]]:
    """Where X sees links in a text of at most `LIMIT` times a few characters: begin and end of each."""
    if "." not in text and "。" not in text:
        return []
    found = _library().extract_urls_with_indices(_countable(text))
    return [tuple(link["indices"]) for link in found]


def _countable(text: str) -> str:
    """The same length and weight, without what the parser is slow or stumbles at."""
    return _DOTTED_RUN.sub(lambda run: run[0].translate(_COMMAS), _SURROGATE.sub("\ufffd", text))


def load() -> None:
    """Loads X's own rules of counting (12 MB) and counts once, so that nobody has to wait for it afterwards."""
    for text in ("Hold it. ^JD", "See https://example.com/a – ¡suerte! 👍 ^JD"):
        weigh(text)
        find_links(text)


@cache
def _library() -> ModuleType:
    """X's own rules of counting, loaded when first needed.

    The library reads a file of its own through `pkg_resources`, which newer Pythons and setuptools no longer bring and
    which warned where they did; while it loads, it is lent the one function it needs of it.
    """
    lent = ModuleType("pkg_resources")
    vars(lent)["resource_string"] = lambda module, name: (files(module.rpartition(".")[0]) / name).read_bytes()
    lends = sys.modules.setdefault(lent.__name__, lent) is lent
    try:
        import twitter_text
    finally:
        if lends:
            del sys.modules[lent.__name__]
    library: ModuleType = twitter_text
    return library
