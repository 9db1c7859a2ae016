"""Nobody answers: more people are asked, nobody twice, and in the end it is said openly."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION
from twelp.model import Stage


def test_more_experts_are_asked_each_time_the_timer_runs_out_and_nobody_twice(quick_scene: Scene):
    post_id = quick_scene.post(QUESTION)
    assert quick_scene.asked(post_id) == ["ann", "bob", "cy"]
    quick_scene.pass_time(minutes=4)
    assert quick_scene.asked(post_id) == ["ann", "bob", "cy"]
    quick_scene.pass_time(minutes=2)
    assert quick_scene.asked(post_id) == ["ann", "bob", "cy", "di", "ed"]
    quick_scene.pass_time(minutes=5)
    assert quick_scene.asked(post_id) == ["ann", "bob", "cy", "di", "ed", "mo"]
    quick_scene.pass_time(hours=1)
    assert quick_scene.asked(post_id) == ["ann", "bob", "cy", "di", "ed", "mo"]
    assert all(len(quick_scene.cards(person)) == 1 for person in ("ann", "bob", "cy", "di", "ed", "mo"))


def test_a_question_is_given_up_visibly_and_says_how_many_were_asked(quick_scene: Scene):
    post_id = quick_scene.post(QUESTION)
    quick_scene.click("bob", "Not me")
    quick_scene.pass_time(hours=4, minutes=1)
    assert quick_scene.stage(post_id) is Stage.UNANSWERED
    reason = "nobody answered in 4.0 h: 6 asked in 3 waves, 1 passed"
    assert quick_scene.question(post_id).reason == reason
    for person in ("ann", "cy", "di", "ed", "mo"):
        assert "Still unanswered" in quick_scene.words(person)
        assert reason in quick_scene.words(person)
        assert quick_scene.buttons(person) == ["Answer", "Not me"]
    assert quick_scene.replies(post_id) == []


def test_an_expert_who_comes_late_can_still_answer(quick_scene: Scene):
    post_id = quick_scene.post(QUESTION)
    quick_scene.pass_time(hours=5)
    assert quick_scene.stage(post_id) is Stage.UNANSWERED
    quick_scene.answer("cy")
    quick_scene.pass_time(seconds=61)
    assert quick_scene.replies(post_id) == [f"{ANSWER} ^CM"]
    assert quick_scene.stage(post_id) is Stage.PUBLISHED
    assert "Answered by Cy Moss" in quick_scene.words("ann")


def test_a_question_that_somebody_holds_is_not_given_up_under_their_hands(quick_scene: Scene):
    """The claim's own lease counts, however late it was taken."""
    post_id = quick_scene.post(QUESTION)
    quick_scene.pass_time(hours=3, minutes=55)
    quick_scene.click("ann", "Claim")
    quick_scene.pass_time(minutes=9)
    assert quick_scene.stage(post_id) is Stage.CLAIMED
    quick_scene.pass_time(minutes=12)
    assert quick_scene.stage(post_id) is Stage.UNANSWERED


def test_a_late_expert_who_does_nothing_leaves_it_given_up(quick_scene: Scene):
    """Claimed after it was given up, and the claim runs out: it is not open for ever."""
    post_id = quick_scene.post(QUESTION)
    quick_scene.pass_time(hours=5)
    quick_scene.click("cy", "Answer")
    assert quick_scene.stage(post_id) is Stage.CLAIMED
    quick_scene.pass_time(minutes=30)
    assert quick_scene.stage(post_id) is Stage.UNANSWERED
    assert quick_scene.buttons("ann") == ["Answer", "Not me"]


def test_an_answer_that_waits_for_a_moderator_all_day_does_not_stop_the_giving_up(quick_scene: Scene):
    """Held past the question's time, then sent back to an author who has gone home."""
    scene = quick_scene
    post_id = scene.post("@VoltHelp why is there no sound from my soundbar?")
    scene.answer("tia", "Press mute.", post_id)
    scene.pass_time(hours=5)
    assert scene.stage(post_id) is Stage.REVIEW
    scene.click("mo", "Send back", post_id)
    scene.submit("mo", "Which key?")
    scene.pass_time(hours=5)
    assert scene.stage(post_id) is Stage.UNANSWERED
