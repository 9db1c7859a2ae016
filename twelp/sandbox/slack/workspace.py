"""The state of the local workspace: members, conversations and messages, and who sees what.

Nothing here knows HTTP. Rules:

- A message's ``ts`` is unique in the workspace and grows with time, as clients rely on.
- Nothing that was said is forgotten: edits and deletions stay in each message's history.
- Whoever looks from another thread than the server's takes `lock`; whoever changes something tells `touch`.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Final

from twelp.sandbox.clock import Clock
from twelp.sandbox.slack.people import Person, person

Json = dict[str, Any]
SEED_FIELDS: Final = frozenset(
    {"team", "bot", "bot_token", "app_token", "signing_secret", "users", "channels", "request_url", "events", "scopes"}
    | {"ack_timeout_s", "shortcuts"}
)
_KEPT_CHANGES: Final = 50_000


class Refused(Exception):  # noqa: N818 - it is an answer, not a mistake of ours
    """The Web API refuses: ``{"ok": false, "error": error}``, with details as Slack gives them."""

    def __init__(self, error: str, faults: list[str] | None = None, retry_after_s: int | None = None) -> None:
        super().__init__(error)
        self.error = error
        self.faults = faults or []
        self.retry_after_s = retry_after_s


@dataclass(slots=True)
class Message:
    """One message. An ephemeral one is seen by `only_for` alone and is in no history."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    by_app: bool = False
    only_for: str | None = None
    deleted: bool = False
    edited_ts: str | None = None
    client_msg_id: str | None = None
    pings: tuple[str, ...] = ()
    reactions: dict[str, list[str]] = field(default_factory=dict)
    state: Json = field(default_factory=dict)
    history: list[Json] = field(default_factory=list)


@dataclass(slots=True)
class Channel:
    """A conversation; `im_user` is the person on the other side of a direct message with the app."""

    id: str
    name: str
    members: list[str]
    im_user: str | None = None
    is_mpim: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    last_read: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """Something a person could notice. `kind`: message, edit, delete, ephemeral, view, home or user."""

    number: int
    kind: str
    user: str | None
    channel: str | None = None
    ts: str | None = None
    view_id: str | None = None


