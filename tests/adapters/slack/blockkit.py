"""Block Kit's limits, told independently of the code under test, and what text a reader would see.

Source: docs.slack.dev/reference/block-kit (blocks, elements, composition objects), docs.slack.dev/reference/views.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import Block

LIMITS = {
    "value": 2_000,
    "action_id": 255,
    "block_id": 255,
    "private_metadata": 3_000,
    "callback_id": 255,
    "url": 3_000,
}
ALIVE = {"user", "usergroup", "broadcast", "channel", "emoji", "team"}


def walk(thing: Any) -> Iterator[dict[str, Any]]:
    """Every object in it, outermost first."""
    if isinstance(thing, dict):
        yield thing
        for inner in thing.values():
            yield from walk(inner)
    elif isinstance(thing, list | tuple):
        for inner in thing:
            yield from walk(inner)


def units(text: str) -> int:
    """UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check(blocks: Any, most: int = 50) -> None:
    """Fails where Slack would refuse these blocks."""
    assert 0 < len(blocks) <= most
    for block in Block.parse_all(json.loads(json.dumps(blocks))):
        assert block is not None
        block.validate_json()
    ids = [block["block_id"] for block in blocks]
    assert len(set(ids)) == len(ids)
    total = 0
    for thing in walk(list(blocks)):
        for name, limit in LIMITS.items():
            if isinstance(thing.get(name), str):
                assert 0 < units(thing[name]) <= limit, name
        if isinstance(thing.get("text"), str):
            assert 0 < units(thing["text"]) <= 3_000
            total += units(thing["text"])
        if thing.get("type") == "actions":
            assert 1 <= len(thing["elements"]) <= 5
        if thing.get("type") == "header":
            assert units(thing["text"]["text"]) <= 150
        if thing.get("type") == "button":
            assert units(thing["text"]["text"]) <= 75
        if thing.get("type") == "overflow":
            assert all(units(option["value"]) <= 150 for option in thing["options"])
    assert total <= 12_000


def check_view(view: dict[str, Any]) -> None:
    """Fails where Slack would refuse this modal."""
    assert view["type"] == "modal"
    for name in ("title", "submit", "close"):
        if name in view:
            assert 0 < units(view[name]["text"]) <= 24
    assert units(view.get("private_metadata", "")) <= 3_000
    assert len(json.dumps(view)) <= 250_000
    assert "submit" in view or not any(block["type"] == "input" for block in view["blocks"])
    check(view["blocks"], most=100)


def is_dead(blocks: Any) -> bool:
    """True when nothing in it can ping, link on its own or be read as markup."""
    return not any(thing.get("type") in ALIVE or thing.get("type") == "mrkdwn" for thing in walk(list(blocks)))


def runs(blocks: Any) -> list[str]:
    """The runs of rich text, in order."""
    return [thing["text"] for thing in walk(list(blocks)) if thing.get("type") == "text"]


def action_ids(blocks: Any) -> list[str]:
    """What can be pressed."""
    return [thing["action_id"] for thing in walk(list(blocks)) if "action_id" in thing]
