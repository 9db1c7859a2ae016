"""The control plane, the record, and the server around them."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.adapters.sandbox.x_stage import Stage
from twelp.sandbox import server, slack
from twelp.sandbox.wire import Clock, Faults, Record, ledger


def test_the_summary_tells_all_a_configuration_needs(x: Stage) -> None:
    summary = x.control("GET", "").json()
    assert summary["x"]["base_url"] == summary["slack"]["base_url"] == x.url
    assert summary["x"]["credentials"]["consumer_key"] == "sandbox-consumer-key"
    assert set(summary["slack"]["credentials"]) == {"bot_token", "app_token", "signing_secret"}
    assert summary["ledger"]["x"] == list(ledger(x.sandbox.x.routes()))
    assert summary["ledger"]["slack"] == sorted(slack.SUPPORTED)
    assert "POST /_sandbox/x/posts" in summary["control"]


def test_customers_post_one_or_many(x: Stage) -> None:
    one = x.control("POST", "/x/posts", {"text": "@VoltHelp hi", "as": "@ada", "name": "Ada"})
    assert one.status_code == 201
    first = one.json()["id"]
    many = x.control(
        "POST",
        "/x/posts",
        {"posts": [{"text": "a", "as": "bob", "reply_to": first}, {"text": "b", "as": "bob", "quotes": first}]},
    )
    ids = many.json()["ids"]
    record = x.control("GET", f"/x/posts?after={first}").json()["posts"]
    assert [p["id"] for p in record] == ids
    assert record[0] | {"created_at": ""} == {
        "id": ids[0],
        "author": "bob",
        "text": "a",
        "full_text": "@ada @VoltHelp a",
        "created_at": "",
        "in_reply_to": first,
        "conversation_id": first,
        "quotes": None,
        "repost_of": None,
        "media": [],
        "deleted": False,
        "via": "control",
    }


def test_a_liked_post_shows_its_likes_through_the_api(x: Stage) -> None:
    made = x.client().create_tweet(text="Open late")["data"]["id"]
    assert [x.control("POST", f"/x/posts/{made}/likes").json()["likes"] for _ in range(2)] == [1, 2]
    told = x.client().get_tweet(made, tweet_fields=["public_metrics"], user_auth=True)["data"]
    assert told["public_metrics"]["like_count"] == 2
    assert x.control("POST", "/x/posts/1/likes").status_code == 404


def test_the_record_keeps_what_was_deleted_and_tells_who_posted(x: Stage) -> None:
    made = x.client().create_tweet(text="Open late")["data"]["id"]
    assert x.control("DELETE", f"/x/posts/{made}").json()["deleted"] is True
    assert x.control("DELETE", f"/x/posts/{made}").status_code == 404
    (shown,) = x.control("GET", "/x/posts").json()["posts"]
    assert (shown["via"], shown["deleted"], shown["author"]) == ("api", True, "VoltHelp")


def test_hostile_texts_go_through_unharmed(x: Stage) -> None:
    for text in [
        "@VoltHelp <!channel> & <@U1>",
        "@VoltHelp \u202eneddih",
        "@VoltHelp " + "😀" * 10_000,
        "@VoltHelp \x00nul",
    ]:
        made = x.control("POST", "/x/posts", {"text": text, "as": "mallory"})
        assert made.json()["text"] == text
    assert x.client().get_users_mentions(x.brand_id, user_auth=True)["meta"]["result_count"] == 4


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"text": "a"}, "as"),
        ({"text": "", "as": "ada"}, "text"),
        ({"text": 5, "as": "ada"}, "text"),
        ({"text": "a", "as": "not a handle"}, "handle"),
        ({"text": "a", "as": "ada", "reply_to": "99"}, "reply_to"),
        ({"text": "a", "as": "ada", "reply_to": "x"}, "reply_to"),
        ({"text": "a", "as": "ada", "created_at": "2031-01-01T00:00:00Z"}, "created_at"),
        ({"text": "a", "as": "ada", "created_at": "yesterday"}, "created_at"),
        ({"text": "a", "as": "ada", "colour": 1}, "colour"),
        ({"text": "a" * 25_001, "as": "ada"}, "25001"),
        ({"text": "\ud800", "as": "ada"}, "surrogate"),
        ({"posts": [{"text": "fine", "as": "ada"}, {"text": "a"}]}, "posts[1]: as"),
        ([], "object"),
    ],
)
def test_a_mistake_in_a_post_is_named(x: Stage, wrong: Any, named: str) -> None:
    body = json.dumps(wrong)
    answer = x.http.post("/_sandbox/x/posts", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert named in answer.json()["error"]


def test_accounts_can_be_suspended_and_protected(x: Stage) -> None:
    x.post("@VoltHelp hi")
    x.control("POST", "/x/accounts/ada", {"protected": True})
    assert x.client().get_users_mentions(x.brand_id, user_auth=True)["meta"] == {"result_count": 0}
    shown = x.control("POST", "/x/accounts/ada", {"protected": False, "suspended": True}).json()
    assert (shown["protected"], shown["suspended"]) == (False, True)
    assert x.control("POST", "/x/posts", {"text": "hi", "as": "ada"}).status_code == 400
    assert x.control("POST", "/x/accounts/ada", {"suspended": "yes"}).status_code == 400
    assert x.control("POST", "/x/accounts/a-b", {"suspended": True}).status_code == 400


def test_a_web_page_cannot_act_on_the_sandbox(x: Stage) -> None:
    answer = x.control("POST", "/reset", {}, origin="https://evil.example")
    assert answer.status_code == 403
    form = x.http.post("/_sandbox/x/posts", content='{"text":"a","as":"ada"}', headers={"content-type": "text/plain"})
    assert form.status_code == 415
    assert x.control("POST", "/limits", {"lifted": False}, origin=x.url).status_code == 200


@pytest.mark.parametrize("path", ["/nowhere", "/_sandbox/nowhere", "/2/nowhere", "/api", "/"])
def test_an_unknown_path_says_where_to_look(x: Stage, path: str) -> None:
    answer = x.http.get(path)
    assert answer.status_code == 404 or path.startswith("/api")
    assert "GET /_sandbox" in answer.text or path.startswith("/api")


def test_bodies_that_are_no_json_are_refused(x: Stage) -> None:
    for body in ("{", "[" * 100_000):
        answer = x.http.post("/_sandbox/reset", content=body, headers={"content-type": "application/json"})
        assert answer.status_code == 400
    assert x.control("POST", "/limits", {"lifted": "yes"}).status_code == 400
    assert x.control("POST", "/clock", {"advance_s": -1}).status_code == 400
    assert x.control("GET", "/requests?after=x").status_code == 400
    assert x.control("GET", "/requests?network=ftp").status_code == 400


def test_the_clock_moves_forward_and_posts_with_it(x: Stage) -> None:
    before = x.post("one")
    told = x.control("POST", "/clock", {"advance_s": 3600}).json()
    assert told["offset_s"] == 3600
    after = x.post("two")
    assert 3600 <= (after.created_at - before.created_at).total_seconds() < 3700


def test_a_reset_leads_back_to_the_seed(x: Stage) -> None:
    x.post("one")
    x.control("POST", "/faults", {"kind": "html"})
    x.control("POST", "/clock", {"advance_s": 5})
    x.control("POST", "/reset")
    summary = x.control("GET", "").json()
    assert (summary["x"]["posts"], summary["faults"], summary["clock"]["offset_s"]) == (0, 0, 0)


def test_every_request_is_recorded_without_secrets(x: Stage) -> None:
    start = x.sandbox.record.total
    x.client().get_users_mentions(x.brand_id, max_results=5, user_auth=True)
    x.http.post("/api/auth.test", data={"token": "xoxb-sandbox"})
    shown = x.control("GET", f"/requests?after={start}").json()["requests"]
    mentions, auth = shown[0], shown[1]
    assert (mentions["network"], mentions["query"], mentions["status"]) == ("x", {"max_results": "5"}, 200)
    assert (auth["network"], auth["params"]) == ("slack", {"token": "***"})
    assert [r["number"] for r in shown] == [start + 1, start + 2, start + 3]
    assert shown[2]["status"] is None, "the request that asks is still open"


def test_the_record_is_bounded_by_number_and_by_bytes() -> None:
    record = Record(Clock(), limit=10, limit_bytes=100_000)
    for _ in range(30):
        record.open("x", "GET", "/", query={}, params=None, size=0)
    assert [r.number for r in record.requests()] == list(range(21, 31))
    for _ in range(9):
        record.open("x", "POST", "/", query={}, params=None, size=40_000)
    assert len(record.requests()) == 2


def test_faults_are_added_all_or_none() -> None:
    faults = Faults(Clock())
    with pytest.raises(ValueError, match="kind"):
        faults.add_all([{"kind": "html"}, {"kind": "nonsense"}])
    assert faults.script() == []


@pytest.mark.parametrize(
    ("seed", "named"),
    [
        ({"y": {}}, "seed.y"),
        ({"x": {"brand": {"handle": "no good"}}}, "x.brand"),
        ({"x": {"brand": {"id": "abc"}}}, "x.brand.id"),
        ({"x": {"credentials": {"consumer_key": ""}}}, "x.credentials.consumer_key"),
        ({"x": {"accounts": [{"name": "Ada"}]}}, "x.accounts[0].handle"),
        ({"x": {"accounts": [{"handle": "a", "id": 5}, {"handle": "b", "id": 5}]}}, "x.accounts[1]"),
    ],
)
def test_a_seed_that_cannot_be_used_is_named(seed: Any, named: str) -> None:
    with pytest.raises(ValueError, match=named.replace("[", r"\[")):
        server.build(seed)


def test_a_seed_names_brand_credentials_and_accounts() -> None:
    seed = {
        "brand": {"handle": "Acme", "name": "Acme Inc", "id": "42"},
        "credentials": {"bearer_token": "mine"},
        "accounts": [{"handle": "ada", "name": "Ada"}],
    }
    with server.serve({"x": seed}) as running, httpx.Client(base_url=running.url, trust_env=False) as http:
        shown = http.get("/2/users/42", headers={"authorization": "Bearer mine"}).json()
        assert shown == {"data": {"id": "42", "name": "Acme Inc", "username": "Acme"}}


def test_serving_starts_and_stops_quickly_even_while_a_request_hangs() -> None:
    started = time.monotonic()
    with ExitStack() as client:
        with server.serve() as running:
            running.sandbox.faults.add({"kind": "hang", "times": None})
            address = ("127.0.0.1", int(running.url.rsplit(":", 1)[1]))
            hung = client.enter_context(socket.create_connection(address))
            hung.sendall(b"GET /2/users/me HTTP/1.1\r\nhost: a\r\n\r\n")
            while not running.sandbox.record.requests():
                time.sleep(0.01)
            leaving = time.monotonic()
        assert time.monotonic() - leaving < 10, "though the client is still there"
        hung.settimeout(5)
        assert hung.recv(1) == b"", "it is hung up on"
    assert leaving - started < 20


def test_sockets_share_the_address_are_recorded_and_can_be_refused() -> None:
    with server.serve() as running:
        headers = {"authorization": f"Bearer {running.sandbox.slack.backend.app_token}"}

        def ask() -> str:
            answer = httpx.post(f"{running.url}/api/apps.connections.open", headers=headers, trust_env=False)
            return str(answer.json()["url"])

        with connect(ask(), proxy=None) as link:
            assert json.loads(link.recv(5))["type"] == "hello"
            running.sandbox.faults.add({"kind": "close", "network": "slack", "method": "WEBSOCKET"})
            with pytest.raises(InvalidStatus):
                connect(ask(), proxy=None)
            sockets = [r for r in running.sandbox.record.requests() if r.method == "WEBSOCKET"]
            assert [(r.status, r.fault) for r in sockets] == [(101, None), (403, "close")]
            leaving = time.monotonic()
    assert time.monotonic() - leaving < 10


def test_slack_faults_speak_slack() -> None:
    with server.serve() as running, httpx.Client(base_url=running.url, trust_env=False) as http:
        running.sandbox.faults.add(
            {"kind": "status", "network": "slack", "status": 429, "headers": {"Retry-After": "1"}}
        )
        answer = http.post("/api/auth.test")
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
        assert answer.json() == {"ok": False, "error": "ratelimited"}
        running.sandbox.faults.add({"kind": "status", "status": 200, "body": "plain"})
        assert http.post("/api/auth.test").text == "plain"


def test_a_taken_address_is_named() -> None:
    with server.serve() as running:
        taken = server.serve(port=int(running.url.rsplit(":", 1)[1]))
        with pytest.raises(OSError, match=r"cannot listen on 127\.0\.0\.1"):
            taken.__enter__()


PROCESS = """
import sys
from twelp.sandbox.server import run_forever
run_forever(on_ready=lambda r: print(r.url, flush=True), until_stdin_ends=True)
print("stopped", flush=True)
"""


@pytest.mark.parametrize("how", ["sigterm", "sigint", "end of input"])
def test_a_process_of_its_own_stops_cleanly(how: str) -> None:
    child = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", PROCESS],
        cwd=Path(server.__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert child.stdout
        assert child.stdin
        url = child.stdout.readline().strip()
        assert httpx.get(f"{url}/_sandbox/health", trust_env=False).json() == {"ok": True}
        if how == "end of input":
            child.stdin.close()
        else:
            child.send_signal(signal.SIGTERM if how == "sigterm" else signal.SIGINT)
        child.wait(10)
        assert child.stdout.read().strip() == "stopped"
        assert child.returncode == 0
    finally:
        child.kill()
        for stream in (child.stdin, child.stdout, child.stderr):
            if stream:
                stream.close()
        child.wait()
