"""Peace is kept to the last moment: between the plan and the card lie outages, restarts, and people's own words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.conftest import DrivenClock
from tests.stories.conftest import Scene
from tests.stories.test_peace import opened, roster
from tests.stories.town import QUESTION, mail
from twelp.delivery.messages import Messages
from twelp.model import Stage

pytestmark = pytest.mark.paced  # cards come late here

AWAKE = "zone: UTC, daily_asks: 50"
NIGHT = 'zone: UTC, quiet: "22:00-08:00", daily_asks: 50'
NOBODY = "zone: UTC, daily_asks: 0"
POST = {"network": "slack", "path": "/api/chat.postMessage"}
DOWN = {**POST, "kind": "status", "status": 503, "times": None}


@pytest.fixture
def clock() -> DrivenClock:
    """Ten minutes before ten in the evening, the next one."""
    now = datetime.now(UTC)
    evening = now.replace(hour=21, minute=50, second=0, microsecond=0)
    return DrivenClock(evening if evening > now else evening + timedelta(days=1))


def only(**people: str) -> str:
    """The roster in which only these people may be asked."""
    return roster(**(dict.fromkeys(("ann", "bob", "cy", "di", "ed", "mo"), NOBODY) | people))


def heal(scene: Scene) -> None:
    scene.control("DELETE", "faults")


def shown(scene: Scene, person: str) -> list[dict[str, Any]]:
    return [card for card in scene.cards(person) if "picture" in str(card["blocks"])]


def said(scene: Scene, post_id: str, words: str) -> bool:
    return any(words in line for line in scene.trail(post_id))


def test_after_an_outage_nobody_is_woken_and_somebody_awake_has_the_card(closed_house: Scene):
    """Bob's quiet hours end while Slack is away, and Ann's begin."""
    scene = opened(closed_house, only(ann=NIGHT, bob='zone: UTC, quiet: "20:00-22:05", daily_asks: 5'))
    scene.fault(**DOWN)
    post_id = scene.post(QUESTION)
    assert scene.asked(post_id) == ["ann"]
    scene.pass_time(minutes=50)
    heal(scene)
    scene.pass_time(minutes=10)
    assert shown(scene, "ann") == []
    assert len(shown(scene, "bob")) == 1
    assert said(scene, post_id, "did not ask Ann Lee: Ann Lee has quiet hours (22:")


def test_who_may_not_be_asked_after_all_is_replaced_at_once_and_keeps_their_budget(closed_house: Scene):
    scene = closed_house
    scene.settings = scene.settings.model_copy(update={"wave_size": 1})
    opened(scene, only(ann="zone: UTC, daily_asks: 1", bob=AWAKE))
    scene.fault(**DOWN)
    post_id = scene.post(QUESTION)
    assert scene.asked(post_id) == ["ann"]
    scene.running_house.desk.pause(mail("ann"), scene.clock.at + timedelta(minutes=30))
    heal(scene)
    scene.pass_time(minutes=1)
    assert shown(scene, "ann") == []
    assert len(shown(scene, "bob")) == 1
    scene.running_house.desk.pause(mail("ann"), None)
    scene.pass_time(minutes=10)
    assert len(shown(scene, "ann")) == 1  # the one ask of her day is hers still


def test_who_wants_to_be_asked_again_gets_what_waits_for_somebody(closed_house: Scene):
    scene = opened(closed_house, only(ann='zone: UTC, quiet: "20:00-08:00", daily_asks: 5'))
    post_id = scene.post(QUESTION)
    scene.pass_time(minutes=5)
    assert scene.asked(post_id) == []
    scene.running_house.desk.set_hours(mail("ann"), "23:00-08:00", None)
    scene.settle()
    scene.pass_time(minutes=1)
    assert len(shown(scene, "ann")) == 1


def test_who_could_not_be_asked_at_night_is_asked_in_the_morning_and_the_question_lives_so_long(closed_house: Scene):
    scene = opened(closed_house, only(ann=NIGHT))
    scene.fault(**DOWN)
    post_id = scene.post(QUESTION)
    scene.pass_time(minutes=50)
    heal(scene)
    scene.pass_time(hours=6)
    assert shown(scene, "ann") == []
    assert scene.stage(post_id) is Stage.ASKED
    scene.pass_time(hours=3, minutes=30)
    assert len(shown(scene, "ann")) == 1
    assert "1 of 50 today" in str(scene.cards("ann")[-1])


def test_after_a_restart_at_night_no_card_of_the_evening_goes_out(closed_house: Scene):
    scene = opened(closed_house, only(ann=NIGHT))
    scene.fault(**DOWN)
    scene.post(QUESTION)
    scene.close()
    heal(scene)
    scene.control("POST", "clock", {"advance_s": 5 * 3600 + 900})
    scene.clock.advance(hours=5, minutes=15)
    scene.open()
    scene.settle()
    scene.pass_time(minutes=30)
    assert shown(scene, "ann") == []
    scene.pass_time(hours=5)
    assert len(shown(scene, "ann")) == 1


@pytest.mark.parametrize("how", ["pause", "leave", "budget", "quiet"])
def test_what_a_person_says_between_the_plan_and_the_card_holds(closed_house: Scene, how: str):
    scene = opened(closed_house, only(ann=AWAKE))
    desk, ann = scene.running_house.desk, mail("ann")
    scene.fault(**DOWN)
    post_id = scene.post(QUESTION)
    assert scene.asked(post_id) == ["ann"]
    match how:
        case "pause":
            desk.pause(ann, scene.clock.at + timedelta(hours=3))
        case "leave":
            desk.leave(ann)
        case "budget":
            desk.set_hours(ann, None, "0")
        case "quiet":
            desk.set_hours(ann, "21:00-23:30", None)
    heal(scene)
    scene.pass_time(minutes=30)
    assert shown(scene, "ann") == []
    if how == "quiet":
        scene.pass_time(hours=1, minutes=30)
        assert len(shown(scene, "ann")) == 1


def test_a_roster_that_changed_meanwhile_holds(closed_house: Scene):
    """Ann moved to where it is night already."""
    scene = opened(closed_house, only(ann=NIGHT))
    scene.fault(**DOWN)
    scene.post(QUESTION)
    scene.close()
    heal(scene)
    scene.roster = only(ann=NIGHT.replace("UTC", "Asia/Kolkata"))
    scene.open()
    scene.settle()
    scene.pass_time(minutes=5)
    assert shown(scene, "ann") == []


def test_a_card_in_doubt_that_never_came_is_not_sent_once_it_is_night(closed_house: Scene):
    """Slack's answer to the first call was lost, and so was the call."""
    scene = opened(closed_house, only(ann=NIGHT))
    scene.fault(**POST, kind="close", times=1)
    scene.fault(network="slack", path="/api/conversations.history", kind="status", status=503, times=None)
    scene.post(QUESTION)
    scene.pass_time(minutes=30)
    heal(scene)
    scene.pass_time(minutes=20)
    assert shown(scene, "ann") == []


