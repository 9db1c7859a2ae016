"""A customer asks the same again elsewhere: twice at once, or deletes the post and posts it anew, mended."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_edits import noted, opened, target
from tests.stories.test_gone import everybody, rows_with, sweep
from tests.stories.town import ANSWER, QUESTION, Town
from twelp.model import AnswerState, Kind, Stage

SLIP = "@VoltHelp why does my zebra tv show no pictre?"
MENDED = "@VoltHelp why does my zebra tv show no picture?"
LONGER = "@VoltHelp since monday my zebra tv shows no picture on hdmi 2, why is that?"
SOUND = "@VoltHelp why is there no sound from my soundbar?"


def silently(scene: Scene, text: str, **more: str) -> str:
    """A post that is not heard yet."""
    return Town.post(scene, text, "mia", **more)


def anew(scene: Scene, former: str, text: str) -> str:
    """The customer deletes the post, and posts it anew."""
    scene.delete(former)
    return scene.post(text)


@pytest.mark.parametrize("text", [MENDED, LONGER])
@pytest.mark.others_on_sqlite(reason="the words differ, rows do not")
def test_posted_anew_it_is_one_question_before_the_same_people(scene: Scene, text: str):
    first = scene.post(SLIP)
    asked = scene.asked(first)
    second = anew(scene, first, text)
    assert (scene.stage(first), scene.stage(second)) == (Stage.WITHDRAWN, Stage.ASKED)
    assert (scene.asked(first), scene.asked(second)) == ([], asked)
    assert [len(scene.cards(person)) for person in asked] == [1, 1, 1]
    assert "pictre" not in everybody(scene)
    assert rows_with(scene, "pictre") == []
    assert second in str(scene.card("ann")["blocks"])
    scene.answer("ann")
    scene.pass_time(minutes=2)
    assert target(scene) == [second]
    assert scene.stage(second) is Stage.PUBLISHED


def test_who_had_it_goes_on_with_claim_and_draft_and_is_told(scene: Scene):
    first = scene.post(SLIP)
    scene.click("ann", "Answer")
    scene.submit("ann", ANSWER)
    scene.shut("ann")
    second = anew(scene, first, MENDED)
    found = scene.question(second)
    assert (found.stage, found.claimed_by) == (Stage.CLAIMED, "ann@volt.example")
    assert "deleted the post you have in hand and posted it anew" in noted(scene, "ann")
    assert "Ann Lee has it" in scene.words("bob")
    scene.click("ann", "Answer", second)
    assert ANSWER in scene.window("ann")
    scene.submit("ann", ANSWER)
    scene.submit("ann")
    scene.pass_time(minutes=2)
    assert target(scene) == [second]


def test_a_window_that_was_open_reaches_the_newer_question_and_shows_its_words_first(scene: Scene):
    first = scene.post(MENDED)
    scene.click("ann", "Answer")
    second = anew(scene, first, LONGER)
    scene.submit("ann", ANSWER)
    scene.submit("ann")
    assert "since monday" in scene.window("ann"), "other words than those that were read"
    assert scene.stage(second) is Stage.CLAIMED
    scene.submit("ann")
    scene.pass_time(minutes=2)
    assert target(scene) == [second]


@pytest.mark.parametrize("confirmed", ["held", "in review"])
def test_a_confirmed_answer_does_not_go_out_and_is_its_authors_again(scene: Scene, confirmed: str):
    held = confirmed == "held"
    first = scene.post(SLIP if held else SOUND)
    author = "ann" if held else "tia"
    scene.answer(author)
    assert scene.stage(first) is (Stage.HELD if held else Stage.REVIEW)
    second = anew(scene, first, MENDED if held else f"{SOUND} Since monday!")
    scene.pass_time(minutes=2)
    assert scene.ours() == []
    assert scene.stage(second) is Stage.CLAIMED
    assert scene.state(second, author) is AnswerState.DRAFT
    assert scene.stage(first) is Stage.WITHDRAWN


def test_what_was_deleted_before_the_new_post_came_is_taken_up_all_the_same(scene: Scene):
    """A kill between the two halves leaves the same: the former one withdrawn, the newer one not heard."""
    first = scene.post(SLIP)
    asked = scene.asked(first)
    scene.click("ann", "Claim")
    scene.delete(first)
    scene.running_house.desk.post_gone(f"x:{first}", "deleted")
    scene.settle()
    assert scene.stage(first) is Stage.WITHDRAWN
    scene.close()
    silently(scene, "@VoltHelp hello there")
    second = silently(scene, MENDED)
    scene.open()
    scene.listen()
    assert sorted(scene.asked(second)) == sorted(asked)
    assert scene.question(second).claimed_by == "ann@volt.example"
    assert [len(scene.cards(person)) for person in ("bob", "cy")] == [1, 1]


def test_another_matter_or_another_day_is_a_question_of_its_own(scene: Scene):
    first = scene.post(SLIP)
    second = anew(scene, first, SOUND)
    assert scene.stage(second) is Stage.ASKED
    assert scene.asked(second) == ["tia"]
    sweep(scene)
    assert scene.stage(first) is Stage.WITHDRAWN
    scene.pass_time(hours=3)
    third = scene.post(MENDED)
    assert len(scene.asked(third)) == 3


def test_the_same_words_twice_are_one_question_and_one_answer(scene: Scene):
    first = scene.post(QUESTION)
    second = scene.post(f"{QUESTION} please")
    assert opened(scene, first, second) == [first]
    assert scene.look(lambda tx: tx.post(f"x:{second}"))[1].kind is Kind.REPEATED
    scene.post("@VoltHelp it is the okapi model", reply_to=second)
    assert "okapi" in scene.words("ann"), "what they add under the second one belongs to the question"
    scene.answer("ann")
    scene.pass_time(minutes=2)
    third = scene.post(QUESTION)
    assert target(scene) == [first]
    assert opened(scene, first, second, third) == [first]
    assert "Your answer stands, and nobody is asked" in noted(scene, "ann")
    assert [len(scene.cards(person)) for person in ("bob", "cy")] == [1, 1]


@pytest.mark.parametrize("moment", ["asked", "held"])
def test_where_the_first_of_two_is_deleted_the_second_goes_on(scene: Scene, moment: str):
    first = scene.post(QUESTION)
    asked = scene.asked(first)
    second = scene.post(f"{QUESTION} please")
    if moment == "held":
        scene.answer("ann")
    scene.delete(first)
    scene.pass_time(minutes=6)
    assert scene.stage(first) is Stage.WITHDRAWN
    assert scene.asked(second)[:3] == asked
    assert scene.ours() == []
    assert scene.stage(second) is (Stage.CLAIMED if moment == "held" else Stage.ASKED)
    scene.answer("ann", post_id=second)
    scene.pass_time(minutes=2)
    assert target(scene) == [second]


def test_what_is_found_gone_while_the_answer_is_sent_goes_on_as_the_second(scene: Scene):
    first = scene.post(QUESTION)
    second = scene.post(f"{QUESTION} please")
    scene.answer("ann")
    scene.fault(kind="status", status=503, network="x", method="GET", path="/2/tweets", times=None)
    scene.delete(first)
    scene.pass_time(minutes=2)
    assert scene.stage(first) is Stage.WITHDRAWN
    assert scene.question(second).claimed_by == "ann@volt.example"
    assert scene.state(second, "ann") is AnswerState.DRAFT
    assert scene.ours() == []


def test_an_answer_to_a_post_that_is_deleted_since_is_not_given_again(scene: Scene):
    first = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    scene.delete(first)
    second = scene.post(f"{QUESTION} please")
    scene.pass_time(minutes=30)
    assert [post["text"] for post in scene.ours()] == [f"{ANSWER} ^AL"]
    assert opened(scene, second) == []


def test_a_card_that_was_not_sent_yet_is_sent_once_and_says_the_newer_words(scene: Scene):
    scene.fault(kind="status", status=503, network="slack", path="/api/chat.postMessage", times=3)
    first = scene.post(SLIP)
    second = anew(scene, first, MENDED)
    scene.pass_time(minutes=2)
    assert [len(scene.cards(person)) for person in scene.asked(second)] == [1, 1, 1]
    assert "picture" in scene.words("ann")


def test_somebody_elses_same_words_are_their_own_question(scene: Scene):
    first = scene.post(QUESTION)
    second = scene.post(QUESTION, "leo")
    assert opened(scene, first, second) == [first, second]


def test_other_numbers_another_picture_or_another_parent_are_no_repeat(scene: Scene):
    first = scene.post("@VoltHelp my tv on HDMI 1 has no picture, why?")
    second = scene.post("@VoltHelp my tv on HDMI 2 has no picture, why?")
    about = scene.post("look at this", "leo")
    third = scene.post("@VoltHelp my tv on HDMI 2 has no picture, why?", quotes=about)
    assert opened(scene, first, second, third) == [first, second, third]
