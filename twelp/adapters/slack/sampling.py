"""The buttons of a post that was dropped and is shown to a moderator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack.blocks import Block
from twelp.model import Card, CardState
from twelp.texts import notes
from twelp.texts import slack as texts

FOR_US: Final = "twelp_for_us"
NOT_FOR_US: Final = "twelp_not_for_us"
DANGEROUS: Final = "twelp_dangerous"
ALL: Final = frozenset((FOR_US, NOT_FOR_US, DANGEROUS))


def buttons(value: str) -> list[Block]:
    """What it is: for us, not for us, danger."""
    return [
        kit.button(FOR_US, notes.IS_FOR_US, value, "primary"),
        kit.button(NOT_FOR_US, notes.NOT_FOR_US, value),
        kit.button(DANGEROUS, texts.DANGEROUS, value, "danger"),
    ]


def title(cards: Sequence[Card]) -> str:
    """What a message with these cards is about: what was dropped, or what was asked meanwhile."""
    sample = any(card.state is CardState.SAMPLE for card in cards)
    return (notes.SAMPLE if sample else texts.DIGEST)(count=len(cards))
