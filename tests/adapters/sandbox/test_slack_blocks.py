"""Block Kit limits, the defaults Slack fills in, and who would be pinged."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.sandbox.slack_stage import actions, button, modal, plain, section
from twelp.sandbox.slack.blocks import characters, completed, message_faults, too_large, view_faults
from twelp.sandbox.slack.pings import pings


def test_a_text_above_3000_characters_is_told_with_its_place() -> None:
    """The wording is Slack's own, so that a client's log looks the same."""
    faults = message_faults([section("x" * 3000), section("x" * 3001)])
    assert faults == ["must be less than 3001 characters [json-pointer:/blocks/1/text/text]"]


@pytest.mark.parametrize(
    ("blocks", "place"),
    [
        ([section("x")] * 51, "/blocks"),
        ([{"type": "header", "text": plain("x" * 151)}], "/blocks/0/text/text"),
        ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "/blocks/0/text/type"),
        ([actions(button(label="x" * 76))], "/blocks/0/elements/0/text/text"),
        ([actions(button(value="x" * 2001))], "/blocks/0/elements/0/value"),
        ([actions(button("x" * 256))], "/blocks/0/elements/0/action_id"),
        ([actions(button(style="blue"))], "/blocks/0/elements/0/style"),
        ([actions(button("a"), button("a"))], "/blocks/0/elements/1/action_id"),
        ([actions(*(button(str(n)) for n in range(26)))], "/blocks/0/elements"),
        ([actions()], "/blocks/0/elements"),
        ([actions(button("a")), actions(button("b"))], "/blocks/1/block_id"),
        ([{"type": "context", "elements": [plain("x")] * 11}], "/blocks/0/elements"),
        ([{"type": "context", "elements": [button()]}], "/blocks/0/elements/0/type"),
        ([{"type": "section"}], "/blocks/0"),
        ([{"type": "section", "fields": [plain("x" * 2001)]}], "/blocks/0/fields/0/text"),
        ([section("")], "/blocks/0/text/text"),
        ([{"type": "marquee"}], "/blocks/0/type"),
        (["section"], "/blocks/0"),
        ({"type": "section"}, "/blocks"),
        ([{"type": "image", "image_url": "http://x"}], "/blocks/0"),
        ([{**section("x"), "accessory": {"type": "plain_text_input"}}], "/blocks/0/accessory/type"),
    ],
)
def test_slack_refuses_blocks_beyond_its_limits(blocks: Any, place: str) -> None:
    faults = message_faults(blocks)
    assert len(faults) == 1, faults
    assert faults[0].endswith(f"[json-pointer:{place}]")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"title": plain("x" * 25)}, "/view/title/text"),
        ({"submit": None}, "/view"),
        ({"close": plain("x" * 25)}, "/view/close/text"),
        ({"private_metadata": "x" * 3001}, "/view/private_metadata"),
        ({"callback_id": "x" * 256}, "/view/callback_id"),
        ({"blocks": [section("x")] * 101}, "/view/blocks"),
        ({"type": "dialog"}, "/view/type"),
        ({"blocks": None}, "/view/blocks"),
    ],
)
def test_slack_refuses_views_beyond_its_limits(change: dict[str, Any], place: str) -> None:
    faults = view_faults({**modal(), **change})
    assert len(faults) == 1, faults
    assert faults[0].endswith(f"[json-pointer:{place}]")


@pytest.mark.parametrize(
    "limits", [{"max_length": 3001}, {"max_length": 0}, {"min_length": -1}, {"min_length": 9, "max_length": 3}]
)
def test_a_text_field_with_impossible_lengths_is_refused(limits: dict[str, int]) -> None:
    view = modal()
    view["blocks"][0]["element"] |= limits
    assert len(view_faults(view)) == 1


def test_a_view_may_hold_100_blocks_and_no_more_than_250_kilobytes() -> None:
    view = {**modal(), "blocks": [section("x" * 3000)] * 80}
    assert view_faults(view) == []
    assert not too_large(view)
    assert too_large({**view, "blocks": [section("é" * 2999)] * 80})


def test_slack_fills_in_ids_and_defaults() -> None:
    names = iter("abc")
    done = completed(
        [section("*hi*"), {"type": "actions", "elements": [{"type": "button", "text": plain("Go")}]}], names.__next__
    )
    assert done[0] == {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "*hi*", "verbatim": False},
        "block_id": "a",
    }
    assert done[1]["block_id"] == "b"
    assert done[1]["elements"][0]["action_id"] == "c"
    assert done[1]["elements"][0]["text"]["emoji"] is True


def test_all_text_of_a_message_is_counted() -> None:
    assert characters([section("abc"), actions(button(label="de"))]) == 5


@pytest.mark.parametrize(
    ("text", "blocks", "pinged"),
    [
        ("<!channel> all", [], ("channel",)),
        ("<!here|here> and <@U1>", [], ("here", "U1")),
        ("&lt;!channel&gt; &lt;@U1&gt;", [], ()),
        ("", [section("hey <@U2|ana>")], ("U2",)),
        ("", [section("hey <@U2>", "plain_text")], ()),
        ("", [{"type": "context", "elements": [{"type": "mrkdwn", "text": "<!subteam^S1>"}]}], ("S1",)),
        ("", [{"type": "rich_text", "elements": [{"elements": [{"type": "broadcast", "range": "here"}]}]}], ("here",)),
        ("@channel", [], ()),
        ("<https://x.example|<!channel>>", [], ("channel",)),
    ],
)
def test_who_would_be_pinged(text: str, blocks: Any, pinged: tuple[str, ...]) -> None:
    assert pings(text, blocks) == pinged


def test_bare_names_ping_only_where_slack_is_asked_to_link_names() -> None:
    assert pings("@channel now", [], bare=True) == ("channel",)
    assert pings("me@channel.example", [], bare=True) == ()


@given(st.text())
def test_escaped_text_never_pings(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert pings(escaped, [section(escaped)]) == ()


@settings(max_examples=50, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
def test_no_json_whatever_breaks_the_check(anything: Any) -> None:
    assert isinstance(message_faults(anything), list)
    assert isinstance(view_faults(anything), list)
    assert isinstance(message_faults([{"type": "section", "text": anything, "accessory": anything}]), list)
    assert isinstance(
        message_faults([{"type": "actions", "elements": [anything, {"type": "button", "confirm": anything}]}]), list
    )
