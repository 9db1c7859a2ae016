"""A text that is too long for one post, as a thread of a few: where it may be cut, and where it is.

Rules: no word is changed and nothing is added but the signature, which stands once, at the very end: until then the
customer reads on. A cut falls between paragraphs, lines or sentences where that makes at most one post more, else at a
clause, else between words; inside a word only where a script parts no words, or where the word alone is longer than a
post. Never inside a link, a @handle, a #tag, a number, or what people see as one character. The same text always gives
the same posts.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf
from typing import Final

from twelp.flow.publish.wording import compose, left, room, unsigned
from twelp.networks import NetworkRules

MOST_POSTS: Final = 4
"""A public answer of more posts is an article, which a customer on a phone does not read; and a network's posts in 15
minutes are for everybody's answers."""

_POST: Final = 10
_PARAGRAPH, _LINE, _SENTENCE, _CLAUSE, _WORD, _INSIDE = 0, 1, 2, 6, 16, 60
"""What a cut costs there, and what a post does: rather one post more than a sentence cut between two words."""

_HARDLY: Final = 10_000

_GAP = re.compile("[^\\S\u00a0\u2007\u202f]+")
_NUMBER = re.compile("[+(]*\\d(?:[\\d.,:/()–-]*\\d)?(?:[ \u00a0\u2007\u202f]\\(?\\d(?:[\\d.,:/()–-]*\\d)?)*")
"""Digits with what parts them: `+1 (800) 555-0199`, `10 000`, `12:30`, `3/4`."""

_TAG = re.compile(r"[@＠#＃$]\w+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_WIDE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef\U00020000-\U0003ffff]")
"""Scripts that part no words: those in which a line may end anywhere, and (above) those in which it may not."""

_NOT_BEFORE = frozenset(
    "、。，．・：；？！」』）］｝〉》〕】…‥ー々〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％.,:;!?)]}”’\"'"
)
_NOT_AFTER = frozenset("「『（［｛〈《〔【([{“‘")
"""What no line begins or ends with. Source: JIS X 4051, Japanese line composition (kinsoku)."""

_ENDED = re.compile(r"[.!?…。！？][\"'”’)\]」』）]*$")
_PAUSED = re.compile(r"[,;:–—、，；：][\"'”’)\]」』）]*$")
_SHORT_FORM = re.compile(
    r"(?:^|[\s(])(?:\w|[a-z]\.\w|no|nr|approx|etc|vs|mr|mrs|ms|dr|st|fig|min|max|incl|resp)\.$", re.I
)


