"""Swearing and insults in eleven languages, however they are disguised: sh1t, f*ck, f u c k, fuuuck.

`words/swearing.txt` holds what is never meant otherwise, looked for in disguise, too; `words/rude-insults.txt` holds
phrases, as most insults need somebody they are meant for, and many rude words mean something else in another language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from twelp.flow.gate.phrases import Phrases, words_of
from twelp.flow.gate.reading import fold
from twelp.flow.gate.rule import Draft, Span, rule
from twelp.model import FindingLevel
from twelp.texts import gate as texts

_LISTED: Final = sorted({fold(word) for word in words_of("swearing")}, key=len, reverse=True)
_AS_IS = Phrases(spaced="|".join(_LISTED))
_INSULTS = Phrases.of("rude-insults")
_OTHER_SCRIPTS = Phrases.of("rude-other-scripts")
_HARMLESS = Phrases.of("rude-harmless")

_LIKE: Final = dict(
    zip("aeiostucbglk", ("a4@", "e3", "i1!|", "o0", "s5$z", "t7+", "uv", "ck(", "b8", "g9", "l1|", "kc"), strict=True)
)
"""Signs that stand for a letter."""

_HIDING: Final = "*#@$%!_•●×"
_EDGE: Final = r"a-z0-9\u00df-\u024f"
_ODD = re.compile(
    rf"\S{{0,24}}?(?:[a-z][{re.escape(_HIDING)}|+0-9]+[a-z]|(?<![a-z0-9])[*#@$0-9|]+[a-z]{{2}}|([a-z])\1\1|"
    rf"[{re.escape(_HIDING)}]{{2}})\S{{0,24}}"
)
"""Where a word may be disguised: signs and digits among letters, or one letter again and again."""


def _disguised(word: str) -> str:
    """The word with other signs for its letters, letters again and again, or all but the first and last hidden."""
    first, inner, last = word[0], word[1:-1], word[-1]
    letters = "".join(f"[{re.escape(_LIKE.get(sign, sign))}]+" for sign in word)
    hidden = "".join(f"[{re.escape(_LIKE.get(sign, sign) + _HIDING)}]" for sign in inner)
    return f"{letters}|{first}{hidden}{last}" if len(word) <= 8 else letters


_LONG_ENOUGH: Final = [word for word in (*_LISTED, *sorted(words_of("insulting"))) if 4 <= len(word) <= 12]
_HIDDEN = re.compile(rf"(?<![{_EDGE}@])(?:{'|'.join(map(_disguised, _LONG_ENOUGH))})(?![{_EDGE}])")
_CUT = re.compile(
    rf"(?<![{_EDGE}])(?:f[*#@$%!_]{{2,}}(?:k|ing|ed|er|in)?|s[*#@$%!_]{{2,}}t?|b[*#@$%!_]{{3,}}s?|"
    rf"[ac][*#@$%!_]{{2,}}(?:t|p|hole)?|"
    rf"a\$\$(?:hole)?|@ss(?:hole)?|m[*]{{2,}}[ad]a?|c[*]{{2,}}o|sch[*]+[sß]+e?)(?![{_EDGE}])"
    r"|(?<![\w#*@$%!])[*#@$%!]{4,}(?![\w#*@$%!])"
)
"""Hardly more than the first letter is left, or nothing is."""

_CODES = re.compile(r"[*#][\d*#]+#")
"""What one types on a phone."""

_APART = re.compile(r"(?<![a-z0-9])(?:[a-z0-9*$@!][\s._\-*]{1,2}){2,14}[a-z0-9*$@!](?![a-z0-9])")
_MEANT: Final = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "*": "u"}
_ROOTS: Final = [word for word in _LISTED if 4 <= len(word) <= 8]


@rule("swearing", FindingLevel.REFUSE, texts.SWEARS, rank=80)
def swearing(draft: Draft) -> Iterator[Span]:
    low = _HARMLESS.blanked(draft.answer.low_quiet)
    yield from (found.span() for found in _AS_IS.finditer(low))
    for odd in _ODD.finditer(low):
        if not _CODES.search(odd[0]):
            for pattern in (_HIDDEN, _CUT):
                yield from (found.span() for found in pattern.finditer(low, *odd.span()))
    for found in _APART.finditer(low):
        yield from _spelt(found)


@rule("insult", FindingLevel.REFUSE, texts.INSULTS, rank=81)
def insults(draft: Draft) -> Iterator[Span]:
    low = _HARMLESS.blanked(draft.answer.low_quiet)
    for pattern in (_INSULTS, _OTHER_SCRIPTS):
        yield from (found.span() for found in pattern.finditer(low))


def _spelt(found: re.Match[str]) -> Iterator[Span]:
    """A word that was spelt letter by letter."""
    letters = [(found.start() + n, sign) for n, sign in enumerate(found[0]) if sign not in " \n._-"]
    word = "".join(_MEANT.get(sign, sign) for _, sign in letters)
    for root in _ROOTS:
        at = word.find(root)
        if at >= 0 and len(root) * 2 >= min(len(word), 10):
            yield letters[at][0], letters[at + len(root) - 1][0] + 1
            return
