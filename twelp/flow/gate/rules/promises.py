"""Promises that one employee cannot keep for the company: money, dates, prices; and its word on law, health, danger.

What the company always offers ("returns are free for 30 days") is no promise; what it says it will do for this
customer, or for sure, is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from twelp.flow.gate.phrases import Phrases
from twelp.flow.gate.rule import Draft, Span, rule
from twelp.model import FindingLevel
from twelp.texts import gate as texts

_MONEY = Phrases.of("promises-money")

_DATE = Phrases.of("promises-date")

_PRICE = Phrases.of("promises-price")

_LEGAL = Phrases.of("promises-legal")

_MEDICAL = Phrases.of("promises-medical")

_SAFETY = Phrases.of("promises-safety")
_PLAYED_DOWN = Phrases.of("promises-played-down")
_DARES = Phrases.of("promises-dares")

_KNOWN = Phrases.of("promises-known")


def _spans(draft: Draft, phrases: Phrases) -> Iterator[Span]:
    low = draft.answer.low_quiet
    for found in phrases.finditer(low):
        sentence = max(low.rfind(mark, 0, found.start()) for mark in ".!?\n。！？") + 1
        if not _KNOWN.search(low, sentence, min(found.end() + 12, len(low))):
            yield found.span()


@rule("promise: money", FindingLevel.SECOND_PAIR, texts.PROMISES_MONEY, rank=70)
def money(draft: Draft) -> Iterator[Span]:
    yield from _spans(draft, _MONEY)


@rule("promise: date", FindingLevel.SECOND_PAIR, texts.PROMISES_DATE, rank=71)
def dates(draft: Draft) -> Iterator[Span]:
    yield from _spans(draft, _DATE)


@rule("promise: price", FindingLevel.SECOND_PAIR, texts.PROMISES_PRICE, rank=72)
def prices(draft: Draft) -> Iterator[Span]:
    yield from _spans(draft, _PRICE)


@rule("legal advice", FindingLevel.SECOND_PAIR, texts.LEGAL, rank=73)
def legal(draft: Draft) -> Iterator[Span]:
    yield from (found.span() for found in _LEGAL.finditer(draft.answer.low_quiet))


@rule("medical advice", FindingLevel.SECOND_PAIR, texts.MEDICAL, rank=74)
def medical(draft: Draft) -> Iterator[Span]:
    yield from (found.span() for found in _MEDICAL.finditer(draft.answer.low_quiet))


@rule("safety", FindingLevel.SECOND_PAIR, texts.SAFETY, rank=75)
def safety(draft: Draft) -> Iterator[Span]:
    """That nothing can happen, that a danger is normal, or that one should dare it."""
    low = draft.answer.low_quiet
    yield from (found.span() for found in _SAFETY.finditer(low))
    for found in _PLAYED_DOWN.finditer(low):
        if not _NOT.search(_WELL.sub(" ", found[0])) and not _NOT_BEHIND.match(low[found.end() : found.end() + 8]):
            yield found.span()
    for found in _DARES.finditer(low):
        start = max((low.rfind(mark, 0, found.start()) for mark in ".!?\n。！？"), default=-1) + 1
        behind = low[found.end() : found.end() + 8]
        if not _NOT.search(low[max(start, found.start() - 40) : found.start()]) and not _NOT_BEHIND.match(behind):
            yield found.span()


_NOT = re.compile(
    r"(?<![a-z])(?:not?|never|don't|isn't|aren't|doesn't|mustn't|shouldn't|cannot|can't|stop|avoid|nicht|"
    r"kein\w*|nie|niemals|nunca|jamas|"
    r"ne|n'\w+|pas|non|nao|mai|niet|nooit|geen|neither|nor|instead of|rather than)(?![a-z])"
    r"|(?<![\u05d0-\u05ea])(?:אל|לא|אסור|אינ\w*)(?![\u05d0-\u05ea])|(?<![\u0621-\u064a])(?:لا|ليس\S*|غير|عدم|"
    r"لم|لن)(?![\u0621-\u064a])"
    r"|不|勿|别|別|未|停止|禁止|ない|ません|ず"
)
_WELL = re.compile(
    r"not dangerous|nicht (?:schlimm|gefahrlich)|no (?:es|son) peligros\w+|no pasa nada|pas dangereu\w+|"
    r"aucun danger|non (?:e|sono) pericolos\w+|"
    r"niente di grave|nao (?:e|sao) perigos\w+|nada de mais|niet (?:gevaarlijk|erg)|geen kwaad|"
    r"no (?:big )?(?:problem|deal)|nothing to worry|nothing|kein problem|no es peligros\w+|"
    r"sin problema|pas grave|sans danger|"
    r"nao e perigos\w+|sem perigo|non e pericolos\w+|nessun problem\w|niet gevaarlijk|geen probleem|לא מסוכן|"
    r"غير خطير\w*|没事|沒事|"
    r"不用担心|不危险|問題(?:は)?(?:ない|ありません)|心配(?:は)?(?:ない|いりません|ありません)"
)
"""What says that there is no danger, and is no refusal of it."""

_NOT_BEHIND = re.compile(r".{0,4}(?:しないで|ないで|せず|禁止|(?:は|を)(?:中止|やめ)|では?(?:あり|な)|じゃな)")
