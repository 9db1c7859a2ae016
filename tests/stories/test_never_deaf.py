"""Whatever the interval says, reading never uses X's limit up: every post is heard within seconds, hour after hour."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stories.conftest import Scene
from twelp.ports import Limit


@pytest.mark.only_on("sqlite", reason="it is about X's limits, not about rows")
@pytest.mark.parametrize("every_s", [0.05, 1.0])
def test_each_look_hears_each_post_within_five_seconds_through_two_windows_of_xs(quick_scene: Scene, every_s: float):
    """X's limits as they are: 300 reads in 15 minutes."""
    scene = quick_scene
    scene.control("POST", "limits", {"lifted": False})
    listener = scene.running_house.networks["x"].listener
    listener.every_s = every_s
    asked, end, looks = [], scene.clock.at + timedelta(minutes=31), 0
    next_post = scene.clock.at
    while scene.clock.at < end:
        if scene.clock.at >= next_post:
            asked.append((super(Scene, scene).post(f"@VoltHelp good morning! ({len(asked)})"), scene.clock.at))
            next_post = scene.clock.at + timedelta(minutes=3)
        pause_s = listener.once()
        looks += 1
        assert listener.trouble is None
        assert pause_s <= 4.5, f"{pause_s} s at {scene.clock.at}"
        assert asked[-1][1] >= scene.clock.at - timedelta(minutes=3, seconds=5)
        assert scene.look(lambda tx: tx.post(f"x:{asked[-1][0]}")) is not None, "the latest post was heard at this look"
        scene._move_to(scene.clock.at + timedelta(seconds=max(pause_s, 0.5)))
    assert looks > 31 * 60 / 4.5
    assert all(r.status == 200 for r in scene.running.sandbox.record.requests(network="x"))


@pytest.mark.only_on("sqlite", reason="it is about X's limits")
def test_what_is_left_is_spread_over_the_rest_of_the_window(quick_scene: Scene):
    """After a restart in mid-window, or beside another reader of the same account."""
    scene = quick_scene
    scene.fault(
        kind="altered",
        network="x",
        method="GET",
        path="/2/users/*/mentions",
        times=None,
        headers={"x-rate-limit-limit": "300", "x-rate-limit-remaining": "16", "x-rate-limit-reset": "now+600"},
    )
    pause_s = scene.running_house.networks["x"].listener.once()
    assert 58 <= pause_s <= 62
    assert scene.running_house.networks["x"].network.pace() <= timedelta(seconds=62)


@pytest.mark.only_on("sqlite", reason="it is about X's limits")
def test_a_window_that_ended_or_is_not_believed_holds_nobody_up(quick_scene: Scene):
    now = quick_scene.clock.now()
    assert Limit("GET /", 300, 0, now - timedelta(seconds=1)).pace(now) == timedelta()
    assert Limit("GET /", 300, 10, now + timedelta(days=900)).pace(now) == timedelta()
    assert Limit("GET /", 300, 2, now + timedelta(minutes=5)).pace(now) == timedelta(minutes=5)
