"""Edits: what a customer's newer words change. A mended slip changes nothing that an answer could depend on.

Two texts mean the same where they hold the same words, letter for letter or but for a slip in a longer word. Numbers,
short words and negations are never slips: "HDMI 1" is not "HDMI 2", and "not" tells the opposite. Handles say nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from rapidfuzz import fuzz

from twelp.model import Post

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HANDLE: Final = re.compile(r"[@＠]\w+")
_A_SLIP: Final = 80.0
"""From so alike on (0 to 100), two longer words are one with a slip. Source: "pictre" and "picture" are 92 alike,
"radio" and "video" 60."""
_LONG: Final = 4
_FEWEST: Final = 8
"""Letters: "hello?" twice need not be about the same."""
_UNPARTED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts that put no space between words."""
_FREE: Final = frozenset(
    ["please", "pls", "hi", "hello", "hey", "thanks", "thank", "thx", "ty", "edit", "the", "a", "an"]
)


def same_words(before: str, after: str) -> bool:
    """Whether nothing changed but spaces and line breaks.

    >>> same_words("my tv  is black", "my tv is black "), same_words("my tv", "my TV")
    (True, False)
    """
    return before.split() == after.split()


def changes_sense(before: str, after: str) -> bool:
    """Whether somebody who answers the one text may answer the other wrongly.

    >>> changes_sense("why does my radio show no picture?", "why does my tv show no picture?")
    True
    >>> changes_sense("no picture on HDMI 1", "no picture on HDMI 2"), changes_sense("it works", "it works not")
    (True, True)
    >>> changes_sense("我的电视没有图像怎么办", "我的电视没有声音怎么办")
    True
    >>> changes_sense("my tv shows no pictre, why?", "@VoltHelp hi! My TV shows no picture. Why")
    False
    """
    gone, come = _words(before), _words(after)
    gone, come = gone - come, come - gone
    for word in list(gone.elements()):
        twin = next((other for other in come.elements() if _slip(word, other)), None)
        if twin is None:
            return True
        come -= Counter((twin,))
    return come.total() > 0


def says_the_same(former: Post, post: Post) -> bool:
    """Whether both ask the very same; a picture may show something else each time."""
    if post.media or former.gone or (former.reply_to, former.quotes) != (post.reply_to, post.quotes):
        return False
    bare = _HANDLE.sub(" ", post.own_text)
    return sum(map(str.isalnum, bare)) >= _FEWEST and not changes_sense(former.own_text, post.own_text)


def _words(text: str) -> Counter[str]:
    bare = _HANDLE.sub(" ", text).casefold().replace("’", "'")
    return Counter(word for word in _WORD.findall(bare) if word not in _FREE)


def _slip(one: str, other: str) -> bool:
    if _UNPARTED.search(one + other):  # a whole sentence, of which one character may be the point
        return False
    if not (one.isalpha() and other.isalpha()) or min(len(one), len(other)) < _LONG:
        return False
    return fuzz.ratio(one, other) >= _A_SLIP
