"""Block Kit as Slack checks and completes it: what is wrong with blocks and views, and the defaults Slack fills in.

Every fault is one line in Slack's form, ``must be less than 3001 characters [json-pointer:/blocks/0/text/text]``, so
that a client's error message leads to the place. All faults are told in one go. Limits are numbers from Slack's
Block Kit reference; lengths count Unicode characters.

Source: https://docs.slack.dev/reference/block-kit (blocks, block elements, composition objects) and
https://docs.slack.dev/reference/views.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final

from twelp.sandbox.slack.elements import INPUT_ELEMENTS, Faultfinder, check_element

MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
MESSAGE_CHARACTERS: Final = 12_000
"""All text in a message's blocks together. Source: Slack staff in slackapi/bolt-js#2509 (the reference is silent)."""

VIEW_BYTES: Final = 250_000
_ACCESSORIES: Final = frozenset(
    {
        "button", "checkboxes", "datepicker", "image", "overflow", "radio_buttons", "timepicker", "static_select",
        "external_select", "users_select", "conversations_select", "channels_select", "multi_static_select",
        "multi_external_select", "multi_users_select", "multi_conversations_select", "multi_channels_select",
        "workflow_button",
    }
)  # fmt: skip
_ACTIONS: Final = frozenset(
    {
        "button", "checkboxes", "datepicker", "datetimepicker", "overflow", "radio_buttons", "timepicker",
        "static_select", "external_select", "users_select", "conversations_select", "channels_select",
        "multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select",
        "multi_channels_select", "workflow_button", "rich_text_input",
    }
)  # fmt: skip


def message_faults(blocks: Any) -> list[str]:
    """What is wrong with a message's blocks; empty when Slack would take them."""
    found = Faultfinder()
    _check_blocks(blocks, "/blocks", found, most=MESSAGE_BLOCKS)
    return found.faults


def view_faults(view: Any) -> list[str]:
    """What is wrong with a modal or home view; empty when Slack would take it."""
    found = Faultfinder()
    if not isinstance(view, dict):
        found.say("must provide an object", "/view")
        return found.faults
    kind = view.get("type")
    if kind not in ("modal", "home"):
        found.say(f"unsupported type: {kind}", "/view/type")
    if "blocks" not in view:
        found.say("missing required field: blocks", "/view")
    _check_blocks(view.get("blocks", []), "/view/blocks", found, most=VIEW_BLOCKS)
    found.string(view, "private_metadata", "/view", most=3000, empty=True)
    found.string(view, "callback_id", "/view", most=255, empty=True)
    found.string(view, "external_id", "/view", most=255, empty=True)
    if kind == "modal":
        if "title" not in view:
            found.say("missing required field: title", "/view")
        for name in ("title", "submit", "close"):
            found.text(view, name, "/view", most=24)
        has_input = any(isinstance(b, dict) and b.get("type") == "input" for b in _listed(view.get("blocks")))
        if has_input and not view.get("submit"):
            found.say("missing required field: submit", "/view")
    return found.faults


def too_large(view: Any) -> bool:
    """Whether a view is above the 250 kB that Slack takes."""
    return len(json.dumps(view, ensure_ascii=False).encode("utf-8", "surrogatepass")) > VIEW_BYTES


def characters(blocks: Any) -> int:
    """How many characters of text these blocks hold, wherever they hold them."""
    if isinstance(blocks, list):
        return sum(characters(each) for each in blocks)
    if isinstance(blocks, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else characters(v) for k, v in blocks.items())
    return 0


def completed_view(view: dict[str, Any], name: Callable[[], str]) -> dict[str, Any]:
    """A copy of a valid view with what Slack adds to it and to its blocks.

    Args:
        view: a valid view; left as it is.
        name: makes a fresh short id.
    """
    return {**_with_defaults(view), "blocks": completed(view["blocks"], name)}


def completed(blocks: list[dict[str, Any]], name: Callable[[], str]) -> list[dict[str, Any]]:
    """A copy of valid blocks with what Slack adds: block and action ids, ``emoji`` and ``verbatim``.

    Args:
        blocks: valid blocks; left as they are.
        name: makes a fresh short id.
    """
    done = []
    for block in blocks:
        copy: dict[str, Any] = _with_defaults(block)
        copy.setdefault("block_id", name())
        inner = [copy.get("accessory"), copy.get("element"), *_listed(copy.get("elements"))]
        for element in inner:
            if isinstance(element, dict) and copy["type"] in ("actions", "section", "input"):
                element.setdefault("action_id", name())
        done.append(copy)
    return done


def _with_defaults(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_defaults(each) for each in value]
    if not isinstance(value, dict):
        return value
    copy = {k: _with_defaults(v) for k, v in value.items()}
    if copy.get("type") == "plain_text" and "text" in copy:
        copy.setdefault("emoji", True)
    elif copy.get("type") == "mrkdwn":
        copy.setdefault("verbatim", False)
    return copy


