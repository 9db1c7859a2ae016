"""Events: people who change, people who want quiet, and people who write to us (which stays between us)."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final, Protocol

from slack_bolt import Ack
from slack_sdk import WebClient

from twelp.adapters.slack.disturb import Disturbance
from twelp.adapters.slack.people import People
from twelp.adapters.slack.telling import Body
from twelp.texts import slack as texts

HINT_EVERY_S: Final = 86_400.0
_HINTED: Final = 5_000


class Desk(Protocol):
    """What events come to; see `listeners.Desk`."""

    def first_time(self, event_id: str) -> bool:
        """True once per event id."""

    def gone(self, person: str) -> None:
        """The person may not act in this workspace any more; may be called twice."""


class News:
    """The listeners."""

    def __init__(self, desk: Desk, people: People, disturbance: Disturbance) -> None:
        self._desk = desk
        self._people = people
        self._disturbance = disturbance
        self._hinted: OrderedDict[str, float] = OrderedDict()

    def person_changed(self, ack: Ack, body: Body, event: Body) -> None:
        """Somebody came, or left, or became a guest: what they hold is given back at once."""
        user = event.get("user") or {}
        before = self._people.stood_for(str(user.get("id") or ""))
        if self._people.hear(user) is None and before is not None:
            self._desk.gone(before)

    def quiet_changed(self, ack: Ack, body: Body, event: Body) -> None:
        self._disturbance.hear(str(event.get("user")), event.get("dnd_status") or {})

    def message(self, ack: Ack, body: Body, event: Body, client: WebClient) -> None:
        """A direct message: internal whatever it says; a hint at most once a day."""
        user = event.get("user")
        if event.get("channel_type") != "im" or event.get("subtype") or event.get("bot_id") or not user:
            return
        said_at = float(event.get("ts") or 0)
        if said_at - self._hinted.get(user, -HINT_EVERY_S) < HINT_EVERY_S:
            return
        if not self._desk.first_time(body["event_id"]):
            return
        self._hinted[user] = said_at
        if len(self._hinted) > _HINTED:
            self._hinted.popitem(last=False)
        client.chat_postEphemeral(channel=event["channel"], user=user, text=texts.JUST_A_CHAT)
