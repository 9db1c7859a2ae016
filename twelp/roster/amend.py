"""Amend: adds to and removes from lists in experts.yaml, and leaves every other byte as it is.

The text is not written anew: the parser tells where each list and value stands, and only there is something put in or
taken out, in the style in which the list is written. What cannot be done so (a list behind an anchor, a value that is
no list) is refused, for a person to do. Two changes at once to the same list are fine; the same change twice is one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from twelp.errors import RosterError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = re.compile(r"[^\W\d_][\w-]*( [\w-]+)*")
_KEYS = {"topics": "id", "experts": "slack"}


@dataclass(frozen=True, slots=True)
class Amendment:
    """`value` is added to (or, with `remove`, taken from) the list `field` of the entry in `section` with that id.

    Ids of experts are compared whatever their case.
    """

    section: str
    entry: str
    field: str
    value: str
    remove: bool = False


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


def amend(text: str, amendments: Sequence[Amendment]) -> str:
    """The text with all amendments made.

    Raises:
        RosterError: one of them cannot be made without touching more than its list; names it.
    """
    for amendment in dict.fromkeys(amendments):
        edit = _edit(text, amendment)
        if edit is not None:
            text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _edit(text: str, amendment: Amendment) -> _Edit | None:
    mark = 1 if text.startswith("\ufeff") else 0
    root = yaml.compose(text[mark:], Loader=_LOADER)
    entry = _entry(root, amendment)
    key, value = _field(entry, amendment.field)
    if value is None:
        edit = None if amendment.remove else _new_list(text[mark:], entry, amendment)
    elif not isinstance(value, yaml.SequenceNode) or _shared(text[mark:], key, value):
        raise _refusal(amendment, "it is written in a way that only a person should change")
    else:
        at = next((i for i, item in enumerate(value.value) if _same(item, amendment.value)), None)
        if amendment.remove:
            edit = None if at is None else _without(text[mark:], value, at)
        else:
            edit = None if at is not None else _with(text[mark:], value, amendment)
    return edit and _Edit(edit.start + mark, edit.end + mark, edit.text)


def _shared(text: str, key: Any, value: Any) -> bool:
    """Whether the list is an alias, or has an anchor by which others may mean it."""
    between = text[key.end_mark.index : value.start_mark.index + 1]
    return value.start_mark.index < key.start_mark.index or "&" in between or "!" in between


def _entry(root: Any, amendment: Amendment) -> Any:
    _, section = _field(root, amendment.section)
    for entry in section.value if isinstance(section, yaml.SequenceNode) else ():
        _, id_ = _field(entry, _KEYS[amendment.section])
        if isinstance(id_, yaml.ScalarNode) and id_.value.strip().casefold() == amendment.entry.casefold():
            return entry
    raise _refusal(amendment, "there is no such entry")


def _field(node: Any, name: str) -> tuple[Any, Any]:
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode) and key.value == name:
            return key, value
    return None, None


def _same(item: Any, value: str) -> bool:
    return isinstance(item, yaml.ScalarNode) and item.value.casefold() == value.casefold()


def _with(text: str, found: Any, amendment: Amendment) -> _Edit:
    """One more item, after the last one."""
    if found.flow_style:
        if not found.value:
            at = found.start_mark.index + 1
            return _Edit(at, at, _scalar(amendment.value))
        at = found.value[-1].end_mark.index
        return _Edit(at, at, f", {_scalar(amendment.value)}")
    last = found.value[-1]
    if not isinstance(last, yaml.ScalarNode) or last.style in ("|", ">"):
        raise _refusal(amendment, "the list ends with something longer than a line")
    start = text.rfind("\n", 0, last.start_mark.index) + 1
    before = text[start : last.start_mark.index]
    dash = before.rfind("-")
    if dash < 0:
        raise _refusal(amendment, "its list is written in an unusual way")
    at = _line_end(text, last.end_mark.index)
    return _Edit(at, at, f"{_newline(text)}{' ' * dash}- {_scalar(amendment.value)}")


def _without(text: str, found: Any, at: int) -> _Edit:
    """One item less, with its comma or its line."""
    items = found.value
    if found.flow_style:
        if at > 0:
            return _Edit(items[at - 1].end_mark.index, items[at].end_mark.index, "")
        if len(items) > 1:
            return _Edit(items[0].start_mark.index, items[1].start_mark.index, "")
        return _Edit(found.start_mark.index, found.end_mark.index, "[]")
    if len(items) == 1:
        start = text.rindex("-", 0, items[0].start_mark.index)
        return _Edit(start, items[0].end_mark.index, "[]") if items[0].start_mark.line > 0 else _Edit(0, 0, "")
    start = text.rfind("\n", 0, items[at].start_mark.index) + 1
    end = _line_end(text, items[at].end_mark.index)
    return _Edit(start, min(end + len(_newline(text)), len(text)), "")


def _new_list(text: str, entry: Any, amendment: Amendment) -> _Edit:
    """The field was not there: it is written after the entry's name."""
    key, name = _field(entry, "name")
    if name is None:
        raise _refusal(amendment, "the entry has no name to write it after")
    line = f"{amendment.field}: [{_scalar(amendment.value)}]"
    if entry.flow_style:
        at = name.end_mark.index
        return _Edit(at, at, f", {line}")
    at = _line_end(text, name.end_mark.index)
    return _Edit(at, at, f"{_newline(text)}{' ' * key.start_mark.column}{line}")


def _scalar(value: str) -> str:
    """The value as YAML, in quotes where it might be taken for something else."""
    if _PLAIN.fullmatch(value) and yaml.safe_load(value) == value and value.casefold() not in ("y", "n"):
        return value
    return json.dumps(value, ensure_ascii=False)


def _line_end(text: str, index: int) -> int:
    found = text.find("\n", index)
    end = len(text) if found < 0 else found
    return end - 1 if end > 0 and text[end - 1 : end] == "\r" else end


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _refusal(amendment: Amendment, why: str) -> RosterError:
    doing = "remove" if amendment.remove else "add"
    return RosterError(
        f"cannot {doing} {amendment.value!r} ({amendment.field} of {amendment.entry}): {why}. Please do it by hand."
    )
