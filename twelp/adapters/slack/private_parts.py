"""What the card of a public question adds where its customer was asked to write privately."""

from __future__ import annotations

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack.blocks import Block
from twelp.model import Card, PrivateState
from twelp.texts import private
from twelp.texts.phrase import COMMAS, in_a_row


def of(card: Card) -> list[Block]:
    """How it stands with the private message; nothing where nobody waits for one."""
    if card.privately is None:
        return []
    said: str = private.PUBLIC_CARD[card.privately.value]
    if card.privately is PrivateState.INVITED:
        form = private.PUBLIC_CARD[card.privately.value]
        said = form(network=card.network, ways=in_a_row(COMMAS, card.ways))
    return [kit.rich("private", kit.paragraph(kit.words(kit.legible(said, 1_000))))]
