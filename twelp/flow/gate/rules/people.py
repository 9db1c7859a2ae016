"""Names of people: with a title, first and last together, or as the conversation told them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from twelp.flow.gate.phrases import Phrases, words_of
from twelp.flow.gate.reading import Reading
from twelp.flow.gate.rule import Draft, Span, rule
from twelp.model import FindingLevel
from twelp.texts import gate as texts

_NAME = r"[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]+(?:[-'’][A-Z\u00c0-\u00de]?[a-z\u00df-\u00ff]+)?"
_TITLED = re.compile(
    r"(?<![A-Za-z])(?:(?i:mr|mrs|ms|mx|mevrouw|mevr|meneer|dhr|señora?|senhora?|signora?|monsieur|madame|mme|mlle)|"
    r"Miss|Herrn?|Frau|Sr|Sra|Srta|Don|Doña|"
    rf"Signora?|Sig|Sig\.ra|Meneer|Mevrouw|Mevr|Dhr|Prof|Doctor|Dra?)(?:\.\s?|\s){_NAME}(?:\s{_NAME})?"
    r"|(?<![\u05d0-\u05ea])(?:מר|גברת|גב') [\u05d0-\u05ea]{2,12}(?: [\u05d0-\u05ea]{2,12})?"
    r"|(?:السيد[ةه]?|الأستاذ[ةه]?|سيد[ةه]) [\u0621-\u064a]{2,12}(?: [\u0621-\u064a]{2,12})?"
    r"|[\u4e00-\u9fff](?:先生|女士|小姐)(?![\u4e00-\u9fff]?们)"
    r"|(?!お客|皆|奥|神|王|殿|上|仏|旦那|嬢)[\u4e00-\u9fff]{2,4}(?:様|さま|さん)"
)
_NOBODY = re.compile(
    r"(?:Mr|Dr|Mrs|Miss|Don|Sr|Prof)\.?\s(?:Coffee|Dre|Robot|Bean|Martens|Oetker|Who|Strange|Universe|Clean|"
    r"Pepper|Muscle)|"
    r"[位各的些老新这那哪一二两几]先生|.{0,2}(?:先生|女士)们|(?:客|各位|客户|皆|同|業者|販売店|店員|担当|"
    r"メーカー|家族)(?:様|さま|さん)"
)

_GIVEN: Final = words_of("given-names")
_BETWEEN: Final = "van|von|de|da|di|el|al|bin|ben|la|del|der|den|dos"
_FULL = re.compile(rf"(?<![A-Za-z\u00c0-\u00ff])(?=(({_NAME})\s((?:(?:{_BETWEEN})\s){{0,2}}{_NAME})))")
"""First and last name; overlapping, as a word before them may have a capital, too."""

_NOT_LAST: Final = frozenset(
    """can will is has and or the to in on at for with please thanks hi hello here there mode time pro max mini plus air
    music video store button settings update app day week tv radio audio bank card account from said says at und oder
    y e et ou o en la le""".split()  # noqa: SIM905
)

_TOLD = Phrases.of("people-told")
_TOLD_NAME = re.compile(
    rf"[\s,:]{{1,3}}({_NAME})(?:\s({_NAME}))?|[\s,:]{{1,3}}([\u05d0-\u05ea]{{2,12}}|"
    rf"[\u0621-\u064a]{{2,12}})(?:\s([\u05d0-\u05ea]{{2,12}}|[\u0621-\u064a]{{2,12}}))?"
)
_TOLD_ASIAN = re.compile(
    r"(?:我叫|我是|我姓|名字是|本人)([\u4e00-\u9fff]{2,3})(?=[,，。、 的]|$)|"
    r"([\u4e00-\u9fff]{2,4})(?:と申します|と言います|といいます)"
)
_RELATION = re.compile(
    r"wife|husband|son\b|daughter|mother|mum|mom|father|dad|brother|sister|partner|boss|neighbou?r|friend|"
    r"grand|uncle|aunt|frau|mann|sohn|"
    r"tochter|mutter|vater|bruder|schwester|freund|chef|nachbar|mujer|espos|marido|hij[oa]|madre|padre|herman|"
    r"novi|femme|mari|fils|fille|"
    r"mere|pere|frere|soeur|mulher|filh|mae|irma|moglie|marito|figli|sorella|fratello|vrouw|man\b|zoon|"
    r"dochter|moeder|vader|broer|zus|"
    r"אשתי|בעלי|בני|בתי|אמי|אבי|זוجت|زوج|ابن"
)
_GREETING = re.compile(
    r"^\W*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|thanks|thank you|sorry|hallo|liebe[r]?|"
    r"guten (?:tag|morgen|abend)|"
    r"danke|hola|buenos dias|buenas (?:tardes|noches)|gracias|bonjour|salut|bonsoir|merci|ola|oi|bom dia|"
    r"boa tarde|boa noite|"
    r"obrigad[oa]|ciao|buongiorno|salve|grazie|hoi|goede(?:morgen|middag|navond)|dag|bedankt|shalom|שלום|היי|"
    r"תודה|مرحبا|اهلا)?\W{0,3}"
)  # fmt: skip


@rule("name", FindingLevel.SECOND_PAIR, texts.NAME, rank=26, private=True)
def titled(draft: Draft) -> Iterator[Span]:
    """Somebody's family name behind a title."""
    for found in _TITLED.finditer(draft.answer.quiet):
        if not _NOBODY.search(draft.answer.quiet, max(found.start() - 2, 0), found.end()):
            yield found.span()


@rule("name", FindingLevel.SECOND_PAIR, texts.NAME, rank=27, private=True)
def full_names(draft: Draft) -> Iterator[Span]:
    """First and last name, where the first is one that people have."""
    known = draft.setting.topics
    for found in _FULL.finditer(draft.answer.quiet):
        first, last = (Reading(part).low for part in found.groups()[1:])
        if first in _GIVEN and last not in _NOT_LAST and last not in _GIVEN_WORDS and not {first, last} & set(known):
            yield found.span(1)


_GIVEN_WORDS: Final = frozenset("support team help".split())  # noqa: SIM905


@rule("name", FindingLevel.SECOND_PAIR, texts.NAME_TOLD, rank=28, private=True)
def told_names(draft: Draft) -> Iterator[Span]:
    """Names that the conversation told; greeting the customer by the first name is no matter."""
    if draft.question is None:
        return
    told = set(_names_in(draft.question))
    if not told:
        return
    plain, low = draft.answer.quiet, draft.answer.low_quiet
    greeting = _GREETING.match(low)
    begins = greeting.end() if greeting else 0
    for name, first in told:
        for found in re.finditer(rf"(?<![^\W\d_]){re.escape(name)}(?![a-z])", plain):
            if not (first and found.start() <= begins):
                yield found.span()


def _names_in(question: Reading) -> Iterator[tuple[str, bool]]:
    """Each name that was told, and whether it is the first name by which one greets."""
    plain = question.quiet
    for word in _TOLD.finditer(question.low_quiet):
        if found := _TOLD_NAME.match(plain, word.end()):
            first, last = found[1] or found[3], found[2] or found[4]
            known = first and (Reading(first).low in _GIVEN or last)
            if not known and not re.search(
                r"name|call|hei|llam|appel|cham|chiam|heet|naam|my|mein|mi|ma|mon|שמי|קורא|اسم", word[0]
            ):
                continue
            if first:
                yield first, not _RELATION.search(word[0])
            if last and Reading(last).low not in _NOT_LAST:
                yield last, False
    for found in _TOLD_ASIAN.finditer(plain):
        yield found[1] or found[2], False
