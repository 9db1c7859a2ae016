"""Which Slack account a rostered person was last proven to have; an account outlives the address it had then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

from twelp.adapters.store.base import table
from twelp.adapters.store.restoring import MARK
from twelp.adapters.store.sql import SqlStore
from twelp.adapters.store.tables import HouseRow
from twelp.ports import Accounts

_PREFIX: Final = "account:"
_house = table(HouseRow)
_ALL = sa.select(_house.c.name, _house.c.value).where(
    _house.c.name >= _PREFIX, _house.c.name < _PREFIX.replace(":", ";")
)
_MARK = sa.text(MARK)


class StoredAccounts(Accounts):
    """A fact of the house for each person."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def known(self) -> Mapping[str, str]:
        """Person → account, for everybody who was ever proven."""
        with self._store.look() as tx:
            return {row.name.removeprefix(_PREFIX): row.value for row in tx.connection.execute(_ALL)}

    def remember(self, person: str, user: str) -> None:
        """The person has this account now."""
        with self._store.begin(durable=False) as tx:
            tx.connection.execute(_MARK, {"name": f"{_PREFIX}{person}", "value": user})
