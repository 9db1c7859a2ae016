"""How a person reads a card: which buttons it has, by what is written on them, and what the customer asked.

Nothing here knows how the app under test builds its cards: buttons are found by their label, the question is what is
quoted, and whatever has an unknown shape is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from twelp.sandbox.slack.workspace import Message

Block = dict[str, Any]


class Wish(Enum):
    """What a button does for the person who presses it."""

    ANSWER = "answer"
    CLAIM = "claim"
    NOT_ME = "not me"
    APPROVE = "approve"
    JOIN = "join"


_LABELS: Final = {
    Wish.APPROVE: re.compile(r"approve\b"),
    Wish.ANSWER: re.compile(r"(?:write (?:an )?)?answer\b"),
    Wish.CLAIM: re.compile(r"claim\b"),
    Wish.NOT_ME: re.compile(r"not me\b"),
    Wish.JOIN: re.compile(r"(?:read|see|accept) the rules\b|join\b"),
}
_CRISIS: Final = re.compile(r"(?:i take it|handled|not a crisis)\b")
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_REFERENCE: Final = re.compile(r"<(https?://[^|>]+)(?:\|([^>]*))?>")
_MANY: Final = 5_000


@dataclass(frozen=True, slots=True)
class Card:
    """A message that asks something of a person.

    `key` is the same for all copies of one question; `labels` are the buttons as written on them.
    """

    user: str
    channel: str
    ts: str
    question: str
    key: str
    labels: dict[Wish, str]

    @property
    def to_approve(self) -> bool:
        """Whether somebody else's answer is to be looked at."""
        return Wish.APPROVE in self.labels

    @property
    def to_join(self) -> bool:
        """Whether it invites to take part."""
        return Wish.JOIN in self.labels


@dataclass(frozen=True, slots=True)
class Field:
    """A text field of a modal; `live` when the app wants to hear every key."""

    block_id: str
    action_id: str
    live: bool


def read(message: Message, user: str) -> Card | None:
    """The card that a message is for this person; None when there is nothing to press, or nothing for a puppet.

    A crisis is left to people: whoever watches the town sees it wait for a moderator.
    """
    labels = _wishes(message.blocks)
    if any(_CRISIS.match(said) for _, said in _buttons(message.blocks)) or not labels.keys() & {
        Wish.ANSWER,
        Wish.CLAIM,
        Wish.APPROVE,
        Wish.JOIN,
    }:
        return None
    question = _question(message.blocks) or _unescaped(message.text)
    kind = "approve" if Wish.APPROVE in labels else f"join {user}" if Wish.JOIN in labels else "answer"
    return Card(
        user, message.channel, message.ts, question, " ".join((kind, *_links(message.blocks), question)), labels
    )


def text_field(blocks: list[Block]) -> Field | None:
    """The first field of a modal into which an answer can be written."""
    for block in blocks:
        element = block.get("element")
        if block.get("type") == "input" and isinstance(element, dict) and element.get("type") == "plain_text_input":
            return Field(str(block.get("block_id")), str(element.get("action_id")), bool(block.get("dispatch_action")))
    return None


def _wishes(blocks: list[Block]) -> dict[Wish, str]:
    found: dict[Wish, str] = {}
    for label, said in _buttons(blocks):
        for wish, pattern in _LABELS.items():
            if wish not in found and pattern.match(said):
                found[wish] = label
    return found


def _buttons(blocks: list[Block]) -> Iterator[tuple[str, str]]:
    """What is written on each button, and that in small letters without signs."""
    for part in _parts(blocks):
        if part.get("type") == "button":
            label = _string(part.get("text"))
            yield label, re.sub(r"[^\w ]", "", label).strip().casefold()


def _question(blocks: list[Block]) -> str:
    """What the customer wrote last, where the card says so; else the first thing quoted, or all that is written."""
    if latest := _written_since(blocks):
        return latest
    for part in _parts(blocks):
        if part.get("type") == "rich_text_quote" and (quoted := _run(part)):
            return quoted
    written = [_string(part.get("text")) for part in blocks if part.get("type") in ("section", "header")]
    lines = [line for text in written for line in text.splitlines()]
    quoted_lines = [line.lstrip("> ").strip() for line in lines if line.startswith(">")]
    runs = [_run(part) for part in _parts(blocks) if part.get("type") == "rich_text_section"]
    return "\n".join(quoted_lines) or "\n".join(filter(None, [*lines, *runs]))


def _written_since(blocks: list[Block]) -> str:
    """The latest words quoted below a line that says that the customer wrote them since."""
    latest = line = ""
    for part in _parts(blocks):
        if part.get("type") == "rich_text_section":
            line = _run(part)
        elif part.get("type") == "rich_text_quote" and "wrote since" in line:
            latest = _run(part) or latest
    return latest


def _run(part: Block) -> str:
    elements = part.get("elements")
    run = [e for e in elements if isinstance(e, dict)] if isinstance(elements, list) else []
    return "".join(str(e.get("text") or e.get("url") or "") for e in run).strip()


def _links(blocks: list[Block]) -> list[str]:
    """Where the card leads to: part of what tells one question from another with the same words."""
    rich = {str(part["url"]) for part in _parts(blocks) if part.get("type") == "link" and part.get("url")}
    plain = {found[1] for block in blocks for found in _REFERENCE.finditer(_string(block.get("text")))}
    return sorted(rich | plain)


def _string(text: Any) -> str:
    """A text object's text as a person sees it."""
    given = text.get("text") if isinstance(text, dict) else None
    if not isinstance(given, str):
        return ""
    return given if isinstance(text, dict) and text.get("type") == "plain_text" else _unescaped(given)


def _unescaped(text: str) -> str:
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def _parts(blocks: Any) -> Iterator[Block]:
    """Every object in the blocks, in order of appearance, however deep."""
    waiting = [blocks]
    for _ in range(_MANY):
        if not waiting:
            return
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
        inner = list(part.values()) if isinstance(part, dict) else part
        if isinstance(inner, list):
            waiting.extend(reversed(inner))
