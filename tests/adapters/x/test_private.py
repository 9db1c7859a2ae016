"""Private messages through the adapter against the local X: read once, page by page; sent to who wrote first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.adapters.x.test_against_local_x import Town
from twelp.adapters.x import X
from twelp.adapters.x.private import XPrivate, direct_of
from twelp.adapters.x.rules import RULES
from twelp.errors import InDoubt, Refused, TryAgain, WaitUntil
from twelp.model import Account
from twelp.ports import Direct
from twelp.sandbox.server import serve


class Private(Town):
    def account(self, **other: object) -> X:
        shown = self._http.get("").json()["x"]["credentials"] | other
        names = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
        keys = (shown[name] for name in names)
        return X(self.url, *keys, timeout_s=1.5, clock=self.clock, private_every=timedelta(seconds=60))

    @property
    def lane(self) -> XPrivate:
        assert self.x.private is not None
        return self.x.private

    def write(self, text: str, who: str = "ana", **more: object) -> str:
        return str(self.act("/x/directs", **{"as": who, "text": text, **more})["id"])

    def read(self, cursor: str | None = None) -> list[Direct]:
        return list(self.lane.messages(cursor, self.clock.now() - timedelta(hours=1)).messages)


@pytest.fixture
def town() -> Iterator[Private]:
    with serve() as running:
        made = Private(running)
        yield made
        made.close()


def test_messages_come_oldest_first_with_links_and_handles_and_those_of_encrypted_chat_never(town: Private) -> None:
    town.write("my order & https://example.com/a")
    town.write("hidden", encrypted=True)
    town.write("by hand", who="VoltHelp", to="ana")
    town.write("hello", who="bob")
    found = town.read()
    assert [(one.person.handle, one.ours, one.text) for one in found if not one.ours] == [
        ("ana", False, "my order & https://example.com/a"),
        ("bob", False, "hello"),
    ]
    assert [one.text for one in found if one.ours] == ["by hand"]
    assert len({one.person.id for one in found}) == 2
    assert RULES.private_url("20", "9") == "https://x.com/messages/9-20"


def test_what_was_read_is_not_read_again_but_for_the_last_minute(town: Private) -> None:
    for number in range(25):
        town.write(f"number {number}")
    page = town.lane.messages(None, town.clock.now() - timedelta(hours=1))
    assert [one.text for one in page.messages] == [f"number {number}" for number in range(25)]
    town.act("/clock", advance_s=90)
    last = town.write("newer")
    newer = town.lane.messages(page.cursor, town.clock.now())
    assert newer.cursor == last
    assert newer.messages[-1].text == "newer"
    assert town.read(newer.cursor) == [newer.messages[-1]]
    assert town.lane.messages(None, town.clock.now() + timedelta(minutes=1)).messages == ()


def test_a_reply_is_sent_once_and_found_again(town: Private) -> None:
    began = town.clock.now()
    town.write("my order never came")
    person = town.read()[0].person.id
    town.fault("lost_response", method="POST", path=f"/2/dm_conversations/with/{person}/messages")
    with pytest.raises(InDoubt, match="send a private message"):
        town.lane.send("It left on Monday, see https://example.com/track", person)
    ours = [one for one in town.lane.messages_with(person, began) if one.ours]
    assert [one.text for one in ours] == ["It left on Monday, see https://example.com/track"]
    assert town.lane.messages_with(person, town.clock.now() + timedelta(hours=1)) == []


def test_who_did_not_write_first_takes_nothing(town: Private) -> None:
    town.act("/x/posts", **{"as": "bob", "text": "@VoltHelp hi"})
    accounts = town._http.get("/x/accounts").json()["accounts"]
    bob = next(one["id"] for one in accounts if one["handle"] == "bob")
    with pytest.raises(Refused):
        town.lane.send("Hello", bob)


def test_the_limit_is_made_to_last_and_a_429_says_until_when(town: Private) -> None:
    town.write("hello")
    town.read()
    assert timedelta(seconds=60) < town.lane.pace() < timedelta(seconds=150)
    with pytest.raises(WaitUntil):
        for _ in range(16):
            town.read()


@pytest.mark.parametrize("kind", ["html", "half"])
def test_what_cannot_be_read_is_read_again_later(town: Private, kind: str) -> None:
    town.fault(kind, method="GET", path="/2/dm_events")
    with pytest.raises(TryAgain):
        town.read()


def test_groups_and_what_is_no_message_are_passed_over() -> None:
    us, now = Account("42", "VoltHelp"), None
    for raw in (
        {"id": "1", "text": "a", "sender_id": "7", "dm_conversation_id": "1234567890123456789"},
        {"id": "1", "text": "a", "sender_id": "7", "dm_conversation_id": "7-8"},
        {"id": "1", "event_type": "ParticipantsJoin", "dm_conversation_id": "7-42"},
    ):
        assert direct_of(raw, us, {}, now) is None  # type: ignore[arg-type]
