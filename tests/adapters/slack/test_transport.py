"""Both ways in: sockets that come back by themselves and close at once, and requests that must be signed."""

from __future__ import annotations

import asyncio
import hmac
import json
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.sync.server import ServerConnection, serve

from tests.adapters.slack import samples
from tests.adapters.slack.odd import Answer, OddServer
from tests.adapters.slack.town import APP_TOKEN, JO, SECRET, NoteDesk, Stage, Town, served, until
from tests.adapters.slack.town import world as made
from tests.conftest import DrivenClock
from twelp.adapters.slack import Slack, buttons
from twelp.adapters.slack.transport import CONNECTIONS
from twelp.adapters.slack.unknown import MOST, Unknown
from twelp.errors import Locked
from twelp.model import Done


def names() -> Counter[str]:
    """The threads that are running, some of an earlier test perhaps, which may end meanwhile."""
    return Counter(thread.name for thread in threading.enumerate())


@pytest.fixture
def socketed(town: Town) -> Town:
    """Connected by sockets; the test stops it."""
    town.slack.incoming.connect(town.desk)
    town.slack.incoming.start()
    town.slack.post_card(JO, samples.CARD)
    return town


def works(town: Town) -> None:
    """A click gets to the desk."""
    before = len(town.desk.called("claim"))
    assert town.act("click", "jo", action_id=buttons.CLAIM)["acked"]
    until(lambda: len(town.desk.called("claim")) > before)


def test_stopping_is_quick_and_leaves_no_thread(town: Town) -> None:
    before = names()
    town.slack.incoming.connect(town.desk)
    town.slack.incoming.start()
    town.slack.post_card(JO, samples.CARD)
    works(town)
    assert town.slack.incoming.listening
    began = time.monotonic()
    town.slack.incoming.stop()
    town.slack.incoming.stop()
    assert time.monotonic() - began < 8
    assert not town.slack.incoming.listening
    until(lambda: names() <= before)


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "too_many_websockets"])
def test_slack_may_ask_for_a_new_connection_at_any_time(socketed: Town, reason: str) -> None:
    try:
        works(socketed)
        sockets = socketed.world.delivery.sockets
        until(lambda: sockets.count == CONNECTIONS)
        socketed.world.do(sockets.disconnect(reason, close=True))
        until(lambda: sockets.count == CONNECTIONS and socketed.slack.incoming.listening)
        works(socketed)
        assert len(socketed.desk.called("claim")) == 2, "each click got there, once"
    finally:
        socketed.slack.incoming.stop()


def test_a_warning_has_the_next_opened_before_the_old_one_goes(socketed: Town) -> None:
    """Each connection for itself; what comes over the old one in the meantime is answered there."""
    try:
        sockets = socketed.world.delivery.sockets
        until(lambda: sockets.count == CONNECTIONS)
        socketed.world.do(sockets.disconnect("warning", close=False))
        until(lambda: sockets.count == 2 * CONNECTIONS)
        for _ in range(2 * CONNECTIONS):
            works(socketed)
        assert all(sockets.received)
    finally:
        socketed.slack.incoming.stop()
    until(lambda: sockets.count == 0)


def test_one_connection_may_break_without_a_click_being_late(socketed: Town) -> None:
    """The other hears what people do at once, and the broken one comes back by itself."""
    try:
        sockets = socketed.world.delivery.sockets
        for count in range(1, 4):
            until(lambda: sockets.count == CONNECTIONS)
            socketed.world.do(sockets.cut(count % CONNECTIONS))
            assert socketed.slack.incoming.listening
            works(socketed)
        until(lambda: sockets.count == CONNECTIONS)
    finally:
        socketed.slack.incoming.stop()


