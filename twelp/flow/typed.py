"""What people type after a command or into a small field, without what phones, Slack and habit put around it."""

from __future__ import annotations

import unicodedata
from typing import Final

_QUOTES: Final = frozenset("\"'`´“”„‟«»‹›‘’‚‛′″〝〞〟「」『』")
_AROUND: Final = "*_~()[]{}<>|"
_BEHIND: Final = f"{_AROUND}.,;:!?。、！？…"
_MINUS: Final = "\u2212"


def plain(text: str) -> str:
    """The words with single spaces: no quotes, no emphasis, no full stop behind, every dash a `-`, nothing unseen.

    >>> plain("“until\u00a0Monday”.")
    'until Monday'
    >>> plain("quiet *22:00 – 08:00*!")
    'quiet 22:00 - 08:00'
    """
    seen = "".join(_spelt(char) for char in unicodedata.normalize("NFKC", text))
    words = (word.rstrip(_BEHIND).lstrip(_AROUND) for word in seen.split())
    return " ".join(word for word in words if word)


def _spelt(char: str) -> str:
    if char in _QUOTES or unicodedata.category(char) == "Cf":
        return ""
    return "-" if char == _MINUS or unicodedata.category(char) == "Pd" else char
