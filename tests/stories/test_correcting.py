"""An answer is corrected without a gap: it stands until the new one is confirmed and passed, which then replaces it."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.test_learning import menu
from tests.stories.test_threads import DELETE, confirmed, refusal, thread
from tests.stories.test_volunteers import home, open_home
from tests.stories.town import ANSWER, QUESTION, mail
from twelp.model import AnswerState, Stage

RIGHT = "Hold the power button for twenty seconds, then unplug HDMI 1."


def answered(scene: Scene) -> str:
    """A question that Ann answered in public."""
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    assert scene.stage(post_id) is Stage.PUBLISHED
    return post_id


def correct(scene: Scene, person: str, post_id: str) -> None:
    menu(scene, person, "correct", post_id)
    assert "its author has the text back" in scene.until(lambda: scene.window(person))
    scene.submit(person)


def test_an_answer_is_corrected_by_its_author_and_every_copy_says_so(scene: Scene):
    post_id = answered(scene)
    correct(scene, "ann", post_id)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    assert scene.stage(post_id) is Stage.CLAIMED
    assert "Ann Lee wants it corrected. The public answer stands" in scene.words("ann", post_id)
    assert "Ann Lee has it" in scene.words("bob", post_id)
    scene.click("ann", "Answer", post_id)
    assert ANSWER in scene.window("ann"), "what stands is the draft"
    scene.submit("ann", RIGHT)
    scene.submit("ann")
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"], "the hold runs"
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [f"{RIGHT} ^AL"]
    for person in ("ann", "bob", "cy"):
        said = scene.words(person, post_id)
        assert "Answered" in said
        assert RIGHT in said
        assert ANSWER not in said


def test_a_correction_outlives_a_restart_and_may_be_made_again(quick_scene: Scene):
    scene = quick_scene
    post_id = answered(scene)
    for text in (RIGHT, "Unplug HDMI 1."):
        correct(scene, "ann", post_id)
        scene.close()
        scene.open()
        scene.answer("ann", text, post_id)
        scene.pass_time(minutes=2)
        assert scene.replies(post_id) == [f"{text} ^AL"]
    menu(scene, "ann", "retract", post_id)
    scene.submit("ann")
    assert scene.replies(post_id) == []
    assert scene.stage(post_id) is Stage.RETRACTED


def test_where_somebody_else_wants_it_corrected_its_author_gets_a_message(quick_scene: Scene):
    scene = quick_scene
    post_id = answered(scene)
    assert scene.running_house.desk.correct(f"x:{post_id}", "mo@volt.example").ok
    scene.settle()
    assert "wants your answer corrected" in str(scene.cards("ann"))
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]


def test_a_correction_taken_back_in_its_hold_leaves_the_public_answer(quick_scene: Scene):
    scene = quick_scene
    post_id = answered(scene)
    correct(scene, "ann", post_id)
    scene.answer("ann", RIGHT, post_id)
    scene.click("ann", "Undo", post_id)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    assert scene.stage(post_id) is Stage.CLAIMED
    scene.answer("ann", RIGHT, post_id)
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [f"{RIGHT} ^AL"]


def test_killed_between_the_deletion_and_the_new_post_it_goes_on_and_each_is_done_once(quick_scene: Scene):
    scene = quick_scene
    post_id = answered(scene)
    correct(scene, "ann", post_id)
    scene.answer("ann", RIGHT, post_id)
    scene.fault(kind="lost_response", **DELETE)
    scene.pass_time(minutes=1)
    scene.close()
    scene.open()
    scene.fault(kind="lost_response", network="x", method="POST", path="/2/tweets")
    scene.pass_time(minutes=1)
    scene.close()
    scene.open()
    scene.pass_time(minutes=5)
    assert scene.replies(post_id) == [f"{RIGHT} ^AL"]
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert len(scene.ours()) == 1


def test_a_corrected_answer_that_its_author_lets_lie_is_for_others_and_ends_visibly(quick_scene: Scene):
    scene = quick_scene
    post_id = answered(scene)
    scene.pass_time(hours=5)
    correct(scene, "ann", post_id)
    scene.pass_time(minutes=11)
    assert scene.stage(post_id) is Stage.ASKED
    assert "Answer" in scene.buttons("bob", post_id)
    scene.pass_time(hours=5)
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    assert "it still stands" in scene.words("ann", post_id)
    correct(scene, "ann", post_id)
    scene.answer("ann", RIGHT, post_id)
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [f"{RIGHT} ^AL"]


def test_a_thread_is_taken_down_whole_before_anything_new_goes_out(quick_scene: Scene):
    scene = quick_scene
    post_id = confirmed(scene)
    scene.pass_time(minutes=2)
    assert len(thread(scene, post_id)) == 3
    limit = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "now+900"}
    scene.fault(**DELETE, kind="status", status=429, headers=limit, after=1, times=1)
    correct(scene, "ann", post_id)
    assert scene.running_house.desk.correct(f"x:{post_id}", "ann@volt.example").ok, "pressed twice"
    scene.answer("ann", RIGHT, post_id)
    scene.pass_time(minutes=2)
    assert scene.stage(post_id) is Stage.CORRECTING
    for person in ("ann", "bob"):
        assert "The new answer is confirmed" in scene.words(person, post_id)
        assert not scene.buttons(person, post_id)
    desk = scene.running_house.desk
    assert not desk.confirm(f"x:{post_id}", "ann@volt.example", "Something else entirely, please.").ok
    assert not desk.retract(f"x:{post_id}", "ann@volt.example").ok
    scene.pass_time(minutes=16)
    assert thread(scene, post_id) == [f"{RIGHT} ^AL"]


def test_what_the_network_does_not_delete_stays_the_one_answer(quick_scene: Scene):
    scene = quick_scene
    post_id = answered(scene)
    scene.fault(**DELETE, **refusal("You are not allowed to do this."), times=1)
    correct(scene, "ann", post_id)
    scene.answer("ann", RIGHT, post_id)
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert scene.state(post_id, "ann") is AnswerState.PUBLISHED
    assert "it still stands" in scene.words("ann", post_id)
    assert any("please delete it by hand" in message["text"] for message in scene._messages("mo"))
    correct(scene, "ann", post_id)
    assert scene.stage(post_id) is Stage.CLAIMED
    assert "it still stands" not in scene.words("bob", post_id)


def test_only_the_author_and_moderators_may_correct_and_who_left_is_not_handed_it(quick_scene: Scene):
    scene = quick_scene
    post_id = answered(scene)
    desk = scene.running_house.desk
    assert "Correct it" not in scene.words("bob", post_id)
    assert not desk.correct(f"x:{post_id}", "bob@volt.example").ok
    desk.leave("ann@volt.example")
    scene.settle()
    assert "Correct it" not in scene.words("ann", post_id)
    assert desk.correct(f"x:{post_id}", "mo@volt.example").ok
    scene.settle()
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    assert scene.stage(post_id) is Stage.ASKED
    scene.answer("bob", RIGHT, post_id)
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [f"{RIGHT} ^BR"]


def test_a_moderator_finds_the_latest_answers_on_the_home_tab(quick_scene: Scene):
    """Also those of which no card ever came to them; only while they stand."""
    scene = quick_scene
    post_id = answered(scene)
    assert "mo" not in scene.asked(post_id)
    assert ANSWER in open_home(scene, "mo").partition("Answered lately")[2]
    assert "Answered lately" not in open_home(scene, "ann")
    body = {
        "user": mail("mo"),
        "view_id": home(scene, "mo")["id"],
        "action_id": "twelp_more",
        "value": f"retract x:{post_id}",
    }
    scene.control("POST", "slack/click", body)
    scene.settle()
    scene.submit("mo")
    assert scene.replies(post_id) == []
    scene.until(lambda: "Answered lately" not in open_home(scene, "mo"), "the tab")


def test_a_card_does_not_call_deleted_what_still_stands(quick_scene: Scene):
    scene = quick_scene
    post_id = answered(scene)
    scene.fault(**DELETE, **refusal("You are not allowed to do this."))
    menu(scene, "ann", "retract", post_id)
    scene.submit("ann")
    assert len(scene.replies(post_id)) == 1
    said = scene.words("bob", post_id)
    assert "could not be taken down" in said
    assert "deleted" not in said


def test_a_moderator_corrects_it_and_its_author_is_told_what_changed(scene: Scene):
    post_id = answered(scene)
    open_home(scene, "mo")
    values = {"user": mail("mo"), "view_id": home(scene, "mo")["id"], "action_id": "twelp_more"}
    scene.control("POST", "slack/click", {**values, "value": f"correct x:{post_id}"})
    scene.settle()
    view = scene.until(lambda: scene.view("mo"), "the window")
    assert "Who changes it?" in str(view)
    chosen = {"user": mail("mo"), "view_id": view["id"], "values": {"choice": {"twelp_choice": "myself"}}}
    scene.control("POST", "slack/submit", chosen)
    scene.settle()
    assert scene.question(post_id).claimed_by == mail("mo")
    scene.answer("mo", RIGHT, post_id)
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [f"{RIGHT} ^MD"]
    told = str([message["text"] for message in scene._messages("ann")])
    assert "Mo Dee has corrected your answer" in told
    assert "“ten” → “twenty”" in told
    assert any("replaced: “ten” → “twenty”" in line for line in scene.trail(post_id))
