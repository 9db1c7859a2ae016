"""Promises that one employee cannot keep for the company: money, dates, prices; and its word on law, health, danger.

What the company always offers ("returns are free for 30 days") is no promise; what it says it will do for this
customer, or for sure, is one.
"""

from __future__ import annotations

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
    yield from (found.span() for found in _SAFETY.finditer(draft.answer.low_quiet))
