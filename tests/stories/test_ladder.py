"""Nobody takes a crisis: the next person hears of it, by day and by night, through a restart, and the phone rings."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pydantic import SecretStr

from tests.stories.conftest import Scene
from tests.stories.crisis import LADDER, ON_CALL, PRESS, SMOKE, TWO, crisis, notes, opened, state, told
from tests.stories.test_two_at_once import at_once
from tests.stories.town import mail, read_roster, words
from twelp import wiring
from twelp.model import CrisisState
from twelp.sandbox.server import Running, serve


def cards_of(scene: Scene, person: str, post_id: str) -> int:
    """How many messages about the post the person has."""
    return sum(1 for card in scene.cards(person) if post_id in str(card["blocks"]))


def to_hour(scene: Scene, hour: int) -> None:
    """Moves the clocks on to that hour (UTC)."""
    now = scene.clock.at
    at = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    scene.pass_time(seconds=((at if at > now else at + timedelta(days=1)) - now).total_seconds())


def test_the_list_is_told_one_after_the_other_and_at_last_all_moderators_again(closed_house: Scene):
    scene = opened(closed_house, LADDER)
    post_id = scene.post(SMOKE)
    assert sorted(told(scene, post_id)) == ["ann", "mo", "nia"]
    scene.pass_time(minutes=9)
    assert sorted(told(scene, post_id)) == ["ann", "mo", "nia"]
    scene.pass_time(minutes=2)
    assert sorted(told(scene, post_id)) == ["ann", "bob", "mo", "nia"]
    assert notes(scene, "mo", "Nobody has taken this") == []
    scene.pass_time(minutes=10)
    for moderator in ("mo", "nia"):
        [line] = notes(scene, moderator, "Nobody has taken this")
        assert line.startswith("Nobody has taken this for 20 min (danger to people):")
    scene.pass_time(minutes=18)
    assert len(notes(scene, "mo", "Nobody has taken this")) == 1
    scene.pass_time(minutes=2)
    assert len(notes(scene, "mo", "Nobody has taken this")) == 2
    scene.click("bob", "I take it", post_id)
    scene.pass_time(hours=9)
    assert len(notes(scene, "mo", "Nobody has taken this")) == 2
    assert crisis(scene, post_id).taken_by == mail("bob")
    for volunteer in ("cy", "di", "ed", "tia"):
        assert scene.cards(volunteer) == []


def test_a_kind_without_a_list_goes_to_the_moderators(closed_house: Scene):
    scene = opened(closed_house, LADDER)
    post_id = scene.post(PRESS)
    assert told(scene, post_id) == ["mo", "nia"]
    assert scene.cards("ann") == []


def test_whoever_gives_it_back_lets_the_list_go_on(closed_house: Scene):
    scene = opened(closed_house, LADDER)
    post_id = scene.post(SMOKE)
    scene.click("ann", "I take it", post_id)
    scene.pass_time(hours=1)
    assert "bob" not in told(scene, post_id)
    scene.click("ann", "Give it back", post_id)
    scene.pass_time(minutes=11)
    assert "bob" in told(scene, post_id)


def test_at_night_who_is_on_call_is_reached_and_nobody_else_is_woken(closed_house: Scene):
    scene = opened(closed_house, ON_CALL)
    to_hour(scene, 23)
    post_id = scene.post(SMOKE)
    assert told(scene, post_id) == ["cy"]
    assert "Needs a person now" in scene.words("cy", post_id)
    scene.click("cy", "I take it", post_id)
    assert state(scene, post_id) is CrisisState.TAKEN
    to_hour(scene, 12)
    assert told(scene, post_id) == ["cy"]


def test_a_danger_that_nobody_on_call_takes_wakes_the_moderators(closed_house: Scene):
    scene = opened(closed_house, ON_CALL)
    to_hour(scene, 23)
    post_id = scene.post(SMOKE)
    scene.pass_time(minutes=11)
    assert sorted(told(scene, post_id)) == ["cy", "mo", "nia"]


def test_what_costs_no_life_waits_for_the_moderators_morning(closed_house: Scene):
    scene = opened(closed_house, ON_CALL)
    to_hour(scene, 23)
    post_id = scene.post(PRESS)
    assert told(scene, post_id) == ["cy"]
    scene.pass_time(hours=3)
    assert told(scene, post_id) == ["cy"]
    assert notes(scene, "cy", "Nobody has taken this")
    to_hour(scene, 16)
    assert sorted(told(scene, post_id)) == ["cy", "mo", "nia"]


def test_where_everybody_sleeps_and_nobody_is_on_call_all_moderators_are_told_at_once(closed_house: Scene):
    scene = opened(closed_house, TWO)
    to_hour(scene, 23)
    for text, who in ((SMOKE, "mia"), (PRESS, "zoe")):
        post_id = scene.post(text, who)
        assert told(scene, post_id) == ["mo", "nia"]
        assert cards_of(scene, "nia", post_id) == 1


def test_the_next_step_comes_after_a_restart_too_and_once(closed_house: Scene):
    scene = opened(closed_house, LADDER)
    post_id = scene.post(SMOKE)
    scene.pass_time(minutes=5)
    scene.close()
    scene.skip(minutes=2)
    scene.open()
    scene.pass_time(minutes=2)
    assert "bob" not in told(scene, post_id)
    scene.pass_time(minutes=2)
    assert "bob" in told(scene, post_id)
    assert cards_of(scene, "bob", post_id) == 1
    assert cards_of(scene, "ann", post_id) == 1


def test_two_who_run_the_step_at_once_take_it_once(closed_house: Scene):
    """As two processes would, of which one was believed dead."""
    scene = opened(closed_house, LADDER)
    post_id = scene.post(SMOKE)
    desk = scene.running_house.desk
    at_once(*(lambda: desk.ring(f"x:{post_id}", 1, 0) for _ in range(4)))
    scene.settle()
    assert crisis(scene, post_id).rung == 2
    assert cards_of(scene, "bob", post_id) == 1
    assert notes(scene, "mo", "Nobody has taken this") == []


CHANNELS = TWO + 'alarms: {danger: ["#safety"]}\n'


@pytest.fixture
def sandbox() -> Iterator[Running]:
    with serve(wiring.seed(read_roster(CHANNELS))) as running:
        yield running


def test_a_channel_sees_it_by_name_and_whoever_may_acts_there(closed_house: Scene):
    scene = opened(closed_house, CHANNELS)
    post_id = scene.post(SMOKE)

    def shown() -> dict[str, Any]:
        channel = scene.look(lambda tx: next(a.channel for a in tx.asks(f"x:{post_id}") if a.expert == "#safety"))
        messages = scene.control("GET", "slack/messages", user=mail("ann"), channel=channel)["messages"]
        return next(m for m in messages if m.get("blocks"))  # type: ignore[no-any-return]

    assert "Needs a person now" in words(shown()["blocks"])
    scene.press("ann", shown(), label="I take it")
    assert state(scene, post_id) is CrisisState.OPEN
    assert "whom experts.yaml names for alarms" in scene.told("ann")
    scene.press("mo", shown(), label="I take it")
    assert state(scene, post_id) is CrisisState.TAKEN
    assert "Mo Dee has it" in words(shown()["blocks"])


def test_who_cannot_be_reached_in_slack_is_passed_over_at_once(closed_house: Scene):
    scene = opened(closed_house, LADDER)
    scene.control("PATCH", f"slack/users/{mail('ann')}", {"deleted": True})
    scene.settle()
    post_id = scene.post(SMOKE)
    scene.pass_time(seconds=30)
    assert "bob" in told(scene, post_id)
    assert cards_of(scene, "bob", post_id) == 1


# ---------------------------------------------------------------- the phone bridge


@dataclass
class Bridge:
    """A phone bridge on this machine, which answers as it is told: the next status first, 200 when none is left."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


