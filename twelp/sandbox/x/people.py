"""The accounts on local X, and the time in an id."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

EPOCH_MS: Final = 1_288_834_974_657
_HANDLE: Final = re.compile(r"[A-Za-z0-9_]{1,15}")


@dataclass(slots=True, eq=False)
class Account:
    """Somebody on X."""

    id: int
    handle: str
    name: str
    created_at: datetime
    description: str = ""
    protected: bool = False
    suspended: bool = False


def made_at(an_id: int) -> datetime:
    """The time in an id; X's ids before 2010 hold none and count as its first."""
    return datetime.fromtimestamp(((an_id >> 22) + EPOCH_MS) / 1000, UTC)


def _id_for(handle: str) -> int:
    """An account's id, the same in every run, so that a bot may remember it; of an account made in 2018 or later."""
    digest = hashlib.sha256(handle.lower().encode()).digest()
    return 10**18 + int.from_bytes(digest[:8]) % (9 * 10**17)


def _checked(handle: str) -> str:
    handle = handle.removeprefix("@")
    if not _HANDLE.fullmatch(handle):
        raise ValueError(f"handle {handle[:40]!r} is not valid; expected 1 to 15 letters, digits or _")
    return handle


class People:
    """The accounts, by handle (case does not matter) and by id."""

    def __init__(self) -> None:
        self._by_handle: dict[str, Account] = {}
        self._by_id: dict[int, Account] = {}

    def find(self, handle: str) -> Account | None:
        """The account with this handle."""
        return self._by_handle.get(handle.lower())

    def get(self, account_id: int | None) -> Account | None:
        """The account with this id."""
        return None if account_id is None else self._by_id.get(account_id)

    def ensure(self, handle: str, name: str | None = None, account_id: int | None = None) -> Account:
        """The account with this handle (with or without ``@``), made on first use; a given name replaces the old one.

        Raises:
            ValueError: for a handle that X would not accept, or an id that is taken.
        """
        handle = _checked(handle)
        account = self.find(handle)
        if account is None:
            new_id = _id_for(handle) if account_id is None else account_id
            while account_id is None and new_id in self._by_id:
                new_id += 1
            if new_id in self._by_id:
                raise ValueError(f"account id {new_id} of @{handle} is taken by @{self._by_id[new_id].handle}")
            account = Account(new_id, handle, name or handle, made_at(new_id))
            self._by_handle[handle.lower()] = self._by_id[new_id] = account
        elif name:
            account.name = name
        return account

    def rename(self, account: Account, handle: str) -> None:
        """Give an account another handle; whoever comes next may take the old one.

        Raises:
            ValueError: for a handle that X would not accept, or that is somebody else's.
        """
        handle = _checked(handle)
        if self.find(handle) not in (None, account):
            raise ValueError(f"handle is {handle!r}; that is somebody else's")
        del self._by_handle[account.handle.lower()]
        account.handle = handle
        self._by_handle[handle.lower()] = account

    def __iter__(self) -> Any:
        return iter(list(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)
