"""Slack says things twice, or hears us late: nothing happens twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.stories.conftest import Scene
from tests.stories.test_correcting import RIGHT, correct
from tests.stories.town import ANSWER, QUESTION, mail
from twelp.model import AnswerState, Stage

pytestmark = pytest.mark.paced  # cards come late here


def test_a_message_that_slack_sends_again_gets_one_hint(quick_scene: Scene):
    scene = quick_scene
    act = scene.control("POST", "slack/write", {"user": "ann@volt.example", "text": "what is this?"})
    for _ in range(3):
        scene.control("POST", "slack/redeliver", {"event_id": act["event_id"]})
    scene.settle()
    assert scene.told("ann").count("What you write here stays between us") == 1


def test_clicks_that_arrive_twice_do_nothing_twice(quick_scene: Scene, monkeypatch: pytest.MonkeyPatch):
    """Every click and every submitted window of one story comes a second time, right after the first."""
    scene, delivery = quick_scene, quick_scene.running.sandbox.slack.delivery
    send = delivery.send

    async def twice(kind: str, payload: dict[str, Any], **more: Any) -> Any:
        first = await send(kind, payload, **more)
        await send(kind, payload, **more)
        return first

    monkeypatch.setattr(delivery, "send", twice)
    post_id = scene.post(QUESTION)
    scene.click("cy", "Not me")
    scene.click("ann", "Claim")
    scene.click("ann", "Release")
    scene.answer("bob")
    scene.click("bob", "Undo")
    scene.answer("bob")
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == [f"{ANSWER} ^BR"]
    steps = [line.partition(":")[2].split(":")[0].strip() for line in scene.trail(post_id)]
    once = ("not me", "release", "undo", "published")
    assert {step: steps.count(step) for step in once} == dict.fromkeys(once, 1)
    assert steps.count("confirm") == 2
    asked = scene.asked(post_id)
    assert len(asked) == len(set(asked))
    assert all(len(scene.cards(person)) == 1 for person in asked)


def test_an_answer_that_slack_thinks_we_did_not_hear_is_not_posted_twice(
    quick_scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    """The acknowledgement comes too late; the expert sees an error and presses again."""
    scene, desk = quick_scene, quick_scene.running_house.desk
    scene.running.sandbox.slack.delivery.ack_timeout_s = 0.3
    confirm, heard = desk.confirm, threading.Event()

    def slowly(*args: str) -> Any:
        done = confirm(*args)
        assert heard.wait(10)
        return done

    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer")
    scene.submit("ann", ANSWER)
    monkeypatch.setattr(desk, "confirm", slowly)
    monkeypatch.setattr(scene, "settle", lambda: None)
    act = scene.submit("ann")
    assert not act["acked"]
    heard.set()
    act = scene.submit("ann")
    assert act["acked"]
    assert act["view"] is None
    monkeypatch.undo()
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]
    assert scene.stage(post_id) is Stage.PUBLISHED


@pytest.mark.only_over("sockets", reason="it is a socket that ends")
def test_the_socket_may_end_at_any_time(quick_scene: Scene):
    """Slack closes connections as it likes; what people do goes on."""
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.click("ann", "Answer")
    scene.control("POST", "slack/cut")
    scene.until(lambda: scene.control("GET", "slack/connections")["sockets"], "the next connection")
    scene.submit("ann", ANSWER)
    scene.control("POST", "slack/disconnect", {})
    scene.until(lambda: scene.control("GET", "slack/connections")["sockets"], "the next connection")
    scene.submit("ann")
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == [f"{ANSWER} ^AL"]


def test_cards_that_slack_limits_refuses_or_loses_arrive_once_each(quick_scene: Scene):
    """429 with Retry-After, a server error and a lost answer, each for somebody's card."""
    scene = quick_scene
    card = {"network": "slack", "path": "/api/chat.postMessage"}
    scene.fault(kind="status", status=429, headers={"Retry-After": "30"}, **card)
    scene.fault(kind="status", status=500, **card)
    scene.fault(kind="lost_response", **card)
    post_id = scene.post(QUESTION)
    scene.pass_time(seconds=40)
    assert scene.asked(post_id) == ["ann", "bob", "cy"]
    assert [len(scene.cards(person)) for person in ("ann", "bob", "cy")] == [1, 1, 1]
    scene.answer("cy")
    assert [scene.buttons(person) for person in ("ann", "bob", "cy")] == [[], [], ["Undo"]]


def test_somebody_who_left_the_company_is_replaced_by_somebody_else(quick_scene: Scene):
    scene = quick_scene
    scene.control("PATCH", "slack/users/bob@volt.example", {"deleted": True})
    scene.settle()
    post_id = scene.post(QUESTION)
    assert scene.asked(post_id) == ["ann", "bob", "cy", "di"]
    assert any("could not reach Bob Roe" in line for line in scene.trail(post_id))
    assert "no picture" in scene.words("di")


@pytest.fixture
def late(quick_scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets the last window that was sent, of those that a name is in, arrive a second time."""
    scene, delivery = quick_scene, quick_scene.running.sandbox.slack.delivery
    send, sent, again = delivery.send, list[Any](), list[Any]()

    async def kept(kind: str, payload: dict[str, Any], **more: Any) -> Any:
        if payload.get("type") == "view_submission":
            sent.append(payload)
        while again:
            await send("interactive", again.pop())
        return await send(kind, payload, **more)

    monkeypatch.setattr(delivery, "send", kept)

    def arrives(name: str) -> None:
        again.append(next(p for p in reversed(sent) if p["view"]["callback_id"] == name))
        act = scene.control("POST", "slack/write", {"user": mail("cy"), "text": "hm"})
        scene.until(lambda: not again, f"{name} and {act['event_id']}")
        scene.settle()

    return arrives


def test_a_confirmation_that_arrives_again_after_its_undo_confirms_nothing(
    quick_scene: Scene, late: Callable[[str], None]
):
    """Nor after its answer was corrected, or taken back for good; what became of that stays in the books."""
    scene = quick_scene
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    late("twelp_confirm")
    assert scene.stage(post_id) is Stage.HELD
    scene.click("ann", "Undo")
    late("twelp_confirm")
    assert scene.stage(post_id) is Stage.CLAIMED
    scene.answer("ann")
    scene.pass_time(minutes=2)
    correct(scene, "ann", post_id)
    late("twelp_confirm")
    assert scene.stage(post_id) is Stage.CLAIMED
    scene.answer("ann", RIGHT)
    scene.pass_time(minutes=2)
    late("twelp_correct")
    assert scene.stage(post_id) is Stage.PUBLISHED
    assert scene.replies(post_id) == [f"{RIGHT} ^AL"]
    desk = scene.running_house.desk
    assert desk.retract(f"x:{post_id}", mail("ann")).ok
    late("twelp_confirm")
    assert not desk.confirm(f"x:{post_id}", mail("ann"), ANSWER).ok
    assert scene.state(post_id, "ann") is AnswerState.RETRACTED
    assert scene.answers(post_id)["ann"].text == RIGHT


def test_an_answer_goes_back_once_for_one_word_of_a_moderator(quick_scene: Scene, late: Callable[[str], None]):
    scene = quick_scene
    post_id = scene.post("@VoltHelp no sound from my soundbar, why?")
    scene.answer("tia", ANSWER, post_id)
    scene.click("mo", "Send back", post_id)
    scene.submit("mo", "Which model?")
    assert scene.stage(post_id) is Stage.CLAIMED
    scene.answer("tia", RIGHT, post_id)
    late("twelp_note")
    assert scene.stage(post_id) is Stage.REVIEW
