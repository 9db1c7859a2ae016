"""The windows in which a case for people is ended: handled, or none after all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack import cards, crisis_parts
from twelp.adapters.slack.blocks import Block
from twelp.adapters.slack.modal import View
from twelp.adapters.slack.window_parts import noted
from twelp.adapters.slack.window_state import pack
from twelp.model import Card
from twelp.texts import slack as texts

HANDLED: Final = "twelp_handled"
CLEARED: Final = "twelp_all_clear"
HOW_BLOCK: Final = "how"
HOW: Final = "twelp_how"
NEXT_BLOCK: Final = "next"
NEXT: Final = "twelp_next"

_HOW_MOST: Final = 300
_ASK: Final = "ask"
_LEAVE: Final = "leave"


def handle_view(card: Card) -> View:
    """How was it handled?"""
    element = {"type": "plain_text_input", "action_id": HOW, "max_length": _HOW_MOST}
    how: Block = {
        "type": "input",
        "block_id": HOW_BLOCK,
        "label": kit.plain(texts.HANDLE_LABEL),
        "hint": kit.plain(texts.HANDLE_HINT),
        "element": element,
    }
    return _view(HANDLED, card, texts.HANDLE_TITLE, how)


def clear_view(card: Card) -> View:
    """It is no crisis: does the post go on as a question, or is it left?"""
    options = [
        {"text": kit.plain(text), "value": word}
        for word, text in ((_ASK, texts.NO_CRISIS_ASK), (_LEAVE, texts.NO_CRISIS_LEAVE))
    ]
    choice: Block = {
        "type": "input",
        "block_id": NEXT_BLOCK,
        "label": kit.plain(texts.NO_CRISIS_LABEL),
        "hint": kit.plain(texts.NO_CRISIS_HINT),
        "element": {"type": "static_select", "action_id": NEXT, "options": options},
    }
    return _view(CLEARED, card, texts.NO_CRISIS_TITLE, choice)


def goes_on(view: Mapping[str, Any]) -> bool:
    """Whether the moderator chose that the post goes on as a question."""
    chosen = view.get("state", {}).get("values", {}).get(NEXT_BLOCK, {}).get(NEXT, {})
    return bool((chosen.get("selected_option") or {}).get("value") == _ASK)


def _view(callback: str, card: Card, title: str, asked: Block) -> View:
    crisis = card.crisis
    shown = [crisis_parts.brief("case", card, crisis)] if crisis is not None else []
    return {
        "type": "modal",
        "callback_id": callback,
        "title": kit.label(title),
        "submit": kit.label(texts.SAVE),
        "close": kit.label(texts.CANCEL),
        "private_metadata": pack(card.question, seen=card.seen),
        "blocks": [*noted(card.note), *shown, *cards.since_block(card, whole=True), asked],
    }
