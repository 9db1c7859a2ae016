"""National numbers of people: of some thirty countries, checked by their own check digits.

A form that a part number could have is only taken for one beside a word for it. Source: python-stdnum, which names the
law or office behind each; the forms without a module there are the issuers' own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Final

from twelp.flow.gate.phrases import Phrases
from twelp.flow.gate.rule import Draft, Span, rule
from twelp.model import FindingLevel
from twelp.texts import gate as texts

_WORDS = Phrases.of("ids")
_NEAR: Final = 40
"""Characters between the word and the number."""

_FEWEST: Final = 6

_NUMBER_BEHIND = re.compile(r"(?<![A-Za-z0-9])(?=(?:[A-Za-z .-]{0,6}\d){5})[A-Za-z0-9](?:[ .\-/]?[A-Za-z0-9]){5,19}")


@dataclass(frozen=True, slots=True)
class _Form:
    """How a country's number is written; `module` of python-stdnum checks it; `sure`: no part number looks so."""

    country: str
    module: str
    pattern: str
    sure: bool = True


_FORMS: Final = (
    _Form("us", "us.ssn", r"\d{3}[- .]\d{2}[- .]\d{4}"),
    _Form("us", "us.itin", r"9\d{2}[- ]\d{2}[- ]\d{4}"),
    _Form("us", "us.ssn", r"\d{9}", sure=False),
    _Form("gb", "", r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: \d{2}){3} ?[A-D]"),
    _Form("gb", "", r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]", sure=False),
    _Form("gb", "gb.nhs", r"\d{3}[- ]?\d{3}[- ]?\d{4}", sure=False),
    _Form("de", "de.idnr", r"\d{2} \d{3} \d{3} \d{3}"),
    _Form("de", "de.idnr", r"\d{11}", sure=False),
    _Form("de", "", r"\d{2} ?\d{6} ?[A-Z] ?\d{3}", sure=False),
    _Form("at", "", r"\d{4} ?(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}", sure=False),
    _Form("ch", "ch.ssn", r"756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}"),
    _Form("fr", "fr.nir", r"[12][ .]?\d{2}[ .]?\d{2}[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}[ .]?\d{2}"),
    _Form("es", "es.dni", r"\d{8}[- ]?[A-Z]"),
    _Form("es", "es.dni", r"\d{2}\.\d{3}\.\d{3}[- ]?[A-Z]"),
    _Form("es", "es.nie", r"[XYZ][- ]?\d{7}[- ]?[A-Z]"),
    _Form("it", "it.codicefiscale", r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]"),
    _Form("nl", "nl.bsn", r"\d{4}[. ]?\d{2}[. ]?\d{3}", sure=False),
    _Form("be", "be.nn", r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}"),
    _Form("pt", "pt.nif", r"\d{3} ?\d{3} ?\d{3}", sure=False),
    _Form("pt", "pt.cc", r"\d{8} ?\d ?[A-Z]{2}\d"),
    _Form("br", "br.cpf", r"\d{3}\.\d{3}\.\d{3}-\d{2}"),
    _Form("br", "br.cpf", r"\d{11}", sure=False),
    _Form("il", "il.idnr", r"\d{1,2}-?\d{7}-?\d?", sure=False),
    _Form("ie", "ie.pps", r"\d{7}[A-W][A-IW]?", sure=False),
    _Form("se", "se.personnummer", r"(?:\d{2})?\d{6}[-+]\d{4}"),
    _Form("fi", "fi.hetu", r"\d{6}[-+A-F]\d{3}[0-9A-FHJ-NPR-Y]"),
    _Form("dk", "dk.cpr", r"\d{6}-\d{4}"),
    _Form("no", "no.fodselsnummer", r"\d{6} ?\d{5}", sure=False),
    _Form("pl", "pl.pesel", r"\d{11}", sure=False),
    _Form("cz", "cz.rc", r"\d{6}/\d{3,4}"),
    _Form("ro", "ro.cnp", r"[1-8]\d{12}", sure=False),
    _Form("bg", "bg.egn", r"\d{10}", sure=False),
    _Form("hr", "hr.oib", r"\d{11}", sure=False),
    _Form("tr", "tr.tckimlik", r"[1-9]\d{10}", sure=False),
    _Form("cn", "cn.ric", r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]"),
    _Form("tw", "", r"[A-Z][12]\d{8}", sure=False),
    _Form("kr", "kr.rrn", r"\d{6}-[1-8]\d{6}"),
    _Form("jp", "", r"\d{4}[- ]?\d{4}[- ]?\d{4}", sure=False),
    _Form("in", "in_.aadhaar", r"[2-9]\d{3}[- ]\d{4}[- ]\d{4}"),
    _Form("in", "in_.aadhaar", r"[2-9]\d{11}", sure=False),
    _Form("in", "in_.pan", r"[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]"),
    _Form("sg", "", r"[STFGM]\d{7}[A-Z]", sure=False),
    _Form("mx", "mx.curp", r"[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z0-9]\d"),
    _Form("cl", "cl.rut", r"\d{1,2}\.\d{3}\.\d{3}-[\dKk]"),
    _Form("ar", "", r"\d{2}-\d{8}-\d"),
    _Form("ca", "ca.sin", r"\d{3}[- ]\d{3}[- ]\d{3}", sure=False),
    _Form("au", "au.tfn", r"\d{3} ?\d{3} ?\d{2,3}", sure=False),
    _Form("za", "za.idnr", r"\d{13}", sure=False),
    _Form("eg", "", r"[23]\d{13}", sure=False),
    _Form("ae", "", r"784-?\d{4}-?\d{7}-?\d"),
)
_SURE = re.compile(
    r"(?<![A-Za-z0-9.-])(?:" + "|".join(f"({form.pattern})" for form in _FORMS if form.sure) + r")(?![A-Za-z0-9])"
)
_SURE_FORMS = [form for form in _FORMS if form.sure]


@rule("national id", FindingLevel.REFUSE, texts.NATIONAL_ID, rank=12, private=True)
def national_ids(draft: Draft) -> Iterator[Span]:
    plain = draft.answer.quiet
    if draft.answer.digits < _FEWEST:
        return
    at = 0
    while found := _SURE.search(plain, at):
        ways = [f for f in _SURE_FORMS if re.fullmatch(f.pattern, found[0])]
        if any(_is_valid(form.module, found[0]) for form in ways):
            yield found.span()
            at = found.end()
        else:
            at = found.start() + 1
    for word in _WORDS.finditer(draft.answer.low_quiet):
        near = _NUMBER_BEHIND.search(plain, word.end(), word.end() + _NEAR)
        if near and not re.search(r"[.!?;\n] ", plain[word.end() : near.start()]):
            yield near.start(), _end(plain, near)


def _end(plain: str, found: re.Match[str]) -> int:
    """Where the number ends: words behind it are none of it."""
    whole = found[0]
    while (cut := whole.rfind(" ")) > 0 and not any(sign.isdigit() for sign in whole[cut:]):
        whole = whole[:cut]
    return found.start() + len(whole)


def _is_valid(module: str, number: str) -> bool:
    return not module or bool(_check(module)(number))


@cache
def _check(module: str) -> Callable[[str], object]:
    found: Callable[[str], object] = import_module(f"stdnum.{module}").is_valid
    return found
