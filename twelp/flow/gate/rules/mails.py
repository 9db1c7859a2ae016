"""E-mail addresses of people, also spelt ("jo dot doe at gmail"). Mailboxes like support@ are public."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twelp.flow.gate.phrases import parts_of
from twelp.flow.gate.rule import Draft, Hit, Span, rule
from twelp.model import FindingLevel
from twelp.texts import gate as texts
from twelp.texts import reasons

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9.+_-])([A-Za-z0-9][A-Za-z0-9._+-]{0,63}) ?@ ?"
    r"((?:[A-Za-z0-9\u00c0-\u024f-]{1,63}\.){1,5}[A-Za-z]{2,24})"
    r"(?![A-Za-z0-9-])"
)
_PROVIDERS = (
    "gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|mail|proton|protonmail|"
    "pm|qq|126|163|"
    "yandex|naver|libero|orange|free|wanadoo|walla|zoho|tutanota|fastmail|laposte|t-online|uol|bol|terra|"
    "ziggo|telia|sfr"
)
_MAILBOXES = re.compile(
    rf"^(?:{_PROVIDERS})\.(?:com|co\.\w\w|de|fr|it|es|net|ru|ch|me|at|nl|com\.\w\w|ca|co|il|pt|br|jp|cn|eu|org)$"
)
_BOXES = parts_of("mailboxes")
_DESKS = frozenset(_BOXES["desks"].split())
"""Mailboxes of a company's desks, which are public."""
_SAMPLES = frozenset(_BOXES["samples"].split())
"""Names that stand for anybody's: name@example.com."""
_AT = (
    r"(?: ?[(\[{<*] ?(?:at|@|a|arroba|ät|chez|chiocciola) ?[)\]}>*] ?| (?:at|arroba|chiocciola|apenstaartje|"
    r"arobase|klammeraffe|aet|strudel|שטרודל|كرول|ات) | ?@ ?)"
)
_DOT = (
    r"(?: ?[(\[{<*] ?(?:dot|punkt|punto|point|ponto|punt|\.) ?[)\]}>*] ?"
    r"| (?:dot|punkt|punto|point|ponto|punt|נקודה|دوت|نقطه) )"
)
_ENDING = (
    r"(?:com|net|org|info|edu|gov|example|co|io|de|fr|es|it|nl|pt|br|uk|us|ca|at|ch|be|il|sa|ae|eg|cn|jp|eu|me|dev)"
)
_SPELT = re.compile(
    rf"(?<![a-z0-9])([a-z0-9](?:[a-z0-9_+.-]|{_DOT}(?=[a-z0-9])){{0,40}}){_AT}"
    rf"((?:[a-z0-9-]{{2,40}})(?:(?:\.|{_DOT})[a-z0-9-]{{2,40}}){{0,2}}(?:\.|{_DOT}){_ENDING}|(?:{_PROVIDERS})"
    rf"(?:(?:\.|{_DOT}){_ENDING})?)(?![a-z0-9])"
)
_SURE_PROVIDER = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|gmx|protonmail|proton|yandex|aol|walla|t-online)(?![a-z])"
)
_NO_NAME = frozenset(
    """available look looking us me site page online shop stores visit is are in on out here find help support info
    contact manual more details instructions guide steps article video people team colleagues hotline now also free see
    live chat reach them it that this order buy sign register login account get one you we i""".split()  # noqa: SIM905
)


@rule("e-mail", FindingLevel.REFUSE, reasons.OWN_ADDRESS, rank=21, private=True)
def mailboxes(draft: Draft) -> Iterator[Span]:
    """Addresses at providers of mail for people."""
    plain = draft.answer.quiet
    if "@" in plain:
        yield from (f.span() for f in _EMAIL.finditer(plain) if _MAILBOXES.match(f[2].lower()))


@rule("e-mail", FindingLevel.REFUSE, reasons.OWN_ADDRESS, rank=23, private=True)
def spelt(draft: Draft) -> Iterator[Span | Hit]:
    """Addresses spelt so that no program sees them."""
    for found in _SPELT.finditer(draft.answer.low_quiet):
        name, host, whole = found[1].strip(), found[2], found[0]
        if re.fullmatch(r"[a-z0-9_+.-]+ ?@ ?[a-z0-9.-]+", whole):
            continue  # written as addresses are: the other two look at it
        provider = bool(_SURE_PROVIDER.match(host))
        hidden = bool(re.search(r"[(\[{<*]", whole)) or bool(re.search(_DOT, whole))
        first = re.split(r"[^a-z0-9]", name)[0]
        last = re.split(r"[^a-z0-9]", name)[-1]
        if not (provider or hidden) or last in _NO_NAME or (first in _DESKS and not provider):
            continue
        if provider and not hidden and name.isalpha() and re.search(r" at ", whole) and len(name) < 3:
            continue
        yield found.span()


_PERSONAL = re.compile(
    r"(?:(?:my|his|her|add me on|message me on|find me on|me on|mein|meine|mi|mon|meu|mio|mijn) (?:whatsapp|"
    r"telegram|signal|insta(?:gram)?|"
    r"snap(?:chat)?|skype|discord|line|wechat|facebook|fb|tiktok)|微信|加我|wechat id|line id)(?: ?(?:id|"
    r"handle|name|is|ist|es|est|e|号|號|是|为|:|：|-)){0,3} ?"
    r"(?P<name>@?[a-z][a-z0-9_.-]{4,30})(?![a-z0-9])"
)


@rule("e-mail", FindingLevel.SECOND_PAIR, texts.PERSONAL_HANDLE, rank=25, private=True)
def handles(draft: Draft) -> Iterator[Span]:
    """Somebody's own name on another network."""
    yield from (found.span("name") for found in _PERSONAL.finditer(draft.answer.low_quiet))


@rule("e-mail", FindingLevel.SECOND_PAIR, reasons.SOME_ADDRESS, rank=22, private=True)
def addresses(draft: Draft) -> Iterator[Span]:
    """Somebody's address at a company; its desks pass."""
    plain = draft.answer.quiet
    if "@" in plain:
        for found in _EMAIL.finditer(plain):
            sample = found[2].lower().split(".")[-2:-1] == ["example"] and found[1].lower() in _SAMPLES
            if (
                not sample
                and re.split(r"[.+_-]", found[1].lower())[0] not in _DESKS
                and not _MAILBOXES.match(found[2].lower())
            ):
                yield found.span()