@contextmanager
def bridging() -> Iterator[Bridge]:
    bridge = Bridge()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            bridge.told.append((self.headers["Idempotency-Key"], json.loads(body)))
            self.send_response(bridge.answers.pop(0) if bridge.answers else 200)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    bridge.url = f"http://127.0.0.1:{server.server_port}/ring?token=s3cret"
    try:
        yield bridge
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def bridge() -> Iterator[Bridge]:
    with bridging() as made:
        yield made


def with_bridge(scene: Scene, bridge: Bridge, roster: str = LADDER) -> Scene:
    scene.settings = scene.settings.model_copy(update={"phone_bridge": SecretStr(bridge.url)})
    return opened(scene, roster)


def test_the_phone_bridge_is_told_of_each_step_once_without_private_data(closed_house: Scene, bridge: Bridge):
    scene = with_bridge(closed_house, bridge)
    post_id = scene.post(SMOKE)
    scene.until(lambda: len(bridge.told) == 1, "the call")
    scene.pass_time(minutes=11)
    assert len(bridge.told) == 2
    assert [said["step"] for _, said in bridge.told] == [1, 2]
    assert {said["kind"] for _, said in bridge.told} == {"danger"}
    assert bridge.told[0][0] != bridge.told[1][0]
    told_all = json.dumps([said for _, said in bridge.told])
    for private in (post_id, "mia", "smoke", "volt.example", "http"):
        assert private not in told_all
    scene.click("mo", "I take it", post_id)
    scene.pass_time(hours=3)
    assert len(bridge.told) == 2


def test_a_bridge_that_fails_is_told_again_and_one_that_took_it_is_not(closed_house: Scene, bridge: Bridge):
    bridge.answers = [500, 302]
    scene = with_bridge(closed_house, bridge)
    scene.post(SMOKE)
    scene.pass_time(minutes=2)
    keys = [key for key, _ in bridge.told]
    assert len(keys) == 3
    assert len(set(keys)) == 1
    scene.pass_time(minutes=6)
    assert len(bridge.told) == 3


def test_a_bridge_is_not_told_any_more_once_somebody_has_it(closed_house: Scene, bridge: Bridge):
    bridge.answers = [500] * 50
    scene = with_bridge(closed_house, bridge)
    post_id = scene.post(SMOKE)
    scene.click("mo", "I take it", post_id)
    scene.pass_time(seconds=5)
    before = len(bridge.told)
    scene.pass_time(minutes=30)
    assert len(bridge.told) == before


def test_who_took_a_case_and_goes_silent_is_reminded_and_then_the_others_hear_of_it(closed_house: Scene):
    scene = opened(closed_house, TWO)
    post_id = scene.post(SMOKE)
    scene.click("mo", "I take it", post_id)
    scene.pass_time(minutes=31)
    assert len(notes(scene, "mo", "you have had this case for")) == 1
    assert notes(scene, "nia", "nobody said how it stands") == []
    scene.pass_time(minutes=61)
    assert len(notes(scene, "nia", "nobody said how it stands")) == 1
    scene.click("mo", "Give it back", post_id)
    scene.pass_time(minutes=181)
    assert len(notes(scene, "mo", "you have had this case for")) == 2
