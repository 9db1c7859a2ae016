"""A customer asks not to be written to: nothing more goes out to them, at once and for good, until they write again."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_coming_back import notes
from tests.stories.town import ANSWER, QUESTION
from twelp.model import Kind, Stage


def test_nobody_is_asked_further_and_nobody_may_answer(scene: Scene):
    asked = scene.post(QUESTION)
    others = scene.post("@VoltHelp why is there no sound from the speaker?")
    known = scene.asked(asked)
    scene.post("@VoltHelp STOP", reply_to=asked)
    assert (scene.stage(asked), scene.stage(others)) == (Stage.SETTLED, Stage.SETTLED)
    assert "They asked not to be written to" in scene.words("ann", asked)
    assert scene.buttons("ann", asked) == []
    scene.pass_time(hours=5)
    assert scene.asked(asked) == known
    done = scene.running_house.desk.begin_answer(f"x:{asked}", "ann@volt.example")
    assert "asked not to be written to" in str(done)
    assert scene.ours() == []


def test_an_answer_in_its_hold_does_not_go_out_and_its_author_is_told(scene: Scene):
    asked = scene.post(QUESTION)
    scene.answer("ann")
    assert scene.stage(asked) is Stage.HELD
    scene.post("@VoltHelp don't reply to me!", reply_to=asked)
    scene.pass_time(minutes=5)
    assert scene.ours() == []
    assert scene.stage(asked) is Stage.SETTLED
    assert "asked not to be written to" in notes(scene, "ann")


def test_an_open_window_cannot_be_sent(scene: Scene):
    asked = scene.post(QUESTION)
    scene.click("ann", "Answer")
    act = scene.submit("ann", ANSWER)
    assert not act["errors"]
    scene.post("@VoltHelp stop messaging me.", reply_to=asked)
    scene.submit("ann")
    scene.pass_time(minutes=5)
    assert scene.ours() == []
    assert "asked not to be written to" in scene.window("ann") + scene.told("ann")


def test_who_writes_to_us_again_is_answered_again(scene: Scene):
    asked = scene.post(QUESTION)
    scene.post("@VoltHelp STOP", reply_to=asked)
    again = scene.post("@VoltHelp ok sorry. How do I get a picture on my tv?")
    assert scene.stage(again) is Stage.ASKED
    scene.answer(scene.asked(again)[0], post_id=again)
    scene.pass_time(minutes=2)
    assert len(scene.replies(again)) == 1
    assert scene.stage(asked) is Stage.SETTLED


def test_a_public_answer_is_not_corrected_for_who_wants_no_more(scene: Scene):
    asked = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    scene.post("@VoltHelp stop replying to me", reply_to=scene.ours()[0]["id"])
    assert "asked not to be written to" in scene.running_house.desk.correct(f"x:{asked}", "ann@volt.example").message
    assert scene.replies(asked) == [f"{ANSWER} ^AL"]


def test_a_stranger_who_wants_to_be_left_alone_ends_nobody_elses_question(scene: Scene):
    asked = scene.post(QUESTION)
    scene.post("@VoltHelp STOP", "leo", reply_to=asked)
    scene.post("@mia stop messaging me!", "leo", reply_to=asked)
    assert scene.stage(asked) is Stage.ASKED


def test_stop_said_to_somebody_else_is_not_said_to_us(scene: Scene):
    asked = scene.post(QUESTION)
    helper = scene.post("have you tried our great shop?", "leo", reply_to=asked)
    scene.post("stop messaging me!", reply_to=helper)
    assert scene.stage(asked) is Stage.ASKED


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("@AppleSupport why does my phone not charge? cc @VoltHelp", False),
        ("why does my phone not charge @AppleSupport? cc: @VoltHelp", False),
        ("@VoltHelp why does my tv show no picture? cc @AppleSupport", True),
        ("my tv shows no picture, why? cc @VoltHelp", True),
        ("@AppleSupport why does my Volt tv not show the phone? cc @VoltHelp", True),
    ],
)
@pytest.mark.others_on_sqlite(reason="the words differ, rows do not")
def test_what_is_put_to_another_company_and_copied_to_us_is_shown_to_a_moderator_alone(
    scene: Scene, text: str, answered: bool
):
    asked = scene.post(text)
    found = scene.look(lambda tx: tx.post(f"x:{asked}"))
    assert found is not None
    assert Kind(found[1].kind) in (Kind.QUESTION, Kind.COMPLAINT)
    assert scene.stage(asked) is (Stage.ASKED if answered else Stage.DISMISSED)
    assert bool(scene.asked(asked)) is answered
