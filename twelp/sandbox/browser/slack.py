"""What the Slack pane shows of one person: their conversations, messages, Home tab and the window on top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from twelp.sandbox.slack import SlackWorld
from twelp.sandbox.slack.people import Person
from twelp.sandbox.slack.views import shown
from twelp.sandbox.slack.workspace import Channel, Message

Json = Mapping[str, Any]

_MESSAGES: Final = 40
_ONLY_YOURS: Final = 3
"""Lines that only this person sees: the latest so many; in Slack they are gone when it is loaded anew."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody in Slack: their `clock` where they are, how many cards wait for them, whether one is of the question."""

    name: str
    real_name: str
    clock: str
    waiting: int
    marked: bool


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """One message as this person sees it. `links`: addresses that it leads to; `replies`: its thread."""

    ts: str
    channel: str
    author: str
    by_app: bool
    text: str
    blocks: list[dict[str, Any]]
    state: Json
    edited: bool
    only_yours: bool
    marked: bool
    reactions: Mapping[str, list[str]]
    replies: tuple[ShownMessage, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """One person's Slack: `channels` by id and name, the `messages` of the one that is open, `home` and `window`;
    `shortcuts` by id and name: what the app offers on a message."""

    person: Person
    clock: str
    channels: list[tuple[str, str]]
    here: str
    messages: list[ShownMessage]
    home: Json | None
    window: Json | None
    names: Mapping[str, str]
    shortcuts: list[tuple[str, str]]


def leads_to(blocks: Any, post_ids: frozenset[str]) -> bool:
    """Whether a link in these blocks leads to one of these posts."""
    ends = tuple(f"/status/{post_id}" for post_id in post_ids)
    return bool(ends) and any(url.endswith(ends) for url in _links(blocks))


def _links(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        if isinstance(part.get("url"), str):
            yield part["url"]
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _links(one)


def waits(message: Message) -> bool:
    """Whether there is something to press on it that moves a question on: a button, not only a menu."""
    elements = (e for block in message.blocks if block.get("type") == "actions" for e in block.get("elements", []))
    return message.by_app and not message.deleted and any(e.get("type") == "button" for e in elements)


def colleagues(slack: SlackWorld, marked: frozenset[str]) -> list[Colleague]:
    """Everybody who can be played, those with a card of the selected question first, then by name."""
    workspace = slack.workspace
    with workspace.lock:
        now, found = workspace.clock.now(), []
        for person in workspace.people.values():
            if person.is_bot or person.deleted or person.id == "USLACKBOT":
                continue
            messages = list(workspace.im(person.id).messages.values()) if workspace.has_im(person.id) else []
            has_it = any(leads_to(m.blocks, marked) for m in messages if not m.deleted)
            found.append(
                Colleague(person.name, person.real_name, _clock(person, now), sum(map(waits, messages)), has_it)
            )
    return sorted(found, key=lambda one: (not one.marked, one.real_name))


def called(slack: SlackWorld) -> Mapping[str, str]:
    """Names by mail and id, as an app may call people."""
    with slack.workspace.lock:
        people = list(slack.workspace.people.values())
    return {key: person.real_name for person in people for key in (person.id, (person.email or "").lower()) if key}


def desk(slack: SlackWorld, who: str, tab: str, marked: frozenset[str]) -> Desk | None:
    """The Slack of the person with this name; None where there is nobody."""
    workspace = slack.workspace
    with workspace.lock:
        try:
            person = workspace.find(who)
        except LookupError:
            return None
        if person.deleted or person.is_bot:
            return None
        channels = [c for c in workspace.channels.values() if person.id in c.members and not c.im_user]
        ids = {channel.id for channel in channels}
        here = workspace.channels[tab] if tab in ids else workspace.im(person.id)
        views, top = slack.backend.views, slack.backend.views.top(person.id)
        home = views.homes.get(person.id)
        return Desk(
            person,
            _clock(person, workspace.clock.now()),
            [(channel.id, channel.name) for channel in channels],
            "home" if tab == "home" else here.id if here.im_user is None else "messages",
            _messages(slack, here, person, marked),
            shown(home, workspace) if home else None,
            shown(top, workspace) if top else None,
            {p.id: p.real_name for p in workspace.people.values()} | {c.id: c.name for c in channels},
            [(str(one["callback_id"]), str(one["name"])) for one in workspace.seed.get("shortcuts") or []],
        )


def _messages(slack: SlackWorld, channel: Channel, person: Person, marked: frozenset[str]) -> list[ShownMessage]:
    seen = [m for m in channel.messages.values() if not m.deleted and m.only_for in (None, person.id)]
    only = {m.ts for m in [m for m in seen if m.only_for][-_ONLY_YOURS:]}
    threads: dict[str, list[Message]] = {}
    for message in seen:
        if message.thread_ts and message.thread_ts != message.ts and not message.only_for:
            threads.setdefault(message.thread_ts, []).append(message)
    roots = [m for m in seen if m.ts in only or (not m.only_for and m.thread_ts in (None, m.ts))]
    return [
        _message(slack, m, marked, tuple(_message(slack, reply, marked) for reply in threads.get(m.ts, ())))
        for m in roots[-_MESSAGES:]
    ]


def _message(
    slack: SlackWorld, message: Message, marked: frozenset[str], replies: tuple[ShownMessage, ...] = ()
) -> ShownMessage:
    author = slack.workspace.people.get(message.user)
    return ShownMessage(
        message.ts,
        message.channel,
        author.real_name if author else message.user,
        message.by_app,
        message.text,
        message.blocks,
        message.state,
        message.edited_ts is not None,
        message.only_for is not None,
        leads_to(message.blocks, marked),
        message.reactions,
        replies,
    )


def _clock(person: Person, now: datetime) -> str:
    return f"{now.astimezone(ZoneInfo(person.tz)):%H:%M}"
