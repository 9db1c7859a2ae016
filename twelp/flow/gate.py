"""The checks between an expert's text and the public.

Rules: a finding that blocks is one the author can put right at once, and it must be right nearly always; a doubtful one
does not block but asks for a second pair of eyes. Every message says what to change, in words for the expert, and never
repeats what must stay private. Certification is checked before anybody is asked, not here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from urllib.parse import urlsplit

import phonenumbers
from phonenumbers import PhoneNumberType
from stdnum import iban, luhn
from stdnum.us import ssn

from twelp.model import Expert, Finding, Level, Link, Topic
from twelp.networks import NetworkRules
from twelp.texts import reasons

_EXAMINED = 10_000
"""Characters looked at; anything longer is refused for its length anyhow."""

# ---------------------------------------------------------------- what the network forbids or shows badly

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)

_CASHTAG = re.compile(r"(?<![\w$])\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?!\w)")

_SLACK_REFERENCE = re.compile(r"<(?:[@#!][^<>\n]{1,200}|(?:https?|mailto|tel):[^<>\n]{1,2000})>")
_LETTER = "A-Za-z0-9_\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"
"""Not `\\w`: that is a letter in scripts that part no words, too."""

_SLACK_EMOJI = re.compile(
    rf"(?<![{_LETTER}:/\\])(?::(?=[0-9_+'-]*[a-z])[a-z0-9_+][a-z0-9_+'-]{{0,49}}:)+(?![{_LETTER}:/])"
    rf"|(?<=[A-Za-z]):(?=[a-z0-9]+[_-])[a-z0-9][a-z0-9_+'-]{{2,49}}:(?![{_LETTER}:/])"
)
"""Beside a letter only with a `-` or `_` in it, as nobody writes between two colons."""
_SLACK_BOLD = re.compile(r"(?<![\w*])\*(?![\s*])[^\W\d_](?:[^*\n]{0,100}[^\W\d_])?[.!?:,]?\*(?![\w*#])")

# ---------------------------------------------------------------- links

_SCHEME = re.compile(r"(?<![A-Za-z0-9+.-])([A-Za-z][A-Za-z0-9+.-]{1,15})://")
_SCRIPT = re.compile(r"(?<![\w-])(?:javascript|vbscript|data):(?=[^\s])[^\s]{0,40}[(;,/]", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>\"'“”）)]{1,2000}", re.IGNORECASE)
_SHORTENERS = frozenset(
    """adf.ly aka.ms amzn.to b.link bit.do bit.ly bitly.com bl.ink buff.ly clck.ru cutt.ly dlvr.it fb.me goo.gl ift.tt
    is.gd lnkd.in lnk.to mcaf.ee ow.ly qr.ae rb.gy rebrand.ly s.id shorturl.at short.io soo.gd spr.ly t.co t.ly tiny.cc
    tiny.one tinyurl.com trib.al u.to v.gd vk.cc wp.me x.gd""".split()  # noqa: SIM905  (reads as the list it is)
)
_SHORT = re.compile(
    r"(?<![\w.@/-])(?:https?://)?(?:www\.)?("
    + "|".join(re.escape(host) for host in sorted(_SHORTENERS, key=len, reverse=True))
    + r")(?=[/?#:]\w|/)",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"(?:^|\.)(?:slack\.com|internal|intranet|corp|local|lan|localhost)$")

# ---------------------------------------------------------------- private data

_CARD = re.compile(
    r"(?<![\w.,/-])(?<![A-Z]\d\d )(?:"
    r"\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}|3[47]\d\d([ -]?)\d{6}\2\d{5}|3[0689]\d\d([ -]?)\d{6}\3\d{4}"
    r")(?![\w-])(?![ .,]\d)"
)
"""Sixteen digits in fours, American Express and Diners as they print theirs, or none of it parted."""
_CARD_PREFIX = re.compile(r"4|5[1-5]|2[2-7]|3[04-9]|6(?:011|[245])|81")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]{1,4}){3,8}(?![A-Za-z0-9])")
_SSN = re.compile(r"(?<![\w.-])\d{3}-\d{2}-\d{4}(?![\w-])")
_EMAIL = re.compile(r"(?<![\w.+-])([A-Za-z0-9][\w.+-]{0,63})@((?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24})(?![\w-])")
_DESKS = frozenset(
    """abuse accessibility billing care contact customercare customerservice customersupport enquiries feedback hello
    help helpdesk hi info inquiries legal mail office orders parts press privacy returns sales security service services
    shop store support team warranty""".split()  # noqa: SIM905  (reads as the list it is)
)
_MAILBOXES = re.compile(
    r"^(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|mail|proton|protonmail|pm|qq|163|126|"
    r"yandex|naver|libero|orange|free|wanadoo)\.(?:com|co\.\w\w|de|fr|it|es|net|ru|ch|me|at|nl|com\.\w\w|ca)$"
)
_REFERENCE = re.compile(
    r"\b(?:order|orders|case|ticket|tracking|track|account|acct|customer|member|membership|invoice|reservation|booking|"
    r"confirmation|policy|claim|serial|imei|reference|ref|parcel|shipment|refund|loyalty|pin|passport|licen[cs]e)\b"
    r"(?:\s(?:number|no|nr|id|code))?\W{0,4}\s?(?:is\s)?#?\s?((?=[A-Z-]{0,4}\d)[A-Z0-9-]{6,30})\b",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"(?<![\w.,:/$€£¥+=-])\d{9,30}(?![\w-])(?![.,]\d)")
_PUBLIC_NUMBERS = frozenset(
    {PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.UAN}
)


def check(
    text: str,
    public: str,
    *,
    posts: Sequence[str] = (),
    left: int,
    author: Expert,
    topic: Topic | None,
    rules: NetworkRules,
) -> tuple[Finding, ...]:
    """What stands between this answer and the public; empty when nothing does.

    Args:
        text: what the expert wrote, cleaned, without a signature.
        public: word for word what would go out, all of it, so that nothing hides where it is cut.
        posts: the same in the posts it would go out in, each looked at by itself, too; `public` alone by default.
        left: weighted characters still free; negative when it is too long.
        author: who wrote it.
        topic: what the question is about; numbers it is known by (a model, an error code) are no one's private data.
        rules: the network's, where it would go out.

    Returns:
        Findings, those that block first, no rule and message twice.
    """
    known = " ".join((*topic.keywords, *topic.aliases, *topic.examples)) if topic else ""
    found = [*_length(text, left, rules), *_repeated(posts, rules)]
    for whole in dict.fromkeys((public, *posts)):
        seen = whole[:_EXAMINED]
        found += [*_form(seen, rules), *_links(seen), *_private(seen, known)]
    if author.level is Level.TRAINEE:
        found.append(Finding("trainee", reasons.TRAINEE, blocks=False))
    return in_order(found)


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings, those that block first, none twice."""
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: not finding.blocks))


