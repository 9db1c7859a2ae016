"""Card numbers, in digits of any script and however they are parted.

Source: ISO/IEC 7812 (issuers, Luhn's check digit); the issuers' own ranges and lengths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stdnum import luhn

from twelp.flow.gate.rule import Draft, Span, rule
from twelp.model import FindingLevel
from twelp.texts import reasons

_PARTS = r"[ \n\-./_,:|'*+–]"
_RUN = re.compile(rf"\d(?:{_PARTS}{{0,3}}\d){{11,39}}")
_GROUP = re.compile(r"\d+")

_ISSUER: Final = {
    13: re.compile("4"),
    14: re.compile("30[0-5]|3095|3[689]"),
    15: re.compile("3[47]|1800|2131"),
    16: re.compile("[45]|2[2-7]|3[05689]|6|8[12]|9792"),
    17: re.compile("5[06-8]|6"),
    18: re.compile("5[06-8]|6"),
    19: re.compile("4|5[06-8]|6|8[12]"),
}
"""How a number of so many digits begins. Fewer digits are left to the rules for phones and long numbers."""

_USUAL: Final = {
    (4, 4, 4, 4),
    (4, 4, 4, 4, 1),
    (4, 4, 4, 4, 2),
    (4, 4, 4, 4, 3),
    (4, 6, 5),
    (4, 6, 4),
    (8, 8),
    (4, 12),
    (12, 4),
    (4, 4, 8),
    (6, 10),
    (6, 13),
    (4, 4, 4, 1),
    (2,) * 8,
}
_CHINESE = str.maketrans("〇零一二三四五六七八九", "00123456789")


@rule("card number", FindingLevel.REFUSE, reasons.CARD_NUMBER, rank=10, private=True)
def card_numbers(draft: Draft) -> Iterator[Span]:
    plain = draft.answer.quiet
    yield from _cards(plain)
    if any(sign in plain for sign in "一二三四五六七八九"):
        yield from _cards(plain.translate(_CHINESE))


def _cards(text: str) -> Iterator[Span]:
    for run in _RUN.finditer(text):
        groups = [(run.start() + group.start(), group[0]) for group in _GROUP.finditer(run[0])]
        first = 0
        while first < len(groups):
            last = _ends(groups, first)
            if last is None:
                first += 1
                continue
            start, (at, digits) = groups[first][0], groups[last]
            yield start, at + len(digits)
            first = last + 1


def _ends(groups: list[tuple[int, str]], first: int) -> int | None:
    """The last group of the card number that begins with group `first`; None where none does."""
    digits, sizes = "", []
    for last in range(first, len(groups)):
        digits += groups[last][1]
        sizes.append(len(groups[last][1]))
        if len(digits) > 19:
            break
        if len(digits) >= 13 and _is_card(digits) and _written_so(tuple(sizes), first, last, len(groups)):
            return last
    return None


def _written_so(sizes: tuple[int, ...], first: int, last: int, count: int) -> bool:
    """One number: in one piece, parted as cards are, digit by digit; or it stands alone, or only a date behind it."""
    if len(sizes) == 1 or sizes in _USUAL or set(sizes) == {1}:
        return True
    return first == 0 and (last == count - 1 or sum(sizes) == 16)


def _is_card(digits: str) -> bool:
    issuer = _ISSUER[len(digits)]
    return bool(issuer.match(digits)) and luhn.is_valid(digits) and len(set(digits)) > 1
