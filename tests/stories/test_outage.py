"""The other side is down for a while: it is asked seldom meanwhile, and everything goes on by itself afterwards."""

from __future__ import annotations

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER
from twelp.model import Stage

POST_MESSAGE = {"network": "slack", "path": "/api/chat.postMessage"}
REPLY = {"network": "x", "method": "POST", "path": "/2/tweets"}
REVOKED = {"kind": "status", "status": 200, "body": {"ok": False, "error": "token_revoked"}, "times": None}


def questions(scene: Scene, many: int) -> list[str]:
    return [scene.post(f"@VoltHelp my tv shows no picture, why? ({n})", f"c{n}") for n in range(many)]


def test_while_x_is_down_it_is_asked_by_one_at_a_time(quick_scene: Scene):
    """Four replies wait for ten minutes; together they ask about once a minute."""
    scene = quick_scene
    asked = questions(scene, 4)
    for number, post_id in enumerate(asked):
        person = scene.asked(post_id)[0]
        scene.answer(person, f"{ANSWER} ({number})", post_id)
    scene.fault(kind="html", times=None, **REPLY)
    scene.pass_time(minutes=11)
    assert scene.requests("POST", "/2/tweets") < 22
    scene.control("DELETE", "faults")
    scene.pass_time(minutes=7)
    assert [len(scene.replies(post_id)) for post_id in asked] == [1] * 4
    assert {scene.stage(post_id) for post_id in asked} == {Stage.PUBLISHED}


def test_nothing_is_lost_while_slack_does_not_know_our_token(quick_scene: Scene):
    """The journal says once that the card is stopped; a minute after the token is good again, everybody is asked."""
    scene = quick_scene
    scene.fault(**REVOKED, **POST_MESSAGE)
    asked = questions(scene, 3)
    scene.pass_time(minutes=4)
    assert not scene.cards("ann")
    assert scene.requests("POST", "/api/chat.postMessage") < 20
    assert sum("stopped" in line for line in scene.trail(asked[0])) <= 2 * len(scene.asked(asked[0]))
    scene.control("DELETE", "faults")
    scene.pass_time(minutes=2, seconds=1)
    assert all(scene.cards(person) for person in scene.asked(asked[0]))


def test_an_answer_that_does_not_say_what_it_must_is_none(quick_scene: Scene):
    """Fields without which nothing is known: the message is looked for, and is there once."""
    scene = quick_scene
    for path, field in (("chat.postMessage", "ts"), ("conversations.history", "messages"), ("users.info", "user")):
        scene.fault(kind="altered", fields={field: None}, network="slack", path=f"/api/{path}")
    scene.fault(kind="altered", fields={"data": "post"}, **REPLY)
    scene.fault(kind="altered", fields={"data": None, "meta": "about"}, network="x", path="/2/users/*/tweets")
    (post_id,) = questions(scene, 1)
    scene.pass_time(minutes=1)
    assert sum(len(scene.cards(person)) for person in scene.asked(post_id)) == 3
    scene.answer(scene.asked(post_id)[0], ANSWER, post_id)
    scene.pass_time(minutes=3)
    assert len(scene.replies(post_id)) == 1
    assert scene.requests("POST", "/2/tweets") == 1
    assert scene.stage(post_id) is Stage.PUBLISHED
