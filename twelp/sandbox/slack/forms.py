"""Forms in modals: filling fields in, what Slack's client refuses to submit, and what the app's answer does to views.

Source: https://docs.slack.dev/surfaces/modals (handling submissions, response actions).
"""

from __future__ import annotations

from typing import Any

from twelp.sandbox.slack.elements import VALUE_KEYS, chosen_value
from twelp.sandbox.slack.finding import NotThere
from twelp.sandbox.slack.views import View, Views, elements_of
from twelp.sandbox.slack.workspace import Json, Refused


def fill(view: View, block: Json, element: Json, value: Any) -> Json:
    """Put a value into a field and return the field's new state.

    Raises:
        NotThere: for an option that is not offered, or an element that keeps no value.
    """
    if element["type"] not in VALUE_KEYS:
        raise NotThere(f"{element['action_id']} is a {element['type']} and takes no value")
    return _changed(view.values, block, element, value)


def choose(values: Json, block: Json, element: Json, value: Any) -> Json | None:
    """The new state of an element that was pressed; None for a button, which keeps none.

    A menu's line is named by its text, its value, or the first words of its value.

    Raises:
        NotThere: for an option that is not offered.
    """
    if element["type"] == "overflow":
        exact = [o for o in element["options"] if value in (None, o.get("value"), o["text"]["text"])]
        options = exact or [o for o in element["options"] if str(o.get("value")).startswith(f"{value} ")]
        if not options:
            raise NotThere(f"option {value!r} is not offered")
        return {"type": "overflow", "selected_option": options[0]}
    return _changed(values, block, element, value) if element["type"] in VALUE_KEYS else None


def _changed(values: Json, block: Json, element: Json, value: Any) -> Json:
    try:
        state = chosen_value(element, value)
    except ValueError as error:
        raise NotThere(str(error)) from error
    values.setdefault(block["block_id"], {})[element["action_id"]] = state
    return state


def missing(view: View) -> Json:
    """What Slack's client would complain about before it submits: ``{block_id: line}``."""
    wrong: Json = {}
    for block, element in elements_of(view.given["blocks"]):
        if block["type"] != "input":
            continue
        state = view.values.get(block["block_id"], {}).get(element["action_id"], {})
        value = state.get(VALUE_KEYS[element["type"]])
        if value in (None, "", []):
            if not block.get("optional"):
                wrong[block["block_id"]] = "Please complete this required field."
        elif isinstance(value, str) and element["type"] == "plain_text_input":
            if len(value) > element.get("max_length", 3000):
                wrong[block["block_id"]] = f"This text is too long (the limit is {element.get('max_length', 3000)})."
            elif len(value) < element.get("min_length", 0):
                wrong[block["block_id"]] = f"This text is too short (at least {element['min_length']})."
    return wrong


def apply_answer(views: Views, view: View, answer: Any) -> Json:
    """Do to the open views what the app's acknowledgement of a submission asks for.

    An empty answer closes the submitted view. A view that is gone meanwhile stays gone.

    Returns:
        The errors to show, by block id.

    Raises:
        Refused: when the answer is not one that Slack would take.
    """
    action = answer.get("response_action") if isinstance(answer, dict) else None
    if answer and action is None:
        raise Refused("invalid_response_action", ["an answer to a submission is empty or has a response_action"])
    if action == "errors":
        return _errors(view, answer.get("errors"))
    is_open = view in views.stacks.get(view.user, [])
    if action == "clear":
        views.close(view.user, everything=True)
    elif action == "update" and is_open:
        views.update(view, answer.get("view"))
    elif action == "push" and is_open:
        views.push_for(view.user, answer.get("view"))
    elif action is None and is_open:
        views.drop(view)
    elif action not in (None, "clear", "update", "push"):
        raise Refused("invalid_response_action", [f"unsupported response_action: {action}"])
    return {}


def _errors(view: View, errors: Any) -> Json:
    inputs = {b["block_id"] for b in view.given["blocks"] if b["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise Refused("invalid_response_action", ["errors must provide an object"])
    for block_id, text in errors.items():
        if block_id not in inputs or not isinstance(text, str):
            raise Refused("invalid_response_action", [f"errors name no input block of the view: {block_id}"])
    return dict(errors)
