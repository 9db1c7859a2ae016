"""Block Kit's interactive elements: their limits, and what value each carries when a person has used it.

Source: https://docs.slack.dev/reference/block-kit/block-elements and .../composition-objects.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

VALUE_KEYS: Final = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
"""For each element that keeps a value: the key under which ``state.values`` and ``actions`` carry it."""

INPUT_ELEMENTS: Final = frozenset(VALUE_KEYS)
TEXT_INPUTS: Final = frozenset({"plain_text_input", "email_text_input", "url_text_input", "number_input"})
CLICKABLE: Final = frozenset({*VALUE_KEYS, "button", "overflow", "workflow_button"}) - TEXT_INPUTS
_KNOWN: Final = CLICKABLE | TEXT_INPUTS | {"image"}
_OPTIONS_MOST: Final = {
    "overflow": 5,
    "checkboxes": 10,
    "radio_buttons": 10,
    "static_select": 100,
    "multi_static_select": 100,
}


class Faultfinder:
    """Collects what is wrong, each with the JSON pointer to its place."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def say(self, what: str, at: str) -> None:
        """Note one fault."""
        self.faults.append(f"{what} [json-pointer:{at}]")

    def string(self, holder: dict[str, Any], name: str, at: str, *, most: int, empty: bool = False) -> None:
        """Check an optional string field: its type, that it is not empty (unless `empty`), and its length."""
        if holder.get(name) is None:
            return
        value, here = holder[name], f"{at}/{name}"
        if not isinstance(value, str):
            self.say("must provide a string", here)
        elif not value and not empty:
            self.say("must be more than 0 characters", here)
        elif len(value) > most:
            self.say(f"must be less than {most + 1} characters", here)

    def text(
        self, holder: dict[str, Any], name: str, at: str, *, most: int, kinds: Sequence[str] = ("plain_text",)
    ) -> None:
        """Check an optional text object: its kind, and the length of its text."""
        if holder.get(name) is None:
            return
        value, here = holder[name], f"{at}/{name}"
        if not isinstance(value, dict):
            self.say("must provide an object", here)
            return
        if value.get("type") not in kinds:
            self.say(f"unsupported type: {value.get('type')}", f"{here}/type")
            return
        if "text" not in value:
            self.say("missing required field: text", here)
        self.string(value, "text", here, most=most)

    def array(self, holder: dict[str, Any], name: str, at: str, *, most: int) -> list[Any]:
        """A required array field, checked for its length; empty when there is none."""
        value, here = holder.get(name), f"{at}/{name}"
        if not isinstance(value, list):
            self.say("must provide an array", here)
            return []
        if not value:
            self.say("no fewer than 1 items allowed", here)
        if len(value) > most:
            self.say(f"no more than {most} items allowed", here)
        return value

    def number(self, holder: dict[str, Any], name: str, at: str, *, least: int, most: int) -> None:
        """Check an optional whole number."""
        if holder.get(name) is None:
            return
        value = holder[name]
        if not isinstance(value, int) or isinstance(value, bool):
            self.say("must provide an integer", f"{at}/{name}")
        elif not least <= value <= most:
            self.say(f"must be between {least} and {most}", f"{at}/{name}")


def check_element(element: Any, at: str, found: Faultfinder, *, allowed: frozenset[str]) -> None:
    """Note what is wrong with one element."""
    if not isinstance(element, dict):
        found.say("must provide an object", at)
        return
    kind = element.get("type")
    if kind not in _KNOWN or kind not in allowed:
        found.say(f"unsupported type: {kind}", f"{at}/type")
        return
    found.string(element, "action_id", at, most=255)
    found.text(element, "placeholder", at, most=150)
    if "confirm" in element:
        _check_confirm(element["confirm"], f"{at}/confirm", found)
    if kind == "button":
        _check_button(element, at, found)
    elif kind == "image":
        found.string(element, "image_url", at, most=3000)
        found.string(element, "alt_text", at, most=2000)
    elif kind == "plain_text_input":
        _check_text_input(element, at, found)
    elif kind in _OPTIONS_MOST:
        _check_options(element, at, found, most=_OPTIONS_MOST[str(kind)])


