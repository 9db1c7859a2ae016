"""Several ask the same: how a card and the window of an answer say it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack.blocks import Block
from twelp.flow import variants as wordings
from twelp.model import Card, CardState, Preview
from twelp.texts import slack as texts
from twelp.texts.phrase import COMMAS, Text, in_a_row

SPLIT: Final = "twelp_split"

_SHORT: Final = 200
_CONFIRMED: Final = (CardState.HOLD, CardState.REVIEW, CardState.REVIEWING)
_SPLIT_IN: Final = (
    *(CardState.ASKED, CardState.YOURS, CardState.HOLD, CardState.REVIEW, CardState.REVIEWING),
    CardState.STORM,
)


def askers_blocks(card: Card) -> list[Block]:
    """How many ask the same, with the latest of them; each can be split off with one tap."""
    if card.askers < 2:
        return []
    found = [kit.rich("askers", kit.paragraph(kit.words(texts.ASKERS(count=card.askers), bold=True)))]
    if card.state in _CONFIRMED and card.variants:
        around = _around(texts.OTHERS_GET, card.variants, card.posts)
        found.append(kit.rich("wordings", kit.paragraph(kit.words(around))))
    if card.state not in _SPLIT_IN:
        return found
    for number, (question, post) in enumerate(card.also):
        words = texts.WORDS_GONE if post.gone else post.own_text
        found.append(kit.rich(f"same{number}", kit.quote(kit.line(words, _SHORT))))
        found.append(kit.actions(f"split{number}", [kit.button(SPLIT, texts.NOT_THE_SAME, question)]))
    return found


def variants_blocks(preview: Preview) -> list[Block]:
    """Word for word what the others get who ask the same; where nobody else asks so far, what would stand around it."""
    if not preview.variants:
        return [kit.paragraph(kit.words(texts.NOT_FOR_OTHERS(count=preview.others)))] if preview.others > 0 else []
    if preview.others < 1:
        return [kit.paragraph(kit.words(_around(texts.IF_OTHERS, preview.variants, preview.posts)))]
    lead = texts.FOR_OTHERS(count=preview.others, handle=texts.THEIR_HANDLE)
    shown = tuple(one.replace(wordings.HANDLE, texts.THEIR_HANDLE) for one in preview.variants)
    return [kit.paragraph(kit.words(lead)), *kit.posts(shown, whole=True)]


def _around(form: Text, variants: Sequence[str], posts: Sequence[str]) -> str:
    ways = (wordings.around(one, posts).replace(wordings.HANDLE, texts.THEIR_HANDLE) for one in variants)
    return form(ways=in_a_row(COMMAS, tuple(f"“{way}”" for way in ways)))
