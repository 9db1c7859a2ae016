"""The tour of five steps: which of them is next follows from what stands on the network and in Slack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from twelp.sandbox.browser.network import Thread
from twelp.sandbox.browser.place import Place
from twelp.sandbox.browser.slack import Colleague, Desk

STEPS: Final = ("Ask", "Be asked", "Answer", "See it public", "Thank")
QUESTION: Final = "@{brand} my soundbar has no sound since I plugged it into the TV with an HDMI cable. What can I do?"
ANSWER: Final = "Plug it into the TV's HDMI port marked ARC, then turn on HDMI control in the TV's sound menu."
THANKS: Final = "That worked, thank you so much!"


@dataclass(frozen=True, slots=True)
class Tour:
    """Where the tour is.

    Attributes:
        step: from 1 to 5; 6 once it is done.
        asked: who has a card of the question.
        reply: the post that is to be thanked for; empty while there is none.
        waits: why nothing is to be done just now; empty where something is.
    """

    step: int
    asked: tuple[Colleague, ...] = ()
    reply: str = ""
    waits: str = ""


def tour(
    place: Place, thread: Thread | None, people: list[Colleague], desk: Desk | None, told: Mapping[str, Any] | None
) -> Tour:
    """Where somebody is who takes it."""
    asked = tuple(one for one in people if one.marked)
    if thread is None:
        return Tour(1)
    reply = next((post.id for post in thread.posts if post.ours), "")
    if reply:
        thanked = any(not post.ours and int(post.id) > int(reply) for post in thread.posts)
        return Tour(6 if thanked else 5, asked, reply)
    stage = str(((told or {}).get("question") or {}).get("stage", ""))
    if stage in ("held", "publishing"):
        return Tour(4, asked, waits="It goes out in a few seconds. Until then, Undo on the card takes it back.")
    if stage == "review":
        return Tour(
            4, asked, waits="Somebody else reads it first: become a moderator below Slack's people, and press Approve."
        )
    if not asked:
        return Tour(2, waits="The app reads the post, and looks for who may know. A few seconds…")
    is_asked = desk is not None and any(message.marked for message in desk.messages)
    return Tour(3 if is_asked else 2, asked)
