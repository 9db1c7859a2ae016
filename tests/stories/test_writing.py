"""Writing in the modal: the conversation around the question, earlier answers to start from, what is too long."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION, Town, mail, words


def press(scene: Town, person: str, label: str) -> dict[str, Any]:
    """Presses a button in the open window."""
    view = scene.until(lambda: scene.view(person), "the window")
    act: dict[str, Any] = scene.control(
        "POST", "slack/click", {"user": mail(person), "view_id": view["id"], "label": label}
    )
    scene.settle()
    return act


def write(scene: Town, person: str, text: str) -> None:
    view = scene.until(lambda: scene.view(person), "the window")
    body = {"user": mail(person), "view_id": view["id"], "text": text, "action_id": "twelp_typing"}
    scene.control("POST", "slack/type", body)
    scene.settle()


def typed(scene: Scene, person: str) -> str:
    view = scene.view(person)
    assert view is not None
    [value] = [
        v["value"] for block in view["state"]["values"].values() for a, v in block.items() if a == "twelp_typing"
    ]
    return str(value)


def test_the_window_shows_the_conversation_and_what_was_answered_to_questions_like_it(quick_scene: Scene):
    """An earlier answer is a start, not more: it lands below what was typed, and goes out only when confirmed."""
    scene = quick_scene
    first = scene.post(QUESTION)
    scene.answer("bob", post_id=first)
    scene.pass_time(seconds=61)
    second = scene.post("@VoltHelp and why does my new tv show no picture?", "eve")
    scene.post("@VoltHelp the *left* half is <!channel> black", "eve", reply_to=second)
    who = scene.asked(second)[0]
    sign = f"^{scene.running_house.roster.experts[mail(who)].initials}"
    scene.click(who, "Answer", second)
    shown = scene.window(who)
    assert "What the customer and we said there: @eve" in shown
    assert "the *left* half is <!channel> black" in shown
    assert f"Bob Roe answered {ANSWER}" in " ".join(part for part in shown.split() if "UTC" not in part)
    write(scene, who, "Hi Eve.")
    press(scene, who, "Start from the first")
    assert typed(scene, who) == f"Hi Eve.\n{ANSWER}"
    assert sign in scene.window(who)  # signed by who writes, whoever wrote it first
    scene.shut(who)
    scene.click(who, "Answer", second)  # on another device: the draft is there
    assert typed(scene, who) == f"Hi Eve.\n{ANSWER}"
    assert scene.replies(second) == []
    scene.submit(who, "Hi Eve. Hold the power button.")
    scene.submit(who)
    scene.pass_time(seconds=61)
    assert scene.replies(second) == [f"Hi Eve. Hold the power button. {sign}"]
    assert scene.pings() == []


@pytest.mark.only_on("sqlite", reason="it is about the window alone")
def test_what_must_change_is_said_while_one_writes_and_a_shorter_text_is_proposed(quick_scene: Scene):
    scene = quick_scene
    scene.post(QUESTION)
    scene.click("ann", "Answer")
    write(scene, "ann", "Write to me at ann.lee@gmail.com, please.")
    view = scene.view("ann")
    assert view is not None
    preview = next(words(block) for block in view["blocks"] if block["block_id"] == "preview")
    assert "To change first:" in preview  # as one writes, not only when it is sent
    long = "Hi there! Hold the power button for ten seconds. " + "Then unplug the cable and wait a while. " * 9
    write(scene, "ann", long)
    assert "too many" in scene.window("ann")
    act = scene.submit("ann", long)
    assert len(act["errors"]) == 1
    press(scene, "ann", "Propose a shorter text")
    shorter = typed(scene, "ann")
    assert shorter.startswith("Hold the power button for ten seconds. Then unplug")
    assert " left" in scene.window("ann")
    assert "Your longer text, to copy from: Hi there!" in scene.window("ann")
    assert not scene.submit("ann")["errors"]
    assert "Post this?" in scene.window("ann")
