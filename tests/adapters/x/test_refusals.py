"""What X may answer, and whose move it then is. Real tweepy, real sockets."""

from __future__ import annotations

import logging
import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from twelp.adapters.x import X
from twelp.errors import ConfigError, InDoubt, Locked, Refused, RemoteError, TryAgain, WaitUntil

MENTIONS = "/2/users/42/mentions"
TWEETS = "/2/tweets"
PROBLEM = "https://api.twitter.com/2/problems/"
SUMMONED_ONLY = "You can only reply to or quote posts where you are mentioned or are the author."
NOT_ENGAGED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author "
    "of the post you are replying to."
)


def problem(detail: str, title: str = "Forbidden", kind: str = "", **more: Any) -> dict[str, Any]:
    return {"title": title, "detail": detail, "type": PROBLEM + kind if kind else "about:blank", **more}


REFUSALS = [
    (403, problem(SUMMONED_ONLY), "not_summoned"),
    (403, problem(SUMMONED_ONLY, "Authorization Error", "not-authorized-for-resource"), "not_summoned"),
    (403, problem(NOT_ENGAGED), "not_summoned"),
    (403, problem("You are not allowed to create a Tweet with duplicate content."), "duplicate"),
    (403, {"errors": [{"code": 187, "message": "Status is a duplicate."}]}, "duplicate"),
    (403, problem("You attempted to reply to a Tweet that is deleted or not visible to you."), "gone"),
    (403, {"errors": [{"code": 385, "message": "…"}]}, "gone"),
    (404, problem("Could not find tweet with id: [1].", "Not Found Error", "resource-not-found"), "gone"),
    (404, {}, "gone"),
    (400, {"errors": [{"parameters": {"reply.in_reply_to_tweet_id": ["1"]}, "message": "not valid"}]}, "gone"),
    (403, {"errors": [{"code": 186, "message": "Tweet needs to be a bit shorter."}]}, "too_long"),
    (400, problem("Your Tweet text is too long. For more information…", "Invalid Request"), "too_long"),
    (400, problem("One or more parameters to your request was invalid.", "Invalid Request"), "other"),
    (403, problem("You are not permitted to perform this action."), "other"),
    (422, {}, "other"),
    (403, b"", "other"),
    (400, ["a", "list"], "other"),
    (403, {"errors": None, "error": None, "title": None}, "other"),
    (403, {"errors": {"message": "no list"}}, "other"),
]


@pytest.mark.parametrize(("status", "body", "reason"), REFUSALS)
def test_a_refused_reply_says_why(x: X, odd: Any, wire: Any, status: int, body: Any, reason: str) -> None:
    odd.on(TWEETS, wire.reply(body, status))
    with pytest.raises(Refused) as raised:
        x.reply("Hold the button for ten seconds. ^JD", "1")
    assert raised.value.reason == reason
    assert raised.value.__cause__ is not None


