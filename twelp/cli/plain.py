"""Text from outside, made fit for a terminal or a log: nothing in it moves the cursor or turns words around."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    r"""The text with control characters (but for line breaks) and bidirectional overrides as escapes.

    >>> plain("no\x1b[2J sound")
    'no\\u001b[2J sound'
    """
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
