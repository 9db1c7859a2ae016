"""Slack as the place where experts live: cards and notes go out; what people do comes in by `incoming`.

Each message carries its outbox key as metadata, because Slack takes no idempotency key: after a silence the
conversation is searched for it before anything is sent again. A card that is changed keeps the
metadata it was sent with.
Source: docs.slack.dev/messaging/message-metadata.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from twelp.adapters.slack import blocks as kit
from twelp.adapters.slack import cards, invitations, privates
from twelp.adapters.slack.checking import SlackChecks
from twelp.adapters.slack.disturb import Disturbance
from twelp.adapters.slack.failures import code_of, told, translated
from twelp.adapters.slack.home import home_view
from twelp.adapters.slack.incoming import Incoming
from twelp.adapters.slack.pace import Pace
from twelp.adapters.slack.people import People
from twelp.adapters.slack.sdk import web_client
from twelp.errors import InDoubt, Refused, TryAgain, WaitUntil
from twelp.model import Break, Card, Home, Invitation, PrivateCard, Roster
from twelp.ports import Accounts, Clock, Place, Workspace
from twelp.ports.budgets import Budgets

if TYPE_CHECKING:
    pass

PAGE: Final = 100
LOOK_BACK: Final = 1_000
"""Messages of a conversation that are searched for a key; the newest first, and a key in doubt is among the newest."""


_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_CHANNEL_ID: Final = re.compile(r"[CG][A-Z0-9]{2,20}\Z")

_LOG = logging.getLogger(__name__)


class Slack(Workspace):
    """One workspace, seen through one app. Methods may be called from any thread and never sleep.

    Args:
        base_url: `https://slack.com`, or any server that speaks its protocol.
        bot_token: `xoxb-…`.
        roster: the people who may answer.
        clock: the hour.
        timeout_s: seconds a call may take.
        app_token: `xapp-…`, for Socket Mode.
        signing_secret: for HTTP mode.
        paced: whether Slack's rates are kept by ourselves; not where they are lifted.
        accounts: which account each person was proven to have before this process began; None: nobody was.
        budgets: Slack's rates, where several processes share them; None: this one has them to itself.

    Attributes:
        incoming: what people do in Slack.
        checks: looks whether Slack lets the app do its work.
    """

    def __init__(
        self,
        base_url: str,
        bot_token: str,
        *,
        roster: Roster,
        clock: Clock,
        timeout_s: float = 10.0,
        app_token: str | None = None,
        signing_secret: str | None = None,
        paced: bool = True,
        accounts: Accounts | None = None,
        budgets: Budgets | None = None,
    ) -> None:
        self._clock = clock
        self.pace = Pace(clock, kept=paced, budgets=budgets)
        self._client = web_client(base_url, bot_token, timeout_s)
        self.people = People(self._client, roster, clock, accounts)
        self.checks = SlackChecks(self._client, self.people, clock, app_token or "")
        self._disturbance = Disturbance(self._client, clock)
        self._channels: dict[str, str] = {}
        self._shut: dict[tuple[str, str], tuple[datetime, datetime]] = {}
        self.incoming = Incoming(
            self._client, self.people, self._disturbance, clock, app_token=app_token, signing_secret=signing_secret
        )

    # ------------------------------------------------------------ what goes out

    def post_card(self, person: str, card: Card | PrivateCard) -> Place:
        """Sends the card to the person as a direct message.

        Raises:
            Refused: `not_a_member`: the person cannot be reached in this workspace.
            InDoubt: sent, and no answer came: look with `find_card` before sending again.
            WaitUntil, TryAgain, Locked: nothing was sent.
        """
        message = _laid_out(card)
        return self._post(person, card.key, message.text, list(message.blocks))

    def post_note(self, person: str, key: str, text: str) -> Place:
        """Sends the person plain text, shown as it is. Raises as `post_card` does."""
        shown = kit.legible(text)
        return self._post(person, key, kit.escape(shown), [kit.rich("note", kit.paragraph(kit.words(shown)))])

    def update_note(self, place: Place, text: str) -> None:
        """Makes the note at `place` say this. Raises as `update_card` does."""
        shown = kit.legible(text)
        block = kit.rich("note", kit.paragraph(kit.words(shown)))
        self._update(place, cards.Message(kit.escape(shown), (block,)))

    def post_digest(self, person: str, key: str, shown: Sequence[Card]) -> Place:
        """Sends the person several asks in one message. Raises as `post_card` does."""
        message = cards.digest(shown)
        return self._post(person, key, message.text, list(message.blocks))

    def update_digest(self, place: Place, shown: Sequence[Card]) -> None:
        """Makes the digest at `place` say what these cards say. Raises as `update_card` does."""
        self._update(place, cards.digest(shown))

    def disturb(self, person: str) -> Break | None:
        """The person's do-not-disturb that is on now or comes next, as far as Slack tells.

        Raises:
            Refused: `not_a_member`.
        """
        return self._disturbance.of(self.people.slack_id(person))

    def post_invitation(self, person: str, key: str, invitation: Invitation) -> Place:
        """Sends the person their invitation. Raises as `post_card` does."""
        message = invitations.invitation(invitation)
        return self._post(person, key, message.text, list(message.blocks))

    def update_invitation(self, place: Place, invitation: Invitation) -> None:
        """Makes the invitation at `place` say what is true now. Raises as `update_card` does."""
        self._update(place, invitations.invitation(invitation))

    def publish_home(self, person: str, home: Home) -> None:
        """Makes the person's own tab show this; repeatable."""
        user = self.people.slack_id(person)
        with self._calling("views.publish", user):
            self._client.views_publish(user_id=user, view=home_view(home))

    def update_card(self, place: Place, card: Card | PrivateCard) -> None:
        """Makes the card at `place` say what `card` says; repeatable.

        Raises:
            Refused: `gone`: the message is not there any more.
            WaitUntil, TryAgain, Locked: as Slack answered.
        """
        self._update(place, _laid_out(card))

    def _update(self, place: Place, message: cards.Message) -> None:
        with self._calling("chat.update", f"{place.channel} {place.ts}"):
            _with_pictures(
                lambda blocks: self._client.chat_update(
                    channel=place.channel, ts=place.ts, text=message.text, blocks=blocks
                ),
                list(message.blocks),
            )

    @contextmanager
    def _calling(self, method: str, what: str, channel: str = "", *, repeatable: bool = True) -> Iterator[None]:
        """Calls in there are told as `translated` tells; none is made before its turn, or the hour that a 429 named.

        Args:
            method: Slack's name for it.
            what: tells the call from others of the method.
            channel: where a limit of its own holds.
            repeatable: whether doing it twice does no harm.
        """
        told_at, until = self._shut.get((method, channel), (_NEVER, _NEVER))
        if told_at <= self._clock.now() < until:  # a clock that was put back since then cannot tell
            raise WaitUntil(f"{method}: Slack told us to wait", until)
        turn_at = self.pace.turn(method, channel, what)
        if turn_at is not None:
            raise WaitUntil(f"{method}: not our turn yet", turn_at, paced=True)
        try:
            with translated(method, self._clock, repeatable=repeatable):
                yield
        except WaitUntil as error:
            self._shut[method, channel] = self._clock.now(), error.at
            raise

    def find_card(self, person: str, key: str) -> Place | None:
        """Where the message with that key is, among the last 1,000 of the conversation with this person."""
        channel = self._channel(person)
        for message in self._history(channel):
            found = message.get("metadata") or {}
            if found.get("event_type") == cards.EVENT_TYPE and found.get("event_payload", {}).get("key") == key:
                return Place(channel, str(message["ts"]))
        return None

    def _post(self, person: str, key: str, text: str, blocks: list[kit.Block]) -> Place:
        channel = self._channel(person)
        try:
            with self._calling("chat.postMessage", key, channel, repeatable=False):
                answer = _with_pictures(
                    lambda blocks: self._client.chat_postMessage(
                        channel=channel,
                        text=text,
                        blocks=blocks,
                        metadata=cards.metadata(key),
                        unfurl_links=False,
                        unfurl_media=False,
                    ),
                    blocks,
                )
        except Refused:
            self._channels.pop(person, None)
            raise
        ts, where = answer.get("ts"), answer.get("channel")
        if not isinstance(ts, str):
            raise InDoubt("chat.postMessage: Slack's answer has no ts; the message may stand there")
        return Place(where if isinstance(where, str) else channel, ts)

    def _channel(self, person: str) -> str:
        if person not in self.people.roster.experts and _CHANNEL_ID.match(person):
            return person
        if person.startswith("#"):
            return self._named(person)
        user = self.people.slack_id(person)
        known = self._channels.get(user)
        if known is None:
            with self._calling("conversations.open", user):
                answer = self._client.conversations_open(users=user)
            found = told(answer, "channel", dict, "conversations.open").get("id")
            if not isinstance(found, str):
                raise TryAgain("conversations.open: Slack's answer has no channel.id")
            known = self._channels[user] = found
        return known

    def _named(self, name: str) -> str:
        """The id of a public channel that people call so.

        Raises:
            Refused: `channel_not_found`: there is none of that name.
        """
        cursor: str | None = None
        while (known := self._channels.get(name)) is None:
            with self._calling("conversations.list", f"{name} {cursor}"):
                page = self._client.conversations_list(exclude_archived=True, limit=LOOK_BACK, cursor=cursor)
            for channel in told(page, "channels", list, "conversations.list"):
                if isinstance(channel.get("id"), str):
                    self._channels[f"#{channel.get('name')}"] = channel["id"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor and name not in self._channels:
                raise Refused(f"conversations.list: there is no public channel {name}")
        return known

    def _history(self, channel: str) -> Iterator[dict[str, Any]]:
        cursor: str | None = None
        for _ in range(LOOK_BACK // PAGE):
            with self._calling("conversations.history", f"{channel} {cursor}"):
                page = self._client.conversations_history(
                    channel=channel, limit=PAGE, include_all_metadata=True, cursor=cursor
                )
            yield from told(page, "messages", list, "conversations.history")
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return


def _laid_out(card: Card | PrivateCard) -> cards.Message:
    return privates.lay_out(card) if isinstance(card, PrivateCard) else cards.lay_out(card)


def _with_pictures(call: Callable[[list[kit.Block]], SlackResponse], blocks: list[kit.Block]) -> SlackResponse:
    """Makes the call; once more without pictures where Slack refused the blocks, as it does for one it cannot fetch."""
    try:
        return call(blocks)
    except SlackApiError as error:
        plain = [block for block in blocks if block["type"] != "image"]
        if len(plain) == len(blocks) or code_of(error) != "invalid_blocks":
            raise
        return call(plain)
