"""What the company itself keeps back: competitors, embargoes, words it forbids; and talk of what is not public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from twelp.flow.gate.phrases import Phrases
from twelp.flow.gate.reading import LETTER, fold
from twelp.flow.gate.rule import Draft, Hit, Span, rule
from twelp.model import FindingLevel
from twelp.texts import gate as texts

_ELSEWHERE = Phrases.of("company-elsewhere")
_NOT_PUBLIC = Phrases.of("company-not-public")
_PUBLIC_USE = Phrases.of("company-public-use")


@rule("embargo", FindingLevel.REFUSE, texts.EMBARGO, rank=58)
def embargoes(draft: Draft) -> Iterator[Hit]:
    """What nobody says before a day."""
    today = draft.setting.today
    for embargo in draft.setting.voice.embargoes:
        if embargo.until is None or today is None or today < embargo.until:
            yield from _said(draft, embargo.words, texts.EMBARGO(words=embargo.words))


@rule("forbidden words", FindingLevel.REFUSE, texts.FORBIDDEN, rank=59)
def forbidden(draft: Draft) -> Iterator[Hit]:
    for words in draft.setting.voice.forbidden:
        yield from _said(draft, words, texts.FORBIDDEN(words=words))


@rule("competitor", FindingLevel.SECOND_PAIR, texts.COMPETITOR, rank=60)
def competitors(draft: Draft) -> Iterator[Hit | Span]:
    """Those that the company names, and whatever sends customers elsewhere."""
    for name in draft.setting.voice.competitors:
        yield from _said(draft, name, texts.COMPETITOR_NAMED(name=name))
    yield from (found.span() for found in _ELSEWHERE.finditer(draft.answer.low_quiet))


@rule("not public", FindingLevel.SECOND_PAIR, texts.NOT_PUBLIC, rank=61)
def not_public(draft: Draft) -> Iterator[Span]:
    low = _PUBLIC_USE.blanked(draft.answer.low_quiet)
    yield from (found.span() for found in _NOT_PUBLIC.finditer(low))


def _said(draft: Draft, words: str, message: str) -> Iterator[Hit]:
    for found in _pattern(words).finditer(draft.answer.low):
        yield Hit(*found.span(), message)


@lru_cache(2048)
def _pattern(words: str) -> re.Pattern[str]:
    """The words, whatever stands between them and whatever ending they have."""
    letter = LETTER.lower()
    parts = r"[\s\-_.]{0,3}".join(re.escape(part) for part in fold(words).split())
    spaced = bool(re.match(rf"[{letter}]", fold(words)))
    return re.compile(rf"(?<![{letter}]){parts}(?:'?s|e?n|es)?(?![{letter}])" if spaced else parts)
