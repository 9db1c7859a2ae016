"""An answer as the public reads it: Slack's and Markdown's signs taken off, and what was changed by that.

Rules: no word is changed or lost. A second pass changes nothing, so a draft that was made plain once may come again.
What cannot be made plain by itself (a colleague's mention, an emoji that only one workspace has) stays for the gate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from twelp.flow.answer import addresses, shortcodes, signs
from twelp.flow.answer.cleaning import clean
from twelp.flow.answer.kept import Kept

_PASSES: Final = 8
"""Signs within signs: each pass takes off one layer of every kind."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without signs, and what was changed, in words for its author, each once."""

    text: str
    changes: tuple[str, ...] = ()


def plain(text: str) -> Plain:
    """The text as the public reads it.

    Args:
        text: what was typed, with Slack's escapes turned back already.

    >>> plain("Press *Input 2* and _wait_ :tada:, 5*3 times").text
    'Press Input 2 and wait 🎉, 5*3 times'
    >>> [str(change) for change in plain("Press *Input 2* :tada:").changes]
    ['“*…*” taken off', '“:tada:” → “🎉”']
    """
    text = clean(text, escaped=False)
    found: list[str] = []
    for _ in range(_PASSES):
        before = text
        text = addresses.resolve(text, found)
        kept = Kept(text)
        kept.text = signs.take_off(shortcodes.resolve(kept.text, found), found)
        text = clean(kept.restored(), escaped=False)
        if text == before:
            break
    return Plain(text, tuple(dict.fromkeys(found)))
