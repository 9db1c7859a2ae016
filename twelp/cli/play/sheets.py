"""All that lies before a person: cards, the window on top, the Home tab; and what changed since the last look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from twelp.cli.play.reading import Item, Kind, Part, parts_of
from twelp.cli.play.wording import unescaped

Json = dict[str, Any]
HOME = "home"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message, window or tab: `scope` is its ts or id, `place` where acts find it, `said` its text in one line."""

    scope: str
    title: str
    parts: tuple[Part, ...]
    place: Mapping[str, Any] = field(default_factory=dict)
    said: str = ""
    by_app: bool = True
    thread: str | None = None

    def items(self) -> Iterator[Item]:
        """Everything to use, in order."""
        for part in self.parts:
            yield from part.items


def message(given: Json, names: Mapping[str, str], me: str) -> Sheet:
    """A message as a sheet."""
    ts = str(given["ts"])
    parts = tuple(parts_of(given.get("blocks"), ts, {}, names))
    said = " ".join(unescaped(str(given.get("text", ""))).split())
    head = parts[0].text.plain if parts and parts[0].style == "headline" else ""
    by_app = "bot_id" in given
    who = "twelp" if by_app else names.get(str(given.get("user")), "somebody")
    title = head or ("Only you see this" if given.get("only_for") else who)
    who_writes = "you" if given.get("user") == me else who
    thread = given.get("thread_ts") if given.get("thread_ts") != ts else None
    shown = parts[1:] if head else parts
    place = {"channel": given["channel"], "ts": ts}
    return Sheet(ts, title, shown, place, said if by_app else f"{who_writes}: {said}", by_app, thread)


def window(given: Json, names: Mapping[str, str]) -> Sheet:
    """A modal as a sheet, with its buttons to send and to close."""
    scope = str(given["id"])
    parts = parts_of(given["blocks"], scope, given["state"]["values"], names)
    ends = []
    if given.get("submit"):
        ends.append(Item(Kind.SUBMIT, scope, str(given["submit"]["text"])))
    ends.append(Item(Kind.CLOSE, scope, str((given.get("close") or {}).get("text", "Close"))))
    place = {"view_id": scope}
    return Sheet(scope, f"Window: {given['title']['text']}", (*parts, Part(items=tuple(ends))), place)


def home(given: Json, names: Mapping[str, str]) -> Sheet:
    """The Home tab as a sheet."""
    parts = parts_of(given["blocks"], HOME, given["state"]["values"], names)
    return Sheet(HOME, "Your Home tab", tuple(parts), {"view_id": given["id"]})


class Numbers:
    """A number for each item, given once and never to another: an old number always means the old button."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, ...], int] = {}
        self._items: dict[int, Item] = {}

    def of(self, item: Item) -> int:
        """Its number."""
        number = self._given.setdefault(item.key, len(self._given) + 1)
        self._items[number] = item
        return number

    def item(self, number: int) -> Item | None:
        """What has this number; None when nothing ever had."""
        return self._items.get(number)
