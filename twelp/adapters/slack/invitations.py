"""The invitation to take part, and the window with the rules."""

from __future__ import annotations

from typing import Final

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack.blocks import Block
from twelp.adapters.slack.cards import Message
from twelp.adapters.slack.modal import View
from twelp.adapters.slack.window_state import pack
from twelp.model import Invitation, Membership, Rules
from twelp.texts import slack as texts

READ_RULES: Final = "twelp_rules"
ACCEPT: Final = "twelp_accept"

_PARAGRAPHS: Final = 80


def invitation(said: Invitation) -> Message:
    """The invitation as a message: what it is about, and one button while there is something to accept."""
    brand = kit.line(said.brand, 80)
    headline: str
    line: str
    if said.membership is Membership.ENROLLED:
        headline, line = texts.JOINED, texts.JOINED_LINE
    elif said.membership is Membership.LEFT:
        headline, line = texts.WENT, texts.WENT_LINE
    elif said.again:
        headline, line = texts.INVITED_AGAIN, texts.INVITED_AGAIN_LINE
    else:
        headline, line = texts.INVITED(brand=brand), texts.INVITED_LINE(brand=brand)
    shown: list[Block] = [kit.paragraph(kit.words(line))]
    if said.topics and said.membership is Membership.INVITED:
        about = kit.line(texts.ABOUT(topics=said.topics), 1_000)
        shown.append(kit.paragraph(kit.words(f"\n{about}")))
    blocks = [kit.header(headline), kit.rich("invitation", *shown)]
    if said.membership is Membership.INVITED:
        blocks.append(kit.actions("acts", [kit.button(READ_RULES, texts.READ_RULES, "rules", "primary")]))
    return Message(kit.escape(texts.NOTIFICATION_MORE(headline=headline, words=line)), tuple(blocks))


def rules_view(rules: Rules) -> View:
    """The rules to read, and the button that accepts this version of them."""
    lines = [line for line in rules.text.split("\n") if line]
    kept = [*lines[: _PARAGRAPHS - 1], " ".join(lines[_PARAGRAPHS - 1 :])]
    shown = [
        kit.rich(f"rules{n}", kit.paragraph(kit.words(kit.legible(line, 3_000)))) for n, line in enumerate(kept) if line
    ]
    return {
        "type": "modal",
        "callback_id": ACCEPT,
        "title": kit.label(texts.RULES_TITLE),
        "submit": kit.label(texts.ACCEPT),
        "close": kit.label(texts.CANCEL),
        "private_metadata": pack(rules.version),
        "blocks": shown,
    }
