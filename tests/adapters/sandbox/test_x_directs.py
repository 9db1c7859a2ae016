"""Private messages: two stacks, of which an app sees one; nobody is written to who did not write first."""

from __future__ import annotations

import pytest
import tweepy

from tests.adapters.sandbox.x_stage import Stage


def read(x: Stage, **more: object) -> list[str]:
    answer = x.client().get_direct_message_events(dm_event_fields=["sender_id", "text"], **more)
    return [one["text"] for one in answer.get("data", ())]


def test_what_is_written_in_the_open_stack_is_listed_newest_first_and_page_by_page(x: Stage) -> None:
    for text in ("first & foremost", "second", "third"):
        assert x.control("POST", "/x/directs", {"as": "ada", "text": text}).status_code == 201
    x.control("POST", "/x/directs", {"as": "ada", "text": "between friends", "to": "bob"})
    assert read(x) == ["third", "second", "first &amp; foremost"]
    page = x.client().get_direct_message_events(max_results=2, dm_event_fields=["sender_id"])
    token = page["meta"]["next_token"]
    assert [one["text"] for one in page["data"]] == ["third", "second"]
    rest = x.client().get_direct_message_events(max_results=2, pagination_token=token)
    assert [one["text"] for one in rest["data"]] == ["first &amp; foremost"]
    assert "next_token" not in rest["meta"]
    assert read(x, event_types="ParticipantsJoin") == []


def test_what_is_written_in_the_encrypted_stack_is_never_listed(x: Stage) -> None:
    x.control("POST", "/x/directs", {"as": "ada", "text": "can you hear me?", "encrypted": True})
    assert read(x) == []
    ada = x.sandbox.x.account("ada").id
    with pytest.raises(tweepy.Forbidden, match="cannot send messages"):
        x.client().create_direct_message(participant_id=ada, text="We cannot")
    record = x.http.get("/_sandbox/x/directs").json()["directs"]
    assert [(one["text"], one["encrypted"]) for one in record] == [("can you hear me?", True)]


def test_only_who_wrote_first_is_written_to(x: Stage) -> None:
    x.control("POST", "/x/directs", {"as": "ada", "text": "hello"})
    ada, bob = x.sandbox.x.account("ada").id, x.sandbox.x.account("bob").id
    made = x.client().create_direct_message(participant_id=ada, text="Hello Ada")["data"]
    assert made["dm_conversation_id"] == "-".join(map(str, sorted((ada, int(x.brand_id)))))
    with pytest.raises(tweepy.Forbidden):
        x.client().create_direct_message(participant_id=bob, text="Hello Bob")
    with pytest.raises(tweepy.BadRequest):
        x.client().create_direct_message(participant_id=ada, text="a" * 10_001)
    with_ada = x.client().get_direct_message_events(participant_id=ada)["data"]
    assert with_ada[0]["id"] == made["dm_event_id"]


@pytest.mark.parametrize("body", [{}, {"as": "ada"}, {"as": "ada", "text": ""}, {"as": "VoltHelp", "text": "me"}])
def test_a_mistake_in_the_control_plane_is_told(x: Stage, body: dict[str, str]) -> None:
    assert "error" in x.control("POST", "/x/directs", body).json()
