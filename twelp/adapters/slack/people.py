"""Who is who: the roster's ids and Slack's, and who of them may act at all.

The roster is the only right to answer, and Slack can take it away: deactivated users, guests, bots and people of other
workspaces (Slack Connect) are not experts, whatever the roster says. A small roster is looked up one by one; a large
one by paging `users.list` (one look-up each would take an hour for 3,000), and a listing cut short by a limit
goes on where it stopped. Only rostered people are kept in memory. `user_change` and `team_join` events keep it fresh
in between.

An address proves an account once. From then on the account is the person, whatever address it has next, until another
account proves that address or the roster names the account's new one; an operator is told to write that into it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Lock, RLock
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from twelp.adapters.slack.failures import code_of, told, translated
from twelp.adapters.slack.proven import ProvenAccounts
from twelp.errors import Locked, RefusalReason, Refused, RemoteError
from twelp.model import Roster
from twelp.ports import Accounts, Clock

ONE_BY_ONE: Final = 20
"""Rosters up to this size are looked up person by person. Source: users.lookupByEmail is limited to 50 a minute."""

PAGE: Final = 200
"""Users a page. Source: docs.slack.dev/reference/methods/users.list recommends no more than 200."""

FRESH_FOR: Final = timedelta(hours=6)
SURE_FOR: Final = timedelta(minutes=1)

_LOG = logging.getLogger(__name__)


class People:
    """Roster id ↔ Slack user id, cached. Methods may be called from any thread.

    Args:
        client: speaks to Slack without retries of its own.
        roster: the people who may answer; ids are member ids or e-mail addresses.
        clock: the hour.
        accounts: which account each person was proven to have before; None: nobody was.
    """

    def __init__(self, client: WebClient, roster: Roster, clock: Clock, accounts: Accounts | None = None) -> None:
        self._proven = ProvenAccounts(accounts)
        self._client = client
        self._roster = roster
        self._clock = clock
        self._looking = RLock()  # held while Slack is asked: one listing at a time
        self._state = Lock()  # held for a moment: the three dicts agree
        self._slack_ids: dict[str, str] = {}
        self._persons: dict[str, str] = {}
        self._checked_at: dict[str, datetime] = {}
        self._absent: set[str] = set()
        self._team: tuple[str, str] | None = None
        self._listed_at: datetime | None = None
        self._cursor = ""
        self._seen: set[str] = set()
        self._saw_email = False

    @property
    def roster(self) -> Roster:
        """The people who may answer, and their topics."""
        return self._roster

    def take_up(self, roster: Roster) -> None:
        """The people are these from now on: who is listed no more may not act, who is new is looked up when needed."""
        with self._looking, self._state:
            left = set(self._roster.experts) - set(roster.experts)
            new = set(roster.experts) - set(self._roster.experts)
            self._roster = roster
            for person in left:
                self._forget(person)
            self._absent &= set(roster.experts)
            if new:
                self._listed_at = None

    def slack_id(self, person: str) -> str:
        """The Slack user id of a rostered person.

        Raises:
            Refused: `not_a_member`: not on the roster, not in the workspace, deactivated, a guest or a bot.
            WaitUntil: over Slack's limit; the next call goes on where this one stopped.
            TryAgain, Locked: as Slack answered.
        """
        if person in self._roster.experts and not self._fresh(person):
            with self._looking:
                if not self._fresh(person):
                    self._look_up(person)
        found = self._slack_ids.get(person)
        if found is None:
            raise Refused(f"{person} is on no account of this workspace that may answer", RefusalReason.NOT_A_MEMBER)
        return found

    def person(self, user: str) -> str | None:
        """The roster id of a Slack user, or None for anybody who may not answer. Asks Slack about strangers."""
        known = self._persons.get(user)
        return known if known is not None else self._ask_about(user)

    def person_now(self, user: str) -> str | None:
        """The same, as Slack has it at this minute: for what makes something public. An event may have been lost.

        Where Slack does not say (over its limit, out of reach), what was known goes on.
        """
        known = self._persons.get(user)
        checked = self._checked_at.get(known) if known is not None else None
        if known is None or checked is None or not timedelta(0) <= self._clock.now() - checked < SURE_FOR:
            try:
                return self._ask_about(user)
            except RemoteError as error:
                if known is None:
                    raise
                _LOG.warning("slack: whether an expert may still act could not be looked up (%s)", error)
        return known

    def _ask_about(self, user: str) -> str | None:
        with translated("users.info", self._clock):
            try:
                answer = self._client.users_info(user=user)
            except SlackApiError as error:
                if code_of(error) in ("user_not_found", "user_not_visible", "users_not_found"):
                    return None
                raise
        return self.hear(told(answer, "user", dict, "users.info"))

    def hear(self, user: Mapping[str, Any]) -> str | None:
        """Takes in one user object as Slack sends it; the roster id it stands for now, if any."""
        user_id = str(user.get("id") or "")
        proven = self._stands_for(user)
        person = proven or self._still(user_id)
        if person is not None and not self._may_act(user):
            person = None
        if person is not None and proven is not None:
            self._proven.prove(person, user_id)
        elif person is not None:
            self._proven.tell(person)
        with self._state:
            before = self._persons.get(user_id)
            if before is not None and before != person:
                self._forget(before)
                self._absent.add(before)
            if person is not None:
                other = self._slack_ids.get(person)
                if other is not None and other != user_id:
                    self._persons.pop(other, None)
                self._slack_ids[person] = user_id
                self._persons[user_id] = person
                self._checked_at[person] = self._clock.now()
                self._absent.discard(person)
        return person

    def stood_for(self, user_id: str) -> str | None:
        """The roster id that this account was last known to act as; asks Slack nothing."""
        with self._state:
            return self._persons.get(user_id)

    def absent(self, person: str) -> bool:
        """Whether Slack said that this person has no account that may answer; asks Slack nothing."""
        with self._state:
            return person in self._absent

    def refresh(self) -> None:
        """Reads the whole member list now, page by page.

        Raises:
            WaitUntil: over Slack's limit; call again to go on from that page.
            Locked: no member shows an e-mail address although the roster needs them (scope `users:read.email`).
        """
        with self._looking:
            self._list(until=None)

    # ------------------------------------------------------------ looking up

    def _fresh(self, person: str) -> bool:
        checked = self._checked_at.get(person)
        if checked is None and len(self._roster.experts) > ONE_BY_ONE:
            checked = self._listed_at
        return checked is not None and timedelta(0) <= self._clock.now() - checked < FRESH_FOR

    def _look_up(self, person: str) -> None:
        try:
            if len(self._roster.experts) > ONE_BY_ONE:
                self._list(until=person)
            else:
                self._ask_for(person)
        except RemoteError as error:
            if person not in self._slack_ids:
                raise
            _LOG.warning("slack: the member list could not be refreshed (%s); going on with what was known", error)

    def _ask_for(self, person: str) -> None:
        """By address, and where no account has that any more, by the account that was proven to be theirs."""
        found = self._heard_of(person)
        account = self._proven.account(person) if found != person else None
        if account is not None:
            found = self._heard_of(account)
        with self._state:
            if found != person:
                self._forget(person)
                self._absent.add(person)
            self._checked_at[person] = self._clock.now()

    def _heard_of(self, person: str) -> str | None:
        """Asks for one member, by address or id; the roster id it stands for."""
        call: Callable[[], Any] = (
            (lambda: self._client.users_lookupByEmail(email=person))
            if "@" in person
            else (lambda: self._client.users_info(user=person))
        )
        method = "users.lookupByEmail" if "@" in person else "users.info"
        with translated(method, self._clock):
            try:
                user = told(call(), "user", dict, method)
            except SlackApiError as error:
                if code_of(error) not in ("users_not_found", "user_not_found", "user_not_visible"):
                    raise
                user = {}
        return self.hear(user)

    def _list(self, until: str | None) -> None:
        """Pages on from where the last listing stopped, to its end or until this person was seen."""
        while True:
            page = self._page()
            heard = {person for user in page if (person := self.hear(user)) is not None}
            self._seen |= heard
            self._saw_email = self._saw_email or any((user.get("profile") or {}).get("email") for user in page)
            if not self._cursor:
                self._end_listing()
                return
            if until in heard:
                return

    def _page(self) -> list[dict[str, Any]]:
        try:
            with translated("users.list", self._clock):
                answer = self._client.users_list(limit=PAGE, cursor=self._cursor or None)
        except Refused:  # a cursor Slack knows no more: begin anew next time
            self._cursor = ""
            raise
        members = told(answer, "members", list, "users.list")
        self._cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        return members

    def _end_listing(self) -> None:
        seen, saw_email = self._seen, self._saw_email
        self._seen, self._saw_email = set(), False
        self._listed_at = self._clock.now()
        with self._state:
            for person in [p for p in self._slack_ids if p not in seen]:
                self._forget(person)
            self._absent = set(self._roster.experts) - set(self._slack_ids)
        if not saw_email and any("@" in person for person in self._roster.experts):
            self._listed_at = None
            raise Locked("users.list shows nobody's e-mail address: add the scope users:read.email and reinstall")

    def _forget(self, person: str) -> None:
        """Call with `_state` held."""
        self._checked_at.pop(person, None)
        user = self._slack_ids.pop(person, None)
        if user is not None:
            self._persons.pop(user, None)

    # ------------------------------------------------------------ who may act

    def _stands_for(self, user: Mapping[str, Any]) -> str | None:
        user_id = str(user.get("id") or "")
        if user_id in self._roster.experts:
            return user_id
        email = str((user.get("profile") or {}).get("email") or "").lower()
        proven = user.get("is_email_confirmed") is not False
        return email if email and proven and email in self._roster.experts else None

    def _still(self, user_id: str) -> str | None:
        """Whom the account stands for by what it once proved; None where another account is theirs by now."""
        person = self._proven.person(user_id)
        if person is None or person not in self._roster.experts:
            return None
        with self._state:
            return person if self._slack_ids.get(person, user_id) == user_id else None

    def _may_act(self, user: Mapping[str, Any]) -> bool:
        barred = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "is_workflow_bot")
        if not user.get("id") or user["id"] == "USLACKBOT" or any(user.get(flag) for flag in barred):
            return False
        team, enterprise = self._home()
        if enterprise and (user.get("enterprise_user") or {}).get("enterprise_id") == enterprise:
            return True
        return not user.get("team_id") or user["team_id"] == team

    def _home(self) -> tuple[str, str]:
        """Our own workspace and, on Enterprise Grid, its organisation."""
        if self._team is None:
            with translated("auth.test", self._clock):
                answer = self._client.auth_test()
            self._team = (told(answer, "team_id", str, "auth.test"), str(answer.get("enterprise_id") or ""))
        return self._team
