"""Slack's refusals and silences, through the real SDK: whose move it is, and whether anything may have been sent."""

from __future__ import annotations

import logging
import socket
from base64 import b64encode
from datetime import timedelta

import pytest

from tests.adapters.slack import samples
from tests.adapters.slack.odd import Answer, OddServer
from twelp.adapters.slack import Slack
from twelp.adapters.slack.sdk import web_client
from twelp.errors import InDoubt, Locked, Refused, RemoteError, TryAgain, WaitUntil
from twelp.model import CardState
from twelp.ports import Place

PLACE = Place("D1", "1.000001")


@pytest.fixture
def slack(odd: OddServer) -> Slack:
    """A workspace in which only Jo is known, and whose posts and updates the test decides."""
    odd.answers["auth.test"] = [Answer(body={"ok": True, "team_id": "T1"})]
    odd.answers["users.info"] = [Answer(body={"ok": True, "user": {"id": "U1", "team_id": "T1"}})]
    odd.answers["conversations.open"] = [Answer(body={"ok": True, "channel": {"id": "D1"}})]
    return Slack(odd.url, "xoxb-secret", roster=samples.roster("U1"), clock=samples.Watch(), timeout_s=1.5)


def post(slack: Slack) -> RemoteError:
    with pytest.raises(RemoteError) as caught:
        slack.post_card("U1", samples.CARD)
    assert "xoxb" not in str(caught.value)
    return caught.value


def update(slack: Slack) -> RemoteError:
    with pytest.raises(RemoteError) as caught:
        slack.update_card(PLACE, samples.card(CardState.TAKEN))
    return caught.value


def no(error: str) -> Answer:
    return Answer(body={"ok": False, "error": error})


@pytest.mark.parametrize("answer", [Answer(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "7"})])
def test_a_limit_says_when_to_come_back(slack: Slack, odd: OddServer, answer: Answer) -> None:
    odd.answers |= {"chat.postMessage": [answer], "chat.update": [answer]}
    for error in (post(slack), update(slack)):
        assert isinstance(error, WaitUntil)
        assert error.at == samples.NOON + timedelta(seconds=7)
    assert isinstance(post(slack), WaitUntil)
    assert odd.calls.count("chat.postMessage") == 1  # nobody slept and tried again, and nobody asks before that hour


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "soon"}])
def test_a_limit_without_an_hour_waits_half_a_minute(slack: Slack, odd: OddServer, headers: dict[str, str]) -> None:
    odd.answers["chat.update"] = [Answer(429, {"ok": False, "error": "ratelimited"}, headers)]
    error = update(slack)
    assert isinstance(error, WaitUntil)
    assert error.at == samples.NOON + timedelta(seconds=30)


def test_a_limit_that_would_last_for_ever_waits_an_hour(slack: Slack, odd: OddServer) -> None:
    odd.answers["chat.update"] = [Answer(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "9" * 30})]
    error = update(slack)
    assert isinstance(error, WaitUntil)
    assert error.at == samples.NOON + timedelta(hours=1)


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive", "missing_scope"])
def test_a_dead_token_locks_the_house(slack: Slack, odd: OddServer, code: str) -> None:
    odd.answers |= {"chat.postMessage": [no(code)], "chat.update": [no(code)]}
    assert isinstance(post(slack), Locked)
    assert isinstance(update(slack), Locked)


def test_a_missing_scope_is_named(slack: Slack, odd: OddServer) -> None:
    odd.answers["chat.postMessage"] = [Answer(body={"ok": False, "error": "missing_scope", "needed": "im:write"})]
    assert "im:write" in str(post(slack))


@pytest.mark.parametrize("code", ["channel_not_found", "users_not_found", "user_disabled", "cannot_dm_bot"])
def test_somebody_who_cannot_be_reached_is_no_member(slack: Slack, odd: OddServer, code: str) -> None:
    odd.answers["conversations.open"] = [no(code)]
    error = post(slack)
    assert isinstance(error, Refused)
    assert error.reason == "not_a_member"


