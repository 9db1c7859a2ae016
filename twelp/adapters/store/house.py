"""Facts of the bot, leases and signs of life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from twelp.adapters.store.base import Base
from twelp.adapters.store.queries import house as queries


class HouseTx(Base):
    """The part of a transaction that is about facts of the bot."""

    def fact(self, name: str) -> str | None:
        """One fact; None where there is none of that name."""
        found: str | None = self._value(queries.FACT, {"fact": name})
        return found

    def set_fact(self, name: str, value: str) -> None:
        """It is this now."""
        self.connection.execute(queries.SET, {"name": name, "value": value})

    def forget_fact(self, name: str) -> None:
        """There is none any more."""
        self._do(queries.FORGET, {"fact": name})

    def accounts(self) -> Mapping[str, str]:
        """Person → the Slack account they were proven to have."""
        return {name.removeprefix("account:"): value for name, value in self._all(queries.ACCOUNTS)}

    # ------------------------------------------------------------ where several processes share a database

    def take_lease(self, name: str, owner: str, lasts_s: float) -> bool:
        """Whether the lease is the owner's now, for so long."""
        its = {"name": name, "owner": owner, "lasts": lasts_s}
        return self.connection.execute(queries.TAKE_LEASE, its).rowcount > 0

    def let_lease_go(self, name: str, owner: str) -> None:
        """The lease ends, if it is the owner's."""
        self.connection.execute(queries.LET_LEASE_GO, {"name": name, "owner": owner})

    def tell_part(self, instance: str, told: str) -> None:
        """A process gives word of itself; what others said an hour ago is forgotten."""
        self.connection.execute(queries.FORGET_PARTS)
        self.connection.execute(queries.TELL_PART, {"name": f"part:{instance}", "told": told})

    def forget_part(self, instance: str) -> None:
        """The process is gone."""
        self.forget_fact(f"part:{instance}")

    def parts(self, silent_s: float) -> Sequence[tuple[str, str]]:
        """Each process that gave word within so many seconds, and what it said; none on SQLite."""
        if self._dialect == "sqlite":
            return ()
        return [(row[0], row[1]) for row in self.connection.execute(queries.PARTS, {"silent": silent_s})]
