"""Addresses that lead where customers cannot or should not go: inside the company, hidden, or to strangers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final
from urllib.parse import urlsplit

from twelp.flow.gate.phrases import Phrases
from twelp.flow.gate.reading import LINK
from twelp.flow.gate.rule import Draft, Hit, Span, rule
from twelp.model import FindingLevel
from twelp.texts import gate as texts
from twelp.texts import reasons

_SCHEME = re.compile(r"(?<![A-Za-z0-9+.-])([A-Za-z][A-Za-z0-9+.-]{1,15})://")
_SCRIPT = re.compile(r"(?<![\w-])(?:javascript|vbscript|data):(?=[^\s])[^\s]{0,40}[(;,/]", re.IGNORECASE)
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
_INSIDE_HOST: Final = re.compile(
    r"(?:^|\.)(?:slack\.com|slack-files\.com|sharepoint\.com|atlassian\.net|internal|intranet|corp|local|lan|localhost|"
    r"localdomain|home\.arpa|notion\.so|lightning\.force\.com|my\.salesforce\.com|service-now\.com|"
    r"onelogin\.com|okta\.com|"
    r"miro\.com|figma\.com|asana\.com|trello\.com|monday\.com|airtable\.com|docs\.google\.com|drive\.google\.com|"
    r"sheets\.google\.com|meet\.google\.com|teams\.microsoft\.com|onedrive\.live\.com|1drv\.ms|wetransfer\.com)$"
    r"|^(?:admin|crm|erp|extranet)\.(?!google|microsoft|shopify|wordpress|gov)[^.]+\.[^.]+"
    r"|^(?:intranet|jira|confluence|sharepoint|jenkins|kibana|vpn|backoffice|staging|preprod|uat|citrix)(?:[.-]|$)",
    re.IGNORECASE,
)
_INSIDE_PATH = re.compile(
    r"(?:zendesk\.com/agent|freshdesk\.com/a/|intercom\.(?:io|com)/a/|hubspot\.com/contacts|gorgias\.com|"
    r"/wp-admin|/agent/tickets)"
)
_INSIDE_NAME: Final = re.compile(
    r"^(?:wiki|dev|stage|test|qa|admin|crm|erp|sap|gitlab|git|grafana|extranet|internal|intern|interno|hr|"
    r"kb-int|int)[.-]"
)
"""Inside where the rest is one of the company's own domains."""

_BARE = re.compile(
    r"(?<![\w.@/-])(?:(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}|localhost|intranet|go|wiki|jira|"
    r"confluence|sharepoint)"
    r"(?::\d{2,5})?(?:/[^\s<>\"'“”）)]*)?(?![\w@])",
    re.IGNORECASE,
)
_PRIVATE_IP = re.compile(
    r"(?<![\w.])(?:https?://)?(10\.\d{1,3}\.\d{1,3}\.\d{1,3}|192\.168\.\d{1,3}\.\d{1,3}|172\.(?:1[6-9]|2\d|"
    r"3[01])\.\d{1,3}\.\d{1,3}|"
    r"127\.\d{1,3}\.\d{1,3}\.\d{1,3})(:\d{2,5})?(/[^\s]+)?(?![\w.]*\d)"
)
_ROUTERS = re.compile(
    r"192\.168\.(?:0|1|2|8|10|31|50|68|86|88|100|178|179|4)\.(?:1|2|254|100|50)$|10\.0\.0\.(?:1|2|138|254)$|"
    r"10\.1\.1\.1$|"
    r"172\.16\.0\.1$|10\.10\.10\.1$|192\.168\.\d{1,3}\.1$|127\.0\.0\.1$"
)
_UNC = re.compile(
    r"(?<![\w\\])\\\\[A-Za-z0-9][\w.-]{1,40}\\[\w$. -]{1,60}|(?<![A-Za-z0-9])[A-Z]:\\(?:Shared|Teams?|Intern|"
    r"Depart)[\w\\ .-]*"
)
_TOOLS = Phrases.of("links-tools")
_KEY = re.compile(r"(?<![A-Za-z0-9-])(?:JIRA|[A-Z]{3,8})-\d{2,6}(?![\w-])")
_KEY_WORDS = Phrases(spaced="jira|ticket|backlog|sprint|bug|issue|tracked|confluence|epic|story")


@rule("link", FindingLevel.REFUSE, reasons.SCRIPT, rank=50)
def schemes(draft: Draft) -> Iterator[Span | Hit]:
    """Addresses that open nothing for customers, or run something."""
    text = draft.answer.text
    for found in _SCHEME.finditer(text):
        if found[1].lower() not in ("http", "https"):
            yield Hit(*found.span(), reasons.SCHEME(scheme=found[1]))
    if found_script := _SCRIPT.search(text):
        yield found_script.span()


@rule("short link", FindingLevel.REFUSE, reasons.SHORT_LINK, rank=51)
def short_links(draft: Draft) -> Iterator[Hit]:
    for found in _SHORT.finditer(draft.answer.text):
        yield Hit(*found.span(1), reasons.SHORT_LINK(host=found[1].lower()))