def _check_blocks(blocks: Any, at: str, found: Faultfinder, *, most: int) -> None:
    if not isinstance(blocks, list):
        found.say("must provide an array", at)
        return
    if len(blocks) > most:
        found.say(f"no more than {most} items allowed", at)
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        here = f"{at}/{index}"
        if not isinstance(block, dict):
            found.say("must provide an object", here)
            continue
        check = _BLOCKS.get(str(block.get("type")))
        if check is None:
            found.say(f"unsupported type: {block.get('type')}", f"{here}/type")
            continue
        found.string(block, "block_id", here, most=255)
        block_id = block.get("block_id")
        if isinstance(block_id, str) and block_id:
            if block_id in seen:
                found.say(f"block_id {block_id!r} already exists", f"{here}/block_id")
            seen.add(block_id)
        check(block, here, found)


def _section(block: dict[str, Any], at: str, found: Faultfinder) -> None:
    if "text" not in block and "fields" not in block:
        found.say("missing required field: text or fields", at)
    found.text(block, "text", at, most=3000, kinds=("plain_text", "mrkdwn"))
    if "fields" in block:
        fields = {str(index): field or {} for index, field in enumerate(found.array(block, "fields", at, most=10))}
        for index in fields:
            found.text(fields, index, f"{at}/fields", most=2000, kinds=("plain_text", "mrkdwn"))
    if "accessory" in block:
        check_element(block["accessory"], f"{at}/accessory", found, allowed=_ACCESSORIES)


def _actions(block: dict[str, Any], at: str, found: Faultfinder) -> None:
    seen: set[str] = set()
    for index, element in enumerate(found.array(block, "elements", at, most=25)):
        here = f"{at}/elements/{index}"
        check_element(element, here, found, allowed=_ACTIONS)
        action_id = element.get("action_id") if isinstance(element, dict) else None
        if isinstance(action_id, str) and action_id:
            if action_id in seen:
                found.say(f"action_id {action_id!r} already exists", f"{here}/action_id")
            seen.add(action_id)


def _context(block: dict[str, Any], at: str, found: Faultfinder) -> None:
    elements = {str(index): element or {} for index, element in enumerate(found.array(block, "elements", at, most=10))}
    for index, element in elements.items():
        if isinstance(element, dict) and element.get("type") == "image":
            check_element(element, f"{at}/elements/{index}", found, allowed=frozenset({"image"}))
        else:
            found.text(elements, index, f"{at}/elements", most=3000, kinds=("plain_text", "mrkdwn"))


def _input(block: dict[str, Any], at: str, found: Faultfinder) -> None:
    for name in ("label", "element"):
        if name not in block:
            found.say(f"missing required field: {name}", at)
    found.text(block, "label", at, most=2000)
    found.text(block, "hint", at, most=2000)
    if "element" in block:
        check_element(block["element"], f"{at}/element", found, allowed=INPUT_ELEMENTS)


def _header(block: dict[str, Any], at: str, found: Faultfinder) -> None:
    if "text" not in block:
        found.say("missing required field: text", at)
    found.text(block, "text", at, most=150)


_UNREACHABLE: Final = re.compile(r"https?://[^/]*\.invalid(?:[:/]|$)")
"""No such address can ever be fetched (RFC 2606); Slack refuses a block whose picture it cannot fetch."""


def _image(block: dict[str, Any], at: str, found: Faultfinder) -> None:
    if "image_url" not in block and "slack_file" not in block:
        found.say("missing required field: image_url", at)
    if "alt_text" not in block:
        found.say("missing required field: alt_text", at)
    found.string(block, "image_url", at, most=3000)
    if _UNREACHABLE.match(str(block.get("image_url", ""))):
        found.say("downloading image failed", at)
    found.string(block, "alt_text", at, most=2000)
    found.text(block, "title", at, most=2000)


def _rich_text(block: dict[str, Any], at: str, found: Faultfinder) -> None:
    found.array(block, "elements", at, most=1000)


def _markdown(block: dict[str, Any], at: str, found: Faultfinder) -> None:
    if "text" not in block:
        found.say("missing required field: text", at)
    found.string(block, "text", at, most=12_000)


def _divider(block: dict[str, Any], at: str, found: Faultfinder) -> None:
    """A divider has nothing that could be wrong."""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


_BLOCKS: Final[dict[str, Callable[[dict[str, Any], str, Faultfinder], None]]] = {
    "section": _section,
    "actions": _actions,
    "context": _context,
    "input": _input,
    "header": _header,
    "image": _image,
    "divider": _divider,
    "rich_text": _rich_text,
    "markdown": _markdown,
}
