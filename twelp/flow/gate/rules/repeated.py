"""What the customer wrote and should not have: it is not repeated, however the answer means it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from twelp.flow.gate.phrases import Phrases
from twelp.flow.gate.reading import Reading
from twelp.flow.gate.rule import Draft, Rule, Span, rule
from twelp.flow.gate.rules import births, cards, ibans, ids, mails, phones, references, secrets, streets
from twelp.model import FindingLevel
from twelp.texts import gate as texts

_PRIVATE: tuple[Rule, ...] = (
    cards.card_numbers,
    ibans.ibans,
    ids.national_ids,
    phones.phones,
    mails.mailboxes,
    mails.addresses,
    references.references,
    references.structured,
    references.long_numbers,
    births.birth_dates,
    streets.streets,
    secrets.secrets,
)
_LIVES = Phrases.of("repeated-lives")
_WORD = re.compile(r"[^\W_]+")


@rule("repeated", FindingLevel.SECOND_PAIR, texts.REPEATED_PRIVATE, rank=29, private=True)
def repeated(draft: Draft) -> Iterator[Span]:
    """Private data of the question, in whatever form the answer has it."""
    if draft.question is None:
        return
    told = _told(draft.question.text)
    if not told:
        return
    plain, low = draft.answer.quiet, draft.answer.low_quiet
    for value in told:
        pattern = r"[ ./_-]{0,2}".join(map(re.escape, value))
        yield from (found.span() for found in re.finditer(rf"(?<![a-z0-9]){pattern}(?![a-z0-9])", low))
    del plain


@rule("repeated", FindingLevel.SECOND_PAIR, texts.REPEATED_LIFE, rank=35)
def lives(draft: Draft) -> Iterator[Span]:
    """Illness, family and money, where the customer told of them."""
    if draft.question is None or not (found := _LIVES.search(draft.question.low_quiet)):
        return
    del found
    told = {match[0][:6] for match in _LIVES.finditer(draft.question.low_quiet)}
    for match in _LIVES.finditer(draft.answer.low_quiet):
        if match[0][:6] in told:
            yield match.span()


@lru_cache(256)
def _told(question: str) -> tuple[str, ...]:
    """The private data in a post, letters and digits only."""
    reading = Reading(question)
    draft = Draft(reading)
    spans = {
        (found[0], found[1]) if isinstance(found, tuple) else (found.start, found.end)
        for one in _PRIVATE
        for found in one.find(draft)
    }
    values = ("".join(_WORD.findall(reading.low[start:end])) for start, end in sorted(spans))
    return tuple(dict.fromkeys(value for value in values if len(value) >= 4))