@pytest.mark.parametrize("code", ["message_not_found", "cant_update_message"])
def test_a_card_that_is_not_there_any_more_is_gone(slack: Slack, odd: OddServer, code: str) -> None:
    odd.answers["chat.update"] = [no(code)]
    error = update(slack)
    assert isinstance(error, Refused)
    assert error.reason == "gone"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(-1),
        Answer(0),
        Answer(503, b"<html>Service unavailable</html>"),
        Answer(500, {"ok": False, "error": "fatal_error"}),
        no("internal_error"),
        Answer(200, b"<html>a captive portal</html>"),
        Answer(200, b"\xff\xfe", {}),
        Answer(200, b"", {}),
    ],
    ids=["silence", "reset", "html 503", "500", "internal", "html 200", "no text", "nothing"],
)
def test_a_message_that_may_have_been_sent_is_in_doubt_and_an_update_is_just_made_again(
    slack: Slack, odd: OddServer, answer: Answer
) -> None:
    odd.answers |= {"chat.postMessage": [answer], "chat.update": [answer]}
    assert isinstance(post(slack), InDoubt)
    assert odd.calls.count("chat.postMessage") == 1
    assert isinstance(update(slack), TryAgain)


@pytest.mark.parametrize("method", ["users.info", "auth.test", "conversations.open"])
def test_a_silence_before_the_message_left_is_no_doubt(slack: Slack, odd: OddServer, method: str) -> None:
    odd.answers[method] = [Answer(0)]
    assert isinstance(post(slack), TryAgain)
    assert "chat.postMessage" not in odd.calls


def test_a_server_that_is_not_there_took_nothing() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    slack = Slack(url, "xoxb-secret", roster=samples.roster("U1"), clock=samples.Watch())
    assert isinstance(update(slack), TryAgain)
    slack._channels["U1"] = "D1"
    slack.people._slack_ids["U1"] = "U1"
    slack.people._checked_at["U1"] = samples.NOON
    assert isinstance(post(slack), TryAgain)


def test_blocks_slack_does_not_take_are_refused_for_good(slack: Slack, odd: OddServer) -> None:
    odd.answers["chat.postMessage"] = [no("invalid_blocks")]
    error = post(slack)
    assert isinstance(error, Refused)
    assert error.reason == "other"


def test_calls_share_a_connection_and_outlive_it(slack: Slack, odd: OddServer) -> None:
    odd.answers["chat.postMessage"] = [Answer(body={"ok": True, "channel": "D1", "ts": "1.2"})]
    place = slack.post_card("U1", samples.CARD)
    slack.update_card(place, samples.CARD)
    assert len(odd.calls) > 3
    assert odd.connections == 1
    odd.answers["chat.update"] = [Answer(0), Answer()]
    assert isinstance(update(slack), TryAgain)
    slack.update_card(place, samples.CARD)
    assert odd.connections == 2


def test_a_proxy_is_told_the_name_and_password_that_its_address_holds(odd: OddServer) -> None:
    client = web_client("http://slack.test", "xoxb-t", 5.0)
    client.proxy = odd.url.replace("//", "//jo%40volt:s%3Ap@")
    assert client.auth_test()["ok"]
    assert client.auth_test()["ok"]
    assert [seen["proxy-authorization"] for seen in odd.headers] == ["Basic " + b64encode(b"jo@volt:s:p").decode()] * 2
    assert odd.connections == 1


def test_a_redirect_is_not_followed(slack: Slack, odd: OddServer) -> None:
    """Wherever it leads, the token and somebody's words would go there."""
    odd.answers["chat.postMessage"] = [Answer(307, headers={"location": f"{odd.url}/api/elsewhere"})]
    assert isinstance(post(slack), InDoubt)
    assert odd.calls[-1] == "chat.postMessage"


def test_the_libraries_log_nothing(slack: Slack, odd: OddServer, caplog: pytest.LogCaptureFixture) -> None:
    """Everything that fails is raised; a second telling by the SDK would hold addresses and texts."""
    caplog.set_level(logging.DEBUG)
    odd.answers["chat.postMessage"] = [Answer(0)]
    post(slack)
    assert not caplog.records
