"""The manifest in the repository asks for what the code uses, and for nothing else."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_bolt import App

from tests.adapters.slack.town import NoteDesk, Town
from twelp.adapters.slack.listeners import register
from twelp.adapters.slack.selfservice import COMMAND
from twelp.desk.commands import WORDS

METHOD = re.compile(r"(apps|auth|chat|conversations|dnd|users|views)_")
ROOT = Path(__file__).parents[3]
SCOPES = {
    "auth_test": set(),
    "apps_connections_open": set(),  # an app-level token's
    "chat_postMessage": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_open": {"im:write"},
    "conversations_info": {"channels:read"},  # of a private channel, groups:read: twelp doctor says so
    "conversations_list": {"channels:read"},
    "conversations_history": {"im:history", "channels:history", "groups:history"},
    "dnd_info": {"dnd:read"},
    "users_info": {"users:read"},
    "users_list": {"users:read", "users:read.email"},
    "users_lookupByEmail": {"users:read.email"},
    "views_open": set(),
    "views_update": set(),
    "views_publish": set(),
    "app_home_opened": set(),
    "message.im": {"im:history"},
    "dnd_updated_user": {"dnd:read"},
    "user_change": {"users:read"},
    "team_join": {"users:read"},
}
"""Source: docs.slack.dev/reference/methods and /reference/events, "required scopes" of each."""


@pytest.fixture
def manifest() -> dict[str, Any]:
    text = (ROOT / "docs" / "slack-app-manifest.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def called() -> set[str]:
    """Every Web API method the adapter calls."""
    found: set[str] = set()
    for path in (ROOT / "twelp" / "adapters" / "slack").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and re.match(
                r"(apps|auth|chat|conversations|users|views|dnd)_", node.attr
            ):
                found.add(node.attr)
    return found


def test_the_scopes_are_those_of_the_methods_and_events_in_use(manifest: dict[str, Any]) -> None:
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    needed = set().union({"commands"}, *(SCOPES[name] for name in [*called(), *events]))
    assert needed == set(manifest["oauth_config"]["scopes"]["bot"])


def test_the_command_in_the_manifest_is_the_one_that_is_heard(manifest: dict[str, Any]) -> None:
    [command] = manifest["features"]["slash_commands"]
    assert command["command"] == COMMAND
    words = {word.split()[0] for word in command["usage_hint"].split(" | ")}
    assert words <= WORDS


def test_every_event_asked_for_is_listened_to(manifest: dict[str, Any], town: Town) -> None:
    heard: list[str] = []

    class Noting(App):
        def event(self, event: Any, *_: Any, **__: Any) -> Any:
            heard.append(event)
            return lambda listener: listener

    app = Noting(token="xoxb-1", token_verification_enabled=False)
    register(app, NoteDesk(), town.slack.people, town.slack._disturbance)
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert sorted(heard) == sorted(name.partition(".")[0] for name in events)


def test_the_page_explains_every_scope_and_event(manifest: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    for name in manifest["oauth_config"]["scopes"]["bot"] + manifest["settings"]["event_subscriptions"]["bot_events"]:
        assert f"`{name}`" in page
