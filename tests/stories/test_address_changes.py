"""The company's mail domain changes, the roster does not yet: the same people go on."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.town import QUESTION, mail
from twelp.model import Stage


def test_an_expert_goes_on_after_a_restart_with_another_address(scene: Scene):
    """Asked, claims and answers by the account that was proven; what they hold is not given back."""
    first = scene.post(QUESTION)
    assert "ann" in scene.asked(first)
    scene.click("ann", "Answer", first)
    scene.shut("ann")
    scene.control("PATCH", f"slack/users/{mail('ann')}", {"email": "ann@new.example"})
    scene.pass_time(minutes=1)
    assert scene.stage(first) is Stage.CLAIMED
    scene.close()
    scene.open()
    scene.pass_time(hours=7)
    second = scene.post("@VoltHelp how do I connect hdmi to my tv?", "leo")
    assert "ann" in scene.asked(second)
    scene.answer("ann@new.example", post_id=second)
    scene.pass_time(minutes=2)
    assert scene.stage(second) is Stage.PUBLISHED
    assert scene.answers(second)["ann"].post_ids
