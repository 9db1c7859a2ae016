"""What was set aside can be brought back, and what is put right gives the question to the right people at once."""

from __future__ import annotations

from typing import Any

from tests.stories.conftest import Scene
from tests.stories.test_learning import best, choose, menu
from tests.stories.test_volunteers import open_home, press_home, says
from tests.stories.town import ANSWER, QUESTION, mail
from twelp.model import Stage


def learned(scene: Scene) -> list[Any]:
    return list(scene.look(lambda tx: list(tx.learned())))


def test_who_set_a_question_aside_can_bring_it_back(quick_scene: Scene):
    """Every card is true again, what the dismissal taught is forgotten, and the question goes on as if nothing was."""
    scene = quick_scene
    post_id = scene.post(QUESTION)
    menu(scene, "ann", "dismiss", post_id)
    assert scene.stage(post_id) is Stage.DISMISSED
    assert scene.buttons("ann", post_id) == ["Undo"]
    assert scene.buttons("bob", post_id) == []
    assert len(learned(scene)) == 1
    scene.click("ann", "Undo", post_id)
    assert scene.running_house.desk.restore(f"x:{post_id}", mail("ann")).ok, "twice, as with a slow Slack"
    assert scene.stage(post_id) is Stage.ASKED
    assert learned(scene) == []
    assert scene.running_house.desk.matcher.lessons() == []
    for person in ("ann", "bob", "cy"):
        assert scene.buttons(person, post_id) == ["Answer", "Claim", "Not me"]
        assert "Set aside" not in scene.words(person, post_id)
    scene.pass_time(minutes=6)
    assert len(scene.asked(post_id)) == 5, "others are asked, as they would have been"
    scene.answer("bob", post_id=post_id)
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == [f"{ANSWER} ^BR"]
    assert [line.split(":")[1].strip() for line in scene.trail(post_id)].count("bring back") == 1


def test_only_who_set_it_aside_or_a_moderator_brings_it_back(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.pass_time(minutes=16)
    menu(scene, "ann", "dismiss", post_id)
    desk = scene.running_house.desk
    assert "Only who set it aside" in desk.restore(f"x:{post_id}", mail("bob")).message
    assert scene.buttons("mo", post_id) == ["Undo"]
    says(scene, "ann", "leave")
    assert scene.buttons("ann", post_id) == []
    assert not desk.restore(f"x:{post_id}", mail("ann")).ok
    scene.click("mo", "Undo", post_id)
    assert scene.stage(post_id) is Stage.ASKED


def test_a_moderator_sees_on_the_home_tab_what_was_set_aside_and_brings_it_back(quick_scene: Scene):
    """Also where no card of it ever came to them."""
    scene = quick_scene
    post_id = scene.post(QUESTION)
    menu(scene, "ann", "not_ours", post_id)
    assert "mo" not in scene.asked(post_id)
    shown = open_home(scene, "mo").partition("Set aside or taken back lately")[2]
    assert "no picture?" in shown
    press_home(scene, "mo", "Undo")
    assert scene.stage(post_id) is Stage.ASKED
    scene.until(lambda: "Set aside or taken back lately" not in open_home(scene, "mo"), "the tab")
    assert "Set aside or taken back lately" not in open_home(scene, "ann")


def test_what_somebody_said_it_is_about_holds_again_when_it_comes_back(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post("@VoltHelp why does it hum on screen so loudly?")
    menu(scene, "ann", "wrong_topic", post_id)
    choose(scene, "ann", "audio")
    menu(scene, "tia", "dismiss", post_id)
    scene.click("tia", "Undo", post_id)
    assert [topic for _, _, topic in learned(scene)] == ["audio"]
    assert best(scene, "it hums on screen") == "audio"


def test_wrong_topic_on_a_question_one_holds_gives_it_to_the_right_people(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.click("ann", "Claim", post_id)
    menu(scene, "ann", "wrong_topic", post_id)
    choose(scene, "ann", "audio")
    assert scene.stage(post_id) is Stage.ASKED
    assert "tia" in scene.asked(post_id)
    assert "Passed on" in scene.words("ann", post_id)
    scene.click("tia", "Claim", post_id)
    done = scene.running_house.desk.retopic(f"x:{post_id}", mail("bob"), "tv")
    assert (done.ok, done.message) == (False, "Tia New took it just now.")


def test_who_holds_a_question_can_say_that_it_is_none(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.click("ann", "Claim", post_id)
    menu(scene, "ann", "not_ours", post_id)
    scene.click("ann", "Undo", post_id)
    assert scene.stage(post_id) is Stage.ASKED
    assert scene.buttons("bob", post_id) == ["Answer", "Claim", "Not me"]


def test_who_left_can_take_nothing_back_and_is_offered_nothing(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.answer("ann", post_id=post_id)
    scene.pass_time(seconds=61)
    assert "Take it back" in scene.words("ann", post_id)
    says(scene, "ann", "leave")
    assert "Take it back" not in scene.words("ann", post_id)
    assert "Answered by Ann Lee" in scene.words("ann", post_id)
    says(scene, "ann", "join")
    assert "Take it back" in scene.words("ann", post_id)


def test_coverage_counts_only_who_has_an_account_that_may_answer(quick_scene: Scene):
    scene = quick_scene
    scene.post(QUESTION)
    assert "TV: 5 of 5 can be asked now, 1 waiting" in open_home(scene, "mo")
    scene.control("PATCH", f"slack/users/{mail('ann')}", {"deleted": True})
    scene.control("PATCH", f"slack/users/{mail('bob')}", {"is_restricted": True})
    absent = scene.running_house.workspace.people.absent
    scene.until(lambda: absent(mail("ann")) and absent(mail("bob")), "the news")
    scene.until(lambda: "TV: 3 of 3 can be asked now, 1 waiting" in open_home(scene, "mo"), "the true number")


def test_who_joins_is_asked_what_everybody_else_let_lie(quick_scene: Scene):
    scene = quick_scene
    says(scene, "di", "leave")
    post_id = scene.post(QUESTION)
    scene.pass_time(hours=1)
    everybody = ["ann", "bob", "cy", "ed", "mo"]
    assert scene.asked(post_id) == everybody
    says(scene, "di", "join")
    assert scene.asked(post_id) == [*everybody, "di"]


def test_not_me_is_said_to_a_question_whose_time_is_over(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.pass_time(hours=5)
    scene.click("bob", "Not me", post_id)
    assert "Passed on" in scene.words("bob", post_id)
    assert scene.stage(post_id) is Stage.UNANSWERED
    assert scene.buttons("ann", post_id) == ["Answer", "Not me"]
