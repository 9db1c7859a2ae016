"""The people of the town leave a crisis to whoever plays a moderator."""

from __future__ import annotations

from typing import Any

from twelp.sandbox.slack.workspace import Message
from twelp.sandbox.town import reading
from twelp.texts import slack as texts


def card(*labels: str) -> Message:
    buttons: list[dict[str, Any]] = [
        {"type": "button", "action_id": label, "text": {"type": "plain_text", "text": label}} for label in labels
    ]
    quoted = {"type": "section", "text": {"type": "mrkdwn", "text": "&gt; there is smoke coming out of my tv"}}
    return Message("D1", "1.0", "U1", "a post", blocks=[quoted, {"type": "actions", "elements": buttons}])


def test_nobody_presses_a_button_of_a_crisis():
    assert reading.read(card(texts.TAKE, texts.NO_CRISIS, "Answer as a moderator"), "ann") is None
    assert reading.read(card(texts.HANDLED, "Answer as a moderator"), "ann") is None
    assert reading.read(card("Answer…", "Not me"), "ann") is not None
