"""Accounts that once proved by their address whose they are; kept, as addresses change and accounts do not."""

from __future__ import annotations

import logging
from threading import Lock

from twelp.errors import TwelpError
from twelp.ports import Accounts

_LOG = logging.getLogger(__name__)


class ProvenAccounts:
    """Person ↔ account, for people whom the roster lists by address. Methods may be called from any thread.

    Args:
        kept: where it outlives this process; None: it does not.
    """

    def __init__(self, kept: Accounts | None) -> None:
        self._kept = kept
        self._lock = Lock()
        self._read = kept is None
        self._accounts: dict[str, str] = {}
        self._persons: dict[str, str] = {}
        self._told: set[str] = set()

    def account(self, person: str) -> str | None:
        """The account that this person was last proven to have."""
        self._read_once()
        with self._lock:
            return self._accounts.get(person)

    def person(self, account: str) -> str | None:
        """Whose account it was proven to be."""
        self._read_once()
        with self._lock:
            return self._persons.get(account)

    def prove(self, person: str, account: str) -> None:
        """An address shows that the account is this person's; whose it was before, and what they had, is over."""
        if "@" not in person:
            return
        self._read_once()
        with self._lock:
            if self._accounts.get(person) == account:
                return
            self._put(person, account)
        try:
            if self._kept is not None:
                self._kept.remember(person, account)
        except TwelpError as error:
            _LOG.warning("slack: the account of %s could not be written down (%s)", person, error)

    def tell(self, person: str) -> None:
        """Tells the operator, once, that the roster's address of this person is on no account any more."""
        with self._lock:
            if person in self._told:
                return
            self._told.add(person)
        _LOG.warning(
            "slack: the account of %s has another address now and stays theirs; write it into experts.yaml", person
        )

    def _put(self, person: str, account: str) -> None:
        """Call with the lock held."""
        before = self._accounts.get(person)
        if before is not None and self._persons.get(before) == person:
            del self._persons[before]
        self._accounts[person] = account
        self._persons[account] = person

    def _read_once(self) -> None:
        if self._read or self._kept is None:
            return
        try:
            known = self._kept.known()
        except TwelpError as error:
            _LOG.warning("slack: which accounts were proven could not be read (%s)", error)
            return
        with self._lock:
            if not self._read:
                for person, account in known.items():
                    self._put(person, account)
                self._read = True
