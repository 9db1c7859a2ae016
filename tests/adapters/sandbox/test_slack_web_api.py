"""The local Slack's Web API, called with the real SDK and by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError

from tests.adapters.sandbox.slack_stage import PEOPLE, Stage, actions, button, modal, section, stage
from twelp.sandbox.clock import Clock
from twelp.sandbox.slack import SUPPORTED, SUPPORTED_METHODS, SlackWorld
from twelp.sandbox.slack.web_api import METHODS
from twelp.sandbox.wire import ledger


@pytest.fixture(scope="module")
def running() -> Iterator[Stage]:
    with stage(channels=[{"id": "C1", "name": "mods", "members": ["jo"]}, {"name": "away", "bot_member": False}]) as on:
        yield on


@pytest.fixture
def slack(running: Stage) -> Stage:
    return running.fresh()


def error(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(*args, **kwargs)
    return str(caught.value.response["error"])


def flood(send: Any) -> Any:
    """Send as fast as possible until it is refused; the refusal."""
    for number in range(20):
        try:
            send(number)
        except SlackApiError as error:
            return error.response
    raise AssertionError("nothing was refused")


def test_the_ledger_names_exactly_what_is_served() -> None:
    assert tuple(sorted(METHODS)) == SUPPORTED_METHODS
    assert ledger(SlackWorld(Clock(), {}).routes()) == SUPPORTED


def test_arguments_are_merged_from_query_form_and_json(slack: Stage) -> None:
    headers = {"Authorization": "Bearer xoxb-sandbox"}
    url = f"{slack.base}/api/chat.postMessage"
    with httpx.Client(trust_env=False, headers=headers) as http:
        by_json = http.post(url, params={"channel": "U1"}, json={"text": "a"}).json()
        by_form = http.post(url, params={"channel": "U1"}, data={"text": "b"}).json()
        by_query = http.get(url, params={"channel": "U1", "text": "c"}).json()
        token_in_form = http.post(
            url, headers={"Authorization": ""}, data={"token": "xoxb-sandbox", "channel": "U1", "text": "d"}
        )
    said = [each["message"]["text"] for each in (by_json, by_form, by_query, token_in_form.json())]
    assert said == ["a", "b", "c", "d"]
    assert by_json["response_metadata"]["warnings"] == ["missing_charset"]


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (b"{", "application/json", "invalid_json"),
        (b"[]", "application/json", "json_not_object"),
        (b"[" * 100_000, "application/json", "invalid_json"),
        (b"\xff=1", "application/x-www-form-urlencoded", "invalid_form_data"),
        (b"hello", "text/plain", "invalid_post_type"),
    ],
)
def test_a_body_that_cannot_be_read_is_told(slack: Stage, body: bytes, kind: str, expected: str) -> None:
    headers = {"Authorization": "Bearer xoxb-sandbox", "Content-Type": kind}
    answer = httpx.post(f"{slack.base}/api/auth.test", content=body, headers=headers, trust_env=False)
    assert answer.status_code == 200
    assert answer.json() == {"ok": False, "error": expected}


def test_tokens_are_checked(slack: Stage) -> None:
    assert httpx.post(f"{slack.base}/api/auth.test", trust_env=False).json()["error"] == "not_authed"
    assert error(slack.client("xoxb-other").auth_test) == "invalid_auth"
    assert error(slack.client("xapp-sandbox").auth_test) == "not_allowed_token_type"
    assert error(slack.client().apps_connections_open, app_token="xoxb-sandbox") == "not_allowed_token_type"
    assert slack.client().auth_test()["user"] == "twelp"


def test_an_unknown_method_says_so(slack: Stage) -> None:
    assert error(slack.client().api_call, "chat.shout") == "unknown_method"


def test_everyone_is_listed_page_by_page(slack: Stage) -> None:
    """Deactivated people are listed too: whoever reads the list must look."""
    pages = [page["members"] for page in slack.client().users_list(limit=2)]
    found = [member for page in pages for member in page]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [m["id"] for m in found][2:] == [p["id"] for p in PEOPLE]
    assert found[-1]["deleted"] is True
    assert found[2]["tz"] == "Europe/Berlin"
    assert error(slack.client().users_list, cursor="bm9wZQ==") == "invalid_cursor"


def test_people_are_found_by_email_unless_deactivated(slack: Stage) -> None:
    client = slack.client()
    assert client.users_lookupByEmail(email="JO@shop.example")["user"]["id"] == "U1"
    assert error(client.users_lookupByEmail, email="gone@shop.example") == "users_not_found"
    assert error(client.users_lookupByEmail, email="jo") == "users_not_found"
    assert client.users_info(user="U3")["user"]["deleted"] is True
    assert error(client.users_info, user="U9") == "user_not_found"


def test_dnd_tells_the_next_window(slack: Stage) -> None:
    assert slack.client().dnd_info(user="U1")["dnd_enabled"] is False
    assert slack.control("PATCH", "/users/jo", dnd="22:00-08:00").status_code == 200
    told = slack.client().dnd_info(user="U1")
    assert told["next_dnd_end_ts"] - told["next_dnd_start_ts"] in (9 * 3600, 10 * 3600, 11 * 3600)
    assert told["next_dnd_end_ts"] > slack.clock.time()


def test_a_direct_message_reaches_the_person_with_blocks_and_metadata(slack: Stage) -> None:
    client = slack.client()
    metadata = {"event_type": "ask", "event_payload": {"id": "7"}}
    by_user = client.chat_postMessage(channel="U1", text="hi", blocks=[actions(button())], metadata=metadata)
    opened = client.conversations_open(users="U1")["channel"]["id"]
    assert by_user["channel"] == opened
    (seen,) = slack.world.messages("jo")
    assert seen["blocks"][0]["elements"][0]["action_id"] == "claim"
    found = client.conversations_history(channel=opened, include_all_metadata=True)["messages"]
    assert found[0]["metadata"] == metadata
    assert "metadata" not in client.conversations_history(channel=opened)["messages"][0]


def test_where_nothing_can_be_posted(slack: Stage) -> None:
    slack.world.lift_limits(True)
    post = slack.client().chat_postMessage
    assert error(post, channel="C404", text="x") == "channel_not_found"
    assert error(post, channel="U3", text="x") == "channel_not_found"
    assert error(post, channel="away", text="x") == "not_in_channel"
    assert error(slack.client().api_call, "chat.postMessage", params={"channel": "U1"}) == "no_text"
    assert error(post, channel="U1", text="x" * 40_001) == "msg_too_long"
    assert error(post, channel="U1", text="x", thread_ts="1.2") == "thread_not_found"
    assert error(post, channel="U1", text="x", metadata={"event_type": 1}) == "invalid_metadata_format"
    assert error(post, channel="U1", text="x", blocks="[{]") == "invalid_blocks_format"
    assert error(slack.client().conversations_open, users="U3") == "user_disabled"


def test_bad_blocks_are_told_as_slack_tells_them(slack: Stage) -> None:
    with pytest.raises(SlackApiError) as caught:
        slack.client().chat_postMessage(channel="U1", text="x", blocks=[section("x" * 3001)])
    told = caught.value.response.data
    assert told["error"] == "invalid_blocks"
    line = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert told["response_metadata"]["messages"] == [f"[ERROR] {line}"]
    many = [section("x" * 2500) for _ in range(6)]
    assert error(slack.client().chat_postMessage, channel="U1", text="x", blocks=many) == "msg_blocks_too_long"


def test_an_update_keeps_what_it_leaves_out_and_the_history_keeps_everything(slack: Stage) -> None:
    client = slack.client()
    sent = client.chat_postMessage(channel="U1", text="one", blocks=[actions(button())])
    client.chat_update(channel=sent["channel"], ts=sent["ts"], text="two")
    (seen,) = slack.world.messages("jo")
    assert (seen["text"], len(seen["blocks"])) == ("two", 1)
    client.chat_update(channel=sent["channel"], ts=sent["ts"], text="three", blocks=[])
    (seen,) = slack.world.messages("jo")
    assert "blocks" not in seen
    assert [h["text"] for h in seen["history"]] == ["one", "two", "three"]
    assert error(client.chat_update, channel=sent["channel"], ts="1.0", text="x") == "message_not_found"
    assert error(client.chat_update, channel=sent["channel"], ts=sent["ts"], text="x" * 4001) == "msg_too_long"


def test_a_deleted_message_is_gone_for_everyone(slack: Stage) -> None:
    client = slack.client()
    sent = client.chat_postMessage(channel="U1", text="oops")
    client.chat_delete(channel=sent["channel"], ts=sent["ts"])
    assert slack.world.messages("jo") == []
    assert error(client.chat_delete, channel=sent["channel"], ts=sent["ts"]) == "message_not_found"
    assert error(client.chat_update, channel=sent["channel"], ts=sent["ts"], text="x") == "message_not_found"
    kept = slack.control("GET", "/messages").json()["messages"]
    assert [h["what"] for h in kept[0]["history"]] == ["posted", "deleted"]


def test_nobody_changes_what_a_person_wrote(slack: Stage) -> None:
    channel = slack.client().conversations_open(users="U1")["channel"]["id"]
    written = slack.world.do(slack.world.acts.write("jo", "mine"))
    assert error(slack.client().chat_update, channel=channel, ts=written["ts"], text="x") == "cant_update_message"
    assert error(slack.client().chat_delete, channel=channel, ts=written["ts"]) == "cant_delete_message"


def test_an_ephemeral_message_is_for_one_and_in_no_history(slack: Stage) -> None:
    client = slack.client()
    slack.control("POST", "/users", name="max", id="U7")
    slack.world.workspace.channels["C1"].members.append("U7")
    client.chat_postEphemeral(channel="C1", user="U1", text="psst")
    assert [m["text"] for m in slack.world.messages("jo", "C1")] == ["psst"]
    assert slack.world.messages("max", "C1") == []
    assert client.conversations_history(channel="C1")["messages"] == []
    assert error(client.chat_postEphemeral, channel="C1", user="U2", text="x") == "user_not_in_channel"


def test_history_and_threads_come_in_pages(slack: Stage) -> None:
    slack.world.lift_limits(True)
    client = slack.client()
    parent = client.chat_postMessage(channel="C1", text="q")
    for number in range(5):
        client.chat_postMessage(channel="C1", text=str(number), thread_ts=parent["ts"])
    pages = [p["messages"] for p in client.conversations_replies(channel="C1", ts=parent["ts"], limit=4)]
    assert [[m["text"] for m in page] for page in pages] == [["q", "0", "1", "2"], ["3", "4"]]
    (shown,) = client.conversations_history(channel="C1")["messages"]
    assert (shown["reply_count"], shown["thread_ts"]) == (5, parent["ts"])
    after = client.conversations_history(channel="C1", oldest=parent["ts"])["messages"]
    assert after == []
    assert client.conversations_history(channel="C1", oldest=parent["ts"], inclusive=True)["messages"] != []
    assert error(client.conversations_replies, channel="C1", ts="9.9") == "thread_not_found"


def test_conversations_are_described(slack: Stage) -> None:
    client = slack.client()
    assert client.conversations_info(channel="C1")["channel"]["name"] == "mods"
    assert [c["name"] for c in client.conversations_list()["channels"]] == ["mods", "away"]
    assert client.conversations_members(channel="C1")["members"] == ["U1", slack.world.workspace.bot.id]
    assert error(client.conversations_members, channel="away") == "not_in_channel"
    group = client.conversations_open(users="U1,U2")
    assert client.conversations_open(users="U2,U1")["channel"] == group["channel"]


def test_a_permalink_leads_to_the_message(slack: Stage) -> None:
    client = slack.client()
    sent = client.chat_postMessage(channel="U1", text="x")
    link = client.chat_getPermalink(channel=sent["channel"], message_ts=sent["ts"])["permalink"]
    assert link == f"https://sandbox.slack.com/archives/{sent['channel']}/p{sent['ts'].replace('.', '')}"
    assert error(client.chat_getPermalink, channel=sent["channel"], message_ts="1.1") == "message_not_found"


def test_one_reaches_for_the_same_emoji_once(slack: Stage) -> None:
    client = slack.client()
    sent = client.chat_postMessage(channel="U1", text="x")
    client.reactions_add(channel=sent["channel"], timestamp=sent["ts"], name="eyes")
    again = {"channel": sent["channel"], "timestamp": sent["ts"], "name": "eyes"}
    assert error(client.reactions_add, **again) == "already_reacted"
    assert slack.world.messages("jo")[0]["reactions"][0]["count"] == 1


def test_a_message_a_second_per_channel_after_a_short_burst(slack: Stage) -> None:
    """Another channel is not slowed; after the time told, it goes on."""
    client = slack.client()
    refused = flood(lambda number: client.chat_postMessage(channel="U1", text=str(number)))
    assert len(slack.world.messages("jo")) >= 4
    assert (refused.status_code, refused["error"]) == (429, "ratelimited")
    wait_s = int(refused.headers["Retry-After"])
    assert wait_s == 1
    client.chat_postMessage(channel="U2", text="other")
    slack.clock.advance(wait_s)
    client.chat_postMessage(channel="U1", text="later")


def test_a_direct_message_is_one_channel_however_it_is_named(slack: Stage) -> None:
    client = slack.client()
    channel = client.conversations_open(users="U1")["channel"]["id"]
    flood(lambda number: client.chat_postMessage(channel=channel if number % 2 else "U1", text="x"))
    assert len(slack.world.messages("jo")) < 8


def test_a_method_tier_is_enforced_until_it_is_lifted(slack: Stage) -> None:
    client = slack.client()
    for _ in range(30):
        client.users_list(limit=1)
    assert error(client.users_list, limit=1) == "ratelimited"
    slack.world.lift_limits(True)
    client.users_list(limit=1)


def test_pings_are_recorded_even_when_edited_away(slack: Stage) -> None:
    client = slack.client()
    client.chat_postMessage(channel="U1", text="&lt;!channel&gt; is harmless", blocks=[section("&lt;@U1&gt;")])
    assert slack.world.pings() == []
    sent = client.chat_postMessage(channel="U1", text="x", blocks=[section("<!channel> is not")])
    client.chat_update(channel=sent["channel"], ts=sent["ts"], text="x", blocks=[section("calm")])
    assert [p["pings"] for p in slack.world.pings()] == [["channel"]]


@pytest.mark.parametrize("text", ["👩‍👩‍👧‍👦" * 50, "\u202eabc\u202c", "a\x00b", "\ud83d alone", "ß" * 3000, "\r\n\t"])
def test_unusual_text_survives_as_sent(slack: Stage, text: str) -> None:
    headers = {"Authorization": "Bearer xoxb-sandbox", "Content-Type": "application/json; charset=utf-8"}
    body = json.dumps({"channel": "U1", "text": text})
    answer = httpx.post(f"{slack.base}/api/chat.postMessage", content=body, headers=headers, trust_env=False)
    assert answer.json()["message"]["text"] == text
    assert slack.control("GET", "/messages").json()["messages"][0]["text"] == text


def test_a_home_tab_is_published_and_guarded_by_its_hash(slack: Stage) -> None:
    client = slack.client()
    home = {"type": "home", "blocks": [section("welcome")]}
    first = client.views_publish(user_id="U1", view=home)["view"]
    second = client.views_publish(user_id="U1", view=home, hash=first["hash"])["view"]
    assert first["id"] == second["id"]
    assert error(client.views_publish, user_id="U1", view=home, hash=first["hash"]) == "hash_conflict"
    assert error(client.views_publish, user_id="U1", view=modal()) == "invalid_arguments"
    shown = slack.world.views("jo")["home"]
    assert shown["blocks"][0]["text"]["text"] == "welcome"


def test_a_made_up_trigger_is_refused(slack: Stage) -> None:
    assert error(slack.client().views_open, trigger_id="1.2.x", view=modal()) == "invalid_trigger_id"
    assert error(slack.client().views_update, view_id="V404", view=modal()) == "not_found"
