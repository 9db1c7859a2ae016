"""The windows in which somebody decides on an answer, with that answer in them word for word.

What is decided there is about the answer that the window shows: its marks travel in `private_metadata`.
"""

from __future__ import annotations

from typing import Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack import cards
from twelp.adapters.slack.blocks import Block
from twelp.adapters.slack.modal import BACK, NOTE, NOTE_BLOCK, NOTE_LIMIT, View
from twelp.adapters.slack.pointed import context_blocks
from twelp.adapters.slack.window_parts import noted
from twelp.adapters.slack.window_state import TEXT_LIMIT, drafted, pack
from twelp.flow.answer import differences
from twelp.model import Card, Preview
from twelp.texts import slack as texts

APPROVED: Final = "twelp_approved"
CHANGED: Final = "twelp_changed"
CHANGE_APPROVED: Final = "twelp_change_approved"
CHANGED_TEXT: Final = "twelp_changed_text"
DROPPED: Final = "twelp_dropped"


def note_view(card: Card) -> View:
    """The small window in which a moderator says why an answer goes back."""
    element = {"type": "plain_text_input", "action_id": NOTE, "multiline": True, "max_length": NOTE_LIMIT}
    note: Block = {
        "type": "input",
        "block_id": NOTE_BLOCK,
        "label": kit.plain(texts.BACK_LABEL),
        "hint": kit.plain(texts.BACK_HINT),
        "element": element,
    }
    return decide_view(BACK, card, (texts.BACK_TITLE, texts.SEND_BACK, texts.CANCEL), note)


def drop_view(card: Card) -> View:
    """The small window in which a moderator says why an answer is not posted by hand."""
    element = {"type": "plain_text_input", "action_id": NOTE, "multiline": True, "max_length": NOTE_LIMIT}
    note: Block = {
        "type": "input",
        "block_id": NOTE_BLOCK,
        "label": kit.plain(texts.DROP_LABEL),
        "hint": kit.plain(texts.DROP_HINT),
        "element": element,
    }
    return decide_view(DROPPED, card, (texts.DROP_TITLE, texts.DROP, texts.CANCEL), note)


def approve_view(card: Card) -> View:
    """The window that shows a held answer whole, where a card has no room for all of it, and lets it pass."""
    question = cards.question_block(card.post, card.topic, card.network, whole=True)
    view = decide_view(APPROVED, card, (texts.APPROVE_TITLE, texts.APPROVE, texts.CANCEL))
    why = [kit.bullets(kit.line(reason, 600) for reason in card.reasons)] if card.reasons else []
    held = [kit.rich("why", kit.paragraph(kit.words(texts.HELD_BECAUSE)), *why)] if why else []
    return view | {
        "blocks": [
            question,
            *context_blocks(card.post, whole=True),
            *cards.since_block(card, whole=True),
            *view["blocks"],
            *held,
        ]
    }


def change_view(card: Card) -> View:
    """The window in which a second person changes a held answer."""
    element = {
        "type": "plain_text_input",
        "action_id": CHANGED_TEXT,
        "multiline": True,
        "max_length": TEXT_LIMIT,
        "initial_value": card.text[:TEXT_LIMIT],
    }
    words: Block = {
        "type": "input",
        "block_id": drafted(card.text[:TEXT_LIMIT], "changed"),
        "label": kit.plain(texts.CHANGE_LABEL),
        "hint": kit.plain(texts.CHANGE_HINT),
        "element": element if card.text else {k: v for k, v in element.items() if k != "initial_value"},
    }
    question = cards.question_block(card.post, card.topic, card.network, whole=True)
    view = decide_view(CHANGED, card, (texts.CHANGE_TITLE, texts.PREVIEW, texts.CANCEL), words)
    return view | {"blocks": [question, *context_blocks(card.post, whole=True), *view["blocks"]]}


def changed_view(card: Card, text: str, preview: Preview, seen: str) -> View:
    """The changed answer exactly as it will be public, and what is different."""
    shown = [kit.paragraph(kit.words(texts.CONFIRM_LEAD)), *kit.posts(preview.posts, whole=True)]
    made = differences(card.text, preview.text)
    changes = (
        [kit.paragraph(kit.words(texts.CHANGED_LEAD)), kit.bullets(kit.line(one, 600) for one in made)] if made else []
    )
    return {
        "type": "modal",
        "callback_id": CHANGE_APPROVED,
        "title": kit.label(texts.APPROVE_TITLE),
        "submit": kit.label(texts.APPROVE),
        "close": kit.label(texts.BACK),
        "private_metadata": pack(card.question, text, seen=seen),
        "blocks": [*noted(card.note), kit.rich("public", *shown, *changes)],
    }


def decide_view(callback: str, card: Card, words: tuple[str, str, str], *more: Block) -> View:
    """A window about the card's answer; `words`: its title, its button, and what closes it."""
    title, submit, close = words
    answer = kit.rich("answer", *cards.answer_text(card, whole=True))
    return {
        "type": "modal",
        "callback_id": callback,
        "title": kit.label(title),
        "submit": kit.label(submit),
        "close": kit.label(close),
        "private_metadata": pack(card.question, seen=card.seen),
        "blocks": [*noted(card.note), answer, *more],
    }
