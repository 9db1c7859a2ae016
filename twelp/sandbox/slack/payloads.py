"""What the app is told when people act, in Slack's shapes.

Source: https://docs.slack.dev/reference/interaction-payloads (block_actions, view_submission, view_closed, shortcuts),
https://docs.slack.dev/interactivity/implementing-slash-commands and https://docs.slack.dev/reference/events.
"""

from __future__ import annotations

from twelp.sandbox.slack.backend import Backend
from twelp.sandbox.slack.elements import VALUE_KEYS
from twelp.sandbox.slack.people import Person
from twelp.sandbox.slack.shapes import message_json
from twelp.sandbox.slack.views import View, shown
from twelp.sandbox.slack.workspace import Channel, Json, Message


def action(backend: Backend, block: Json, element: Json, value: Json | None) -> Json:
    """One entry of ``actions``; `value` is the element's new state, for those that keep one."""
    shown: Json = {"action_id": element["action_id"], "block_id": block["block_id"], "type": element["type"]}
    if value is not None:
        key = VALUE_KEYS.get(element["type"], "selected_option")
        shown[key] = value[key]
    else:
        shown["text"] = element.get("text")
        for name in ("value", "style", "url"):
            if element.get(name) is not None:
                shown[name] = element[name]
    return shown | {"action_ts": backend.workspace.ids.fresh_ts()}


def on_message(backend: Backend, person: Person, message: Message, done: Json) -> Json:
    """block_actions on a message."""
    channel = backend.workspace.channels[message.channel]
    container: Json = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
    container["is_ephemeral"] = message.only_for is not None
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    return {
        "type": "block_actions",
        "user": _user(backend, person),
        **_app(backend),
        "container": container,
        "trigger_id": backend.views.trigger(person.id),
        **_team(backend),
        "channel": {"id": channel.id, "name": channel.name},
        "message": message_json(backend.workspace, message),
        "state": {"values": message.state},
        "response_url": backend.response_url(channel.id, person.id, message.ts),
        "actions": [done],
    }


def on_view(backend: Backend, person: Person, view: View, done: Json) -> Json:
    """block_actions in a modal or on the Home tab."""
    return {
        "type": "block_actions",
        "user": _user(backend, person),
        **_app(backend),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": backend.views.trigger(person.id, view.id),
        **_team(backend),
        "view": shown(view, backend.workspace),
        "actions": [done],
    }


def submission(backend: Backend, person: Person, view: View) -> Json:
    """view_submission."""
    return {
        "type": "view_submission",
        **_team(backend),
        "user": _user(backend, person),
        **_app(backend),
        "trigger_id": backend.views.trigger(person.id, view.id),
        "view": shown(view, backend.workspace),
        "response_urls": [],
    }


def closing(backend: Backend, person: Person, view: View, *, cleared: bool) -> Json:
    """view_closed; `cleared` when the whole stack went."""
    return {
        "type": "view_closed",
        **_team(backend),
        "user": _user(backend, person),
        **_app(backend),
        "view": shown(view, backend.workspace),
        "is_cleared": cleared,
    }


def shortcut(backend: Backend, person: Person, callback_id: str, message: Message | None) -> Json:
    """A global shortcut, or a message shortcut when it was used on a message."""
    shared: Json = {
        "type": "shortcut",
        **_app(backend),
        "action_ts": backend.workspace.ids.fresh_ts(),
        **_team(backend),
        "user": _user(backend, person),
        "callback_id": callback_id,
        "trigger_id": backend.views.trigger(person.id),
    }
    if message is None:
        return shared
    channel = backend.workspace.channels[message.channel]
    return shared | {
        "type": "message_action",
        "channel": {"id": channel.id, "name": channel.name},
        "response_url": backend.response_url(channel.id, person.id, message.ts),
        "message_ts": message.ts,
        "message": message_json(backend.workspace, message),
    }


def command(backend: Backend, person: Person, channel: Channel, name: str, text: str) -> Json:
    """A slash command; all values are text."""
    team = backend.workspace.team
    return {
        "token": "sandbox",
        "team_id": team["id"],
        "team_domain": team["domain"],
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": person.id,
        "user_name": person.name,
        "command": name,
        "text": text,
        "api_app_id": backend.workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": backend.response_url(channel.id, person.id, None),
        "trigger_id": backend.views.trigger(person.id),
    }


def written(backend: Backend, message: Message, raw: str) -> Json:
    """The message event for what a person wrote."""
    channel = backend.workspace.channels[message.channel]
    event = message_json(backend.workspace, message)
    rich = {"type": "rich_text_section", "elements": [{"type": "text", "text": raw}]}
    block = {"type": "rich_text", "block_id": "rich0", "elements": [rich]}
    kind = "im" if channel.im_user else "channel"
    return event | {"blocks": [block], "channel": channel.id, "event_ts": message.ts, "channel_type": kind}


def _user(backend: Backend, person: Person) -> Json:
    return {"id": person.id, "username": person.name, "name": person.name, "team_id": backend.workspace.team["id"]}


def _app(backend: Backend) -> Json:
    return {"api_app_id": backend.workspace.app_id, "token": "sandbox"}


def _team(backend: Backend) -> Json:
    team = backend.workspace.team
    shown = {"id": team["id"], "domain": team["domain"]}
    return {"team": shown, "enterprise": None, "is_enterprise_install": False}