class Workspace:
    """Members, conversations, messages; built from the seed, and rebuilt from it by `reset`."""

    def __init__(self, clock: Clock, seed: Json) -> None:
        if unknown := sorted(set(seed) - SEED_FIELDS):
            raise ValueError(f"slack.{unknown[0]} is not known; known: {', '.join(sorted(SEED_FIELDS))}")
        self.clock = clock
        self.seed = seed
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self._number = 0
        self.reset()

    def reset(self) -> None:
        """Back to the seed; numbers of changes go on.

        Raises:
            ValueError: for a seed with two users of one id, name or e-mail, or an unusable field.
        """
        self.ids = Ids(self.clock)
        self.changes: deque[Change] = deque(maxlen=_KEPT_CHANGES)
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self._ims: dict[str, str] = {}
        team = {"name": "Sandbox", "domain": "sandbox", **(self.seed.get("team") or {})}
        self.team: Json = {"id": "T0SANDBOX1", **team}
        self.app_id = "A0SANDBOX1"
        bot = {"name": "twelp", **(self.seed.get("bot") or {})}
        self.bot = Person(
            "U0BOT00001", bot["name"], bot.get("real_name", bot["name"]), is_bot=True, bot_id="B0BOT00001"
        )
        slackbot = Person("USLACKBOT", "slackbot", "Slackbot")
        self._ids: dict[str, str] = {}
        self.people = {self.bot.id: self.bot, slackbot.id: slackbot}
        self.index()
        for given in self.seed.get("users") or []:
            self.add_person(given)
        for given in self.seed.get("channels") or []:
            members = [self.find(name).id for name in given.get("members") or []]
            if given.get("bot_member", True):
                members.append(self.bot.id)
            channel = Channel(str(given.get("id") or self.ids.fresh("C")), str(given["name"]), members)
            self.channels[channel.id] = channel
        self.touch("user", None)

    def add_person(self, given: Json) -> Person:
        """Let someone join.

        Raises:
            ValueError: for an id, name or e-mail that is taken, or an unusable field.
        """
        made = person(given, fallback_id=self.ids.fresh("U"), now_s=int(self.clock.time()))
        for value in (made.id, made.name, made.email):
            taken = self._ids.get((value or "").casefold(), value if value in self.people else None)
            if taken is not None:
                raise ValueError(f"user {value!r} is taken by {taken}")
        self.people[made.id] = made
        self._ids |= {key.casefold(): made.id for key in (made.name, made.email) if key}
        return made

    def index(self) -> None:
        """Make people findable by their present names and e-mails."""
        self._ids = {k.casefold(): p.id for p in self.people.values() for k in (p.name, p.email) if k}

    def find(self, key: str) -> Person:
        """A person by id, name or e-mail.

        Raises:
            LookupError: when there is none.
        """
        if key in self.people:
            return self.people[key]
        found = self._ids.get(key.removeprefix("@").casefold())
        if found is None:
            raise LookupError(f"no user {key!r} by id, name or e-mail")
        return self.people[found]

    def im(self, user_id: str) -> Channel:
        """The direct message between a person and the app, opened when needed."""
        if user_id not in self._ims:
            channel = Channel(self.ids.fresh("D"), "directmessage", [user_id, self.bot.id], im_user=user_id)
            self.channels[channel.id] = channel
            self._ims[user_id] = channel.id
        return self.channels[self._ims[user_id]]

    def has_im(self, user_id: str) -> bool:
        """Whether a direct message with this person was opened already."""
        return user_id in self._ims

    def channel(self, key: str) -> Channel:
        """A conversation by id, or by name with or without ``#``.

        Raises:
            Refused: ``channel_not_found``.
        """
        if key in self.channels:
            return self.channels[key]
        for each in self.channels.values():
            if each.im_user is None and key.removeprefix("#") == each.name:
                return each
        raise Refused("channel_not_found")

    def post(self, message: Message) -> Message:
        """Put a message where it belongs and note it in its history."""
        self.note(message, "posted", message.user)
        self.channels[message.channel].messages[message.ts] = message
        self.touch("ephemeral" if message.only_for else "message", None, message)
        return message

    def note(self, message: Message, what: str, by: str) -> None:
        """Write down a message's present form in its history."""
        entry = {"what": what, "at_s": self.clock.time(), "by": by, "text": message.text, "blocks": message.blocks}
        message.history.append({**entry, "pings": list(message.pings)})

    def thread(self, channel: Channel, ts: str) -> list[Message]:
        """A thread's parent and replies, oldest first; empty when there is no such message."""
        parent = channel.messages.get(ts)
        if parent is None or parent.only_for:
            return []
        root = parent.thread_ts or parent.ts
        return [
            m for m in channel.messages.values() if root in (m.ts, m.thread_ts) and not m.only_for and not m.deleted
        ]

    def touch(self, kind: str, user: str | None, message: Message | None = None, view_id: str | None = None) -> None:
        """Tell everyone who waits that something changed."""
        with self.changed:
            self._number += 1
            channel, ts = (message.channel, message.ts) if message else (None, None)
            if message is not None and user is None:
                user = message.only_for or self.channels[message.channel].im_user
            self.changes.append(Change(self._number, kind, user, channel, ts, view_id))
            self.changed.notify_all()

    @property
    def number(self) -> int:
        """The number of the last change."""
        return self._number


def pings(workspace: Workspace) -> list[Json]:
    """Every time a message pinged someone, its earlier versions included, oldest first."""
    found = []
    for channel in workspace.channels.values():
        for message in channel.messages.values():
            place = {"channel": channel.id, "ts": message.ts}
            for entry in message.history:
                if entry["pings"] and entry["what"] != "deleted":
                    found.append({**place, "at_s": entry["at_s"], "by": entry["by"], "pings": entry["pings"]})
    return sorted(found, key=lambda each: each["at_s"])


class Ids:
    """Ids and timestamps as Slack makes them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last_id = 0
        self._last_ts = 0

    def fresh(self, prefix: str) -> str:
        """An id in the shape of Slack's, never used before in this workspace."""
        self._last_id += 1
        digits, rest = "", self._last_id
        while rest:
            rest, digit = divmod(rest, 36)
            digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + digits
        return f"{prefix}0{digits:0>8}"

    def fresh_ts(self) -> str:
        """A timestamp for a new message: seconds and microseconds, later than all before."""
        self._last_ts = max(self._last_ts + 1, int(self._clock.time() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"
