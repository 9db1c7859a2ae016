"""Sarcasm, contempt and shouting: what the customer would hear in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from twelp.flow.gate.phrases import Phrases, words_of
from twelp.flow.gate.rule import Draft, Span, rule
from twelp.model import FindingLevel
from twelp.texts import gate as texts

_SARCASM = Phrases.of("tone-sarcasm")
_EMOJI: Final = re.compile("[🙄🤡🖕💩😒🤦🤮🥱👎]|¯\\\\_\\(ツ\\)_/¯")
_LAUGHS = re.compile(
    r"(?<![a-z])(?:lo+l|lmao|rofl|mdr|ptdr|smh|facepalm|"
    r"eye ?roll)(?![a-z])|笑死|ワロタ|草$"
)
_NOT_MEANT = re.compile(
    r"sorry|apolog|entschuldig|leid|disculp|lo siento|desole|excus|desculp|lament|scus|spiace|helaas|sorr|"
    r"סליחה|מצטער|اسف|عذر|抱歉|对不起|對不起|申し訳|すみません"
)

_CAPS = re.compile(r"(?<![\w./-])[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я'’]+(?![\w./-]*[\d_./])(?![a-z])")
_SHOUTED: Final = words_of("shouted")
_MARKS = re.compile(r"[!！]{3,}|[?？]{3,}|(?:[!?！？]){4,}|(?:\?!){2,}")


@rule("sarcasm", FindingLevel.SECOND_PAIR, texts.SARCASM, rank=85)
def sarcasm(draft: Draft) -> Iterator[Span]:
    low = draft.answer.low_quiet
    yield from (found.span() for found in _SARCASM.finditer(low))
    yield from (found.span() for found in _LAUGHS.finditer(low))
    if not _NOT_MEANT.search(low):
        yield from (found.span() for found in _EMOJI.finditer(draft.answer.text))


@rule("shouting", FindingLevel.SECOND_PAIR, texts.SHOUTS, rank=86)
def shouting(draft: Draft) -> Iterator[Span]:
    """Several words of sentences in capitals; names of keys and standards (HDMI ARC) are none."""
    text = draft.answer.quiet
    capitals = list(_CAPS.finditer(text))
    shouted = [found for found in capitals if found[0].lower().replace("’", "'") in _SHOUTED]
    letters = sum(sign.isalpha() for sign in text)
    large = sum(sign.isupper() for sign in text)
    mostly = letters >= 14 and large / letters > 0.7 and len(capitals) >= 3
    if (len(shouted) >= 2 and len(capitals) >= 4) or (len(shouted) >= 3) or (mostly and shouted):
        yield capitals[0].start(), capitals[-1].end()
    elif found := _MARKS.search(text):
        yield found.span()
