"""A real Bolt app on the local Slack over signed HTTP requests, and the control plane that drives it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.adapters.sandbox.slack_stage import (
    SECRET,
    Stage,
    actions,
    button,
    http_mode,
    listening,
    modal,
    socket_mode,
    stage,
    until,
)
from twelp.sandbox.slack.request_url import signature


@pytest.fixture(scope="module")
def running() -> Iterator[Stage]:
    with stage() as on:
        yield on


@pytest.fixture
def slack(running: Stage) -> Stage:
    return running.fresh()


@pytest.fixture
def patient() -> Iterator[Stage]:
    """A Slack that waits longer than 3 s, so that a busy machine fails no test about something else."""
    with stage(ack_timeout_s=12) as on:
        yield on


def test_a_signature_is_what_the_real_verifier_expects() -> None:
    body = b'{"a": "\xc3\xa9"}'
    assert signature(SECRET, "1700000000", body) == SignatureVerifier(SECRET).generate_signature(
        timestamp="1700000000", body=body
    )


def test_a_question_is_answered_over_signed_requests(slack: Stage) -> None:
    """Click, modal, refused, accepted, thread reply and command; all driven through the control plane."""
    app = slack.app()
    heard: list[Any] = []

    @app.action("claim")
    def claim(ack: Any, body: Any, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal())

    @app.view("answer")
    def answer(ack: Any, view: Any) -> None:
        if view["state"]["values"]["draft"]["text"]["value"] == "no":
            ack(response_action="errors", errors={"draft": "Longer, please."})
        else:
            ack()

    @app.event("message")
    def said(event: Any) -> None:
        if "client_msg_id" in event:
            heard.append(event["text"])

    @app.command("/twelp")
    def twelp(ack: Any) -> None:
        ack({"text": "paused", "response_type": "in_channel"})

    with http_mode(slack, app):
        slack.client().chat_postMessage(channel="U1", text="card", blocks=[actions(button())])
        clicked = slack.control("POST", "/click", user="jo", label="Claim").json()
        assert (clicked["acked"], clicked["via"]) == (True, "http")
        until(lambda: slack.control("GET", "/views?user=jo").json()["stack"])
        refused = slack.control("POST", "/submit", user="jo", values={"draft": {"text": "no"}}).json()
        assert refused["errors"] == {"draft": "Longer, please."}
        taken = slack.control("POST", "/submit", user="jo", values={"draft": "yes 👍 & more"}).json()
        assert (taken["acked"], taken["view"]) == (True, None)
        assert slack.control("POST", "/write", user="jo", text="thanks ü").json()["acked"]
        until(lambda: heard == ["thanks ü"])
        assert slack.control("POST", "/command", user="jo", command="twelp").json()["acked"]
        assert slack.control("GET", "/messages?user=jo").json()["messages"][0]["text"] == "paused"


class Odd:
    """An app that answers as it is told to, and keeps the requests."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[Response] = []

    async def answer(self, request: Request) -> Response:
        body = await request.body()
        if b"url_verification" in body:
            return JSONResponse({"challenge": "sandbox-challenge"})
        self.requests.append((dict(request.headers), body))
        return self.answers.pop(0) if self.answers else Response()


@pytest.fixture
def odd(slack: Stage) -> Iterator[Odd]:
    app = Odd()
    with listening(Starlette(routes=[Route("/e", app.answer, methods=["POST"])])) as base:
        slack.control("POST", "/request_url", url=f"{base}/e")
        yield app


def test_events_are_repeated_with_number_and_reason(slack: Stage, odd: Odd) -> None:
    odd.answers += [Response("no", 500), Response("no", 503)]
    written = slack.control("POST", "/write", user="jo", text="hi").json()
    assert (written["acked"], written["error"]) == (False, "http_error")
    until(lambda: len(odd.requests) == 2)
    slack.clock.advance(60)
    until(lambda: len(odd.requests) == 3)
    headers = [(h.get("x-slack-retry-num"), h.get("x-slack-retry-reason")) for h, _ in odd.requests]
    assert headers == [(None, None), ("1", "http_error"), ("2", "http_error")]
    assert len({body for _, body in odd.requests}) == 1
    verifier = SignatureVerifier(SECRET)
    assert all(verifier.is_valid_request(body, headers) for headers, body in odd.requests)


