"""What people do teaches at once, survives a restart, can be undone, and can be explained afterwards."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.town import QUESTION


def test_a_card_names_who_answered_a_similar_question(quick_scene: Scene):
    scene = quick_scene
    first = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    second = scene.post("@VoltHelp there is no picture on my tv, why?", who="noa")
    reason = "Ann Lee answered one like it: “@VoltHelp why does my tv show no picture?”"
    assert reason in scene.words(scene.asked(second)[0], second)
    assert any(reason in line for line in scene.trail(second) if line.startswith("match"))
    assert not any(reason in line for line in scene.trail(first))


def test_a_decision_can_be_made_again_from_the_journal(quick_scene: Scene):
    """The topics with their scores, each person asked with what their score was made of, and who was not asked."""
    scene = quick_scene
    post_id = scene.post(QUESTION)
    entries = {entry.step: entry for entry in scene.look(lambda tx: tx.trail(f"x:{post_id}"))}
    topics = entries["topics"].detail["topics"]
    assert topics[0]["topic"] == "tv"
    assert entries["topics"].detail["nobody"] is False
    ann = entries["ask Ann Lee"].detail
    product = 1.0
    for part in ann["parts"].values():
        product *= part
    assert abs(product - ann["score"]) < 0.001
    others = entries["not asked now"]
    assert [c["expert"] for c in others.detail["candidates"]] == ["di@volt.example", "ed@volt.example"]
    assert 0 <= others.detail["dice"] < 1