def strange_links(links: Iterable[Link], *, allowed: Collection[str], rules: NetworkRules) -> Iterator[Finding]:
    """Links that nobody meant, which block; where domains are `allowed`, the others ask for a second pair of eyes."""
    for link in links:
        if link.sure:
            words, instead = _short(link.words), _short(link.instead)
            yield Finding("slip", reasons.SLIP(network=rules.display_name, words=words, instead=instead))
        elif allowed and not link.known:
            yield Finding("link", reasons.STRANGE_LINK(host=_short(link.host)), blocks=False)


def _length(text: str, left: int, rules: NetworkRules) -> Iterator[Finding]:
    if not any(unicodedata.category(character)[0] in "LN" for character in text[:_EXAMINED]):
        yield Finding("empty", reasons.EMPTY)
    if left < 0:
        counted = rules.length
        if counted.link is None:
            yield Finding("length", reasons.TOO_LONG_PLAIN(count=-left))
        else:
            yield Finding("length", reasons.TOO_LONG(count=-left, link=counted.link, wide=counted.wide))


def _repeated(posts: Sequence[str], rules: NetworkRules) -> Iterator[Finding]:
    if rules.refuses_repeats_for is not None and len({" ".join(post.split()) for post in posts}) < len(posts):
        yield Finding("repeated", reasons.REPEATED(network=rules.display_name))


def _form(text: str, rules: NetworkRules) -> Iterator[Finding]:
    """What the network forbids, and Slack's ways of writing that the public would see as they are."""
    if _UNSEEN.search(text):
        yield Finding("unseen", reasons.UNSEEN)
    for found in _SLACK_REFERENCE.finditer(text):
        yield Finding("slack markup", reasons.SLACK_REFERENCE(words=_short(found[0])))
    for found in _SLACK_EMOJI.finditer(_LINK.sub(" ", text)):
        yield Finding("slack markup", reasons.SLACK_EMOJI(words=found[0]))
    for found in _SLACK_BOLD.finditer(text):
        yield Finding("slack markup", reasons.SLACK_BOLD(words=_short(found[0])))
    if "```" in text:
        yield Finding("slack markup", reasons.SLACK_CODE)
    if not rules.may_mention_others:
        for name in rules.find_mentions(_SLACK_REFERENCE.sub(" ", text)):
            yield Finding("mention", reasons.MENTION(network=rules.display_name, name=name))
    most = rules.most_cashtags
    if most is not None and len({tag.upper() for tag in _CASHTAG.findall(text)}) > most:
        yield Finding("cashtags", reasons.CASHTAGS(network=rules.display_name, count=most))


