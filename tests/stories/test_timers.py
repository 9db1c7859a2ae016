"""Timers that have nothing left to do are called off with the step that ended them, on both databases."""

from __future__ import annotations

from datetime import timedelta

from tests.stories.conftest import Scene
from tests.stories.town import QUESTION, mail
from twelp.model import Stage


def timers(scene: Scene, post_id: str) -> set[str]:
    """What waits for its hour about this question, without the hands that look after likes and cards."""
    jobs = scene.running_house.engine.jobs
    found = scene.look(lambda tx: jobs.list(tx, subject=f"x:{post_id}"))
    return {job.job for job in found} - {"likes", "deliver"}


def test_an_answered_question_leaves_no_timer_behind(scene: Scene):
    post_id = scene.post(QUESTION)
    assert timers(scene, post_id) == {"give_up", "widen"}
    scene.answer("ann")
    assert timers(scene, post_id) == {"give_up", "widen", "publish"}
    scene.pass_time(minutes=2)
    assert scene.stage(post_id) is Stage.PUBLISHED
    scene.until(lambda: timers(scene, post_id) == set(), "the last row's end")  # the hold's own job goes in a moment


def test_a_claim_that_was_given_back_has_no_lease_and_the_next_one_its_own(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.click("ann", "Claim")
    assert "lapse" in timers(scene, post_id)
    scene.pass_time(minutes=6)
    scene.click("ann", "Release")
    assert "lapse" not in timers(scene, post_id)
    scene.click("bob", "Claim")
    scene.pass_time(minutes=6)
    assert scene.stage(post_id) is Stage.CLAIMED, "the former lease would have ended by now"
    scene.pass_time(minutes=5)
    assert scene.stage(post_id) is Stage.ASKED, "and this one has"


def test_an_answer_taken_back_in_its_hold_has_a_lease_and_no_hold(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.click("ann", "Undo")
    assert timers(scene, post_id) == {"give_up", "widen", "lapse"}
    scene.pass_time(minutes=11)
    assert scene.stage(post_id) is Stage.ASKED


def test_a_question_that_was_set_aside_and_brought_back_is_asked_and_given_up_as_a_new_one(scene: Scene):
    post_id = scene.post(QUESTION)
    assert scene.running_house.desk.dismiss(f"x:{post_id}", mail("ann")).ok
    assert timers(scene, post_id) == set()
    assert scene.running_house.desk.restore(f"x:{post_id}", mail("ann")).ok
    scene.settle()
    assert timers(scene, post_id) == {"give_up", "widen"}
    asked = len(scene.asked(post_id))
    scene.pass_time(hours=2)
    assert len(scene.asked(post_id)) > asked
    scene.pass_time(hours=5)
    assert scene.stage(post_id) is Stage.UNANSWERED


def test_an_answer_that_nobody_corrects_is_let_stand(scene: Scene):
    """What ended with the public answer begins again when that is to be corrected."""
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    assert scene.running_house.desk.correct(f"x:{post_id}", mail("ann")).ok
    scene.settle()
    assert scene.stage(post_id) is Stage.CLAIMED
    assert {"give_up", "lapse"} <= timers(scene, post_id)
    scene.pass_time(hours=12)
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert len(scene.replies(post_id)) == 1


def test_a_lease_that_was_renewed_has_its_timer_at_its_new_end(scene: Scene):
    """What is told to happen next is true, and no timer fires halfway for nothing."""
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer")
    view = scene.until(lambda: scene.view("ann"), "the window")
    scene.pass_time(minutes=7)
    body = {"user": mail("ann"), "view_id": view["id"], "text": "Hold it", "action_id": "twelp_typing"}
    scene.control("POST", "slack/type", body)
    scene.settle()
    until = scene.question(post_id).claimed_until
    assert until is not None
    assert until - scene.clock.now() > timedelta(minutes=9)
    jobs = scene.running_house.engine.jobs
    found = scene.look(lambda tx: jobs.list(tx, subject=f"x:{post_id}"))
    assert [job.run_at for job in found if job.job == "lapse"] == [until]
    scene.pass_time(minutes=9)
    assert scene.stage(post_id) is Stage.CLAIMED
    scene.pass_time(minutes=2)
    assert scene.stage(post_id) is Stage.ASKED
