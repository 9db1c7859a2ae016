"""What the network forbids or shows badly: length, mentions, Slack's signs, characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from twelp.flow.gate.reading import LINK
from twelp.flow.gate.rule import Draft, Hit, Span, rule
from twelp.model import FindingLevel
from twelp.texts import reasons

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


@rule("empty", FindingLevel.REFUSE, reasons.EMPTY, rank=1)
def empty(draft: Draft) -> Iterator[Span]:
    if not any(unicodedata.category(character)[0] in "LN" for character in draft.answer.text):
        yield 0, 0


@rule("unseen", FindingLevel.REFUSE, reasons.UNSEEN, rank=2)
def unseen(draft: Draft) -> Iterator[Span]:
    if found := _UNSEEN.search(draft.answer.text):
        yield found.span()


@rule("slack markup", FindingLevel.REFUSE, reasons.SLACK_CODE, rank=3)
def slack_markup(draft: Draft) -> Iterator[Span | Hit]:
    """Slack's ways of writing that the public would see as they are."""
    text = draft.answer.text
    for found in _SLACK_REFERENCE.finditer(text):
        yield Hit(*found.span(), reasons.SLACK_REFERENCE(words=_short(found[0])))
    for found in _SLACK_EMOJI.finditer(_blanked(LINK, text)):
        yield Hit(*found.span(), reasons.SLACK_EMOJI(words=found[0]))
    for found in _SLACK_BOLD.finditer(text):
        yield Hit(*found.span(), reasons.SLACK_BOLD(words=_short(found[0])))
    if (at := text.find("```")) >= 0:
        yield at, at + 3


@rule("mention", FindingLevel.REFUSE, reasons.MENTION, rank=4)
def mentions(draft: Draft) -> Iterator[Hit]:
    network = draft.network
    if network is None or network.may_mention_others:
        return
    text, at = _blanked(_SLACK_REFERENCE, draft.answer.text), 0
    for name in network.find_mentions(text):
        at = max(text.find(name, at), 1)
        yield Hit(at - 1, at + len(name), reasons.MENTION(network=network.display_name, name=name))


@rule("cashtags", FindingLevel.REFUSE, reasons.CASHTAGS, rank=5)
def cashtags(draft: Draft) -> Iterator[Hit]:
    most = draft.network.most_cashtags if draft.network else None
    found = list(_CASHTAG.finditer(draft.answer.text))
    if draft.network and most is not None and len({tag[0].upper() for tag in found}) > most:
        yield Hit(*found[-1].span(), reasons.CASHTAGS(network=draft.network.display_name, count=most))


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: " " * len(found[0]), text)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
