"""Taking a question, giving it back, losing it, taking an answer back."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION, mail
from twelp.model import AnswerState, Stage


def test_an_answer_taken_back_within_the_hold_is_not_published(scene: Scene):
    """Undo; the text is kept as a draft, and a later answer is published once."""
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(seconds=50)
    scene.click("ann", "Undo")
    scene.pass_time(minutes=5)
    assert scene.replies(post_id) == []
    assert scene.stage(post_id) is Stage.CLAIMED
    assert scene.state(post_id, "ann") is AnswerState.DRAFT
    scene.click("ann", "Answer")
    assert ANSWER in str(scene.view("ann"))
    scene.submit("ann", "Unplug HDMI 1.")
    scene.submit("ann")
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == ["Unplug HDMI 1. ^AL"]
    assert scene.requests("POST", "/2/tweets") == 1


def test_nobody_but_the_author_can_undo(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    assert not scene.running_house.desk.undo(f"x:{post_id}", mail("bob")).ok
    assert scene.stage(post_id) is Stage.HELD


def test_a_claim_that_runs_out_is_free_for_others_and_its_draft_is_kept(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer")
    view = scene.until(lambda: scene.view("ann"), "the window")
    where = {"user": mail("ann"), "view_id": view["id"]}
    scene.control("POST", "slack/type", {**where, "text": "Hold the power button", "action_id": "twelp_typing"})
    scene.settle()
    assert scene.buttons("bob") == []
    assert "Ann Lee has it" in scene.words("bob")
    scene.pass_time(minutes=11)
    assert scene.stage(post_id) is Stage.ASKED
    assert scene.buttons("ann") == ["Answer", "Claim", "Not me"]
    assert scene.buttons("bob") == ["Answer", "Claim", "Not me"]
    assert scene.answers(post_id)["ann"].text == "Hold the power button"
    scene.control("POST", "slack/type", {**where, "text": "Hold the power button long", "action_id": "twelp_typing"})
    scene.settle()
    assert scene.stage(post_id) is Stage.ASKED  # writing on keeps the text; the question is for who is first
    scene.shut("ann")
    scene.click("bob", "Claim")
    scene.click("bob", "Release")
    scene.click("ann", "Answer")
    assert "Hold the power button" in str(scene.view("ann"))


def test_who_keeps_writing_keeps_the_claim(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer")
    view = scene.until(lambda: scene.view("ann"), "the window")
    for minute in range(6):
        scene.pass_time(minutes=4)
        body = {"user": mail("ann"), "view_id": view["id"], "text": f"Hold it {minute}", "action_id": "twelp_typing"}
        scene.control("POST", "slack/type", body)
        scene.settle()
    assert scene.question(post_id).claimed_by == mail("ann")
    scene.pass_time(minutes=11)
    assert scene.stage(post_id) is Stage.ASKED


def test_not_me_asks_one_other_person_instead(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.click("bob", "Not me")
    assert scene.asked(post_id) == ["ann", "bob", "cy", "di"]
    assert "Passed on" in scene.words("bob")
    assert scene.buttons("bob") == []
    assert scene.buttons("di") == ["Answer", "Claim", "Not me"]


def test_a_question_given_back_is_offered_to_everybody_again(scene: Scene):
    post_id = scene.post(QUESTION)
    scene.click("ann", "Claim")
    assert scene.buttons("ann") == ["Answer", "Release"]
    scene.click("ann", "Release")
    assert scene.stage(post_id) is Stage.ASKED
    assert scene.asked(post_id) == ["ann", "bob", "cy", "di", "ed"]
    for person in scene.asked(post_id):
        assert "Answer" in scene.buttons(person)


def test_people_are_still_asked_after_a_question_was_given_back_at_once(scene: Scene):
    """Taken and given back in the same moment, so that two waves' timers stand at the same hour."""
    post_id = scene.post(QUESTION)
    scene.click("ann", "Claim")
    scene.click("ann", "Release")
    scene.pass_time(minutes=6)
    assert scene.asked(post_id) == ["ann", "bob", "cy", "di", "ed", "mo"]


def test_a_second_text_from_another_window_does_not_touch_the_one_that_is_going_out(scene: Scene):
    """The same expert, a window on the phone and one on the desk: confirmed is confirmed, until it is undone."""
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    desk = scene.running_house.desk
    done = desk.confirm(f"x:{post_id}", mail("ann"), "Never mind, buy a new one.")
    assert not done.ok
    assert "undo" in done.message.lower()
    scene.pass_time(minutes=2)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    assert not desk.confirm(f"x:{post_id}", mail("ann"), "Never mind, buy a new one.").ok
    assert scene.answers(post_id)["ann"].public == f"{ANSWER} ^AL"
    assert scene.state(post_id, "ann") is AnswerState.PUBLISHED
    assert f"{ANSWER} ^AL" in scene.words("bob")


def test_what_is_no_question_is_set_aside_for_everybody_and_remembered(scene: Scene):
    text = "@VoltHelp why does my tv show no picture? haha just kidding"
    post_id = scene.post(text)
    scene.press("ann", scene.card("ann"), action_id="twelp_more", value=f"dismiss x:{post_id}")
    assert scene.stage(post_id) is Stage.DISMISSED
    for person in ("ann", "bob", "cy"):
        assert "Set aside: not a question" in scene.words(person)
        assert scene.buttons(person) == (["Undo"] if person == "ann" else [])
    assert scene.look(lambda tx: list(tx.learned())) == [(f"x:{post_id}", text, None)]
    scene.pass_time(hours=5)
    assert scene.asked(post_id) == ["ann", "bob", "cy"]
    assert scene.stage(post_id) is Stage.DISMISSED


def test_what_was_answered_teaches_who_to_ask(scene: Scene):
    """A word that no topic knows is known after an answer, and still after a restart."""
    post_id = scene.post("@VoltHelp why does my tv flimmer, the screen has no picture?")
    scene.answer("ann")
    scene.pass_time(minutes=2)
    assert scene.look(lambda tx: [topic for _, _, topic in tx.learned()]) == ["tv"]
    assert scene.running_house.desk.matcher.rank("it does flimmer").topics[0].topic == "tv"
    scene.close()
    scene.open()
    assert scene.running_house.desk.matcher.rank("it does flimmer").topics[0].topic == "tv"
    assert scene.stage(post_id) is Stage.PUBLISHED