LOCKS = [
    (401, {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"}),
    (401, {"errors": [{"code": 32, "message": "Could not authenticate you."}]}),
    (402, {"title": "CreditsDepleted", "detail": "… does not have any credits …", "type": PROBLEM + "credits"}),
    (402, b""),
    (
        403,
        {"title": "SpendCapReached", "detail": "… reached its billing cycle spend cap.", "type": PROBLEM + "credits"},
    ),
    (
        403,
        problem(
            "Must use keys from an App attached to a Project.", kind="client-forbidden", reason="client-not-enrolled"
        ),
    ),
    (
        403,
        problem(
            "Your client app is not configured with the appropriate oauth1 app permissions.", kind="oauth1-permissions"
        ),
    ),
    (
        403,
        {"errors": [{"code": 64, "message": "Your account is suspended and is not permitted to access this feature."}]},
    ),
    (403, {"errors": [{"code": 326, "message": "… this account is temporarily locked. Please log in …"}]}),
    (429, problem("Usage cap exceeded: Monthly product cap", "UsageCapExceeded", "usage-capped", period="Monthly")),
]


@pytest.mark.parametrize(("status", "body"), LOCKS)
def test_an_account_that_may_not_act_is_the_operators_move(x: X, odd: Any, wire: Any, status: int, body: Any) -> None:
    odd.on(TWEETS, wire.reply(body, status))
    odd.on(MENTIONS, wire.reply(body, status))
    with pytest.raises(Locked):
        x.reply("Hello ^JD", "1")
    with pytest.raises(Locked):
        x.mentions(None)


def epoch(now: datetime, **later: float) -> str:
    return str(int((now + timedelta(**later)).timestamp()))


def waits(now: datetime) -> list[tuple[dict[str, str], timedelta]]:
    return [
        ({"x-rate-limit-reset": epoch(now, minutes=7)}, timedelta(minutes=7)),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": epoch(now, minutes=7)}, timedelta(minutes=7)),
        ({"x-rate-limit-reset": epoch(now, minutes=-7)}, timedelta(seconds=60)),
        ({"x-rate-limit-reset": epoch(now, days=400)}, timedelta(seconds=60)),
        ({"x-rate-limit-reset": "soon"}, timedelta(seconds=60)),
        ({"x-rate-limit-reset": "1e400"}, timedelta(seconds=60)),
        ({}, timedelta(seconds=60)),
        ({"Retry-After": "33"}, timedelta(seconds=33)),
        ({"Retry-After": "Fri, 20 Nov 2026 12:02:00 GMT"}, timedelta(minutes=2)),
        ({"Retry-After": "never"}, timedelta(seconds=60)),
        (
            {
                "x-rate-limit-remaining": "80",
                "x-rate-limit-reset": epoch(now, minutes=7),
                "x-user-limit-24hour-remaining": "0",
                "x-user-limit-24hour-reset": epoch(now, hours=20),
            },
            timedelta(hours=20),
        ),
        (
            {
                "x-rate-limit-remaining": "0",
                "x-rate-limit-reset": epoch(now, minutes=7),
                "x-app-limit-24hour-remaining": "9000",
                "x-app-limit-24hour-reset": epoch(now, hours=20),
            },
            timedelta(minutes=7),
        ),
    ]


@pytest.mark.parametrize("case", range(12))
def test_too_many_requests_says_until_when_and_stays_sensible(x: X, odd: Any, wire: Any, now: Any, case: int) -> None:
    headers, after = waits(now)[case]
    odd.on(TWEETS, wire.reply({"title": "Too Many Requests"}, 429, headers))
    odd.on(MENTIONS, wire.reply(b"", 429, headers))
    with pytest.raises(WaitUntil) as raised:
        x.reply("Hello ^JD", "1")
    assert raised.value.at == now + after
    assert raised.value.at.tzinfo is UTC
    with pytest.raises(WaitUntil) as raised:
        x.mentions(None)
    assert raised.value.at == now + after


def test_the_daily_update_limit_is_a_wait_and_not_a_refusal(x: X, odd: Any, wire: Any, now: datetime) -> None:
    odd.on(TWEETS, wire.reply({"errors": [{"code": 185, "message": "User is over daily status update limit."}]}, 403))
    with pytest.raises(WaitUntil) as raised:
        x.reply("Hello ^JD", "1")
    assert now < raised.value.at < now + timedelta(hours=1)


def test_suspicion_of_automation_asks_for_a_pause(x: X, odd: Any, wire: Any) -> None:
    odd.on(
        TWEETS,
        wire.reply({"errors": [{"code": 226, "message": "This request looks like it might be automated."}]}, 403),
    )
    with pytest.raises(TryAgain) as raised:
        x.reply("Hello ^JD", "1")
    assert raised.value.after_s == 900


BROKEN = {
    "500": lambda odd, wire: wire.reply({"title": "Internal"}, 500),
    "503 in HTML": lambda odd, wire: wire.html(503),
    "200 in HTML": lambda odd, wire: wire.html(200),
    "no JSON": lambda odd, wire: wire.reply(b"{'data': "),
    "nothing": lambda odd, wire: wire.reply(b""),
    "a list": lambda odd, wire: wire.reply([]),
    "a number too long": lambda odd, wire: wire.reply(b'{"data":' + b"9" * 6000 + b"}"),
    "depth": lambda odd, wire: wire.reply(b"[" * 200_000),
    "half a body": lambda odd, wire: b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"data": {"id": "1"',
    "half a chunk": lambda odd, wire: b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1F4\r\n{"data',
    "bad zip": lambda odd, wire: wire.reply(b"no zip", 200, {"Content-Encoding": "gzip"}),
    "no HTTP": lambda odd, wire: b"SSH-2.0-OpenSSH_9.6\r\n",
    "half a status": lambda odd, wire: b"HTTP/1.1 2",
    "too large": lambda odd, wire: wire.reply(b" " * 8_100_000),
    "silence": lambda odd, wire: odd.hang,
    "dripping": lambda odd, wire: odd.drip,
    "a reset": lambda odd, wire: wire.reset,
    "hung up": lambda odd, wire: wire.hang_up,
    "408": lambda odd, wire: wire.reply({}, 408),
}


@pytest.mark.parametrize("how", BROKEN)
def test_reading_tries_again_where_publishing_is_in_doubt(x: X, odd: Any, wire: Any, how: str) -> None:
    answer = BROKEN[how](odd, wire)
    odd.on(TWEETS, answer)
    odd.on(MENTIONS, answer)
    with pytest.raises(TryAgain):
        x.mentions(None)
    with pytest.raises(InDoubt) as raised:
        x.reply("Hello ^JD", "1")
    assert raised.value.__cause__ is not None or how == "a list"
    assert len(odd.to(TWEETS)) == 1, "nothing is sent twice by itself"


@pytest.mark.parametrize(
    "body", [{}, {"data": {}}, {"data": None}, {"data": {"id": "new"}}, {"data": [1]}, {"errors": []}]
)
def test_a_success_without_an_id_is_in_doubt(x: X, odd: Any, wire: Any, body: Any) -> None:
    odd.on(TWEETS, wire.reply(body, 201))
    with pytest.raises(InDoubt):
        x.reply("Hello ^JD", "1")


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_web_page_in_between_decides_nothing(x: X, odd: Any, wire: Any, status: int) -> None:
    odd.on(TWEETS, wire.html(status))
    with pytest.raises(TryAgain, match="web page"):
        x.reply("Hello ^JD", "1")


def test_no_redirect_is_followed(x: X, odd: Any, wire: Any) -> None:
    odd.on(TWEETS, wire.reply(b"", 307, {"Location": f"{odd.url}/elsewhere"}))
    with pytest.raises(TryAgain, match="redirect"):
        x.reply("Hello ^JD", "1")
    assert odd.to("/elsewhere") == []


def test_a_reply_that_never_left_may_be_tried_again(now: datetime) -> None:
    """Connection refused, and a name that does not exist: nothing was published."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    for url in (f"http://127.0.0.1:{port}", "http://no-such-host.invalid"):
        x = X(url, "ck", "cs", "at", "ats", timeout_s=2, clock=_At(now))
        for ask in (lambda x=x: x.reply("Hello ^JD", "1"), x.me):
            with pytest.raises(TryAgain, match="could not be reached"):
                ask()
        x.close()


def test_a_server_error_may_say_when_to_come_back(x: X, odd: Any, wire: Any) -> None:
    odd.on(MENTIONS, wire.reply(b"", 503, {"Retry-After": "20"}))
    with pytest.raises(TryAgain) as raised:
        x.mentions(None)
    assert raised.value.after_s == 20


def test_no_token_and_no_customers_text_is_in_a_message_or_a_log(
    x: X, odd: Any, wire: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """X may quote the request back; even with all processes together at DEBUG none of it is written down."""
    secret = "my order 4711 and my phone 555-0100"
    body = {
        "title": secret,
        "type": secret,
        "detail": secret,
        "errors": [{"message": secret, "parameters": {"text": [secret]}}],
    }
    with caplog.at_level(logging.DEBUG):
        for status in (400, 401, 402, 403, 404, 429, 500):
            odd.on(TWEETS, wire.reply(body, status))
            with pytest.raises(RemoteError) as raised:
                x.reply(secret, "1")
            assert not [word for word in (secret, "ats", "42-at") if word in str(raised.value)]
    assert secret not in caplog.text
    assert "42-at" not in caplog.text


@pytest.mark.parametrize("url", ["", "api.x.com", "ftp://api.x.com", "https://", "https://api.x.com?x=1"])
def test_a_base_url_that_is_none_is_said_at_once(url: str, now: datetime) -> None:
    with pytest.raises(ConfigError, match="X_BASE_URL"):
        X(url, "ck", "cs", "at", "ats", clock=_At(now))


class _At:
    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at
