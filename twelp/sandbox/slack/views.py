"""Modals and Home tabs: who has which view open, in what stack, with what typed in.

Rules: a person has at most one stack of modals, three deep; each change of a view gives it a new ``hash``; what was
typed survives an update where block and action ids stay the same; a trigger opens one view, within three seconds.

Source: https://docs.slack.dev/surfaces/modals and the ``views.*`` method pages.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any, Final

from twelp.sandbox.slack.blocks import completed_view, too_large, view_faults
from twelp.sandbox.slack.elements import VALUE_KEYS, initial_value
from twelp.sandbox.slack.workspace import Json, Refused, Workspace

TRIGGER_LIFE_S: Final = 3.0
STACK_MOST: Final = 3


@dataclass(slots=True)
class View:
    """One view: `given` is the app's part (completed), `values` what the person typed and chose."""

    id: str
    user: str
    given: Json
    hash: str
    root_id: str
    previous_id: str | None
    values: dict[str, dict[str, Json]] = field(default_factory=dict)


@dataclass(slots=True)
class Trigger:
    """The right to open one view for `user`; `view_id` is the modal it came from."""

    user: str
    expires_s: float
    view_id: str | None
    used: bool = False


class Views:
    """All open views of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self._triggers: dict[str, Trigger] = {}

    def reset(self) -> None:
        """Close everything."""
        self.stacks.clear()
        self.homes.clear()
        self._triggers.clear()

    def trigger(self, user: str, view_id: str | None = None) -> str:
        """A new trigger id for an act of this person, in the modal `view_id` if the act was there."""
        trigger_id = f"{secrets.randbelow(10**10)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        now = self._workspace.clock.time()
        for old in [k for k, t in self._triggers.items() if t.expires_s < now - 3600]:
            del self._triggers[old]
        self._triggers[trigger_id] = Trigger(user, now + TRIGGER_LIFE_S, view_id)
        return trigger_id

    def open(self, trigger_id: str, given: Any) -> View:
        """Open a modal in place of whatever modals the person has open.

        Raises:
            Refused: for a bad trigger or view.
        """
        trigger = self._usable(trigger_id)
        view = self._made(trigger.user, given, "modal")
        trigger.used = True
        self.stacks[trigger.user] = [view]
        self._workspace.touch("view", trigger.user, view_id=view.id)
        return view

    def push(self, trigger_id: str, given: Any) -> View:
        """Put a modal on top of the one the trigger came from.

        Raises:
            Refused: for a bad trigger or view, ``not_found`` where no modal is open, or ``push_limit_reached``.
        """
        trigger = self._usable(trigger_id)
        if trigger.view_id is None or self.find(trigger.view_id) is None:
            raise Refused("not_found")
        view = self.push_for(trigger.user, given)
        trigger.used = True
        return view

    def push_for(self, user: str, given: Any) -> View:
        """Put a modal on top of this person's stack.

        Raises:
            Refused: for a bad view, or ``push_limit_reached``.
        """
        stack = self.stacks.setdefault(user, [])
        if len(stack) >= STACK_MOST:
            raise Refused("push_limit_reached")
        view = self._made(user, given, "modal")
        if stack:
            view.root_id, view.previous_id = stack[0].id, stack[-1].id
        stack.append(view)
        self._workspace.touch("view", user, view_id=view.id)
        return view

    def update(self, view: View, given: Any, known_hash: str | None = None) -> View:
        """Change an open view, keeping what was typed where the ids stay the same.

        Raises:
            Refused: ``hash_conflict``, or for a bad view.
        """
        if known_hash is not None and known_hash != view.hash:
            raise Refused("hash_conflict")
        fresh = self._made(view.user, given, str(view.given["type"]), replaces=view)
        view.given, view.hash = fresh.given, fresh.hash
        for block_id, actions in fresh.values.items():
            for action_id, first in actions.items():
                kept = view.values.get(block_id, {}).get(action_id)
                if kept is not None and kept["type"] == first["type"]:
                    actions[action_id] = kept
        view.values = fresh.values
        self._workspace.touch("view", view.user, view_id=view.id)
        return view

    def publish(self, user: str, given: Any, known_hash: str | None = None) -> View:
        """Set a person's Home tab.

        Raises:
            Refused: ``hash_conflict``, or for a bad view.
        """
        current = self.homes.get(user)
        if known_hash is not None and current is not None and known_hash != current.hash:
            raise Refused("hash_conflict")
        view = self._made(user, given, "home", replaces=current)
        if current is not None:
            view.id = view.root_id = current.id
        self.homes[user] = view
        self._workspace.touch("home", user, view_id=view.id)
        return view

    def find(self, view_id: str | None = None, external_id: str | None = None) -> View | None:
        """An open view by either id."""
        for view in [*self.homes.values(), *(v for stack in self.stacks.values() for v in stack)]:
            if view_id == view.id or (external_id and external_id == view.given.get("external_id")):
                return view
        return None

    def of(self, user: str) -> Json:
        """A person's open modals (``stack``, the one on top last) and ``home`` tab (or None), in Slack's shape."""
        home = self.homes.get(user)
        stack = [shown(v, self._workspace) for v in self.stacks.get(user, [])]
        return {"stack": stack, "home": shown(home, self._workspace) if home else None}

    def top(self, user: str) -> View | None:
        """The modal a person sees."""
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def close(self, user: str, *, everything: bool = False) -> list[View]:
        """Close the top modal, or all of a person's; what was closed, top first."""
        stack = self.stacks.get(user, [])
        closed = list(reversed(stack)) if everything else stack[-1:]
        self.stacks[user] = [] if everything else stack[:-1]
        if closed:
            self._workspace.touch("view", user, view_id=closed[0].id)
        return closed

    def drop(self, view: View) -> None:
        """Close one modal, wherever it is in its stack."""
        self.stacks[view.user] = [v for v in self.stacks.get(view.user, []) if v is not view]
        self._workspace.touch("view", view.user, view_id=view.id)

    def _usable(self, trigger_id: str) -> Trigger:
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self._workspace.clock.time() > trigger.expires_s:
            raise Refused("expired_trigger_id")
        return trigger

    def _made(self, user: str, given: Any, kind: str, *, replaces: View | None = None) -> View:
        if faults := view_faults(given):
            raise Refused("invalid_arguments", faults)
        if given["type"] != kind:
            raise Refused("invalid_arguments", [f"unsupported type: {given['type']} [json-pointer:/view/type]"])
        if too_large(given):
            raise Refused("view_too_large")
        if external_id := given.get("external_id"):
            other = self.find(external_id=external_id)
            if other is not None and other is not replaces:
                raise Refused("duplicate_external_id")
        done = completed_view(given, lambda: secrets.token_urlsafe(4)[:5])
        view_id = self._workspace.ids.fresh("V")
        digest = f"{int(self._workspace.clock.time())}.{secrets.token_hex(4)}"
        return View(view_id, user, done, digest, view_id, None, _initial_values(done["blocks"]))


