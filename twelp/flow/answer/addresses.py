"""Slack's `<address|words>` and Markdown's `[words](address)`: the words and the address, as people write them.

A mention of a person, a channel or everybody (`<@U1>`, `<#C1|name>`, `<!here>`) has no public form: it stays, and the
gate asks for other words.
Source: docs.slack.dev/messaging/formatting-message-text, special parsing.
"""

from __future__ import annotations

import re
from typing import Final

from twelp.flow.answer.cleaning import unescaped
from twelp.texts import reasons

_REFERENCE = re.compile(
    r"<((?:https?://|mailto:|tel:)[^<>|\n]{1,2000}|!date\^[^<>|\n]{1,2000})(?:\|([^<>\n]{0,500}))?>", re.IGNORECASE
)
_MARKDOWN = re.compile(
    r"(?<![\w!\]])!?\[(?! )([^\[\]\n]{1,300})\]\(\s?<?((?:https?://|mailto:|tel:)?[^\s()<>]{1,2000}(?:\([^\s()<>]{0,200}\)"
    r"[^\s()<>]{0,500})?)>?(?:\s+[\"'“][^\"\n]{0,200}[\"'”])?\s?\)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"(?:https?://(?:www\.)?|mailto:|tel:)", re.IGNORECASE)
_IS_ADDRESS = re.compile(
    r"(?:https?://|mailto:|tel:)\S|(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}(?:[/?#:]\S*)?$", re.IGNORECASE
)
_SHOWN: Final = 40


def from_message(text: str) -> str:
    """The text of a Slack message as somebody would have typed it: Slack's escapes turned back, once.

    What Slack made a link of by itself is as it was typed. Words that hold an escape of their own are put beside their
    address here, as nobody could tell later where they end.

    >>> from_message("see <https://volt.example/arc|this page> &amp; <http://volt.com|volt.com>")
    'see <https://volt.example/arc|this page> & volt.com'
    """
    return unescaped(_REFERENCE.sub(_kept_apart, text))


def _kept_apart(found: re.Match[str]) -> str:
    spelt = _spelt(found, [])
    return spelt if spelt == found[2] or re.search("&[lg]t;", found[0]) else found[0]


def resolve(text: str, changes: list[str]) -> str:
    """The text with words and addresses in place of references; what was changed is added to `changes`."""
    text = _REFERENCE.sub(lambda found: _spelt(found, changes), text)
    return _MARKDOWN.sub(lambda found: _marked(found, changes), text)


def _spelt(found: re.Match[str], changes: list[str]) -> str:
    address, words = found[1], (found[2] or "").strip()
    instead = (words or found[0]) if address.startswith("!") else _beside(words, address)
    if words and instead != words:
        changes.append(_changed(found[0], instead))
    return instead


def _marked(found: re.Match[str], changes: list[str]) -> str:
    if not _IS_ADDRESS.match(found[2]):
        return found[0]
    instead = _beside(found[1].strip(), found[2])
    changes.append(_changed(found[0], instead))
    return instead


def _beside(words: str, address: str) -> str:
    """Words and address; one of them where both say the same, as where Slack made a link of what somebody typed."""
    bare = re.sub(r"^(?:mailto|tel):", "", address, flags=re.IGNORECASE)
    if not words or words == address:
        return bare
    if _same(words) == _same(address):
        return words
    return words if words.endswith(bare) else f"{words} {bare}"


def _same(address: str) -> str:
    return re.sub(r"[\s()-]", "", _SCHEME.sub("", address, count=1)).rstrip("/").lower()


def _changed(was: str, instead: str) -> str:
    return reasons.BECAME(words=_short(was), instead=_short(instead))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
