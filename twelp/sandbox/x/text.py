"""What X sees in a post's text: its weighted length, mentions, links and tags, and how the API spells it.

Rules: 280 weighted characters, NFC, a link counts 23, CJK and emoji 2; links are replaced by ``t.co`` addresses; ``&``,
``<`` and ``>`` arrive HTML-escaped and entity positions count code points of the text as it arrives.
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from types import ModuleType
from typing import Any, Final

# The library reads a file of its own through pkg_resources, which newer Pythons and setuptools no longer bring and
# which warned where they did; while it loads, it is lent the one function it needs of it.
_LENT: Final = ModuleType("pkg_resources")
vars(_LENT)["resource_string"] = lambda module, name: (files(module.rpartition(".")[0]) / name).read_bytes()
_LENDS: Final = sys.modules.setdefault(_LENT.__name__, _LENT) is _LENT
try:
    from twitter_text import extract_urls_with_indices, parse_tweet
finally:
    if _LENDS:
        del sys.modules[_LENT.__name__]

MAX_WEIGHT: Final = 280
MAX_CHARS: Final = 25_000
"""The longest post of any paying account; such posts reach readers of the API cut, with the whole in ``note_tweet``."""

_MENTION: Final = re.compile(r"(?<![A-Za-z0-9_!#$%&*@＠/])[@＠]([A-Za-z0-9_]{1,15})(?![A-Za-z0-9_@＠]|://)")
_LEADING: Final = re.compile(r"(?:[@＠][A-Za-z0-9_]{1,15}(?![A-Za-z0-9_@＠])\s*)+")
_HASHTAG: Final = re.compile(r"(?<![\w&/])[#＃](\w*[^\W\d_]\w*)")
_CASHTAG: Final = re.compile(r"(?<!\S)\$([A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?)(?=$|\s|[^\w$])")
_LINK: Final = re.compile(r"https?://[^\s<>\"“”]+[^\s<>\"“”.,:;!?)\]}'’]", re.IGNORECASE)
_TOKEN: Final = re.compile(r"\s+|\S+")
_SLOW_TOKEN: Final = 200
"""Longer words are not given to the parser, whose time grows with the square of their length."""
_INVALID: Final = re.compile("[\ufffe\uffff\ufeff\ud800-\udfff]")


def mentions(text: str) -> Iterator[tuple[str, int, int]]:
    """Each @mention in `text` as (handle as written, start, end); those inside links are not mentions."""
    if "@" not in text and "＠" not in text:
        return
    links = [(start, end) for _, start, end in _links(text)]
    for found in _MENTION.finditer(text):
        if not any(start <= found.start() < end for start, end in links):
            yield found[1], found.start(), found.end()


def leading_mentions(text: str) -> tuple[list[str], str]:
    """The handles that begin `text`, and the rest of it."""
    found = _LEADING.match(text)
    if found is None:
        return [], text
    return re.findall(r"[@＠]([A-Za-z0-9_]+)", found[0]), text[found.end() :]


def has_invalid_characters(text: str) -> bool:
    """Whether `text` holds code points that X refuses, lone surrogates included."""
    return _INVALID.search(text) is not None


def weigh(text: str) -> int:
    """Weighted length of `text`; counting stops soon above the limit, so that hostile texts cost no time.

    >>> weigh("a 中 https://example.com/a/very/long/path/to/somewhere")
    28
    """
    total = 0
    for token in _TOKEN.findall(unicodedata.normalize("NFC", text)):
        total += _weigh_token(token)
        if total > MAX_WEIGHT:
            break
    return total


def _weigh_token(token: str) -> int:
    if token.isspace():
        return len(token)
    if "." not in token and token.isascii():
        return len(token)
    if len(token) <= _SLOW_TOKEN:
        return int(parse_tweet(token).weightedLength)
    rest = _LINK.sub("", token)
    return 23 * len(_LINK.findall(token)) + sum(1 if ord(c) < 4352 else 2 for c in rest)


def fitting(text: str) -> str:
    """The longest beginning of `text`, cut at a code point, that leaves room for an ellipsis and a link."""
    low, high = 0, min(len(text), MAX_WEIGHT)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if weigh(text[:middle]) <= MAX_WEIGHT - 26 else (low, middle - 1)
    return text[:low].rstrip()


def _links(text: str) -> list[tuple[str, int, int]]:
    """Every link as (address, start, end), in order."""
    if "." not in text:
        return []
    found: list[tuple[str, int, int]] = []
    for token in _TOKEN.finditer(text):
        word, at = token[0], token.start()
        if "." not in word.strip("."):
            continue
        if len(word) <= _SLOW_TOKEN:
            for link in extract_urls_with_indices(word):
                start, end = link["indices"]
                found.append((link["url"], at + start, at + end))
        else:
            found += [(m[0], at + m.start(), at + m.end()) for m in _LINK.finditer(word)]
    return found


def shorten(text: str) -> tuple[str, dict[str, str]]:
    """`text` with its links replaced by ``t.co`` addresses, and what each of those stands for."""
    expanded: dict[str, str] = {}
    parts: list[str] = []
    at = 0
    for link, start, end in _links(text):
        if link.startswith(("https://t.co/", "http://t.co/")):
            continue
        short = short_link(link)
        expanded[short] = link if "://" in link else f"http://{link}"
        parts += [text[at:start], short]
        at = end
    return "".join([*parts, text[at:]]), expanded


def short_link(address: str) -> str:
    """The ``t.co`` address for a link; the same link always gets the same one."""
    return f"https://t.co/{hashlib.sha256(address.encode('utf-8', 'replace')).hexdigest()[:10]}"


def escape(text: str) -> str:
    """`text` as the API spells it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@dataclass(frozen=True, slots=True)
class Entities:
    """What is in an escaped text."""

    text: str
    user_ids: dict[str, str]
    expanded: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """X's ``entities`` object; kinds that do not occur are left out."""
        return {
            kind: found
            for kind, found in (
                ("mentions", list(self._mentions())),
                ("urls", list(self._urls())),
                ("hashtags", [{"start": m.start(), "end": m.end(), "tag": m[1]} for m in _HASHTAG.finditer(self.text)]),
                ("cashtags", [{"start": m.start(), "end": m.end(), "tag": m[1]} for m in _CASHTAG.finditer(self.text)]),
            )
            if found
        }

    def _mentions(self) -> Iterator[dict[str, Any]]:
        for handle, start, end in mentions(self.text):
            if (user_id := self.user_ids.get(handle.lower())) is not None:
                yield {"start": start, "end": end, "username": handle, "id": user_id}

    def _urls(self) -> Iterator[dict[str, Any]]:
        for link, start, end in _links(self.text):
            expanded = self.expanded.get(link, link)
            shown = expanded.partition("://")[2] or expanded
            shown = shown if len(shown) <= 27 else f"{shown[:26]}…"
            yield {"start": start, "end": end, "url": link, "expanded_url": expanded, "display_url": shown}