def _links(text: str) -> Iterator[Finding]:
    for found in _SCHEME.finditer(text):
        if found[1].lower() not in ("http", "https"):
            yield Finding("link", reasons.SCHEME(scheme=found[1]))
    if _SCRIPT.search(text):
        yield Finding("link", reasons.SCRIPT)
    for found in _SHORT.finditer(text):
        yield Finding("short link", reasons.SHORT_LINK(host=found[1].lower()))
    for found in _LINK.finditer(text):
        host, user = _host(found[0])
        if user:
            yield Finding("link", reasons.LINK_WITH_NAME)
        elif _INSIDE.search(host) or not host:
            yield Finding("inside link", reasons.INSIDE_LINK(host=host) if host else reasons.INSIDE_LINK_UNREAD)


def _host(link: str) -> tuple[str, bool]:
    """The host in lower case (empty when there is none that can be read), and whether a user name stands before it."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return "", False
    return (parts.hostname or "").rstrip(".").lower(), "@" in parts.netloc


def _private(text: str, known: str) -> Iterator[Finding]:
    """Private data; a place in the text is reported once, by the surest rule."""
    rest = _LINK.sub(lambda link: " " * len(link[0]), text)
    for rule, block, message, spans in _SURE_FIRST:
        taken = [span for span in spans(rest) if rest[slice(*span)] not in known]
        if taken:
            yield Finding(rule, message, blocks=block)
        for start, end in taken:
            rest = rest[:start] + " " * (end - start) + rest[end:]


def _cards(text: str) -> Iterator[tuple[int, int]]:
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if _CARD_PREFIX.match(digits) and luhn.is_valid(digits) and len(set(digits)) > 1:
            yield found.span()


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    for found in _IBAN.finditer(text):
        words = found[0].split(" ")
        for count in range(len(words), 0, -1):  # the pattern may have taken a word that follows
            candidate = " ".join(words[:count])
            if iban.is_valid(candidate):
                yield found.start(), found.start() + len(candidate)
                break


def _ssns(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _SSN.finditer(text) if ssn.is_valid(found[0]))


def _mailboxes(text: str) -> Iterator[tuple[int, int]]:
    for found in _EMAIL.finditer(text):
        if _MAILBOXES.match(found[2].lower()):
            yield found.span()


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    for found in _EMAIL.finditer(text):
        if re.split(r"[.+_-]", found[1].lower())[0] not in _DESKS:
            yield found.span()


def _phones(text: str) -> Iterator[tuple[int, int]]:
    """Numbers that somebody would be reached at; free and service numbers are public and pass."""
    for region in (None, "US", "GB"):
        leniency = phonenumbers.Leniency.VALID if region is None else phonenumbers.Leniency.STRICT_GROUPING
        for match in phonenumbers.PhoneNumberMatcher(text, region, leniency=leniency, max_tries=50):
            plain = match.raw_string.strip().isdigit()
            if not plain and phonenumbers.number_type(match.number) not in _PUBLIC_NUMBERS:
                yield match.start, match.end


def _references(text: str) -> Iterator[tuple[int, int]]:
    return (found.span(1) for found in _REFERENCE.finditer(text) if sum(c.isdigit() for c in found[1]) >= 5)


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in _LONG_NUMBER.finditer(text))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


_SURE_FIRST = (
    ("card number", True, reasons.CARD_NUMBER, _cards),
    ("bank account", True, reasons.BANK_ACCOUNT, _ibans),
    ("social security", True, reasons.SOCIAL_SECURITY, _ssns),
    ("e-mail", True, reasons.OWN_ADDRESS, _mailboxes),
    ("e-mail", False, reasons.SOME_ADDRESS, _addresses),
    ("phone", False, reasons.PHONE, _phones),
    (
        "reference",
        False,
        reasons.REFERENCE,
        _references,
    ),
    ("reference", False, reasons.LONG_NUMBER, _numbers),
)
"""Rule, whether it blocks, message, and where: the surest first."""
