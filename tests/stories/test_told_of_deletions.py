"""With an app's bearer token X tells by itself what customers delete: it is withdrawn at once, and nobody is billed."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from tests.stories.conftest import Scene
from tests.stories.test_gone import WORDS, everybody
from tests.stories.town import QUESTION
from twelp.listener.deletions import Deletions
from twelp.model import Stage


def deletions(scene: Scene) -> Deletions:
    found = scene.running_house.networks["x"].deletions
    assert found is not None
    return found


def streams(scene: Scene) -> int:
    return scene.running.sandbox.x._served.activity.streams


@pytest.fixture
def told(closed_house: Scene) -> Scene:
    token = SecretStr("sandbox-bearer-token")
    closed_house.open(x_bearer_token=token)
    return closed_house


def test_what_a_customer_deletes_is_withdrawn_at_once_also_after_the_stream_broke_off(told: Scene):
    scene = told
    first, second = scene.post(QUESTION), scene.post(QUESTION, "leo")
    looks = scene.requests("GET", "/2/tweets")
    deletions(scene).start()
    scene.until(lambda: streams(scene), "the stream")
    watched = "/2/activity/subscriptions"
    scene.until(lambda: scene.requests("POST", watched) == 2, "both are watched")
    scene.delete(first)
    scene.until(lambda: scene.stage(first) is Stage.WITHDRAWN, "the first")
    scene.until(lambda: scene.words("ann", second), "the other card")
    assert scene.stage(second) is Stage.ASKED
    # the house goes down and comes back: nobody is subscribed to twice, and whoever is new is watched, too
    scene.close()
    scene.open()
    third = scene.post(QUESTION, "zoe")
    deletions(scene).start()
    scene.until(lambda: streams(scene) == 1, "the stream again")
    scene.until(lambda: scene.requests("POST", watched) == 3, "who is new")
    for post_id in (second, third):
        scene.delete(post_id)
        scene.until(lambda post_id=post_id: scene.stage(post_id) is Stage.WITHDRAWN, "the others")
    scene.settle()
    scene.until(lambda: WORDS not in everybody(scene), "no words on any card")
    assert scene.requests("GET", "/2/tweets") == looks, "none was looked up for it"


def test_where_x_refuses_the_token_everything_else_goes_on(told: Scene):
    scene = told
    scene.fault(kind="status", status=401, network="x", path="/2/activity", times=None)
    post_id = scene.post(QUESTION)
    deletions(scene).start()
    scene.until(lambda: scene.requests("GET", "/2/activity/stream"), "a try")
    scene.answer("ann", post_id=post_id)
    scene.pass_time(minutes=2)
    assert scene.stage(post_id) is Stage.PUBLISHED