def test_each_payload_is_acknowledged_on_the_connection_it_came_by(odd: OddServer) -> None:
    """Also with what Bolt is asked for first; each connection is given envelopes of its own."""
    said: dict[str, str] = {}

    def give(connection: ServerConnection) -> None:
        mine = str(id(connection))
        own = {"event": {"type": "message", "bot_id": "B0"}}
        asked = {"command": "/twelp", "team_id": "T0", "user_id": "U0", "text": "help", "response_url": odd.url}
        for number, (kind, payload) in enumerate((("events_api", own), ("slash_commands", asked))):
            connection.send(json.dumps({"envelope_id": f"{mine} {number}", "type": kind, "payload": payload}))
        for raw in connection:
            said[json.loads(raw)["envelope_id"]] = mine

    with serve(give, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"ws://127.0.0.1:{server.socket.getsockname()[1]}/"
        odd.answers["apps.connections.open"] = [Answer(body={"ok": True, "url": address})]
        slack = Slack(odd.url, "xoxb-1", roster=samples.roster(JO), clock=samples.Watch(), app_token=APP_TOKEN)
        slack.incoming.connect(NoteDesk())
        slack.incoming.start()
        until(lambda: len(said) == 2 * CONNECTIONS)
        slack.incoming.stop()
        server.shutdown()
        thread.join()
    assert all(envelope.startswith(way) for envelope, way in said.items())


def test_a_server_that_goes_and_comes_back_is_found_again() -> None:
    world, app = made()
    with served(app) as url:
        town = Town(world, url)
        town.slack.incoming.connect(town.desk)
        town.slack.incoming.start()
        town.slack.post_card(JO, samples.CARD)
        works(town)
    try:
        until(lambda: not town.slack.incoming.listening, 10)
        with served(app, int(url.rpartition(":")[2])):
            until(lambda: town.slack.incoming.listening, 10)
            works(town)
            assert len(town.desk.called("claim")) == 2, "each click got there, once"
    finally:
        town.slack.incoming.stop()


def test_a_slack_that_is_not_there_at_the_start_is_tried_again() -> None:
    world, app = made()
    with served(app) as url:
        pass
    town = Town(world, url)
    town.slack.incoming.connect(town.desk)
    town.slack.incoming.start()
    try:
        assert not town.slack.incoming.listening
        assert town.slack.incoming.trouble.startswith("apps.connections.open: ")
        assert town.slack.incoming.trouble.endswith("It is tried again by itself; is the network up?")
        with served(app, int(url.rpartition(":")[2])):
            until(lambda: town.slack.incoming.listening, 10)
    finally:
        town.slack.incoming.stop()


def test_a_wrong_app_token_is_said_at_once(town: Town) -> None:
    before = names()
    slack = town.adapter(JO, app_token="xapp-wrong")
    slack.incoming.connect(town.desk)
    with pytest.raises(Locked):
        slack.incoming.start()
    slack.incoming.stop()
    until(lambda: names() <= before)


def test_a_limit_on_connections_is_waited_out_without_hanging_the_stop(odd: OddServer) -> None:
    odd.answers["apps.connections.open"] = [Answer(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "60"})]
    slack = Slack(odd.url, "xoxb-1", roster=samples.roster(JO), clock=samples.Watch(), app_token=APP_TOKEN)
    slack.incoming.connect(NoteDesk())
    slack.incoming.start()
    began = time.monotonic()
    slack.incoming.stop()
    assert time.monotonic() - began < 8
    assert odd.calls == ["apps.connections.open"]


def test_a_connection_cut_without_a_word_is_noticed_at_once_and_not_hammered(odd: OddServer) -> None:
    """The SDK's client takes half a minute and a whole core for it; and asks a server that closes at once for ever."""
    seen: list[float] = []

    def cut(connection: ServerConnection) -> None:
        seen.append(time.monotonic())
        connection.socket.shutdown(socket.SHUT_RDWR)

    with serve(cut, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        port = server.socket.getsockname()[1]
        odd.answers["apps.connections.open"] = [Answer(body={"ok": True, "url": f"ws://127.0.0.1:{port}/"})]
        slack = Slack(odd.url, "xoxb-1", roster=samples.roster(JO), clock=samples.Watch(), app_token=APP_TOKEN)
        slack.incoming.connect(NoteDesk())
        slack.incoming.start()
        until(lambda: len(seen) > 2 * CONNECTIONS)
        slack.incoming.stop()
        server.shutdown()
        thread.join()
    assert seen[2 * CONNECTIONS] - seen[0] >= 0.4
    assert len(odd.calls) <= 4 * CONNECTIONS


def test_a_hundred_clicks_at_once_are_all_acknowledged_in_time(live: Town) -> None:
    """With a desk that takes 20 ms for each."""

    def slow(*_: str) -> Done:
        time.sleep(0.02)
        return Done(True, "")

    live.desk.says["claim"] = slow
    live.slack.post_card(JO, samples.CARD)
    live.act("click", "jo", action_id=buttons.CLAIM)

    async def crowd() -> list[Any]:
        return await asyncio.gather(*(live.world.acts.click("jo", action_id=buttons.CLAIM) for _ in range(100)))

    seen = live.world.do(crowd())
    assert all(each["acked"] for each in seen)
    assert max(each["ms"] for each in seen) < 3_000
    until(lambda: len(live.desk.called("claim")) == 101)


def ask(url: str, body: bytes, **headers: str) -> tuple[int, bytes]:
    """Posts as somebody who is not Slack."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"{url}/slack/events", body, {"content-type": "application/json"} | named)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


@pytest.fixture
def ours(town: Town, our_stage: Stage) -> Iterator[str]:
    """Our own address in HTTP mode."""
    town.slack.incoming.connect(town.desk)
    our_stage.app = town.slack.incoming.http_app()
    yield our_stage.url
    town.slack.incoming.stop()


def signed(body: bytes, at: float, secret: str = SECRET) -> dict[str, str]:
    """Slack's headers. Source: docs.slack.dev/authentication/verifying-requests-from-slack."""
    stamp = str(int(at))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, "sha256").hexdigest()
    return {"x_slack_request_timestamp": stamp, "x_slack_signature": f"v0={digest}"}


