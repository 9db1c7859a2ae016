"""The public text, word for word, and how much room the network leaves for it.

Rules: what is previewed is what goes out: both come from `compose`. The signature ` ^JD` tells the customer that a
person wrote it, and always stands last and once.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import Any

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
    mark = f"^{unicodedata.normalize('NFC', initials.strip())}"
    body = unicodedata.normalize("NFC", text).strip()
    while body == mark or (body.endswith(mark) and body[: -len(mark)][-1].isspace()):
        body = body[: -len(mark)].rstrip()
    return f"{body} {mark}" if body else mark


def left(public: str) -> int:
    """Weighted characters still free under `public`; negative: too long by so many.

    A reply names the customer by itself and for free, so the text holds no mention to discount.

    >>> left("Hold the power button for ten seconds. ^JD")
    238
    """
    text = _SURROGATE.sub("\ufffd", public)
    counted, rest = text[:_COUNTED], len(text) - _COUNTED
    counted = _DOTTED_RUN.sub(lambda run: run[0].translate(_COMMAS), counted)
    weight: int = _parser()(counted).weightedLength
    return LIMIT - weight - max(rest, 0)


@cache
def _parser() -> Callable[[str], Any]:
    """X's own rules of counting, loaded when first somebody answers (12 MB).

    The library reads a file of its own through `pkg_resources`, which newer Pythons and setuptools no longer bring and
    which warned where they did; while it loads, it is lent the one function it needs of it.
    """
    lent = ModuleType("pkg_resources")
    vars(lent)["resource_string"] = lambda module, name: (files(module.rpartition(".")[0]) / name).read_bytes()
    lends = sys.modules.setdefault(lent.__name__, lent) is lent
    try:
        from twitter_text import parse_tweet
    finally:
        if lends:
            del sys.modules[lent.__name__]
    parse: Callable[[str], Any] = parse_tweet
    return parse
