"""The public text, word for word, and how much room the network leaves for it.

Rules: what is previewed is what goes out: both come from `compose`. The signature ` ^JD` tells the customer that a
person wrote it, and always stands last and once.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from types import ModuleType

LIMIT = 280
"""Weighted characters of one post. Source: X, counting characters (URL 23; CJK and emoji 2 each)."""

_COUNTED = 4_000
"""Characters that are counted exactly; a longer text is over the limit in any case but is still counted, one each."""

_DOTTED_RUN = re.compile(r"(?:[^\s.．。｡]{0,63}[.．。｡]){16,}")
"""No host name of use has this many labels, and the parser's time grows with the square of their number."""

_COMMAS = str.maketrans({".": ",", "．": "，", "。": "、", "｡": "､"})  # of the same weight

_SURROGATE = re.compile("[\ud800-\udfff]")


def compose(text: str, initials: str) -> str:
    """The text with its signature: NFC, trimmed, ` ^JD` at the end; signing twice changes nothing.

    >>> compose("Hold the power button for ten seconds. ", "JD")
    'Hold the power button for ten seconds. ^JD'
    >>> compose("Hold the power button for ten seconds. ^JD", "JD")
    'Hold the power button for ten seconds. ^JD'
    """
    mark, body = _mark(initials), unsigned(text, initials)
    return f"{body} {mark}" if body else mark


def unsigned(text: str, initials: str) -> str:
    """The text without its author's signature at the end: NFC, trimmed.

    >>> unsigned("Hold it for ten seconds. ^JD ^JD", "JD")
    'Hold it for ten seconds.'
    """
    mark, body = _mark(initials), unicodedata.normalize("NFC", text).strip()
    while body == mark or (body.endswith(mark) and body[: -len(mark)][-1].isspace()):
        body = body[: -len(mark)].rstrip()
    return body


def _mark(initials: str) -> str:
    return f"^{unicodedata.normalize('NFC', initials.strip())}"


def left(public: str) -> int:
    """Weighted characters still free under `public`; negative: too long by so many.

    A reply names the customer by itself and for free, so the text holds no mention to discount.

    >>> left("Hold the power button for ten seconds. ^JD")
    238
    """
    if len(public) <= _COUNTED and public.isascii() and public.replace("\n", " ").isprintable():
        dotted = [piece for piece in public.split() if "." in piece.rstrip(".")]  # a link has a dot inside, no blank
        return LIMIT - len(public) - sum(_weight(piece) - len(piece) for piece in dotted)
    return LIMIT - _weight(public[:_COUNTED]) - max(len(public) - _COUNTED, 0)


@lru_cache(256)
def _weight(text: str) -> int:
    """By X's own rules, which take a millisecond; the same text is counted several times on its way."""
    weight: int = _library().parse_tweet(_countable(text)).weightedLength
    return weight


def links(text: str) -> list[tuple[int, int]]:
    """Where the network sees links in a text of at most `LIMIT` times a few characters: begin and end of each."""
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
        left(text)
        links(text)


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
