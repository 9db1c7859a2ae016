"""Bank accounts: IBANs, and what stands behind the words for one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban

from twelp.flow.gate.phrases import Phrases
from twelp.flow.gate.rule import Draft, Span, rule
from twelp.model import FindingLevel
from twelp.texts import gate as texts
from twelp.texts import reasons

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ -]?\d{2}(?:[ .-]{0,2}[A-Za-z0-9]){11,40}")
_PIECE = re.compile(r"[A-Za-z0-9]+")
_WORDS = Phrases.of("ibans")
_DIGITS = re.compile(r"\d(?:[ -]?\d){5,20}")


@rule("bank account", FindingLevel.REFUSE, reasons.BANK_ACCOUNT, rank=11, private=True)
def ibans(draft: Draft) -> Iterator[Span]:
    plain = draft.answer.quiet
    for found in _IBAN.finditer(plain):
        pieces = [(piece.start(), piece.end()) for piece in _PIECE.finditer(found[0])]
        for _, end in reversed(pieces):  # the pattern may have taken words that follow
            candidate = found[0][:end]
            if iban.is_valid(candidate):
                yield found.start(), found.start() + end
                break


@rule("bank account", FindingLevel.REFUSE, texts.BANK_ACCOUNT_WORDS, rank=36, private=True)
def bank_accounts(draft: Draft) -> Iterator[Span]:
    """Six digits and more close behind a word for a bank account."""
    for word in _WORDS.finditer(draft.answer.low_quiet):
        found = _DIGITS.search(draft.answer.quiet, word.end(), word.end() + 45)
        if found and not re.search(r"[.!?;\n]", draft.answer.quiet[word.end() : found.start()].replace("no.", "")):
            yield found.span()
