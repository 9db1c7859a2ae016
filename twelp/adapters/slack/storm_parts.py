"""A storm on a moderator's card: how many ask, how many are usual, the curve, and what can be done about it."""

from __future__ import annotations

from typing import Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack.blocks import Block
from twelp.model import Card, StormState
from twelp.texts import slack as texts

HOLD: Final = "twelp_storm_hold"
NO_STORM: Final = "twelp_storm_none"


def storm_block(card: Card) -> list[Block]:
    """How many ask lately, and how many are usual; with the last two hours as bars."""
    if card.storm is None:
        return []
    storm = card.storm
    said = texts.STORM_RATE(count=storm.lately, normal=f"{storm.normal:.1f}", curve=storm.curve)
    lines = [kit.paragraph(kit.words(said))]
    if storm.over is not None:
        lines.append(
            kit.paragraph(kit.words(texts.STORM_IS_NONE if storm.over is StormState.NONE else texts.STORM_OVER))
        )
    return [kit.rich("storm", *lines)]


def buttons(card: Card, answer: str, value: str) -> list[Block]:
    """One answer for all, as long as it has none; hold the topic; it is no storm."""
    if card.storm is None or card.storm.over is not None:
        return []
    found = [] if card.posts else [kit.button(answer, texts.STORM_ANSWER, value, "primary")]
    if card.storm.topic and not card.storm.held:
        found.append(kit.button(HOLD, texts.STORM_HOLD, value, "danger"))
    return [*found, kit.button(NO_STORM, texts.STORM_NONE, value)]
