"""The public text, word for word, and how much room the network leaves for it.

Rules: what is previewed is what goes out: both come from `compose`. The signature ` ^JD` tells the customer that a
person wrote it, and always stands last and once.
"""

from __future__ import annotations

import unicodedata

from twelp.networks import NetworkRules


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


def left(public: str, rules: NetworkRules) -> int:
    """Weighted characters still free under `public` on that network; negative: too long by so many.

    >>> from twelp.networks import Length
    >>> left("Hold the power button for ten seconds. ^JD", NetworkRules("toy", "Toy", Length(50)))
    8
    """
    return rules.length.limit - rules.length.weigh(public)


def room(initials: str, rules: NetworkRules) -> int:
    """Weighted characters of one post that are left for the words before the signature."""
    return left(compose("", initials), rules) - 1