def test_an_app_may_say_not_to_repeat(slack: Stage, odd: Odd) -> None:
    odd.answers.append(Response("no", 500, headers={"X-Slack-No-Retry": "1"}))
    slack.control("POST", "/write", user="jo", text="hi")
    slack.clock.advance(600)
    slack.control("POST", "/write", user="jo", text="again")
    assert len(odd.requests) == 2


def test_a_failed_command_shows_slacks_error(slack: Stage, odd: Odd) -> None:
    odd.answers.append(Response("no", 500))
    assert slack.control("POST", "/command", user="jo", command="/x").json()["error"] == "dispatch_failed"


def test_a_wrong_secret_is_refused_by_the_real_app() -> None:
    with stage(signing_secret="guessed") as guessing, http_mode(guessing, guessing.app(), verify=False):
        written = guessing.control("POST", "/write", user="jo", text="hi").json()
        assert (written["acked"], written["error"]) == (False, "http_error")


def test_a_request_url_that_does_not_answer_the_challenge_is_not_taken(slack: Stage) -> None:
    answer = slack.control("POST", "/request_url", url="http://127.0.0.1:9/nobody")
    assert answer.status_code == 400
    assert "did not answer the challenge" in answer.json()["error"]
    assert slack.control("GET", "/connections").json()["request_url"] is None


def test_sockets_come_first_when_there_are_any(slack: Stage, odd: Odd) -> None:
    app = slack.app()

    @app.event("message")
    def said() -> None:
        pass

    with socket_mode(slack, app):
        assert slack.control("POST", "/write", user="jo", text="hi").json()["via"] == "socket"
    until(lambda: slack.world.delivery.sockets.count == 0)
    assert slack.control("POST", "/write", user="jo", text="hi").json()["via"] == "http"


def test_a_hundred_clicks_at_once_over_http(patient: Stage) -> None:
    slack = patient
    app = slack.app()

    @app.action("claim")
    def claim(ack: Any) -> None:
        ack()

    @app.event("message")
    def said() -> None:
        pass

    with http_mode(slack, app):
        sent = slack.client().chat_postMessage(channel="U1", text="card", blocks=[actions(button())])
        act = slack.world.acts.click
        with ThreadPoolExecutor(100) as crowd:
            clicks = [crowd.submit(slack.world.do, act("jo", ts=sent["ts"])) for _ in range(100)]
            assert all(click.result()["acked"] for click in clicks)


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        ("POST", "/click", {"user": "jo"}, 404, "there are no messages"),
        ("POST", "/click", {"user": "max"}, 404, "no user 'max' by id, name or e-mail"),
        ("POST", "/click", {"user": "gone"}, 404, "user 'gone' is deactivated and cannot act"),
        ("POST", "/click", {}, 400, "the field 'user' is missing"),
        ("POST", "/submit", {"user": "jo"}, 404, "'jo' has no modal open"),
        ("POST", "/submit", {"user": "jo", "view_id": "V9"}, 404, "view V9 is not open for 'jo'"),
        ("POST", "/write", {"user": "jo", "text": " "}, 404, "there is no text to send"),
        ("POST", "/write", {"user": "jo", "text": "x", "thread_ts": "1.1"}, 404, "no message 1.1 in"),
        ("POST", "/write", {"user": "jo", "text": "x", "channel": "C9"}, 404, "no conversation 'C9'"),
        ("POST", "/users", {"name": "jo"}, 400, "user 'jo' is taken by U1"),
        ("POST", "/users", {"name": "x", "tz": "Mars/Base"}, 400, "time zone 'Mars/Base' is not known"),
        ("POST", "/users", {"nick": "x"}, 400, "user name is None"),
        ("PATCH", "/users/jo", {"deleted": "yes"}, 400, "user field 'deleted' is 'yes'; expected bool"),
        ("PATCH", "/users/jo", {"shoe": 44}, 400, "user field 'shoe' cannot be set"),
        ("GET", "/messages?user=max", {}, 404, "no user 'max'"),
        ("POST", "/redeliver", {"event_id": "Ev9"}, 404, "no event 'Ev9'"),
        ("POST", "/disconnect", {"reason": "mood"}, 400, "reason 'mood' is not known"),
    ],
)
def test_what_a_person_cannot_do_is_told_clearly(
    slack: Stage, method: str, path: str, body: dict[str, Any], status: int, said: str
) -> None:
    answer = slack.control(method, path, **body)
    assert answer.status_code == status
    assert said in answer.json()["error"]
