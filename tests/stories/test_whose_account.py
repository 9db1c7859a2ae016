"""The credentials are the brand's account, or nothing is read and nothing is sent."""

from __future__ import annotations

import pytest

from tests.stories.conftest import Scene
from tests.stories.town import QUESTION, ROSTER
from twelp.errors import ConfigError, RemoteError, WrongAccount
from twelp.model import Stage


def test_another_accounts_tokens_refuse_to_start_and_both_are_said(closed_house: Scene):
    scene = closed_house
    scene.roster = ROSTER.replace("x: VoltHelp", "x: VoltHelpp")
    with pytest.raises(ConfigError) as wrong:
        scene.open()
    for part in ("experts.yaml", "brand.handles.x", "@VoltHelpp", "@VoltHelp's", ".env", "renamed"):
        assert part in str(wrong.value)


def test_case_is_no_matter(closed_scene: Scene):
    closed_scene.roster = ROSTER.replace("x: VoltHelp", 'x: "@vOLThELP"')
    closed_scene.open()
    assert closed_scene.stage(closed_scene.post(QUESTION)) is Stage.ASKED


@pytest.mark.parametrize("status", [503, 429, 401])
@pytest.mark.others_on_sqlite(reason="refusals differ, rows do not")
def test_while_x_cannot_say_whose_account_it_is_nothing_is_read(closed_scene: Scene, status: int):
    """The start goes on, and what is waiting is read as soon as X says that it is ours."""
    scene = closed_scene
    headers = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "now+60"} if status == 429 else {}
    me = {"network": "x", "method": "GET", "path": "/2/users/me"}
    scene.fault(kind="status", status=status, headers=headers, times=2, **me)
    scene.open()
    post_id = super(Scene, scene).post(QUESTION)
    with pytest.raises(RemoteError):
        scene.listen()
    scene.pass_time(seconds=90)
    scene.control("DELETE", "faults")
    scene.listen()
    assert scene.stage(post_id) is Stage.ASKED


def test_a_wrong_account_that_shows_only_later_reads_and_sends_nothing(closed_scene: Scene):
    scene = closed_scene
    scene.roster = ROSTER.replace("x: VoltHelp", "x: VoltHelpp")
    scene.fault(kind="status", status=503, network="x", method="GET", path="/2/users/me")
    house = scene.open()
    post_id = super(Scene, scene).post(QUESTION)
    for call in (
        lambda: house.networks["x"].network.mentions(None),
        lambda: house.networks["x"].network.reply("Try HDMI 2. ^AL", post_id),
        lambda: house.networks["x"].network.delete(post_id),
        lambda: house.networks["x"].network.own_posts(scene.clock.at),
        lambda: house.networks["x"].network.likes(post_id),
    ):
        with pytest.raises(WrongAccount):
            call()
    assert scene.requests("POST", "/2/tweets") == 0
    house.networks["x"].listener._once()
    assert "@VoltHelpp" in house.networks["x"].listener.trouble
    assert "@VoltHelp's" in house.networks["x"].listener.trouble
