"""Private messages on X: the open stack, which `/2/dm_events` lists. What is written in encrypted chat never comes.

The list is newest first and knows no `since_id`: it is read page by page back to what is known, a small page first, as
each message costs. Source: docs.x.com, direct messages; ids are common to all of X's message lists.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import tweepy

from twelp.adapters.x.calls import PAGE_SIZE, Calls
from twelp.adapters.x.fields import Malformed, a_while_before, account_of, created_at_of, number_of, text_of
from twelp.adapters.x.parse import next_token_of, raw_posts
from twelp.errors import Refused, TryAgain
from twelp.model import Account
from twelp.ports.private import Direct, DirectPage, PrivateLane

_FIRST_PAGE: Final = 10
_MOST_PAGES: Final = 10
"""Of the 15 calls that X lets one make in 15 minutes."""
_LATENESS: Final = timedelta(seconds=60)
"""How long after its id was given a message may take to show: so far before the cursor each reading goes back."""
_TOLERANCE: Final = timedelta(seconds=60)
_FIELDS: Final = [
    "id",
    "text",
    "event_type",
    "created_at",
    "dm_conversation_id",
    "sender_id",
    "attachments",
    "entities",
]
_READ: Final = "/2/dm_events"
_log = logging.getLogger("twelp.x")


class XPrivate(PrivateLane):
    """The brand account's private messages. Safe to use from several threads.

    Args:
        calls: in whose name.
        me: the brand's account, asked when first needed.
        every: how long to wait between two readings, at least.
    """

    def __init__(self, calls: Calls, me: Callable[[], Account], every: timedelta) -> None:
        self.every = every
        self._calls = calls
        self._me = me

    def messages(self, cursor: str | None, since: datetime) -> DirectPage:
        """What was written since `cursor`, ours, too; those of the minute before it come again.

        The new cursor is the greatest id seen. What is older than the pages reach is not read, and the log says so.
        """
        newest = number_of(cursor)
        oldest = a_while_before(newest, _LATENESS) if newest is not None else None

        def known(one: Direct) -> bool:
            return int(one.id) <= oldest if oldest is not None else one.at < since

        found, reached = self._back_to(known, "show private messages", {})
        fresh = tuple(one for one in found if not known(one))
        last = max([newest or 0, *(int(one.id) for one in fresh)])
        if not reached:
            _log.error("more than %d new private messages: older ones are not read, look at X by hand", len(fresh))
        return DirectPage(fresh[::-1], str(last) if last else cursor)

    def messages_with(self, person: str, since: datetime) -> Sequence[Direct]:
        """What was written to and by this person at or after `since` (less a minute), oldest first.

        Raises:
            TryAgain: it could not be read back to `since`.
        """
        begin = since - _TOLERANCE
        doing = "show the private messages of one person"
        found, reached = self._back_to(lambda one: one.at < begin, doing, {"participant_id": person})
        if not reached:
            raise TryAgain(f"X was asked to {doing} and its pages do not reach back to {begin:%Y-%m-%d %H:%M} UTC")
        return [one for one in found[::-1] if one.at >= begin]

    def send(self, text: str, person: str, key: str = "") -> str:
        """Sends `text`; the new message's id. X knows no keys: `key` changes nothing.

        Raises:
            Refused: they take no messages from us.
            InDoubt: the request left, and nothing certain came back.
        """
        self._me()
        doing = "send a private message"
        answer = self._calls.ask(
            doing, lambda client: client.create_direct_message(participant_id=person, text=text), writing=True
        )
        made = answer.get("data")
        number = number_of(made.get("dm_event_id")) if isinstance(made, Mapping) else None
        if number is None:
            raise self._calls.unusable(doing, writing=True)
        return str(number)

    def pace(self) -> timedelta:
        """How long to wait between two readings, so that X's limit of the window lasts."""
        limits = (limit for route, limit in tuple(self._calls.limits.items()) if route.endswith(_READ))
        return max((limit.pace(self._calls.now()) for limit in limits), default=timedelta())

    def now(self) -> datetime:
        """The hour by X's clock, as its latest answer told it; by ours before there was one."""
        return self._calls.now() - self._calls.clock_ahead

    # ---------------------------------------------------------------- how it reads

    def _back_to(
        self, enough: Callable[[Direct], bool], doing: str, whose: Mapping[str, Any]
    ) -> tuple[list[Direct], bool]:
        """Messages, newest first, until one is old enough; whether it came to one, or to the end."""
        us, token, size = self._me(), None, _FIRST_PAGE
        found: dict[str, Direct] = {}
        for _ in range(_MOST_PAGES):
            answer = self._calls.ask(doing, _page(whose, size, token))
            page = self._read(answer, us, doing)
            found |= {one.id: one for one in page}
            last, token, size = token, next_token_of(answer), PAGE_SIZE
            if token is None or any(map(enough, page)):
                return sorted(found.values(), key=lambda one: int(one.id), reverse=True), True
            if token == last:
                break
        return sorted(found.values(), key=lambda one: int(one.id), reverse=True), False

    def _read(self, answer: Mapping[str, Any], us: Account, doing: str) -> list[Direct]:
        """A page's messages between two; what cannot be one is reported and left out."""
        try:
            page = raw_posts(answer)
        except Malformed as cause:
            if answer.get("errors"):
                raise Refused(f"X was asked to {doing} and knows no such account") from cause
            raise TryAgain(f"X was asked to {doing} and the answer is no list: {cause}") from cause
        accounts = _accounts(answer)
        found = []
        for raw in page:
            try:
                one = direct_of(raw, us, accounts, self._calls.now())
            except Malformed as cause:
                _log.warning("a malformed private message was passed over: %s", cause)
                continue
            if one is not None:
                found.append(one)
        return found


