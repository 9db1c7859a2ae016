"""A real Bolt app on the local Slack over Socket Mode: clicks, modals, events, retries, several connections."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.adapters.sandbox.slack_stage import (
    Stage,
    actions,
    button,
    modal,
    plain,
    section,
    socket_mode,
    stage,
    until,
)
from twelp.sandbox import server
from twelp.sandbox.clock import Clock
from twelp.sandbox.slack import SlackWorld
from twelp.sandbox.slack.finding import NotThere


@pytest.fixture(scope="module")
def running() -> Iterator[Stage]:
    with stage() as on:
        yield on


@pytest.fixture
def slack(running: Stage) -> Stage:
    return running.fresh()


@pytest.fixture
def quick() -> Iterator[Stage]:
    """A Slack that waits 200 ms for an acknowledgement instead of 3 s."""
    with stage(ack_timeout_s=0.2) as on:
        yield on


@pytest.fixture
def patient() -> Iterator[Stage]:
    """A Slack that waits longer than 3 s, so that a busy machine fails no test about something else."""
    with stage(ack_timeout_s=12) as on:
        yield on


@contextmanager
def plug(slack: Stage) -> Iterator[ClientConnection]:
    """A Socket Mode connection by hand, its hello already read."""
    url = slack.client("xapp-sandbox").apps_connections_open(app_token="xapp-sandbox")["url"]
    with connect(url, proxy=None) as connection:
        assert json.loads(connection.recv(5))["type"] == "hello"
        yield connection


def card(slack: Stage, *elements: dict[str, Any], user: str = "U1") -> dict[str, Any]:
    sent = slack.client().chat_postMessage(channel=user, text="card", blocks=[actions(*(elements or (button(),)))])
    assert isinstance(sent.data, dict)
    return sent.data


def in_background(slack: Stage, act: Any) -> Any:
    return ThreadPoolExecutor(1).submit(slack.world.do, act)


def test_a_question_is_answered_in_a_modal(slack: Stage) -> None:
    """Click, modal, a refused submission, a preview in its place, confirmation, the card updated."""
    app = slack.app()
    preview = modal("Preview", blocks=[section("*Try turning it off.* ^JD")], callback_id="confirm")

    @app.action("claim")
    def claim(ack: Any, body: Any, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(private_metadata=body["message"]["ts"]))

    @app.view("answer")
    def answer(ack: Any, view: Any) -> None:
        text = view["state"]["values"]["draft"]["text"]["value"]
        if "silly" in text:
            ack(response_action="errors", errors={"draft": "Please be serious."})
        else:
            ack(response_action="update", view={**preview, "private_metadata": view["private_metadata"]})

    @app.view("confirm")
    def confirm(ack: Any, view: Any, body: Any, client: Any) -> None:
        ack()
        channel = client.conversations_open(users=body["user"]["id"])["channel"]["id"]
        client.chat_update(channel=channel, ts=view["private_metadata"], text="done", blocks=[section("Done")])

    @app.event("message")
    def said() -> None:
        pass

    with socket_mode(slack, app):
        sent = card(slack, button(value="q7", style="primary"))
        world = slack.world
        clicked = world.do(world.acts.click("jo", ts=sent["ts"], label="Claim"))
        assert (clicked["acked"], clicked["via"], clicked["error"]) == (True, "socket", None)
        until(lambda: world.views("jo")["stack"])
        refused = world.do(world.acts.submit("jo", values={"draft": "silly"}))
        assert refused["errors"] == {"draft": "Please be serious."}
        assert refused["view"]["callback_id"] == "answer"
        taken = world.do(world.acts.submit("jo", values={"draft": {"text": "Try turning it off."}}))
        assert taken["view"]["title"]["text"] == "Preview"
        assert world.do(world.acts.submit("jo"))["view"] is None
        (seen,) = until(lambda: [m for m in world.messages("jo") if m["text"] == "done"])
        assert [h["what"] for h in seen["history"]] == ["posted", "updated"]
        with pytest.raises(NotThere, match="no element with action_id 'claim' here; there is: nothing"):
            world.do(world.acts.click("jo", ts=sent["ts"], action_id="claim"))


def test_a_click_carries_what_slack_documents(slack: Stage) -> None:
    sent = card(slack, button(value="q7"), button("open", "Open", url="https://x.example/1"))
    with plug(slack) as socket:
        click = in_background(slack, slack.world.acts.click("jo", ts=sent["ts"], action_id="claim"))
        envelope = json.loads(socket.recv(5))
        while envelope["type"] == "events_api":
            socket.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
            envelope = json.loads(socket.recv(5))
        socket.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
        assert click.result(5)["acked"]
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("interactive", True)
    payload = envelope["payload"]
    assert payload["type"] == "block_actions"
    assert payload["user"] == {"id": "U1", "username": "jo", "name": "jo", "team_id": payload["team"]["id"]}
    assert payload["container"] == {
        "type": "message",
        "message_ts": sent["ts"],
        "channel_id": sent["channel"],
        "is_ephemeral": False,
    }
    assert payload["channel"] == {"id": sent["channel"], "name": "directmessage"}
    assert payload["message"]["blocks"][0]["block_id"] == "row"
    assert payload["response_url"].startswith(f"{slack.base}/response/")
    (action,) = payload["actions"]
    assert action.pop("action_ts")
    text = {"type": "plain_text", "text": "Claim", "emoji": True}
    assert action == {"action_id": "claim", "block_id": "row", "type": "button", "text": text, "value": "q7"}


def test_a_hundred_clicks_at_once_are_all_acknowledged(patient: Stage) -> None:
    slack = patient
    app = slack.app()
    lock, seen = threading.Lock(), []

    @app.action("claim")
    def claim(ack: Any, body: Any) -> None:
        ack()
        with lock:
            seen.append(body["trigger_id"])

    @app.event("message")
    def said() -> None:
        pass

    with socket_mode(slack, app):
        sent = card(slack)
        world = slack.world
        with ThreadPoolExecutor(100) as crowd:
            clicks = [crowd.submit(world.do, world.acts.click("jo", ts=sent["ts"])) for _ in range(100)]
            outcomes = [click.result() for click in clicks]
        assert all(o["acked"] for o in outcomes)
        until(lambda: len(seen) == 100)
        assert len(set(seen)) == 100


def test_a_trigger_opens_one_view_within_three_seconds(slack: Stage) -> None:
    world, client = slack.world, slack.client()
    trigger = world.backend.views.trigger("U1")
    client.views_open(trigger_id=trigger, view=modal())
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        client.views_open(trigger_id=trigger, view=modal())
    late = world.backend.views.trigger("U1")
    slack.clock.advance(3.1)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        client.views_open(trigger_id=late, view=modal())
    bad = world.backend.views.trigger("U1")
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.views_open(trigger_id=bad, view=modal("x" * 25))
    client.views_open(trigger_id=bad, view=modal())


def test_views_stack_three_deep_and_go_back(slack: Stage) -> None:
    world, client, views = slack.world, slack.client(), slack.world.backend.views
    first = client.views_open(trigger_id=views.trigger("U1"), view=modal("One"))["view"]
    for title in ("Two", "Three"):
        top = views.top("U1")
        assert top is not None
        client.views_push(trigger_id=views.trigger("U1", top.id), view=modal(title))
    top = views.top("U1")
    assert top is not None
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        client.views_push(trigger_id=views.trigger("U1", top.id), view=modal("Four"))
    stack = world.views("jo")["stack"]
    assert [v["root_view_id"] for v in stack] == [first["id"]] * 3
    assert stack[2]["previous_view_id"] == stack[1]["id"]
    with pytest.raises(NotThere, match="under another view"):
        world.do(world.acts.submit("jo", first["id"]))
    assert world.do(world.acts.close("jo"))["view"]["title"]["text"] == "Two"
    assert world.do(world.acts.close("jo", clear=True))["view"] is None


def test_what_was_typed_survives_an_update_and_old_hashes_do_not(slack: Stage) -> None:
    client, world = slack.client(), slack.world
    view = client.views_open(trigger_id=world.backend.views.trigger("U1"), view=modal(external_id="mine"))["view"]
    world.do(world.acts.type("jo", "half an ans"))
    fresh = client.views_update(external_id="mine", view=modal("Still open"), hash=view["hash"])["view"]
    assert fresh["state"]["values"]["draft"]["text"]["value"] == "half an ans"
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_update(view_id=view["id"], view=modal(), hash=view["hash"])


def test_typing_is_told_live_where_the_field_asks_for_it(slack: Stage) -> None:
    app = slack.app()

    @app.action("text")
    def typed(ack: Any, body: Any, client: Any) -> None:
        ack()
        left = 400 - len(body["actions"][0]["value"])
        client.views_update(
            view_id=body["view"]["id"], hash=body["view"]["hash"], view=modal(f"{left} left", live=True)
        )

    with socket_mode(slack, app):
        world = slack.world
        slack.client().views_open(trigger_id=world.backend.views.trigger("U1"), view=modal(live=True))
        assert world.do(world.acts.type("jo", "hello"))["acked"]
        until(lambda: world.views("jo")["stack"][0]["title"]["text"] == "395 left")


def test_slack_itself_refuses_a_form_that_is_not_filled_in(slack: Stage) -> None:
    """No connection is needed: the app never hears of it."""
    world = slack.world
    slack.client().views_open(trigger_id=world.backend.views.trigger("U1"), view=modal())
    empty = world.do(world.acts.submit("jo"))
    assert (empty["error"], list(empty["errors"])) == ("client_validation", ["draft"])
    assert world.do(world.acts.submit("jo", values={"draft": "x" * 401}))["errors"]["draft"].endswith(
        "(the limit is 400)."
    )


def test_a_submission_may_push_clear_or_be_answered_nonsense(slack: Stage) -> None:
    answers: list[Any] = [
        {"response_action": "push", "view": modal("Pushed")},
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "update", "view": modal("x" * 25)},
        {"response_action": "explode"},
        {"response_action": "clear"},
    ]
    app = slack.app()

    @app.view("answer")
    def answer(ack: Any) -> None:
        ack(**answers.pop(0))

    with socket_mode(slack, app):
        world = slack.world
        slack.client().views_open(trigger_id=world.backend.views.trigger("U1"), view=modal())
        assert world.do(world.acts.submit("jo", values={"draft": "x"}))["view"]["title"]["text"] == "Pushed"
        for _ in range(3):
            seen = world.do(world.acts.submit("jo", values={"draft": "x"}))
            assert (seen["acked"], seen["error"][:12]) == (False, "bad_response")
            assert len(world.views("jo")["stack"]) == 2
        assert world.do(world.acts.submit("jo", values={"draft": "x"}))["view"] is None


def test_closing_a_view_is_told_when_the_app_asked_for_it(slack: Stage) -> None:
    app = slack.app()
    closed: list[Any] = []

    @app.view_closed("answer")
    def gone(ack: Any, body: Any) -> None:
        ack()
        closed.append(body["is_cleared"])

    with socket_mode(slack, app):
        world = slack.world
        slack.client().views_open(trigger_id=world.backend.views.trigger("U1"), view=modal(notify_on_close=True))
        assert world.do(world.acts.close("jo"))["acked"]
        until(lambda: closed == [False])


def test_a_thread_reply_is_told_escaped_and_with_its_thread(slack: Stage) -> None:
    app = slack.app()
    heard: list[Any] = []

    @app.event("message")
    def said(event: Any) -> None:
        heard.append(event)

    with socket_mode(slack, app):
        sent = card(slack)
        text = "is 1 < 2? <!channel> \u202e שלום 👋🏽 a\x00b"
        written = slack.world.do(slack.world.acts.write("jo", text, thread_ts=sent["ts"]))
        assert written["acked"]
        (event,) = until(lambda: [e for e in heard if e.get("client_msg_id")])
    assert event["text"] == "is 1 &lt; 2? &lt;!channel&gt; \u202e שלום 👋🏽 a\x00b"
    assert (event["thread_ts"], event["channel_type"], event["user"]) == (sent["ts"], "im", "U1")
    assert slack.world.pings() == []


def test_the_app_hears_its_own_messages_and_edits_too(slack: Stage) -> None:
    """As on Slack: an app that subscribes to message.im hears itself, and must know its own voice."""
    with plug(slack) as socket:
        sent = card(slack)
        slack.client().chat_update(channel=sent["channel"], ts=sent["ts"], text="new")
        first, second = json.loads(socket.recv(5)), json.loads(socket.recv(5))
    assert first["payload"]["event"]["bot_id"] == slack.world.workspace.bot.bot_id
    assert second["payload"]["event"]["subtype"] == "message_changed"


def test_an_event_comes_again_until_it_is_acknowledged(quick: Stage) -> None:
    """At once, after a minute, after five more: the same event id each time, with the number and the reason."""
    with plug(quick) as socket:
        written = in_background(quick, quick.world.acts.write("jo", "hello?"))
        envelopes = [json.loads(socket.recv(5))]
        assert written.result(5)["error"] == "timeout"
        envelopes.append(json.loads(socket.recv(5)))
        for minutes in (1, 5):
            until(lambda: len(_attempts(quick)) == len(envelopes))
            quick.clock.advance(minutes * 60)
            envelopes.append(json.loads(socket.recv(5)))
        socket.send(json.dumps({"envelope_id": envelopes[-1]["envelope_id"]}))
        until(lambda: len(_attempts(quick)) == 4)
    assert len({e["payload"]["event_id"] for e in envelopes}) == 1
    assert [(e["retry_attempt"], e["retry_reason"]) for e in envelopes] == [
        (0, ""),
        (1, "timeout"),
        (2, "timeout"),
        (3, "timeout"),
    ]
    assert [a["acked"] for a in _attempts(quick)] == [False, False, False, True]


def _attempts(slack: Stage) -> list[Any]:
    (event,) = [e for e in slack.control("GET", "/events").json()["events"] if e["type"] == "message"]
    attempts: list[Any] = event["attempts"]
    return attempts


def test_an_event_can_be_sent_twice_on_purpose(slack: Stage) -> None:
    app = slack.app()
    heard: list[str] = []

    @app.event("message")
    def said(body: Any) -> None:
        heard.append(body["event_id"])

    with socket_mode(slack, app):
        event_id = slack.world.do(slack.world.acts.write("jo", "hi"))["event_id"]
        assert slack.control("POST", "/redeliver", event_id=event_id).json()["acked"]
        until(lambda: heard == [event_id, event_id])


def test_a_click_nobody_acknowledges_is_an_error_and_never_comes_again(quick: Stage) -> None:
    sent = card(quick)
    with plug(quick) as socket:
        seen = quick.world.do(quick.world.acts.click("jo", ts=sent["ts"]))
        assert (seen["acked"], seen["error"]) == (False, "timeout")
        assert seen["ms"] >= 200
        json.loads(socket.recv(5))
        with pytest.raises(TimeoutError):
            socket.recv(0.3)
    assert quick.control("GET", "/acts").json()["acts"][-1]["error"] == "timeout"


def test_a_click_with_no_app_at_all_is_an_error(slack: Stage) -> None:
    seen = slack.world.do(slack.world.acts.click("jo", ts=card(slack)["ts"]))
    assert (seen["acked"], seen["via"], seen["error"]) == (False, None, "no_connection")


def test_a_connection_that_dies_before_the_acknowledgement_is_noticed_at_once(slack: Stage) -> None:
    sent = card(slack)
    with plug(slack) as socket:
        click = in_background(slack, slack.world.acts.click("jo", ts=sent["ts"]))
        socket.recv(5)
    assert click.result(2)["error"] == "connection_closed"


def test_each_envelope_goes_to_one_of_several_connections(slack: Stage) -> None:
    app = slack.app()
    clicked: list[Any] = []

    @app.action("claim")
    def claim(ack: Any, body: Any) -> None:
        ack()
        clicked.append(body["trigger_id"])

    sent = card(slack)
    with socket_mode(slack, app, connections=3):
        for _ in range(9):
            assert slack.world.do(slack.world.acts.click("jo", ts=sent["ts"]))["acked"]
        assert slack.world.delivery.sockets.received == [3, 3, 3]
        until(lambda: len(clicked) == 9)


def test_a_connection_address_works_once_and_ten_are_the_most(slack: Stage) -> None:
    url = slack.client("xapp-sandbox").apps_connections_open(app_token="xapp-sandbox")["url"]
    with connect(url, proxy=None) as first, ExitStack() as others:
        hello = json.loads(first.recv(5))
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["debug_info"]["approximate_connection_time"] > 0
        with pytest.raises(InvalidStatus), connect(url, proxy=None):
            pass
        for _ in range(9):
            others.enter_context(plug(slack))
        extra = slack.client("xapp-sandbox").apps_connections_open(app_token="xapp-sandbox")["url"]
        with connect(extra, proxy=None) as eleventh:
            assert json.loads(eleventh.recv(5))["reason"] == "too_many_websockets"
            with pytest.raises(ConnectionClosed):
                eleventh.recv(5)


def test_an_app_that_stands_still_is_soon_given_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_PING_S", 0.05)
    monkeypatch.setattr(server, "_PONG_S", 0.05)
    with stage() as slack:
        url = httpx.URL(slack.client("xapp-sandbox").apps_connections_open(app_token="xapp-sandbox")["url"])
        lines = (f"GET {url.raw_path.decode()} HTTP/1.1", f"Host: {url.host}", "Upgrade: websocket")
        lines += ("Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
        ask = "\r\n".join((*lines, "", ""))
        with socket.create_connection((url.host, url.port or 80)) as frozen:
            frozen.sendall(ask.encode())
            assert b"101" in frozen.recv(1000)
            while frozen.recv(1000):  # reads, as the system does for it, and answers nothing
                pass
            until(lambda: slack.world.delivery.sockets.count == 0)


def test_an_app_told_to_reconnect_does_and_goes_on(slack: Stage) -> None:
    app = slack.app()

    @app.action("claim")
    def claim(ack: Any) -> None:
        ack()

    sent = card(slack)
    with socket_mode(slack, app):
        assert slack.control("POST", "/disconnect", reason="refresh_requested").json() == {"told": 1}
        until(lambda: slack.world.delivery.sockets.count == 1)
        assert slack.world.do(slack.world.acts.click("jo", ts=sent["ts"]))["acked"]


def test_a_warning_leaves_the_connection_open(slack: Stage) -> None:
    with plug(slack) as socket:
        assert slack.control("POST", "/disconnect", reason="warning").json() == {"told": 1}
        assert json.loads(socket.recv(5))["reason"] == "warning"
        assert socket.ping().wait(5)


def test_odd_frames_from_the_app_are_ignored(slack: Stage) -> None:
    with plug(slack) as socket:
        for text in ("", "{", "[]", '"x"', '{"envelope_id": 7}', "[" * 100_000):
            socket.send(text)
        socket.send(b"\x00")
        assert slack.world.delivery.sockets.count == 1
        click = in_background(slack, slack.world.acts.click("jo", ts=card(slack)["ts"]))
        while (envelope := json.loads(socket.recv(5)))["type"] != "interactive":
            continue
        socket.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
        assert click.result(5)["acked"]


def test_a_command_is_answered_to_the_person_alone(slack: Stage) -> None:
    app = slack.app()

    @app.command("/twelp")
    def twelp(ack: Any, command: Any) -> None:
        ack(f"You said {command['text']}")

    with socket_mode(slack, app):
        assert slack.world.do(slack.world.acts.command("jo", "/twelp", "pause"))["acked"]
    (seen,) = slack.world.messages("jo")
    assert (seen["text"], seen["only_for"]) == ("You said pause", "U1")


def test_a_response_url_works_five_times_in_half_an_hour(slack: Stage) -> None:
    app = slack.app()
    urls: list[str] = []

    @app.action("claim")
    def claim(ack: Any, body: Any, respond: Any) -> None:
        ack()
        urls.append(body["response_url"])

    @app.event("message")
    def said() -> None:
        pass

    with socket_mode(slack, app):
        sent = card(slack)
        slack.world.do(slack.world.acts.click("jo", ts=sent["ts"]))
        until(lambda: urls)
        slack.world.do(slack.world.acts.click("jo", ts=sent["ts"]))
        until(lambda: len(urls) == 2)
        with httpx.Client(trust_env=False) as http:
            assert http.post(urls[0], json={"text": "only you"}).json() == {"ok": True}
            assert http.post(urls[0], json={"text": "taken", "replace_original": True}).json() == {"ok": True}
            assert http.post(urls[0], json={"text": ""}).json()["error"] == "no_text"
            for _ in range(3):
                http.post(urls[0], json={"text": "all", "response_type": "in_channel"})
            assert http.post(urls[0], json={"text": "x"}).json()["error"] == "used_url"
            assert http.post(urls[1], json={"delete_original": True}).json() == {"ok": True}
            slack.clock.advance(1801)
            assert http.post(urls[1], json={"text": "x"}).json()["error"] == "expired_url"
    texts = [(m["text"], m["only_for"]) for m in slack.world.messages("jo")]
    assert texts == [("all", None)] * 3 + [("only you", "U1")]


def test_menus_and_choices_are_told_with_their_options(slack: Stage) -> None:
    options = [{"text": plain(name), "value": name.lower()} for name in ("TV", "Audio")]
    menu = {"type": "static_select", "action_id": "topic", "options": options, "placeholder": plain("Topic")}
    more = {"type": "overflow", "action_id": "more", "options": options}
    app = slack.app()
    chosen: list[Any] = []

    @app.action("topic")
    @app.action("more")
    def choose(ack: Any, body: Any) -> None:
        ack()
        chosen.append((body["actions"][0]["selected_option"]["value"], body["state"]["values"]))

    with socket_mode(slack, app):
        sent = card(slack, menu, more)
        click = slack.world.acts.click
        slack.world.do(click("jo", ts=sent["ts"], action_id="topic", value="audio"))
        slack.world.do(click("jo", ts=sent["ts"], action_id="more", value="TV"))
        until(lambda: len(chosen) == 2)
        assert {value for value, _ in chosen} == {"audio", "tv"}
        assert chosen[0][1]["row"]["topic"]["selected_option"]["value"] == "audio"
        with pytest.raises(NotThere, match="option 'radio' is not offered; offered: tv, audio"):
            slack.world.do(click("jo", ts=sent["ts"], action_id="topic", value="radio"))


def test_joining_changing_and_opening_home_are_told(slack: Stage) -> None:
    app = slack.app()
    heard: list[Any] = []
    for name in ("team_join", "user_change", "app_home_opened", "dnd_updated_user"):

        @app.event(name)
        def happened(event: Any) -> None:
            heard.append((event["type"], event["user"] if isinstance(event["user"], str) else event["user"]["id"]))

    with socket_mode(slack, app):
        slack.control("POST", "/users", name="new", real_name="New One", id="U9")
        slack.control("PATCH", "/users/jo", dnd="22:00-08:00")
        slack.world.do(slack.world.acts.home("ana"))
        until(lambda: len(heard) == 4)
    told = [("app_home_opened", "U2"), ("dnd_updated_user", "U1"), ("team_join", "U9"), ("user_change", "U1")]
    assert sorted(heard) == told


def test_shortcuts_reach_the_app(slack: Stage) -> None:
    app = slack.app()
    used: list[Any] = []

    @app.shortcut("ask")
    def ask(ack: Any, body: Any) -> None:
        ack()
        used.append((body["type"], body.get("message_ts")))

    with socket_mode(slack, app):
        sent = card(slack)
        slack.control("POST", "/shortcut", user="jo", callback_id="ask")
        slack.control("POST", "/shortcut", user="jo", callback_id="ask", ts=sent["ts"])
        until(lambda: len(used) == 2)
    assert used == [("shortcut", None), ("message_action", sent["ts"])]


def test_whoever_waits_learns_of_a_change(slack: Stage) -> None:
    number = slack.world.workspace.number
    waiting = ThreadPoolExecutor(1).submit(slack.world.wait, number, 5.0)
    card(slack)
    assert waiting.result(5) > number
    (change,) = [c for c in slack.world.changes(number) if c.kind == "message"]
    assert change.user == "U1"
    last = slack.world.workspace.number
    assert slack.world.wait(last, 0.0) == last


def test_an_app_whose_network_breaks_comes_back_by_itself(slack: Stage) -> None:
    app = slack.app()

    @app.action("claim")
    def claim(ack: Any) -> None:
        ack()

    sent = card(slack)
    with socket_mode(slack, app, ping_s=0.5):
        assert slack.control("POST", "/cut").json() == {"cut": 1}
        until(lambda: slack.world.delivery.sockets.count == 1)
        assert slack.world.do(slack.world.acts.click("jo", ts=sent["ts"]))["acked"]


def test_a_stale_click_and_a_person_who_left_are_told_apart(slack: Stage) -> None:
    sent = card(slack)
    slack.client().chat_delete(channel=sent["channel"], ts=sent["ts"])
    with pytest.raises(NotThere, match=f"message {sent['ts']} was deleted for 'jo'"):
        slack.world.do(slack.world.acts.click("jo", ts=sent["ts"]))
    other = card(slack)
    with pytest.raises(NotThere, match=f"message {other['ts']} is not there for 'ana'"):
        slack.world.do(slack.world.acts.click("ana", ts=other["ts"]))
    slack.control("PATCH", "/users/jo", deleted=True)
    with pytest.raises(NotThere, match="'jo' is deactivated"):
        slack.world.do(slack.world.acts.click("jo", ts=other["ts"]))


def test_a_button_in_a_modal_and_on_the_home_tab_names_its_view(slack: Stage) -> None:
    app = slack.app()
    pressed: list[Any] = []

    @app.action("claim")
    def claim(ack: Any, body: Any) -> None:
        ack()
        pressed.append((body["container"]["view_id"], "response_url" in body))

    with socket_mode(slack, app):
        home = {"type": "home", "blocks": [actions(button())]}
        tab = slack.client().views_publish(user_id="U1", view=home)["view"]
        window = modal(blocks=[actions(button())])
        top = slack.client().views_open(trigger_id=slack.world.backend.views.trigger("U1"), view=window)["view"]
        slack.world.do(slack.world.acts.click("jo", in_view=True))
        slack.world.do(slack.world.acts.click("jo", view_id=tab["id"], label="Claim"))
        until(lambda: len(pressed) == 2)
    assert sorted(pressed) == sorted([(top["id"], False), (tab["id"], False)])


def test_the_world_needs_a_server_to_act(slack: Stage) -> None:
    alone = SlackWorld(Clock(), {"users": [{"name": "jo"}]})
    with pytest.raises(RuntimeError, match="nobody has called this Slack yet"):
        alone.do(alone.acts.home("jo"))


@pytest.mark.parametrize(
    ("seed", "said"),
    [
        ({"user": []}, "slack.user is not known; known: ack_timeout_s"),
        ({"users": [{"name": "jo"}, {"name": "JO"}]}, "user 'JO' is taken by"),
        ({"users": [{"name": "jo", "dnd": "late"}]}, "user field 'dnd' is 'late'"),
    ],
)
def test_a_seed_that_cannot_be_used_is_told(seed: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        SlackWorld(Clock(), seed)


def test_a_reset_keeps_the_app_connected(slack: Stage) -> None:
    app = slack.app()

    @app.action("claim")
    def claim(ack: Any) -> None:
        ack()

    with socket_mode(slack, app):
        card(slack)
        slack.world.reset()
        assert slack.world.messages("jo") == []
        assert slack.world.do(slack.world.acts.click("jo", ts=card(slack)["ts"]))["acked"]