def _check_button(element: dict[str, Any], at: str, found: Faultfinder) -> None:
    if "text" not in element:
        found.say("missing required field: text", at)
    found.text(element, "text", at, most=75)
    found.string(element, "value", at, most=2000, empty=True)
    found.string(element, "url", at, most=3000)
    found.string(element, "accessibility_label", at, most=75)
    if element.get("style") not in (None, "primary", "danger"):
        found.say(f"unsupported value: {element['style']}", f"{at}/style")


def _check_text_input(element: dict[str, Any], at: str, found: Faultfinder) -> None:
    found.number(element, "min_length", at, least=0, most=3000)
    found.number(element, "max_length", at, least=1, most=3000)
    least, most = element.get("min_length"), element.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        found.say("must be less than or equal to max_length", f"{at}/min_length")
    found.string(element, "initial_value", at, most=most if isinstance(most, int) else 3000, empty=True)
    dispatch = element.get("dispatch_action_config")
    if dispatch is not None:
        triggers = dispatch.get("trigger_actions_on") if isinstance(dispatch, dict) else None
        for trigger in triggers if isinstance(triggers, list) else ["(none)"]:
            if trigger not in ("on_enter_pressed", "on_character_entered"):
                found.say(f"unsupported value: {trigger}", f"{at}/dispatch_action_config/trigger_actions_on")


def _check_options(element: dict[str, Any], at: str, found: Faultfinder, *, most: int) -> None:
    if "option_groups" in element:
        for index, group in enumerate(found.array(element, "option_groups", at, most=100)):
            if isinstance(group, dict):
                _check_options(group, f"{at}/option_groups/{index}", found, most=100)
        return
    for index, option in enumerate(found.array(element, "options", at, most=most)):
        here = f"{at}/options/{index}"
        if not isinstance(option, dict):
            found.say("must provide an object", here)
            continue
        found.text(option, "text", here, most=75, kinds=("plain_text", "mrkdwn"))
        found.string(option, "value", here, most=150)
        found.text(option, "description", here, most=75, kinds=("plain_text", "mrkdwn"))
        for name in ("text", "value"):
            if name not in option:
                found.say(f"missing required field: {name}", here)


def _check_confirm(confirm: Any, at: str, found: Faultfinder) -> None:
    if not isinstance(confirm, dict):
        found.say("must provide an object", at)
        return
    for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        found.text(confirm, name, at, most=most, kinds=("plain_text", "mrkdwn") if name == "text" else ("plain_text",))


def initial_value(element: dict[str, Any]) -> dict[str, Any]:
    """The state of an element nobody has touched: ``{"type", <value key>: initial or None}``."""
    kind = str(element["type"])
    key = VALUE_KEYS[kind]
    first = element.get(key.replace("selected", "initial")) if key != "value" else element.get("initial_value")
    empty: list[Any] | None = (
        [] if key in ("selected_options", "selected_users", "selected_channels", "selected_conversations") else None
    )
    return {"type": kind, key: first if first is not None else empty}


def chosen_value(element: dict[str, Any], given: Any) -> dict[str, Any]:
    """The state of an element after a person chose or typed `given`.

    Options are named by their ``value``, or by a list of them where several may be chosen.

    Raises:
        ValueError: naming an option that the element does not offer.
    """
    kind = str(element["type"])
    key = VALUE_KEYS[kind]
    if key == "value":
        text = None if given is None or given == "" else str(given)
        return {"type": kind, key: text}
    if key in ("selected_option", "selected_options"):
        wanted = given if isinstance(given, list) else [given]
        options = [_option(element, each) for each in wanted if each is not None]
        return {"type": kind, key: options if key == "selected_options" else options[0] if options else None}
    return {"type": kind, key: given}


def _option(element: dict[str, Any], value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options += group.get("options") or []
    for option in options:
        if option.get("value") == value or option.get("text", {}).get("text") == value:
            return dict(option)
    offered = ", ".join(str(o.get("value")) for o in options) or "none"
    raise ValueError(f"option {value!r} is not offered; offered: {offered}")
