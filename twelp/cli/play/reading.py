"""What a message or window holds for the person who reads it: lines of text, and items to press, choose or fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from rich.text import Text

from twelp.cli.play.wording import Json, rich_run, worded

_CHOICES: Final = ("static_select", "radio_buttons", "checkboxes", "multi_static_select")
_PEOPLE: Final = ("users_select", "multi_users_select")
_WRITTEN: Final = {
    "plain_text_input": "text",
    "email_text_input": "an e-mail address",
    "url_text_input": "an address",
    "number_input": "a number",
    "datepicker": "a day, like 2026-12-24",
    "timepicker": "an hour, like 22:00",
    "users_select": "a colleague's name",
    "multi_users_select": "a colleague's name",
}


class Kind(Enum):
    """What somebody does with an item."""

    PRESS = "press"
    WRITE = "write"
    SUBMIT = "submit"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Item:
    """Something to use, in one message, window or Home tab (`scope`).

    Attributes:
        label: what is written on it.
        where: how the sandbox finds it: ``block_id``, ``action_id``, and ``value`` for one option of several.
        value: what stands in it now, or whether it is chosen (``True``); None for a button.
        wants: for a field, what is to be written.
        people: whether a colleague is to be named.
        sure: what Slack asks before it is done; empty when nothing.
    """

    kind: Kind
    scope: str
    label: str
    where: Mapping[str, Any] = field(default_factory=dict)
    value: Any = None
    wants: str = ""
    people: bool = False
    sure: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """The same for the same item however often its message changes."""
        where = self.where
        return (
            self.scope,
            self.kind.value,
            *(str(where.get(name, "")) for name in ("block_id", "action_id", "option")),
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sheet: `text` (quoted, or a headline), with the items that belong to it."""

    text: Text = field(default_factory=Text)
    style: str = ""
    items: tuple[Item, ...] = ()
    block_id: str = ""


def parts_of(blocks: Any, scope: str, state: Json, names: Mapping[str, str]) -> list[Part]:
    """The parts of Slack blocks, in order; what has an unknown shape is passed over.

    Args:
        blocks: a message's or view's blocks.
        scope: the message's ``ts`` or the view's id.
        state: a view's ``state.values``; empty for a message.
        names: people's names by their id.
    """
    found: list[Part] = []
    for block in blocks if isinstance(blocks, list) else []:
        if isinstance(block, Mapping):
            found += _parts(block, scope, state, names)
    return found


def _parts(block: Json, scope: str, state: Json, names: Mapping[str, str]) -> Iterator[Part]:
    kind = block.get("type")
    if kind == "header":
        yield Part(worded(block.get("text"), names), "headline")
    elif kind == "divider":
        yield Part(style="rule")
    elif kind == "rich_text":
        yield from _rich(block.get("elements"), names)
    elif kind == "section":
        yield from _section(block, scope, state, names)
    elif kind == "context":
        texts = [worded(e, names) for e in block.get("elements", []) if isinstance(e, Mapping)]
        yield Part(Text("  ").join(t for t in texts if t))
    elif kind == "image":
        yield Part(Text(f"[picture: {block.get('alt_text', '')}]"))
    elif kind == "actions":
        elements = [e for e in block.get("elements", []) if isinstance(e, Mapping)]
        yield Part(items=tuple(i for e in elements for i in _items(block, e, scope, state)))
    elif kind == "input":
        element = block.get("element")
        label = worded(block.get("label"), names)
        hint = worded(block.get("hint"), names)
        if isinstance(element, Mapping):
            items = tuple(_items(block, element, scope, state, label.plain))
            yield Part(label if len(items) != 1 else Text(), "label", items, str(block.get("block_id")))
        if hint:
            yield Part(hint)


def _rich(elements: Any, names: Mapping[str, str]) -> Iterator[Part]:
    for element in elements if isinstance(elements, list) else []:
        kind = element.get("type") if isinstance(element, Mapping) else None
        if kind == "rich_text_list":
            for line in element.get("elements", []):
                yield Part(Text("• ") + rich_run(line.get("elements"), names))
        elif kind in ("rich_text_quote", "rich_text_preformatted"):
            yield Part(rich_run(element.get("elements"), names), "quote")
        elif kind == "rich_text_section":
            yield Part(rich_run(element.get("elements"), names))


def _section(block: Json, scope: str, state: Json, names: Mapping[str, str]) -> Iterator[Part]:
    text = worded(block.get("text"), names)
    for line in text.split("\n") if text else []:
        quoted = line.plain.startswith(">")
        yield Part(line[1:] if quoted else line, "quote" if quoted else "")
    for each in block.get("fields") or []:
        yield Part(worded(each, names))
    accessory = block.get("accessory")
    if isinstance(accessory, Mapping):
        yield Part(items=tuple(_items(block, accessory, scope, state)))


def _items(block: Json, element: Json, scope: str, state: Json, label: str = "") -> Iterator[Item]:
    kind = str(element.get("type"))
    where = {"block_id": block.get("block_id"), "action_id": element.get("action_id")}
    kept = state.get(str(where["block_id"]), {}).get(str(where["action_id"]), {})
    sure = worded((element.get("confirm") or {}).get("text"), {}).plain
    said = label or worded(element.get("text") or element.get("placeholder"), {}).plain
    if kind in ("button", "workflow_button"):
        yield Item(Kind.PRESS, scope, said, where, sure=sure)
    elif kind == "overflow" or kind in _CHOICES:
        yield from _options(element, Item(Kind.PRESS, scope, said, where, sure=sure), kept)
    elif kind in _WRITTEN:
        value = next((kept[key] for key in kept if key != "type"), None)
        yield Item(Kind.WRITE, scope, said, where, value, _WRITTEN[kind], people=kind in _PEOPLE)


def _options(element: Json, item: Item, kept: Json) -> Iterator[Item]:
    chosen = kept.get("selected_options") or [kept.get("selected_option")]
    values = [c.get("value") for c in chosen if isinstance(c, Mapping)]
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options += group.get("options") or []
    several = "selected_options" in kept
    for option in options:
        name, value = worded(option.get("text"), {}).plain, option.get("value")
        wanted: Any = value
        if several:
            wanted = [v for v in values if v != value] if value in values else [*values, value]
        where = {**item.where, "value": wanted, "option": value}
        marked = value in values if element.get("type") != "overflow" else None
        yield Item(Kind.PRESS, item.scope, name, where, marked, sure=item.sure)
