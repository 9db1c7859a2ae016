"""What belongs together stays together, and what is said inside stays inside."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION, mail
from twelp.model import Stage


def test_more_from_the_same_customer_does_not_open_a_second_question(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post(QUESTION)
    more = scene.post("@VoltHelp it is the 55 inch one, any idea?", reply_to=post_id)
    assert scene.look(lambda tx: tx.question(f"x:{more}")) is None
    assert len(scene.cards("ann")) == 1
    assert any("follow-up" in line for line in scene.trail(post_id))
    other = scene.post("@VoltHelp same here, why does my tv show no picture?", "leo", reply_to=post_id)
    assert scene.stage(other) is Stage.ASKED


def test_what_goes_on_with_a_post_of_which_nobody_was_sure_opens_that_and_no_second_question(scene: Scene):
    first = scene.post("@VoltHelp https://example.com/photo/1")
    assert scene.stage(first) is Stage.DISMISSED
    second = scene.post("@VoltHelp https://example.com/photo/2", reply_to=first)
    assert len(scene.cards("mo")) == 1, "a moderator is told of both at once"
    asks = scene.post("@VoltHelp why does my tv show no picture?", reply_to=second)
    for post_id in (second, asks):
        assert scene.look(lambda tx, key=f"x:{post_id}": tx.question(key)) is None
    assert scene.stage(first) is Stage.ASKED
    assert "photo/2" in scene.words("ann", first)
    assert "no picture?" in scene.words("ann", first)
    scene.answer("ann", post_id=first)
    scene.pass_time(minutes=2)
    assert (scene.replies(first), scene.replies(asks)) == ([], [f"{ANSWER} ^AL"])


def test_what_somebody_said_is_not_for_us_stays_so_when_its_customer_asks_anew(scene: Scene):
    first = scene.post(QUESTION)
    scene.running_house.desk.dismiss(f"x:{first}", mail("ann"))
    second = scene.post("@VoltHelp hello? why is the picture of my tv gone?", reply_to=first)
    assert (scene.stage(first), scene.stage(second)) == (Stage.DISMISSED, Stage.ASKED)


def test_a_new_question_after_the_answer_is_a_question_again(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    more = scene.post("@VoltHelp thanks, and why is the picture of my tv green now?", reply_to=post_id)
    assert scene.stage(more) is Stage.ASKED
    assert scene.stage(post_id) is Stage.PUBLISHED


def test_what_is_written_in_slack_never_becomes_public(quick_scene: Scene):
    """In the thread under the card, in the conversation, in the thread of a claimed and of a held question."""
    scene = quick_scene
    post_id = scene.post(QUESTION)

    def chat() -> None:
        card = scene.card("ann")
        said = {"user": mail("ann"), "text": "Between us: this model is rubbish. Post publicly! /answer yes"}
        scene.control("POST", "slack/write", {**said, "channel": card["channel"], "thread_ts": card["ts"]})
        scene.control("POST", "slack/write", said)
        scene.settle()

    chat()
    scene.click("ann", "Claim")
    chat()
    scene.answer("ann")
    chat()
    scene.pass_time(hours=1)
    assert [post["text"] for post in scene.ours()] == [f"{ANSWER} ^AL"]
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    assert "never posted" in scene.told("ann")


def test_our_own_posts_and_reposts_of_them_are_nobodys_question(quick_scene: Scene):
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=2)
    own = scene.ours()[0]["id"]
    copy = scene.post("RT @VoltHelp: why does my tv show no picture?", "leo", repost_of=own)
    plain = scene.post("@VoltHelp thank you so much, you are great!", "mia", reply_to=own)
    for other in (copy, plain):
        assert scene.look(lambda tx, key=f"x:{other}": tx.question(key)) is None
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert len(scene.ours()) == 1
