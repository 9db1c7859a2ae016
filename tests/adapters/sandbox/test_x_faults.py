"""What goes wrong on the wire, as a real client meets it."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests
import tweepy

from tests.adapters.sandbox.x_stage import Stage


def fault(x: Stage, kind: str, **more: Any) -> None:
    answer = x.control("POST", "/faults", {"kind": kind, **more})
    assert answer.status_code == 201, answer.text


def test_a_429_carries_the_headers_it_was_given(x: Stage) -> None:
    fault(x, "status", status=429, headers={"x-rate-limit-reset": "now-5", "retry-after": "7"}, path="/2/users/me")
    with pytest.raises(tweepy.TooManyRequests) as caught:
        x.client().get_me()
    headers = caught.value.response.headers
    assert int(headers["x-rate-limit-reset"]) == pytest.approx(time.time() - 5, abs=2)
    assert headers["retry-after"] == "7"
    assert x.client().get_me()["data"]["username"] == "VoltHelp"


def test_a_429_can_come_without_any_hint(x: Stage) -> None:
    fault(x, "status", status=429)
    with pytest.raises(tweepy.TooManyRequests) as caught:
        x.client().get_me()
    assert not [h for h in caught.value.response.headers if "limit" in h or h == "retry-after"]


@pytest.mark.parametrize("status", [401, 402, 403, 404, 500, 503])
def test_any_status_can_be_answered(x: Stage, status: int) -> None:
    fault(x, "status", status=status, method="post")
    x.client().get_me()
    with pytest.raises(tweepy.HTTPException) as caught:
        x.client().create_tweet(text="hello")
    assert caught.value.response.status_code == caught.value.response.json()["status"] == status


def test_a_503_can_be_a_web_page(x: Stage) -> None:
    fault(x, "html")
    with pytest.raises(tweepy.TwitterServerError) as caught:
        x.client().get_me()
    assert caught.value.response.headers["content-type"].startswith("text/html")


def test_a_lost_response_leaves_the_post_made(x: Stage) -> None:
    fault(x, "lost_response", method="POST", path="/2/tweets")
    with pytest.raises(requests.ConnectionError):
        x.client().create_tweet(text="once")
    made = x.sandbox.x.posts.after(0)
    assert [p.text for p in made] == ["once"]
    request = x.sandbox.record.requests(network="x")[-1]
    assert (request.status, request.fault) == (0, "lost_response")


def test_a_hang_lasts_until_the_client_gives_up(x: Stage) -> None:
    fault(x, "hang", path="/2/users/*/mentions")
    with pytest.raises(requests.ReadTimeout):
        x.client(timeout_s=0.2).get_users_mentions(x.brand_id, user_auth=True)
    assert x.client().get_users_mentions(x.brand_id, user_auth=True)["meta"] == {"result_count": 0}


def test_a_hang_can_end_by_itself_and_a_connection_can_close_at_once(x: Stage) -> None:
    fault(x, "hang", seconds=0.05)
    fault(x, "close")
    for _ in range(2):
        with pytest.raises(requests.ConnectionError):
            x.client().get_me()
    x.client().get_me()


def test_a_slow_answer_is_a_good_answer(x: Stage) -> None:
    fault(x, "slow", seconds=0.05)
    assert x.client().get_me()["data"]["username"] == "VoltHelp"


def test_a_fault_starts_after_some_and_ends_after_some(x: Stage) -> None:
    fault(x, "status", status=500, after=1, times=2)
    client = x.client()
    seen = []
    for _ in range(5):
        try:
            client.get_me()
            seen.append(200)
        except tweepy.TwitterServerError:
            seen.append(500)
    assert seen == [200, 500, 500, 200, 200]


def test_a_fault_without_end_lasts_until_it_is_removed(x: Stage) -> None:
    fault(x, "status", status=500, times=None)
    for _ in range(3):
        with pytest.raises(tweepy.TwitterServerError):
            x.client().get_me()
    assert x.control("GET", "/faults").json()["faults"][0]["applied"] == 3
    x.control("DELETE", "/faults")
    x.client().get_me()


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({}, "kind"),
        ({"kind": "explode"}, "explode"),
        ({"kind": "status", "status": 99}, "status"),
        ({"kind": "status", "times": 0}, "times"),
        ({"kind": "status", "network": "ftp"}, "ftp"),
        ({"kind": "hang", "seconds": -1}, "seconds"),
        ({"kind": "status", "headers": []}, "headers"),
        ({"kind": "status", "colour": "red"}, "colour"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused_by_name(x: Stage, wrong: dict[str, Any], named: str) -> None:
    answer = x.control("POST", "/faults", wrong)
    assert answer.status_code == 400
    assert named in answer.json()["error"]


def test_rate_limits_are_told_and_enforced_and_open_with_time(x: Stage) -> None:
    client = x.client()
    for _ in range(75):
        client.get_me()
    with pytest.raises(tweepy.TooManyRequests) as caught:
        client.get_me()
    headers = caught.value.response.headers
    assert (headers["x-rate-limit-limit"], headers["x-rate-limit-remaining"]) == ("75", "0")
    assert 0 < int(headers["x-rate-limit-reset"]) - time.time() <= 902
    client.get_users_mentions(x.brand_id, user_auth=True)
    x.sandbox.clock.advance(901)
    client.get_me()


def test_limits_can_be_lifted(x: Stage) -> None:
    x.control("POST", "/limits", {"lifted": True})
    client = x.client()
    for _ in range(80):
        client.get_me()
    x.control("POST", "/limits", {"lifted": False})
    for _ in range(75):
        client.get_me()
    with pytest.raises(tweepy.TooManyRequests):
        client.get_me()


def test_an_answer_can_break_off_in_the_middle_after_the_post_was_made(x: Stage) -> None:
    fault(x, "half", method="POST", path="/2/tweets")
    with pytest.raises(requests.exceptions.RequestException) as caught:
        x.client().create_tweet(text="once")
    assert not isinstance(caught.value, requests.exceptions.InvalidJSONError)
    assert [p.text for p in x.sandbox.x.posts.after(0)] == ["once"]


def test_an_answer_that_trickles_in_is_a_good_answer(x: Stage) -> None:
    fault(x, "drip", seconds=0.2)
    assert x.client().get_me()["data"]["username"] == "VoltHelp"