CHALLENGE = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()


def test_slack_is_answered_its_challenge(ours: str) -> None:
    status, answer = ask(ours, CHALLENGE, **signed(CHALLENGE, time.time()))
    assert (status, json.loads(answer)) == (200, {"challenge": "abc"})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(CHALLENGE, time.time(), "another secret"),
        signed(CHALLENGE + b" ", time.time()),
        signed(CHALLENGE, time.time() - 400),
    ],
    ids=["unsigned", "wrong secret", "changed", "old"],
)
def test_whoever_is_not_slack_is_turned_away(ours: str, town: Town, headers: dict[str, str]) -> None:
    assert ask(ours, CHALLENGE, **headers)[0] == 401
    assert town.desk.calls == []


def test_slack_is_taken_for_cut_off_once_all_its_requests_are_refused_until_one_is_not(
    ours: str, town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    refusals = town.slack.incoming.refusals
    for _ in range(9):
        ask(ours, CHALLENGE)
    assert refusals.trouble() is None, "anybody can send what is not signed"
    assert not refusals.understood
    ask(ours, CHALLENGE, **signed(CHALLENGE, time.time()))
    for number in range(3):
        assert refusals.trouble() is None
        ask(ours, CHALLENGE, **signed(CHALLENGE, time.time() + number, "the old secret"))
    assert refusals.understood
    assert str(refusals.trouble()).startswith("the last 3 requests were refused (signature): was SLACK_SIGNING_SECRET")
    assert refusals.counts == {"signature": 3, "old": 0, "unsigned": 9, "too_large": 0}
    told = [line.split()[4] for line in caplog.messages if " refused (" in line]
    assert told == ["(unsigned):", "(signature):"], "each once a minute"
    ask(ours, CHALLENGE, **signed(CHALLENGE, time.time() - 1))
    assert refusals.trouble() is None


def test_a_request_of_absurd_size_or_no_text_is_not_read(ours: str) -> None:
    assert ask(ours, b"a" * 2_100_000)[0] == 413
    assert ask(ours, b"\xff\xfe")[0] == 401


@pytest.mark.parametrize("sign", [True, False])
def test_a_body_nested_without_end_is_turned_away(ours: str, town: Town, sign: bool) -> None:
    deep = b"[" * 200_000
    for body, kind in ((deep, "application/json"), (b"payload=" + deep, "application/x-www-form-urlencoded")):
        headers = signed(body, time.time()) if sign else {}
        assert ask(ours, body, **headers, content_type=kind)[0] in (400, 401)
    assert town.desk.calls == []


def test_a_signed_request_that_somebody_overheard_is_acted_upon_once(ours: str, town: Town) -> None:
    town.slack.post_card(JO, samples.CARD)
    user, action = {"id": "U0JO"}, {"action_id": buttons.CLAIM, "block_id": "b", "type": "button", "value": "x:1"}
    act = {"type": "block_actions", "user": user, "team": {"id": "T0"}, "actions": [action], "trigger_id": "1.2"}
    body = b"payload=" + urllib.parse.quote(json.dumps(act)).encode()
    headers = signed(body, time.time()) | {"content_type": "application/x-www-form-urlencoded"}
    for _ in range(3):
        assert ask(ours, body, **headers)[0] == 200
    until(lambda: town.desk.called("claim"))
    again = signed(body, time.time() - 2) | {"content_type": "application/x-www-form-urlencoded"}
    assert ask(ours, body, **again)[0] == 200, "Slack's own second try has an hour of its own"
    until(lambda: len(town.desk.called("claim")) == 2)


UNKNOWN: list[tuple[dict[str, Any], str]] = [
    (
        {"type": "block_actions", "actions": [{"action_id": "a", "block_id": "b", "type": "button"}]},
        'block_actions "a"',
    ),
    ({"type": "view_submission", "view": {"callback_id": "poll", "type": "modal"}}, 'view_submission "poll"'),
    ({"type": "shortcut", "callback_id": "start"}, 'shortcut "start"'),
    ({"type": "message_action", "callback_id": "keep", "message": {"text": "hush"}}, 'message_action "keep"'),
    ({"type": "event_callback", "event": {"type": "reaction_added", "reaction": "hush"}}, 'event "reaction_added"'),
    ({"command": "/other", "text": "hush"}, 'command "/other"'),
    (
        {"type": "block_actions", "actions": [{"action_id": "hush ~ 1", "type": "button"}]},
        "block_actions without a name",
    ),
]


def unknown_lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if "not known here" in r.getMessage()]


