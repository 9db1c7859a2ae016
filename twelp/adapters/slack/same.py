"""Several ask the same: how a card and the window of an answer say it."""

from __future__ import annotations

from typing import Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack.blocks import Block
from twelp.model import Card, CardState, Preview
from twelp.texts import slack as texts

SPLIT: Final = "twelp_split"

_SHORT: Final = 200
_SPLIT_IN: Final = (CardState.ASKED, CardState.YOURS, CardState.HOLD, CardState.REVIEW, CardState.REVIEWING)


def askers_blocks(card: Card) -> list[Block]:
    """How many ask the same, with the latest of them; each can be split off with one tap."""
    if card.askers < 2:
        return []
    found = [kit.rich("askers", kit.paragraph(kit.words(texts.ASKERS(count=card.askers), bold=True)))]
    if card.state not in _SPLIT_IN:
        return found
    for number, (question, post) in enumerate(card.also):
        words = texts.WORDS_GONE if post.gone else post.own_text
        found.append(kit.rich(f"same{number}", kit.quote(kit.line(words, _SHORT))))
        found.append(kit.actions(f"split{number}", [kit.button(SPLIT, texts.NOT_THE_SAME, question)]))
    return found


def variants_blocks(preview: Preview) -> list[Block]:
    """Word for word what the others get who ask the same."""
    if preview.others < 1:
        return []
    if not preview.variants:
        return [kit.paragraph(kit.words(texts.NOT_FOR_OTHERS(count=preview.others)))]
    lead = texts.FOR_OTHERS(count=preview.others, handle=texts.THEIR_HANDLE)
    shown = tuple(one.replace("{handle}", texts.THEIR_HANDLE) for one in preview.variants)
    return [kit.paragraph(kit.words(lead)), *kit.posts(shown, whole=True)]