def shown(view: View, workspace: Workspace) -> Json:
    """A view in Slack's shape, with its state."""
    given, team = view.given, workspace.team["id"]
    found: Json = {"id": view.id, "team_id": team, "type": given["type"], "blocks": given["blocks"]}
    found |= {
        "private_metadata": given.get("private_metadata") or "",
        "callback_id": given.get("callback_id") or "",
        "state": {"values": view.values},
        "hash": view.hash,
        "title": given.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(given.get("clear_on_close")),
        "notify_on_close": bool(given.get("notify_on_close")),
        "close": given.get("close"),
        "submit": given.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": workspace.app_id,
        "external_id": given.get("external_id") or "",
        "app_installed_team_id": team,
        "bot_id": workspace.bot.bot_id,
    }
    return found


def elements_of(blocks: list[Json]) -> list[tuple[Json, Json]]:
    """Every interactive element with its block, in order of appearance."""
    found = []
    for block in blocks:
        inner = block.get("elements") if block["type"] == "actions" else [block.get("element"), block.get("accessory")]
        found += [(block, element) for element in inner or [] if element and "action_id" in element]
    return found


def _initial_values(blocks: list[Json]) -> dict[str, dict[str, Json]]:
    values: dict[str, dict[str, Json]] = {}
    for block, element in elements_of(blocks):
        if element["type"] in VALUE_KEYS:
            values.setdefault(block["block_id"], {})[element["action_id"]] = initial_value(element)
    return values