def direct_of(raw: Any, us: Account, accounts: Mapping[str, Account], now: datetime) -> Direct | None:
    """The message a dict stands for; None for what is none, or of a group.

    Raises:
        Malformed: no id, or no text.
    """
    if not isinstance(raw, Mapping) or (number := number_of(raw.get("id"))) is None:
        raise Malformed("the id is not a number")
    sender, pair = number_of(raw.get("sender_id")), str(raw.get("dm_conversation_id")).split("-")
    if raw.get("event_type", "MessageCreate") != "MessageCreate" or len(pair) != 2 or us.id not in pair:
        return None
    if sender is None or str(sender) not in pair:
        raise Malformed(f"{number}: its sender is not one of the two")
    other = pair[1 - pair.index(us.id)]
    attached = raw.get("attachments")
    keys = attached.get("media_keys") if isinstance(attached, Mapping) else None
    text = text_of(_with_links(raw))
    pictures = len(keys) if isinstance(keys, list) else 0
    person = accounts.get(other) or Account(other, "")
    return Direct(str(number), person, str(sender) == us.id, text, created_at_of(raw, now), pictures)


def _with_links(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """X's description has a message's links beside its text, its answers have had them under `entities`."""
    links = raw.get("urls")
    return {**raw, "entities": {"urls": links}} if isinstance(links, list) and not raw.get("entities") else raw


def _accounts(answer: Mapping[str, Any]) -> dict[str, Account]:
    includes = answer.get("includes")
    users = includes.get("users") if isinstance(includes, Mapping) else None
    found = (account_of(one) for one in users if isinstance(one, Mapping)) if isinstance(users, list) else ()
    return {account.id: account for account in found if account is not None}


def _page(whose: Mapping[str, Any], size: int, token: str | None) -> Callable[[tweepy.Client], Any]:
    more = {} if token is None else {"pagination_token": token}
    return lambda client: client.get_direct_message_events(
        **whose,
        **more,
        max_results=size,
        event_types="MessageCreate",
        dm_event_fields=_FIELDS,
        expansions=["sender_id"],
        user_fields=["username", "name"],
    )
