"""What stands in an answer's way, as cards and the Home tab say it: a pause, or that only a person may post."""

from __future__ import annotations

from typing import Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack.blocks import Block
from twelp.model import Card, CardState, ShownHalt
from twelp.texts import slack as texts

_NAME_LIMIT: Final = 80
_REASON_LIMIT: Final = 200


def paused(halt: ShownHalt) -> list[Block]:
    """Who paused what, when and why, as runs of one line."""
    who, why = kit.words(kit.line(halt.who, _NAME_LIMIT), bold=True), kit.line(halt.reason, _REASON_LIMIT)
    moment = kit.moment(halt.since)
    if halt.topic is None:
        said = kit.sentence(texts.PAUSED_ALL, who=who, moment=moment, why=why)
    else:
        topic = kit.line(halt.topic, _NAME_LIMIT)
        said = kit.sentence(texts.PAUSED_TOPIC, who=who, topic=topic, moment=moment, why=why)
    if halt.resuming is None:
        return said
    return kit.spaced([said, kit.sentence(texts.RESUMING, who=kit.line(halt.resuming, _NAME_LIMIT))])


def headline(card: Card) -> str:
    """A card's first line: what goes out soon does not while it is paused."""
    if card.paused is not None and card.state in (CardState.PUBLISHING, CardState.HOLD):
        return texts.PAUSED_HEADLINE
    return texts.HEADLINES[card.state]


def paused_block(card: Card) -> list[Block]:
    """The line of the pause that stops a card's question, if one does."""
    return [] if card.paused is None else [kit.rich("paused", kit.paragraph(*paused(card.paused)))]


def by_hand_block(card: Card) -> list[Block]:
    """The line that tells who answers that a moderator posts it."""
    return [kit.rich("by_hand", kit.paragraph(kit.words(texts.ONLY_BY_HAND)))] if card.by_hand else []
