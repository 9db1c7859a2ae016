"""Similar: which earlier answers may serve as a start for this question.

Questions are compared by their rarer words, and by their meaning where it is known; who asks and where is no word. The
answers are only ever offered: a person reads them, changes them and confirms what goes out.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from twelp.model import Earlier

_NOT_WORDS = re.compile(r"https?://\S+|[@＠]\w+")
_WORD = re.compile(r"\w+")
_WIDE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LEAST: Final = 0.25
"""Below this, what two questions share is chance. Scale: 0 nothing, 1 the same words."""
_MEANS_THE_SAME: Final = 0.6
"""The least cosine of two questions that are alike although they share no words."""
Alike = Callable[[str, Sequence[str]], Sequence[float]]
"""A text and others in; how alike each is in meaning out, from 0 to 1."""


def nearest(
    text: str, earlier: Sequence[Earlier], limit: int = 3, *, alike: Alike | None = None
) -> tuple[Earlier, ...]:
    """The earlier answers whose question is most like `text`, best first, newest first among equals, none twice."""
    asked = _words(text)
    others = [_words(one.question) for one in earlier]
    seen = Counter(chain.from_iterable(others))
    weight = {word: math.log(1 + (len(others) + 1) / (1 + seen[word])) for word in {*asked, *seen}}

    def size(words: frozenset[str]) -> float:
        return sum(map(weight.__getitem__, words))

    whole, scored = size(asked), []
    meant = alike(text, [one.question for one in earlier]) if alike else [0.0] * len(earlier)
    for one, words, cosine in zip(earlier, others, meant, strict=True):
        shared = size(asked & words)
        score = shared / math.sqrt(whole * size(words)) if shared else 0.0
        if cosine >= _MEANS_THE_SAME:
            score = max(score, cosine)
        if score >= _LEAST:
            scored.append((score, one))
    best: dict[str, Earlier] = {}
    for _, one in sorted(scored, key=lambda found: (-found[0], -found[1].at.timestamp(), found[1].answer)):
        if len(best) == limit:
            break
        best.setdefault(" ".join(one.text.casefold().split()), one)
    return tuple(best.values())


@lru_cache(maxsize=2048)
def _words(text: str) -> frozenset[str]:
    """Words of three letters and more; where a script parts no words, pairs of characters."""
    found: set[str] = set()
    for word in _WORD.findall(_NOT_WORDS.sub(" ", text.casefold())):
        if _WIDE.search(word):
            found.update(word[i : i + 2] for i in range(max(1, len(word) - 1)))
        elif len(word) > 2:
            found.add(word)
    return frozenset(found)
