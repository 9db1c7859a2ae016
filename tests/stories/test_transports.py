"""Slack without a socket: signed requests to an address of ours."""

from __future__ import annotations

import time

import httpx
from pydantic import SecretStr

from tests.stories.conftest import Scene
from tests.stories.town import ANSWER, QUESTION


def test_an_expert_answers_where_slack_calls_us_instead_of_us_calling_slack(closed_scene: Scene):
    """HTTP mode: the same story, every act a signed request to /slack/events."""
    scene = closed_scene
    house = scene.open(slack_app_token=None, slack_signing_secret=SecretStr("sandbox-signing-secret"))
    assert house.address
    assert scene.control("GET", "slack/connections")["sockets"] == 0
    post_id = scene.post(QUESTION)
    scene.answer("bob")
    scene.pass_time(seconds=61)
    assert scene.replies(post_id) == [f"{ANSWER} ^BR"]
    assert {act["via"] for act in scene.control("GET", "slack/acts")["acts"]} == {"http"}


def test_nobody_can_act_in_slacks_name_without_the_signing_secret(closed_scene: Scene):
    house = closed_scene.open(slack_app_token=None, slack_signing_secret=SecretStr("sandbox-signing-secret"))
    forged = {"X-Slack-Request-Timestamp": str(int(time.time())), "X-Slack-Signature": f"v0={'0' * 64}"}
    for headers in ({}, forged, forged, forged):
        answer = httpx.post(f"{house.address}/slack/events", json={"type": "event"}, headers=headers, trust_env=False)
        assert answer.status_code == 401
    told = httpx.get(f"{house.address}/readyz", trust_env=False).json()["checks"]["slack"]
    assert "SLACK_SIGNING_SECRET" in told["said"]
    assert told["ok"] is house.workspace.incoming.refusals.understood, (
        "where Slack gets through, anybody may send forged ones"
    )
    assert '{cause="signature"} 3.0' in httpx.get(f"{house.address}/metrics", trust_env=False).text