def split(text: str, initials: str, rules: NetworkRules) -> tuple[str, ...]:
    """The posts, each word for word as it goes out: one where the text fits into one, else at most `MOST_POSTS`.

    Where that many do not hold it, or the network allows no threads, the whole text as one post, which is too long.

    >>> from twelp.networks import Length
    >>> toy = NetworkRules("toy", "Toy", Length(280))
    >>> split("Hold the power button. ", "JD", toy)
    ('Hold the power button. ^JD',)
    >>> [len(post) for post in split("Hold the power button for ten seconds. " * 9, "JD", toy)]
    [272, 81]
    """
    whole, limit = compose(text, initials), rules.length.limit
    weight = rules.length.weigh(whole)
    if weight <= limit or weight > MOST_POSTS * limit or not rules.length.threads:
        return (whole,)
    body, signature = unsigned(text, initials), limit - room(initials, rules)
    units = list(_units(body, limit - signature, rules))
    for price in (_POST, _HARDLY):
        ends = _cheapest(units, signature, price, limit)
        if len(ends) <= MOST_POSTS:
            starts = [0, *ends[:-1]]
            posts = [body[units[a].start : units[b - 1].end] for a, b in zip(starts, ends, strict=True)]
            signed = (*posts[:-1], compose(posts[-1], initials))
            return signed if all(left(post, rules) >= 0 for post in signed) else (whole,)
    return (whole,)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A piece that is never cut, its weight, and that of the space behind it; `cost` of a cut there."""

    start: int
    end: int
    weight: int
    gap: int
    cost: int


def _cheapest(units: Sequence[_Unit], signature: int, price: int, limit: int) -> list[int]:
    """After which units to cut, the end included, so that costs are least; of equals, the fuller post comes first."""
    count = len(units)
    upto = [0, *accumulate(unit.weight + unit.gap for unit in units)]
    best, cut = [inf] * count + [0.0], [count] * count
    for i in reversed(range(count)):
        last = bisect_right(upto, upto[i] + limit + 4)  # a gap at the end is not counted
        for j in range(i + 1, max(min(last, count), i + 1) + 1):
            weight = upto[j] - upto[i] - units[j - 1].gap + (signature if j == count else 0)
            if weight > limit and j > i + 1:
                continue
            cost = best[j] + price + (units[j - 1].cost if j < count else 0) + (_HARDLY**2 if weight > limit else 0)
            if cost <= best[i]:
                best[i], cut[i] = cost, j
    ends = [cut[0]]
    while ends[-1] < count:
        ends.append(cut[ends[-1]])
    return ends


# ---------------------------------------------------------------- where it may be cut


def _units(body: str, most: int, rules: NetworkRules) -> Iterator[_Unit]:
    """The text in pieces, with what a cut behind each costs; none weighs more than `most` if it can be helped."""
    weigh = rules.length.weigh
    whole = [found.span() for found in _NUMBER.finditer(body)]
    gaps = [found for found in _GAP.finditer(body) if not _within(found.start(), whole)]
    start = 0
    for found in [*gaps, None]:
        end = len(body) if found is None else found.start()
        *inner, last = [*_inside(body[start:end], most, rules), end - start]
        begin = start
        for offset, cost in inner:
            yield _Unit(begin, start + offset, weigh(body[begin : start + offset]), 0, cost)
            begin = start + offset
        gap = "" if found is None else found[0]
        cost = _cost(body[start:end], gap, body[end + len(gap) : end + len(gap) + 1])
        yield _Unit(begin, start + last, weigh(body[begin : start + last]), weigh(gap), cost)
        start = end + len(gap)


def _cost(before: str, gap: str, after: str) -> int:
    """What a cut in this gap costs."""
    lines = gap.count("\n")
    if lines:
        return _PARAGRAPH if lines > 1 else _LINE
    if _ENDED.search(before) and not after.islower() and not _SHORT_FORM.search(before):
        return _SENTENCE
    return _CLAUSE if _PAUSED.search(before) else _WORD


def _inside(word: str, most: int, rules: NetworkRules) -> Iterator[tuple[int, int]]:
    """Where a piece without spaces may be cut, with the cost: characters before the cut, rising."""
    too_long = rules.length.weigh(word) > most
    if not too_long and not _WIDE.search(word) and not _UNSPACED.search(word):
        return
    whole = [found.span() for pattern in (_NUMBER, _TAG) for found in pattern.finditer(word)]
    whole += rules.find_links(word)
    for at in range(1, len(word)):
        before, after = word[at - 1], word[at]
        if _one_character(before, after) or _within(at, whole):
            continue
        if after in _NOT_BEFORE or before in _NOT_AFTER or (before.isdigit() and _WIDE.match(after)):  # 10秒
            continue
        if _WIDE.match(before) or _WIDE.match(after):
            yield at, _SENTENCE if before in "。！？" else _CLAUSE if before in "、，；：" else _WORD
        elif too_long or (_UNSPACED.match(before) and _UNSPACED.match(after)):
            yield at, _INSIDE


def _within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < at < end for start, end in spans)


def _one_character(before: str, after: str) -> bool:
    """Whether people may see the two as one. Source: UAX 29, grapheme clusters; in doubt, they do."""
    if unicodedata.category(after)[0] == "M" or after in "\u200c\u200d\u0e33\u0eb3":
        return True
    if before == "\u200d" or unicodedata.combining(before) == 9 or unicodedata.category(before) == "Cf":
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    if "\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= after <= "\U0001f1ff":
        return True
    return "\u1160" <= after <= "\u11ff" or ("\u1100" <= before <= "\u115f" and "\uac00" <= after <= "\ud7a3")
