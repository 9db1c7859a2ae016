"""One real question goes all the way."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION
from twelp.model import Stage


def test_a_customer_gets_one_signed_answer_in_the_thread(scene: Scene):
    """Read from X, asked in Slack, written in a window, confirmed, held, published; everybody's card says so."""
    post_id = scene.post(QUESTION)
    assert scene.stage(post_id) is Stage.ASKED
    assert scene.asked(post_id) == ["ann", "bob", "cy"]
    assert "no picture" in scene.words("ann")
    scene.answer("ann")
    assert scene.stage(post_id) is Stage.HELD
    assert scene.replies(post_id) == []
    assert scene.buttons("ann") == ["Undo"]
    assert scene.buttons("bob") == []
    shown = scene.requests("POST", "/api/chat.update")
    scene.pass_time(seconds=61)
    assert scene.requests("POST", "/api/chat.update") == shown + 3, "what lasts a moment is not shown"
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    for person in ("ann", "bob", "cy"):
        assert "Answered by Ann Lee" in scene.words(person)
        assert scene.buttons(person) == []


def test_a_question_about_two_things_is_put_before_somebody_of_each_at_once(quick_scene: Scene):
    post_id = quick_scene.post("@VoltHelp why does my tv show no picture, and why is there no sound from the soundbar?")
    assert "tia" in quick_scene.asked(post_id)
    assert "ann" in quick_scene.asked(post_id)
    assert "a part is about it: “@VoltHelp why does my tv show no picture”" in quick_scene.words("ann", post_id)
    assert any("a part is about it" in line for line in quick_scene.trail(post_id) if line.startswith("match"))
