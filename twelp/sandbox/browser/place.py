"""What an address says, so that every view of the town can be sent to somebody: ``/town?as=misaki&q=2127…``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

PATH: Final = "/town"
PANES: Final = ("network", "slack", "behind")
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in the town.

    Attributes:
        who: the Slack person they are, by name (``as``); empty: nobody yet.
        q: the selected question, by its post's id.
        me: the customer they write as.
        tab: of Slack: ``home``, ``messages``, or a channel's id.
        pane: the pane that is shown where there is room for one.
        reply, edit, quote: the post they are about to answer, change or quote.
        tour: whether the tour is on.
    """

    who: str = ""
    q: str = ""
    me: str = "you"
    tab: str = "messages"
    pane: str = "network"
    reply: str = ""
    edit: str = ""
    quote: str = ""
    tour: bool = False

    @classmethod
    def read(cls, query: str) -> Place:
        """What a query says; what it does not say, or says wrongly, is as at the beginning."""
        given = {name: value[:_LONGEST] for name, value in parse_qsl(query)}
        ids = {name: _an_id(given.get(name, "")) for name in ("q", "reply", "edit", "quote")}
        pane = given.get("pane", "")
        return cls(
            who=given.get("as", ""),
            me=given.get("me", "").removeprefix("@") or cls().me,
            tab=given.get("tab", "") or cls().tab,
            pane=pane if pane in PANES else cls().pane,
            tour=given.get("tour") == "1",
            **ids,
        )

    @property
    def query(self) -> str:
        """Only what is not as at the beginning."""
        first, said = Place(), dict[str, str]()
        for field in fields(self):
            value = getattr(self, field.name)
            if value != getattr(first, field.name):
                said["as" if field.name == "who" else field.name] = "1" if value is True else value
        return urlencode(said)

    def to(self, **changes: str | bool) -> str:
        """The address of the same place with these changes."""
        query = replace(self, **changes).query  # type: ignore[arg-type]
        return f"{PATH}?{query}" if query else PATH

    def at_rest(self) -> Place:
        """The same with nothing half written."""
        return replace(self, reply="", edit="", quote="")


def seen(values: Mapping[str, str], name: str) -> str:
    """A form's field, cut to what anybody would write."""
    return values.get(name, "")[:30_000]


def _an_id(given: str) -> str:
    return given if given.isascii() and given.isdigit() and len(given) <= 19 else ""
