"""X does not do as it should: nothing is lost, nothing goes out twice, and what cannot be posted is said."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION
from twelp.errors import Locked
from twelp.model import AnswerState, Stage

REPLY = {"network": "x", "method": "POST", "path": "/2/tweets"}


def calls(scene: Scene) -> int:
    return scene.requests("POST", "/2/tweets")


def test_a_limit_an_outage_and_a_lost_answer_make_one_reply(quick_scene: Scene):
    """429 until a given hour, then 503, then the reply stands but X's answer never came."""
    scene = quick_scene
    headers = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "now+900"}
    scene.fault(kind="status", status=429, headers=headers, **REPLY)
    scene.fault(kind="html", **REPLY)
    scene.fault(kind="lost_response", **REPLY)
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(seconds=61)
    assert calls(scene) == 1
    for person in ("ann", "bob", "cy"):
        assert "Going out now" in scene.words(person)
        assert scene.buttons(person) == []
    scene.pass_time(minutes=14, seconds=50)
    assert calls(scene) == 1, "X said to stay away for 15 minutes"
    assert scene.stage(post_id) is Stage.PUBLISHING
    scene.pass_time(minutes=1)
    assert calls(scene) == 3
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert "Answered by Ann Lee" in scene.words("bob")
    assert any("WaitUntil" in line for line in scene.trail(post_id))
    assert any("InDoubt" in line for line in scene.trail(post_id))


def test_a_reply_that_x_keeps_losing_goes_out_once(quick_scene: Scene):
    """The look back is asked for and fails, too."""
    scene = quick_scene
    scene.fault(kind="lost_response", **REPLY)
    scene.fault(kind="html", network="x", method="GET", path="/2/users/*/tweets", times=3)
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(minutes=10)
    assert calls(scene) == 1
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    assert scene.stage(post_id) is Stage.PUBLISHED


def test_nothing_is_lost_while_our_token_is_refused(quick_scene: Scene):
    """The token is revoked, an operator puts it right, and everything goes on from where it stood."""
    scene = quick_scene
    first = scene.post(QUESTION)
    scene.answer("ann")
    scene.fault(kind="status", status=401, network="x", times=None)
    second = super(Scene, scene).post("@VoltHelp the screen of my tv stays black, why?")
    with pytest.raises(Locked):
        scene.listen()
    scene.pass_time(minutes=20)
    assert scene.stage(first) is Stage.PUBLISHING
    assert any("stopped" in line for line in scene.trail(first))
    scene.control("DELETE", "faults")
    scene.listen()
    assert scene.stage(second) is Stage.ASKED
    scene.pass_time(minutes=5)
    assert scene.replies(first) == [f"{ANSWER} ^AL"]
    assert scene.stage(first) is Stage.PUBLISHED


def test_an_answer_that_x_does_not_take_can_be_posted_by_hand(quick_scene: Scene):
    """Not summoned: for good, so it is not tried again; the card has a link that opens X with the text."""
    scene = quick_scene
    detail = "You can only reply to or quote posts where you are mentioned or are the author."
    body = {"title": "Forbidden", "detail": detail, "type": "about:blank", "status": 403}
    scene.fault(kind="status", status=403, body=body, times=None, **REPLY)
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(hours=1)
    assert calls(scene) == 1
    assert scene.stage(post_id) is Stage.LANE
    assert scene.state(post_id, "ann") is AnswerState.ACCEPTED
    assert "A moderator posts this by hand" in scene.words("ann", post_id)
    assert scene.buttons("ann", post_id) == ["Undo"]
    assert f"https://x.com/intent/post?in_reply_to={post_id}" in str(scene.cards("mo")), (
        "a moderator posts it, from the brand's account"
    )


def test_a_post_that_its_author_deleted_is_not_answered(quick_scene: Scene):
    """Deleted while an expert wrote: nothing is published, its words leave the cards, what it taught is forgotten."""
    scene = quick_scene
    post_id = scene.post(QUESTION)
    with scene.running_house.store.transaction() as tx:  # somebody had put the topic right
        tx.learn(f"x:{post_id}", QUESTION, "audio", scene.clock.now())
    scene.click("ann", "Answer")
    scene.delete(post_id)
    scene.submit("ann", ANSWER)
    scene.submit("ann")
    scene.pass_time(seconds=61)
    assert scene.stage(post_id) is Stage.WITHDRAWN
    assert scene.ours() == []
    for person in ("ann", "bob", "cy"):
        assert "Withdrawn by the customer" in scene.words(person)
        assert "no picture" not in str(scene.card(person)["blocks"]) + scene.card(person)["text"]
        assert scene.buttons(person) == []
    assert scene.state(post_id, "ann") is AnswerState.REFUSED
    assert scene.look(lambda tx: list(tx.learned())) == []


def test_posts_that_could_not_be_read_are_read_later_all_of_them(quick_scene: Scene):
    """Mentions fail in the middle of the pages; the cursor covers only what was taken in."""
    scene = quick_scene
    ids = [super(Scene, scene).post(f"@VoltHelp my tv shows no picture, why? ({n})") for n in range(8)]
    scene.fault(kind="html", network="x", method="GET", path="/2/users/*/mentions")
    for _ in range(2):
        house = scene.running_house
        house.networks["x"].listener._once()
    scene.settle()
    assert [scene.stage(post_id) for post_id in ids] == [Stage.ASKED] * 8
