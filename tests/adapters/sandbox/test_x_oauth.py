"""Signatures are checked for real."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pytest
import tweepy

from tests.adapters.sandbox.x_stage import KEYS, Stage
from twelp.sandbox.x.oauth import base_url, signature


def signed(x: Stage, **changes: Any) -> httpx.Response:
    """``GET /2/users/me`` with a signature of our own, spoiled by `changes`."""
    url = f"{x.url}/2/users/me"
    params = {
        "oauth_consumer_key": KEYS["consumer_key"],
        "oauth_token": KEYS["access_token"],
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(int(time.time()) + changes.get("late_s", 0)),
        "oauth_nonce": changes.get("nonce", str(time.monotonic_ns())),
        "oauth_version": "1.0",
    }
    secrets = (KEYS["consumer_secret"], KEYS["access_token_secret"])
    params["oauth_signature"] = signature("GET", url, list(params.items()), secrets).replace("=", "%3D")
    params["oauth_signature"] = params["oauth_signature"].replace("+", "%2B").replace("/", "%2F")
    params = {k: v for k, v in params.items() if k != changes.get("without")}
    header = "OAuth " + ", ".join(f'{k}="{v}"' for k, v in params.items())
    return x.http.get("/2/users/me", headers={"authorization": header})


def test_a_good_signature_is_admitted(x: Stage) -> None:
    assert signed(x).status_code == 200


@pytest.mark.parametrize(
    ("host", "published"),
    [("api.twitter.com", "hCtSmYh+iHYCEqBWrE7C7hYmtUk="), ("api.x.com", "Ls93hJiZbQ3akF3HF3x1Bz8/zU4=")],
)
def test_the_published_example_gives_the_published_signature(host: str, published: str) -> None:
    """Source: docs.x.com, "Creating a signature", before and after the change of the host's name."""
    pairs = [
        ("status", "Hello Ladies + Gentlemen, a signed OAuth request!"),
        ("include_entities", "true"),
        ("oauth_consumer_key", "xvz1evFS4wEEPTGEFPHBog"),
        ("oauth_nonce", "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", "1318622958"),
        ("oauth_token", "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"),
        ("oauth_version", "1.0"),
    ]
    secrets = ("kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw", "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE")
    url = base_url("https", f"{host.upper()}:443", "/1.1/statuses/update.json")
    assert url == f"https://{host}/1.1/statuses/update.json"
    assert signature("post", url, pairs, secrets) == published


@pytest.mark.parametrize("name", list(KEYS))
def test_any_wrong_key_is_refused(x: Stage, name: str) -> None:
    with pytest.raises(tweepy.Unauthorized):
        x.client(**{name: "wrong"}).get_me()


@pytest.mark.parametrize(
    "name", ["oauth_nonce", "oauth_timestamp", "oauth_signature", "oauth_token", "oauth_signature_method"]
)
def test_a_missing_part_is_refused_and_named(x: Stage, name: str) -> None:
    answer = signed(x, without=name)
    assert answer.status_code == 401
    assert answer.headers["x-sandbox-note"] == f"{name} is missing"
    assert answer.json()["title"] == "Unauthorized"


@pytest.mark.parametrize("late_s", [-301, 302])
def test_a_signature_of_another_hour_is_refused(x: Stage, late_s: int) -> None:
    answer = signed(x, late_s=late_s)
    assert (answer.status_code, "5 minutes" in answer.headers["x-sandbox-note"]) == (401, True)


def test_a_client_in_real_time_is_admitted_when_the_sandbox_is_ahead(x: Stage) -> None:
    x.sandbox.clock.advance(7_200)
    assert signed(x).status_code == 200
    assert signed(x, late_s=7_200).status_code == 200


def test_a_nonce_is_good_once(x: Stage) -> None:
    assert [signed(x, nonce="once").status_code for _ in range(2)] == [200, 401]


@pytest.mark.parametrize("header", ["", "Basic abc", "OAuth", "OAuth a=b", 'OAuth oauth_token="é"', "Bearer wrong"])
def test_other_headers_are_refused(x: Stage, header: str) -> None:
    answer = x.http.get("/2/users/me", headers={"authorization": header.encode()})
    assert answer.status_code == 401


def test_query_parameters_of_every_script_are_part_of_the_signature(x: Stage) -> None:
    post = x.post("tv 中文 & more +1 = ~ok")
    found = x.client().search_recent_tweets('中文 "more +1" -nothing', user_auth=True)
    assert found["data"][0]["id"] == str(post.id)


def test_an_app_token_reads_but_does_not_act(x: Stage) -> None:
    app = tweepy.Client("sandbox-bearer-token", return_type=dict)
    app.session = x.client().session
    assert app.get_users_mentions(x.brand_id)["meta"]["result_count"] == 0
    with pytest.raises(tweepy.Forbidden, match="Application-Only"):
        app.create_tweet(text="hello", user_auth=False)