@rule("inside link", FindingLevel.REFUSE, reasons.INSIDE_LINK_UNREAD, rank=52, private=True)
def inside_links(draft: Draft) -> Iterator[Span | Hit]:
    """Addresses that open for colleagues only, with or without `https://`."""
    own = draft.setting.links
    for found in LINK.finditer(draft.answer.plain):
        host, user = _host(found[0])
        if user:
            yield Hit(*found.span(), reasons.LINK_WITH_NAME)
        elif not host:
            yield found.span()
        elif _inside(host, own) or _INSIDE_PATH.search(found[0].lower()):
            yield Hit(*found.span(), reasons.INSIDE_LINK(host=_shown(host)))
    for found in _BARE.finditer(draft.answer.quiet):
        words = found[0]
        host, _ = _host(f"https://{words}")
        if "." not in host and "/" not in words and ":" not in words:
            continue  # the mere word
        if host == "go" and not re.match(r"go/[a-z][\w-]{2,}", words):
            continue
        if _inside(host, own) or host == "go" or _INSIDE_PATH.search(words.lower()):
            yield Hit(*found.span(), reasons.INSIDE_LINK(host=_shown(host)))
    for found in _PRIVATE_IP.finditer(draft.answer.plain):
        if found[2] or (found[3] and len(found[3]) > 1) or not _ROUTERS.match(found[1]):
            yield Hit(*found.span(), reasons.INSIDE_LINK(host=found[1]))
    yield from (found.span() for found in _UNC.finditer(draft.answer.text))


@rule("inside", FindingLevel.SECOND_PAIR, texts.INSIDE_TOOL, rank=56)
def inside_tools(draft: Draft) -> Iterator[Span]:
    """Talk of tools that only colleagues have."""
    low = draft.answer.low_quiet
    yield from (found.span() for found in _TOOLS.finditer(low))
    if _KEY_WORDS.search(low):
        yield from (found.span() for found in _KEY.finditer(draft.answer.quiet))


_STRANGERS = re.compile(
    r"(?<![\w@-])(?:[a-z0-9-]{1,63}\.)+(?:xyz|top|click|icu|cyou|buzz|tk|ml|ga|cf|gq|work|loan|win|bid|"
    r"download|racing|party|rest|"
    r"monster|quest|sbs|cfd)(?![\w.-]*\w)|(?<![\w-])(?:[a-z0-9-]+\.)?(?:blogspot|wordpress|wixsite|weebly|"
    r"tumblr|pastebin|mediafire|"
    r"4shared|sendspace|rapidgator|anonfiles)\.com(?!\w)|(?<![\w.-])mega\.nz(?!\w)"
)
"""Where anybody publishes, or hardly anybody but cheats does: asked about even without a list."""


@rule("unknown link", FindingLevel.SECOND_PAIR, texts.STRANGERS_LINK, rank=56, private=True)
def strangers(draft: Draft) -> Iterator[Span]:
    low = draft.answer.low
    for found in _STRANGERS.finditer(low):
        if not _known(found[0], draft.setting.links):
            yield found.span()


@rule("unknown link", FindingLevel.SECOND_PAIR, reasons.STRANGE_LINK, rank=57, private=True)
def unknown_links(draft: Draft) -> Iterator[Hit]:
    """Links to domains that are not on the company's list, where there is one."""
    own = draft.setting.links
    if not own:
        return
    for found in LINK.finditer(draft.answer.plain):
        host, _ = _host(found[0])
        if host and not _known(host, own):
            yield Hit(*found.span(), reasons.STRANGE_LINK(host=_shown(host)))
    for found in _WWW.finditer(draft.answer.quiet):
        host, _ = _host(f"https://{found[0]}")
        if host and not _known(host, own):
            yield Hit(*found.span(), reasons.STRANGE_LINK(host=_shown(host)))


_WWW = re.compile(
    r"(?<![\w.@/-])(?:www\.(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}|(?:[a-z0-9-]{2,63}\.)+(?:com|net|org|info|biz|"
    r"shop|store|xyz|example|io|"
    r"co\.uk|online|site|top|click|ly|ru|cn|de|fr|it|es|nl|pt|eu|co)(?=/[A-Za-z0-9]))(?:/[^\s<>\"'“”）)]*)?",
    re.IGNORECASE,
)


def _inside(host: str, own: Collection[str]) -> bool:
    return bool(_INSIDE_HOST.search(host)) or (_known(host, own) and bool(_INSIDE_NAME.match(host)))


def _known(host: str, own: Collection[str]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in map(str.lower, own))


def _host(link: str) -> tuple[str, bool]:
    """The host in lower case (empty: none can be read), and whether a user name stands before it."""
    try:
        parts = urlsplit(link)
        return (parts.hostname or "").rstrip(".").lower(), "@" in parts.netloc
    except ValueError:
        return "", False


def _shown(host: str) -> str:
    return host if len(host) <= 40 else host[:39] + "…"
