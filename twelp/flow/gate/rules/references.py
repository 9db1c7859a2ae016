"""Order, booking, account and ticket numbers of one customer, with the words of eleven languages.

A number is one customer's by the word before it, by how it begins (`ORD-`, `1Z…`), by the company's own patterns, or
because it is so long that it is probably somebody's. Part, article and error numbers are nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from twelp.flow.gate.phrases import Phrases
from twelp.flow.gate.rule import Draft, Span, rule
from twelp.model import FindingLevel
from twelp.texts import reasons

_WORDS = Phrases.of("references")
_JOIN = (
    r"(?:[ \t:：#\-–=.,(\"'“„«]|number|numbers|no|nr|num|nummer|numero|n[°ºo]|code|codigo|codice|id|ref|"
    r"reference|is|ist|"
    r"es|est|era|was|are|lautet|e|de|di|du|del|la|le|il|van|von|mit|with|der|die|das|de la|"
    r"מספר|מס'|הוא|היא|שלך|שלכם|رقم|رقمه|رقمها|هو|هي|号|號|番号|号码|號碼|编号|編號|コード|は|是|为|為|の|;)"
)
_VALUE = re.compile(
    rf"(?P<join>{_JOIN}{{0,14}}?)(?P<value>(?=[a-z0-9]*[\d-]*[a-z0-9]*\d)[a-z0-9][a-z0-9/_-]{{2,30}}|"
    rf"\d(?: ?[\d-]){{5,20}})"
)
_NAMED_JOIN = re.compile(r"number|no\b|nr|num|n[°º]|code|codigo|codice|\bid\b|ref|#|:|is|מספר|مס|رقم|号|號|番号|码")
_NOT_ONE = re.compile(r"\d+(?:st|nd|rd|th|pm|am|h|min|days?|gb|mb|tb|hz|khz|mhz|ghz|kg|g|w|v|mah|cm|mm|m|p|k)?$")
_YEAR = re.compile(r"(?:19|20)\d{2}$|\d{1,2}/\d{1,2}(?:/\d+)?$|\d{1,2}-\d{1,2}$")

_STRUCTURED = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:ORD(?:ER)?|INV|RMA|TKT|TICKET|CASE|REF|ACCT?|CUST|BKG|PNR|CLM|CLAIM|INC|TRK|SHP|MEM)"
    r"[-_#: ]?(?=[\dA-Z-]*\d{3})[\dA-Z][\dA-Z-]{2,20}|1Z[A-Z0-9]{16}|\d{3}-\d{7}-\d{7}|[A-Z]{2}\d{9}[A-Z]{2}|"
    r"JJD\d{12,20}"
    r"|(?=[A-Z0-9]*\d{4,}(?![A-Z0-9]))(?=[A-Z0-9]*[A-Z]{2})[A-HJ-NPR-Z0-9]{17})(?![A-Za-z0-9])|"
    r"(?<![\w&])#\d{5,20}(?!\w)"
)  # fmt: skip
"""By how they begin: UPS, Amazon, the Universal Postal Union, DHL; a car's number; `#` and digits."""

_LONG = re.compile(r"(?<![A-Za-z\d.,:/$€£¥+=_-])\d{9,30}(?![A-Za-z\d_-])(?![.,]\d)")
NOBODYS = Phrases.of("references-nobodys")
_BEFORE: Final = 32


@rule("reference", FindingLevel.SECOND_PAIR, reasons.REFERENCE, rank=30, private=True)
def references(draft: Draft) -> Iterator[Span]:
    """What stands behind a word for one customer's number."""
    low, plain = draft.answer.low_quiet, draft.answer.quiet
    if not draft.answer.digits and not _CAPITALS.search(plain):
        return
    for word in _WORDS.finditer(low):
        found = _VALUE.match(low, word.end())
        if found and _one_customers(found, plain):
            yield found.span("value")
            continue
        code = _BOOKING_CODE.match(plain, word.end())
        if code and _NAMED_JOIN.search(low, *code.span("join")):
            yield code.span("value")


_CAPITALS = re.compile("[A-Z]{6}")
_BOOKING_CODE = re.compile(r"(?P<join>(?:[ :#=.,(\"'“]|(?i:number|no|code|reference|ref|is|ist|es|est|e|"
    r"lautet|der|de|di)\b){1,12})"
                           r"(?P<value>(?!PNR|HTTP|CODE|NUMBER)[A-Z]{6})(?![A-Za-z0-9])")  # fmt: skip


def _one_customers(found: re.Match[str], plain: str) -> bool:
    value, join = str(found["value"]), str(found["join"])
    digits = sum(sign.isdigit() for sign in value)
    if _YEAR.match(value) and not _NAMED_JOIN.search(join):
        return False
    if not value.replace(" ", "").replace("-", "").isdigit() and _NOT_ONE.match(value):
        return False
    after = plain[found.end() : found.end() + 8].lstrip()
    if re.match(r"(?:%|€|\$|£|usd|eur|gbp|days|day|hours|minutes|people|times|tage|d[ií]as|jours)", after.lower()):
        return False
    if any(sign.isalpha() for sign in value):
        return digits >= 3 or (digits >= 1 and 5 <= len(value) <= 7 and _is_large(plain[slice(*found.span("value"))]))
    named = bool(_NAMED_JOIN.search(join)) or not join.strip().isascii()
    return digits >= (4 if named else 5)


def _is_large(word: str) -> bool:
    return word.upper() == word and any(sign.isalpha() for sign in word)


@rule("reference", FindingLevel.SECOND_PAIR, reasons.REFERENCE, rank=31, private=True)
def structured(draft: Draft) -> Iterator[Span]:
    """What begins as such numbers do, or looks as the company says its own do."""
    plain = draft.answer.quiet
    yield from (found.span() for found in _STRUCTURED.finditer(plain))
    for pattern in draft.setting.voice.numbers:
        yield from (found.span() for found in _own(pattern).finditer(plain))


@lru_cache(256)
def _own(pattern: str) -> re.Pattern[str]:
    """A pattern of the company's: `9` is a digit, `A` a letter, the rest itself."""
    made = "".join({"9": r"\d", "A": "[A-Za-z]"}.get(sign, re.escape(sign)) for sign in pattern)
    return re.compile(f"(?<![A-Za-z0-9]){made}(?![A-Za-z0-9])", re.IGNORECASE)


@rule("long number", FindingLevel.SECOND_PAIR, reasons.LONG_NUMBER, rank=39, private=True)
def long_numbers(draft: Draft) -> Iterator[Span]:
    """Nine digits and more that nothing explains."""
    for found in _LONG.finditer(draft.answer.quiet):
        if not NOBODYS.search(draft.answer.low_quiet, max(found.start() - _BEFORE, 0), found.start()):
            yield found.span()
