"""Which Slack account a rostered person was last proven to have; an account outlives the address it had then."""

from __future__ import annotations

from collections.abc import Mapping

from twelp.adapters.store.sql import SqlStore
from twelp.ports import Accounts


class StoredAccounts(Accounts):
    """A fact of the database for each person."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def known(self) -> Mapping[str, str]:
        """Person → account, for everybody who was ever proven."""
        with self._store.read() as tx:
            return tx.accounts()

    def remember(self, person: str, user: str) -> None:
        """The person has this account now."""
        with self._store.transaction(durable=False) as tx:
            tx.set_fact(f"account:{person}", user)
