"""A moderator's Home: what waits, what nobody answered, and who is here for what, on both databases."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.test_volunteers import accept, open_home, says, with_rules
from tests.stories.town import mail

FRESH = "@VoltHelp why does my tv hum since this morning?"


def lists(scene: Scene) -> tuple[str, str]:
    """What is told of the questions that wait, and of those that nobody answered."""
    shown = open_home(scene, "mo")
    waiting, _, unanswered = shown.partition("The queue, oldest first")[2].partition("Nobody answered, newest first")
    return waiting, unanswered


def ask(scene: Scene, number: int) -> str:
    return scene.post(f"@VoltHelp why does my tv show no picture on channel {number}?", f"c{number}")


def unanswered(scene: Scene, *numbers: int) -> None:
    for number in numbers:
        ask(scene, number)
    scene.pass_time(hours=30)


def test_a_moderator_sees_the_fresh_question_however_many_nobody_answered(scene: Scene):
    for numbers in (range(1, 5), range(5, 9), range(9, 13)):
        unanswered(scene, *numbers)
    scene.post(FRESH)
    waiting, gone = lists(scene)
    assert FRESH in waiting
    assert "channel" not in waiting
    assert all(f"channel {number}?" in gone for number in (9, 10, 11, 12))
    assert gone.index("channel 12?") < gone.index("channel 9?"), "newest first"
    assert "channel 1?" not in gone
    assert "7 more are not shown." in gone


def test_what_nobody_answered_a_week_ago_is_only_counted(scene: Scene):
    unanswered(scene, 1, 2)
    scene.pass_time(days=7)
    waiting, gone = lists(scene)
    assert "No question waits." in waiting
    assert "channel" not in gone
    assert "2 more are not shown." in gone
    unanswered(scene, 3)
    waiting, gone = lists(scene)
    assert "channel 3?" in gone
    assert "channel 2?" not in gone
    assert "2 more are not shown." in gone


def test_of_many_that_wait_the_oldest_and_the_newest_are_shown(scene: Scene):
    for number in range(1, 15):
        ask(scene, number)
        scene.pass_time(seconds=1)
    waiting, gone = lists(scene)
    shown = [number for number in range(1, 15) if f"channel {number}?" in waiting]
    assert shown == [1, 2, 3, 4, 5, 10, 11, 12, 13, 14]
    assert waiting.index("channel 5?") < waiting.index("4 more wait.") < waiting.index("channel 10?")
    assert gone == ""


def test_nobody_answered_says_nothing_once_somebody_did(scene: Scene):
    post_id = ask(scene, 1)
    scene.pass_time(hours=30)
    assert "channel 1?" in lists(scene)[1]
    scene.answer("ann", post_id=post_id)
    scene.pass_time(minutes=5)
    assert lists(scene)[1] == ""


def test_coverage_counts_neither_whose_time_is_over_nor_who_is_not_here(scene: Scene):
    """Left, without an account, away for days: they answer nothing. Away until tomorrow: they are here, not now."""
    unanswered(scene, 1, 2, 3)
    ask(scene, 4)
    assert "TV: 5 of 5 can be asked now, 1 waiting" in open_home(scene, "mo")
    says(scene, "ann", "leave")
    says(scene, "bob", "pause 10 days")
    says(scene, "cy", "pause 2 hours")
    scene.control("PATCH", f"slack/users/{mail('di')}", {"deleted": True})
    absent = scene.running_house.workspace.people.absent
    scene.until(lambda: absent(mail("di")), "the news")
    scene.until(lambda: "TV: 1 of 2 can be asked now, 1 waiting" in open_home(scene, "mo"), "the true number")


def test_coverage_counts_nobody_who_has_not_accepted_the_rules(scene: Scene):
    scene.close()
    with_rules(scene)
    accept(scene, "mo")
    assert "TV: nobody takes part, 0 waiting" in open_home(scene, "mo")
    accept(scene, "ann")
    scene.until(lambda: "TV: 1 of 1 can be asked now, 0 waiting" in open_home(scene, "mo"), "the true number")
