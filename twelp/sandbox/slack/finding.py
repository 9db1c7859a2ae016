"""Finds what a person can see and use: messages, views, buttons and fields; and says what is there instead."""

from __future__ import annotations

from typing import Any

from twelp.sandbox.slack.elements import TEXT_INPUTS
from twelp.sandbox.slack.people import Person
from twelp.sandbox.slack.views import View, Views, elements_of
from twelp.sandbox.slack.workspace import Json, Message, Refused, Workspace


class NotThere(LookupError):  # noqa: N818 - said to whoever drives the sandbox
    """A person could not do that: what they would act on is not there (any more). The text says what there is."""


def visible(workspace: Workspace, person: Person, channel: str | None, ts: str | None = None) -> list[Message]:
    """What a person sees, newest first: everywhere, in one conversation, or the one message `ts`.

    Raises:
        NotThere: for a conversation or message this person does not see.
    """
    if channel is not None:
        try:
            places = [workspace.channel(channel)]
        except Refused as error:
            raise NotThere(f"no conversation {channel!r}") from error
        if person.id not in places[0].members:
            raise NotThere(f"user {person.name!r} is not in {channel}")
    else:
        places = [c for c in workspace.channels.values() if person.id in c.members]
    seen = [m for c in places for m in c.messages.values() if not m.deleted and m.only_for in (None, person.id)]
    if ts is None:
        return sorted(seen, key=lambda m: m.ts, reverse=True)
    found = [m for m in seen if m.ts == ts]
    if not found:
        gone = any(ts in c.messages and c.messages[ts].deleted for c in places)
        raise NotThere(f"message {ts} {'was deleted' if gone else 'is not there'} for {person.name!r}")
    return found


def open_view(views: Views, person: Person, view_id: str | None) -> View:
    """A view the person can act in: the modal on top, or their Home tab by its id.

    Raises:
        NotThere: when it is closed, or under another one.
    """
    top, home = views.top(person.id), views.homes.get(person.id)
    if view_id is None:
        if top is None:
            raise NotThere(f"{person.name!r} has no modal open")
        return top
    for view in (top, home):
        if view is not None and view.id == view_id:
            return view
    under = any(v.id == view_id for v in views.stacks.get(person.id, []))
    raise NotThere(f"view {view_id} is {'under another view' if under else 'not open'} for {person.name!r}")


def clickable(blocks: list[Json], named: dict[str, str | None], *, fields: bool = False) -> tuple[Json, Json]:
    """The first element that is `named` so, with its block.

    Args:
        blocks: where to look.
        named: ``action_id``, ``block_id`` and ``label``; what is missing or None fits any.
        fields: whether text fields are meant too.

    Raises:
        NotThere: when there is none, listing those there are.
    """
    choices = [(b, e) for b, e in elements_of(blocks) if fields or e["type"] not in TEXT_INPUTS]
    wanted = {name: value for name, value in named.items() if value is not None}
    for block, element in choices:
        has = {"action_id": element["action_id"], "block_id": block["block_id"], "label": _label(element)}
        if all(has[name] == value for name, value in wanted.items()):
            return block, element
    said = ", ".join(f"{name} {value!r}" for name, value in wanted.items()) or "any name"
    there = ", ".join(f"{e['action_id']} ({_label(e) or e['type']})" for _, e in choices) or "nothing"
    raise NotThere(f"no element with {said} here; there is: {there}")


def text_input(blocks: list[Json], block_id: str | None, action_id: str | None) -> tuple[Json, Json]:
    """A text field, the first one unless named.

    Raises:
        NotThere: when there is none.
    """
    fields = [(b, e) for b, e in elements_of(blocks) if e["type"] in TEXT_INPUTS]
    for block, element in fields:
        if block_id in (None, block["block_id"]) and action_id in (None, element["action_id"]):
            return block, element
    there = ", ".join(f"{b['block_id']}/{e['action_id']}" for b, e in fields) or "none"
    raise NotThere(f"no text field {block_id}/{action_id} here; there is: {there}")


def _label(element: Json) -> str | None:
    text: Any = element.get("text") or element.get("placeholder") or {}
    return str(text["text"]) if "text" in text else None
