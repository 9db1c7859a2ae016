"""A moderator changes a held answer: the public gets what they saw, the trail and the author what is different."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.test_second_eyes import TEXT, held
from tests.stories.test_words_that_reach import notes
from twelp.model import AnswerState, Stage

BETTER = "Press the mute key, top left on the remote."


def changed(scene: Scene, post_id: str, text: str) -> str:
    """Opens the window on the moderator's card, and writes; what is shown then."""
    scene.click("mo", "Change…", post_id)
    assert TEXT in str(scene.view("mo"))
    scene.submit("mo", text)
    return scene.window("mo")


def test_a_second_person_changes_the_answer_sees_it_whole_and_its_author_is_told_what(quick_scene: Scene):
    scene = quick_scene
    post_id = held(scene)
    shown = changed(scene, post_id, BETTER)
    assert f"{BETTER} ^TN" in shown
    assert "→" in shown
    assert scene.replies(post_id) == []
    scene.submit("mo")
    assert scene.replies(post_id) == [f"{BETTER} ^TN"]
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert scene.state(post_id, "tia") is AnswerState.PUBLISHED
    [line] = [line for line in scene.trail(post_id) if "changed the answer" in line]
    assert line.startswith("mo@volt.example")
    assert any(line.startswith("mo@volt.example: approve") for line in scene.trail(post_id))
    note = next(note for note in notes(scene, "tia") if "with changes" in note)
    assert note.startswith("Mo Dee approved your answer with changes (")
    assert f"“{BETTER} ^TN”" in note
    assert scene.pings() == []


def test_what_the_gate_refuses_or_nobody_else_has_passed_is_not_put_in(quick_scene: Scene):
    scene = quick_scene
    post_id = held(scene)
    scene.click("mo", "Change…", post_id)
    errors = " ".join(scene.submit("mo", f"{BETTER} Use 4111 1111 1111 1111.")["errors"].values())
    assert "card number" in errors
    errors = " ".join(scene.submit("mo", f"{BETTER} We will refund you.")["errors"].values())
    assert "It was not in the author's text" in errors
    assert scene.stage(post_id) is Stage.REVIEW
    assert scene.replies(post_id) == []


def test_an_answer_that_was_taken_back_meanwhile_is_not_sent_with_changes(quick_scene: Scene):
    scene = quick_scene
    post_id = held(scene)
    changed(scene, post_id, BETTER)
    desk = scene.running_house.desk
    assert desk.undo(f"x:{post_id}", "tia@volt.example").ok
    scene.submit("mo")
    assert scene.replies(post_id) == []
    assert scene.stage(post_id) is Stage.CLAIMED


def test_the_authors_own_words_go_out_where_nothing_was_changed(quick_scene: Scene):
    scene = quick_scene
    post_id = held(scene)
    changed(scene, post_id, TEXT)
    scene.submit("mo")
    assert scene.replies(post_id) == [f"{TEXT} ^TN"]
    assert [line for line in scene.trail(post_id) if "changed the answer" in line] == []
    assert [note for note in notes(scene, "tia") if "with changes" in note] == []
