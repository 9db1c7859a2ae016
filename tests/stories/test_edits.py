"""A customer edits their post: it has another id on the network, and stays the one question it was."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION, mail, words
from twelp.model import Stage

RADIO = "@VoltHelp why does my radio show no picture?"
TV_1 = "@VoltHelp my tv on HDMI 1 has no picture, why?"
TV_2 = "@VoltHelp my tv on HDMI 2 has no picture, why?"


def edit(scene: Scene, post_id: str, text: str, *, own: bool = False) -> str:
    """The author edits a post; its new id. `own`: the network names the new id for its conversation, too."""
    body = {"text": text, "own_conversation": own, "beyond_limits": True}
    made = str(scene.control("POST", f"x/posts/{post_id}/edits", body)["id"])
    scene.listen()
    return made


def noted(scene: Scene, person: str) -> str:
    """All that was sent to this person, cards and notes."""
    found = scene.control("GET", "slack/messages", user=mail(person))["messages"]
    return " ".join(words(message) for message in found)


def opened(scene: Scene, *post_ids: str) -> list[str]:
    """Which of these posts opened a question."""
    return [each for each in post_ids if scene.look(lambda tx, key=f"x:{each}": tx.question(key)) is not None]


def target(scene: Scene) -> list[str]:
    """What our posts on X answer."""
    return [str(post["in_reply_to"]) for post in scene.ours()]


@pytest.mark.parametrize("own", [False, True])
def test_who_was_asked_reads_the_newer_words_and_the_answer_goes_under_the_newest_version(scene: Scene, own: bool):
    first = scene.post(TV_1)
    second = edit(scene, first, TV_2, own=own)
    third = edit(scene, second, f"{TV_2} please help", own=own)
    assert opened(scene, first, second, third) == [first]
    assert "HDMI 2 has no picture" in scene.words("ann")
    assert "edited this" in scene.words("ann")
    assert "HDMI 1" not in scene.words("ann")
    scene.answer("ann")
    scene.pass_time(minutes=2)
    assert [post["text"] for post in scene.ours()] == [f"{ANSWER} ^AL"]
    assert target(scene) == [third]


def test_newer_words_about_something_else_reach_those_who_know_that(scene: Scene):
    first = scene.post("@VoltHelp why is there no sound from my soundbar?")
    assert scene.asked(first) == ["tia"]
    edit(scene, first, "@VoltHelp why is there no picture on my tv?", own=True)
    assert "ann" in scene.asked(first)
    assert len(opened(scene, first)) == 1


def test_who_holds_the_question_is_told_and_an_open_window_of_before_is_refused_with_the_present_words(scene: Scene):
    first = scene.post(TV_1)
    scene.click("ann", "Answer")
    edit(scene, first, TV_2, own=True)
    assert "HDMI 2" in noted(scene, "ann")
    assert "HDMI 1" in scene.words("ann", first), "who answers the former words reads both"
    scene.submit("ann", "Use HDMI 2.")
    act = scene.submit("ann")
    seen = f"{act['errors']} {scene.window('ann')} {scene.told('ann')}"
    assert "HDMI 2 has no picture" in seen
    scene.pass_time(minutes=2)
    assert scene.ours() == []
    assert scene.stage(first) is Stage.CLAIMED


def test_an_answer_that_was_about_to_go_out_stops_and_its_author_is_asked(scene: Scene):
    first = scene.post(TV_1)
    scene.answer("ann")
    assert scene.stage(first) is Stage.HELD
    second = edit(scene, first, TV_2, own=True)
    assert scene.stage(first) is Stage.CLAIMED
    scene.pass_time(minutes=2)
    assert scene.ours() == []
    assert "edited their post before it went out" in scene.words("ann")
    scene.answer("ann", "Use HDMI 1.")
    scene.pass_time(minutes=2)
    assert [post["text"] for post in scene.ours()] == ["Use HDMI 1. ^AL"]
    assert target(scene) == [second]


def test_after_the_answer_nobody_is_asked_and_its_author_hears_of_another_sense_alone(scene: Scene):
    first = scene.post("@VoltHelp my tv on HDMI 1 has no pictre, why?")
    scene.answer("ann")
    scene.pass_time(minutes=2)
    asked = scene.asked(first)
    second = edit(scene, first, TV_1)
    assert "after your answer" not in noted(scene, "ann")
    third = edit(scene, second, TV_2, own=True)
    assert "edited their post after your answer" in noted(scene, "ann")
    scene.pass_time(minutes=30)
    assert scene.asked(first) == asked
    assert opened(scene, first, second, third) == [first]
    assert len(scene.ours()) == 1


def test_an_edited_detail_is_the_same_detail(scene: Scene):
    first = scene.post(QUESTION)
    more = scene.post("@VoltHelp it is the 55 inch one", reply_to=first)
    scene.click("ann", "Claim")
    edit(scene, more, "@VoltHelp it is the 65 inch one")
    card = scene.words("ann")
    assert "65 inch" in card
    assert "55 inch" not in card
    assert "It reads now: “@VoltHelp it is the 65 inch one" in noted(scene, "ann")


def test_an_edit_that_asks_nothing_any_more_asks_nobody_further(scene: Scene):
    first = scene.post(QUESTION)
    edit(scene, first, "@VoltHelp never mind, found it myself!", own=True)
    assert scene.stage(first) is Stage.SETTLED
    asked = scene.asked(first)
    scene.pass_time(minutes=30)
    assert scene.asked(first) == asked


def test_an_edit_that_tells_of_danger_goes_to_people_at_once(scene: Scene):
    first = scene.post(QUESTION)
    scene.answer("ann")
    edit(scene, first, "@VoltHelp my tv is on fire and there is smoke everywhere, help!")
    assert scene.stage(first) is Stage.CRISIS
    scene.pass_time(minutes=30)
    assert scene.ours() == []
    assert "on fire" in noted(scene, "mo")


def test_chatter_that_is_edited_into_a_question_is_one(scene: Scene):
    first = scene.post("@VoltHelp good morning everyone")
    assert opened(scene, first) == []
    second = edit(scene, first, QUESTION, own=True)
    assert opened(scene, first, second) == [second]
    assert scene.stage(second) is Stage.ASKED


def test_the_next_post_under_an_edited_one_belongs_to_the_same_question(scene: Scene):
    first = scene.post(TV_1)
    second = edit(scene, first, TV_2, own=True)
    more = scene.post("@VoltHelp it is the 55 inch one", reply_to=second)
    assert opened(scene, first, second, more) == [first]
    assert "55 inch" in scene.words("ann")


def test_what_somebody_set_aside_comes_back_when_it_is_edited_into_a_question(scene: Scene):
    first = scene.post("@VoltHelp why tv?")
    who = scene.asked(first)[0]
    scene.press(who, scene.card(who), action_id="twelp_more", value=f"dismiss x:{first}")
    assert scene.stage(first) is Stage.DISMISSED
    edit(scene, first, TV_2)
    assert scene.stage(first) is Stage.ASKED
