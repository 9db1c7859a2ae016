"""What the gate sees in a text, beside the field in which it is written: the words it is about, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack.blocks import Block
from twelp.model import Finding, Preview
from twelp.texts import slack as texts
from twelp.texts.phrase import COMMAS, in_a_row

_MOST: Final = 10
_QUOTED: Final = 60


def of(preview: Preview) -> list[Block]:
    """All of them, those that stop it first."""
    return [
        *listed(preview, texts.MUST_CHANGE, [f for f in preview.findings if f.blocks]),
        *held(preview),
        *listed(preview, texts.BE_SURE, [f for f in preview.findings if not f.blocks and not f.holds]),
    ]


def held(preview: Preview) -> list[Block]:
    """Those for which a second person reads it."""
    return listed(preview, texts.SECOND_LOOK, [f for f in preview.findings if f.holds])


def listed(preview: Preview, lead: str, findings: Sequence[Finding]) -> list[Block]:
    """Each problem once, with all the places it is seen at."""
    if not findings:
        return []
    places: dict[str, list[str]] = {}
    for finding in findings:
        words = preview.text[finding.start : finding.end].strip()
        at = places.setdefault(finding.message, [])
        if words and len(words) <= _QUOTED and words not in at:
            at.append(words)
    lines = (_line(message, words) for message, words in list(places.items())[:_MOST])
    return [kit.paragraph(kit.words(lead)), kit.bullets(kit.line(line, 300) for line in lines)]


def _line(message: str, words: Sequence[str]) -> str:
    if not words:
        return message
    return texts.SEEN_AT(words=in_a_row(COMMAS, [texts.IN_QUOTES(words=word) for word in words]), what=message)
