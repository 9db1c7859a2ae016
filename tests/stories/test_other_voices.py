"""Whose voice it is: our other accounts, other companies' helpers, strangers in a lively thread."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import QUESTION, ROSTER
from twelp.model import Kind, Stage

VOICES = ROSTER.replace("{x: VoltHelp}", "{x: [VoltHelp, VoltNews]}, others: {x: [AcmeCares]}")


@pytest.fixture
def scene(closed_house: Scene) -> Scene:
    closed_house.roster = VOICES
    closed_house.open()
    return closed_house


def kind(scene: Scene, post_id: str) -> Kind:
    found = scene.look(lambda tx: tx.post(f"x:{post_id}"))
    assert found is not None, "it was not heard"
    return Kind(found[1].kind)


def test_what_our_other_account_and_another_companys_helper_write_is_no_question(scene: Scene):
    asked = scene.post(QUESTION)
    news = scene.post("Why wait? The new screens are here, ask @VoltHelp where to get one!", "VoltNews")
    helper = scene.post("@VoltHelp Could you send us the model of your tv, please?", "AcmeCares", reply_to=asked)
    assert (kind(scene, news), kind(scene, helper)) == (Kind.OWN, Kind.ASIDE)
    assert scene.stage(asked) is Stage.ASKED


def test_the_first_handle_speaks(scene: Scene):
    asked = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    assert scene.replies(asked) == ["Hold the power button for ten seconds, then unplug HDMI 1. ^AL"]


def test_the_window_shows_what_the_customer_added_before_what_strangers_said(scene: Scene):
    asked = scene.post(QUESTION)
    scene.post("@VoltHelp it is the 55 inch one from 2019", reply_to=asked)
    for number in range(12):
        scene.pass_time(seconds=20)
        scene.post(f"stranger number {number} says: hopeless", f"s{number}", reply_to=asked)
    scene.click("ann", "Answer")
    shown = scene.window("ann")
    assert shown.index("55 inch one from 2019") < shown.index("stranger number 11")
    assert "stranger number 2" not in shown