def test_an_ask_of_the_evening_that_goes_out_after_midnight_is_one_of_the_new_day(closed_house: Scene):
    """Two a day: one is planned before midnight and goes out after it, so that only one more may."""
    scene = opened(closed_house, only(ann="zone: UTC, daily_asks: 2"))
    scene.pass_time(hours=2)
    scene.fault(**POST, kind="status", status=429, headers={"Retry-After": "1200"}, times=None)
    scene.post(QUESTION)
    scene.pass_time(minutes=20)
    heal(scene)
    scene.pass_time(minutes=40)
    assert len(shown(scene, "ann")) == 1
    for number in range(3):
        scene.post(f"@VoltHelp why does my tv show no picture? It is number {number}")
    scene.pass_time(minutes=30)
    assert len(shown(scene, "ann")) == 2


def test_thanks_that_slack_did_not_take_in_the_evening_come_in_the_morning(closed_house: Scene):
    scene = opened(closed_house, only(ann=NIGHT))
    post_id = scene.post(QUESTION)
    scene.answer("ann")
    scene.pass_time(seconds=61)
    [reply] = scene.control("GET", "x/posts", conversation=post_id)["posts"][-1:]
    scene.fault(**DOWN)
    scene.post("thank you so much, that worked!", reply_to=reply["id"])
    scene.pass_time(minutes=20)
    heal(scene)
    scene.pass_time(hours=2)
    assert not [note for note in scene.cards("ann") if "thank you" in str(note)]
    scene.pass_time(hours=9)
    assert [note for note in scene.cards("ann") if "thank you" in str(note)]


def test_who_stood_still_right_before_the_call_looks_again(closed_house: Scene, monkeypatch: pytest.MonkeyPatch):
    """Twenty minutes pass between the ledger's commit and the call, as when a machine sleeps."""
    scene = opened(closed_house, only(ann=NIGHT))
    ask_slack = Messages._disturb

    def slowly(courier: Messages, person: str) -> Any:
        scene.clock.advance(minutes=20)
        return ask_slack(courier, person)

    monkeypatch.setattr(Messages, "_disturb", slowly)
    post_id = scene.post(QUESTION)
    monkeypatch.undo()
    assert shown(scene, "ann") == []
    assert said(scene, post_id, "did not ask Ann Lee: Ann Lee has quiet hours")
    scene.pass_time(hours=10, minutes=15)
    assert len(shown(scene, "ann")) == 1


def test_a_card_in_doubt_is_not_sent_when_a_colleague_has_the_question_meanwhile(closed_house: Scene):
    scene = opened(closed_house, only(ann=AWAKE, bob=AWAKE))
    scene.fault(**POST, kind="close", after=1, times=1)
    scene.fault(network="slack", path="/api/conversations.history", kind="status", status=503, times=None)
    post_id = scene.post(QUESTION)
    [one] = [who for who in ("ann", "bob") if shown(scene, who)]
    other = "bob" if one == "ann" else "ann"
    scene.click(one, "Claim", post_id)
    heal(scene)
    scene.pass_time(minutes=3)
    assert shown(scene, other) == []


def test_a_digest_of_the_morning_does_not_come_to_who_paused_meanwhile(closed_house: Scene):
    scene = opened(closed_house, only(ann=NIGHT.replace("22:00", "21:00")))
    scene.post(QUESTION)
    scene.fault(**DOWN)
    scene.pass_time(hours=10, minutes=15)
    scene.running_house.desk.pause(mail("ann"), scene.clock.at + timedelta(hours=2))
    heal(scene)
    scene.pass_time(hours=1, minutes=30)
    assert shown(scene, "ann") == []
    scene.pass_time(minutes=45)
    assert len(shown(scene, "ann")) == 1
