"""Shorten: a proposal for a text that is too long, made by leaving out, never by rewording.

What goes first is what nobody misses: greetings and courtesies, then what stands in brackets, then sentences from the
end. A person reads the proposal and confirms it, or writes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_SENTENCE = re.compile(r".+?(?:[.!?…]+[\"'”’)\]]*(?=\s|$)|[。！？]+|\n|$)", re.DOTALL)
_COURTESY = re.compile(
    r"\s*(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^.!?\n]{0,40}"
    r"|(?:many |so many )?thank(?:s| you)\b[^.!?\n]{0,80}"
    r"|(?:we(?:'re| are) |i'm |i am )?(?:very |so |really )?sorry\b[^.!?\n]{0,80}"
    r"|(?:great|good) question"
    r"|(?:i |we )?hope (?:this|that|it) helps\b[^.!?\n]{0,40}"
    r"|(?:please )?(?:let (?:us|me) know|feel free|don't hesitate|do not hesitate)\b[^.!?\n]{0,120}"
    r"|(?:have a|wishing you a)\b[^.!?\n]{0,40}(?:day|one|evening|weekend))[,.!]*\s*",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s+\([^()]{1,200}\)(?=[\s.,;:!?]|$)")


def shorter(text: str, fits: Callable[[str], bool]) -> str:
    """The longest of the proposals that fits; the first sentence when none does, empty for an empty text.

    >>> shorter("Hi there! Hold the power button (on the back) for ten seconds. Then unplug it.", lambda t: len(t) < 45)
    'Hold the power button for ten seconds.'
    """
    sentences = [part.strip() for part in _SENTENCE.findall(text) if part.strip()]
    if fits(text.strip()) or not sentences:
        return text.strip()
    telling = [sentence for sentence in sentences if not _COURTESY.fullmatch(sentence)] or sentences[:1]
    bare = [_BRACKETS.sub("", sentence).strip() or sentence for sentence in telling]
    for proposal in (telling, bare):
        if fits(" ".join(proposal)):
            return " ".join(proposal)
    while len(bare) > 1 and not fits(" ".join(bare)):
        bare.pop()
    return " ".join(bare)