@pytest.mark.parametrize(("payload", "kind"), UNKNOWN)
def test_what_nobody_knows_is_told_by_kind_and_name_over_http(
    ours: str, payload: dict[str, Any], kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It is no accident: 404, one line however often it comes, and nothing of what it holds."""
    form = "command" in payload
    interaction = not form and payload["type"] != "event_callback"
    body = json.dumps(payload).encode()
    content = "application/json"
    if form or interaction:
        body = urllib.parse.urlencode(payload if form else {"payload": json.dumps(payload)}).encode()
        content = "application/x-www-form-urlencoded"
    for late in range(3):
        assert ask(ours, body, **signed(body, time.time() - late), content_type=content)[0] == 404
    [line] = unknown_lines(caplog)
    assert f"slack: {kind} is not known here" in line
    assert "hush" not in caplog.text


def test_what_nobody_knows_is_told_by_kind_and_name_over_a_socket(
    socketed: Town, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        delivery = socketed.world.delivery
        for payload, _ in UNKNOWN:
            kind = "slash_commands" if "command" in payload else "events_api" if "event" in payload else "interactive"
            socketed.world.do(delivery.sockets.deliver(kind, payload, timeout_s=0.2, retry=None))
        until(lambda: len(unknown_lines(caplog)) == len(UNKNOWN))
        for line, (_, kind) in zip(unknown_lines(caplog), UNKNOWN, strict=True):
            assert f"slack: {kind} is not known here" in line
        assert "hush" not in caplog.text
        assert "was not acknowledged" not in caplog.text, "once is enough"
    finally:
        socketed.slack.incoming.stop()


def test_what_nobody_knows_floods_no_log_and_is_told_again_an_hour_later(caplog: pytest.LogCaptureFixture) -> None:
    clock = DrivenClock()
    heard = Unknown(clock)
    for _ in range(3):
        for number in range(200):
            heard.hear({"type": "shortcut", "callback_id": f"s{number}"})
    lines = unknown_lines(caplog)
    assert len(lines) == MOST + 1
    assert lines[-1].startswith("slack: a payload of yet another kind is not known here")
    caplog.clear()
    clock.advance(hours=1)
    heard.hear({"type": "shortcut", "callback_id": "s0"})
    assert ", and 2 more since it was last told" in unknown_lines(caplog)[0]


def test_socket_mode_that_was_switched_off_is_a_warning(socketed: Town, caplog: pytest.LogCaptureFixture) -> None:
    try:
        socketed.world.do(socketed.world.delivery.sockets.disconnect("link_disabled", close=True))
        until(lambda: "Socket Mode was switched off" in caplog.text)
        [told, *_] = [r for r in caplog.records if "Socket Mode was switched off" in r.getMessage()]
        assert told.levelname == "WARNING"
    finally:
        socketed.slack.incoming.stop()
