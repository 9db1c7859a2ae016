"""Phone numbers that somebody would be reached at, as they are written in the company's countries.

What is free to call, or a service number, is public. So is a fixed line that the answer calls ours ("our hotline").
Source: Google's libphonenumber knows which numbers there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumberType

from twelp.flow.gate.phrases import Phrases
from twelp.flow.gate.rule import Draft, Hit, Span, rule
from twelp.flow.gate.rules.references import NOBODYS
from twelp.model import FindingLevel
from twelp.texts import gate as texts
from twelp.texts import reasons

COUNTRIES: Final = (
    "US",
    "GB",
    "DE",
    "FR",
    "ES",
    "IT",
    "NL",
    "PT",
    "BR",
    "IL",
    "SA",
    "EG",
    "AE",
    "CN",
    "JP",
    "AT",
    "CH",
    "BE",
)
"""Where no others are named: those of the eleven languages."""  # fmt: skip

_CANDIDATE = re.compile(
    r"(?<![\dA-Za-z$€£¥#])(?<!\d[.,])(?:\+|00(?=[1-9]))?\(?\d(?:[ ().\-/]{0,3}\d){6,16}(?![\dA-Za-z%€£$])"
)
_NOT_ONE = re.compile(
    r"(?:\d{1,3}\.){3}\d{1,3}$|(?:19|20)\d{2}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d{2}|"
    r"(?:\d+\.)+\d+$|(?:19|20)\d{2} ?[-/] ?(?:19|20)\d{2}$|(?:\d ){5,}\d$|(?!0)(?:\d{1,2} ){4,}"
)  # fmt: skip
"""An address on the internet, a date, a version, years from and to, a list."""

_RANGE = re.compile(r"\d{3,4} ?[-/] ?\d{3,4}")
_FREE = re.compile(
    r"(?:\+|00)\d{1,3}[ .()-]*(?:0[ .()-]*)?(?:8(?:00|08|4\d|7[01])|90\d|3[03][03])[ ).-]"  # +44 800, +49 (0) 800
    r"|(?:\+?1[ .-]?)?\(?8(?:00|08|33|44|55|66|77|88)[ ).-]|0[ .-]?8(?:0\d|4\d|7[01])[ .-]|0[ .-]?9(?:0\d)[ .-]?"
    r"|03[03][03][ .-]|0?18\d\d?[ .-]|1[3789]00[ .-]|13\d\d[ .-]|90[0-9][ .-]|0120|0570|0?700[ .-]|400[ -]\d{3}[ -]"
)
"""Free, shared or service numbers, by how they begin, where nobody knows the number itself."""

_PUBLIC_TYPES: Final = frozenset(
    {PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.UAN}
)
_REACHES = Phrases.of("phones-reaches")
_OURS = Phrases.of("phones-ours")
_BEFORE, _AFTER, _AROUND = 40, 25, 70


@rule("phone", FindingLevel.SECOND_PAIR, reasons.PHONE, rank=33, private=True)
def phones(draft: Draft) -> Iterator[Span | Hit]:
    if draft.answer.digits < 7:
        return
    plain, low = draft.answer.quiet, draft.answer.low_quiet
    countries = draft.setting.voice.countries or COUNTRIES
    for found in _CANDIDATE.finditer(plain):
        number = found[0].strip()
        if _NOT_ONE.match(number) or NOBODYS.search(low, max(found.start() - _AROUND // 2, 0), found.start()):
            continue
        near = bool(_REACHES.search(low, max(found.start() - _BEFORE, 0), found.start()))
        near = near or bool(_REACHES.search(low, found.end(), found.end() + _AFTER))
        kind = _kind(number, countries)
        if kind is _PUBLIC or not (kind is not None or near):
            continue
        if _RANGE.fullmatch(number) and not near:
            continue
        plain_run = number.isdigit()
        if plain_run and not near and kind is not _MOBILE:
            continue  # the rule for long numbers looks at it
        if kind is not _MOBILE and _OURS.search(low, max(found.start() - _AROUND, 0), found.end() + _AFTER):
            yield Hit(*found.span(), texts.OWN_PHONE, FindingLevel.WARN)
        elif kind is not None or near:
            yield found.span()


_PUBLIC, _MOBILE, _FIXED = "public", "mobile", "fixed"


@lru_cache(1024)
def _kind(number: str, countries: tuple[str, ...]) -> str | None:
    """Whether it is a public number, somebody's mobile or a fixed line; None: no number of these countries."""
    if _FREE.match(number):
        return _PUBLIC
    kinds = set()
    international = number.startswith(("+", "00"))
    for country in (None,) if number.startswith("+") else countries:
        try:
            read = phonenumbers.parse(number, country)
        except phonenumbers.NumberParseException:
            continue
        if not phonenumbers.is_valid_number(read):
            kinds |= {_FIXED} if international and phonenumbers.is_possible_number(read) else set()
            continue
        kind = phonenumbers.number_type(read)
        if kind in _PUBLIC_TYPES:
            kinds.add(_PUBLIC)
            continue
        if not international and not _as_written_there(number, read):
            continue
        mobile = kind in (PhoneNumberType.MOBILE, PhoneNumberType.PAGER, PhoneNumberType.PERSONAL_NUMBER)
        kinds.add(_MOBILE if mobile else _FIXED)
    return next((kind for kind in (_MOBILE, _FIXED, _PUBLIC) if kind in kinds), None)


def _as_written_there(number: str, read: phonenumbers.PhoneNumber) -> bool:
    """Whether people of that country write it so: with the 0 before it or in brackets, or in the usual groups."""
    if number.startswith(("0", "(")):
        return True
    usual = phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.NATIONAL)
    if re.sub(r"\D+", " ", number).strip() == re.sub(r"\D+", " ", usual).strip():
        return True
    parts = re.split(r"\D+", number)
    mobile = phonenumbers.number_type(read) is PhoneNumberType.MOBILE
    return mobile and (len(parts) == 1 or (len(parts) <= 4 and min(map(len, parts)) >= 2))
